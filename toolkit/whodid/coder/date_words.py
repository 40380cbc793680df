"""The words of which times are made: days, months, numbers, seasons, holidays, with their values and as expressions."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable

WEEKDAYS = {name.lower(): number for number, name in enumerate(calendar.day_name)}
SHORT_DAYS = {
    "mon": 0, "tue": 1, "tues": 1, "wed": 2, "weds": 2, "thu": 3, "thur": 3, "thurs": 3, "fri": 4, "sat": 5, "sun": 6,
}  # fmt: skip
MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
SHORT_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name} | {"sept": 9}
_ONES = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
}  # fmt: skip
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
_NUMBERS: dict[str, float] = {
    "a": 1, "an": 1, **_ONES, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15,
    "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19, **_TENS, "hundred": 100,
    "couple": 2, "few": 3, "several": 3, "dozen": 12, "half": 0.5, "quarter": 0.25,
}  # fmt: skip
ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth "
    "sixteenth seventeenth eighteenth nineteenth twentieth twenty-first twenty-second twenty-third twenty-fourth "
    "twenty-fifth twenty-sixth twenty-seventh twenty-eighth twenty-ninth thirtieth thirty-first"
).split()
# First month of each; winter is that of the turn of the year and begins in the December before.
SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
# Days before or behind Easter Sunday.
EASTER = {
    "Palm Sunday": -7, "Maundy Thursday": -3, "Good Friday": -2, "Easter Sunday": 0, "Easter Monday": 1, "Easter": 0,
    "Ash Wednesday": -46,
}  # fmt: skip
HOLIDAYS = {
    "New Year's Day": (1, 1), "New Year's Eve": (12, 31), "New Year's": (1, 1), "Christmas Eve": (12, 24),
    "Christmas Day": (12, 25), "Christmas": (12, 25), "Boxing Day": (12, 26), "Valentine's Day": (2, 14),
    "May Day": (5, 1), "Halloween": (10, 31),
}  # fmt: skip
# How many days before the article's day.
SHIFTS = {
    "today": 0, "tonight": 0, "this morning": 0, "this afternoon": 0, "this evening": 0, "overnight": 0, "midday": 0,
    "yesterday": 1, "last night": 1, "last evening": 1, "the day before yesterday": 2,
    "tomorrow": -1, "the day after tomorrow": -2, "earlier in the day": 0, "later in the day": 0,
}  # fmt: skip
# By how units begin.
MONTHS_IN = {"month": 1, "year": 12, "decade": 120, "centur": 1200}
DAYS_IN = {"day": 1, "night": 1, "week": 7, "fortnight": 14}


def any_of(words: Iterable[str]) -> str:
    """An expression for any of some words, the longest first."""
    return "|".join(sorted(words, key=lambda word: (-len(word), word)))


def capital(words: Iterable[str]) -> str:
    """Capitalised whatever the rest of a rule does: "may" and "march" are verbs, "sun" and "sat" are words."""
    return "(?-i:" + any_of(word.capitalize() for word in words) + ")"


DAY = capital(WEEKDAYS)
MONTH = rf"(?:{capital(MONTHS | SHORT_MONTHS)}\b\.?)"
NUMBER = rf"\d{{1,3}}(?:\.\d)?|(?:{any_of(_TENS)})[- ](?:{any_of(_ONES)})|{any_of(_NUMBERS)}"
# A month and a day of it, with the names that readers ask for.
NAMED_MONTH = rf"(?P<m>{MONTH})"
NAMED_DAY = r"(?P<d>\d{1,2})(?:st|nd|rd|th)?"


def number_named(text: str) -> float:
    """The value of what NUMBER found: "two", "twenty-five", "3.5"."""
    if text[0].isdigit():
        return float(text)
    return sum(_NUMBERS[part] for part in re.split("[- ]", text.lower()))


def month_named(text: str) -> int:
    """1 to 12, of what MONTH found: "March", "Sept."."""
    name = text.lower().rstrip(".")
    return MONTHS.get(name) or SHORT_MONTHS[name]
