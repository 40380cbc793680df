"""Articles in tables, many in one file: JSON Lines, JSON, CSV and Parquet."""

from __future__ import annotations

import csv
import io
import json
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from typing import Any, BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

from whodid.articles.encoding import decode
from whodid.articles.entry import NAMES, Entry
from whodid.articles.model import Refused
from whodid.errors import Fault

_KNOWN = {name for names in NAMES.values() for name in names}
# The csv module's longest cell is a setting of the whole process, so it is changed by one thread at a time.
_CELL_LIMIT = threading.Lock()
_LONGEST_CELL = 100_000_000
_READ_AHEAD = 1 << 20


def read_jsonl(data: bytes, path: str, own_id: str) -> Iterator[Entry | Refused]:
    """One entry for each line that holds a JSON object; a line that does not is refused alone."""
    # Not splitlines(): a JSON string may hold the other characters that Python takes for line ends.
    return _of_text(data, path, lambda text, shown: jsonl_entries(text.split("\n"), shown))


def read_json(data: bytes, path: str, own_id: str) -> Iterator[Entry | Refused]:
    """The entries of a list of objects, or of {"articles": [...]}."""
    return _of_text(data, path, _json_entries)


def read_csv(data: bytes, path: str, own_id: str) -> Iterator[Entry | Refused]:
    """The entries of a table whose first row names its columns; every cell is text ("NA" and 007 stay as they are).

    Cells are separated by commas, or, where the header holds none, by the semicolons or tabs that spreadsheets write.
    """
    return _of_text(data, path, lambda text, shown: csv_entries(io.StringIO(text, newline=""), shown))


def parquet_entries(source: BinaryIO, path: str) -> Iterator[Entry | Refused]:
    """The entries of a Parquet file, in bounded memory; only the columns that articles have are read."""
    try:
        file = pq.ParquetFile(source, buffer_size=_READ_AHEAD)
        header = file.schema_arrow.names
        missing = _missing_columns(header, path)
        yield from missing
        if missing:
            return
        wanted = [name for name in header if name.strip().lower() in _KNOWN]
        row = 0
        for batch in file.iter_batches(batch_size=1000, columns=wanted):
            for values in batch.to_pylist():
                yield Entry("table", path, _lowered(values.items()), row=row)
                row += 1
    except (pa.ArrowException, OSError, ValueError, UnicodeDecodeError) as error:
        message = f"This is not a Parquet file that can be read: {_first_line(error)}."
        yield Refused(path, Fault("bad-parquet", message, "Write the file again.", path))
        return
    if row == 0:
        yield no_articles(path)


def _of_text(
    data: bytes, path: str, entries: Callable[[str, str], Iterator[Entry | Refused]]
) -> Iterator[Entry | Refused]:
    text, faults = decode(data, path)
    if faults:
        yield from (Refused(path, fault) for fault in faults)
        return
    has_any = False
    for entry in entries(text, path):
        has_any = True
        yield entry
    if not has_any:
        yield no_articles(path)


def jsonl_entries(lines: Iterable[str], path: str) -> Iterator[Entry | Refused]:
    """The entries of the lines of a JSON Lines file, with or without their line ends."""
    for line, content in enumerate(lines, start=1):
        if not content.strip():
            continue
        try:
            value = _parse(content.removesuffix("\n"))
        except ValueError as error:
            fix = "Correct the line: each holds one whole JSON object."
            yield _refused("bad-json", f"This line is not JSON: {_json_problem(error, False)}.", fix, path, line=line)
            continue
        if isinstance(value, dict):
            yield Entry("table", path, _lowered(value.items()), line=line)
        else:
            yield _not_an_object(value, path, line=line)


def _json_entries(text: str, path: str) -> Iterator[Entry | Refused]:
    if not text.strip():
        return
    try:
        value = _parse(text)
    except ValueError as error:
        line = error.lineno if isinstance(error, json.JSONDecodeError) else None
        message = f"This is not JSON: {_json_problem(error, True)}."
        yield Refused(path, Fault("bad-json", message, "Correct the file.", path, line))
        return
    listed = value.get("articles") if isinstance(value, dict) else value
    if not isinstance(listed, list):
        fix = 'Write [{...}, {...}] or {"articles": [{...}, {...}]}.'
        yield Refused(path, Fault("bad-json", "The file holds no list of articles.", fix, path))
        return
    for row, item in enumerate(listed):
        if isinstance(item, dict):
            yield Entry("table", path, _lowered(item.items()), row=row)
        else:
            yield _not_an_object(item, path, row=row)


def csv_entries(lines: Iterable[str], path: str) -> Iterator[Entry | Refused]:
    """The entries of the lines of a CSV file, each with its line end as a single line feed."""
    waiting = iter(lines)
    head = next(waiting, "")
    delimiter = "," if "," in head else next((mark for mark in (";", "\t") if mark in head), ",")
    header: list[str] | None = None
    for line, found in _csv_rows(chain([head], waiting), delimiter):
        if isinstance(found, str):
            message = f"This is not CSV: {found}. The rows from this line on were not read."
            yield _refused("csv-syntax", message, "Check the double quotes there.", path, line=line)
        elif header is None:
            header = [name.strip() for name in found]
            twice = sorted({name for name in header if name and _lower(header).count(name.lower()) > 1})
            missing = _missing_columns(header, path)
            missing += [
                _refused("csv-header", f"The column {name!r} stands twice.", "Keep one of them.", path, line=1)
                for name in twice
                if name.lower() in _KNOWN
            ]
            yield from missing
            if missing:
                return
        elif len(found) == len(header):
            yield Entry("table", path, _lowered(zip(header, found, strict=True)), line=line)
        else:
            message = f"The row has {len(found)} cells, the header {len(header)}."
            fix = f"Put cells that hold {delimiter!r} or a line end between double quotes."
            yield _refused("csv-cells", message, fix, path, line=line)


def _csv_rows(lines: Iterable[str], delimiter: str) -> Iterator[tuple[int, list[str] | str]]:
    """The rows that are not blank with the line on which each begins; last, why reading stopped, if it did."""
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    start = 1
    while True:
        with _CELL_LIMIT:
            before = csv.field_size_limit(_LONGEST_CELL)
            try:
                cells = next(reader, None)
            except csv.Error as error:
                yield start, str(error)
                return
            finally:
                csv.field_size_limit(before)
        if cells is None:
            return
        if any(cell.strip() for cell in cells):
            yield start, cells
        start = reader.line_num + 1


def _missing_columns(header: Sequence[str], path: str) -> list[Refused]:
    present = set(_lower(header))
    return [
        Refused(path, Fault("missing-column", f"No column holds {what}.", fix, path, column=NAMES[name][0]))
        for name, what, fix in (
            ("article_id", "the articles' ids", "Add a column article_id (or id)."),
            ("text", "the articles' texts", "Add a column text (or body, or content)."),
        )
        if not present & set(NAMES[name])
    ]


def _lowered(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    """The values of an article by lower-case name; of two spellings of a name the first counts."""
    values: dict[str, Any] = {}
    for name, value in pairs:
        if name.strip().lower() in _KNOWN:
            values.setdefault(name.strip().lower(), value)
    return values


def _lower(names: Sequence[str]) -> list[str]:
    return [name.strip().lower() for name in names]


def _parse(text: str) -> Any:
    try:
        return json.loads(text, object_pairs_hook=without_twins)
    except RecursionError as error:
        raise ValueError("it is nested too deeply") from error


def without_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """The pairs of a JSON object as a dictionary. Raises ValueError if a key stands twice."""
    out = dict(pairs)
    if len(out) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"the key {twice!r} stands twice in one object, and the second would hide the first")
    return out


def _json_problem(error: ValueError, with_line: bool) -> str:
    if not isinstance(error, json.JSONDecodeError):
        return _first_line(error)
    place = f"line {error.lineno}, character {error.colno}" if with_line else f"character {error.colno}"
    return f"{error.msg} at {place}"


def _not_an_object(value: Any, path: str, *, line: int | None = None, row: int | None = None) -> Refused:
    kind = {list: "a list", str: "text", type(None): "null", bool: "true or false"}.get(type(value), "a number")
    fix = 'Write {"article_id": "...", "text": "...", "published": "2024-06-21"}.'
    return _refused(
        "bad-json", f"This is {kind}; expected an object with the article's fields.", fix, path, line=line, row=row
    )


def _refused(
    rule: str, message: str, fix: str, path: str, *, line: int | None = None, row: int | None = None
) -> Refused:
    fault = Fault(rule, message, fix, path, line, row)
    return Refused(fault.where, fault)


def no_articles(path: str) -> Refused:
    """A file without articles, as refused."""
    return Refused(path, Fault("empty", "The file holds no articles.", "Fill it, or take it out.", path))


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0].rstrip(".")
