"""A Parquet file as SQL reads it: its readable columns in the schema's types, behind FROM."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd
import pyarrow as pa

from whodid.checks.sql.rules import Rule, counting, literal, lossy, quoted, typed
from whodid.errors import Fault
from whodid.events.files import metadata_of, parquet_schema, schema_faults
from whodid.events.schema import BY_NAME, COLUMNS, DERIVED
from whodid.events.table import SORT_KEYS, from_arrow, plain_type, sort_keys

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


@dataclass(frozen=True, slots=True)
class Source:
    """The readable columns of a file as something that stands behind FROM, each with its type in the schema.

    keys: the columns by which its rows should be sorted.
    """

    path: Path
    columns: tuple[str, ...]
    sql: str
    keys: tuple[str, ...] = SORT_KEYS


def open_source(path: Path) -> tuple[Source, pa.Schema, list[Fault]]:
    """A file to scan, its schema, and the faults that its columns' names and types have.

    Raises EventTableError if the file cannot be read at all.
    """
    schema = parquet_schema(path)
    faults, readable = schema_faults(path, schema)
    return source_of(path, schema, readable), schema, [replace(fault, path=path) for fault in faults]


def source_of(path: Path, schema: pa.Schema, columns: Iterable[str]) -> Source:
    names = tuple(columns)
    cells = [f"{typed(name, schema.field(name).type)} AS {quoted(name)}" for name in names]
    inside = ", ".join([*cells, "file_row_number AS row_number"])
    return Source(path, names, f"(SELECT {inside} FROM {parquet_of(path)})", sort_keys(metadata_of(schema)))


def parquet_of(path: Path) -> str:
    return f"read_parquet({literal(str(path))}, file_row_number = true, hive_partitioning = false)"


def without_lossy(source: Source, schema: pa.Schema, connection: DuckDBPyConnection) -> tuple[Source, list[Fault]]:
    """The source without columns of another type in which some value does not fit the schema's."""
    found = {name: lossy(name, schema.field(name).type) for name in source.columns}
    rules = [Rule("wrong-type", name, condition) for name, condition in found.items() if condition]
    if not rules:
        return source, []
    _, *counts = one_row(connection, counting(rules, parquet_of(source.path)))
    faults = []
    for rule, count in zip(rules, counts, strict=True):
        if count:
            wanted = plain_type(BY_NAME[rule.column].arrow)
            message = f"{count:,} values cannot be read as {wanted}."
            fix = f"Convert the column from {schema.field(rule.column).type} to {wanted}."
            faults.append(Fault("wrong-type", message, fix, source.path, None, None, rule.column))
    broken = {fault.column for fault in faults}
    return source_of(source.path, schema, [name for name in source.columns if name not in broken]), faults


def one_row(connection: DuckDBPyConnection, query: str) -> tuple[Any, ...]:
    """The row of a query that has one."""
    (row,) = connection.execute(query).fetchall()
    return tuple(row)


def empty_frame(columns: Iterable[str]) -> pd.DataFrame:
    """A frame with these columns and no rows."""
    arrow = {column.name: column.arrow for column in (*COLUMNS, *DERIVED)}
    return from_arrow(pa.table({name: pa.array([], plain_type(arrow[name])) for name in columns}))
