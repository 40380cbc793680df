"""What a foreign format is: its columns, where they stand, and how one of its rows becomes an event."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from whodid.interop.codes import Codes


@dataclass(frozen=True, slots=True)
class Unusable:
    """Why a row gives no event: a short stable name, a sentence, the fix, and the cell that is to blame."""

    rule: str
    message: str
    fix: str = ""
    column: str | None = None
    value: str | None = None


@dataclass(frozen=True, slots=True)
class ImportedEvent:
    """What a foreign row says in the terms of our table; what it does not say is None."""

    actor: str
    action: str
    target: str
    date: datetime.date
    coder: str
    original_id: str | None = None
    actor_name: str | None = None
    target_name: str | None = None
    article_id: str | None = None
    sentence: int | None = None
    published: datetime.date | None = None
    publisher: str | None = None


def the_four(
    actor: str | Unusable, action: str | Unusable, target: str | Unusable, day: datetime.date | Unusable
) -> tuple[str, str, str, datetime.date] | Unusable:
    """What an event cannot do without, or why a row does not have it: the first reason of day, action, actor, target."""
    if isinstance(day, Unusable):
        return day
    if isinstance(action, Unusable):
        return action
    if isinstance(actor, Unusable):
        return actor
    return target if isinstance(target, Unusable) else (actor, action, target, day)


@dataclass(frozen=True, slots=True)
class Layout:
    """The names of a file's columns in their order; or, for files without columns, what a line looks like.

    may_lack_last: rows may end before the last column, as those of GDELT do that were added before it had addresses.
    """

    names: tuple[str, ...]
    pattern: re.Pattern[str] | None = None
    expected: str = ""
    may_lack_last: bool = False

    def fits(self, count: int) -> bool:
        """True if a row may have this number of cells."""
        return count == len(self.names) or (self.may_lack_last and count == len(self.names) - 1)


@dataclass(frozen=True, slots=True)
class Format:
    """A foreign format.

    columns: our word for a column, and the names that it has in headers, compared without case and signs. required:
    the columns without which nothing can be read. without_header: the layouts of files without header, told apart by
    their number of cells. carried: columns that go into ours unchanged, so that they need no `original_` copy.
    read: an event from the cells (by our words; a column that the file lacks is an empty text), or why not.
    """

    name: str
    title: str
    columns: Mapping[str, tuple[str, ...]]
    required: tuple[str, ...]
    carried: tuple[str, ...]
    read: Callable[[Mapping[str, str], Codes], ImportedEvent | Unusable]
    without_header: tuple[Layout, ...] = ()
    pattern: re.Pattern[str] | None = None
    expected: str = ""
    has_ids: bool = True
    _by_name: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._by_name.update({bare(name): ours for ours, names in self.columns.items() for name in names})

    def word_for(self, name: str) -> str | None:
        """Our word for a column of a header, or None if we do not read it."""
        return self._by_name.get(bare(name))

    def is_header(self, cells: list[str]) -> bool:
        """True if a line holds names of columns: at least half of what is required, and all their words are letters."""
        found = {self.word_for(cell) for cell in cells} & set(self.required)
        return 2 * len(found) >= len(self.required)

    def missing_columns(self, cells: list[str]) -> list[str]:
        """The required columns that a header lacks, by the first of their names."""
        have = {self.word_for(cell) for cell in cells}
        return [repr(self.columns[ours][0]) for ours in self.required if ours not in have]


def bare(name: str) -> str:
    """A column's name without case and signs: "Event ID", "event_id" and "EventID" are the same."""
    return re.sub(r"[^a-z0-9]", "", name.casefold())


def original_name(name: str) -> str:
    """The name of our column that keeps a foreign one: QuadClass is original_quad_class."""
    apart = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name.strip())
    return "original_" + re.sub(r"[^a-z0-9]+", "_", apart.casefold()).strip("_")
