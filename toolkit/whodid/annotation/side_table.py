"""Tables that lie beside an event file: judged sentences, links. Parquet, CSV or JSON Lines, by the ending."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from whodid.atomic import replacing
from whodid.errors import EventTableError
from whodid.events.files import check_ending
from whodid.events.rows import csv_text, jsonl_text


def side_path(path: Path | str, what: str) -> Path:
    """Where a side table of an event file lies: events.links.csv for events.csv. Raises UsageError for other endings."""
    check_ending(path)
    target = Path(path)
    return target.with_name(f"{target.stem}.{what}{target.suffix}")


@contextlib.contextmanager
def writing_side_table(frame: pd.DataFrame, path: Path | str) -> Iterator[None]:
    """A table whole on the disk before the block, which writes the events beside it, begins; in its place after it.

    So a full disk leaves both as they were. The same table gives the same bytes.
    """
    check_ending(path)
    target = Path(path)
    table = pa.Table.from_pandas(frame, preserve_index=False).replace_schema_metadata(None)
    with replacing(target) as temporary:
        if target.suffix == ".parquet":
            pq.write_table(table, temporary, compression="zstd", version="2.6")
        else:
            rows = table.to_pylist()
            text = jsonl_text(rows) if target.suffix == ".jsonl" else csv_text(table.column_names, rows)
            temporary.write_bytes(text.encode("utf-8"))
        yield


def read_side_table(path: Path | str) -> pd.DataFrame:
    """A table that writing_side_table wrote, or one like it. Raises EventTableError if it cannot be read."""
    check_ending(path)
    file = Path(path)
    try:
        if file.suffix == ".parquet":
            return pd.read_parquet(file)
        if file.suffix == ".jsonl":
            lines = file.read_text(encoding="utf-8").split("\n")
            return pd.DataFrame([json.loads(line) for line in lines if line.strip()])
        # Ids are text, whatever they look like; "nan" and "NA" are names that people have.
        frame = pd.read_csv(file, dtype=str, keep_default_na=False, na_values=[""], encoding="utf-8-sig")
        if "sentence" in frame.columns:
            numbers = pd.to_numeric(frame["sentence"], errors="coerce")
            # What is no number stays as it is written, for whoever checks the table to name it.
            if (numbers.isna() == frame["sentence"].isna()).all() and (numbers.dropna() % 1 == 0).all():
                frame["sentence"] = numbers.astype("Int32")
        return frame
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error).splitlines()[0]
        fix = "Check the path, or write the table anew."
        raise EventTableError(f"The table cannot be read: {reason}.", fix=fix, path=file, rule="unreadable") from error
