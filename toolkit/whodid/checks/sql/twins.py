"""Rows that are one coding twice, within and across Parquet files: the same id, or the same coding under two ids."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from whodid.checks.identity import same_coding_fault
from whodid.checks.sql.rules import IDENTITY, numeric_id, remade_id
from whodid.checks.sql.source import Source, one_row
from whodid.errors import Fault
from whodid.events.files import duplicate_across_fault
from whodid.events.shape import duplicate_fault

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

# A finding names three other rows and says whether there are more; so many rows of a group are all that it needs.
_ROWS_OF_GROUP = 5


@dataclass(frozen=True, slots=True)
class Twins:
    """How many findings there are by rule and column, and the first of them."""

    totals: dict[tuple[str, str], int]
    findings: tuple[Fault, ...]


def duplicate_ids(sources: Sequence[Source], connection: DuckDBPyConnection, listed: int) -> Twins:
    """Rule duplicate-id: every row of a file whose id another row of it has, and every row whose id an earlier file has."""
    named = [source for source in sources if "event_id" in source.columns]
    if not named:
        return Twins({}, ())
    paths = [source.path for source in named]
    numbers = all_rows(named, [f"{numeric_id()} AS id"], "event_id IS NOT NULL")
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE twice AS SELECT id FROM ({numbers}) GROUP BY id HAVING count(*) > 1"
    )
    if one_row(connection, "SELECT count(*) FROM twice") == (0,):
        return Twins({}, ())
    rows = all_rows(
        named, ["event_id", "row_number"], f"event_id IS NOT NULL AND {numeric_id()} IN (SELECT id FROM twice)"
    )
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE twins AS "
        f"SELECT event_id, file, count(*) AS copies, min(row_number, {_ROWS_OF_GROUP}) AS first_rows "
        f"FROM ({rows}) GROUP BY event_id, file"
    )
    within, across = one_row(
        connection,
        "SELECT coalesce(sum(within), 0), coalesce(sum(total - own), 0) FROM "
        "(SELECT sum(copies) AS total, arg_min(copies, file) AS own, "
        "sum(CASE WHEN copies > 1 THEN copies ELSE 0 END) AS within FROM twins GROUP BY event_id)",
    )
    groups = connection.execute(
        "SELECT event_id, file, copies, first_rows FROM twins "
        "WHERE copies > 1 OR event_id IN (SELECT event_id FROM twins GROUP BY event_id HAVING count(*) > 1) "
        f"ORDER BY file, first_rows[1] LIMIT {listed}"
    ).fetchall()
    first = {
        event_id: (paths[file], rows[0])
        for event_id, file, rows in connection.execute(
            "SELECT event_id, min(file), arg_min(first_rows, file) FROM twins GROUP BY event_id "
            "HAVING event_id IN (SELECT unnest(?))",
            [[group[0] for group in groups]],
        ).fetchall()
    }
    findings: list[Fault] = []
    for event_id, file, copies, rows in groups:
        path = paths[file]
        if copies > 1:
            findings += [
                duplicate_fault(event_id, row, [r for r in rows if r != row], path, has_more=copies > _ROWS_OF_GROUP)
                for row in rows
            ]
        if first[event_id][0] != path:
            findings += [duplicate_across_fault(event_id, row, first[event_id], path) for row in rows]
    total = int(within + across)
    return Twins({("duplicate-id", "event_id"): total} if total else {}, tuple(findings[:listed]))


def same_codings(sources: Sequence[Source], connection: DuckDBPyConnection, listed: int) -> Twins:
    """Rule same-coding: rows whose identifying columns an earlier row has under another id.

    Only asked if some id is not what its row gives: else two ids cannot have the same coding.
    """
    whole = [source for source in sources if {"event_id", *IDENTITY} <= set(source.columns)]
    paths = [source.path for source in whole]
    cells = [f"{remade_id()} AS made", "event_id AS stored", "row_number", "coder"]
    made = all_rows(whole, cells, "event_id IS NOT NULL")
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE strays AS SELECT DISTINCT made FROM ({made}) WHERE made <> stored"
    )
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE codings AS SELECT * FROM (SELECT *, "
        "first_value(stored) OVER place AS other, first_value(file) OVER place AS other_file, "
        "first_value(row_number) OVER place AS other_row "
        f"FROM ({made}) WHERE made IN (SELECT made FROM strays) "
        "WINDOW place AS (PARTITION BY made ORDER BY file, row_number)) WHERE stored <> other"
    )
    (total,) = one_row(connection, "SELECT count(*) FROM codings")
    rows = connection.execute(
        "SELECT stored, file, row_number, coder, other, other_file, other_row FROM codings "
        f"ORDER BY file, row_number LIMIT {listed}"
    ).fetchall()
    findings = [
        same_coding_fault(coder, stored, row, paths[file], other, other_row, paths[other_file])
        for stored, file, row, coder, other, other_file, other_row in rows
    ]
    return Twins({("same-coding", "event_id"): total} if total else {}, tuple(findings))


def all_rows(sources: Sequence[Source], cells: Sequence[str], condition: str = "true") -> str:
    """Some cells of the rows of all files, with the number of the file in their order as `file`."""
    listed = ", ".join(cells)
    return " UNION ALL ".join(
        f"SELECT {listed}, {number} AS file FROM {source.sql} WHERE {condition}"
        for number, source in enumerate(sources)
    )
