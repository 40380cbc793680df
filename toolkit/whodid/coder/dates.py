"""When it happened: "two days prior", "on Wednesday", "last month", "in 2014", read against the article's date."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from whodid.coder.date_readers import Counted, Day, Reader
from whodid.coder.date_rules import RULES, stems_of, tells_time


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
    if not any(map(tells_time, words)):
        return ()
    text, offsets = _squeezed(sentence)
    found: list[tuple[int, int, Day]] = []
    taken: list[tuple[int, int]] = []
    stems: set[str] = set().union(*map(stems_of, words))
    for pattern, reader, needs in RULES:
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


def _reading(match: re.Match[str], reader: Reader, published: date) -> Day:
    try:
        return reader(match, published)
    except (ValueError, OverflowError):
        # Before the first day or behind the last one that a calendar has: "5,000 years ago".
        return None


def _settled(day: Day, before: date | None, published: date) -> date | None:
    if not isinstance(day, Counted):
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
