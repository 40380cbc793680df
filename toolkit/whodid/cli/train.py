"""whodid train: a model from a researcher's own coded rows."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from whodid.cli.given import say_set_aside
from whodid.cli.options import CodebookOption, ModelOption

if TYPE_CHECKING:
    from whodid.coder.fit import Held


def train(
    coded: Annotated[Path, typer.Argument(help="Event file with the rows to learn from.")],
    out: Annotated[Path, typer.Option("--out", "-o", metavar="MODEL", help="Model file to write (.npz).")],
    articles: Annotated[list[Path], typer.Option("--articles", help="The articles that the rows were coded from.")],
    codebook: CodebookOption = None,
    model: ModelOption = None,
    examples: Annotated[
        bool, typer.Option("--examples/--no-examples", help="Learn from the codebook's examples too.")
    ] = True,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress.")] = False,
) -> None:
    """Train a model on the rows in CODED and write it to MODEL; `whodid code --coder MODEL` then uses it.

    Prints how often it gives the right root and code for rows that it was not fitted to (five-fold cross-validation).
    """
    from whodid.articles.read import read_articles
    from whodid.cli.progress import counting
    from whodid.codebook.load import load_codebook
    from whodid.coder.parse import DEFAULT_MODEL
    from whodid.coder.train import train as train_model
    from whodid.coder.training import examples_of
    from whodid.events.files import read_events

    rows, read, book = read_events(coded), read_articles(articles), load_codebook(codebook)
    say_set_aside(read.refused)
    total = len(rows) + (len(examples_of(book)) if examples else 0)
    with counting(total, "sentences", is_quiet=quiet) as advance:
        found = train_model(
            rows, read, codebook=book, with_examples=examples, model=model or DEFAULT_MODEL, progress=advance
        )
    found.model.save(out)
    typer.echo(f"{out}: learnt from {found.rows} rows and {found.examples} examples of the codebook")
    if found.held is None:
        typer.echo("too few rows, or of one root only: nothing could be held out to measure it")
        return
    typer.echo(f"rows held out:            {_figures(found.held)}")
    if found.alone is not None:
        typer.echo(f"without the examples:     {_figures(found.alone)}")
    for root, (n, f1) in found.held.by_root.items():
        label = book.actions[root].label if root in book.actions else "not in the codebook"
        typer.echo(f"  {root} {label:<34} rows {n:>5}  F1 {f1:.3f}")


def _figures(held: Held) -> str:
    return (
        f"root {held.root_accuracy:.1%}, root macro F1 {held.root_macro_f1:.3f}, full code {held.code_accuracy:.1%} "
        f"({held.sentences} rows)"
    )
