"""whodid sheet: hand coding in a spreadsheet."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from whodid.cli.given import articles_given, assigned, check_assignment, say_set_aside
from whodid.cli.options import (
    AssignedOption,
    AssignmentOption,
    CodebookOption,
    ModelOption,
    PathsArgument,
    PublishedOption,
)

app = typer.Typer(help="Code by hand in a spreadsheet.", no_args_is_help=True, rich_markup_mode=None)


@app.command()
def make(
    paths: PathsArgument,
    out: Annotated[Path, typer.Option("--out", "-o", metavar="SHEET", help="File to write: .xlsx or .csv.")],
    suggest: Annotated[
        bool, typer.Option("--suggest", help="Show what the machine makes of each sentence; fills nothing in.")
    ] = False,
    assignment: AssignmentOption = None,
    coder: AssignedOption = None,
    published: PublishedOption = None,
    codebook: CodebookOption = None,
    model: ModelOption = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing but errors.")] = False,
) -> None:
    """Write a coding sheet of the articles in PATHS: one row for each sentence, to be coded by a person.

    The workbook has drop-down lists, the codebook, the actors, and instructions. With --assignment and --coder it has
    the articles of one coder. Exit code 0, also if some articles
    were set aside; 1 if nothing could be written.
    """
    from whodid.annotation.sheets.make import check_sheet_ending, make_sheet
    from whodid.cli.counted import counted
    from whodid.cli.progress import counting
    from whodid.coder.parse import DEFAULT_MODEL

    check_sheet_ending(out)
    check_assignment(assignment, coder)
    articles = assigned(articles_given(paths, published), assignment, coder)
    with counting(len(articles), "articles", is_quiet=quiet) as advance:
        plan = make_sheet(
            articles, out, suggest=suggest, codebook=codebook, model=model or DEFAULT_MODEL, progress=advance
        )
    say_set_aside(plan.refused)
    if not quiet:
        typer.echo(f"{counted(len(plan.lines), 'sentence')} of {counted(len(articles), 'article')} in {out}")


@app.command()
def read(
    sheets: Annotated[list[Path], typer.Argument(metavar="SHEETS", help="Coding sheets of one coder: .xlsx or .csv.")],
    coder: Annotated[str, typer.Option("--coder", metavar="NAME", help="Who coded: the name in the column coder.")],
    out: Annotated[Path, typer.Option("--out", "-o", help="File to write: .parquet, .csv or .jsonl.")],
    refused: Annotated[
        Path | None, typer.Option("--refused", help="CSV sheet for the rows set aside. [default: OUT.refused.csv]")
    ] = None,
    codebook: CodebookOption = None,
) -> None:
    """Read what a coder wrote in SHEETS and write the events to OUT.

    Every cell that cannot be taken is reported with sheet, cell, value and fix. Good rows are kept; the others go, with
    the reasons, to a sheet of their own, to be mended and read again. Beside OUT stands who judged which sentence
    (ben.judged.csv for ben.csv), which `whodid agree` and `whodid adjudicate` take. Exit code 0, also if some rows were
    set aside; 1 if no sheet could be read.
    """
    from whodid.annotation.sheets.read import read_sheet, set_aside_to_csv
    from whodid.annotation.side_table import side_path, writing_side_table
    from whodid.atomic import write_bytes
    from whodid.cli.aside import remove_stale
    from whodid.cli.counted import counted
    from whodid.codebook.load import load_codebook
    from whodid.events.files import check_ending, write_events

    check_ending(out)
    book = load_codebook(codebook)
    found = read_sheet(sheets, coder=coder, codebook=book)
    aside = refused or out.with_name(f"{out.name}.refused.csv")
    for fault in found.faults:
        typer.echo(f"whodid: {fault}", err=True)
    for column in found.unread:
        typer.echo(f"whodid: not read: column {column!r}, which no coding sheet has", err=True)
    if found.set_aside:
        write_bytes(aside, set_aside_to_csv(found.set_aside))
    else:
        remove_stale(aside)
    with writing_side_table(found.judged, side_path(out, "judged")):
        write_events(found.table, out, codebook=book.label, codebook_hash=book.hash, coder=coder)
    tail = f"; {counted(len(found.set_aside), 'row')} set aside (see {aside})" if found.set_aside else ""
    typer.echo(
        f"{counted(len(found.events), 'event')} in {out}; {counted(len(found.without_event), 'sentence')} without event, "
        f"{len(found.open)} not read yet{tail}"
    )
