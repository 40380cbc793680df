"""Tables that lie beside an event file: judged sentences, links. Parquet, CSV or JSON Lines, by the ending."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from whodid.atomic import replacing, write_text
from whodid.events.files import check_ending
from whodid.events.rows import csv_text, jsonl_text


def side_path(path: Path | str, what: str) -> Path:
    """Where a side table of an event file lies: events.links.csv for events.csv. Raises UsageError for other endings."""
    check_ending(path)
    target = Path(path)
    return target.with_name(f"{target.stem}.{what}{target.suffix}")


def write_side_table(frame: pd.DataFrame, path: Path | str) -> None:
    """Write a table whole or not at all; the same table gives the same bytes."""
    check_ending(path)
    target = Path(path)
    table = pa.Table.from_pandas(frame, preserve_index=False).replace_schema_metadata(None)
    if target.suffix == ".parquet":
        with replacing(target) as temporary:
            pq.write_table(table, temporary, compression="zstd", version="2.6")
        return
    rows = table.to_pylist()
    write_text(target, jsonl_text(rows) if target.suffix == ".jsonl" else csv_text(table.column_names, rows))
