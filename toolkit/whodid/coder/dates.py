"""When it happened: "two days prior", "on Wednesday", "last month", "in 2014", read against the article's date."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache


@dataclass(frozen=True, slots=True)
class When:
    """A day, where it comes from (text, dateline, published), and the words that say so with their offsets."""

    day: date
    basis: str
    words: str = ""
    start: int = -1
    end: int = -1


def resolve_dates(sentence: str, published: date) -> list[When]:
    """The dates that a sentence names, in the order in which they stand, with offsets into the sentence.

    Vague times are given by the first day of what they name: "in March" is March 1st, "in 2014" January 1st, "late May"
    May 21st; a weekday is the latest one before the article's day, or that day itself. "This week", "this month" and
    "this year" are the article's own day. A time that only bounds a state or sets a term ("since 2014", "until Friday",
    "by Monday", "for two years") is left out; so is one that is counted from a day that the sentence does not name
    ("two days later").
    """
    return list(_resolve(sentence, published))


@lru_cache(maxsize=256)
def _resolve(sentence: str, published: date) -> tuple[When, ...]:
    words = _words(sentence)
    if not any(map(_tells_time, words)):
        return ()
    text, offsets = _squeezed(sentence)
    found: list[tuple[int, int, _Day]] = []
    taken: list[tuple[int, int]] = []
    stems: set[str] = set().union(*map(_stems, words))
    for pattern, reader, needs in _RULES:
        if needs.isdisjoint(stems):
            continue
        for match in pattern.finditer(text):
            if any(match.start() < end and start < match.end() for start, end in taken):
                continue
            # What a rule recognises and cannot place ("since 2014", "June 31") no later rule may read in part.
            taken.append(match.span())
            if not _BOUND.search(text, max(0, match.start() - _LONGEST_BOUND), match.start()):
                found.append((*match.span(), _reading(match, reader, published)))
    out: list[When] = []
    for start, end, day in sorted(found, key=lambda item: item[:2]):
        settled = _settled(day, out[-1].day if out else None, published)
        if settled is not None:
            first, last = offsets[start], offsets[end - 1] + 1
            out.append(When(settled, "text", sentence[first:last], first, last))
    return tuple(out)


@dataclass(frozen=True, slots=True)
class _Counted:
    """A day that is counted from another one which the sentence names before it, else from `otherwise`, if given."""

    back: Callable[[date], date | None]
    otherwise: date | None = None


_Day = date | _Counted | None
_Reader = Callable[[re.Match[str], date], _Day]


def _reading(match: re.Match[str], reader: _Reader, published: date) -> _Day:
    try:
        return reader(match, published)
    except (ValueError, OverflowError):
        # Before the first day or behind the last one that a calendar has: "5,000 years ago".
        return None


def _settled(day: _Day, before: date | None, published: date) -> date | None:
    if not isinstance(day, _Counted):
        return day
    anchor = before if before is not None and before <= published else day.otherwise
    try:
        return None if anchor is None else day.back(anchor)
    except (ValueError, OverflowError):
        return None


# Letters that a search without regard to case takes for s, k and i.
_LOOKALIKES = dict.fromkeys(map(ord, "ſKİı"), "?")


def _plain(sentence: str) -> str:
    return sentence if sentence.isascii() else sentence.translate(_LOOKALIKES).translate({0x2019: "'"})


def _words(sentence: str) -> set[str]:
    return set(_plain(sentence).split())


def _squeezed(sentence: str) -> tuple[str, range | list[int]]:
    """The sentence with each run of spaces and line ends as one space, and the offset of each of its characters."""
    plain = _plain(sentence)
    if not re.search(r"\s\s|[^\S ]", plain):
        return plain, range(len(plain))
    offsets = [i for i, c in enumerate(plain) if not c.isspace() or i == 0 or not plain[i - 1].isspace()]
    return "".join(" " if plain[i].isspace() else plain[i] for i in offsets), offsets


# Behind these a time bounds a state ("since 2014", "for the past two years") or sets a term ("by Friday").
_BOUND = re.compile(
    r"\b(?:since|until|till|through|by|before|for|ahead of)(?: at least| about| around)?(?: the)?(?: early| late| mid-?)? $",
    re.IGNORECASE,
)
_LONGEST_BOUND = 40

_WEEKDAYS = {name.lower(): number for number, name in enumerate(calendar.day_name)}
_SHORT_DAYS = {
    "mon": 0, "tue": 1, "tues": 1, "wed": 2, "weds": 2, "thu": 3, "thur": 3, "thurs": 3, "fri": 4, "sat": 5, "sun": 6,
}  # fmt: skip
_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
_SHORT_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name} | {"sept": 9}
_ONES = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
}  # fmt: skip
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
_NUMBERS: dict[str, float] = {
    "a": 1, "an": 1, **_ONES, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15,
    "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19, **_TENS, "hundred": 100,
    "couple": 2, "few": 3, "several": 3, "dozen": 12, "half": 0.5, "quarter": 0.25,
}  # fmt: skip
_ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth "
    "sixteenth seventeenth eighteenth nineteenth twentieth twenty-first twenty-second twenty-third twenty-fourth "
    "twenty-fifth twenty-sixth twenty-seventh twenty-eighth twenty-ninth thirtieth thirty-first"
).split()
# First month of each; winter is that of the turn of the year and begins in the December before.
_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
_THIRDS = {"early": 1, "earlier": 1, "mid": 11, "late": 21, "later": 21, "beginning": 1, "start": 1, "middle": 11}


def _any(words: Iterable[str]) -> str:
    return "|".join(sorted(words, key=lambda word: (-len(word), word)))


def _capital(words: Iterable[str]) -> str:
    """Capitalised whatever the rest of a rule does: "may" and "march" are verbs, "sun" and "sat" are words."""
    return "(?-i:" + _any(word.capitalize() for word in words) + ")"


_DAY = _capital(_WEEKDAYS)
_MONTH = rf"(?:{_capital(_MONTHS | _SHORT_MONTHS)}\b\.?)"
# Short forms are names as well ("Jan Egeland", "Mar del Plata"): without a day or a year only the dot tells.
_MONTH_ALONE = rf"(?:(?:{_capital(_MONTHS)}|(?-i:Sept))\b|{_capital(_SHORT_MONTHS)}\.)"
_SURE_MONTH = rf"(?:{_capital(set(_MONTHS) - {'april', 'may', 'june', 'august'})}\b)"
_NUMBER = rf"\d{{1,3}}(?:\.\d)?|(?:{_any(_TENS)})[- ](?:{_any(_ONES)})|{_any(_NUMBERS)}"
_UNIT = r"minutes?|hours?|days?|nights?|weeks?|fortnights?|months?|years?|decades?|century|centuries"
_YEAR = r"(?:19|20)\d\d(?!\d)"
_YEAR_OF_DATE = r"(?:1[5-9]|20)\d\d(?!\d)"
_HEDGE = r"(?:about|some|around|more than|less than|over|nearly|almost|just|only|at least|roughly|approximately|barely)"
_PART = r"(?:early|earlier|late|later|mid|(?:the )?(?:beginning|start|middle|end) of)"
# Where a phrase is over, so that "two days before" is not counted from what follows: "before the vote".
_OVER = r"(?=[^\w ]|$| (?:and|but|when|in|at|on|by|with|over|while|that|during|after|from)\b)"
_HOURS = r"(?: (?:morning|afternoon|evening|night))"


def _safe(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _number(text: str) -> float:
    if text[0].isdigit():
        return float(text)
    return sum(_NUMBERS[part] for part in re.split("[- ]", text.lower()))


def _month(text: str) -> int:
    name = text.lower().rstrip(".")
    return _MONTHS.get(name) or _SHORT_MONTHS[name]


def _months_back(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


_MONTHS_IN = {"month": 1, "year": 12, "decade": 120, "centur": 1200}
_DAYS_IN = {"day": 1, "night": 1, "week": 7, "fortnight": 14}


def _back(unit: str, count: float, day: date) -> date:
    unit = unit.lower()
    for stem, months in _MONTHS_IN.items():
        if unit.startswith(stem):
            whole = int(count * months)
            return _months_back(day, whole) - timedelta(days=15 if count * months != whole else 0)
    if unit.startswith(("hour", "minute")):
        return day - timedelta(days=int(count // 24) if unit.startswith("hour") else 0)
    return day - timedelta(days=int(count * next(n for stem, n in _DAYS_IN.items() if unit.startswith(stem))))


def _ago(match: re.Match[str], published: date) -> _Day:
    groups = match.groupdict()
    count = _number(match["n"]) + (0.5 if groups.get("half") or groups.get("more") else 0)
    unit = match["unit"]
    if (groups.get("how") or "").lower() in {"earlier", "prior", "before", "previously"}:
        return _Counted(lambda day: _back(unit, count, day), published)
    return _back(unit, count, published)


def _one_back(match: re.Match[str], published: date) -> date:
    return _back(match["unit"] or match["lasting"], 1, published)


def _ahead(match: re.Match[str], published: date) -> date:
    return _back(match["unit"], -_number(match["n"]), published)


def _later(match: re.Match[str], published: date) -> _Counted:
    count, unit = _number(match["n"]), match["unit"]
    return _Counted(lambda day: _back(unit, -count, day))


def _full(match: re.Match[str], published: date) -> date | None:
    groups = match.groupdict()
    day = _ORDINALS.index(match["o"].lower()) + 1 if groups.get("o") else int(match["d"])
    return _on(_month(match["m"]), day, groups.get("y"), published)


def _on(month: int, day: int, year: str | None, published: date) -> date | None:
    if year:
        return _safe(int(year), month, day) if int(year) >= 1900 else None
    # News without a year means the nearest such day, rarely more than half a year ahead.
    options = [d for y in (published.year - 1, published.year, published.year + 1) if (d := _safe(y, month, day))]
    return min(options, key=lambda d: abs((d - published).days) + (60 if d > published else 0), default=None)


def _iso(match: re.Match[str], published: date) -> date | None:
    return _safe(int(match["y"]), int(match["m"]), int(match["d"]))


def _day_of_month(match: re.Match[str], published: date) -> date | None:
    """ "The 21st" is the latest one up to the article's day; "the 5th of last month" says which."""
    day, which = int(match["d"]), (match["which"] or "").lower()
    back = {"": int(day > published.day), "this": 0, "the": 0, "last": 1, "next": -1}[which]
    base = _months_back(published.replace(day=1), back)
    return _safe(base.year, base.month, day)


def _in_month(month: date, part: str) -> date:
    """The first day of a part of a month: "early", "mid", "the end of"."""
    name = re.sub(r"^the | of$", "", part.lower()).strip("- ")
    if name == "end":
        return month.replace(day=calendar.monthrange(month.year, month.month)[1])
    return month.replace(day=_THIRDS.get(name, 1))


def _month_of(match: re.Match[str], published: date) -> date | None:
    groups = match.groupdict()
    name = match["m"] or groups.get("sure") or groups["first"]
    month, which = _month(name), (groups.get("which") or "").lower()
    year = published.year
    if groups.get("y"):
        year = int(match["y"])
    elif which == "last":
        year -= int(month >= published.month)
    elif which == "next":
        year += int(month <= published.month)
    elif which != "this":
        year -= int(month > published.month)
    return _in_month(date(year, month, 1), groups.get("part") or "")


def _month_of_year(match: re.Match[str], published: date) -> date:
    year = published.year - _STEPS[(match["which"] or match["year"]).lower()]
    return _in_month(date(year, _month(match["m"] or match["in"]), 1), match["part"] or "")


def _weekday(match: re.Match[str], published: date) -> date:
    name, which = match["d"].lower(), (match.groupdict().get("which") or "").lower()
    wanted = _WEEKDAYS[name] if name in _WEEKDAYS else _SHORT_DAYS[name]
    back = (published.weekday() - wanted) % 7
    if which in {"next", "coming", "this coming"}:
        return published + timedelta(days=7 - back)
    if which in {"last", "past", "previous"}:
        return published - timedelta(days=back or 7)
    if which == "this":
        return published + timedelta(days=wanted - published.weekday())
    return published - timedelta(days=back)


def _weekday_of_week(match: re.Match[str], published: date) -> date:
    weeks = {"last": -1, "this": 0, "next": 1}[match["which"].lower()]
    return published + timedelta(days=_WEEKDAYS[match["d"].lower()] - published.weekday(), weeks=weeks)


def _week_before_weekday(match: re.Match[str], published: date) -> date:
    return _weekday(match, published) - timedelta(weeks=1)


def _following_weekday(match: re.Match[str], published: date) -> _Counted:
    wanted = _WEEKDAYS[match["d"].lower()]
    return _Counted(lambda day: day + timedelta(days=(wanted - day.weekday() - 1) % 7 + 1))


_STEPS = {"last": 1, "past": 1, "previous": 1, "this": 0, "next": -1, "coming": -1}


def _relative_unit(match: re.Match[str], published: date) -> date | None:
    which, unit, part = match["which"].lower(), match["unit"].lower(), (match["part"] or "").lower().strip("- ")
    step = _STEPS[which]
    if part == "later" and step == 0:
        return published + timedelta(days=1)
    if step == 0 and not part and unit in {"week", "month", "year"}:
        return published
    name = re.sub(r"^the | of$", "", part)
    if unit == "week":
        monday = published - timedelta(days=published.weekday(), weeks=step)
        return monday + timedelta(days={"mid": 2, "middle": 2, "late": 4, "later": 4, "end": 4}.get(name, 0))
    if unit == "month":
        return _in_month(_months_back(published.replace(day=1), step), part)
    if unit == "quarter":
        return _months_back(date(published.year, (published.month - 1) // 3 * 3 + 1, 1), 3 * step)
    if unit in _SEASONS:
        return _season(unit, step, published)
    if unit == "decade":
        return _safe(published.year // 10 * 10 - 10 * step, 1, 1)
    if unit == "century":
        return _safe((published.year - 1) // 100 * 100 + 1 - 100 * step, 1, 1)
    return _safe(published.year - step, _PARTS_OF_YEAR.get(name, 1), 1)


def _season(unit: str, step: int, published: date) -> date:
    """That of the article's year ("this"), the latest one that is over ("last"), or the next to begin.

    Up to April "this winter" is the one that began in the December before.
    """
    starts = [date(published.year + shift, _SEASONS[unit], 1) for shift in (-2, -1, 0, 1)]
    if step > 0:
        return max(start for start in starts if _months_back(start, -3) <= published)
    if step < 0:
        return min(start for start in starts if start > published)
    return date(published.year - int(unit == "winter" and published.month <= 4), _SEASONS[unit], 1)


def _weekend(match: re.Match[str], published: date) -> date:
    """Its Saturday: the one that is on or was last; "this weekend" looks ahead from Wednesday on."""
    which = (match["which"] or "").lower()
    saturday = published - timedelta(days=(published.weekday() - 5) % 7)
    is_on = published.weekday() >= 5
    if which in {"last", "past", "previous"}:
        return saturday - timedelta(weeks=1) if is_on else saturday
    if which in {"next", "coming", "this coming"} or (which == "this" and 2 <= published.weekday() < 5):
        return saturday + timedelta(weeks=1)
    return saturday


_SHIFTS = {
    "today": 0, "tonight": 0, "this morning": 0, "this afternoon": 0, "this evening": 0, "overnight": 0, "midday": 0,
    "yesterday": 1, "last night": 1, "last evening": 1, "the day before yesterday": 2,
    "tomorrow": -1, "the day after tomorrow": -2, "earlier in the day": 0, "later in the day": 0,
}  # fmt: skip


def _named_day(match: re.Match[str], published: date) -> date:
    return published - timedelta(days=_SHIFTS[match["name"].lower()])


def _same_day(match: re.Match[str], published: date) -> _Counted:
    return _Counted(lambda day: day, published)


def _day_before(match: re.Match[str], published: date) -> _Counted:
    return _Counted(lambda day: day - timedelta(days=1), published)


def _day_after(match: re.Match[str], published: date) -> _Counted:
    return _Counted(lambda day: day + timedelta(days=1))


def _year(match: re.Match[str], published: date) -> date | None:
    year = int(match["y"] or match["of"])
    return _safe(year, 1, 1) if year <= published.year + 5 else None


_PARTS_OF_YEAR = {"mid": 6, "middle": 6, "late": 11, "later": 11, "end": 12}


def _part_of_year(match: re.Match[str], published: date) -> date | None:
    name = re.sub(r"^the | of$", "", match["part"].lower()).strip("- ")
    return _safe(int(match["y"]), _PARTS_OF_YEAR.get(name, 1), 1)


def _season_year(match: re.Match[str], published: date) -> date | None:
    month = _SEASONS[match["s"].lower()]
    return _safe(int(match["y"]), 1 if month == 12 else month, 1)


def _decade(match: re.Match[str], published: date) -> date | None:
    year = int(match["y"]) + (1900 if len(match["y"]) == 2 else 0)
    return _safe(year + {"mid": 4, "late": 7}.get((match["part"] or "").lower().strip("- "), 0), 1, 1)


def _year_named(match: re.Match[str], published: date) -> int:
    return int(match["y"]) if match["y"] else published.year - _STEPS[match["which"].lower()]


_QUARTERS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 4, "final": 4}


def _quarter(match: re.Match[str], published: date) -> date:
    if match["n"]:
        return date(int(match["when"]), 3 * int(match["n"]) - 2, 1)
    month = 3 * _QUARTERS[(match["q"] or match["name"]).lower()] - 2
    if match["q"]:
        return date(_year_named(match, published), month, 1)
    return date(published.year - (month > published.month), month, 1)


def _half(match: re.Match[str], published: date) -> date:
    return date(_year_named(match, published), 1 if match["h"].lower() == "first" else 7, 1)


# Days before or behind Easter Sunday.
_EASTER = {
    "Palm Sunday": -7, "Maundy Thursday": -3, "Good Friday": -2, "Easter Sunday": 0, "Easter Monday": 1, "Easter": 0,
    "Ash Wednesday": -46,
}  # fmt: skip
_HOLIDAYS = {
    "New Year's Day": (1, 1), "New Year's Eve": (12, 31), "New Year's": (1, 1), "Christmas Eve": (12, 24),
    "Christmas Day": (12, 25), "Christmas": (12, 25), "Boxing Day": (12, 26), "Valentine's Day": (2, 14),
    "May Day": (5, 1), "Halloween": (10, 31),
}  # fmt: skip


def _holiday(match: re.Match[str], published: date) -> date | None:
    name = match["h"]
    if name in _HOLIDAYS:
        return _on(*_HOLIDAYS[name], match["y"], published)
    years = [int(match["y"])] if match["y"] else [published.year - 1, published.year]
    days = [easter(year) + timedelta(days=_EASTER[name]) for year in years]
    return max((day for day in days if day <= published), default=days[-1])


def easter(year: int) -> date:
    """Easter Sunday of the Western churches. Source: Meeus (1991), Astronomical Algorithms, chapter 8."""
    a, (b, c) = year % 19, divmod(year, 100)
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    k = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    month, day = divmod(h + k - 7 * ((a + 11 * h + 22 * k) // 451) + 114, 31)
    return date(year, month, day + 1)


def _attacks_of_2001(match: re.Match[str], published: date) -> date | None:
    return date(2001, 9, 11)


def _none(match: re.Match[str], published: date) -> None:
    """A name that looks like a date."""


# What a rule needs at least one of, in lower case; a capital or "0" stands for what is found by an expression. A rule that
# finds none in a sentence cannot fit, and is not tried: two thirds of the time went into rules that do not fit.
_SIGNS = {
    "0": re.compile(r"\d"),
    "DAY": re.compile(rf"{_DAY}|{_capital({'tues', 'weds', 'thur', 'thurs'})}"),
    "SHORT_DAY": re.compile(rf"\b{_capital({'mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'})}\b"),
    "MONTH": re.compile(_MONTH),
    "YEAR": re.compile(r"(?:19|20)\d\d"),
    "DECADE": re.compile(r"\d0s", re.IGNORECASE),
    "ORDINAL": re.compile(r"\d(?:st|nd|rd|th)", re.IGNORECASE),
    "A_DAY": re.compile(r"\bday\b", re.IGNORECASE),
    "UNIT": re.compile(r"\b(?:day|week|month|year|decade)s?\b", re.IGNORECASE),
}
_HOLIDAY_STEMS = "easter palm maundy friday ash new christmas boxing valentine may halloween"
_OTHER_STEMS = (
    "ago earlier prior previously back before past last previous preceding week month year decade day later after night evening "
    "morning afternoon tomorrow same next following weekend quarter half this today yesterday 11 coming q1 q2 q3 q4"
)
_STEMS = tuple(sorted({*_HOLIDAY_STEMS.split(), *_OTHER_STEMS.split()}))


# What follows from a word alone is worked out once for each word that news has, not at each place where it stands.
@lru_cache(maxsize=50_000)
def _stems(word: str) -> frozenset[str]:
    """Which of the words and parts of words that rules need are in a word of a sentence."""
    lowered = word.lower()
    return frozenset(
        [stem for stem in _STEMS if stem in lowered] + [sign for sign, seen in _SIGNS.items() if seen.search(word)]
    )


@lru_cache(maxsize=50_000)
def _tells_time(word: str) -> bool:
    return _TIME.search(word) is not None


_Rule = tuple[re.Pattern[str], _Reader, frozenset[str]]


def _rule(needs: str, pattern: str, reader: _Reader, flags: int = re.IGNORECASE) -> _Rule:
    unknown = set(needs.split()) - {*_STEMS, *_SIGNS}
    if unknown:
        raise ValueError(f"rules need what nobody looks for: {sorted(unknown)}")
    return re.compile(pattern, flags), reader, frozenset(needs.split())


_M = rf"(?P<m>{_MONTH})"
_D = r"(?P<d>\d{1,2})(?:st|nd|rd|th)?"
_TO_DAY = r"(?: ?[-–—/] ?| to )\d{1,2}(?:st|nd|rd|th)?"
_DAY_NAME = rf"(?:(?:{_DAY}|{_capital(_SHORT_DAYS)})\b\.?,? \(?(?:the )?)?"
_OF_YEAR = rf"(?: of|,)? (?:(?P<y>{_YEAR})|(?P<which>last|this|next) year\b)"

# Some word that every rule needs, and no more than one. Most sentences have none, and the rules together are slow.
_TIME = re.compile(
    rf"(?i:{_any((*_DAYS_IN, *_MONTHS_IN, *_SEASONS, 'hour', 'minute', 'quarter', 'half', 'today', 'tonight', 'tomorrow'))}|"
    rf"overnight|morning|evening|afternoon)|{_DAY}|{_MONTH}|{_capital(_SHORT_DAYS)}\b|\d|Easter|Christmas|New Year|Halloween"
)

# Longer and surer expressions first: what one has taken, no later one reads.
_RULES: tuple[_Rule, ...] = (
    _rule(
        "DAY MONTH today",
        r"\b(?:(?:Sunday|Friday|Daily) (?:Times|Telegraph|Mail|Mirror|Express|Herald|Independent|Tribune|World|Sun)|"
        r"Monday Club|Sheffield Wednesday|Good Friday (?:Agreement|Accord|Peace|deal|pact)\w*|"
        r"(?:Black|Bloody|Super|Cyber|Fat|Man|Blue) (?:Sunday|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday)|"
        r"(?:USA|Russia|India|Ukraine|Africa|Pakistan) Today|Today's Zaman|March of Dimes|"
        r"November 17(?= (?:group|organi[sz]ation|militants|guerrillas))|"
        rf"(?:{_MONTH} \d{{1,2}}(?:th)?|\d{{1,2}}(?:th)?(?: of)? {_MONTH})"
        r" (?:Alliance|Movement|Brigades?|Coalition|Bloc|Camp|Forces|Youth|Organi[sz]ation|Square|Revolutionary))\b",
        _none,
        0,
    ),
    _rule("11", r"\b(?:9/11|(?:Sept\.?|September) 11(?:th)?(?=,? (?:terror|attack|hijack)\w*))(?![\w/])", _attacks_of_2001),
    _rule("YEAR", r"\b(?P<y>(?:19|20)\d\d)-(?P<m>\d\d)-(?P<d>\d\d)\b", _iso),
    _rule("MONTH", rf"(?<![\w.,/-]){_DAY_NAME}\b{_D}(?:{_TO_DAY})?(?: of)? {_M},? (?P<y>{_YEAR_OF_DATE})", _full),
    _rule("MONTH", rf"\b{_DAY_NAME}{_M} {_D}(?:{_TO_DAY})?,? (?P<y>{_YEAR_OF_DATE})", _full),
    _rule("MONTH", rf"\b{_DAY_NAME}(?:the )?(?P<o>{_any(_ORDINALS)}) of {_M}(?:,? (?P<y>{_YEAR_OF_DATE}))?", _full),
    _rule("MONTH", rf"(?<![\w.,/-]){_DAY_NAME}\b{_D}(?:{_TO_DAY})?(?: of)? {_M}", _full),
    # "In May 20 people died" has no 20th of May.
    _rule("MONTH", rf"(?<!\bin )\b{_DAY_NAME}{_M} (?:the )?{_D}\b(?!,?\d|[.:]\d|%)(?:{_TO_DAY}\b)?", _full),
    _rule(
        "ORDINAL",
        r"\b(?:on )?the (?P<d>\d{1,2})(?:st|nd|rd|th)(?: of (?P<which>this|last|next|the) month\b|"
        r"(?=[.,;:)]|$| (?:and|when|at|after|to)\b))",
        _day_of_month,
    ),
    _rule(
        "ago earlier prior previously back before",
        rf"(?<![\w.,/-])(?:{_HEDGE} )?(?:an? |the )?(?P<n>{_NUMBER})(?P<half>[- ]and[- ]a[- ]half)?(?: of)?(?: an?)? "
        rf"(?P<unit>{_UNIT})(?P<more> and a half)?(?: or (?:so|two|more))? "
        rf"(?P<how>ago(?! (?:on )?{_DAY})|earlier(?! than)|prior(?! to)|previously|(?:back|before){_OVER})\b",
        _ago,
    ),
    _rule("ago earlier", rf"\ba week (?:ago|earlier)(?: on)? (?P<d>{_DAY})\b", _week_before_weekday),
    _rule(
        "past last previous preceding",
        rf"\b(?:(?:in|over|during|within|throughout) )?the (?:past|last|previous|preceding) (?:an? )?(?P<n>{_NUMBER})(?: of)? "
        rf"(?P<unit>{_UNIT})\b",
        _ago,
    ),
    _rule(
        "past last",
        r"\b(?:(?:in|over|during|within|throughout) )?the (?:past (?P<unit>day|week|month|year|decade|century)\b|"
        r"last (?P<lasting>week|month|year|decade)(?! of)\b)",
        _one_back,
    ),
    _rule(
        "UNIT",
        rf"\b(?:in|within|(?:in |within |over |during )the (?:next|coming)) (?P<n>{_NUMBER}) "
        r"(?P<unit>(?:day|week|month|year|decade)s?)(?:' time| from now)?\b(?! of| ago| earlier| before)",
        _ahead,
    ),
    _rule(
        "later after",
        rf"(?<![\w.,/-])(?:{_HEDGE} )?(?:an? )?(?P<n>{_NUMBER})(?: of)? (?P<unit>{_UNIT}) "
        rf"(?:later|afterwards?|after{_OVER})\b",
        _later,
    ),
    _rule(
        "A_DAY yesterday today tomorrow night evening morning afternoon",
        r"\b(?:(?:early|earlier|late|later) )?(?P<name>the day before yesterday|the day after tomorrow|earlier in the day|"
        rf"later in the day|last night|last evening|this morning|this afternoon|this evening|yesterday|tomorrow|tonight|"
        rf"overnight|today){_HOURS}?\b",
        _named_day,
    ),
    _rule("previous before", rf"\bthe (?:previous (?:day|night|evening)\b|(?:day|night|evening) before{_OVER})", _day_before),
    _rule("same", r"\b(?:the|that) (?:very )?same (?:day|night|morning|afternoon|evening)\b", _same_day),
    _rule("next following after", rf"\bthe (?:(?:next|following) (?:day|night|morning)\b|day after{_OVER})", _day_after),
    _rule("next following", rf"\bthe (?:following|next) (?P<d>{_DAY})\b", _following_weekday),
    _rule("week", rf"\b(?P<d>{_DAY}){_HOURS}?,?(?: of)? (?P<which>last|this|next) week\b", _weekday_of_week),
    _rule("week", rf"\b(?P<which>last|this|next) week,? on (?P<d>{_DAY})\b", _weekday_of_week),
    _rule(
        _HOLIDAY_STEMS,
        rf"\b(?P<h>{_any(_EASTER)}|{_any(_HOLIDAYS)})(?! (?:Islands?|tree|Rising))(?:,? (?P<y>{_YEAR}))?\b", _holiday, 0
    ),
    _rule(
        "DAY",
        rf"\b(?:(?:(?:early|earlier|late|later) (?:on )?)?|(?P<which>last|this coming|next|coming|past|previous|this) )"
        rf"(?P<d>{_DAY}|{_capital({'tues', 'weds', 'thur', 'thurs'})})\b\.?{_HOURS}?",
        _weekday,
    ),
    _rule(
        "SHORT_DAY",
        rf"\b(?:on|early|late|(?P<which>last|next|this)) (?P<d>{_capital({'mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'})})"
        r"\b(?:\.|(?!'| (?-i:[A-Z])))",
        _weekday,
    ),
    _rule(
        "year",
        rf"\b(?:(?P<part>{_PART})[- ])?{_M}(?: of)? (?P<which>last|this|next) year\b|"
        rf"\b(?P<year>last|this|next) year,? in (?P<in>{_MONTH})",
        _month_of_year,
    ),
    _rule(
        "weekend",
        r"\b(?:(?P<which>last|this coming|next|coming|past|previous|this)|(?:over|at|on|during) the) weekend\b", _weekend
    ),
    _rule(
        "quarter q1 q2 q3 q4",
        rf"\b(?:the )?(?P<q>first|second|third|fourth|last|final)[- ]quarter{_OF_YEAR}|"
        rf"\b(?-i:Q)(?P<n>[1-4]),?(?: of)? (?P<when>{_YEAR})|\bin the (?P<name>first|second|third|fourth) quarter\b(?! of)",
        _quarter,
    ),
    _rule("half", rf"\b(?:the )?(?P<h>first|second) half{_OF_YEAR}", _half),
    _rule(
        "last this past previous next coming",
        rf"\b(?:(?P<part>{_PART})[- ])?(?P<which>last|this|past|previous|next|coming) "
        r"(?P<unit>week|month|quarter|year|decade|century|spring|summer|autumn|fall|winter)\b",
        _relative_unit,
    ),
    _rule("YEAR", rf"\b(?:in )?(?P<part>{_PART})[- ](?:in )?(?P<y>{_YEAR})(?!s)\b", _part_of_year),
    _rule("YEAR", rf"\b(?P<s>spring|summer|autumn|fall|winter)(?: of)? (?P<y>{_YEAR})\b", _season_year),
    _rule("YEAR", rf"\b(?:(?P<part>{_PART})[- ])?{_M},?(?: of)? (?P<y>{_YEAR})\b", _month_of),
    _rule(
        "DECADE",
        r"\b(?:(?:in|during|from|of|back in) )?the (?:(?P<part>early|mid|late)[- ])?'?(?P<y>(?:(?:19|20)\d|\d)0)s\b",
        _decade,
    ),
    _rule(
        "YEAR",
        rf"\b(?:in|during|from|back in|throughout) (?P<y>{_YEAR})(?:[-–/]\d\d)?\b(?![-–\d])|"
        rf"\bof (?P<of>{_YEAR})\b(?![-–\d]| (?:[a-z]+ )?(?!was\b|is\b|has\b|as\b)[a-z]+s\b| (?:people|men|women|troops)\b)",
        _year,
    ),
    _rule(
        "MONTH",
        rf"\b(?:(?:in|of) )?(?:(?P<part>{_PART})[- ]|(?P<which>last|next|this) )(?P<m>{_MONTH_ALONE})(?! \d)",
        _month_of,
    ),
    _rule(
        "MONTH",
        rf"\b(?:(?:in|during|between|months? of|half of|weeks? of|days? of) (?P<m>{_MONTH_ALONE})|"
        rf"(?:from|of) (?P<sure>{_SURE_MONTH})|from (?P<first>{_MONTH_ALONE}) (?:to|until|through)\b)",
        _month_of,
    ),
)  # fmt: skip

# "KYIV, March 3 (Reuters) -", "BUENOS AIRES, Argentina, 3 January 2024 --"; with an agency's name capitals may be left out.
_AGENCY = (
    r"(?:\([^()]{2,40}\)|/[^/]{2,20}/|,? ?(?:IRNA|Yonhap|Xinhua|TASS|AFP|ANSA|Interfax|Kyodo|MENA|SANA|KUNA|PTI|UNI))"
)
_DATELINE = re.compile(
    r"^\s*(?:\([A-Z][^()]{1,30}\) ?)?(?P<place>[^\W\d_][^\W\d_\s.]+[^\n\d():;!?]{0,60}?)?,?\s*\b"
    rf"(?:{_M} {_D}|(?P<d2>\d{{1,2}}) (?P<m2>{_MONTH}))(?:,? (?P<y>\d{{4}}))?\.?"
    rf"\s*(?P<agency>{_AGENCY})?\.?\s*(?P<dash>-{{1,2}}|–|—|:)?",
)


def dateline(text: str, published: date) -> When | None:
    """The date of a wire story's dateline ("KYIV, March 3 - "), if the text opens with one near its publication."""
    match = _DATELINE.match(text)
    if match is None:
        return None
    place, agency, dash = match["place"], match["agency"], match["dash"]
    is_loud = place is not None and place.split(",")[0].split()[0].isupper()
    if not (is_loud and (dash or agency)) and not (agency and (dash or place) and _is_title(place)):
        return None
    day = _on(_month(match["m"] or match["m2"]), int(match["d"] or match["d2"]), match["y"], published)
    if day is None or not 0 <= (published - day).days <= 31:
        return None
    return When(day, "dateline", match.group(0).strip(), *_stripped(match))


def _is_title(place: str | None) -> bool:
    return place is None or all(word[0].isupper() for word in place.replace(",", " ").split())


def _stripped(match: re.Match[str]) -> tuple[int, int]:
    words = match.group(0)
    start = match.start() + len(words) - len(words.lstrip())
    return start, start + len(words.strip())
