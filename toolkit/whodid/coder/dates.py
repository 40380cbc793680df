"""When it happened: "two days prior", "on Wednesday", "last month", "in 2014", read against the article's date."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class When:
    """A day, where it comes from (text, dateline, published), and the words that say so with their offsets."""

    day: date
    basis: str
    words: str = ""
    start: int = -1
    end: int = -1


_WEEKDAYS = {name.lower(): number for number, name in enumerate(calendar.day_name)}
_WEEKDAYS |= {"mon": 0, "tue": 1, "tues": 1, "wed": 2, "thu": 3, "thur": 3, "thurs": 3, "fri": 4, "sat": 5, "sun": 6}
_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
_MONTHS |= {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name} | {"sept": 9}
_NUMBERS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "twenty": 20, "thirty": 30,
    "couple": 2, "few": 3, "several": 3, "dozen": 12,
}  # fmt: skip

# Capitalised whatever the rest of a rule does: "may" and "march" are verbs, "sun" and "sat" are words.
_DAY = "(?-i:" + "|".join(sorted((name.capitalize() for name in _WEEKDAYS), key=len, reverse=True)) + ")"
_MONTH = "(?-i:" + "|".join(sorted((name.capitalize() for name in _MONTHS), key=len, reverse=True)) + ")"
_NUMBER = r"\d{1,3}|" + "|".join(sorted(_NUMBERS, key=len, reverse=True))
_SEASONS = {"spring": 4, "summer": 7, "autumn": 10, "fall": 10, "winter": 1}


def resolve_dates(sentence: str, published: date) -> list[When]:
    """The dates that a sentence names, in the order in which they stand, with offsets into the sentence.

    Vague times are given by the first day of what they name: "in March" is March 1st, "in 2014" January 1st; a weekday
    is the latest one before the article's day, or that day itself.
    """
    found: list[When] = []
    taken: list[tuple[int, int]] = []
    for pattern, reader in _RULES:
        for match in pattern.finditer(sentence):
            if any(match.start() < end and start < match.end() for start, end in taken):
                continue
            day = reader(match, published)
            if day is not None:
                taken.append(match.span())
                found.append(When(day, "text", match.group(0), match.start(), match.end()))
    return sorted(found, key=lambda when: when.start)


def date_of(sentence: str, position: int, published: date, latest: date | None = None) -> When:
    """The date of an event whose words stand at a position: the nearest time expression of its sentence, else the day
    of publication. `latest` bounds what a past event may have; later dates in the text are then not its own.
    """
    whens = [when for when in resolve_dates(sentence, published) if latest is None or when.day <= latest]
    if not whens:
        return When(published, "published")
    return min(whens, key=lambda when: (_gap(when, position), when.start))


def _gap(when: When, position: int) -> int:
    return when.start - position if when.start >= position else position - when.end


def _safe(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _number(text: str) -> int:
    return int(text) if text.isdigit() else _NUMBERS[text.lower()]


def _months_back(day: date, months: int) -> date:
    index = day.year * 12 + day.month - 1 - months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _back(unit: str, count: int, day: date) -> date | None:
    try:
        if unit.startswith("day"):
            return day - timedelta(days=count)
        if unit.startswith("fortnight"):
            return day - timedelta(weeks=2 * count)
        if unit.startswith("week"):
            return day - timedelta(weeks=count)
        if unit.startswith("month"):
            return _months_back(day, count)
        if unit.startswith("decade"):
            return _months_back(day, 120 * count)
        if unit.startswith("year"):
            return _months_back(day, 12 * count)
        if unit.startswith("hour"):
            return day - timedelta(days=1) if count >= 24 else day
    except (ValueError, OverflowError):
        return None
    return day


def _ago(match: re.Match[str], published: date) -> date | None:
    return _back(match["unit"].lower(), _number(match["n"]), published)


def _ahead(match: re.Match[str], published: date) -> date | None:
    back = _back(match["unit"].lower(), _number(match["n"]), published)
    return None if back is None else published + (published - back)


def _full(match: re.Match[str], published: date) -> date | None:
    year = int(match["y"]) if match["y"] else None
    month, day = _MONTHS[match["m"].lower().rstrip(".")], int(match["d"])
    if year is not None:
        return _safe(year, month, day)
    return _nearest_year(month, day, published)


def _nearest_year(month: int, day: int, published: date) -> date | None:
    # News without a year means the nearest such day, rarely more than half a year ahead.
    options = [d for y in (published.year - 1, published.year, published.year + 1) if (d := _safe(y, month, day))]
    return min(options, key=lambda d: abs((d - published).days) + (60 if d > published else 0), default=None)


def _iso(match: re.Match[str], published: date) -> date | None:
    return _safe(int(match["y"]), int(match["m"]), int(match["d"]))


def _month_of(match: re.Match[str], published: date) -> date | None:
    month = _MONTHS[match["m"].lower().rstrip(".")]
    if match["y"]:
        return _safe(int(match["y"]), month, 1)
    which = (match["which"] or "").lower()
    year = published.year
    if which == "last":
        year = published.year if month < published.month else published.year - 1
    elif which == "next":
        year = published.year if month > published.month else published.year + 1
    elif month > published.month:
        year = published.year - 1
    return _safe(year, month, 1)


def _month_of_year(match: re.Match[str], published: date) -> date | None:
    year = published.year + {"last": -1, "this": 0, "next": 1}[match["which"].lower()]
    return _safe(year, _MONTHS[match["m"].lower().rstrip(".")], 1)


def _weekday(match: re.Match[str], published: date) -> date | None:
    wanted, which = _WEEKDAYS[match["d"].lower()], (match["which"] or "").lower()
    back = (published.weekday() - wanted) % 7
    if which in {"next", "coming", "this coming"}:
        return published + timedelta(days=7 - back if back else 7)
    if which in {"last", "past", "previous"}:
        return published - timedelta(days=back or 7)
    return published - timedelta(days=back)


def _relative_unit(match: re.Match[str], published: date) -> date | None:
    which, unit = match["which"].lower() or "this", match["unit"].lower()
    step = {
        "last": 1,
        "past": 1,
        "previous": 1,
        "this": 0,
        "earlier this": 0,
        "later this": 0,
        "next": -1,
        "coming": -1,
    }[which]
    if unit == "week":
        day = published - timedelta(weeks=step)
        return day if which in {"this", "later this"} else day - timedelta(days=day.weekday())
    if unit == "weekend":
        saturday = published - timedelta(days=(published.weekday() - 5) % 7)
        return saturday - timedelta(weeks=max(step - 1, 0)) if step >= 0 else saturday + timedelta(weeks=1)
    if unit == "month":
        if step == 0:
            return published if which == "this" else published.replace(day=1)
        base = published.replace(day=1)
        return _months_back(base, step) if step > 0 else (base + timedelta(days=32)).replace(day=1)
    if unit == "year":
        return published if step == 0 and which == "this" else _safe(published.year - step, 1, 1)
    if unit == "decade":
        return _safe(published.year // 10 * 10 - 10 * step, 1, 1)
    if unit == "century":
        return _safe((published.year - 1) // 100 * 100 + 1 - 100 * step, 1, 1)
    if unit in _SEASONS:
        month = _SEASONS[unit]
        return _safe(published.year - (step if month <= published.month or step < 1 else 1), month, 1)
    return None


def _named_day(match: re.Match[str], published: date) -> date | None:
    words = re.sub(r"\s+", " ", match.group(0).lower())
    shift = {
        "today": 0, "tonight": 0, "this morning": 0, "this afternoon": 0, "this evening": 0, "overnight": 0,
        "yesterday": 1, "last night": 1, "the previous day": 1, "the day before": 1, "a day earlier": 1,
        "the day before yesterday": 2, "tomorrow": -1, "the day after tomorrow": -2, "the same day": 0,
        "the night before": 1, "the previous night": 1, "earlier in the day": 0, "later in the day": 0,
    }.get(words)  # fmt: skip
    return None if shift is None else published - timedelta(days=shift)


def _year(match: re.Match[str], published: date) -> date | None:
    year = int(match["y"])
    return _safe(year, 1, 1) if 1900 <= year <= published.year + 5 else None


def _part_of_year(match: re.Match[str], published: date) -> date | None:
    month = {"early": 1, "mid": 6, "late": 11, "the beginning of": 1, "the start of": 1, "the end of": 12}
    return _safe(int(match["y"]), month[match["part"].lower().rstrip("- ")], 1)


def _season_year(match: re.Match[str], published: date) -> date | None:
    return _safe(int(match["y"]), _SEASONS[match["s"].lower()], 1)


def _decade(match: re.Match[str], published: date) -> date | None:
    year = int(match["y"])
    return _safe(year if year > 99 else 1900 + year, 1, 1)


_UNIT = r"hours?|days?|nights?|weeks?|fortnights?|months?|years?|decades?"
_MONTH_WORD = rf"(?P<m>(?:{_MONTH})\b\.?)"
_Reader = Callable[[re.Match[str], date], "date | None"]


def _rule(pattern: str, reader: _Reader, flags: int = re.IGNORECASE) -> tuple[re.Pattern[str], _Reader]:
    return re.compile(pattern, flags), reader


# Longer and surer expressions first: what one has taken, no later one reads.
_RULES: tuple[tuple[re.Pattern[str], _Reader], ...] = (
    _rule(r"\b(?P<y>(?:19|20)\d\d)-(?P<m>\d\d)-(?P<d>\d\d)\b", _iso),
    _rule(
        rf"\b(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? {_MONTH_WORD},? (?P<y>(?:19|20)\d\d)\b", _full
    ),
    _rule(rf"\b{_MONTH_WORD} (?P<d>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<y>(?:19|20)\d\d)\b", _full),
    _rule(rf"\b(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? {_MONTH_WORD}(?P<y>)", _full),
    _rule(rf"\b{_MONTH_WORD} (?P<d>\d{{1,2}})(?:st|nd|rd|th)?\b(?!\d|,? ?\d{{4}})(?P<y>)", _full),
    _rule(
        rf"\b(?:about |some |around |more than |nearly |almost |just |only )?(?:a )?(?P<n>{_NUMBER})(?: of)? (?P<unit>{_UNIT})"
        r" (?:ago|earlier|prior|before|previously|back)\b",
        _ago,
    ),
    _rule(
        rf"\b(?:in|within) (?:the next |the coming )?(?P<n>{_NUMBER}) (?P<unit>days?|weeks?|months?|years?)"
        r"(?:' time| from now)?\b(?! of)(?! ago)",
        _ahead,
    ),
    _rule(
        r"\b(?:the day before yesterday|the day after tomorrow|earlier in the day|later in the day|the previous day|"
        r"the previous night|the night before|the day before|a day earlier|the same day|last night|this morning|"
        r"this afternoon|this evening|yesterday|tomorrow|tonight|overnight|today)\b",
        _named_day,
    ),
    _rule(
        rf"\b(?:(?P<which>last|this coming|next|coming|past|previous|this) )?(?P<d>{_DAY})\b\.?"
        r"(?! (?:Times|Telegraph|Mail|Group|Club))",
        _weekday,
    ),
    _rule(rf"\b{_MONTH_WORD}(?: of)? (?P<which>last|this|next) year\b(?P<y>)", _month_of_year),
    _rule(r"\bover the (?P<which>)(?P<unit>weekend)\b", _relative_unit),
    _rule(
        r"\b(?P<which>earlier this|later this|last|this|past|previous|next|coming) "
        r"(?P<unit>weekend|week|month|year|decade|century|spring|summer|autumn|fall|winter)\b",
        _relative_unit,
    ),
    _rule(r"\b(?P<part>early|mid|late|the beginning of|the start of|the end of)[- ](?P<y>(?:19|20)\d\d)\b", _part_of_year),
    _rule(r"\b(?P<s>spring|summer|autumn|fall|winter)(?: of)? (?P<y>(?:19|20)\d\d)\b", _season_year),
    _rule(rf"\b(?:(?P<which>last|next|this|early|late|mid-?) ?)?{_MONTH_WORD},? (?P<y>(?:19|20)\d\d)\b", _month_of),
    _rule(r"\b(?:in|during|from|of|early|late) (?:the )?(?P<y>(?:19|20)\d0)s\b", _decade),
    _rule(r"\b(?:in|during|from|of|back in) (?P<y>(?:19|20)\d\d)\b(?![-\d])", _year),
    _rule(
        rf"\b(?:in|during|of|from|last|next) (?:(?P<which>last|next|this|early|late|mid-?) ?)?{_MONTH_WORD}(?P<y>)(?! \d)",
        _month_of,
    ),
)  # fmt: skip

_DATELINE = re.compile(
    rf"^\s*(?P<place>[A-Z][A-Z .,'/-]{{2,60}}?),?\s+(?P<m>(?:{_MONTH})\b\.?) (?P<d>\d{{1,2}})(?:,? (?P<y>\d{{4}}))?"
    r"\s*(?:\([^)]{2,40}\))?\s*(?:-{1,2}|–|—|:)",
    re.IGNORECASE,
)


def dateline(text: str, published: date) -> When | None:
    """The date of a wire story's dateline ("KYIV, March 3 - "), if the text opens with one near its publication."""
    match = _DATELINE.match(text)
    if match is None or not match["place"].isupper():
        return None
    day = _full(match, published)
    if day is None or not 0 <= (published - day).days <= 31:
        return None
    return When(day, "dateline", match.group(0).strip(), match.start(), match.end())
