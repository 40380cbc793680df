"""whodid explain: why each row is there."""

from __future__ import annotations

from typing import Annotated

import typer

from whodid.cli.options import CodebookOption, ModelOption, PathsArgument, PublishedOption


def explain(
    paths: PathsArgument,
    published: PublishedOption = None,
    codebook: CodebookOption = None,
    model: ModelOption = None,
    rows_only: Annotated[bool, typer.Option("--rows-only", help="Leave out the predicates that gave no row.")] = False,
) -> None:
    """Print, for each event in PATHS, its sentence with the marked words, the rules that decided, and the date's source."""
    from whodid.articles.read import read_articles
    from whodid.codebook.load import load_codebook
    from whodid.coder.code import read_all
    from whodid.coder.explain import explain as explain_readings
    from whodid.coder.parse import DEFAULT_MODEL

    articles = read_articles(paths, published=published)
    for item in articles.refused:
        typer.echo(f"whodid: set aside: {item.fault}", err=True)
    book = load_codebook(codebook)
    readings = read_all(articles, codebook=book, model=model or DEFAULT_MODEL)
    typer.echo(explain_readings(readings, book, with_skipped=not rows_only))
