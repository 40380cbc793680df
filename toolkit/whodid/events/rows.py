"""Events as CSV and JSON Lines: text into rows that know their line, and rows into text."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pyarrow as pa

from whodid.errors import EventTableError, Fault
from whodid.events.schema import BY_NAME, COLUMNS, Column, known_columns
from whodid.formulas import quoted, unquoted

_MUST_QUOTE = frozenset(',"\r\n')


def parse_csv(text: str, file: Path) -> tuple[pa.Table, list[int], list[Fault]]:
    """A table of strings (an empty cell is null), the line on which each row starts, and no fault.

    Raises EventTableError with a fault for each row that has more or fewer cells than the header.
    """
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    header: list[str] | None = None
    rows: list[list[str]] = []
    lines: list[int] = []
    faults: list[Fault] = []
    line = 1
    try:
        for cells in reader:
            start, line = line, reader.line_num + 1
            if header is None:
                header = cells
            elif not cells:
                continue
            elif _is_conflict(cells[0]):
                faults.append(_conflict(file, start))
            elif len(cells) != len(header):
                message = f"The row has {len(cells)} cells, the header {len(header)}."
                fix = "Put cells that hold a comma or a line break between double quotes."
                faults.append(Fault("not-csv", message, fix, file, start))
            else:
                rows.append(cells)
                lines.append(start)
    except csv.Error as error:
        faults.append(Fault("not-csv", f"This is not CSV: {error}.", "Check the quotes there.", file, reader.line_num))
    if header is None and not faults:
        faults.append(Fault("not-csv", "The file is empty.", "Give it a header with the columns' names.", file, 1))
    if header is not None and not faults and not set(header) & set(BY_NAME):
        fix = "Let it be actor,action,target,..., with commas between the names."
        shown = ",".join(header)[:40]
        faults.append(Fault("no-header", f"The first line names no column: {shown!r}.", fix, file, 1))
    else:
        faults += _twice(header or [], file)
    if faults or header is None:
        raise EventTableError.of(faults)
    columns = [[unquoted(row[index]) or None for row in rows] for index in range(len(header))]
    arrays = [pa.array(values, type=pa.string()) for values in columns]
    return pa.Table.from_arrays(arrays, names=header), lines, []


def parse_jsonl(text: str, file: Path) -> tuple[pa.Table, list[int], list[Fault]]:
    """A table with the types that JSON gives, the line of each row, and a fault for each value of another type.

    Such a value is null in the table. Raises EventTableError with a fault for each line that is no JSON object.
    """
    rows: list[dict[str, object]] = []
    lines: list[int] = []
    faults: list[Fault] = []
    # Not splitlines: that also splits at U+2028 and its like, which may stand inside a JSON string.
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        if _is_conflict(line.rstrip("\r")):
            faults.append(_conflict(file, number))
            continue
        try:
            row = json.loads(line, object_pairs_hook=_once, parse_constant=_no_constant)
        except _Twice as error:
            faults.append(_twice_fault(error.name, file, number))
            continue
        except (ValueError, RecursionError) as error:
            reason = error.msg if isinstance(error, json.JSONDecodeError) else str(error)
            reason = "it is nested too deeply" if isinstance(error, RecursionError) else reason
            is_nothing = isinstance(error, _NotAValue)
            fix = "Write null where there is no value." if is_nothing else "Each line holds one whole JSON object."
            faults.append(Fault("not-json", f"This is not JSON: {reason}.", fix, file, number))
            continue
        if isinstance(row, dict):
            rows.append(row)
            lines.append(number)
        else:
            faults.append(Fault("not-json", "The line is no JSON object.", "Write {...}.", file, number))
    if faults:
        raise EventTableError.of(faults)
    names = list(dict.fromkeys(name for row in rows for name in row)) or [c.name for c in COLUMNS]
    arrays: list[pa.Array] = []
    known = known_columns(names)
    for name in names:
        array, problems = _array([row.get(name) for row in rows], known.get(name))
        arrays.append(array)
        faults += problems
    return pa.Table.from_arrays(arrays, names=names), lines, faults


def csv_text(names: list[str], rows: list[dict[str, object]]) -> str:
    """The rows as CSV with a header and plain line ends; null is an empty cell.

    Text that a spreadsheet would run as a formula has an apostrophe in front, which parse_csv takes off again.
    """
    # Python's csv module leaves a lone carriage return unquoted before 3.13, and a reader then sees two rows.
    lines: list[list[object]] = [list(names), *([row[name] for name in names] for row in rows)]
    return "".join(",".join(_cell(value) for value in line) + "\n" for line in lines)


def jsonl_text(rows: list[dict[str, object]]) -> str:
    """The rows as JSON Lines."""
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def _cell(value: object) -> str:
    text = "" if value is None else quoted(value) if isinstance(value, str) else str(value)
    return f'"{text.replace(chr(34), chr(34) * 2)}"' if _MUST_QUOTE.intersection(text) else text


def _twice(names: list[str], file: Path) -> list[Fault]:
    return [_twice_fault(name, file, 1) for name in dict.fromkeys(names) if names.count(name) > 1]


def _twice_fault(name: str, file: Path, line: int) -> Fault:
    return Fault("duplicate-column", f"The column {name!r} stands twice.", "Keep one of them.", file, line, None, name)


class _Twice(ValueError):
    """A key that a JSON object has twice; Python would silently keep the last."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    row = dict(pairs)
    if len(row) < len(pairs):
        names = [name for name, _ in pairs]
        raise _Twice(next(name for name in names if names.count(name) > 1))
    return row


class _NotAValue(ValueError):
    """NaN or Infinity, which Python writes and reads as JSON, and others do not."""


def _no_constant(name: str) -> object:
    raise _NotAValue(f"{name} is no value there")


def _is_conflict(start: str) -> bool:
    """Whether a line that starts so is one that git writes around what it could not merge."""
    return start.startswith(("<<<<<<< ", "||||||| ", ">>>>>>> ")) or start == "======="


def _conflict(file: Path, line: int) -> Fault:
    fix = "Settle the conflict: make the file anew from its articles, or keep the rows of both sides once."
    return Fault(
        "not-csv" if file.suffix == ".csv" else "not-json",
        "The line is the mark of a conflict in git.",
        fix,
        file,
        line,
    )


def _array(values: list[object], column: Column | None) -> tuple[pa.Array, list[Fault]]:
    # true counts as 1 in Arrow as in Python; in a table it is a slip.
    has_truth = any(isinstance(value, bool) for value in values)
    try:
        array = pa.array(values)
        if not has_truth:
            return array, []
    except (ValueError, TypeError, OverflowError):
        pass  # Values of several types: find out which of them do not fit.
    if column is None:
        return pa.nulls(len(values)), []
    is_number = pa.types.is_integer(column.arrow) or pa.types.is_floating(column.arrow)
    wanted = pa.float64() if is_number else pa.string()
    kept: list[object] = []
    faults: list[Fault] = []
    for row, value in enumerate(values):
        try:
            if isinstance(value, bool):
                raise TypeError
            pa.array([value], type=wanted)
        except (ValueError, TypeError, OverflowError):
            shown = json.dumps(value)
            message = f"{shown} is no {'number' if is_number else 'text'}."
            fix = "Write it without quotes." if is_number else "Write it between double quotes."
            faults.append(Fault("wrong-type", message, fix, None, None, row, column.name, shown))
            kept.append(None)
        else:
            kept.append(value)
    return pa.array(kept, type=wanted), faults
