"""Levels at which parts are compared, and the distances that follow from them."""

from __future__ import annotations

from datetime import date
from itertools import pairwise, product

import pytest

from event_samples import make_events
from whodid.codebook.model import Codebook
from whodid.reliability.levels import Level, distance_ladder, levels_of


def _distance(levels: list[Level], part: str, level: str) -> float:
    """The distance of the two rows of a table."""
    by_key = {(item.part, item.level): item.category for item in levels}
    return sum(
        weight * (by_key[name, step][0] != by_key[name, step][1]) for name, step, weight in distance_ladder(part, level)
    )


@pytest.mark.parametrize(
    ("one", "other", "distance"),
    [
        ("112", "112", 0.0),
        ("1121", "1122", 0.25),
        ("112", "1122", 0.25),
        ("112", "114", 0.5),
        ("112", "120", 0.75),
        ("112", "030", 1.0),
    ],
)
def test_actions_are_as_far_apart_as_the_levels_in_which_they_differ(
    codebook: Codebook, one: str, other: str, distance: float
) -> None:
    assert _distance(levels_of(make_events(action=[one, other]), codebook), "action", "code") == distance


def test_at_a_coarser_level_the_distance_starts_there(codebook: Codebook) -> None:
    levels = levels_of(make_events(action=["112", "120"]), codebook)
    found = [_distance(levels, "action", level) for level in ("code", "three digits", "root", "quad class")]
    assert found == pytest.approx([3 / 4, 2 / 3, 1 / 2, 0])


@pytest.mark.parametrize(
    ("one", "other", "distance"),
    [("KORGOV", "KORGOV", 0.0), ("KORGOV", "KOR", 0.5), ("KORGOV", "KORMIL", 0.5), ("KORGOV", "USAGOV", 1.0)],
)
def test_actors_of_one_country_are_half_as_far(codebook: Codebook, one: str, other: str, distance: float) -> None:
    assert _distance(levels_of(make_events(actor=[one, other]), codebook), "actor", "code") == distance


@pytest.mark.parametrize(
    ("one", "other", "distance"),
    [("2024-06-21", "2024-06-21", 0.0), ("2024-06-21", "2024-06-30", 1 / 3), ("2024-06-30", "2024-07-01", 2 / 3),
     ("2023-06-21", "2024-06-21", 1.0)],
)  # fmt: skip
def test_dates_are_as_far_as_day_month_and_year_say(codebook: Codebook, one: str, other: str, distance: float) -> None:
    days = [date.fromisoformat(day) for day in (one, other)]
    assert _distance(levels_of(make_events(date=days), codebook), "date", "day") == pytest.approx(distance)


def test_a_whole_event_is_as_far_as_the_mean_of_its_four_parts(codebook: Codebook) -> None:
    levels = levels_of(make_events(action=["112", "114"], actor=["KOR", "KORGOV"]), codebook)
    assert _distance(levels, "event", "code") == pytest.approx((0.5 + 0.5 + 0 + 0) / 4)


def test_weights_add_up_to_1_at_every_level(codebook: Codebook) -> None:
    for level in levels_of(make_events(), codebook):
        assert sum(weight for *_, weight in level.ladder) == pytest.approx(1.0)


def test_equal_at_one_level_is_equal_at_all_coarser_ones(codebook: Codebook) -> None:
    actions = [*list(codebook.actions)[:120:7], "990", "999"]
    levels = [item for item in levels_of(make_events(action=actions), codebook) if item.part == "action"]
    for fine, coarse in pairwise(levels):
        for i, j in product(range(len(actions)), repeat=2):
            assert fine.category[i] != fine.category[j] or coarse.category[i] == coarse.category[j]


def test_a_root_that_has_no_quad_class_is_a_class_of_its_own(codebook: Codebook) -> None:
    [level] = [
        item
        for item in levels_of(make_events(action=["990", "112"]), codebook)
        if item.level == "quad class" and item.part == "action"
    ]
    assert level.names == ("3", "root 99")


def test_a_table_without_rows_has_no_categories(codebook: Codebook) -> None:
    assert all(level.names == () and len(level.category) == 0 for level in levels_of(make_events().iloc[:0], codebook))
