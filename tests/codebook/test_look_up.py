"""Showing one entry, and finding entries by words."""

from __future__ import annotations

import pytest

from whodid.codebook.load import load_codebook
from whodid.codebook.look_up import get_action, nearest_codes, search_actions, show_action
from whodid.codebook.model import Codebook
from whodid.errors import CodebookError

from .conftest import Book


def found(codebook: Codebook, query: str, limit: int = 10) -> list[str]:
    return [action.code for action, _ in search_actions(codebook, query, limit)]


def test_an_entry_shows_label_parent_values_notes_and_marked_examples(codebook: Codebook) -> None:
    text = show_action(codebook, "114")
    action = codebook.actions["114"]
    assert text.splitlines()[0] == "114  Complain officially"
    assert text.splitlines()[1] == f"below 11  {codebook.actions['11'].label}"
    assert text.splitlines()[2] == "Goldstein -2.0  quad class 3 (verbal conflict)  PLOVER ACCUSE allege diplomatic"
    joined = " ".join(text.split())
    assert " ".join(action.definition.split()) in joined
    assert f"Use: {' '.join(action.use.split())}" in joined
    assert f"Not: {' '.join(action.not_for.split())}" in joined
    assert joined.count("|action]]") >= len(action.examples)
    assert "Near misses:" in text
    assert max(map(len, text.splitlines())) <= 96


def test_a_root_lists_its_sub_codes(codebook: Codebook) -> None:
    text = show_action(codebook, "11")
    assert "below" not in text.splitlines()[1]
    assert "Sub-codes:\n  110  " in text
    assert f"  114  {codebook.actions['114'].label}" in text
    assert "  1121  " not in text


def test_a_code_without_a_plover_event_says_so(codebook: Codebook) -> None:
    assert "no PLOVER event" in show_action(codebook, "016").splitlines()[2]


def test_a_code_whose_parent_is_missing_is_shown_all_the_same(book: Book) -> None:
    book.append("actions/11.yaml", '  - code: "1191"\n    label: Lost\n    definition: x\n    use: x\n    not_for: x')
    assert show_action(load_codebook(book.folder), "1191").splitlines()[0] == "1191  Lost"


@pytest.mark.parametrize(
    ("code", "fix"),
    [
        ("23", "Did you mean 023, 20?"),
        ("231", "Did you mean 0231?"),
        ("1149", "Did you mean 114, 11?"),
        ("999", "`whodid codebook search WORDS` finds codes by their words."),
    ],
)
def test_an_unknown_code_is_refused_with_the_nearest(codebook: Codebook, code: str, fix: str) -> None:
    with pytest.raises(CodebookError) as caught:
        get_action(codebook, code)
    assert str(caught.value) == f"{code!r} is not in the codebook {codebook.label}. {fix}"


def test_the_nearest_codes_start_with_the_lost_zero(codebook: Codebook) -> None:
    assert nearest_codes(codebook, "1")[0] == "01"
    assert nearest_codes(codebook, "231") == ["0231"]
    assert nearest_codes(codebook, "1145") == ["114", "11"]


def test_summon_finds_the_official_complaint(codebook: Codebook) -> None:
    assert "114" in found(codebook, "summon")[:3]
    assert found(codebook, "summoned ambassadors")[0] == "114"


@pytest.mark.parametrize(("query", "code"), [("protest", "14"), ("complain officially", "114"), ("MEDIATE", "045")])
def test_words_of_a_label_come_first(codebook: Codebook, query: str, code: str) -> None:
    assert code in found(codebook, query)[:5]


def test_digits_find_the_codes_that_begin_with_them(codebook: Codebook) -> None:
    assert found(codebook, "112") == ["112", "1121", "1122", "1123", "1124", "1125"]
    assert found(codebook, " 0231 ") == ["0231"]
    assert len(found(codebook, "1", limit=400)) == len([c for c in codebook.actions if c.startswith("1")])


@pytest.mark.parametrize("query", ["", "   ", "!?", "xyzzy", "999"])
def test_what_fits_nothing_finds_nothing(codebook: Codebook, query: str) -> None:
    assert found(codebook, query) == []


def test_scores_lie_between_0_and_1_and_fall(codebook: Codebook) -> None:
    scores = [score for _, score in search_actions(codebook, "military aid", 50)]
    assert scores == sorted(scores, reverse=True)
    assert all(0 < score <= 1 for score in scores)


def test_every_word_of_a_query_must_fit(codebook: Codebook) -> None:
    assert found(codebook, "summon xyzzy") == []
