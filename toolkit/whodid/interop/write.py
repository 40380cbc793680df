"""A conversion into a file, batch by batch, so that what is larger than memory can be converted."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pyarrow.parquet as pq

from whodid.atomic import replacing
from whodid.codebook.load import load_codebook
from whodid.codebook.model import Codebook
from whodid.events.files import IMPORTED_FORM, check_ending, encode_rows, parquet_metadata
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
        metadata = parquet_metadata(codebook=book.label, codebook_hash=book.hash, coder=form, form=IMPORTED_FORM)
        if target.suffix == ".parquet":
            _write_parquet(work, temporary, metadata)
        else:
            _write_text(work, temporary, target.suffix)
    return tuple(work.files)


def _write_parquet(work: Work, path: Path, metadata: dict[str, str]) -> None:
    schema = work.schema.with_metadata(metadata)
    with pq.ParquetWriter(path, schema, compression="zstd", version="2.6") as writer:
        for table in work.tables():
            writer.write_table(table.replace_schema_metadata(metadata))


def _write_text(work: Work, path: Path, ending: str) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        is_first = True
        for table in work.tables():
            stream.write(encode_rows(table, ending, is_first=is_first))
            is_first = False
        if is_first:
            stream.write(encode_rows(work.schema.empty_table(), ending))
