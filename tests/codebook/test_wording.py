"""The small language of patterns."""

from __future__ import annotations

import re

import pytest

from whodid.codebook.wording import parse_pattern

SETS = {"agreement": frozenset({"accord", "treaty"}), "talks": frozenset({"talk", "summit"})}


def test_the_first_word_is_the_verb_and_the_others_stand_below_it() -> None:
    pattern = parse_pattern("sign|initial @agreement", "057", SETS, "patterns/05.yaml", 12)
    assert pattern.head == {"sign", "initial"}
    assert [word.any_of for word in pattern.words] == [{"accord", "treaty"}]
    assert (pattern.part_of_speech, pattern.is_negated, pattern.code) == ("verb", False, "057")
    assert (pattern.file, pattern.line) == ("patterns/05.yaml", 12)


@pytest.mark.parametrize(("source", "part"), [("noun:invasion of", "noun"), ("adj:unhappy with", "adj")])
def test_a_prefix_makes_the_head_a_noun_or_an_adjective(source: str, part: str) -> None:
    pattern = parse_pattern(source, "190", SETS)
    assert pattern.part_of_speech == part
    assert pattern.head == {source.split(":")[1].split()[0]}


def test_a_leading_not_asks_for_a_negated_head() -> None:
    pattern = parse_pattern("not approve resolution", "129", SETS)
    assert pattern.is_negated
    assert pattern.head == {"approve"}


def test_a_lone_not_is_a_word() -> None:
    pattern = parse_pattern("not", "129", SETS)
    assert (pattern.is_negated, pattern.head) == (False, {"not"})


def test_word_sets_and_words_mix_in_one_place() -> None:
    assert parse_pattern("hold @talks|meeting", "046", SETS).words[0].any_of == {"talk", "summit", "meeting"}


@pytest.mark.parametrize("source", ["", "   "])
def test_an_empty_pattern_is_refused(source: str) -> None:
    with pytest.raises(ValueError, match="the pattern is empty"):
        parse_pattern(source, "057", SETS)


@pytest.mark.parametrize(
    ("source", "word"), [("Sign treaty", "Sign"), ("sign|", "sign|"), ("sign (treaty)", "(treaty)")]
)
def test_a_word_that_is_no_word_is_refused(source: str, word: str) -> None:
    sentence = f"{word!r} is not a word in lower case, a|b, or @set"
    with pytest.raises(ValueError, match=f"^{re.escape(sentence)}$"):
        parse_pattern(source, "057", SETS)


def test_an_unknown_word_set_is_refused() -> None:
    with pytest.raises(ValueError, match=r"the word set '@pacts' is not defined in patterns/wordsets\.yaml or in this"):
        parse_pattern("sign @pacts", "057", SETS)
