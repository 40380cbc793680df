"""Calendar periods: which unit fits a span of dates, and every period from the first to the last."""

from __future__ import annotations

from typing import Literal

import numpy as np
import pandas as pd

Unit = Literal["day", "month", "year"]

_NUMPY: dict[Unit, str] = {"day": "datetime64[D]", "month": "datetime64[M]", "year": "datetime64[Y]"}
_MOST_DAYS = 62
_MOST_MONTHS = 15 * 12


def fitting_unit(dates: pd.Series, *, finest: Unit = "month") -> Unit:
    """The unit in which a span of dates is best counted: years if it is longer than 15 years, else months.

    With finest="day", spans of up to 62 days are counted by day: one bar for one month would show nothing.
    """
    if dates.empty:
        return "month"
    first, last = dates.min(), dates.max()
    if finest == "day" and (last - first).days < _MOST_DAYS:
        return "day"
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    return "year" if months > _MOST_MONTHS else "month"


def periods_of(dates: pd.Series, unit: Unit) -> np.ndarray:
    """The period of each date, as numpy datetimes of that unit."""
    return dates.to_numpy().astype(_NUMPY[unit])


def all_periods(dates: pd.Series, unit: Unit) -> np.ndarray:
    """Every period from that of the first date to that of the last, none left out; empty for no dates."""
    own = periods_of(dates, unit)
    if not own.size:
        return own
    # One step is one period of the array's own unit.
    return np.arange(own.min(), own.max() + 1)
