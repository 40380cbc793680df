"""Event tables that need not fit into memory: written from pieces that are in canonical order, with the same bytes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields
from pathlib import Path

import pyarrow as pa
import pyarrow.compute
import pyarrow.parquet as pq

from whodid.events.files import ROW_GROUP, check_ending, encode_rows, parquet_metadata
from whodid.events.record import CodedEvent
from whodid.events.schema import COLUMNS, arrow_schema
from whodid.events.shape import validate_shape
from whodid.events.table import from_arrow, plain_type

PLAIN = pa.schema([pa.field(c.name, plain_type(c.arrow)) for c in COLUMNS])
_DICTIONARIES = tuple(c.name for c in COLUMNS if pa.types.is_dictionary(c.arrow))


def piece_of(events: Iterable[CodedEvent]) -> pa.Table:
    """Some events as an Arrow table of plain types, in the order of the event table; each event_id once."""
    rows = sorted(((_order(event, event_id), event) for event_id, event in _by_id(events).items()), key=lambda r: r[0])
    names = [field.name for field in fields(CodedEvent)]
    columns: dict[str, list[object]] = {name: [getattr(event, name) for _, event in rows] for name in names}
    columns["event_id"] = [order[-1] for order, _ in rows]
    columns["confidence"] = [None if event.confidence is None else round(event.confidence, 3) for _, event in rows]
    return pa.table([pa.array(columns[field.name], type=field.type) for field in PLAIN], schema=PLAIN)


def write_pieces(
    pieces: Callable[[], Iterator[pa.Table]],
    temporary: Path,
    ending: str,
    *,
    codebook: str = "",
    codebook_hash: str = "",
    coder: str = "",
) -> int:
    """Write tables as piece_of gives them to a file, one behind the other, and give the number of rows.

    pieces: called twice, for the codes of a Parquet file are collected before its rows are written; each call gives
    the same tables, all their rows in the order of the event table. The bytes are those that write_events writes of
    the same rows. Memory is that of one row group. temporary: the caller renames it (atomic.replacing).
    Raises EventTableError if rows do not follow the schema, UsageError for another ending.
    """
    check_ending(Path(f"events{ending}"))
    if ending == ".parquet":
        metadata = parquet_metadata(codebook=codebook, codebook_hash=codebook_hash, coder=coder)
        schema = arrow_schema().with_metadata(metadata)
        words = _words(pieces())
        count = 0
        with pq.ParquetWriter(temporary, schema, compression="zstd", version="2.6") as writer:
            for group in _groups(pieces()):
                validate_shape(from_arrow(group))
                columns = [_coded(group.column(c.name), words.get(c.name)) for c in COLUMNS]
                writer.write_table(pa.table(columns, schema=schema), row_group_size=ROW_GROUP)
                count += len(group)
        return count
    count = 0
    with temporary.open("w", encoding="utf-8", newline="") as out:
        for group in _groups(pieces()):
            validate_shape(from_arrow(group))
            out.write(encode_rows(group, ending, is_first=not count))
            count += len(group)
    return count


def _by_id(events: Iterable[CodedEvent]) -> dict[str, CodedEvent]:
    return {event.event_id: event for event in events}


def _order(event: CodedEvent, event_id: str) -> tuple[str, int, int, int, int, str, str, str]:
    """The key of table.sort_events for one event."""
    starts = (event.sentence, event.action_start, event.actor_start, event.target_start)
    return (event.article_id, *starts, event.action, event.coder, event_id)


def _words(pieces: Iterator[pa.Table]) -> dict[str, pa.Array]:
    found: dict[str, set[str]] = {name: set() for name in _DICTIONARIES}
    for piece in pieces:
        for name, words in found.items():
            words.update(word for word in piece.column(name).unique().to_pylist() if word is not None)
    return {name: pa.array(sorted(words), type=pa.string()) for name, words in found.items()}


def _groups(pieces: Iterator[pa.Table]) -> Iterator[pa.Table]:
    """The rows of the pieces anew in tables of one row group each; one empty table if there are no rows."""
    waiting: list[pa.Table] = []
    count = 0
    is_empty = True
    for piece in pieces:
        waiting.append(piece)
        count += len(piece)
        while count >= ROW_GROUP:
            joined = pa.concat_tables(waiting)
            yield joined.slice(0, ROW_GROUP)
            is_empty = False
            waiting, count = [joined.slice(ROW_GROUP)], count - ROW_GROUP
    if count or is_empty:
        yield pa.concat_tables(waiting) if waiting else PLAIN.empty_table()


def _coded(column: pa.ChunkedArray, words: pa.Array | None) -> pa.Array:
    plain = column.combine_chunks()
    if words is None:
        return plain
    indices = pa.compute.index_in(plain, value_set=words).cast(pa.int32())
    return pa.DictionaryArray.from_arrays(indices, words)
