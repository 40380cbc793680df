"""A valid event, and a builder of valid event tables from it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd
import pyarrow as pa

from whodid.events.record import CodedEvent
from whodid.events.schema import COLUMNS
from whodid.events.table import from_arrow, plain_type

MakeEvents = Callable[..., pd.DataFrame]

EVENT = CodedEvent(
    actor="KORGOV",
    action="112",
    target="RUSGOV",
    date=date(2024, 6, 21),
    date_basis="text",
    article_id="seoul-2024",
    sentence=0,
    actor_text="South Korea",
    action_text="accused",
    target_text="Russia",
    actor_start=0,
    actor_end=11,
    action_start=12,
    action_end=19,
    target_start=20,
    target_end=26,
    published=date(2024, 6, 22),
    publisher="Example Wire",
    coder="anna",
    confidence=0.9,
    note=None,
)


def make_events(**overrides: Any) -> pd.DataFrame:
    """A valid event table, one row unless an override is a list: make_events(target="PRK", action=["112", "114"]).

    Rows differ in their sentence unless that is given. event_id is computed from the row unless it is given; where an
    override is null, from the default in its place.
    """
    lengths = {len(value) for value in overrides.values() if isinstance(value, list)}
    count = lengths.pop() if lengths else 1
    assert not lengths, "the lists that override columns have different lengths"
    overrides = {"sentence": list(range(count)), **overrides}
    columns = {name: value if isinstance(value, list) else [value] * count for name, value in overrides.items()}
    rows = [{name: values[row] for name, values in columns.items()} for row in range(count)]
    table: dict[str, pa.Array] = {}
    for column in COLUMNS:
        default = [_id(row) if column.name == "event_id" else getattr(EVENT, column.name) for row in rows]
        values = [row.get(column.name, default[number]) for number, row in enumerate(rows)]
        table[column.name] = pa.array(values, type=plain_type(column.arrow))
    return from_arrow(pa.table(table))


def _id(row: dict[str, Any]) -> str:
    whole = {name: value for name, value in row.items() if value is not None and name != "event_id"}
    return replace(EVENT, **whole).event_id
