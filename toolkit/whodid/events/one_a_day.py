"""The field's usual filter: several reports of one event on one day become one row, which says what it stands for."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from whodid.events.shape import validate_shape
from whodid.events.table import sort_events

KEY = ("date", "actor", "action", "target")
_TEXT = pd.StringDtype(na_value=np.nan)


def one_a_day(events: pd.DataFrame, *, by_coder: bool = False) -> pd.DataFrame:
    """One row for each date, actor, action and target: the first in canonical order, with what it stands for.

    The result is an event table. merged_ids has the event_id of every row that was merged, merged_publishers their
    publishers, each once, both joined with `|` and in order; filtering again changes nothing. by_coder keeps the
    codings of several coders apart. The order of the rows that come in does not matter.

    Raises EventTableError if the frame does not follow the schema.
    """
    rows = sort_events(validate_shape(events))
    key = [*KEY, "coder"] if by_coder else list(KEY)
    # A row that was merged before stands for all of its own.
    ids = rows["merged_ids"].fillna(rows["event_id"]) if "merged_ids" in rows.columns else rows["event_id"]
    publishers = rows["publisher"].astype("object").where(rows["publisher"].notna(), None)
    if "merged_publishers" in rows.columns:
        publishers = rows["merged_publishers"].astype("object").where(rows["merged_publishers"].notna(), publishers)
    number = rows.groupby(key, sort=False, observed=True).ngroup().to_numpy()
    first = np.unique(number, return_index=True)[1]
    order = np.argsort(number, kind="stable")
    ends = np.flatnonzero(np.diff(number[order])) + 1
    merged_ids = [_joined(group) for group in np.split(ids.to_numpy(dtype="object")[order], ends)]
    merged_publishers = [_joined(group) for group in np.split(publishers.to_numpy(dtype="object")[order], ends)]
    kept = rows.iloc[first].drop(columns=["merged_ids", "merged_publishers"], errors="ignore").reset_index(drop=True)
    if kept.empty:
        merged_ids, merged_publishers = [], []
    return sort_events(
        kept.assign(
            merged_ids=pd.Series(merged_ids, index=kept.index, dtype=_TEXT),
            merged_publishers=pd.Series(merged_publishers, index=kept.index, dtype=_TEXT),
        )
    )


def _joined(values: Iterable[str | None]) -> str | None:
    """The parts of all values, each once, in the order of the alphabet."""
    found = {part for value in values if value for part in value.split("|")}
    return "|".join(sorted(found)) or None
