"""whodid annotations: to and from Label Studio, doccano and brat."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from whodid.cli.given import articles_given, assigned, check_assignment
from whodid.cli.options import (
    AssignedOption,
    AssignmentOption,
    CodebookOption,
    ModelOption,
    PathsArgument,
    PublishedOption,
)

app = typer.Typer(
    help="Exchange codings with Label Studio, doccano and brat.", no_args_is_help=True, rich_markup_mode=None
)


def _form(form: str) -> str:
    from whodid.annotation.exchange.forms import check_form

    return check_form(form)


FormOption = Annotated[
    str, typer.Option("--format", parser=_form, metavar="FORMAT", help="label-studio, doccano or brat.")
]


@app.command(name="export")
def export_(
    paths: PathsArgument,
    form: FormOption,
    out: Annotated[Path, typer.Option("--out", "-o", help="File to write; for brat a new folder.")],
    events: Annotated[
        Path | None, typer.Option("--events", metavar="FILE", help="Events to export with the articles.")
    ] = None,
    assignment: AssignmentOption = None,
    coder: AssignedOption = None,
    published: PublishedOption = None,
    codebook: CodebookOption = None,
) -> None:
    """Write the articles in PATHS, and the events coded in them, for another tool.

    An event is three marked spans, the action tied to its actor and target. For Label Studio the labelling configuration
    is written beside OUT, for brat into the folder. Exit code 1 if a row does not fit its article.
    """
    from whodid.annotation.exchange.write import export_annotations
    from whodid.cli.counted import counted
    from whodid.events.files import read_events

    check_assignment(assignment, coder)
    articles = assigned(articles_given(paths, published), assignment, coder)
    rows = read_events(events) if events is not None else None
    files = export_annotations(articles, out, form, events=rows, codebook=codebook)
    shown = f"{len(files)} files in {out}" if form == "brat" else " and ".join(map(str, files))
    number = 0 if rows is None else len(rows)
    typer.echo(f"{counted(len(articles), 'article')} with {counted(number, 'event')}: {shown}")


@app.command(name="import")
def import_(
    path: Annotated[Path, typer.Argument(metavar="FILE", help="What the tool exported; for brat the folder.")],
    form: FormOption,
    articles: Annotated[list[Path], typer.Option("--articles", help="The articles that were marked.")],
    out: Annotated[Path, typer.Option("--out", "-o", help="File to write: .parquet, .csv or .jsonl.")],
    coder: Annotated[
        str | None, typer.Option("--coder", metavar="NAME", help="Who coded. [default: who the file says did]")
    ] = None,
    predictions: Annotated[bool, typer.Option("--predictions", help="Read Label Studio's predictions, too.")] = False,
    refused: Annotated[
        Path | None, typer.Option("--refused", help="CSV file for what was set aside. [default: OUT.refused.csv]")
    ] = None,
    published: PublishedOption = None,
    codebook: CodebookOption = None,
    model: ModelOption = None,
) -> None:
    """Read the events that were marked in another tool and write them to OUT.

    What cannot be taken (a span without code, an action without actor, another text) is set aside with its reason, and
    the rest is kept. Beside OUT stands who judged which sentence (ben.judged.csv for ben.csv). Exit code 0, also if
    something was set aside; 1 if the file cannot be read.
    """
    from whodid.annotation.exchange.read import import_annotations
    from whodid.annotation.side_table import side_path, writing_side_table
    from whodid.articles.model import Refused
    from whodid.articles.refusals import refusals_to_csv
    from whodid.cli.aside import remove_stale
    from whodid.cli.counted import counted
    from whodid.codebook.load import load_codebook
    from whodid.coder.parse import DEFAULT_MODEL
    from whodid.events.files import check_ending, write_events

    check_ending(out)
    read, book = articles_given(articles, published), load_codebook(codebook)
    found = import_annotations(
        path, form, read, coder=coder, codebook=book, with_predictions=predictions, model=model or DEFAULT_MODEL
    )
    for fault in found.faults:
        typer.echo(f"whodid: set aside: {fault}", err=True)
    aside = refused or out.with_name(f"{out.name}.refused.csv")
    if found.faults:
        refusals_to_csv([Refused(str(fault.path or path), fault) for fault in found.faults], aside)
    else:
        remove_stale(aside)
    coders = sorted({event.coder for event in found.events})
    with writing_side_table(found.judged, side_path(out, "judged")):
        write_events(found.table, out, codebook=book.label, codebook_hash=book.hash, coder=", ".join(coders))
    tail = f"; {counted(len(found.faults), 'fault')} (see {aside})" if found.faults else ""
    typer.echo(f"{counted(len(found.events), 'event')} of {counted(found.documents, 'document')} in {out}{tail}")
