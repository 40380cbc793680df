"""One article as a reader found it (named values, not yet checked), and the step from there to an Article."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from whodid.articles.days import EXPECTED_DAY, parse_day
from whodid.articles.encoding import repair, unpaired_surrogate, without_outer_blank_lines
from whodid.articles.model import Article, Refused
from whodid.errors import Fault

# What a field may be called in front matter and tables; the first name that has a value counts.
NAMES: dict[str, tuple[str, ...]] = {
    "article_id": ("article_id", "id"),
    "text": ("text", "body", "content"),
    "title": ("title",),
    "published": ("published", "date"),
    "publisher": ("publisher", "source"),
    "url": ("url",),
}
LONGEST_TEXT_CHARS = 1_000_000

_FOR_ALL = "give --published 2024-06-21 for all articles without one."
_DATE_FIX = {
    "text": f"Add `published: 2024-06-21` to its front matter, or {_FOR_ALL}",
    "page": f'Add <meta name="date" content="2024-06-21"> to its head, or {_FOR_ALL}',
    "table": f"Fill its `published` field, or {_FOR_ALL}",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """Named values as they stand in a file: what a reader gives for each article, before any of it is trusted.

    values: by lower-case name, see NAMES; others are ignored. lines: where a field stands, if not in `line`.
    own_id: the id that the file's place gives to an article without one; None where there is no such id.
    """

    form: Literal["text", "page", "table"]
    path: str
    values: Mapping[str, object]
    line: int | None = None
    row: int | None = None
    lines: Mapping[str, int] = field(default_factory=dict)
    own_id: str | None = None

    @property
    def origin(self) -> str:
        """The place of the article: the path, with a line or row for files of many articles."""
        return Fault("", "", path=self.path, line=self.line, row=self.row).where

    def fault(self, rule: str, message: str, fix: str, *, name: str | None = None, value: str | None = None) -> Refused:
        """The article as refused for one fault; name is the field's name in the file."""
        line = self.lines.get(name or "", self.line)
        return Refused(self.origin, Fault(rule, message, fix, self.path, line, self.row, name, _shortened(value)))


def to_article(entry: Entry, *, published: date | None, publisher: str | None) -> Article | list[Refused]:
    """The article of an entry, or everything that is wrong with it.

    published and publisher stand in where the entry has none of its own. A day that cannot be read is a fault even
    then: the article has a date, and it is not the one given for the others.
    """
    faults: list[Refused] = []
    texts: dict[str, str] = {}
    names: dict[str, str] = {}
    for wanted, known in NAMES.items():
        names[wanted] = next((n for n in known if not is_missing(entry.values.get(n))), known[0])
        value = _as_text(entry, names[wanted], faults)
        texts[wanted] = value if wanted == "text" else value.strip()
    text = without_outer_blank_lines(texts["text"])
    if not any(character.isalpha() for character in text):
        if not any(refused.fault.column == names["text"] for refused in faults):
            what = "no text" if not text else "text without a single letter"
            faults.append(entry.fault("empty", f"The article has {what}.", "Give it its text, or take it out."))
        return faults
    if len(text) > LONGEST_TEXT_CHARS:
        message = f"The text has {len(text):,} characters; an article has at most {LONGEST_TEXT_CHARS:,}."
        faults.append(entry.fault("too-long", message, "Split it into its articles."))
    article_id = texts["article_id"] or repair(entry.own_id or "")
    if not article_id and not any(refused.fault.column == names["article_id"] for refused in faults):
        faults.append(entry.fault("no-id", "The article has no id.", "Fill its `article_id` (or `id`) field."))
    day = parse_day(texts["published"]) if texts["published"] else published
    if day is None and not any(refused.fault.column == names["published"] for refused in faults):
        faults.append(_no_day(entry, names["published"], texts["published"]))
    if faults or day is None:
        return faults
    own_publisher = texts["publisher"] or (publisher or "").strip() or None
    return Article(article_id, text, day, texts["title"], own_publisher, texts["url"], entry.origin)


def is_missing(value: object) -> bool:
    """True for what means "no value" in a table: null, not-a-number, blank text. "NA" is text."""
    return (
        value is None
        or (isinstance(value, float) and math.isnan(value))
        or (isinstance(value, str) and not value.strip())
    )


def _no_day(entry: Entry, name: str, value: str) -> Refused:
    if not value:
        return entry.fault("no-date", "The article has no date.", _DATE_FIX[entry.form])
    message = f"{_shortened(value)!r} is not a date that can be read; expected {EXPECTED_DAY}."
    return entry.fault("bad-date", message, "Correct the date.", name=name, value=value)


def _as_text(entry: Entry, name: str, faults: list[Refused]) -> str:
    value = entry.values.get(name)
    if is_missing(value):
        return ""
    if isinstance(value, float) and value.is_integer():
        # A whole column of numbers becomes fractions as soon as one cell is missing: 20240621.0 was 20240621.
        value = int(value)
    if isinstance(value, date):
        value = value.isoformat()
    if isinstance(value, str | int | float):
        text = repair(str(value))
        half = unpaired_surrogate(text)
        if "\0" in text:
            fix = "Take the null characters out."
            faults.append(entry.fault("binary", f"{name} holds null characters: it is not text.", fix, name=name))
        elif half is not None:
            fix = "Write the whole character."
            faults.append(entry.fault("bad-character", f"{name} holds {half}, half a character.", fix, name=name))
        else:
            return text
        return ""
    what = (
        "a list" if isinstance(value, list | tuple) else "a map" if isinstance(value, Mapping) else type(value).__name__
    )
    message = f"{name} is {what}; expected text."
    faults.append(entry.fault("bad-value", message, "Write a single value.", name=name, value=repr(value)))
    return ""


def _shortened(value: str | None) -> str | None:
    return value if value is None or len(value) <= 80 else f"{value[:77]}..."
