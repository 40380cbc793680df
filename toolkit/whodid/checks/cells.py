"""The cells of a table that may have faults: only whole ones are given to a check, nulls were reported before."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import numpy as np
import pandas as pd


def rows_with(frame: pd.DataFrame, *names: str) -> Iterator[tuple[Any, ...]]:
    """The row number and the values of some columns, for the rows in which none of them is null, in order.

    Nothing if a column is missing. Dates come as datetime.date; a row whose day lies outside of its years (1 to 9999)
    is left out.
    """
    if any(name not in frame.columns for name in names):
        return
    is_whole = ~frame[list(names)].isna().any(axis=1)
    rows = np.flatnonzero(is_whole.to_numpy()).tolist()
    columns = [_values(frame.loc[is_whole, name]) for name in names]
    for row, *values in zip(rows, *columns, strict=True):
        if not any(value is None for value in values):
            yield row, *values


def _values(column: pd.Series) -> list[Any]:
    if column.dtype.kind != "M":
        return column.tolist()
    return [_day(text) for text in np.datetime_as_string(column.to_numpy(), unit="D").tolist()]


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
