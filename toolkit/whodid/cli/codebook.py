"""whodid codebook: check, show, search, export."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from whodid.cli.options import CodebookOption

app = typer.Typer(
    help="Check the codebook, look codes up in it, export it.", no_args_is_help=True, rich_markup_mode=None
)


@app.command()
def check(
    folder: Annotated[Path | None, typer.Argument(help="Codebook folder. [default: whodid's own codebook]")] = None,
) -> None:
    """Find every fault of a codebook at once, with file, line, value and fix. Exit code 1 if there are any."""
    from whodid.codebook.check import check_codebook
    from whodid.codebook.load import load_codebook

    faults = check_codebook(folder)
    for fault in faults:
        typer.echo(str(fault))
    if faults:
        typer.echo(f"not sound: {len(faults)} fault{'s' if len(faults) != 1 else ''}")
        raise typer.Exit(1)
    book = load_codebook(folder)
    examples = sum(len(a.examples) for a in book.actions.values())
    misses = sum(len(a.near_misses) for a in book.actions.values())
    typer.echo(
        f"sound: {book.label}, {len(book.actions)} codes, {examples} examples, {misses} near misses, "
        f"{len(book.patterns)} patterns, {len(book.leaders)} terms of office"
    )


@app.command()
def show(
    code: Annotated[str, typer.Argument(help="Action code, such as 114.")], codebook: CodebookOption = None
) -> None:
    """Print one entry: definition, when to use it and when not, values, examples."""
    from whodid.codebook.load import load_codebook
    from whodid.codebook.look_up import show_action

    typer.echo(show_action(load_codebook(codebook), code))


@app.command()
def search(
    words: Annotated[list[str], typer.Argument(help="Words, or the beginning of a code.")],
    codebook: CodebookOption = None,
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, help="How many to print.")] = 10,
) -> None:
    """Find codes by words in their labels, definitions, patterns and examples, best first. Exit code 1 if none fits."""
    from whodid.codebook.load import load_codebook
    from whodid.codebook.look_up import search_actions

    found = search_actions(load_codebook(codebook), " ".join(words), limit)
    for action, _ in found:
        typer.echo(f"{action.code:5s} {action.label}")
    if not found:
        typer.echo(f"whodid: no code fits {' '.join(words)!r}. Try fewer or other words.", err=True)
        raise typer.Exit(1)


@app.command()
def export(
    codebook: CodebookOption = None,
    html: Annotated[Path | None, typer.Option("--html", help="Write one readable page to this file.")] = None,
    csv: Annotated[Path | None, typer.Option("--csv", help="Write one line for each code to this file.")] = None,
) -> None:
    """Write the codebook as one HTML page, as CSV, or both."""
    from whodid.atomic import write_text
    from whodid.codebook.load import load_codebook
    from whodid.codebook.render import codebook_csv, codebook_html
    from whodid.errors import UsageError

    if html is None and csv is None:
        raise UsageError("Nothing to write.", fix="Give --html FILE, --csv FILE, or both.", rule="no-output")
    book = load_codebook(codebook)
    for path, render in ((html, codebook_html), (csv, codebook_csv)):
        if path is not None:
            write_text(path, render(book))
            typer.echo(f"{book.label} in {path}")


@app.command()
def path() -> None:
    """Print the folder of whodid's own codebook, to read it or to copy it for one's own."""
    from whodid.codebook.load import default_codebook_path

    typer.echo(str(default_codebook_path()))
