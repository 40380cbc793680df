"""A coded event and its identity."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from event_samples import EVENT


def test_the_same_coding_has_the_same_id_on_every_machine() -> None:
    # A literal: if it changes, every published dataset loses its ids, which is a breaking change.
    assert EVENT.event_id == "0601f9e7af9a38df"
    assert re.fullmatch(r"[0-9a-f]{16}", EVENT.event_id)


@pytest.mark.parametrize(
    "change",
    [
        {"actor": "PRKGOV"},
        {"action": "111"},
        {"target": "RUS"},
        {"date": date(2024, 6, 20)},
        {"article_id": "other"},
        {"sentence": 1},
        {"actor_start": 1},
        {"action_end": 18},
        {"target_end": 27},
        {"coder": "ben"},
    ],
    ids=lambda change: next(iter(change)),
)
def test_each_identifying_column_changes_the_id(change: dict[str, object]) -> None:
    assert replace(EVENT, **change).event_id != EVENT.event_id


def test_remarks_about_a_coding_are_no_part_of_its_identity() -> None:
    remarked = replace(
        EVENT, confidence=0.1, note="unsure", publisher=None, published=date(2024, 6, 30), date_basis="dateline"
    )
    assert remarked.event_id == EVENT.event_id
