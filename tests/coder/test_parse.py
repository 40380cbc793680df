"""Text made ready for the parser, and its sentences."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whodid.coder.parse import load_model, parse_texts, readable, sentences
from whodid.coder.parsed import Doc


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("It’s ‘so’.", "It's 'so'."),
        ("“No,” he said – twice.", '"No," he said - twice.'),
        ("«Non»", '"Non"'),
        ("two\u00a0days", "two days"),
        ("a\tb\x00c\u200bd\ufeffe", "a b c d e"),
        ("one\n\ntwo", "one\n\ntwo"),
        ("São Paulo, Erdoğan, 東京", "São Paulo, Erdoğan, 東京"),
        ("", ""),
    ],
)
def test_what_confuses_the_parser_is_replaced_by_one_character_each(text: str, plain: str) -> None:
    assert readable(text) == plain


@pytest.mark.parametrize(
    "opening",
    [
        "KYIV, March 3 - ",
        "KYIV, Ukraine (AP) — ",
        "BOGOTÁ, June 20 (Harbour Wire) -- ",
        "SÃO PAULO: ",
        "TEL AVIV, Oct. 7, 2023 - ",
    ],
)
def test_a_dateline_becomes_spaces(opening: str) -> None:
    assert readable(f"{opening}Russia attacked.") == " " * len(opening) + "Russia attacked."


@pytest.mark.parametrize(
    "text",
    [
        "NATO met.",
        "U.N. Security Council: it met.",
        "Kyiv - the capital - fell.",
        "The EU - a union - met.",
        "US-led forces - 9.",
    ],
)
def test_other_openings_stay_as_they_are(text: str) -> None:
    assert readable(text) == text


@given(st.text())
def test_every_character_keeps_its_place(text: str) -> None:
    plain = readable(text)
    assert len(plain) == len(text)
    assert all(new in {old, " ", "'", '"', "-"} for old, new in zip(text, plain, strict=True))


def test_an_empty_line_ends_a_sentence() -> None:
    words = ["Talks", "fail", "\n\n", "Iran", "left"]
    parts, relations = ["NOUN", "VERB", "SPACE", "PROPN", "VERB"], ["nsubj", "ROOT", "dep", "nsubj", "dep"]
    text = "Talks fail\n\nIran left"
    doc = Doc(text, words, [1, 0, 0, 1, 0], words, parts, [""] * 5, relations, heads=[1, 1, 1, 4, 1], starts=[0])
    assert [span.text.strip() for span in sentences(doc)] == ["Talks fail", "Iran left"]


def test_a_text_of_spaces_has_no_sentences() -> None:
    doc = Doc("\n\n", ["\n\n"], [0], [""], ["SPACE"], [""], ["ROOT"], heads=[0], starts=[0])
    assert sentences(doc) == []


@pytest.mark.model
def test_texts_are_parsed_in_order_with_the_offsets_of_the_article() -> None:
    texts = ["“Go,” said Mali.", "KYIV, March 3 - Russia attacked.", ""]
    for text, doc in zip(texts, parse_texts(load_model(), texts), strict=True):
        assert len(doc.text) == len(text)
        assert all(len(token.text) == len(text[token.idx : token.idx + len(token)]) for token in doc)


@pytest.mark.model
def test_a_very_long_text_is_parsed_whole() -> None:
    text = "Kenya met Chad. " * 2000
    doc = next(parse_texts(load_model(), [text]))
    assert len(sentences(doc)) == 2000
