"""POLECAT: actions stay in PLOVER, countries are ISO's, None is nothing, and NA may be Namibia."""

from __future__ import annotations

import pytest

import whodid as wd
from interop.conftest import Convert, only, reasons
from interop.foreign import POLECAT, polecat
from whodid.codebook.model import Codebook


def test_a_row_of_40_columns_becomes_an_event_whose_action_is_plovers(convert: Convert) -> None:
    assert len(POLECAT) == 40
    row = only(convert("polecat", polecat({})).events)
    assert [row[name] for name in ("actor", "action", "target", "coder")] == [
        *("GHAGOV", "CONSULT:visit", "TGO", "polecat@v1.0"),
    ]
    assert (row["publisher"], str(row["published"])[:10]) == ("Harbour Wire", "2023-02-01")
    assert (row["original_contexts"], row["original_intensity"]) == ("diplomatic;military", "1.9")
    assert "article_id" not in row


def test_what_follows_from_a_plover_event_is_derived_and_the_rest_is_null(convert: Convert, codebook: Codebook) -> None:
    text = polecat({"Event Type": "ASSAULT", "Event Mode": "heavy weapons"})
    row = only(wd.enrich(convert("polecat", text).events, codebook))
    assert (row["action"], row["root"], row["plover_event"], row["plover_mode"]) == (
        *("ASSAULT:heavy-weapons", "ASSAULT", "ASSAULT", "heavy-weapons"),
    )
    assert (row["quad_class"], row["action_label"]) == (4, "Assault: heavy weapons")
    assert "goldstein" not in row


def test_every_plover_event_has_one_quad_class(codebook: Codebook) -> None:
    events = sorted({plover.event for plover in codebook.plover})
    classes = {event: {codebook.quad_class(p.code) for p in codebook.plover if p.event == event} for event in events}
    assert len(events) == 16
    assert all(len(found) == 1 for found in classes.values())


def test_health_and_journalists_have_other_letters_in_plover(convert: Convert) -> None:
    change = {"Primary Actor Sector": "MED", "Primary Recipient Sector": "JRN"}
    row = only(convert("polecat", polecat(change)).events)
    assert (row["actor"], row["target"]) == ("GHAHLH", "TGOMED")


@pytest.mark.parametrize("sector", ["PTY", "UNK", "PRM", "None", ""])
def test_a_sector_that_cameo_does_not_have_leaves_the_country_alone(convert: Convert, sector: str) -> None:
    change = {"Primary Actor Sector": sector, "Actor Sectors": sector}
    assert only(convert("polecat", polecat(change)).events)["actor"] == "GHA"


def test_without_a_primary_sector_the_first_of_the_list_counts(convert: Convert) -> None:
    change = {"Primary Actor Sector": "None", "Actor Sectors": "MIL;GOV"}
    assert only(convert("polecat", polecat(change)).events)["actor"] == "GHAMIL"


@pytest.mark.parametrize(("letters", "code"), [("ROU", "ROM"), ("TLS", "TMP"), ("NAM", "NAM"), ("DEU", "DEU")])
def test_iso_countries_become_the_codebooks(convert: Convert, letters: str, code: str) -> None:
    assert only(convert("polecat", polecat({"Recipient Country": letters})).events)["target"] == code


def test_na_is_namibia_only_if_the_number_beside_it_says_so(convert: Convert) -> None:
    na = {"Recipient Country": "NA", "Recipient Name": "x"}
    done = convert("polecat", polecat({**na, "Recipient COW": "565"}, {**na, "Recipient COW": "NA"}))
    assert only(done.events)["target"] == "NAM"
    assert reasons(done) == [(3, "unknown-target")]


@pytest.mark.parametrize("nothing", ["None", "", "NA"])
def test_an_event_without_a_recipient_is_refused(convert: Convert, nothing: str) -> None:
    change = dict.fromkeys(("Recipient Name", "Recipient Country", "Recipient COW"), nothing)
    assert reasons(convert("polecat", polecat(change))) == [(2, "missing-target")]


def test_an_event_type_that_plover_does_not_have_is_refused_with_those_it_has(convert: Convert) -> None:
    (row,) = convert("polecat", polecat({"Event Type": "GOSSIP"})).refused
    assert row.why.message == "'GOSSIP' is no PLOVER event."
    assert row.why.fix.startswith("PLOVER's events are: ACCUSE, AGREE, AID, ")
