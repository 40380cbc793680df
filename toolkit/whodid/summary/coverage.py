"""The calendar of a set of events: a cell for each day, month or year, so that what is missing shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from whodid.summary.periods import all_periods, periods_of

_MOST_DAYS = 2 * 366
_MOST_YEARS_BY_MONTH = 45
Cell = Literal["day", "month", "year"]


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many events each day (or month, or year) has, zeros and all: starts and counts, of the same length.

    longest_gap is the longest run of cells without events, and gap_start its first cell; None if there is none.
    """

    cell: Cell
    starts: pd.DatetimeIndex
    counts: np.ndarray
    longest_gap: int
    gap_start: pd.Timestamp | None

    @property
    def empty(self) -> int:
        """The number of cells without events."""
        return int((self.counts == 0).sum())


def coverage(dates: pd.Series) -> Coverage:
    """The calendar of some dates, which must not be none: by day up to two years, by month up to 45, then by year."""
    first, last = dates.min(), dates.max()
    cell: Cell = "day"
    if (last - first).days >= _MOST_DAYS:
        cell = "month" if last.year - first.year < _MOST_YEARS_BY_MONTH else "year"
    own, periods = periods_of(dates, cell), all_periods(dates, cell)
    counts = np.bincount((own - periods[0]).astype("int64"), minlength=len(periods))
    starts = pd.DatetimeIndex(periods.astype("datetime64[D]").astype("datetime64[s]"))
    length, start = _longest_run(counts == 0)
    return Coverage(cell, starts, counts, length, starts[start] if length else None)


def _longest_run(is_empty: np.ndarray) -> tuple[int, int]:
    """Length and start of the longest run of True; the first one of several."""
    best, begin, length = 0, 0, 0
    for place, value in enumerate(is_empty.tolist()):
        length = length + 1 if value else 0
        if length > best:
            best, begin = length, place - length + 1
    return best, begin
