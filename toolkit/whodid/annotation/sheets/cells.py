"""What the cells of a sheet hold, wherever they were read: values by column, and the place of each for messages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from whodid.annotation.answers import Problem
from whodid.errors import CellFault, Fault


@dataclass(frozen=True, slots=True)
class Place:
    """Where a row stands: path and row number from 1; in a workbook also the tab and the letters of the columns."""

    path: str
    row: int
    sheet: str = ""
    letters: Mapping[str, str] = field(default_factory=dict)

    def fault(self, problem: Problem, column: str | None = None, value: object = None) -> Fault:
        """The problem as a fault at this place."""
        shown = None if value is None else str(value)
        if not self.sheet:
            return Fault(problem.rule, problem.message, problem.fix, self.path, self.row, None, column, shown)
        cell = f"{self.letters.get(column or '', 'A')}{self.row}"
        return CellFault(
            problem.rule,
            problem.message,
            problem.fix,
            self.path,
            self.row,
            None,
            column,
            shown,
            sheet=self.sheet,
            cell=cell,
        )


@dataclass(frozen=True, slots=True)
class Formula:
    """A cell that holds a formula, which is never an answer."""

    written: str

    def __str__(self) -> str:
        return self.written


@dataclass(frozen=True, slots=True)
class RawRow:
    """A row as read: by column, text, number, day or Formula; None is an empty cell.

    is_further: it stands in the tab of further events, and has only the number of the row that it belongs to.
    """

    place: Place
    values: Mapping[str, object]
    is_further: bool = False


def as_text(value: object) -> str:
    """A cell as the words a person sees in it; days as 2024-06-21, whole numbers without a point."""
    if value is None:
        return ""
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value)


def day_in(value: date | datetime | time | timedelta) -> date | Problem:
    """The day of a cell that a spreadsheet keeps as a day or time."""
    if isinstance(value, datetime):
        if value.time() == time():
            return value.date()
        return Problem("bad-date", f"{value} has a time of day.", "Write the day alone.")
    if isinstance(value, date):
        return value
    return Problem("bad-date", f"{value} is a time, not a day.", "Write the day as 2024-06-21.")
