"""whodid assign: who codes which article, and who has what left."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from whodid.cli.options import PathsArgument, PublishedOption, SeedOption

app = typer.Typer(
    help="Split articles among coders, and see who has what left.", no_args_is_help=True, rich_markup_mode=None
)


@app.command()
def make(
    paths: PathsArgument,
    out: Annotated[Path, typer.Option("--out", "-o", metavar="FILE", help="CSV file to write the assignment to.")],
    coders: Annotated[list[str], typer.Option("--coder", metavar="NAME", help="A coder; repeat it for each.")],
    overlap: Annotated[
        float, typer.Option("--overlap", metavar="SHARE", help="Share of the articles that several coders code.")
    ] = 0.2,
    times: Annotated[int, typer.Option("--times", metavar="N", help="How many coders code each of these.")] = 2,
    seed: SeedOption = 0,
    keep: Annotated[
        Path | None,
        typer.Option(
            "--keep", metavar="FILE", help="An earlier assignment that stays: only new articles are assigned."
        ),
    ] = None,
    published: PublishedOption = None,
) -> None:
    """Split the articles in PATHS among coders, each with about as many words, and write who codes what as CSV.

    A share of the articles, drawn at random, is coded by several coders, for `whodid agree`. Each coder's articles come in
    random order, shared ones in the same order for all. The same articles, coders and seed give the same file.
    """
    from whodid.annotation.assign import assign
    from whodid.annotation.assignment_files import read_assignment, write_assignment
    from whodid.articles.read import read_articles
    from whodid.cli.printing import plain_console, print_rows, printable

    kept = None if keep is None else read_assignment(keep)
    read = read_articles(paths, published=published)
    for item in read.refused:
        typer.echo(f"whodid: set aside: {item.fault}", err=True)
    table = assign(read, coders, overlap=overlap, times=times, seed=seed, kept=kept)
    write_assignment(table, out)
    rows = [
        [printable(str(coder)), f"{len(own):,}", f"{int((own['coders'] > 1).sum()):,}", f"{int(own['words'].sum()):,}"]
        for coder, own in table.groupby("coder")
    ]
    print_rows(plain_console(), ["coder", "articles", "shared", "words"], rows, right_from=1)
    typer.echo(f"{table['article_id'].nunique():,} articles assigned in {out}")


@app.command()
def status(
    assignment: Annotated[Path, typer.Argument(help="The file that `whodid assign make` wrote.")],
    codings: Annotated[
        list[Path] | None, typer.Argument(metavar="[CODINGS]...", help="Event files of what has been coded so far.")
    ] = None,
    judged: Annotated[
        Path | None,
        typer.Option("--judged", metavar="FILE", help="Who judged which article (columns coder, article_id)."),
    ] = None,
    left: Annotated[
        str | None, typer.Option("--left", metavar="NAME", help="Print only the articles that this coder has left.")
    ] = None,
) -> None:
    """Show how many articles and words each coder has judged and has left.

    An article counts as judged from its first judgement on: a row in CODINGS, or a line in the table of judged articles,
    which also knows of articles without events.
    """
    import pandas as pd

    from whodid.annotation.assign import left_of
    from whodid.annotation.assign import status as progress
    from whodid.annotation.assignment_files import read_assignment
    from whodid.cli.printing import plain_console, print_rows, printable
    from whodid.events.files import read_events
    from whodid.events.table import empty_table
    from whodid.reliability.judged import read_judged

    table = read_assignment(assignment)
    events = pd.concat([empty_table(), *(read_events(path) for path in codings or ())], ignore_index=True)
    looked = None if judged is None else read_judged(judged)
    if left is not None:
        for article in left_of(table, left, events, looked):
            typer.echo(printable(article))
        return
    if looked is None:
        typer.echo("whodid: articles without events count only with --judged", err=True)
    header = ["coder", "articles", "judged", "left", "words", "words left", "not assigned"]
    rows = [
        [printable(row["coder"]), *(f"{row[name]:,}" for name in list(row)[1:])]
        for row in progress(table, events, looked).to_dict("records")
    ]
    print_rows(plain_console(), header, rows, right_from=1)
