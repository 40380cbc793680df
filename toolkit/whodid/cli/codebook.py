"""whodid codebook: check, show, search, export."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from whodid.cli.options import CodebookOption, codebook_of_project

if TYPE_CHECKING:
    from whodid.codebook.model import Codebook


class ExampleCoder(StrEnum):
    """What codes the examples: as in coder/example_check.py, which --help has no time to load."""

    suggest = "suggest"
    patterns = "patterns"


app = typer.Typer(
    help="Check the codebook, look codes up in it, export it.", no_args_is_help=True, rich_markup_mode=None
)


@app.command()
def check(
    folder: Annotated[
        Path | None,
        typer.Argument(
            callback=codebook_of_project, help="Codebook folder. [default: the project's, else whodid's own]"
        ),
    ] = None,
    examples: Annotated[
        bool, typer.Option("--examples", help="Also code every example, and list those that come out otherwise.")
    ] = False,
    by: Annotated[
        ExampleCoder, typer.Option("--by", help="What codes the examples: all that suggest asks, or patterns alone.")
    ] = ExampleCoder.suggest,
    variety: Annotated[
        bool, typer.Option("--variety", help="Also say how often verbs, frames and sentences of examples repeat.")
    ] = False,
    limit: Annotated[int, typer.Option("--limit", min=0, help="Most examples listed; all are counted.")] = 50,
) -> None:
    """Find every fault of a codebook at once, with file, line, value and fix. Exit code 1 if there are any.

    --examples: exit code 1 as well if fewer than 95 % of the examples come out with their root or 85 % with their code, or
    if a near miss comes out as the code that it is a near miss of.
    """
    from whodid.codebook.check import check_codebook
    from whodid.codebook.load import load_codebook

    faults = check_codebook(folder)
    for fault in faults:
        typer.echo(str(fault))
    if faults:
        typer.echo(f"not sound: {len(faults)} fault{'s' if len(faults) != 1 else ''}")
        raise typer.Exit(1)
    book = load_codebook(folder)
    count = sum(len(a.examples) for a in book.actions.values())
    misses = sum(len(a.near_misses) for a in book.actions.values())
    typer.echo(
        f"sound: {book.label}, {len(book.actions)} codes, {count} examples, {misses} near misses, "
        f"{len(book.patterns)} patterns, {len(book.leaders)} terms of office"
    )
    if variety:
        _print_variety(book, limit)
    if examples and not _print_examples(book, by, limit):
        raise typer.Exit(1)


def _print_examples(book: Codebook, by: ExampleCoder, limit: int) -> bool:
    from whodid.cli.progress import counting
    from whodid.coder.example_check import By, check_examples

    total = sum(len(a.examples) + len(a.near_misses) for a in book.actions.values())
    with counting(total, "examples") as advance:
        report = check_examples(book, By(by.value), progress=advance)
    findings = report.findings()
    for finding in findings[:limit]:
        typer.echo(str(finding))
    if len(findings) > limit:
        typer.echo(f"and {len(findings) - limit} more")
    typer.echo("root  examples  root right  code right")
    for root, (number, roots, codes) in report.by_root().items():
        typer.echo(f"{root:4s}  {number:8d}  {roots:10.1%}  {codes:10.1%}")
    hit = sum(not o.is_right for o in report.near_misses)
    typer.echo(
        f"{len(report.examples)} examples coded by {by.value}: root right {report.root_share:.1%}, "
        f"code right {report.code_share:.1%}; {hit} of {len(report.near_misses)} near misses come out as what they are not"
    )
    return report.is_kept


def _print_variety(book: Codebook, limit: int) -> None:
    from whodid.coder.variety import variety

    found = variety(book)
    typer.echo(f"{found.examples} examples act by {len(found.words)} words; the commonest:")
    typer.echo("  " + ", ".join(f"{word} {n}" for word, n in list(found.words.items())[:20]))
    typer.echo("frames: " + ", ".join(f"{f} {n / found.examples:.0%}" for f, n in list(found.frames.items())[:6]))
    for one in found.repeated[:limit]:
        typer.echo(f"{one.code}: {one.word!r} in {one.times} of {one.examples} examples; write some with other words")
    for first, second, share in found.alike[:limit]:
        where = f"{first.file}:{first.line} and {second.file}:{second.line}"
        typer.echo(f"{where}: the sentences share {share:.0%} of their words; tell one of them differently")


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
