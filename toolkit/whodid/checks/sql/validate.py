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

import pandas as pd

from whodid.articles.model import ArticleSet
from whodid.checks.report import NotRun, ValidationReport
from whodid.checks.rules import CHECKS, Level
from whodid.checks.sql.rules import quoted
from whodid.checks.sql.scan import LISTED, Against, Scanned, disk_is_full, scan
from whodid.checks.sql.source import empty_frame, open_source
from whodid.checks.sql.twins import Twins, duplicate_ids, same_codings
from whodid.checks.sql.whole import double_coded, roots, set_faults
from whodid.checks.validate import left_out, levels_of, order_of
from whodid.checks.whole import roots_of
from whodid.cluster.run import on_cluster
from whodid.codebook.load import load_codebook
from whodid.codebook.model import Codebook
from whodid.errors import EventTableError, Fault, OutputError, UsageError
from whodid.events.files import EventFile, event_forms, event_paths, read_events
from whodid.unchanged import unchanged

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

# Enough for all that `whodid code` writes; what needs more gets it in these steps.
MEMORY = ("120MB", "250MB", "1GB", "8GB")
THREADS = 2

Result = TypeVar("Result")


def validate_parquet(
    events: Path | str | Iterable[Path | str],
    *,
    codebook: Codebook | None = None,
    articles: ArticleSet | None = None,
    today: date | None = None,
    levels: Iterable[str] = tuple(Level),
    against: pd.DataFrame | Path | str | None = None,
    is_strict: bool = False,
    scheduler: str | None = None,
    listed: int = LISTED,
) -> ValidationReport:
    """What `validate` finds, for Parquet files or folders of them of any size.

    Memory stays the same whatever the number of rows; what does not fit goes to a temporary folder. Of each rule and column
    the first `listed` findings of a file are in the report, and all are counted. scheduler: the address of a Dask
    scheduler, whose workers look at the rows of one file each; they have to see the files at the same paths. What concerns
    all rows at once is looked at here.
    Raises UsageError if a path does not exist or is no Parquet file, EventTableError if a file changes meanwhile.
    """
    paths = parquet_paths(events)
    book = codebook if codebook is not None else load_codebook()
    known = Against(book, articles, today, levels_of(levels), listed)
    with unchanged(paths, EventTableError), opened() as database:
        if scheduler is None:
            scanned = [database.run(partial(scan, path, known)) for path in paths]
        else:
            # Workers may have another current folder, so they get whole paths; the report has those that were given.
            there = [path.absolute() for path in paths]
            found = on_cluster(_scan_there, there, scheduler, start=_start_there, arguments=(known,))
            scanned = [file.moved_to(path) for path, file in zip(paths, found, strict=True)]
        return finished(scanned, known, against, is_strict, database, _forms_beside(events))


_known: list[Against] = []


def _start_there(known: Against) -> None:
    _known[:] = [known]


def _scan_there(path: Path) -> Scanned:
    with opened() as database:
        return database.run(partial(scan, path, _known[0]))


def finished(
    scanned: Sequence[Scanned],
    known: Against,
    against: pd.DataFrame | Path | str | None,
    is_strict: bool,
    database: Database,
    beside: Sequence[NotRun] = (),
) -> ValidationReport:
    """The report of some scanned files: what concerns all rows at once is looked at here.

    beside: files in another form, which are not read.
    """
    parts: list[Scanned | Twins] = [*scanned]
    found: list[Fault] = []
    skipped: list[NotRun] = []
    if Level.set in known.levels:
        readable = [file.source for file in scanned if file.source is not None]
        parts.append(database.run_large(lambda connection: duplicate_ids(readable, connection, known.listed)))
        if any(file.has_wrong_ids for file in scanned) or Level.rows not in known.levels:
            parts.append(database.run_large(lambda connection: same_codings(readable, connection, known.listed)))
        parts.append(database.run_large(lambda connection: double_coded(scanned, connection, known.listed)))
        before, name = _earlier(against, database)
        found, skipped = database.run_large(partial(set_faults, scanned, known.articles, before, name))
        if len(readable) == 1:
            found = [EventFile(readable[0].path, None).place(fault) for fault in found]
        skipped = [*beside, *skipped]
    return _report(scanned, parts, found, skipped, known, is_strict)


def _earlier(against: pd.DataFrame | Path | str | None, database: Database) -> tuple[Counter[str] | None, str]:
    if against is None:
        return None, ""
    name = "the earlier dataset" if isinstance(against, pd.DataFrame) else Path(against).name
    if not isinstance(against, pd.DataFrame):
        paths = event_paths(against)
        if all(path.suffix == ".parquet" for path in paths):
            sources = [open_source(path)[0] for path in paths]
            return database.run_large(lambda connection: roots(sources, connection)), name
        against = read_events(against)
    return roots_of(against), name


def parquet_paths(events: Path | str | Iterable[Path | str]) -> list[Path]:
    """The Parquet files that some paths mean, each once. Raises UsageError if there is a file of another kind."""
    given = [events] if isinstance(events, (str, Path)) else list(events)
    paths = list({path.resolve(): path for start in given for path in event_paths(start)}.values())
    other = next((path for path in paths if path.suffix != ".parquet"), None)
    if other is not None:
        fix = "Leave --engine out, or give Parquet files only."
        raise UsageError("The engine duckdb checks Parquet files only.", fix=fix, path=other, rule="engine")
    return paths


def _forms_beside(events: Path | str | Iterable[Path | str]) -> list[NotRun]:
    """That files which should hold the same rows as text were not compared: in a large dataset they are as large."""
    given = [events] if isinstance(events, (str, Path)) else list(events)
    others = sorted({str(other) for start in given for _, *same in event_forms(start) for other in same})
    named = ", ".join(others)
    return [NotRun("forms", f"the engine duckdb does not read {named}; --engine pandas does")] if others else []


class Database:
    """duckdb with as much memory as some work needs: little at first, so that a validation does not take what others use."""

    def __init__(self, connection: DuckDBPyConnection) -> None:
        self._connection = connection

    def run(self, work: Callable[[DuckDBPyConnection], Result], steps: Sequence[str] = MEMORY) -> Result:
        """The result of some work; where its memory is too small, as for very long texts, it is done anew with more."""
        import duckdb

        for memory in steps:
            self._connection.execute(f"SET memory_limit = '{memory}'")
            try:
                return work(self._connection)
            except duckdb.OutOfMemoryException as error:
                last = error
            except duckdb.IOException as error:
                if not disk_is_full(error):
                    raise
                fix = "Free space there, or name another folder: TMPDIR=/a/larger/folder."
                message = "The disk of temporary files is full."
                raise OutputError(message, fix=fix, path=tempfile.gettempdir(), rule="cannot-write") from error
            finally:
                self._tidy()
        fix = "Free disk space for temporary files (TMPDIR), or split the files."
        message = f"The rows cannot be checked within {steps[-1]} of memory."
        raise UsageError(message, fix=fix, rule="memory") from last

    def run_large(self, work: Callable[[DuckDBPyConnection], Result]) -> Result:
        """The same for work that has to compare all rows with each other."""
        return self.run(work, MEMORY[1:])

    def _tidy(self) -> None:
        left = self._connection.execute("SELECT table_name FROM duckdb_tables() WHERE temporary").fetchall()
        for (name,) in left:
            self._connection.execute(f"DROP TABLE {quoted(name)}")


@contextlib.contextmanager
def opened(threads: int = THREADS) -> Iterator[Database]:
    """A database in memory that spills into a folder of its own, which is gone afterwards, and fetches no extensions."""
    import duckdb

    with tempfile.TemporaryDirectory(prefix="whodid-") as folder:
        settings = {
            "memory_limit": MEMORY[0],
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
            yield Database(connection)


def _report(
    scanned: Sequence[Scanned],
    parts: Sequence[Scanned | Twins],
    of_set: Sequence[Fault],
    skipped: Sequence[NotRun],
    known: Against,
    is_strict: bool,
) -> ValidationReport:
    findings = [fault for part in parts for fault in part.findings]
    totals: Counter[tuple[str, str]] = Counter()
    for part in parts:
        totals.update(part.totals)
    listed = Counter((f.rule, f.column or "") for f in findings)
    beyond: Counter[str] = Counter()
    for (rule, column), total in totals.items():
        beyond[rule] += max(total - listed[rule, column], 0)
    files = [EventFile(f.path, None if f.source is None else empty_frame(f.source.columns)) for f in scanned]
    not_run = [*left_out(files, known.articles, known.today, known.levels), *skipped]
    names = {check.check for check in not_run}
    return ValidationReport(
        findings=tuple(sorted([*findings, *of_set], key=order_of)),
        files=tuple(file.path for file in scanned),
        rows=sum(file.rows for file in scanned),
        checks_run=tuple(check for check, level in CHECKS.items() if level in known.levels and check not in names),
        checks_not_run=tuple(not_run),
        is_strict=is_strict,
        not_listed=tuple(sorted((rule, count) for rule, count in beyond.items() if count)),
    )
