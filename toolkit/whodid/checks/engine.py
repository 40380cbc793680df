"""Which way a dataset is checked: as frames in memory, or by SQL over Parquet where it is larger than that."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Literal

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from whodid.articles.model import ArticleSet
from whodid.checks.report import ValidationReport
from whodid.checks.validate import validate as validate_frames
from whodid.codebook.model import Codebook
from whodid.errors import UsageError
from whodid.events.files import event_paths

Engine = Literal["auto", "pandas", "duckdb"]
# The checks in memory take 1.6 kilobytes and a hundred times as long as a plain read for each row.
MOST_ROWS_IN_MEMORY = 100_000


def validate(
    events: pd.DataFrame | Path | str | Iterable[Path | str],
    *,
    codebook: Codebook | None = None,
    articles: ArticleSet | None = None,
    today: date | None = None,
    engine: Engine = "auto",
) -> ValidationReport:
    """Everything that is wrong with an event table, or with event files or folders of them, sorted by path, row, column
    and rule.

    codebook: the codes that may occur; whodid's own if none is given. articles: what was coded; without them offsets
    are only checked for plausibility. today: the day after which nothing can have been published; no such check if
    none is given. A file that cannot be read is a finding.
    engine: pandas checks in memory, duckdb by SQL over Parquet files in about 300 MB whatever their size, and lists the
    first 1,000 findings of a rule and counts the others; auto takes duckdb for Parquet files of more than 100,000 rows in all.
    Raises UsageError if a path does not exist, a folder holds no event files, or the engine cannot read them.
    """
    listed = events if isinstance(events, pd.DataFrame) else _paths(events)
    if isinstance(listed, pd.DataFrame) and engine == "duckdb":
        fix = "Write the table to a Parquet file, or leave the engine out."
        raise UsageError("The engine duckdb checks Parquet files, not a table in memory.", fix=fix, rule="engine")
    if isinstance(listed, list) and (engine == "duckdb" or (engine == "auto" and _is_large(listed))):
        # duckdb is loaded where it is used: most datasets are small.
        from whodid.checks.sql.validate import validate_parquet

        return validate_parquet(listed, codebook=codebook, articles=articles, today=today)
    return validate_frames(listed, codebook=codebook, articles=articles, today=today)


def _paths(events: Path | str | Iterable[Path | str]) -> list[Path]:
    return [Path(events)] if isinstance(events, (str, Path)) else [Path(path) for path in events]


def _is_large(events: list[Path]) -> bool:
    paths = [path for start in events for path in event_paths(start)]
    return all(path.suffix == ".parquet" for path in paths) and sum(map(_rows, paths)) > MOST_ROWS_IN_MEMORY


def _rows(path: Path) -> int:
    try:
        return int(pq.read_metadata(path).num_rows)
    except (pa.ArrowException, OSError, ValueError):
        return 0  # What cannot be read is a finding, whichever way it is looked at.
