"""Derived columns against what the scales and crosswalks say."""

from __future__ import annotations

import pandas as pd
import pytest

from event_samples import MakeEvents
from whodid.codebook.model import Codebook
from whodid.events.enrich import enrich
from whodid.events.schema import DERIVED
from whodid.events.shape import shape_faults


def derived(make_events: MakeEvents, codebook: Codebook, column: str, **overrides: object) -> object:
    schemes = {key: overrides.pop(key) for key in list(overrides) if key.endswith("_scheme")}
    value = enrich(make_events(**overrides), codebook, **schemes)[column].iloc[0]  # type: ignore[arg-type]
    return None if pd.isna(value) else value


def test_114_is_a_complaint_in_verbal_conflict(make_events: MakeEvents, codebook: Codebook) -> None:
    row = enrich(make_events(action="114"), codebook).iloc[0]
    assert row["root"] == "11"
    assert row["goldstein"] == -2.0
    assert row["quad_class"] == 3
    assert row["plover_event"] == "ACCUSE"
    assert row["action_label"] == codebook.actions["114"].label


@pytest.mark.parametrize(("scheme", "quad_class"), [("icews", 4), ("gdelt", 3)])
def test_a_demonstration_is_material_or_verbal_conflict_by_scheme(
    make_events: MakeEvents, codebook: Codebook, scheme: str, quad_class: int
) -> None:
    assert derived(make_events, codebook, "quad_class", action="141", quad_class_scheme=scheme) == quad_class


@pytest.mark.parametrize(("scheme", "score"), [("gdelt", -2.0), ("icews", -5.0)])
def test_denying_responsibility_has_two_scores_in_the_field(
    make_events: MakeEvents, codebook: Codebook, scheme: str, score: float
) -> None:
    assert derived(make_events, codebook, "goldstein", action="016", goldstein_scheme=scheme) == score


def test_without_a_scheme_the_codebook_chooses(make_events: MakeEvents, codebook: Codebook) -> None:
    chosen = codebook.meta.quad_class_scheme
    assert derived(make_events, codebook, "quad_class", action="141") == codebook.quad_class("141", chosen)


def test_plover_has_no_event_for_statements(make_events: MakeEvents, codebook: Codebook) -> None:
    assert derived(make_events, codebook, "plover_event", action="010") is None


@pytest.mark.parametrize(
    ("actor", "country", "role"),
    [
        ("KORGOV", "KOR", "GOV"),
        ("RUS", "RUS", None),
        ("IGOUNO", None, "IGO"),
        ("USAGOVMIL", "USA", "GOV"),
        ("GOV", None, "GOV"),
        ("INT", None, "INT"),
        ("ZZZGOV", None, None),
    ],
)
def test_country_and_role_follow_from_the_actors_code(
    make_events: MakeEvents, codebook: Codebook, actor: str, country: str | None, role: str | None
) -> None:
    for side in ("actor", "target"):
        assert derived(make_events, codebook, f"{side}_country", **{side: actor}) == country
        assert derived(make_events, codebook, f"{side}_role", **{side: actor}) == role


def test_an_action_that_nobody_defined_gives_null_and_no_default(make_events: MakeEvents, codebook: Codebook) -> None:
    row = enrich(make_events(action="999"), codebook).iloc[0]
    assert row["root"] == "99"
    assert row[["action_label", "quad_class", "goldstein", "plover_event"]].isna().all()


def test_derived_columns_stand_behind_and_are_made_anew(make_events: MakeEvents, codebook: Codebook) -> None:
    stale = enrich(make_events(action=["114", "016"]), codebook).assign(goldstein=9.0, root="20")
    again = enrich(stale, codebook)
    assert list(again.columns)[22:] == [column.name for column in DERIVED]
    pd.testing.assert_frame_equal(again, enrich(make_events(action=["114", "016"]), codebook))
    assert shape_faults(again) == []


def test_rows_and_their_index_stay_as_they_are(make_events: MakeEvents, codebook: Codebook) -> None:
    frame = make_events(action=["190", "010", "114"]).set_axis([5, 3, 4], axis="index")
    assert enrich(frame, codebook)["action"].to_dict() == {5: "190", 3: "010", 4: "114"}


def test_an_empty_table_can_be_enriched(make_events: MakeEvents, codebook: Codebook) -> None:
    enriched = enrich(make_events().iloc[:0], codebook)
    assert len(enriched) == 0
    assert shape_faults(enriched) == []
