"""Sheets that come back: good rows as events, every bad cell as a fault with its place and its fix."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TypeVar

import pandas as pd

from whodid.annotation.answers import (
    Problem,
    action_of,
    actor_of,
    basis_of,
    confidence_of,
    day_of,
    numeric_code,
)
from whodid.annotation.codings import Codings
from whodid.annotation.judged import judged_of
from whodid.annotation.locate import locate
from whodid.annotation.sheets.cells import Formula, Place, RawRow, as_text, day_in
from whodid.annotation.sheets.columns import ANSWERS, IDENTITY, NAMES, NO_EVENT, REASONS
from whodid.annotation.sheets.csv_sheet import read_csv_rows, rows_to_csv
from whodid.annotation.sheets.line import Line, line_of
from whodid.annotation.sheets.workbook_read import read_workbook_rows
from whodid.annotation.store import check_coder
from whodid.articles.encoding import plain_line_ends
from whodid.codebook.actor_codes import ActorCodes
from whodid.codebook.load import load_codebook
from whodid.codebook.model import Codebook
from whodid.coder.explain_json import ActorLabels
from whodid.errors import Fault, SheetError
from whodid.events.record import CodedEvent
from whodid.events.table import events_to_table

ENDINGS = (".xlsx", ".csv")
LARGEST_BYTES = 100_000_000
_SIDES = ("actor", "action", "target")
_REQUIRED = ("actor_text", "actor", "action_text", "action", "target_text", "target")
_NUMBERS = (int, float, bool)
_TIMES = (date, datetime, time, timedelta)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class SetAside:
    """A row that gave no event though something was written in it: its cells as text, and what is wrong with them."""

    cells: Mapping[str, str]
    faults: tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class SheetReading:
    """What one or more sheets of a coder held.

    table: the events, with the schema's columns; judged: which sentences were judged, like Codings.judged.
    without_event and open are sentences as (article_id, number): those that the coder said report no event, and those
    with nothing written. unread: columns that no sheet has, by name.
    """

    coder: str
    events: tuple[CodedEvent, ...]
    set_aside: tuple[SetAside, ...] = ()
    without_event: tuple[tuple[str, int], ...] = ()
    open: tuple[tuple[str, int], ...] = ()
    unread: tuple[str, ...] = ()

    def codings(self) -> Codings:
        """The events and the judged sentences, as a store gives them: for wd.agree and wd.adjudicate."""
        return Codings(self.table, self.judged)

    @property
    def table(self) -> pd.DataFrame:
        return events_to_table(self.events)

    @property
    def judged(self) -> pd.DataFrame:
        return judged_of(((article, sentence, self.coder) for article, sentence in self.without_event), self.events)

    @property
    def faults(self) -> tuple[Fault, ...]:
        return tuple(fault for row in self.set_aside for fault in row.faults)


def read_sheet(
    paths: Path | str | Sequence[Path | str], *, coder: str, codebook: Codebook | Path | str | None = None
) -> SheetReading:
    """The events that a coder wrote into one or more sheets (.xlsx or .csv), and all that could not be taken.

    Good rows are kept whatever the others hold. Raises SheetError if a file is no coding sheet at all, StoreError if
    the coder has no proper name.
    """
    name = check_coder(coder)
    book = codebook if isinstance(codebook, Codebook) else load_codebook(codebook)
    rows: list[tuple[RawRow, bool]] = []
    unread: list[str] = []
    for path in [paths] if isinstance(paths, (str, Path)) else paths:
        found, others = _raw_rows(Path(path))
        is_csv = Path(path).suffix.lower() == ".csv"
        rows += [(row, is_csv) for row in _with_lines(found)]
        unread += others
    return _judge(rows, name, book, tuple(dict.fromkeys(unread)))


def set_aside_to_csv(rows: Sequence[SetAside]) -> bytes:
    """Rows set aside as a coding sheet in CSV, the reasons in its last column: mend it, and read it like a sheet."""
    cells = [{**row.cells, REASONS: "; ".join(_reason(fault) for fault in row.faults)} for row in rows]
    return rows_to_csv(cells, (*NAMES, REASONS))


def _reason(fault: Fault) -> str:
    column = f"{fault.column}: " if fault.column else ""
    return f"{column}{fault.message} {fault.fix}".strip()


def _raw_rows(path: Path) -> tuple[list[RawRow], list[str]]:
    if path.suffix.lower() not in ENDINGS:
        fix = "Give the .xlsx or .csv file; save other spreadsheets as one of these."
        raise SheetError(f"The ending {path.suffix!r} is no coding sheet's.", fix=fix, path=path, rule="ending")
    try:
        size = path.stat().st_size
        if size > LARGEST_BYTES:
            message = f"The file has {size:,} bytes; a coding sheet has at most {LARGEST_BYTES:,}."
            raise SheetError(message, fix="Make sheets of fewer articles.", path=path, rule="too-large")
        data = path.read_bytes()
    except OSError as error:
        message = f"The sheet cannot be read: {error.strerror or error}."
        raise SheetError(message, fix="Check the path and your rights to it.", path=path, rule="unreadable") from error
    return (read_csv_rows if path.suffix.lower() == ".csv" else read_workbook_rows)(data, path)


def _with_lines(rows: Sequence[RawRow]) -> list[RawRow]:
    """The rows, with further ones given the sentence of the row whose number they name; if there is none, as they are."""
    by_number: dict[str, RawRow | None] = {}
    for row in rows:
        number = as_text(row.values.get("row")).strip()
        if not row.is_further and number:
            known = by_number.get(number, row)
            same = known is not None and all(known.values.get(n) == row.values.get(n) for n in IDENTITY)
            by_number[number] = known if same else None
    out: list[RawRow] = []
    for row in rows:
        base = by_number.get(as_text(row.values.get("row")).strip()) if row.is_further else None
        if base is not None:
            row = RawRow(row.place, {**row.values, **{n: base.values.get(n) for n in IDENTITY}}, is_further=True)
        out.append(row)
    return out


def _judge(
    rows: Sequence[tuple[RawRow, bool]], coder: str, codebook: Codebook, unread: tuple[str, ...]
) -> SheetReading:
    judge = _Judge(coder, codebook)
    events: dict[str, tuple[CodedEvent, Place]] = {}
    aside: list[SetAside] = []
    none: dict[tuple[str, int], RawRow] = {}
    seen: dict[tuple[str, int], bool] = {}
    for row, is_csv in rows:
        is_blank = not any(as_text(row.values.get(name)).strip() for name in ANSWERS)
        line = _line(row)
        if is_blank and line is not None and not row.is_further:
            seen.setdefault((line.article_id, line.sentence), False)
        if is_blank:
            continue
        if line is None:
            aside.append(SetAside(_cells(row), (_altered(row),)))
            continue
        where = (line.article_id, line.sentence)
        seen[where] = True
        found = judge.event(row, line, is_csv)
        if isinstance(found, list):
            aside.append(SetAside(_cells(row), tuple(found)))
        elif found is None:
            none[where] = row
        else:
            first = events.setdefault(found.event_id, (found, row.place))
            if first[1] is not row.place:
                aside.append(SetAside(_cells(row), (_twice(row, first[1]),)))
    coded = {(event.article_id, event.sentence) for event, _ in events.values()}
    for where in [where for where in none if where in coded]:
        row = none.pop(where)
        fix = "Empty this cell, or take the event away."
        problem = Problem("contradiction", "The sentence is coded in another row, and has 'no event' here.", fix)
        aside.append(SetAside(_cells(row), (row.place.fault(problem, "status", NO_EVENT),)))
    left = tuple(sorted(where for where, is_answered in seen.items() if not is_answered))
    return SheetReading(coder, tuple(e for e, _ in events.values()), tuple(aside), tuple(sorted(none)), left, unread)


class _Answers:
    """The coder's cells of one row, and what is wrong with them so far; a cell is faulted once."""

    def __init__(self, row: RawRow) -> None:
        self.row = row
        self.faults: list[Fault] = []
        self.given = [name for name in ANSWERS if as_text(row.values.get(name)).strip()]

    def refuse(self, name: str, problem: Problem) -> None:
        """Note a problem with a cell, unless it has one already."""
        if name not in {fault.column for fault in self.faults}:
            self.faults.append(self.row.place.fault(problem, name, as_text(self.row.values.get(name))))

    def take(self, name: str, read: Callable[[object], T | Problem]) -> T | None:
        """What a cell says; None if it is empty or already faulted, or if reading finds a problem, which is noted."""
        if name not in self.given or name in {fault.column for fault in self.faults}:
            return None
        found = read(self.row.values[name])
        if isinstance(found, Problem):
            self.refuse(name, found)
            return None
        return found

    def refuse_formulas(self) -> None:
        fix = "Type the words with an apostrophe in front, or copy them as text."
        for name in self.given:
            if isinstance(self.row.values[name], Formula):
                self.refuse(name, Problem("formula", "The cell holds a formula, not what you typed.", fix))

    def says_no_event(self) -> bool:
        """True if the row says that its sentence reports no event, and nothing against it."""
        if "status" not in self.given:
            return False
        status = as_text(self.row.values["status"]).strip()
        if status.casefold() != NO_EVENT:
            fix = f"Choose {NO_EVENT!r}, or empty the cell."
            self.refuse("status", Problem("bad-status", f"{status!r} is no status.", fix))
        elif not self.faults and set(self.given) <= {"status", "note"}:
            return True
        else:
            fix = "Empty the status, or the cells of the event."
            self.refuse("status", Problem("contradiction", "The row says 'no event' and codes one.", fix))
        return False

    def require(self, names: Sequence[str]) -> None:
        for name in names:
            if name not in self.given:
                fix = f"Add the {'words' if name.endswith('_text') else 'code'}, or empty the row."
                self.refuse(name, Problem("empty", f"{name} is empty, but the row codes an event.", fix))

    def in_order(self) -> list[Fault]:
        """The faults in the order of the columns."""
        return sorted(self.faults, key=lambda fault: ANSWERS.index(fault.column or ANSWERS[0]))


class _Judge:
    """Reads rows of one coder against one codebook."""

    def __init__(self, coder: str, codebook: Codebook) -> None:
        self.coder, self.codebook = coder, codebook
        self.codes, self.labels = ActorCodes(codebook), ActorLabels(codebook)

    def event(self, row: RawRow, line: Line, is_csv: bool) -> CodedEvent | list[Fault] | None:
        """The event of a row; None if it says that there is none; else every fault of its cells."""
        answers = _Answers(row)
        answers.refuse_formulas()
        if answers.says_no_event():
            return None
        if any(fault.rule == "contradiction" for fault in answers.faults):
            # Whether there is an event at all comes before what it lacks.
            return answers.in_order()
        answers.require(_REQUIRED)
        spans = [answers.take(f"{side}_text", lambda cell: _words(as_text(cell), line.text)) for side in _SIDES]
        actor, target = answers.take("actor", self._actor), answers.take("target", self._actor)
        action = answers.take("action", lambda cell: self._action(cell, is_csv))
        when = _when(answers, line.published)
        confidence = answers.take("confidence", confidence_of)
        if answers.faults or actor is None or action is None or target is None or when is None:
            return answers.in_order()
        (actor_start, actor_end), (action_start, action_end), (target_start, target_end) = (s or (0, 0) for s in spans)
        return CodedEvent(
            actor=actor,
            action=action,
            target=target,
            date=when[0],
            date_basis=when[1],
            article_id=line.article_id,
            sentence=line.sentence,
            actor_text=line.text[actor_start:actor_end],
            action_text=line.text[action_start:action_end],
            target_text=line.text[target_start:target_end],
            actor_start=line.start + actor_start,
            actor_end=line.start + actor_end,
            action_start=line.start + action_start,
            action_end=line.start + action_end,
            target_start=line.start + target_start,
            target_end=line.start + target_end,
            published=line.published,
            publisher=line.publisher,
            coder=self.coder,
            confidence=confidence,
            note=as_text(row.values.get("note")).strip() or None,
        )

    def _action(self, cell: object, is_csv: bool) -> str | Problem:
        if isinstance(cell, _NUMBERS):
            return numeric_code(cell, self.codebook)
        written = _code_text(cell)
        return written if isinstance(written, Problem) else action_of(written, self.codebook, may_lack_zero=is_csv)

    def _actor(self, cell: object) -> str | Problem:
        if isinstance(cell, _NUMBERS):
            fix = "Format the cell as text and type the code, such as KORGOV."
            return Problem("number", f"{as_text(cell)} is a number, not an actor's code.", fix)
        written = _code_text(cell)
        return written if isinstance(written, Problem) else actor_of(written, self.codes, self.labels)


def _code_text(cell: object) -> str | Problem:
    if isinstance(cell, _TIMES):
        fix = "Format the cell as text and type the code again."
        return Problem("number", f"The cell holds a day or a time ({cell}), not a code.", fix)
    return as_text(cell).strip().removeprefix("'")


def _when(answers: _Answers, published: date) -> tuple[date, str] | None:
    """The day and its basis; None if either has a problem, which is noted."""
    day = answers.take("date", _day)
    if {"date", "date_basis"} & {fault.column for fault in answers.faults}:
        return None
    found = basis_of(as_text(answers.row.values.get("date_basis")), day, published)
    if isinstance(found, Problem):
        answers.refuse("date" if found.rule == "future-date" else "date_basis", found)
        return None
    return found


def _words(typed: str, sentence: str) -> tuple[int, int] | Problem:
    """The place of the words, without the apostrophe in front that keeps a spreadsheet from running them."""
    found = locate(typed, sentence)
    if isinstance(found, Problem) and typed.startswith("'"):
        without = locate(typed[1:], sentence)
        return found if isinstance(without, Problem) and without.rule == "missing-words" else without
    return found


def _day(cell: object) -> date | Problem:
    if isinstance(cell, _TIMES):
        return day_in(cell)
    text = as_text(cell).strip()
    # Eight digits are a day (20240621), whether a spreadsheet took them for a number or not.
    if isinstance(cell, _NUMBERS) and len(text) != 8:
        fix = "Format the cell as a date, or write 2024-06-21 in a cell formatted as text."
        return Problem("bad-date", f"{text} is a number, not a day.", fix)
    return day_of(text)


def _line(row: RawRow) -> Line | None:
    cells = {name: as_text(row.values.get(name)) for name in IDENTITY}
    texts = (cells["text"], plain_line_ends(cells["text"]))
    found = (line_of(cells["article_id"], cells["sentence"], cells["publisher"], text, cells["key"]) for text in texts)
    return next((line for line in found if line is not None), None)


def _altered(row: RawRow) -> Fault:
    if row.is_further and not row.values.get("key"):
        number = as_text(row.values.get("row")).strip()
        what = f"{number!r} is the number of no row" if number else "The row does not say to which sentence it belongs"
        fix = "Type the number that stands in the first column beside the sentence."
        return row.place.fault(Problem("unknown-row", f"{what} of the tab 'coding'.", fix), "row", number)
    message = (
        "The row's own cells (article_id, sentence, text, publisher, key) are not as the sheet was made with them."
    )
    fix = "Copy the row from a fresh sheet; keep CSV files in UTF-8, and dates and texts as they are."
    return row.place.fault(Problem("altered-row", message, fix), "key", as_text(row.values.get("key")))


def _twice(row: RawRow, first: Place) -> Fault:
    where = f"row {first.row} of {first.path}" + (f", sheet {first.sheet!r}" if first.sheet else "")
    message = f"The same coding stands in {where}."
    return row.place.fault(
        Problem("duplicate", message, "Empty one of the rows."), "row", as_text(row.values.get("row"))
    )


def _cells(row: RawRow) -> dict[str, str]:
    return {name: as_text(row.values.get(name)) for name in NAMES}
