"""A coding sheet out of a workbook: the rows of its two tabs, with the place of every cell."""

from __future__ import annotations

import io
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from openpyxl import load_workbook  # type: ignore[import-untyped]
from openpyxl.utils import get_column_letter  # type: ignore[import-untyped]
from openpyxl.utils.exceptions import InvalidFileException  # type: ignore[import-untyped]

from whodid.annotation.sheets.cells import Formula, Place, RawRow
from whodid.annotation.sheets.columns import ANSWERS, IDENTITY, NAMES
from whodid.annotation.sheets.csv_sheet import missing_column, unread_columns
from whodid.annotation.sheets.xml_text import unescaped
from whodid.errors import CellFault, Fault, SheetError

CODING, FURTHER = "coding", "more events"
_MOST_BYTES = 400_000_000
_MOST_COLUMNS = 60
_MOST_EMPTY = 20_000

# What a damaged or hostile workbook makes its readers raise: zip, deflate, XML (entities are refused), and cells.
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    InvalidFileException,
    SyntaxError,
    ValueError,
    KeyError,
    IndexError,
    TypeError,
    AttributeError,
    OverflowError,
    EOFError,
    NotImplementedError,
    RuntimeError,
    OSError,
)


def read_workbook_rows(data: bytes, path: Path) -> tuple[list[RawRow], list[str]]:
    """The rows of the tabs coding and more events, and the names of columns that are not read.

    Raises SheetError if it is no workbook, unpacks to more than it may, or lacks the tab or columns of a coding sheet.
    """
    _check_size(data, path)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
            try:
                names = {name.strip().casefold(): name for name in book.sheetnames}
                if CODING not in names:
                    listed = ", ".join(map(repr, book.sheetnames))
                    fix = "Give the workbook that `whodid sheet make` wrote; keep the names of its tabs."
                    message = f"The workbook has no tab {CODING!r}, but {listed}."
                    raise SheetError(message, fix=fix, path=path, rule="no-tab")
                rows, unread = _tab(book[names[CODING]], path, CODING)
                if FURTHER in names:
                    further, others = _tab(book[names[FURTHER]], path, FURTHER)
                    rows, unread = rows + further, unread + others
            finally:
                book.close()
    except _DAMAGE as error:
        # The library wraps what went wrong into a sentence about itself.
        cause: BaseException = error
        while cause.__context__ is not None:
            cause = cause.__context__
        reason = (str(cause).splitlines() or [type(cause).__name__])[0].rstrip(".")[:200]
        fix = "Open it in a spreadsheet program and save it again as .xlsx."
        raise SheetError(f"The workbook cannot be read: {reason}.", fix=fix, path=path, rule="not-xlsx") from error
    return rows, unread


def _check_size(data: bytes, path: Path) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            size = sum(item.file_size for item in archive.infolist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        fix = "Save it as .xlsx (not .xls, and without a password)."
        raise SheetError("This is no XLSX workbook.", fix=fix, path=path, rule="not-xlsx") from error
    if size > _MOST_BYTES:
        message = f"The workbook unpacks to {size:,} bytes; a coding sheet has at most {_MOST_BYTES:,}."
        raise SheetError(message, fix="Make sheets of fewer articles.", path=path, rule="too-large")


def _tab(sheet: Any, path: Path, tab: str) -> tuple[list[RawRow], list[str]]:
    rows = _rows(sheet)
    _, first = next(rows, (1, ()))
    header = [str(cell.value).strip().lower() if cell.value is not None else "" for cell in first]
    while header and not header[-1]:
        header.pop()
    required = IDENTITY if tab == CODING else ("row",)
    faults: list[Fault] = [missing_column(name, f"{path}, sheet {tab!r}") for name in required if name not in header]
    faults += [
        CellFault(
            "duplicate-column",
            f"The column {name!r} stands twice.",
            "Keep one of them.",
            str(path),
            1,
            sheet=tab,
            cell=f"{get_column_letter(len(header) - header[::-1].index(name))}1",
        )
        for name in NAMES
        if header.count(name) > 1
    ]
    if faults:
        raise SheetError.of(faults)
    letters = {name: get_column_letter(at + 1) for at, name in enumerate(header) if name}
    read = NAMES if tab == CODING else ("row", *ANSWERS)
    out: list[RawRow] = []
    for number, cells in rows:
        values = {name: _value(cell) for name, cell in zip(header, cells, strict=False) if name in read}
        if any(value is not None for value in values.values()):
            out.append(RawRow(Place(str(path), number, tab, letters), values, is_further=tab == FURTHER))
    return out, unread_columns(header)


def _rows(sheet: Any) -> Iterator[tuple[int, tuple[Any, ...]]]:
    """The rows with their numbers, until so many in a row are empty that only a format fills them."""
    empty = 0
    # A workbook may state any size: what counts are the cells that are there, up to a sensible column.
    sheet.reset_dimensions()
    for number, cells in enumerate(sheet.iter_rows(max_col=_MOST_COLUMNS), start=1):
        is_empty = all(cell.value is None for cell in cells)
        empty = empty + 1 if is_empty else 0
        if empty > _MOST_EMPTY:
            return
        if number == 1 or not is_empty:
            yield number, cells


def _value(cell: Any) -> object:
    value = cell.value
    if value is None or value == "":
        return None
    if cell.data_type == "f":
        return Formula(str(getattr(value, "text", None) or value))
    if cell.data_type == "e":
        return Formula(str(value))
    return unescaped(value) if isinstance(value, str) else value
