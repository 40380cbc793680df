"""The day of publication: which ways of writing it are read, and which are not guessed at."""

from __future__ import annotations

import re
from datetime import date, datetime

from whodid.errors import UsageError

EXPECTED_DAY = "a day such as 2024-06-21 (20240621 and 2024-06-21T18:30:00Z are read too)"

_TIME = r"(?:[01][0-9]|2[0-4]):?[0-5][0-9](?::?[0-6][0-9](?:[.,][0-9]+)?)?"
_ZONE = r"(?:Z|UTC|GMT|[+-][0-9]{2}(?::?[0-9]{2})?)"
_DAY = re.compile(rf"([0-9]{{4}})(-?)([0-9]{{2}})\2([0-9]{{2}})(?:[T ]{_TIME} ?{_ZONE}?)?", re.IGNORECASE)


def parse_day(value: str) -> date | None:
    """The day that an ISO date, an ISO date with time or eight digits name; None for anything else.

    With a time, the day is the one written, in the time zone of whoever wrote it: readers of the article saw that day.
    Orders that differ by country (06/07/2024) are not read.
    """
    found = _DAY.fullmatch(value.strip())
    if found is None:
        return None
    try:
        return date(int(found[1]), int(found[3]), int(found[4]))
    except ValueError:
        return None


def default_day(published: date | str | None) -> date | None:
    """The day that a caller gives for all articles without one; raises UsageError if it is none."""
    if isinstance(published, datetime):
        return published.date()
    if published is None or isinstance(published, date):
        return published
    day = parse_day(published)
    if day is None:
        message = f"{published!r} is not a day."
        raise UsageError(message, fix="Give --published 2024-06-21.", value=published, rule="bad-date")
    return day
