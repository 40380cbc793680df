"""Which wordings fit at a word."""

from __future__ import annotations

import pytest

from hand_parse import parse, word
from whodid.codebook.wording import parse_pattern
from whodid.coder.parsed import Token
from whodid.coder.patterns import Match, PatternIndex, _Head, words_below

SETS = {"agreement": frozenset({"treaty", "pact"})}
SIGNED = """
    Russia  NNP nsubj    signed
    signed  VBD ROOT     signed sign
    a       DT  det      pact
    defence NN  compound pact
    pact    NN  dobj     signed
    with    IN  prep     signed
    Iran    NNP pobj     with
"""
SAID = """
    Poland   NNP nsubj said
    said     VBD ROOT  said say
    that     IN  mark  attacked
    Russia   NNP nsubj attacked
    attacked VBD ccomp said attack
    Ukraine  NNP dobj  attacked
"""
WARNED = SAID.replace("said", "warned").replace(" say", " warn")


def _index(*patterns: tuple[str, str]) -> PatternIndex:
    return PatternIndex(parse_pattern(source, code, SETS) for source, code in patterns)


def _code(lines: str, text: str, *patterns: tuple[str, str], is_negated: bool = False) -> str | None:
    """The code of the wording that fits best."""
    best = _index(*patterns).best(word(parse(lines), text), is_negated)
    return best.code if best is not None else None


def test_a_head_alone_fits_wherever_its_lemma_stands() -> None:
    assert _code(SIGNED, "signed", ("sign", "057"), ("seal", "050")) == "057"


def test_the_words_of_a_pattern_stand_anywhere_below_the_head() -> None:
    assert _code(SIGNED, "signed", ("sign with pact", "057"), ("sign pact to", "050")) == "057"


def test_alternatives_and_word_sets_fit_by_any_of_their_words() -> None:
    assert _code(SIGNED, "signed", ("initial|sign @agreement", "057"), ("sign letter|memo", "050")) == "057"


def test_one_word_of_the_text_serves_one_word_of_the_pattern() -> None:
    assert _code(SIGNED, "signed", ("sign pact pact", "057")) is None


def test_a_subject_is_not_below_its_verb() -> None:
    assert _code(SIGNED, "signed", ("sign russia", "057")) is None


def test_the_wording_that_asks_for_more_comes_first() -> None:
    patterns = [("sign", "050"), ("sign defence pact", "0571"), ("sign @agreement", "057")]
    assert _code(SIGNED, "signed", *patterns) == "0571"
    assert _code(SIGNED.replace("defence", "border"), "signed", *patterns) == "057"


def test_among_equals_the_order_is_that_of_the_codes() -> None:
    patterns = [("sign pact", "062"), ("sign pact", "057")]
    assert _code(SIGNED, "signed", *patterns) == _code(SIGNED, "signed", *reversed(patterns)) == "057"


def test_a_negated_wording_fits_only_a_negated_head() -> None:
    patterns = [("not sign", "129"), ("sign", "057")]
    assert _code(SIGNED, "signed", *patterns) == "057"
    assert _code(SIGNED, "signed", *patterns, is_negated=True) == "129"


def test_a_noun_fits_noun_wordings_only() -> None:
    assert _code(SIGNED, "pact", ("noun:pact", "057"), ("pact", "050"), ("adj:pact", "051")) == "057"


def test_a_capitalised_plural_in_a_headline_fits_its_singular() -> None:
    headline = "Talks NNPS nsubj fail Talks\nfail VBP ROOT fail"
    assert _code(headline, "Talks", ("noun:talk", "046")) == "046"


def test_a_word_is_matched_once_however_often_it_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    searched: list[str] = []
    search = PatternIndex._best

    def counted(self: PatternIndex, head: Token, heads: dict[str, _Head]) -> Match | None:
        searched.append(head.text)
        return search(self, head, heads)

    monkeypatch.setattr(PatternIndex, "_best", counted)
    index, doc = _index(("sign pact", "057")), parse(SIGNED)
    found = [index.best(word(doc, text)) for text in ("signed", "signed", "pact", "signed")]
    assert searched == ["signed", "pact"]
    assert [match.code if match else None for match in found] == ["057", "057", None, "057"]


def test_a_reported_clause_is_not_below_said() -> None:
    assert "ukraine" not in words_below(word(parse(SAID), "said"))


def test_a_clause_below_warned_is_part_of_the_warning() -> None:
    below = words_below(word(parse(WARNED), "warned"))
    assert "ukraine" in below
    assert "russia" not in below
