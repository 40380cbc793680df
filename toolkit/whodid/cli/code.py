"""whodid code: articles in, event table out."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from whodid.cli.options import CodebookOption, CoderOption, ModelOption, PathsArgument, PublishedOption


def code(
    paths: PathsArgument,
    out: Annotated[Path, typer.Option("--out", "-o", help="File to write: .parquet, .csv or .jsonl.")],
    published: PublishedOption = None,
    codebook: CodebookOption = None,
    model: ModelOption = None,
    coder: CoderOption = None,
    workers: Annotated[int, typer.Option("--workers", "-j", min=1, help="Processes to code with.")] = 1,
    refused: Annotated[
        Path | None, typer.Option("--refused", help="CSV file for what was set aside. [default: OUT.refused.csv]")
    ] = None,
    unresolved: Annotated[
        Path | None, typer.Option("--unresolved", help="CSV file for the actors that no table knows, commonest first.")
    ] = None,
    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", help="Print nothing but errors and the summary line.")
    ] = False,
) -> None:
    """Code the articles in PATHS (files or folders) and write the events to OUT.

    Articles that cannot be read are set aside with their reason, and the rest is coded. Exit code 0, also if some were
    set aside; 1 if nothing could be coded or written.
    """
    from whodid.articles.read import read_articles
    from whodid.articles.refusals import refusals_to_csv
    from whodid.cli.aside import remove_stale
    from whodid.cli.progress import counting
    from whodid.codebook.load import load_codebook
    from whodid.coder.code import CODER, read_all
    from whodid.coder.linear import load_linear
    from whodid.coder.parse import DEFAULT_MODEL
    from whodid.coder.unknown import unknown_to_csv
    from whodid.errors import ArticleError
    from whodid.events.files import check_ending, write_events
    from whodid.events.table import events_to_table

    check_ending(out)
    linear = load_linear(coder) if coder else None
    articles = read_articles(paths, published=published)
    aside = refused or out.with_name(f"{out.name}.refused.csv")
    if articles.refused:
        refusals_to_csv(articles.refused, aside)
        for item in articles.refused:
            typer.echo(f"whodid: set aside: {item.fault}", err=True)
    else:
        remove_stale(aside)
    if not articles.articles:
        count = len(articles.refused)
        fix = f"The reasons are above and in {aside}."
        raise ArticleError(f"None of the {count} articles could be read.", fix=fix, rule="no-articles")
    book = load_codebook(codebook)
    with counting(len(articles), "articles", is_quiet=quiet) as advance:
        readings = list(
            read_all(
                articles,
                codebook=book,
                model=model or DEFAULT_MODEL,
                linear=linear,
                workers=workers,
                progress=advance,
            )
        )
    events = events_to_table(event for reading in readings for event in reading.events)
    write_events(events, out, codebook=book.label, codebook_hash=book.hash, coder=linear.name if linear else CODER)
    if unresolved is not None:
        unknown_to_csv(readings, unresolved)
    tail = f", {len(articles.refused)} set aside (see {aside})" if articles.refused else ""
    typer.echo(f"{len(events)} events from {len(articles)} articles in {out}{tail}")
