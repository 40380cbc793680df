"""Validation of Parquet files of any size: every rule in SQL, in bounded memory, and the report of all others."""

from __future__ import annotations

import contextlib
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from whodid.articles.model import ArticleSet
from whodid.checks.report import ValidationReport
from whodid.checks.sql.scan import LISTED, Against, Scanned, empty_frame, scan
from whodid.checks.sql.twins import Twins, duplicate_ids, same_codings
from whodid.checks.validate import CHECKS, not_run, order_of
from whodid.codebook.load import load_codebook
from whodid.codebook.model import Codebook
from whodid.errors import UsageError
from whodid.events.files import EventFile, event_paths

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

# Enough for all that `whodid code` writes; what needs more gets it in these steps.
MEMORY = ("120MB", "500MB", "2GB", "8GB")
THREADS = 2

Result = TypeVar("Result")


def validate_parquet(
    events: Path | str | Iterable[Path | str],
    *,
    codebook: Codebook | None = None,
    articles: ArticleSet | None = None,
    today: date | None = None,
    listed: int = LISTED,
) -> ValidationReport:
    """What `validate` finds, for Parquet files or folders of them of any size.

    Memory stays the same whatever the number of rows; what does not fit goes to a temporary folder. Of each rule and column
    the first `listed` findings of a file are in the report, and all are counted.
    Raises UsageError if a path does not exist or is no Parquet file.
    """
    paths = parquet_paths(events)
    against = Against(codebook if codebook is not None else load_codebook(), articles, today, listed)
    scanned = [with_memory(partial(scan, path, against)) for path in paths]
    return report_of(scanned, twins_in(scanned, listed), against)


def twins_in(scanned: Sequence[Scanned], listed: int) -> list[Twins]:
    """What is twice in some scanned files."""
    readable = [file.source for file in scanned if file.source is not None]
    twins = [with_memory(lambda connection: duplicate_ids(readable, connection, listed))]
    if any(file.has_wrong_ids for file in scanned):
        twins.append(with_memory(lambda connection: same_codings(readable, connection, listed)))
    return twins


def with_memory(work: Callable[[DuckDBPyConnection], Result]) -> Result:
    """The result of some work on a database; where its memory is too small, as for very long texts, it gets more."""
    import duckdb

    for memory in MEMORY:
        try:
            with connected(memory) as connection:
                return work(connection)
        except duckdb.OutOfMemoryException as error:
            last = error
    fix = "Free disk space for temporary files (TMPDIR), or split the files."
    message = f"The rows cannot be checked within {MEMORY[-1]} of memory."
    raise UsageError(message, fix=fix, rule="memory") from last


def parquet_paths(events: Path | str | Iterable[Path | str]) -> list[Path]:
    """The Parquet files that some paths mean, each once. Raises UsageError if there is a file of another kind."""
    given = [events] if isinstance(events, (str, Path)) else list(events)
    paths = list({path.resolve(): path for start in given for path in event_paths(start)}.values())
    other = next((path for path in paths if path.suffix != ".parquet"), None)
    if other is not None:
        fix = "Leave --engine out, or give Parquet files only."
        raise UsageError("The engine duckdb checks Parquet files only.", fix=fix, path=other, rule="engine")
    return paths


@contextlib.contextmanager
def connected(memory: str = MEMORY[0], threads: int = THREADS) -> Iterator[DuckDBPyConnection]:
    """A database in memory that spills into a folder of its own, which is gone afterwards, and fetches no extensions."""
    import duckdb

    with tempfile.TemporaryDirectory(prefix="whodid-") as folder:
        settings = {
            "memory_limit": memory,
            "threads": threads,
            "temp_directory": folder,
            "TimeZone": "UTC",
            "autoinstall_known_extensions": False,
            # It would be printed among the findings.
            "enable_progress_bar": False,
            "enable_external_file_cache": False,
        }
        with duckdb.connect(":memory:") as connection:
            for name, value in settings.items():
                connection.execute(f"SET {name} = '{value}'")
            yield connection


def report_of(scanned: Sequence[Scanned], twins: Iterable[Twins], against: Against) -> ValidationReport:
    """The report of some scanned files, and of what is twice in them."""
    parts: list[Scanned | Twins] = [*scanned, *twins]
    findings = [fault for part in parts for fault in part.findings]
    totals: Counter[tuple[str, str]] = Counter()
    for part in parts:
        totals.update(part.totals)
    listed = Counter((f.rule, f.column) for f in findings)
    beyond: Counter[str] = Counter()
    for (rule, column), total in totals.items():
        beyond[rule] += max(total - listed[rule, column], 0)
    files = [EventFile(f.path, None if f.source is None else empty_frame(f.source.columns)) for f in scanned]
    left_out = not_run(files, against.articles, against.today)
    skipped = {check.check for check in left_out}
    return ValidationReport(
        findings=tuple(sorted(findings, key=order_of)),
        files=tuple(file.path for file in scanned),
        rows=sum(file.rows for file in scanned),
        checks_run=tuple(check for check in CHECKS if check not in skipped),
        checks_not_run=tuple(left_out),
        not_listed=tuple(sorted((rule, count) for rule, count in beyond.items() if count)),
    )
