"""`whodid validate`: is a dataset valid? Exit code 0 if it is, 1 if not, 2 if that cannot be said."""

from __future__ import annotations

import contextlib
import os
from datetime import date
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from whodid.cli.options import CodebookOption, SchedulerOption, check_scheduler
from whodid.errors import UsageError, WhodidError

if TYPE_CHECKING:
    from whodid.articles.model import ArticleSet
    from whodid.checks.report import ValidationReport
    from whodid.events.files import EventFile


class EngineName(StrEnum):
    """How the rows are checked."""

    auto = "auto"
    pandas = "pandas"
    duckdb = "duckdb"
    dask = "dask"


class ReportFormat(StrEnum):
    """How the report is written."""

    text = "text"
    json = "json"
    junit = "junit"
    github = "github"
    sarif = "sarif"


class LevelName(StrEnum):
    """What is looked at; the same names as whodid.checks.rules.Level, without what that imports."""

    rows = "rows"
    codebook = "codebook"
    articles = "articles"
    set = "set"


_MOST_SHOWN = 50


def validate(
    path: Annotated[
        list[Path] | None,
        typer.Argument(
            help="Event files (.parquet, .csv, .jsonl), or folders of them. [default: data/coded of the project]"
        ),
    ] = None,
    articles: Annotated[
        Path | None,
        typer.Option(
            "--articles",
            help="Folder of the coded articles: are the words where the rows say they are? [without PATH: data/raw]",
        ),
    ] = None,
    codebook: CodebookOption = None,
    level: Annotated[
        list[LevelName] | None,
        typer.Option("--level", help="What to look at; may be given several times. [default: all]"),
    ] = None,
    against: Annotated[
        Path | None, typer.Option("--against", help="Earlier event file or folder: did the shares of actions change?")
    ] = None,
    is_strict: Annotated[bool, typer.Option("--strict", help="Warnings make the dataset invalid, too.")] = False,
    format: Annotated[  # noqa: A002
        ReportFormat,
        typer.Option("--format", help="text for people, the others for programs and CI."),
    ] = ReportFormat.text,
    out: Annotated[Path | None, typer.Option("--out", "-o", help="File for the report. [default: print it]")] = None,
    limit: Annotated[
        int | None,
        typer.Option(
            "--limit",
            min=0,
            help="Most findings shown; all are counted. [default: 50; json and sarif: all]",
        ),
    ] = None,
    quarantine: Annotated[
        Path | None, typer.Option("--quarantine", help="File for the bad rows, with their reasons.")
    ] = None,
    clean: Annotated[Path | None, typer.Option("--clean", help="File for the other rows.")] = None,
    engine: Annotated[
        EngineName,
        typer.Option(
            "--engine", help="pandas: in memory. duckdb: Parquet of any size; dask: on --scheduler. auto: by rows."
        ),
    ] = EngineName.auto,
    scheduler: SchedulerOption = None,
) -> None:
    """Check event files against the schema, the codebook and their articles, and as a whole.

    In a project (`whodid init`), `whodid validate` alone checks its events against its codebook and its articles.
    Exit code 0: valid. 1: not valid. 2: could not check, for example because the path does not exist.
    """
    from whodid.checks.engine import called, takes_duckdb, validate_large
    from whodid.checks.report import summary
    from whodid.checks.rules import Level
    from whodid.checks.validate import CouldNotCheck, check_files, opened
    from whodid.cluster import storage
    from whodid.codebook.load import load_codebook

    with contextlib.ExitStack() as stack:
        try:
            if not path:
                path, articles = _of_project(articles)
            if LevelName.articles in (level or ()) and articles is None:
                fix = "Give their folder with --articles."
                raise UsageError("The level 'articles' needs articles.", fix=fix, column="--level", rule="no-articles")
            check_scheduler(engine is EngineName.dask, scheduler)
            places = stack.enter_context(storage.here(path))
            targets = [target for target in (quarantine, clean) if target is not None]
            if targets:
                from whodid.checks.quarantine import check_targets

                check_targets(places.paths, targets)
            is_large = takes_duckdb(places.paths, engine.value, writes_rows=bool(targets))
            files = [] if is_large else opened(places.paths)
            check = (
                partial(validate_large, places.paths, scheduler=scheduler) if is_large else partial(check_files, files)
            )
            report = check(
                codebook=load_codebook(codebook),
                articles=_articles(articles),
                today=date.today(),
                levels=level or tuple(Level),
                against=against,
                is_strict=is_strict,
            )
        except WhodidError as error:
            raise CouldNotCheck.of(error.faults) from error
        shown = called(report, places)
        text = _rendered(shown, format, limit)
        if out is None:
            typer.echo(text, nl=False)
        else:
            from whodid.atomic import write_text

            write_text(out, text)
            typer.echo(summary(shown))
        if targets:
            _separate(files, report, quarantine, clean)
        if not report.is_valid:
            raise typer.Exit(2 if report.has_unreadable else 1)


def _of_project(articles: Path | None) -> tuple[list[Path], Path | None]:
    """The events of the project in whose folder the command runs, and its articles if no others are given."""
    from whodid.codebook.project import DATASET_FILE, find_project

    project = find_project(Path())
    if project is None:
        fix = f"Give an event file or a folder of them, or run it in a project, which has a {DATASET_FILE}."
        raise UsageError("There is nothing to validate.", fix=fix, rule="no-path")
    folder = Path(os.path.relpath(project))
    raw = folder / "data" / "raw"
    taken = articles if articles is not None or not raw.is_dir() else raw
    events = folder / "data" / "coded"
    typer.echo(f"whodid: {events}" + (f" and the articles in {taken}" if taken is not None else ""), err=True)
    return [events], taken


def _rendered(report: ValidationReport, kind: ReportFormat, limit: int | None) -> str:
    most = _MOST_SHOWN if limit is None else limit
    if kind is ReportFormat.json:
        from whodid.checks.report import render_json

        return render_json(report)
    if kind is ReportFormat.junit:
        from whodid.checks.junit import render_junit

        return render_junit(report, most)
    if kind is ReportFormat.github:
        from whodid.checks.github import render_github

        return render_github(report, most)
    if kind is ReportFormat.sarif:
        from whodid import __version__
        from whodid.checks.sarif import render_sarif

        return render_sarif(report, __version__, limit)
    from whodid.checks.report import render_text

    return render_text(report, most)


def _separate(files: list[EventFile], report: ValidationReport, quarantine: Path | None, clean: Path | None) -> None:
    """Write good and bad rows apart, and say on stderr how many went where."""
    from whodid.checks.quarantine import separate, write_bad, write_clean

    separated = separate(files, report)
    if quarantine is not None:
        write_bad(separated, quarantine)
        typer.echo(f"whodid: {len(separated.bad):,} bad rows in {quarantine}", err=True)
    if clean is not None:
        write_clean(separated, files, clean)
        typer.echo(f"whodid: {len(separated.clean):,} good rows in {clean}", err=True)
    for unread in separated.unread:
        typer.echo(f"whodid: {unread} could not be opened: its rows are in neither file", err=True)


def _articles(folder: Path | None) -> ArticleSet | None:
    if folder is None:
        return None
    from whodid.articles.read import read_articles

    return read_articles(folder)
