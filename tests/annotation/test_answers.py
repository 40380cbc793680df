"""Codes, days and confidences as people write them."""

from __future__ import annotations

from datetime import date

import pytest

from whodid.annotation.answers import (
    Problem,
    action_of,
    actor_of,
    basis_of,
    confidence_of,
    day_of,
    numeric_code,
)
from whodid.codebook.actor_codes import ActorCodes
from whodid.codebook.model import Codebook
from whodid.coder.explain_json import ActorLabels

PUBLISHED = date(2024, 6, 22)


def said(problem: object) -> str:
    assert isinstance(problem, Problem), problem
    return f"{problem.message} {problem.fix}"


@pytest.mark.parametrize("written", ["112", " 112 ", "112 Accuse", "112 accuse"])
def test_an_action_is_a_code_with_or_without_its_label(written: str, codebook: Codebook) -> None:
    label = codebook.actions["112"].label
    assert action_of(written.replace("Accuse", label).replace("accuse", label.lower()), codebook) == "112"


def test_an_unknown_action_is_refused_with_the_nearest(codebook: Codebook) -> None:
    label = codebook.actions["0211"].label
    assert said(action_of("211", codebook)) == (
        f"'211' is not in the codebook {codebook.label}. Did you mean '0211 {label}'?"
    )
    assert said(action_of("zz", codebook)).endswith("`whodid codebook search WORDS` finds codes.")
    own = codebook.actions["042"].label
    assert f"Did you mean '042 {own}'?" in said(action_of(own, codebook))


def test_a_label_that_is_not_the_codes_own_is_refused(codebook: Codebook) -> None:
    label = codebook.actions["042"].label
    assert said(action_of("042 Criticize", codebook)) == (
        f"The label of 042 is {label!r}, not 'Criticize'. Write '042 {label}', or the code that you meant."
    )


def test_a_code_that_may_have_lost_its_zero_in_csv_is_refused(codebook: Codebook) -> None:
    zero, ten = codebook.actions["010"].label, codebook.actions["10"].label
    assert said(action_of("10", codebook, may_lack_zero=True)) == (
        f"'10' may be a code that lost its zero: '010' is one, too. Write '010 {zero}' or '10 {ten}'."
    )
    assert action_of(f"10 {ten}", codebook, may_lack_zero=True) == "10"
    assert action_of("10", codebook) == "10"
    assert action_of("112", codebook, may_lack_zero=True) == "112"


@pytest.mark.parametrize("number", [10, 10.0])
def test_a_number_is_never_read_as_a_code(number: float, codebook: Codebook) -> None:
    zero, ten = codebook.actions["010"].label, codebook.actions["10"].label
    assert said(numeric_code(number, codebook)) == (
        "10 is a number here, and codes are text: a number has no zero in front. "
        f"Format the cell as text and choose '010 {zero}' or '10 {ten}'."
    )
    assert said(numeric_code(9999, codebook)).endswith(
        "Format the cell as text and choose the code from the list again."
    )


def test_an_actor_is_checked_group_by_group(codebook: Codebook) -> None:
    codes = ActorCodes(codebook)
    assert actor_of(" KORGOV ", codes) == "KORGOV"
    assert said(actor_of("KORGO", codes)) == (
        "The actor code 'KORGO' has 5 characters, which is no multiple of three. "
        "Compose it of three-letter groups, such as KOR + GOV."
    )
    variant = next(iter(codes.variants))
    assert f"{variant!r} is a variant of a country code" in said(actor_of(f"{variant}GOV", codes))


def test_an_actor_may_be_written_with_what_its_code_means(codebook: Codebook) -> None:
    codes, labels = ActorCodes(codebook), ActorLabels(codebook)
    assert actor_of("KORGOV South Korea, Government (executive)", codes, labels) == "KORGOV"
    assert said(actor_of("KORGOV North Korea", codes, labels)) == (
        "KORGOV is 'South Korea, Government (executive)', not 'North Korea'. "
        "Write 'KORGOV' alone, or the code that you meant."
    )
    assert isinstance(actor_of("South Korea", codes, labels), Problem)
    # Where nobody offers labels, nobody takes them.
    assert isinstance(actor_of("KOR South Korea", codes), Problem)


@pytest.mark.parametrize(
    "written", ["2024-06-21", "20240621", "21 June 2024", "June 21, 2024", "21. Jun 2024", "2024-06-21T10:00:00"]
)
def test_a_day_is_read_where_it_can_mean_only_one(written: str) -> None:
    assert day_of(written) == date(2024, 6, 21)


def test_september_may_be_shortened_to_four_letters() -> None:
    assert day_of("3 Sept 2021") == date(2021, 9, 3)


@pytest.mark.parametrize("written", ["06/07/2024", "21.6.24", "Friday", "31 June 2024", "3 Ju 2024", "2024-13-01"])
def test_a_day_that_can_be_read_in_two_ways_or_none_is_refused(written: str) -> None:
    assert said(day_of(written)) == (
        f"{written!r} is no day in a form that is read alike everywhere. "
        "Write it as 2024-06-21 or 21 June 2024; leave it empty for the day of publication."
    )


def test_the_basis_follows_from_the_day_where_it_is_not_given() -> None:
    assert basis_of("", None, PUBLISHED) == (PUBLISHED, "published")
    assert basis_of("", date(2024, 6, 21), PUBLISHED) == (date(2024, 6, 21), "text")
    assert basis_of("Dateline", date(2024, 6, 21), PUBLISHED) == (date(2024, 6, 21), "dateline")


def test_a_basis_that_does_not_go_with_the_day_is_refused() -> None:
    assert said(basis_of("guess", None, PUBLISHED)) == (
        "'guess' is no basis of a date. Choose one of text, dateline, published, or leave it empty."
    )
    assert said(basis_of("text", None, PUBLISHED)) == (
        "The basis is 'text', but there is no date. Write the day, or choose 'published'."
    )
    assert said(basis_of("published", date(2024, 6, 21), PUBLISHED)) == (
        "The basis is 'published', but 2024-06-21 is not the day of publication, 2024-06-22. "
        "Choose 'text' or 'dateline' if the day was read there."
    )
    assert said(basis_of("", date(2042, 6, 21), PUBLISHED)) == (
        "2042-06-21 is more than a year after the article was published (2024-06-22). Correct the year."
    )


def test_a_confidence_goes_from_0_to_1() -> None:
    assert (confidence_of(None), confidence_of(""), confidence_of("0.9"), confidence_of(1)) == (None, None, 0.9, 1.0)
    for wrong in (90, "0,9", "high", True, "nan", -0.1):
        assert said(confidence_of(wrong)) == f"'{wrong}' is no confidence from 0 to 1. Write 0.9 for 90 %."
