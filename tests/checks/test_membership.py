"""Codes that the codebook does not know, with the code that was probably meant."""

from __future__ import annotations

import pytest

from event_samples import MakeEvents
from whodid.checks.membership import membership_faults, nearest_action
from whodid.codebook.model import Codebook


def sentences(make_events: MakeEvents, codebook: Codebook, **overrides: object) -> list[str]:
    return [str(fault) for fault in membership_faults(make_events(**overrides), codebook)]


def test_codes_of_the_codebook_are_no_findings(make_events: MakeEvents, codebook: Codebook) -> None:
    actors = ["KORGOV", "IGOUNO", "INT", "GOV", "RUS"]
    assert (
        sentences(make_events, codebook, actor=actors, target=actors[::-1], action=["010", "01", "114", "190", "20"])
        == []
    )


def test_an_unknown_action_names_the_codebook_and_its_parent(make_events: MakeEvents, codebook: Codebook) -> None:
    label = codebook.actions["190"].label
    assert sentences(make_events, codebook, action=["112", "1909"]) == [
        f"row 1: column 'action': '1909' is not in the codebook {codebook.label}. Did you mean '190' ({label})?"
    ]


def test_a_lost_leading_zero_is_recognised(codebook: Codebook) -> None:
    label = codebook.actions["036"].label
    assert nearest_action("36", codebook) == (
        f"Did you mean '036' ({label})? Codes are text and keep their leading zeros."
    )


def test_a_label_in_place_of_a_code_gives_the_code(codebook: Codebook) -> None:
    label = codebook.actions["036"].label
    assert nearest_action(label.upper(), codebook) == f"Did you mean '036' ({label})?"
    assert nearest_action(label[:-2], codebook) == f"Did you mean '036' ({label})?"


def test_a_code_like_no_other_is_told_the_range(codebook: Codebook) -> None:
    assert nearest_action("777", codebook) == "Its roots go from 01 to 20."


@pytest.mark.parametrize("column", ["actor", "target"])
def test_each_group_of_an_actor_code_is_looked_up(make_events: MakeEvents, codebook: Codebook, column: str) -> None:
    found = sentences(make_events, codebook, **{column: ["KORGOX", "KORGOV", "QQQGOV"]})
    assert len(found) == 2
    assert found[0].startswith(
        f"row 0: column '{column}': 'GOX' (in 'KORGOX') is no role, identity or organisation that can stand there. "
        "Did you mean 'GOV'?"
    )
    assert found[1].startswith(f"row 2: column '{column}': 'QQQ' (in 'QQQGOV') is no country, region, role or group.")


def test_an_iso_code_that_is_a_variant_gives_the_codebooks_code(make_events: MakeEvents, codebook: Codebook) -> None:
    assert sentences(make_events, codebook, target="ROUGOV") == [
        "row 0: column 'target': 'ROU' (in 'ROUGOV') is a variant of a country code: "
        "ISO code; the codebook's own is ROM. Write 'ROMGOV'."
    ]
    assert [f.rule for f in membership_faults(make_events(actor="ROU"), codebook)] == ["variant-actor"]


def test_an_iso_code_that_the_codebook_does_not_have_gives_its_own(make_events: MakeEvents, codebook: Codebook) -> None:
    assert sentences(make_events, codebook, target="XKXGOV") == [
        "row 0: column 'target': 'XKX' (in 'XKXGOV') is no country, region, role or group. "
        "XKX is the ISO code; the codebook's is 'KSV'."
    ]


def test_lower_case_is_told(make_events: MakeEvents, codebook: Codebook) -> None:
    found = sentences(make_events, codebook, actor="korGOV")
    assert found[0].endswith("Codes are in capitals: did you mean 'KOR'?")


def test_nulls_are_left_to_the_check_of_shape(make_events: MakeEvents, codebook: Codebook) -> None:
    frame = make_events(action=[None, "112"], target=[None, "RUS"]).drop(columns="actor")
    assert membership_faults(frame, codebook) == []


def test_an_obsolete_action_names_its_successors(make_events: MakeEvents, codebook: Codebook) -> None:
    assert sentences(make_events, codebook, action=["223", "22"]) == [
        "row 0: column 'action': '223' is obsolete: WEIS, military engagement. Write '190'.",
        "row 1: column 'action': '22' is obsolete: WEIS, root 22 (force); CAMEO has no such root. Write '18' or '19', by "
        "what the article says.",
    ]


def test_an_obsolete_group_is_replaced_within_its_code(make_events: MakeEvents, codebook: Codebook) -> None:
    assert sentences(make_events, codebook, actor="ZARGOVMIL", target="LEB") == [
        "row 0: column 'actor': 'ZAR' (in 'ZARGOVMIL') is obsolete since 1997: ISO 3166-3, Zaire. Write 'CODGOVMIL'.",
        "row 0: column 'target': 'LEB' is obsolete: KEDS, Levant data set; CAMEO took the ISO code. Write 'LBN'.",
    ]


def test_blanks_around_a_code_are_told(codebook: Codebook) -> None:
    assert nearest_action(" 112", codebook) == "Write '112', without blanks."
