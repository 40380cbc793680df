"""Calendar periods: which unit fits a span of dates, and every period from the first to the last."""

from __future__ import annotations

from typing import Literal

import numpy as np
import pandas as pd

Unit = Literal["day", "month", "year"]
Period = Literal["day", "week", "month", "quarter", "year"]
PERIODS: tuple[Period, ...] = ("day", "week", "month", "quarter", "year")

# numpy's weeks begin on Thursdays, as 1970 did, and it has no quarters: those two are counted here.
_NUMPY: dict[str, str] = {"day": "datetime64[D]", "month": "datetime64[M]", "year": "datetime64[Y]"}
_DAYS_TO_MONDAY = 3  # from Monday, 1969-12-29, to Thursday, 1970-01-01
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


def numbers_of(dates: pd.Series, unit: Period) -> np.ndarray:
    """The number of each date's period, counted from that of 1970-01-01: consecutive periods have consecutive numbers."""
    days = dates.to_numpy().astype("datetime64[D]")
    if unit == "week":
        return np.asarray(np.floor_divide(days.astype("int64") + _DAYS_TO_MONDAY, 7))
    if unit == "quarter":
        return np.asarray(np.floor_divide(days.astype("datetime64[M]").astype("int64"), 3))
    return days.astype(_NUMPY[unit]).astype("int64")


def starts_of(numbers: np.ndarray, unit: Period) -> np.ndarray:
    """The first day of each period, as datetime64[s]."""
    if unit == "week":
        days = (numbers * 7 - _DAYS_TO_MONDAY).astype("datetime64[D]")
    elif unit == "quarter":
        days = (numbers * 3).astype("datetime64[M]").astype("datetime64[D]")
    else:
        days = numbers.astype(_NUMPY[unit]).astype("datetime64[D]")
    return days.astype("datetime64[s]")


def names_of(starts: np.ndarray, unit: Period) -> list[str]:
    """The names of periods by their first days: 2024-06-21, 2024-W25 (ISO), 2024-06, 2024-Q2, 2024."""
    names = []
    for day in pd.DatetimeIndex(starts):
        if unit == "week":
            year, week, _ = day.isocalendar()
            names.append(f"{year:04d}-W{week:02d}")
        elif unit == "quarter":
            names.append(f"{day.year:04d}-Q{(day.month + 2) // 3}")
        else:
            names.append(day.strftime("%Y-%m-%d")[: {"day": 10, "month": 7, "year": 4}[unit]])
    return names
