"""The names under a time axis: years, months or days, as many as there is room for."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from whodid.summary.captions import SMALL
from whodid.summary.drawing import (
    INK,
    MUTED,
    Page,
    text_width,
)
from whodid.summary.periods import Unit


def time_axis(page: Page, starts: pd.Series, unit: Unit, left: float, slot: float, base: float) -> None:
    """Draw the ticks and names of the periods that begin at starts, each a slot wide, under a base line."""
    for place, upper, lower in _ticks_of(starts, unit, slot):
        x = left + (place + 0.5) * slot
        page.line([(x, base), (x, base + 3.5)], MUTED)
        page.text(x, base + 14, upper, size=SMALL, colour=MUTED, align="center")
        if lower:
            page.text(x - text_width(upper, SMALL) / 2, base + 26, lower, size=SMALL, colour=INK)


def axis_room(starts: pd.Series, unit: Unit, slot: float) -> float:
    """The room that the names under a time axis take: one line, or two."""
    return 30.0 if any(lower for *_, lower in _ticks_of(starts, unit, slot)) else 18.0


def time_ticks(days: Sequence[pd.Timestamp], unit: Unit, slot: float) -> list[tuple[int, str, str]]:
    """Which periods to name under a time axis: place, upper line, and lower line where month or year is new.

    days are the first days of consecutive periods, slot their distance in points. Steps are round (every 5 years,
    every January, every Monday's distance), and as small as the names leave room for.
    """
    if unit == "year":
        step = _fitting((1, 2, 5, 10, 20, 25, 50, 100), slot, 32)
        ticks = [(place, str(day.year), "") for place, day in enumerate(days) if day.year % step == 0]
        return ticks or [(0, str(days[0].year), "")]
    if unit == "month":
        if slot * 6 < 30:
            step = _fitting((1, 2, 5, 10), slot * 12, 32)
            named = [(p, day) for p, day in enumerate(days) if day.month == 1 and day.year % step == 0]
            return [(place, str(day.year), "") for place, day in named]
        step = _fitting((1, 2, 3, 6), slot, 30)
        shown = [place for place, day in enumerate(days) if (day.month - 1) % step == 0] or [0]
        return _with_new(shown, days, "%b", "%Y")
    step = _fitting((1, 2, 7, 14), slot, 18)
    return _with_new(list(range(0, len(days), step)), days, "%d", "%b %Y")


def _ticks_of(starts: pd.Series, unit: Unit, slot: float) -> list[tuple[int, str, str]]:
    return time_ticks([pd.Timestamp(start) for start in starts], unit, slot)


def _with_new(shown: list[int], days: Sequence[pd.Timestamp], upper: str, lower: str) -> list[tuple[int, str, str]]:
    ticks: list[tuple[int, str, str]] = []
    last = ""
    for place in shown:
        new = day_name(days[place], lower)
        ticks.append((place, day_name(days[place], upper).lstrip("0"), new if new != last else ""))
        last = new
    return ticks


def day_name(day: pd.Timestamp | None, form: str) -> str:
    """A day in English, by %d, %b and %Y; strftime would follow the machine's language."""
    if day is None:
        return ""
    month = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")[day.month - 1]
    return form.replace("%b", month).replace("%Y", str(day.year)).replace("%d", str(day.day))


def _fitting(steps: Sequence[int], slot: float, room: float) -> int:
    return next((step for step in steps if step * slot >= room), steps[-1])
