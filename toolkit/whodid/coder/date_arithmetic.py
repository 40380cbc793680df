"""Counting in the calendar: months and weeks back, the nearest 3 March, a part of a month, the last winter, Easter."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

from whodid.coder.date_words import DAYS_IN, MONTHS_IN, SEASONS


def day_or_none(year: int, month: int, day: int) -> date | None:
    """None for a day that no month has: June 31."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def nearest_day(month: int, day: int, year: str | None, published: date) -> date | None:
    """A day of a month in a year, if one is given from 1900 on; else the nearest such day to the article's."""
    if year:
        return day_or_none(int(year), month, day) if int(year) >= 1900 else None
    # News without a year means the nearest such day, rarely more than half a year ahead.
    options = [d for y in (published.year - 1, published.year, published.year + 1) if (d := day_or_none(y, month, day))]
    return min(options, key=lambda d: abs((d - published).days) + (60 if d > published else 0), default=None)


def months_back(day: date, months: int) -> date:
    """The same day some months before, or the last one that the month has; with a negative number, after."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def units_back(unit: str, count: float, day: date) -> date:
    """The day some minutes, hours, days, weeks, months, years, decades or centuries before; with a negative count, after."""
    unit = unit.lower()
    for stem, months in MONTHS_IN.items():
        if unit.startswith(stem):
            whole = int(count * months)
            return months_back(day, whole) - timedelta(days=15 if count * months != whole else 0)
    if unit.startswith(("hour", "minute")):
        return day - timedelta(days=int(count // 24) if unit.startswith("hour") else 0)
    return day - timedelta(days=int(count * next(n for stem, n in DAYS_IN.items() if unit.startswith(stem))))


_THIRDS = {"early": 1, "earlier": 1, "mid": 11, "late": 21, "later": 21, "beginning": 1, "start": 1, "middle": 11}


def part_of_month(month: date, part: str) -> date:
    """The first day of a part of a month: "early", "mid", "the end of"."""
    name = re.sub(r"^the | of$", "", part.lower()).strip("- ")
    if name == "end":
        return month.replace(day=calendar.monthrange(month.year, month.month)[1])
    return month.replace(day=_THIRDS.get(name, 1))


def season(unit: str, step: int, published: date) -> date:
    """That of the article's year ("this"), the latest one that is over ("last"), or the next to begin.

    Up to April "this winter" is the one that began in the December before.
    """
    starts = [date(published.year + shift, SEASONS[unit], 1) for shift in (-2, -1, 0, 1)]
    if step > 0:
        return max(start for start in starts if months_back(start, -3) <= published)
    if step < 0:
        return min(start for start in starts if start > published)
    return date(published.year - int(unit == "winter" and published.month <= 4), SEASONS[unit], 1)


def easter(year: int) -> date:
    """Easter Sunday of the Western churches. Source: Meeus (1991), Astronomical Algorithms, chapter 8."""
    a, (b, c) = year % 19, divmod(year, 100)
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    k = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    month, day = divmod(h + k - 7 * ((a + 11 * h + 22 * k) // 451) + 114, 31)
    return date(year, month, day + 1)
