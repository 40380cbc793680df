"""Marked sentences and their offsets."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whodid.codebook.marks import ROLES, Mark, parse_marks, write_marks

_WORDS = st.text(st.characters(exclude_characters="[]|", exclude_categories=("Cs",)), min_size=1, max_size=12)
_PLAIN = st.text(st.characters(exclude_characters="[]", exclude_categories=("Cs",)), max_size=12)


@st.composite
def _marked(draw: st.DrawFn) -> tuple[str, tuple[Mark, ...]]:
    text, marks = draw(_PLAIN), []
    for role in draw(st.lists(st.sampled_from(ROLES), max_size=5)):
        words = draw(_WORDS)
        marks.append(Mark(role, len(text), len(text) + len(words)))
        text += words + draw(_PLAIN)
    return text, tuple(marks)


def test_marks_become_plain_text_and_offsets() -> None:
    text, marks = parse_marks("[[South Korea|actor]] [[summoned|action]] [[the ambassador|target]] on Friday.")
    assert text == "South Korea summoned the ambassador on Friday."
    assert [(mark.role, text[mark.start : mark.end]) for mark in marks] == [
        ("actor", "South Korea"),
        ("action", "summoned"),
        ("target", "the ambassador"),
    ]


def test_an_action_may_be_marked_in_two_places() -> None:
    text, marks = parse_marks("[[Chad|actor]] [[called|action]] [[Sudan|target]] [[in|action]].")
    assert [text[mark.start : mark.end] for mark in marks if mark.role == "action"] == ["called", "in"]


def test_text_without_marks_stays_as_it_is() -> None:
    assert parse_marks("Nothing [sic] happened | here.") == ("Nothing [sic] happened | here.", ())


@given(_marked())
def test_reading_undoes_writing(sentence: tuple[str, tuple[Mark, ...]]) -> None:
    text, marks = sentence
    assert parse_marks(write_marks(text, marks)) == (text, marks)


@given(_marked())
def test_writing_undoes_reading(sentence: tuple[str, tuple[Mark, ...]]) -> None:
    marked = write_marks(*sentence)
    assert write_marks(*parse_marks(marked)) == marked


def test_an_unknown_role_is_refused_with_the_roles_there_are() -> None:
    with pytest.raises(
        ValueError, match=r"mark '\[\[Chad\|source\]\]' has the role 'source'; the roles are actor, act"
    ):
        parse_marks("[[Chad|source]] fell.")


@pytest.mark.parametrize(
    "marked", ["[[Chad|actor] fell.", "Chad|actor]] fell.", "[[the [[Chad|actor]] army|target]]", "[[Chad]]"]
)
def test_a_mark_that_is_not_closed_or_is_nested_is_refused(marked: str) -> None:
    with pytest.raises(ValueError, match=r"a mark is not closed or is inside another one; write \[\[words\|role\]\]"):
        parse_marks(marked)
