"""Records to table and back: the one function that joins coded events to the frame that researchers work with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields

import pandas as pd
import pyarrow as pa

from whodid.errors import EventTableError, Fault
from whodid.events.model import pandas_type
from whodid.events.record import CodedEvent
from whodid.events.schema import COLUMNS, Column, arrow_schema, is_imported, known_columns, required_columns

SORT_KEYS = ("article_id", "sentence", "action_start", "actor_start", "target_start", "action", "coder", "event_id")
# In a release, so that whoever asks for a period reads few row groups.
RELEASE_KEYS = ("date", *SORT_KEYS)


def events_to_table(events: Iterable[CodedEvent]) -> pd.DataFrame:
    """The event table of some coded events: 22 columns, sorted by article, sentence, words, action and coder.

    Two events with the same event_id are the same coding and give one row.
    """
    rows = {event.event_id: event for event in events}
    names = [field.name for field in fields(CodedEvent)]
    columns: dict[str, list[object]] = {name: [getattr(event, name) for event in rows.values()] for name in names}
    columns["event_id"] = list(rows)
    if columns["confidence"]:
        columns["confidence"] = [None if c is None else round(float(c), 3) for c in columns["confidence"]]  # type: ignore[arg-type]
    table = pa.table({c.name: pa.array(columns[c.name], type=plain_type(c.arrow)) for c in COLUMNS})
    return sort_events(from_arrow(table))


def table_to_events(frame: pd.DataFrame) -> Iterator[CodedEvent]:
    """Each row of an event table as a coded event, in the order of the rows; derived columns are left aside.

    Raises EventTableError if the table does not fit the schema.
    """
    names = [field.name for field in fields(CodedEvent)]
    known = {column.name for column in COLUMNS}
    for row in to_arrow(frame[[name for name in frame.columns if name in known]]).to_pylist():
        # The column has 32 bits; what was meant are three decimals.
        row["confidence"] = None if row["confidence"] is None else round(row["confidence"], 3)
        yield CodedEvent(**{name: row[name] for name in names})


def from_arrow(table: pa.Table) -> pd.DataFrame:
    """The pandas frame of an Arrow table of events, with plain pandas types: str, datetime64, int32, float32."""
    out: dict[str, pd.Series] = {}
    known = known_columns(table.column_names)
    for name in table.column_names:
        column = known.get(name)
        values = table.column(name).combine_chunks()
        if column is None:
            out[name] = values.to_pandas()
            continue
        plain = values.cast(plain_type(column.arrow)) if values.type != plain_type(column.arrow) else values
        if pa.types.is_date(column.arrow):
            out[name] = plain.cast(pa.timestamp("s")).to_pandas().astype("datetime64[s]")
        elif pa.types.is_string(plain_type(column.arrow)):
            out[name] = pd.Series(plain.to_pandas(), dtype=pandas_type(column))  # type: ignore[call-overload]
        elif pa.types.is_integer(column.arrow) and (column.is_nullable or plain.null_count):
            # A null that ought not to be there must survive until it is reported: int32 has no room for it.
            kind = pandas_type(column) if column.is_nullable else "Int32"
            out[name] = pd.Series(plain.to_pylist(), dtype=kind)  # type: ignore[call-overload]
        else:
            out[name] = plain.to_pandas().astype(pandas_type(column))
    return pd.DataFrame(out)


def to_arrow(frame: pd.DataFrame) -> pa.Table:
    """The Arrow table of an event frame with the types of the Parquet schema, codes as dictionaries.

    Columns come in the schema's order; unknown columns are refused. Raises EventTableError with a fault for each
    column that does not fit.
    """
    by_name = known_columns(frame.columns)
    known = [c for name, c in by_name.items() if name in frame.columns]
    faults = [
        Fault("missing-column", f"The column {c.name!r} is missing.", "Add it.", column=c.name)
        for c in required_columns(frame.columns)
        if c.name not in frame.columns
    ]
    faults += [
        Fault("unknown-column", f"The column {name!r} is unknown.", "Drop it before writing.", column=str(name))
        for name in frame.columns
        if name not in by_name
    ]
    arrays: dict[str, pa.Array] = {}
    for column in known:
        try:
            arrays[column.name] = _arrow_column(frame[column.name], column)
        except (pa.ArrowInvalid, pa.ArrowTypeError, ValueError, TypeError) as error:
            fix = f"Give it the type {plain_type(column.arrow)}."
            message = f"The values do not fit: {str(error).splitlines()[0]}."
            faults.append(Fault("wrong-type", message, fix, column=column.name))
    if faults:
        raise EventTableError.of(faults)
    schema = pa.schema([pa.field(c.name, c.arrow, nullable=c.is_nullable) for c in known])
    return pa.table([arrays[c.name] for c in known], schema=schema)


def sort_events(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows in their canonical order, so that the same rows give the same bytes whatever order they came in."""
    if is_imported(frame.columns):
        return frame.sort_values(["date", "coder", "event_id"], kind="stable").reset_index(drop=True)
    return frame.sort_values(list(SORT_KEYS), kind="stable").reset_index(drop=True)


def sort_keys(metadata: Mapping[str, str]) -> tuple[str, ...]:
    """The columns by which the rows of a Parquet file with this metadata are sorted."""
    return RELEASE_KEYS if "release" in metadata else SORT_KEYS


def empty_table() -> pd.DataFrame:
    """An event table without rows."""
    return from_arrow(arrow_schema().empty_table())


def plain_type(arrow: pa.DataType) -> pa.DataType:
    """The type of a column's values: that of the words where they are kept as a dictionary."""
    return arrow.value_type if pa.types.is_dictionary(arrow) else arrow


def _arrow_column(series: pd.Series, column: Column) -> pa.Array:
    plain = plain_type(column.arrow)
    if pa.types.is_date(column.arrow):
        days = pd.to_datetime(series)
        if (days.dropna() != days.dropna().dt.normalize()).any():
            raise ValueError("a date has a time of day")
        values = pa.array(days.astype("datetime64[s]"), from_pandas=True).cast(pa.date32())
    elif pa.types.is_string(plain):
        texts = series.astype("object")
        wrong = next((v for v in texts if not isinstance(v, str) and not pd.isna(v)), None)
        if wrong is not None:
            raise TypeError(f"{wrong!r} is not text")
        if column.is_nullable:
            texts = texts.where(texts != "", None)  # An empty remark is none, as in CSV.
        values = pa.array(texts, type=plain, from_pandas=True)
    else:
        # Three decimals, so that another CPU's last bits change nothing.
        rounded = series.astype("float64").round(3) if column.name == "confidence" else series
        values = pa.array(rounded, type=plain, from_pandas=True)
    if not column.is_nullable and values.null_count:
        raise ValueError(f"{values.null_count} values are null")
    # A dictionary in order of its values, not of first appearance, keeps the bytes independent of the rows' history.
    return _dictionary(values) if pa.types.is_dictionary(column.arrow) else values


def _dictionary(values: pa.Array) -> pa.DictionaryArray:
    words = sorted(v for v in values.unique().to_pylist() if v is not None)
    index = {word: number for number, word in enumerate(words)}
    indices = pa.array([None if v is None else index[v] for v in values.to_pylist()], type=pa.int32())
    return pa.DictionaryArray.from_arrays(indices, pa.array(words, type=pa.string()))
