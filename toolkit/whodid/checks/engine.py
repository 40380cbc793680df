"""Which way a dataset is checked: as frames in memory, or by SQL over Parquet where it is larger than that."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, Literal

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from whodid.articles.model import ArticleSet
from whodid.checks.report import NotRun, ValidationReport
from whodid.checks.rules import Level
from whodid.checks.validate import validate as validate_frames
from whodid.cluster import storage
from whodid.codebook.model import Codebook
from whodid.errors import UsageError
from whodid.events.files import event_paths
from whodid.events.schema import is_imported

Engine = Literal["auto", "pandas", "duckdb", "dask"]
# The checks in memory take 1.6 kilobytes and a hundred times as long as a plain read for each row.
MOST_ROWS_IN_MEMORY = 100_000


def validate(
    events: pd.DataFrame | Path | str | Iterable[Path | str],
    *,
    codebook: Codebook | None = None,
    articles: ArticleSet | None = None,
    today: date | None = None,
    levels: Iterable[str] = tuple(Level),
    against: pd.DataFrame | Path | str | None = None,
    is_strict: bool = False,
    engine: Engine = "auto",
    scheduler: str | None = None,
) -> ValidationReport:
    """Everything that is wrong with an event table, or with event files or folders of them, sorted by path, row, column
    and rule.

    codebook: the codes that may occur; whodid's own if none is given. articles: what was coded; without them offsets
    are only checked for plausibility. today: the day after which nothing can have been published; no such check if
    none is given. levels: rows, codebook, articles, set; all by default, as far as there is input for them. against: an
    earlier dataset to compare the shares of actions with. is_strict: what is only odd counts as an error too.
    engine: pandas checks in memory; duckdb by SQL over Parquet files, in about 300 MB whatever their size, lists the
    first 1,000 findings of a rule and column, and counts the others; dask does that with each file on a worker of the
    scheduler; auto takes duckdb for Parquet files of more than 100,000 rows in all. A file that cannot be read is a finding.
    Raises UsageError if a path does not exist, a folder holds no event files, a level is unknown, or the engine cannot
    read the files; EventTableError if `against` cannot be read.
    """
    options: dict[str, Any] = {
        "codebook": codebook,
        "articles": articles,
        "today": today,
        "levels": levels,
        "against": against,
        "is_strict": is_strict,
    }
    if isinstance(events, pd.DataFrame):
        takes_duckdb(events, engine)
        return validate_frames(events, **options)
    given = [events] if isinstance(events, (str, Path)) else list(events)
    with storage.here(given) as places:
        if takes_duckdb(places.paths, engine):
            return called(validate_large(places.paths, scheduler=scheduler, **options), places)
        return called(validate_frames(places.paths, **options), places)


def called(report: ValidationReport, places: storage.Places) -> ValidationReport:
    """The report of copies as one of what was copied."""
    return replace(
        report,
        findings=tuple(map(places.fault, report.findings)),
        files=tuple(Path(places.name(str(path))) for path in report.files),
        checks_not_run=tuple(NotRun(places.name(c.check), places.name(c.reason)) for c in report.checks_not_run),
    )


def takes_duckdb(events: pd.DataFrame | Iterable[Path], engine: Engine, *, writes_rows: bool = False) -> bool:
    """Whether duckdb checks these events. writes_rows: good and bad rows are written apart, which is done in memory.

    Raises UsageError where duckdb is asked for and cannot do that.
    """
    by_file = engine in {"duckdb", "dask"}
    if by_file and isinstance(events, pd.DataFrame):
        fix = "Write the table to a Parquet file, or leave the engine out."
        raise UsageError(f"The engine {engine} checks Parquet files, not a table in memory.", fix=fix, rule="engine")
    if by_file and writes_rows:
        fix = "Leave --quarantine and --clean out, or give --engine pandas."
        raise UsageError(f"The engine {engine} does not write rows apart.", fix=fix, rule="engine")
    if isinstance(events, pd.DataFrame):
        return False
    paths = [path for start in events for path in event_paths(start)]
    if by_file:
        imported = [path for path in paths if _holds_imported(path)]
        if imported:
            fix = "Leave the engine out, or give --engine pandas."
            message = f"The engine {engine} does not check imported events."
            raise UsageError(message, fix=fix, path=imported[0], rule="engine")
        return True
    if writes_rows or engine != "auto":
        return False
    is_parquet = all(path.suffix == ".parquet" for path in paths)
    return is_parquet and sum(map(_rows, paths)) > MOST_ROWS_IN_MEMORY and not any(map(_holds_imported, paths))


def validate_large(events: Iterable[Path], **options: Any) -> ValidationReport:
    """validate, by duckdb; with the options of checks/sql/validate.py."""
    # duckdb is loaded where it is used: most datasets are small.
    from whodid.checks.sql.validate import validate_parquet

    return validate_parquet(events, **options)


def _rows(path: Path) -> int:
    try:
        return int(pq.read_metadata(path).num_rows)
    except (pa.ArrowException, OSError, ValueError):
        return 0  # What cannot be read is a finding, whichever way it is looked at.


def _holds_imported(path: Path) -> bool:
    try:
        return path.suffix == ".parquet" and is_imported(pq.read_schema(path).names)
    except (OSError, pa.ArrowException):
        return False  # whoever checks the file says what is wrong with it
