"""`whodid expectations`: the rules as a Great Expectations suite, run on a file or put into a project."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from whodid.cli.options import CodebookOption

app = typer.Typer(no_args_is_help=True, help="Great Expectations: run the rules as a suite, or export it.")


@app.command(name="run")
def run(
    path: Annotated[Path, typer.Argument(help="Event file: .parquet, .csv or .jsonl.")],
    out: Annotated[Path | None, typer.Option("--out", "-o", help="Folder to write Data Docs (static HTML) to.")] = None,
    codebook: CodebookOption = None,
) -> None:
    """Run the expectation suite on an event file by a checkpoint, in memory, and write Data Docs if --out is given.

    Exit code 0: every expectation is met. 1: not every one. 2: the file could not be read.
    """
    from whodid.checks.data_docs import write_data_docs
    from whodid.checks.expectations import check_expectations
    from whodid.checks.validate import CouldNotCheck
    from whodid.codebook.load import load_codebook
    from whodid.errors import WhodidError

    try:
        book = load_codebook(codebook)
        checked = check_expectations(path, book)
    except WhodidError as error:
        raise CouldNotCheck.of(error.faults) from error
    for sentence in checked.failures():
        typer.echo(sentence)
    count = len(checked.result.results)
    typer.echo(f"{count - len(checked.failures())} of {count} expectations are met")
    if out is not None:
        write_data_docs(checked, path, book, out)
        typer.echo(f"Data Docs in {out / 'index.html'}")
    if not checked.is_met:
        raise typer.Exit(1)


@app.command(name="export")
def export(
    project: Annotated[Path, typer.Argument(help="Great Expectations project: the folder of great_expectations.yml.")],
    data: Annotated[
        Path | None,
        typer.Option("--data", help="Parquet file; adds a data source, a validation definition and a checkpoint too."),
    ] = None,
    codebook: CodebookOption = None,
) -> None:
    """Add the suite to a Great Expectations project, or bring the one that is there up to date."""
    from whodid.checks.expectations import export_suite
    from whodid.codebook.load import load_codebook

    for line in export_suite(project, load_codebook(codebook), data=data):
        typer.echo(f"wrote {line}")
