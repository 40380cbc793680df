"""Parses made by hand, so that a rule about parses is tested without a model that might parse otherwise."""

from __future__ import annotations

from whodid.coder.parsed import Doc, Token


def parse(lines: str) -> Doc:
    """A parse of one sentence from one line for each word: word, tag, relation, head; and the lemma where it differs.

    The part of speech follows from the tag. The head is a word of the sentence, or a number where the word stands
    there twice. The root is its own head.
    """
    rows = [line.split() for line in lines.strip().splitlines()]
    words = [row[0] for row in rows]
    heads = [int(row[3]) if row[3].isdigit() else words.index(row[3]) for row in rows]
    return Doc(
        " ".join([*words, ""]),
        words,
        spaces=[1] * len(words),
        lemmas=[row[4] if len(row) > 4 else row[0].lower() for row in rows],
        parts=[_part(row[1], row[2]) for row in rows],
        tags=[row[1] for row in rows],
        relations=[row[2] for row in rows],
        heads=heads,
        starts=[0],
    )


def word(doc: Doc, text: str) -> Token:
    """The first token with that text."""
    return next(token for token in doc if token.text == text)


def _part(tag: str, relation: str) -> str:
    if relation in {"aux", "auxpass"}:
        return "AUX"
    if tag == "IN":
        return "SCONJ" if relation == "mark" else "ADP"
    for start, part in _PARTS.items():
        if tag.startswith(start):
            return part
    return "X"


_PARTS = {
    "NNP": "PROPN", "NN": "NOUN", "VB": "VERB", "JJ": "ADJ", "PRP": "PRON", "W": "PRON", "DT": "DET", "RB": "ADV",
    "TO": "PART", "POS": "PART", "MD": "AUX", "CC": "CCONJ", "CD": "NUM", "RP": "ADP", ".": "PUNCT", ",": "PUNCT",
}  # fmt: skip
