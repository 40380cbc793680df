"""What day the words that a rule found mean, counted from the article's day: one reader for each kind of expression."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from whodid.coder.date_arithmetic import (
    day_or_none,
    easter,
    months_back,
    nearest_day,
    part_of_month,
    season,
    units_back,
)
from whodid.coder.date_words import (
    EASTER,
    HOLIDAYS,
    ORDINALS,
    SEASONS,
    SHIFTS,
    SHORT_DAYS,
    WEEKDAYS,
    month_named,
    number_named,
)


@dataclass(frozen=True, slots=True)
class Counted:
    """A day that is counted from another one which the sentence names before it, else from `otherwise`, if given."""

    back: Callable[[date], date | None]
    otherwise: date | None = None


Day = date | Counted | None
Reader = Callable[[re.Match[str], date], Day]


def ago(match: re.Match[str], published: date) -> Day:
    groups = match.groupdict()
    count = number_named(match["n"]) + (0.5 if groups.get("half") or groups.get("more") else 0)
    unit = match["unit"]
    if (groups.get("how") or "").lower() in {"earlier", "prior", "before", "previously"}:
        return Counted(lambda day: units_back(unit, count, day), published)
    return units_back(unit, count, published)


def one_back(match: re.Match[str], published: date) -> date:
    return units_back(match["unit"] or match["lasting"], 1, published)


def ahead(match: re.Match[str], published: date) -> date:
    return units_back(match["unit"], -number_named(match["n"]), published)


def later(match: re.Match[str], published: date) -> Counted:
    count, unit = number_named(match["n"]), match["unit"]
    return Counted(lambda day: units_back(unit, -count, day))


def full_date(match: re.Match[str], published: date) -> date | None:
    groups = match.groupdict()
    day = ORDINALS.index(match["o"].lower()) + 1 if groups.get("o") else int(match["d"])
    return nearest_day(month_named(match["m"]), day, groups.get("y"), published)


def iso_date(match: re.Match[str], published: date) -> date | None:
    return day_or_none(int(match["y"]), int(match["m"]), int(match["d"]))


def day_of_month(match: re.Match[str], published: date) -> date | None:
    """ "The 21st" is the latest one up to the article's day; "the 5th of last month" says which."""
    day, which = int(match["d"]), (match["which"] or "").lower()
    back = {"": int(day > published.day), "this": 0, "the": 0, "last": 1, "next": -1}[which]
    base = months_back(published.replace(day=1), back)
    return day_or_none(base.year, base.month, day)


def month_of(match: re.Match[str], published: date) -> date | None:
    groups = match.groupdict()
    name = match["m"] or groups.get("sure") or groups["first"]
    month, which = month_named(name), (groups.get("which") or "").lower()
    year = published.year
    if groups.get("y"):
        year = int(match["y"])
    elif which == "last":
        year -= int(month >= published.month)
    elif which == "next":
        year += int(month <= published.month)
    elif which != "this":
        year -= int(month > published.month)
    return part_of_month(date(year, month, 1), groups.get("part") or "")


def month_of_year(match: re.Match[str], published: date) -> date:
    year = published.year - _STEPS[(match["which"] or match["year"]).lower()]
    return part_of_month(date(year, month_named(match["m"] or match["in"]), 1), match["part"] or "")


def weekday(match: re.Match[str], published: date) -> date:
    name, which = match["d"].lower(), (match.groupdict().get("which") or "").lower()
    wanted = WEEKDAYS[name] if name in WEEKDAYS else SHORT_DAYS[name]
    back = (published.weekday() - wanted) % 7
    if which in {"next", "coming", "this coming"}:
        return published + timedelta(days=7 - back)
    if which in {"last", "past", "previous"}:
        return published - timedelta(days=back or 7)
    if which == "this":
        return published + timedelta(days=wanted - published.weekday())
    return published - timedelta(days=back)


def weekday_of_week(match: re.Match[str], published: date) -> date:
    weeks = {"last": -1, "this": 0, "next": 1}[match["which"].lower()]
    return published + timedelta(days=WEEKDAYS[match["d"].lower()] - published.weekday(), weeks=weeks)


def week_before_weekday(match: re.Match[str], published: date) -> date:
    return weekday(match, published) - timedelta(weeks=1)


def following_weekday(match: re.Match[str], published: date) -> Counted:
    wanted = WEEKDAYS[match["d"].lower()]
    return Counted(lambda day: day + timedelta(days=(wanted - day.weekday() - 1) % 7 + 1))


_STEPS = {"last": 1, "past": 1, "previous": 1, "this": 0, "next": -1, "coming": -1}
_PARTS_OF_YEAR = {"mid": 6, "middle": 6, "late": 11, "later": 11, "end": 12}


def relative_unit(match: re.Match[str], published: date) -> date | None:
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
        return part_of_month(months_back(published.replace(day=1), step), part)
    if unit == "quarter":
        return months_back(date(published.year, (published.month - 1) // 3 * 3 + 1, 1), 3 * step)
    if unit in SEASONS:
        return season(unit, step, published)
    if unit == "decade":
        return day_or_none(published.year // 10 * 10 - 10 * step, 1, 1)
    if unit == "century":
        return day_or_none((published.year - 1) // 100 * 100 + 1 - 100 * step, 1, 1)
    return day_or_none(published.year - step, _PARTS_OF_YEAR.get(name, 1), 1)


def weekend(match: re.Match[str], published: date) -> date:
    """Its Saturday: the one that is on or was last; "this weekend" looks ahead from Wednesday on."""
    which = (match["which"] or "").lower()
    saturday = published - timedelta(days=(published.weekday() - 5) % 7)
    is_on = published.weekday() >= 5
    if which in {"last", "past", "previous"}:
        return saturday - timedelta(weeks=1) if is_on else saturday
    if which in {"next", "coming", "this coming"} or (which == "this" and 2 <= published.weekday() < 5):
        return saturday + timedelta(weeks=1)
    return saturday


def named_day(match: re.Match[str], published: date) -> date:
    return published - timedelta(days=SHIFTS[match["name"].lower()])


def same_day(match: re.Match[str], published: date) -> Counted:
    return Counted(lambda day: day, published)


def day_before(match: re.Match[str], published: date) -> Counted:
    return Counted(lambda day: day - timedelta(days=1), published)


def day_after(match: re.Match[str], published: date) -> Counted:
    return Counted(lambda day: day + timedelta(days=1))


def year(match: re.Match[str], published: date) -> date | None:
    year = int(match["y"] or match["of"])
    return day_or_none(year, 1, 1) if year <= published.year + 5 else None


def part_of_year(match: re.Match[str], published: date) -> date | None:
    name = re.sub(r"^the | of$", "", match["part"].lower()).strip("- ")
    return day_or_none(int(match["y"]), _PARTS_OF_YEAR.get(name, 1), 1)


def season_of_year(match: re.Match[str], published: date) -> date | None:
    month = SEASONS[match["s"].lower()]
    return day_or_none(int(match["y"]), 1 if month == 12 else month, 1)


def decade(match: re.Match[str], published: date) -> date | None:
    year = int(match["y"]) + (1900 if len(match["y"]) == 2 else 0)
    return day_or_none(year + {"mid": 4, "late": 7}.get((match["part"] or "").lower().strip("- "), 0), 1, 1)


def _year_named(match: re.Match[str], published: date) -> int:
    return int(match["y"]) if match["y"] else published.year - _STEPS[match["which"].lower()]


_QUARTERS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 4, "final": 4}


def quarter(match: re.Match[str], published: date) -> date:
    if match["n"]:
        return date(int(match["when"]), 3 * int(match["n"]) - 2, 1)
    month = 3 * _QUARTERS[(match["q"] or match["name"]).lower()] - 2
    if match["q"]:
        return date(_year_named(match, published), month, 1)
    return date(published.year - (month > published.month), month, 1)


def half(match: re.Match[str], published: date) -> date:
    return date(_year_named(match, published), 1 if match["h"].lower() == "first" else 7, 1)


def holiday(match: re.Match[str], published: date) -> date | None:
    name = match["h"]
    if name in HOLIDAYS:
        return nearest_day(*HOLIDAYS[name], match["y"], published)
    years = [int(match["y"])] if match["y"] else [published.year - 1, published.year]
    days = [easter(year) + timedelta(days=EASTER[name]) for year in years]
    return max((day for day in days if day <= published), default=days[-1])


def attacks_of_2001(match: re.Match[str], published: date) -> date | None:
    return date(2001, 9, 11)


def no_date(match: re.Match[str], published: date) -> None:
    """A name that looks like a date."""
