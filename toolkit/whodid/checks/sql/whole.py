"""Is the dataset odd as a whole? What checks/whole.py needs of all rows, counted in SQL, and its findings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

import pandas as pd
import pyarrow as pa

from whodid.articles.model import ArticleSet
from whodid.checks.dates import EARLIEST
from whodid.checks.report import NotRun
from whodid.checks.sql.rules import quoted
from whodid.checks.sql.scan import Scanned
from whodid.checks.sql.source import Source, one_row
from whodid.checks.sql.twins import Twins, all_rows
from whodid.checks.whole import (
    CODING,
    LAST_YEAR,
    alike_coders,
    alike_publishers,
    coverage_of,
    double_codings,
    drift_of,
    faults_of_months,
    without_gaps,
)  # fmt: skip
from whodid.errors import Fault
from whodid.events.table import from_arrow

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


def set_faults(
    files: Sequence[Scanned],
    articles: ArticleSet | None,
    before: Counter[str] | None,
    before_name: str,
    connection: DuckDBPyConnection,
) -> tuple[list[Fault], list[NotRun]]:
    """Rules of thin coverage, articles without events, variants of names, odd months and drift, over all files.

    before: events of each root in an earlier dataset, which is called before_name; None if there is none.
    """
    sources = [file.source for file in files if file.source is not None]
    if not sources:
        return [], []
    columns = {name for source in sources for name in source.columns}
    found: list[Fault] = []
    skipped: list[NotRun] = []
    if {"article_id", "coder"} <= columns:
        query = all_rows(sources, ["coder", "article_id"])
        by_coder = _counts(
            connection, f"SELECT coder, count(DISTINCT hash(article_id)) FROM ({query}) GROUP BY coder", 2
        )
        covered = _covered(sources, articles, connection)
        faults, left = coverage_of(pd.Series(dict(sorted(by_coder.items())), dtype="int64"), articles, covered)
        found, skipped = found + faults, skipped + left
    else:
        skipped.append(NotRun("coverage", "there is no column article_id or coder"))
    found += alike_coders(_counted(connection, sources, "coder", "coder"))
    found += alike_publishers(_counted(connection, sources, "publisher", "publisher"))
    faults, left = faults_of_months(_months(sources, connection))
    found, skipped = found + faults, skipped + left
    if before is None:
        skipped.append(NotRun("drift", "no earlier dataset was given (--against)"))
    else:
        faults, left = drift_of(roots(sources, connection), before, before_name)
        found, skipped = found + faults, skipped + left
    return found, skipped


def double_coded(files: Sequence[Scanned], connection: DuckDBPyConnection, listed: int) -> Twins:
    """Rule double-coding: found by a hash of the words and actors, and told by the check of a frame."""
    asked = [*CODING, "action", "date", "event_id"]
    whole = [(number, file.source) for number, file in enumerate(files) if file.source is not None]
    sources = [source for _, source in whole if set(asked) <= set(source.columns)]
    # Rows of all files are numbered through, as in a frame that holds them all.
    starts = {source.path: sum(file.rows for file in files[:number]) for number, source in whole}
    if not sources:
        return Twins({}, ())
    is_whole = " AND ".join(f"{quoted(name)} IS NOT NULL" for name in [*CODING, "action", "date"])
    words = f"hash({', '.join(map(quoted, CODING))})"
    rows = all_rows(sources, [f"{words} AS words", "hash(action, date) AS meaning"], is_whole)
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE again AS SELECT words FROM ({rows}) GROUP BY words "
        "HAVING min(meaning) <> max(meaning)"
    )
    if one_row(connection, "SELECT count(*) FROM again") == (0,):
        return Twins({}, ())
    names, coding = ", ".join(map(quoted, asked)), ", ".join(map(quoted, CODING))
    cells = [*map(quoted, asked), "row_number"]
    suspects = all_rows(sources, cells, f"{is_whole} AND {words} IN (SELECT words FROM again)")
    first = f'row_number() OVER (PARTITION BY {coding}, "action", "date" ORDER BY file, row_number) = 1'
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE suspects AS SELECT *, count(*) OVER (PARTITION BY {coding}) AS meanings "
        f"FROM (SELECT * FROM ({suspects}) QUALIFY {first})"
    )
    count = f"SELECT count(*) - count(DISTINCT ({coding})) FROM suspects WHERE meanings > 1"
    (total,) = one_row(connection, count)
    # A group is listed whole, so that its first row is the one that the others are compared with.
    query = f"SELECT {names}, file, row_number FROM suspects WHERE meanings > 1 ORDER BY file, row_number LIMIT {2 * listed}"
    table = connection.sql(query).to_arrow_table()
    places = list(zip(table.column("file").to_pylist(), table.column("row_number").to_pylist(), strict=True))
    frame = from_arrow(table.drop_columns(["file", "row_number"]))
    at = {starts[sources[file].path] + row: (sources[file].path, row) for file, row in places}
    frame.index = pd.Index(list(at))
    findings = []
    for fault in double_codings(frame)[:listed]:
        path, row = at[fault.row or 0]
        findings.append(Fault(fault.rule, fault.message, fault.fix, path, None, row, fault.column, fault.value))
    return Twins({("double-coding", "action"): int(total)} if total else {}, tuple(findings))


def roots(sources: Sequence[Source], connection: DuckDBPyConnection) -> Counter[str]:
    """Events of each root."""
    return _counted(connection, sources, "action", "left(action, 2)")


def _counted(connection: DuckDBPyConnection, sources: Sequence[Source], column: str, cell: str) -> Counter[str]:
    having = [source for source in sources if column in source.columns]
    if not having:
        return Counter()
    rows = all_rows(having, [f"{cell} AS value"], f"{quoted(column)} IS NOT NULL")
    return _counts(connection, f"SELECT value, count(*) FROM ({rows}) GROUP BY value", 2)


def _counts(connection: DuckDBPyConnection, query: str, width: int) -> Counter[str]:
    rows = connection.execute(query).fetchall()
    return Counter({row[0]: int(row[1]) for row in rows if row[0] is not None and len(row) == width})


def _covered(sources: Sequence[Source], articles: ArticleSet | None, connection: DuckDBPyConnection) -> frozenset[str]:
    if articles is None:
        return frozenset()
    ids = pa.table({"id": pa.array([article.article_id for article in articles], pa.string())})
    connection.register("given", ids)
    rows = all_rows(sources, ["article_id"], "article_id IN (SELECT id FROM given)")
    return frozenset(row[0] for row in connection.execute(f"SELECT DISTINCT article_id FROM ({rows})").fetchall())


def _months(sources: Sequence[Source], connection: DuckDBPyConnection) -> pd.Series:
    having = [source for source in sources if "date" in source.columns]
    if not having:
        return pd.Series(dtype=int)
    within = f"\"date\" BETWEEN DATE '{EARLIEST.year}-01-01' AND DATE '{LAST_YEAR}-12-31'"
    rows = all_rows(having, ['year("date") * 12 + month("date") - 1 AS place'], within)
    found = connection.execute(f"SELECT place, count(*) FROM ({rows}) GROUP BY place ORDER BY place").fetchall()
    months = pd.PeriodIndex(
        [pd.Period(year=place // 12, month=place % 12 + 1, freq="M") for place, _ in found], freq="M"
    )
    return without_gaps(pd.Series([count for _, count in found], index=months))
