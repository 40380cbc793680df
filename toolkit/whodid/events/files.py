"""Events in and out of files: Parquet with metadata, CSV and JSON Lines, chosen by the ending."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from whodid.atomic import replacing
from whodid.cluster import storage
from whodid.errors import EventTableError, Fault, UsageError
from whodid.events.foreign import HEAD, foreign_kind
from whodid.events.rows import csv_text, jsonl_text, parse_csv, parse_jsonl
from whodid.events.schema import SCHEMA_VERSION, Column, is_imported, known_columns, required_columns
from whodid.events.shape import shape_faults, unknown_column_fault, validate_shape
from whodid.events.table import empty_table, from_arrow, plain_type, sort_events, to_arrow

ENDINGS = (".parquet", ".csv", ".jsonl")
# Of two forms of the same rows the first of these is read: it keeps every type.
_FORMS = (".parquet", ".jsonl", ".csv")
# Rows of a Parquet file that are written, and can be read, at once.
ROW_GROUP = 65_536
_PREFIX = "whodid."
IMPORTED_FORM = "imported events"
# What commands write beside an event file: articles that were set aside, judged sentences, links of settled rows.
_BESIDE = (".refused", ".judged", ".links")
# Faults of type quote the first value of the column.
_SAMPLE_ROWS = 100
# A few bytes can claim a billion rows, and reading them would take all memory there is.
_MANY_ROWS = 1_000_000


@dataclass(slots=True)
class EventFile:
    """What a file of events holds: the rows as far as they can be read, its metadata, and what is wrong with it.

    frame is None if the file cannot be opened at all; its rows are numbered from 0. A column that cannot be read as
    its type, or that the schema does not know, is not in the frame; a single such value is null there. lines gives the
    line of each row, and is empty for Parquet.
    """

    path: Path
    frame: pd.DataFrame | None
    metadata: dict[str, str] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    lines: Sequence[int] = ()

    def place(self, fault: Fault) -> Fault:
        """The fault with this file's path, and the line of its row where the file has lines."""
        line = self.lines[fault.row] if fault.row is not None and fault.row < len(self.lines) else fault.line
        return replace(fault, path=self.path, line=line)


def read_events(path: Path | str, *, imported: bool = False) -> pd.DataFrame:
    """The event table in a Parquet, CSV or JSON Lines file, or in all such files of a folder.

    path may be an address, such as s3://bucket/events.parquet.
    imported: also accept imported events (`whodid convert`), which have no words and no offsets. Files of both forms
    make no table together. Raises EventTableError with every fault of shape: missing columns, wrong types, nulls,
    duplicate ids; UsageError for imported events that were not asked for.
    """
    with storage.here([path]) as places:
        return _read_events(places.paths[0], imported)


def _read_events(path: Path, imported: bool) -> pd.DataFrame:
    opened = [open_events(file) for file in event_paths(path)]
    faults = [fault for file in opened for fault in file.faults]
    faults += duplicates_across(opened)
    if faults:
        raise EventTableError.of(faults)
    _check_form(opened, imported)
    frames = [file.frame for file in opened if file.frame is not None]
    if len(frames) == 1:
        return frames[0]
    joined = pd.concat(frames, ignore_index=True) if frames else empty_table()
    return validate_shape(sort_events(joined))


def _check_form(files: Sequence[EventFile], imported: bool) -> None:
    """Raises UsageError for a file of imported events where they are not wanted, or beside files of coded ones."""
    forms = {file.path: is_imported(file.frame.columns) for file in files if file.frame is not None}
    message = "The file holds imported events, which have no words and no offsets."
    fix = "Give coded events here; `whodid validate`, `summarize`, `oneaday` and `aggregate` take both."
    if imported and len(set(forms.values())) > 1:
        message = "The file holds imported events, and others in the folder hold coded ones."
        fix = "Give one kind of file at a time."
    elif imported:
        return
    for path, is_one in forms.items():
        if is_one:
            raise UsageError(message, fix=fix, path=path, rule="imported-events")


def duplicates_across(files: Sequence[EventFile]) -> list[Fault]:
    """A fault for each row whose event_id already stands in a file before it."""
    first: dict[str, tuple[Path, int]] = {}
    faults: list[Fault] = []
    for file in files:
        if file.frame is None or "event_id" not in file.frame.columns:
            continue
        for row, identity in enumerate(file.frame["event_id"]):
            if not isinstance(identity, str):
                continue
            where = first.setdefault(identity, (file.path, row))
            if where[0] != file.path:
                faults.append(file.place(duplicate_across_fault(identity, row, where, file.path)))
    return faults


def duplicate_across_fault(identity: str, row: int, earlier: tuple[Path, int], path: Path) -> Fault:
    """The finding of a row whose id stands in an earlier file, at a row of it."""
    message = f"The event_id {identity!r} also stands in {earlier[0]}, row {earlier[1]}."
    fix = "Keep one of the rows; if one file is a copy of the other, give only one of them."
    return Fault("duplicate-id", message, fix, path, None, row, "event_id", identity)


def event_paths(path: Path | str) -> list[Path]:
    """The event files that a path means: itself, or those of a folder, by name, each in one form (see event_forms)."""
    return [forms[0] for forms in event_forms(path)]


def event_forms(path: Path | str) -> list[list[Path]]:
    """The event files that a path means, with those beside them that hold the same rows in another form.

    Of files in one folder that have the same name but for their ending, the Parquet file comes first and is the one to
    read, else JSON Lines. Ordered by the name of the one to read.
    Hidden files and the tables that commands write beside their output (x.refused.csv, x.judged.csv, x.links.csv) are
    no event files.
    Raises UsageError if there is no such path, or nothing in the folder.
    """
    start = Path(path)
    try:
        if start.is_dir():
            found = sorted(p for p in start.rglob("*") if _is_event_file(p))
            if not found:
                fix = "Give a folder with .parquet, .csv or .jsonl files, or one such file."
                raise UsageError("The folder holds no event files.", fix=fix, path=start, rule="empty-folder")
            forms: dict[tuple[Path, str], list[Path]] = {}
            for file in sorted(found, key=lambda p: _FORMS.index(p.suffix)):
                forms.setdefault((file.parent, file.stem), []).append(file)
            return sorted(forms.values(), key=lambda same: same[0])
        start.lstat()
    except FileNotFoundError as error:
        message = "There is no such file or folder."
        raise UsageError(message, fix="Check the path.", path=start, rule="no-file") from error
    except OSError as error:
        message = f"The path cannot be read: {error.strerror}."
        raise UsageError(message, fix="Check the path and your rights to it.", path=start, rule="unreadable") from error
    return [[start]]


def _is_event_file(path: Path) -> bool:
    is_beside = Path(path.stem).suffix in _BESIDE
    is_named_so = path.suffix in ENDINGS and not path.name.startswith(".") and not is_beside
    return is_named_so and path.is_file()


def open_events(path: Path | str) -> EventFile:
    """A file of events with everything that is wrong with its shape; never raises for what the file holds."""
    file = Path(path)
    if file.suffix not in ENDINGS:
        fix = "Event files end in .parquet, .csv or .jsonl."
        return EventFile(file, None, {}, [Fault("ending", f"The ending {file.suffix!r} is unknown.", fix, file)])
    lines: list[int] = []
    faults: list[Fault] = []
    metadata: dict[str, str] = {}
    try:
        if file.suffix == ".parquet":
            table, metadata = _read_parquet(file)
        else:
            table, lines, faults = (parse_csv if file.suffix == ".csv" else parse_jsonl)(_text(file), file)
    except EventTableError as error:
        return EventFile(file, None, {}, list(error.faults))
    frame, problems = _typed(table, is_text_file=file.suffix != ".parquet")
    faults += problems
    whole = {fault.column for fault in faults if fault.row is None}
    cells = {(fault.row, fault.column) for fault in faults}
    # A column or a value that could not be read is not there any more: pandera would call it missing, or null.
    faults += [f for f in shape_faults(frame) if f.column not in whole and (f.row, f.column) not in cells]
    opened = EventFile(file, frame, metadata, [], lines)
    opened.faults = [opened.place(fault) for fault in faults]
    return opened


def raw_rows(file: EventFile) -> tuple[list[str], list[tuple[object, ...]]]:
    """The columns and the rows of a file as they stand there, before anything was read as a type.

    Text of CSV cells, values of JSON and Parquet; None for what is missing. Row numbers are those of file.frame.
    """
    if file.path.suffix == ".jsonl":
        texts = _text(file.path).split("\n")
        rows = [json.loads(texts[line - 1]) for line in file.lines]
        names = list(dict.fromkeys(name for row in rows for name in row))
        return names, [tuple(row.get(name) for name in names) for row in rows]
    if file.path.suffix == ".csv":
        table = parse_csv(_text(file.path), file.path)[0]
    else:
        table = _read_parquet(file.path)[0]
    columns = [table.column(name).to_pylist() for name in table.column_names]
    return table.column_names, list(zip(*columns, strict=True))


def write_events(
    frame: pd.DataFrame,
    path: Path | str,
    *,
    codebook: str = "",
    codebook_hash: str = "",
    coder: str = "",
    policy: str = "",
) -> None:
    """Write an event table as Parquet, CSV or JSON Lines, by the ending; whole or not at all.

    The same table gives the same bytes: rows in canonical order, no clock, no library's own metadata. Parquet carries
    the schema version and, where given, codebook ("id@version"), its hash, the coder, and the policy of an adjudication.
    Raises EventTableError if the table does not follow the schema (nothing is written then), OutputError if the file
    cannot be written, UsageError for another ending.
    """
    target = Path(path)
    check_ending(target)
    table = to_arrow(sort_events(validate_shape(frame)))
    if target.suffix == ".parquet":
        form = IMPORTED_FORM if is_imported(table.column_names) else ""
        metadata = parquet_metadata(
            codebook=codebook, codebook_hash=codebook_hash, coder=coder, policy=policy, form=form
        )
        named = table.replace_schema_metadata(metadata)
        with replacing(target) as temporary:
            pq.write_table(named, temporary, compression="zstd", version="2.6", row_group_size=ROW_GROUP)
        return
    text = encode_rows(table, target.suffix)
    with replacing(target) as temporary:
        temporary.write_bytes(text.encode("utf-8"))


def parquet_metadata(
    *, codebook: str, codebook_hash: str, coder: str, policy: str = "", form: str = ""
) -> dict[str, str]:
    """What an event file says of itself: schema version, codebook, coder, policy and form as far as they are given."""
    given = {
        "schema_version": SCHEMA_VERSION,
        "form": form,
        "codebook": codebook,
        "codebook_hash": codebook_hash,
        "coder": coder,
        "policy": policy,
    }
    return {f"{_PREFIX}{key}": value for key, value in given.items() if value}


def encode_rows(table: pa.Table, ending: str, *, is_first: bool = True) -> str:
    """The rows of an Arrow table as JSON Lines or CSV, with the header if these are the first rows of the file."""
    rows = [_plain_row(row) for row in table.to_pylist()]
    if ending == ".jsonl":
        return jsonl_text(rows)
    text = csv_text(table.column_names, rows)
    return text if is_first else text.partition("\n")[2]


def check_ending(path: Path | str) -> None:
    """Raises UsageError if events cannot be written under that name; ask before long work, not after it."""
    target = Path(path)
    if target.suffix not in ENDINGS:
        fix = "Let it end in .parquet, .csv or .jsonl."
        raise UsageError(f"The ending {target.suffix!r} is unknown.", fix=fix, path=target, rule="ending")


def _plain_row(row: dict[str, object]) -> dict[str, object]:
    """A row of an Arrow table as CSV and JSON Lines write it: days as text, fractions to four decimals."""
    out: dict[str, object] = {}
    for name, value in row.items():
        if hasattr(value, "isoformat"):
            out[name] = value.isoformat()
        elif isinstance(value, float):
            out[name] = round(value, 4)
        else:
            out[name] = value
    return out


def parquet_schema(file: Path) -> pa.Schema:
    """The schema of a Parquet file, with its metadata; its rows are not looked at.

    Raises EventTableError if it cannot be opened, is no Parquet file, or has two columns of one name.
    """
    try:
        with file.open("rb") as handle:
            head = handle.read(HEAD)
        size = file.stat().st_size
    except OSError as error:
        raise _unreadable(file, error) from error
    if not head.startswith(b"PAR1"):
        fix = "Check the path, or write it with `whodid code ... -o x.parquet`."
        message = "This is not a Parquet file." if size else "The file is empty, and not a Parquet file."
        if (kind := foreign_kind(head)) is not None:
            message, fix = f"This is {kind.what}, and not a Parquet file.", kind.fix
        raise EventTableError(message, fix=fix, path=file, rule="not-parquet")
    try:
        about = pq.read_metadata(file)
        schema, claimed = about.schema.to_arrow_schema(), _claimed(about)
    except (pa.ArrowException, OSError, ValueError) as error:
        raise damaged(file) from error
    if claimed > _MANY_ROWS and size < claimed:
        message = f"The file claims {claimed:,} rows and has {size:,} bytes: they are not in it."
        fix = "Get it from its source again. Ids alone, which are all different, take eight bytes a row."
        raise EventTableError(message, fix=fix, path=file, rule="not-parquet")
    names = schema.names
    twice = [
        Fault("duplicate-column", f"The column {name!r} stands twice.", "Keep one of them.", file, column=name)
        for name in dict.fromkeys(names)
        if names.count(name) > 1
    ]
    if twice:
        raise EventTableError.of(twice)
    return schema


def _claimed(about: pq.FileMetaData) -> int:
    """The largest number of rows that any part of a Parquet file says it has."""
    groups = [about.row_group(number) for number in range(about.num_row_groups)]
    values = [sum(g.column(c).num_values for g in groups) for c in range(about.num_columns)]
    return int(max(about.num_rows, sum(group.num_rows for group in groups), *values, 0))


def damaged(file: Path) -> EventTableError:
    """What is said of a Parquet file whose pages cannot be read."""
    message = f"The Parquet file is damaged or cut off ({file.stat().st_size:,} bytes)."
    fix = "Copy or build it again; compare its checksum with the source's."
    return EventTableError(message, fix=fix, path=file, rule="not-parquet")


def schema_faults(file: Path, schema: pa.Schema) -> tuple[list[Fault], list[str]]:
    """What the names and types of a Parquet file's columns say is wrong, and the columns that can be read.

    Types that hold the schema's values in another way (int64 for int32) pass here; whether every value fits is to be seen.
    Raises EventTableError if the file's first rows cannot be read.
    """
    frame, faults = _typed(schema.empty_table(), is_text_file=False)
    mistyped = [fault.column for fault in faults if fault.rule == "wrong-type"]
    if mistyped:
        # The fault quotes the column's first value; only then are rows read.
        try:
            with pq.ParquetFile(file) as parquet:
                first = next(parquet.iter_batches(batch_size=_SAMPLE_ROWS, columns=mistyped), None)
        except (pa.ArrowException, OSError, ValueError) as error:
            raise damaged(file) from error
        table = schema.empty_table() if first is None else pa.Table.from_batches([first])
        quoting = {f.column: f for f in _typed(table, is_text_file=False)[1] if f.rule == "wrong-type"}
        faults = [quoting.get(f.column, f) if f.rule == "wrong-type" else f for f in faults]
    return faults, [str(name) for name in frame.columns]


def _read_parquet(file: Path) -> tuple[pa.Table, dict[str, str]]:
    parquet_schema(file)
    try:
        # A file cut inside its pages may open well and fail only when it is read, or when its values are looked at.
        with pq.ParquetFile(file) as parquet:
            table = parquet.read()
        table.validate(full=True)
    except (pa.ArrowException, OSError, ValueError) as error:
        raise damaged(file) from error
    return table.replace_schema_metadata(None), metadata_of(table.schema)


def metadata_of(schema: pa.Schema) -> dict[str, str]:
    """What a Parquet file says of itself (see parquet_metadata), by names without their prefix."""
    return {
        key.decode(errors="replace")[len(_PREFIX) :]: value.decode(errors="replace")
        for key, value in (schema.metadata or {}).items()
        if key.startswith(_PREFIX.encode())
    }


def _text(file: Path) -> str:
    try:
        data = file.read_bytes()
        if (kind := foreign_kind(data[:HEAD])) is not None:
            name, rule = ("CSV", "not-csv") if file.suffix == ".csv" else ("JSON Lines", "not-json")
            message = f"This is {kind.what}, and not {name} in UTF-8."
            raise EventTableError(message, fix=kind.fix, path=file, line=1, rule="not-utf8" if kind.is_text else rule)
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        message = f"The file is not UTF-8: byte 0x{error.object[error.start]:02x} at offset {error.start}."
        raise EventTableError(message, fix="Save it as UTF-8.", path=file, line=line, rule="not-utf8") from error
    except OSError as error:
        raise _unreadable(file, error) from error


def _unreadable(file: Path, error: OSError) -> EventTableError:
    message = f"The file cannot be read: {error.strerror or error}."
    return EventTableError(message, fix="Check the path and your rights to it.", path=file, rule="unreadable")


def _typed(table: pa.Table, is_text_file: bool) -> tuple[pd.DataFrame, list[Fault]]:
    """The table with the schema's types, as far as that loses nothing, and a fault for what has another type."""
    faults: list[Fault] = []
    arrays: dict[str, pa.Array] = {}
    known = known_columns(table.column_names)
    for name in table.column_names:
        column, values = known.get(name), table.column(name)
        if column is None:
            faults.append(unknown_column_fault(name, table.column_names))
            continue
        converted, problems = _convert(values, column, is_text_file)
        faults += problems
        if converted is not None:
            arrays[name] = converted
    for column in required_columns(table.column_names):
        if column.name not in table.column_names:
            message = f"The column {column.name!r} is missing."
            faults.append(Fault("missing-column", message, f"Add it: {column.description}.", column=column.name))
    return from_arrow(pa.table(arrays)), faults


def _convert(values: pa.ChunkedArray, column: Column, is_text_file: bool) -> tuple[pa.ChunkedArray | None, list[Fault]]:
    wanted = plain_type(column.arrow)
    plain = values.cast(values.type.value_type) if pa.types.is_dictionary(values.type) else values
    if pa.types.is_large_string(plain.type) or plain.type == pa.string_view():
        plain = plain.cast(pa.string())
    if plain.type == wanted or pa.types.is_null(plain.type):
        return plain.cast(wanted), []
    is_code = pa.types.is_string(wanted)
    is_text = pa.types.is_string(plain.type)
    loses = is_code or (is_text and not is_text_file)
    if pa.types.is_date(wanted) and not is_text:
        # Arrow drops a time of day without a word.
        loses = not (pa.types.is_date(plain.type) or (pa.types.is_timestamp(plain.type) and _are_days(plain)))
    if is_text and is_text_file and pa.types.is_floating(wanted):
        return _cells(plain, column)  # Arrow reads "NaN" as a number, and nothing would tell it from a null.
    if not loses:
        try:
            return plain.cast(wanted), []
        except (pa.ArrowInvalid, pa.ArrowNotImplementedError) as error:
            if is_text:
                return _cells(plain, column)
            message = f"The values cannot be read as {wanted}: {str(error).splitlines()[0]}."
            return None, [Fault("wrong-type", message, f"Write {_example(column)}.", column=column.name)]
    first = next((str(v) for v in plain.to_pylist() if v is not None), None)
    message = f"The column holds {plain.type} ({first}), not {'text' if is_code else wanted}."
    if column.name in {"action", "root"}:
        fix = 'Write codes as text, with their leading zeros: "010" is not 10.'
    else:
        fix = f"Write {_example(column)}."
    return None, [Fault("wrong-type", message, fix, column=column.name, value=first)]


def _are_days(times: pa.ChunkedArray) -> bool:
    return bool(pc.all(pc.equal(times, pc.floor_temporal(times, unit="day"))).as_py() is not False)


def _cells(texts: pa.ChunkedArray, column: Column) -> tuple[pa.ChunkedArray, list[Fault]]:
    """Texts read as the column's type one by one: null, with a fault, where that fails."""
    wanted = plain_type(column.arrow)
    faults: list[Fault] = []
    kept: list[str | None] = []
    known: dict[str, bool] = {}
    for row, text in enumerate(texts.to_pylist()):
        if text is not None and text not in known:
            try:
                pa.array([text]).cast(wanted)
                known[text] = text.strip("+- ").casefold() != "nan"
            except pa.ArrowInvalid:
                known[text] = False
        if text is None or known[text]:
            kept.append(text)
            continue
        kept.append(None)
        kind = "date" if pa.types.is_date(wanted) else "number"
        message = f"{text!r} is no {'whole number' if pa.types.is_integer(wanted) else kind}."
        faults.append(Fault("wrong-type", message, f"Write {_example(column)}.", None, None, row, column.name, text))
    return pa.chunked_array([pa.array(kept, type=pa.string()).cast(wanted)]), faults


def _example(column: Column) -> str:
    if pa.types.is_date(column.arrow):
        return "dates as 2024-06-21"
    if pa.types.is_string(plain_type(column.arrow)):
        return "it as text"
    return "plain numbers"
