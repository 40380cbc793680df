"""A coding sheet as CSV: for those who have no spreadsheet program, or no wish for one."""

from __future__ import annotations

import csv
import io
import threading
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from whodid.annotation.sheets.cells import Place, RawRow
from whodid.annotation.sheets.columns import IDENTITY, NAMES, REASONS
from whodid.annotation.sheets.plan import SheetPlan
from whodid.articles.encoding import decode
from whodid.errors import Fault, SheetError
from whodid.formulas import quoted, unquoted

# The csv module's longest cell is a setting of the whole process, so it is changed by one thread at a time.
_CELL_LIMIT = threading.Lock()
_LONGEST_CELL = 1_000_000


def plan_rows(plan: SheetPlan) -> list[dict[str, str]]:
    """The sheet's rows by column, as text; answers are empty."""
    return [
        {
            "row": str(number),
            "article_id": line.article_id,
            "sentence": str(line.sentence),
            "published": line.published.isoformat(),
            "text": line.text,
            "machine": (plan.suggested or {}).get((line.article_id, line.sentence), ""),
            "publisher": line.publisher or "",
            "key": line.key,
        }
        for number, line in enumerate(plan.lines, start=1)
    ]


def rows_to_csv(rows: Iterable[Mapping[str, str]], names: Sequence[str] = NAMES) -> bytes:
    """The rows as UTF-8 with a byte-order mark, without which Excel reads another encoding, and plain line ends."""
    table = io.StringIO()
    writer = csv.writer(table, lineterminator="\n", quoting=csv.QUOTE_ALL)
    writer.writerow(names)
    for row in rows:
        writer.writerow([quoted(row.get(name, "")) for name in names])
    return table.getvalue().encode("utf-8-sig")


def read_csv_rows(data: bytes, path: Path) -> tuple[list[RawRow], list[str]]:
    """The rows of a sheet in CSV, and the names of columns that are not read.

    Cells are separated by commas, or by the semicolons or tabs that spreadsheets write.

    Raises SheetError with every fault if it is no such sheet: another encoding, missing columns, rows of other lengths.
    """
    text, faults = decode(data, str(path))
    if faults:
        raise SheetError.of(faults)
    head = text.partition("\n")[0]
    delimiter = "," if "," in head else next((mark for mark in (";", "\t") if mark in head), ",")
    rows = _rows(text, delimiter, path)
    header = [name.strip().lower() for name in rows[0][1]] if rows else []
    faults = [missing_column(name, str(path)) for name in IDENTITY if name not in header]
    faults += [
        Fault("duplicate-column", f"The column {name!r} stands twice.", "Keep one of them.", path, 1, None, name)
        for name in NAMES
        if header.count(name) > 1
    ]
    for line, cells in rows[1:]:
        if len(cells) != len(header):
            message = f"The row has {len(cells)} cells, the header {len(header)}."
            fix = f"Put cells that hold {delimiter!r} or a line end between double quotes."
            faults.append(Fault("csv-cells", message, fix, path, line))
    if faults:
        raise SheetError.of(faults)
    out: list[RawRow] = []
    for line, cells in rows[1:]:
        values: dict[str, object] = {
            name: unquoted(cell) or None for name, cell in zip(header, cells, strict=True) if name in NAMES
        }
        out.append(RawRow(Place(str(path), line), values))
    return out, unread_columns(header)


def missing_column(name: str, path: str) -> Fault:
    """The fault of a sheet that lacks a column which reading cannot do without."""
    fix = "Take the sheet as `whodid sheet make` wrote it; its first row names the columns."
    return Fault("missing-column", f"The column {name!r} is missing.", fix, path, column=name)


def unread_columns(header: Iterable[str]) -> list[str]:
    """The names in a header that no column of a sheet has."""
    return [name for name in header if name and name not in NAMES and name != REASONS]


def _rows(text: str, delimiter: str, path: Path) -> list[tuple[int, list[str]]]:
    rows: list[tuple[int, list[str]]] = []
    start = 1
    with _CELL_LIMIT:
        before = csv.field_size_limit(_LONGEST_CELL)
        try:
            reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
            for cells in reader:
                if any(cell.strip() for cell in cells):
                    rows.append((start, cells))
                start = reader.line_num + 1
        except csv.Error as error:
            message = f"This is not CSV: {error}."
            fault = Fault("not-csv", message, "Check the double quotes there.", path, start)
            raise SheetError.of([fault]) from error
        finally:
            csv.field_size_limit(before)
    return rows
