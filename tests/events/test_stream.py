"""Event tables in pieces: the same bytes as in one, whatever the pieces are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import whodid as wd
from whodid.events import files, stream
from whodid.events.record import CodedEvent
from whodid.events.stream import piece_of, write_pieces
from whodid.events.table import events_to_table

EVENT = CodedEvent(
    "KORGOV", "114", "RUSGOV", date(2024, 6, 21), "text", "a", 0, "Seoul", "summoned", "Moscow", 0, 5, 6, 14, 15, 21,
    date(2024, 6, 21), None, "pattern@1", 0.7654, None,
)  # fmt: skip
LABELS = {"codebook": "cameo@1", "codebook_hash": "abc", "coder": "pattern@1"}


def events(count: int) -> list[CodedEvent]:
    """Events of three an article, with some codes that come late, names beyond ASCII, and publishers that are not given."""
    return [
        replace(
            EVENT,
            article_id=f"{'é' if i % 5 else 'z'}-{i // 3:05d}",
            sentence=i % 3,
            actor="ALBGOV" if i == count - 1 else "KORGOV",
            date=date(2024, 1, 1) + timedelta(days=i % 300),
            publisher=None if i % 2 else f'The "{i % 7}" Wire, Ltd',
            note="=1+1\nsecond line" if i % 11 == 0 else None,
        )
        for i in range(count)
    ]


def in_pieces(whole: pa.Table, size: int) -> Iterator[pa.Table]:
    """A table in pieces of some rows, an empty one among them."""
    yield whole.slice(0, 0)
    for start in range(0, len(whole), size):
        yield whole.slice(start, size)


@pytest.mark.parametrize("ending", [".parquet", ".csv", ".jsonl"])
@pytest.mark.parametrize(("count", "size"), [(0, 1), (1, 1), (99, 100), (100, 7), (250, 100), (300, 300)])
def test_pieces_give_the_bytes_of_the_whole(
    ending: str, count: int, size: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "ROW_GROUP", 100)
    monkeypatch.setattr(stream, "ROW_GROUP", 100)
    whole, pieces = tmp_path / f"whole{ending}", tmp_path / f"pieces{ending}"
    wd.write_events(events_to_table(events(count)), whole, **LABELS)
    table = piece_of(events(count)[::-1])
    assert write_pieces(lambda: in_pieces(table, size), pieces, ending, **LABELS) == count
    assert pieces.read_bytes() == whole.read_bytes()


def test_a_large_file_is_written_in_row_groups(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stream, "ROW_GROUP", 100)
    table = piece_of(events(250))
    write_pieces(lambda: in_pieces(table, 30), tmp_path / "e.parquet", ".parquet")
    with pq.ParquetFile(tmp_path / "e.parquet") as file:
        assert [file.metadata.row_group(i).num_rows for i in range(file.num_row_groups)] == [100, 100, 50]
    assert len(wd.read_events(tmp_path / "e.parquet")) == 250


def test_the_same_event_twice_is_one_row() -> None:
    assert len(piece_of([EVENT, replace(EVENT, note="again")])) == 1


def test_rows_that_do_not_follow_the_schema_are_not_written(tmp_path: Path) -> None:
    table = piece_of([replace(EVENT, action="1")])
    with pytest.raises(wd.WhodidError, match="'1' is not valid: action must be two to four digits, such as 114"):
        write_pieces(lambda: iter([table]), tmp_path / "e.parquet", ".parquet")
