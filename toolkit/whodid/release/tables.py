"""The released table: raw and derived columns in a fixed order, as Parquet that every reader opens the same way."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from whodid.events.schema import COLUMNS, DERIVED, SCHEMA_VERSION
from whodid.events.table import RELEASE_KEYS, plain_type, to_arrow

Partition = Literal["none", "year"]
COLUMNS_RELEASED = (*COLUMNS, *DERIVED)
# Rows of one group are read together: small enough that a query for one year skips most of a large file.
_ROWS_IN_GROUP = 131_072


@dataclass(frozen=True, slots=True)
class TableFile:
    """One Parquet file of a release: its path within the folder, and its rows."""

    path: str
    table: pa.Table


def release_order(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows by day, and within a day in the canonical order."""
    return frame.sort_values(list(RELEASE_KEYS), kind="stable").reset_index(drop=True)


def table_files(frame: pd.DataFrame, partition: Partition, metadata: dict[str, str]) -> list[TableFile]:
    """The files of an enriched table: one, or one for each year in which something happened.

    Codes are plain strings (Parquet keeps them as dictionaries by itself): an Arrow dictionary becomes a category, a
    factor or an error, depending on who reads it.
    """
    if partition == "none" or frame.empty:
        return [TableFile("data/events.parquet", _plain(frame, metadata))]
    years = frame["date"].dt.year
    return [
        TableFile(f"data/events-{year:04d}.parquet", _plain(frame[years == year].reset_index(drop=True), metadata))
        for year in sorted(years.unique())
    ]


def write_table(table: pa.Table, path: Path) -> None:
    """Write one file; the same table and the same pyarrow give the same bytes."""
    pq.write_table(table, path, compression="zstd", version="2.6", row_group_size=_ROWS_IN_GROUP)


def table_metadata(codebook: str, codebook_hash: str, coders: list[str], dataset: str, version: str) -> dict[str, str]:
    """What each Parquet file says of itself: the keys of write_events, and which release it belongs to."""
    values = {
        "schema_version": SCHEMA_VERSION,
        "codebook": codebook,
        "codebook_hash": codebook_hash,
        "coder": ", ".join(coders),
        "dataset": dataset,
        "release": version,
    }
    return {f"whodid.{key}": value for key, value in values.items()}


def _plain(frame: pd.DataFrame, metadata: dict[str, str]) -> pa.Table:
    table = to_arrow(frame)
    fields = [pa.field(f.name, plain_type(f.type), f.nullable) for f in table.schema]
    return table.cast(pa.schema(fields)).replace_schema_metadata(metadata)
