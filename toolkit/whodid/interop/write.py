"""A conversion into a file, batch by batch, so that what is larger than memory can be converted."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from whodid.atomic import replacing
from whodid.codebook.load import load_codebook
from whodid.codebook.model import Codebook
from whodid.events.files import check_ending, parquet_metadata, plain_row
from whodid.events.rows import csv_text, jsonl_text
from whodid.interop.convert import FileCount, Work
from whodid.interop.refused import writing_refused


def convert_to_file(
    form: str,
    paths: Path | str | Iterable[Path | str],
    out: Path | str,
    *,
    refused: Path | str,
    codebook: Codebook | None = None,
) -> tuple[FileCount, ...]:
    """Write the events of foreign files to `out` (.parquet, .csv, .jsonl) and the other rows to `refused` (CSV).

    Rows keep the order of the files. The same files give the same bytes. Gives a count for each file; both outputs are
    written whole or not at all. Raises as convert does, and OutputError where a file cannot be written.
    """
    target = Path(out)
    check_ending(target)
    book = codebook or load_codebook()
    with replacing(target) as temporary, writing_refused(refused) as writer:
        work = Work(form, paths, book, writer.add)
        metadata = parquet_metadata(work.schema.names, codebook=book.label, codebook_hash=book.hash, coder=form)
        if target.suffix == ".parquet":
            _write_parquet(work, temporary, metadata)
        else:
            _write_text(work, temporary, is_csv=target.suffix == ".csv")
    return tuple(work.files)


def _write_parquet(work: Work, path: Path, metadata: dict[str, str]) -> None:
    schema = work.schema.with_metadata(metadata)
    with pq.ParquetWriter(path, schema, compression="zstd", version="2.6") as writer:
        for table in work.tables():
            writer.write_table(table.replace_schema_metadata(metadata))


def _write_text(work: Work, path: Path, is_csv: bool) -> None:
    names = work.schema.names
    with path.open("w", encoding="utf-8", newline="") as stream:
        if is_csv:
            stream.write(csv_text(names, []))
        for table in work.tables():
            rows = _plain(table)
            stream.write(csv_text(names, rows).split("\n", 1)[1] if is_csv else jsonl_text(rows))


def _plain(table: pa.Table) -> list[dict[str, object]]:
    return [plain_row(row) for row in table.to_pylist()]
