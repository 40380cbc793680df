"""Words that coders type are found where they stand, or it is said why not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whodid.annotation.answers import Problem
from whodid.annotation.locate import locate

SENTENCE = "Moscow said the “Seoul pact” was wrong; the US told us that Moscow's navy  left Korean waters."


def found(typed: str, sentence: str = SENTENCE) -> str:
    place = locate(typed, sentence)
    return sentence[place[0] : place[1]] if isinstance(place, tuple) else str(place)


def problem(typed: str, sentence: str = SENTENCE) -> str:
    place = locate(typed, sentence)
    assert isinstance(place, Problem)
    return f"{place.rule}: {place.message} {place.fix}"


def test_words_are_found_as_they_stand() -> None:
    assert locate("said", SENTENCE) == (7, 11)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ('"seoul PACT"', "“Seoul pact”"),
        ("  navy left ", "navy  left"),
        ("moscow’s navy", "Moscow's navy"),
    ],
)
def test_capitals_quotes_and_spaces_that_a_spreadsheet_changed_do_not_matter(typed: str, words: str) -> None:
    assert found(typed) == words


def test_words_that_stand_there_exactly_come_before_words_in_other_capitals() -> None:
    assert locate("us", SENTENCE) == (52, 54)
    assert locate("US", SENTENCE) == (44, 46)


def test_ambiguous_words_are_a_problem_that_shows_the_places() -> None:
    assert problem("Moscow") == (
        "ambiguous-words: 'Moscow' stands in the sentence 2 times. Write 'Moscow #2' for the second "
        "(#1 in 'Moscow said the “Seoul', #2 in \"US told us that Moscow's navy left Korean\")."
    )


def test_a_number_says_which_of_several_places_is_meant() -> None:
    assert locate("Moscow #1", SENTENCE) == (0, 6)
    assert locate("Moscow#2", SENTENCE) == (60, 66)
    assert problem("Moscow #3") == (
        "missing-words: 'Moscow' stands in the sentence 2 times, not 3. Write a number up to 2."
    )


def test_a_number_sign_that_stands_in_the_text_is_text() -> None:
    assert locate("Resolution #2", "The council passed Resolution #2 on Friday.") == (19, 32)


def test_part_of_a_word_is_not_found_but_the_whole_word_is_offered() -> None:
    assert problem("Korea") == "missing-words: 'Korea' does not stand in the sentence. Did you mean 'Korean'?"


def test_words_that_stand_nowhere_are_to_be_copied() -> None:
    assert problem("Brazil's parliament") == (
        'missing-words: "Brazil\'s parliament" does not stand in the sentence. '
        "Copy the words from the sentence as they stand, in one piece."
    )


@given(st.text(alphabet="ab ’'.-\"#1\n", max_size=30), st.text(alphabet="ab ’'.-\"#12", max_size=8))
def test_what_is_found_is_what_was_typed_but_for_case_quotes_and_spaces(sentence: str, typed: str) -> None:
    place = locate(typed, sentence)
    if isinstance(place, tuple):
        table = str.maketrans("’", "'")
        words = " ".join(sentence[place[0] : place[1]].translate(table).split()).lower()
        wanted = " ".join(typed.translate(table).split()).lower()
        assert wanted == words or wanted.startswith(words)
