"""Cells that a spreadsheet would run."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whodid.formulas import is_formula, quoted, shown, unquoted

CELLS = st.text(alphabet=st.sampled_from(list("'=+-@\t\r\n 1.eAß＝")), max_size=8) | st.text()


@pytest.mark.parametrize(
    "text", ["=1+1", "@SUM(A1)", "-2+3", "+cmd|' /C calc'!A0", "\t=1", " =1", "\r\n=1", "＝1", "- see above"]
)
def test_what_a_spreadsheet_would_run_is_a_formula(text: str) -> None:
    assert is_formula(text)
    assert shown(text) == quoted(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "-3", "+1.5", "-1e5", ".5", "a=b", "O'Neill", "'s", "2024-06-21", "KOR-GOV"])
def test_numbers_and_words_are_none(text: str) -> None:
    assert not is_formula(text)
    assert shown(text) == quoted(text) == text


@given(CELLS)
def test_what_is_quoted_is_read_back_and_never_run(text: str) -> None:
    assert unquoted(quoted(text)) == text
    assert not is_formula(quoted(text))
    assert not is_formula(shown(text))


@given(CELLS)
def test_different_texts_stay_different(text: str) -> None:
    assert quoted(f"'{text}") != quoted(text)
