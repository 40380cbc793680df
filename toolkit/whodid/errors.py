"""Every error that is raised on purpose, and the fault: one thing wrong at one place, with its fix."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong, where it is, and how to put it right.

    rule is a short stable name ("unknown-action") that programs may rely on; message is a sentence for people; fix is
    what to do. line and column count from 1 and are None where the file has no lines (Parquet: see row).
    row counts data rows from 0.
    """

    rule: str
    message: str
    fix: str = ""
    path: Path | str | None = None
    line: int | None = None
    row: int | None = None
    column: str | None = None
    value: str | None = None

    @property
    def where(self) -> str:
        """The place as compilers write it: path:line, or path, row 12, or an empty string."""
        place = str(self.path) if self.path is not None else ""
        if self.line is not None:
            place = f"{place}:{self.line}" if place else f"line {self.line}"
        if self.row is not None:
            place = f"{place}, row {self.row}" if place else f"row {self.row}"
        if self.column is not None:
            place = f"{place}: column {self.column!r}" if place else f"column {self.column!r}"
        return place

    def __str__(self) -> str:
        return ": ".join(part for part in (self.where, f"{self.message} {self.fix}".strip()) if part)


@dataclass(frozen=True, slots=True)
class CellFault(Fault):
    """A fault in a cell of a workbook: sheet is the tab's name, cell the place as spreadsheets write it (F12)."""

    sheet: str = ""
    cell: str = ""

    @property
    def where(self) -> str:
        """The place as a person looks for it: sheet.xlsx, sheet 'coding', cell F12 (action)."""
        place = f"{self.path}, sheet {self.sheet!r}"
        if self.cell:
            place = f"{place}, cell {self.cell}"
        return f"{place} ({self.column})" if self.column is not None else place


class WhodidError(Exception):
    """Base of all errors raised on purpose; carries the faults, so that nobody needs to parse the sentence."""

    def __init__(
        self,
        message: str,
        *,
        fix: str = "",
        path: Path | str | None = None,
        line: int | None = None,
        column: str | None = None,
        value: str | None = None,
        rule: str = "error",
        faults: Sequence[Fault] | None = None,
    ) -> None:
        first = Fault(rule, message, fix, path, line, None, column, value)
        self.faults: tuple[Fault, ...] = tuple(faults) if faults else (first,)
        self.message, self.fix, self.path, self.line = message, fix, path, line
        self.column, self.value = column, value
        super().__init__("\n".join(str(fault) for fault in self.faults))

    @classmethod
    def of(cls, faults: Iterable[Fault]) -> WhodidError:
        """One error for all faults of a file: its text has one line for each, in the order given."""
        listed = tuple(faults)
        if not listed:
            raise ValueError("an error needs at least one fault")
        head = listed[0]
        return cls(
            head.message,
            fix=head.fix,
            path=head.path,
            line=head.line,
            column=head.column,
            value=head.value,
            rule=head.rule,
            faults=listed,
        )

    def __reduce__(self) -> tuple[object, ...]:
        """Errors cross process boundaries (`--workers`), which needs more than Exception's default."""
        return (_rebuild, (type(self), self.faults))


def _rebuild(kind: type[WhodidError], faults: tuple[Fault, ...]) -> WhodidError:
    return kind.of(faults)


class CodebookError(WhodidError):
    """The codebook has faults and cannot be used."""


class ArticleError(WhodidError):
    """An article, or a file of articles, cannot be read."""


class EventTableError(WhodidError):
    """A table of events does not follow the schema, or its file cannot be read."""


class OutputError(WhodidError):
    """A file or folder cannot be written; what was there before is unchanged."""


class CoderError(WhodidError):
    """The coder cannot start: its model is missing, or an option makes no sense."""


class ConversionError(WhodidError):
    """A file of another dataset cannot be converted: its layout is unknown, or it cannot be read."""


class SheetError(WhodidError):
    """A coding sheet cannot be made, or not be read at all."""


class ExchangeError(WhodidError):
    """A file of another annotation tool cannot be written, or not be read at all."""


class StoreError(WhodidError):
    """A store of hand codings cannot be read, or a coding cannot be saved; what was saved before is safe."""


class AdjudicationError(WhodidError):
    """Judgements cannot be settled: the policy lacks something, or decisions do not fit the codings."""


class NotInstalledError(WhodidError):
    """Something optional is asked for that is not installed."""


class UsageError(WhodidError):
    """A command was called in a way that makes no sense: the input folder is empty, the ending is unknown."""


class ReliabilityError(WhodidError):
    """A statistic of agreement has no value for these judgements; the sentence says why."""


class ReleaseError(WhodidError):
    """A release cannot be built or read: its events are not valid, its description is faulty, its folder is taken."""
