"""Can the dates be true? Against each other, against their stated origin, and against the calendar."""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd

from whodid.checks.cells import rows_with
from whodid.errors import Fault

EARLIEST = date(1500, 1, 1)
# Articles announce: a summit next spring is a plan that can be coded. Beyond a year it is a misread year.
MOST_DAYS_AHEAD = 366


def date_faults(frame: pd.DataFrame, today: date | None = None) -> list[Fault]:
    """Rules early-date, future-date, date-basis and, if today is given, future-published."""
    faults: list[Fault] = []
    for column in ("date", "published"):
        for row, day in rows_with(frame, column):
            if day < EARLIEST:
                message = f"{column} is {day}, before the year {EARLIEST.year}."
                fix = "Correct the year; four digits are needed."
                faults.append(Fault("early-date", message, fix, None, None, row, column, str(day)))
    for row, day, published in rows_with(frame, "date", "published"):
        if day - published > timedelta(days=MOST_DAYS_AHEAD):
            message = f"date is {day}, more than a year after the article was published ({published})."
            fix = "Correct the year: an article reports what happened or is planned, and published is its own date."
            faults.append(Fault("future-date", message, fix, None, None, row, "date", str(day)))
    for row, day, basis, published in rows_with(frame, "date", "date_basis", "published"):
        if basis == "published" and day != published:
            message = f"date_basis is 'published', but the date, {day}, is not the day of publication, {published}."
            fix = "Write 'text' or 'dateline' if the day was read there, else take the day of publication as the date."
            faults.append(Fault("date-basis", message, fix, None, None, row, "date_basis", basis))
    if today is not None:
        for row, published in rows_with(frame, "published"):
            if published > today:
                message = f"published is {published}, which is after today ({today})."
                fix = "Correct the article's date, or this computer's clock."
                faults.append(Fault("future-published", message, fix, None, None, row, "published", str(published)))
    return faults
