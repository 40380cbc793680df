"""Single cells of foreign files: which words mean "nothing", and how days are written."""

from __future__ import annotations

import datetime
import re

from whodid.interop.formats import Unusable

# "NA" is what R writes for nothing, and also ISO's two letters for Namibia: see may_be_namibia.
_NOTHING = frozenset({"", "NA", "N/A", "NONE", "NULL", "NAN", "---", "--", "-"})
# KEDS writes years with two digits; its first event is of 1979, and no event dataset begins before 1946.
_FIRST_SHORT_YEAR = 46


def given(cell: str) -> str | None:
    """The cell's text, or None if it is one of the words that mean nothing: NA, ---, None, or no text."""
    text = cell.strip()
    return None if text.upper() in _NOTHING else text


def may_be_namibia(cell: str) -> bool:
    """True for NA, which in a column of ISO countries is Namibia as well: only another cell can tell."""
    return cell.strip() == "NA"


def day_of(cell: str) -> datetime.date | None:
    """The day of 2018-06-01, 20180601, 20180601093000 (with a time of day) or 180601; None if it is no day."""
    text = cell.strip()
    iso = re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})(?:[T ].*)?", text)
    if iso:
        year, month, day = map(int, iso.groups())
    elif re.fullmatch(r"\d{8}|\d{14}", text):
        year, month, day = int(text[:4]), int(text[4:6]), int(text[6:8])
        if len(text) == 14 and not _is_time(text[8:]):
            return None
    elif re.fullmatch(r"\d{6}", text):
        short, month, day = int(text[:2]), int(text[2:4]), int(text[4:6])
        year = short + (1900 if short >= _FIRST_SHORT_YEAR else 2000)
    else:
        return None
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None


def day_in(cell: str, example: str) -> datetime.date | Unusable:
    """The day in a cell, or what is wrong with it; example is a day as the format writes it."""
    found = day_of(cell)
    return found or Unusable("bad-date", f"{cell!r} is no day.", f"Write it as {example}.", "date", cell)


def _is_time(text: str) -> bool:
    return int(text[:2]) < 24 and int(text[2:4]) < 60 and int(text[4:6]) < 60


def parts(cell: str, separator: str) -> list[str]:
    """The items of a list inside a cell, without empty ones and without those that mean nothing, each once."""
    return list(dict.fromkeys(item for item in (given(part) for part in cell.split(separator)) if item))


def joined(items: list[str]) -> str | None:
    """A list as our table writes it, or None if it is empty."""
    return "|".join(items) or None
