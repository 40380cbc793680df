"""The parse in plain Python says what spaCy's own says."""

from __future__ import annotations

from pathlib import Path

import pytest
from spacy.tokens import Doc, Span, Token

from whodid.articles.read import read_articles
from whodid.coder.parse import load_model, parse_texts, readable
from whodid.coder.parsed import Doc as PlainDoc
from whodid.coder.parsed import Token as PlainToken
from whodid.coder.parsed import kept

RAW = Path(__file__).resolve().parents[2] / "data" / "raw"
NAMES = (
    "i",
    "idx",
    "text",
    "lower_",
    "lemma_",
    "pos_",
    "tag_",
    "dep_",
    "whitespace_",
    "is_space",
    "is_punct",
    "ent_type_",
)


@pytest.fixture(scope="module")
def both() -> list[tuple[Doc, PlainDoc]]:
    """Some sample articles as spaCy gives them and as the coder reads them."""
    texts = [article.text for article in read_articles(RAW)][:6]
    texts += ["", "\n\n", "Mali  and\n\nChad met .", "KYIV, March 3 - “Go,” said Mali."]
    nlp = load_model()
    return [(nlp(readable(text)), plain) for text, plain in zip(texts, parse_texts(nlp, texts), strict=True)]


def place(token: Token) -> tuple[object, ...]:
    """Where a token stands in the tree and the text."""
    below = [[child.i for child in tokens] for tokens in (token.children, token.lefts, token.ancestors)]
    return token.head.i, *below, token.left_edge.i, token.sent.start, token.sent.end, len(token)


def edges(span: Span | None) -> tuple[int, int] | None:
    return None if span is None else (span.start, span.end)


def words_of(span: Span | None) -> tuple[object, ...] | None:
    if span is None:
        return None
    return span.start, span.end, span.start_char, span.end_char, span.text, span.root.i, len(span), [t.i for t in span]


@pytest.mark.model
def test_tokens_have_the_same_values_and_place(both: list[tuple[Doc, PlainDoc]]) -> None:
    for doc, plain in both:
        assert plain.text == doc.text
        for theirs, ours in zip(doc, plain, strict=True):
            assert [getattr(ours, name) for name in NAMES] == [getattr(theirs, name) for name in NAMES]
            assert place(ours) == place(theirs)
            assert ours.is_ancestor(plain[0]) == theirs.is_ancestor(doc[0])


@pytest.mark.model
def test_spans_have_the_same_edges_words_and_root(both: list[tuple[Doc, PlainDoc]]) -> None:
    for doc, plain in both:
        assert [words_of(s) for s in plain.sents] == [words_of(s) for s in doc.sents]
        for start in range(len(doc)):
            for end in range(start + 1, min(start + 9, len(doc) + 1)):
                assert words_of(plain[start:end]) == words_of(doc[start:end])
                assert plain[start:end][-1].i == doc[start:end][-1].i
                if end - start > 1:
                    assert words_of(plain[start:end][1:3]) == words_of(doc[start:end][1:3])


@pytest.mark.model
def test_characters_lead_to_the_same_tokens(both: list[tuple[Doc, PlainDoc]]) -> None:
    for doc, plain in both[:2]:
        for start in range(0, 400, 3):
            for end in (start + 1, start + 7, start + 20):
                for mode in ("strict", "expand"):
                    theirs = doc.char_span(start, end, alignment_mode=mode)
                    ours = plain.char_span(start, end, alignment_mode=mode)
                    assert edges(ours) == edges(theirs)


def test_a_kept_rule_looks_once_at_each_word_and_anew_where_it_is_told_more() -> None:
    asked: list[tuple[str, int]] = []

    @kept
    def rule(token: PlainToken, depth: int = 0) -> str:
        asked.append((token.text, depth))
        return token.text.upper()

    doc, other = (PlainDoc("Mali", ["Mali"], [0], ["Mali"], ["PROPN"], ["NNP"], ["ROOT"], [0], [0]) for _ in range(2))
    assert [rule(doc[0]), rule(doc[0]), rule(doc[0], 2), rule(other[0])] == ["MALI"] * 4
    assert asked == [("Mali", 0), ("Mali", 2), ("Mali", 0)]
