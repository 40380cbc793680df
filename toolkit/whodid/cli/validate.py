"""`whodid validate`: is a dataset valid? Exit code 0 if it is, 1 if not, 2 if that cannot be said."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from whodid.cli.options import CodebookOption
from whodid.errors import WhodidError

if TYPE_CHECKING:
    from whodid.articles.model import ArticleSet


class EngineChoice(StrEnum):
    """How the rows are checked."""

    auto = "auto"
    pandas = "pandas"
    duckdb = "duckdb"


class ReportFormat(StrEnum):
    """How the report is written."""

    text = "text"
    json = "json"


def validate(
    path: Annotated[list[Path], typer.Argument(help="Event files (.parquet, .csv, .jsonl), or folders of them.")],
    articles: Annotated[
        Path | None,
        typer.Option("--articles", help="Folder of the coded articles: are the words where the rows say they are?"),
    ] = None,
    codebook: CodebookOption = None,
    format: Annotated[  # noqa: A002
        ReportFormat, typer.Option("--format", help="text for people, json for programs.")
    ] = ReportFormat.text,
    limit: Annotated[int, typer.Option("--limit", min=0, help="Most findings shown as text; all are counted.")] = 50,
    engine: Annotated[
        EngineChoice,
        typer.Option("--engine", help="pandas in memory; duckdb for Parquet of any size; auto decides by the rows."),
    ] = EngineChoice.auto,
) -> None:
    """Check event files against the schema, the codebook and their articles.

    Exit code 0: valid. 1: not valid. 2: could not check, for example because the path does not exist.
    """
    from whodid.checks.engine import validate as validate_files
    from whodid.checks.report import render_json, render_text
    from whodid.checks.validate import CouldNotCheck
    from whodid.codebook.load import load_codebook

    try:
        report = validate_files(
            path,
            codebook=load_codebook(codebook),
            articles=_articles(articles),
            today=date.today(),
            engine=engine.value,
        )
    except WhodidError as error:
        raise CouldNotCheck.of(error.faults) from error
    typer.echo(render_json(report) if format is ReportFormat.json else render_text(report, limit), nl=False)
    if not report.is_valid:
        raise typer.Exit(2 if report.has_unreadable else 1)


def _articles(folder: Path | None) -> ArticleSet | None:
    if folder is None:
        return None
    from whodid.articles.read import read_articles

    return read_articles(folder)
