"""whodid assign: who codes which article, and who has what left."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from whodid.cli.given import articles_given
from whodid.cli.options import JudgedOption, PathsArgument, PublishedOption, SeedOption

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
    from whodid.cli.printing import plain_console, print_rows, printable

    kept = None if keep is None else read_assignment(keep)
    read = articles_given(paths, published)
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
        list[Path] | None,
        typer.Argument(
            metavar="[CODINGS]...", help="What has been coded so far: event files, or stores of hand codings."
        ),
    ] = None,
    judged: JudgedOption = None,
    left: Annotated[
        str | None, typer.Option("--left", metavar="NAME", help="Print only the articles that this coder has left.")
    ] = None,
) -> None:
    """Show how many articles and words each coder has judged and has left.

    An article counts as judged from its first judgement on: an event in CODINGS, or a sentence said to have none, which
    stores know, and the tables that commands write beside an event file (ben.judged.csv beside ben.csv).
    """
    from whodid.annotation.assign import assignment_status, left_of
    from whodid.annotation.assignment_files import read_assignment
    from whodid.annotation.gathered import gather
    from whodid.annotation.judged import read_judged
    from whodid.cli.printing import plain_console, print_rows, printable

    table = read_assignment(assignment)
    found = gather(codings or (), None if judged is None else read_judged(judged))
    for fault in found.faults:
        typer.echo(f"whodid: {fault}", err=True)
    if left is not None:
        for article in left_of(table, left, found.tables, found.judged):
            typer.echo(printable(article))
        return
    known = set() if found.judged is None else set(found.judged["coder"])
    unknown = sorted({coder for events in found.tables for coder in events["coder"]} - known)
    if unknown:
        whose = printable(", ".join(unknown))
        typer.echo(f"whodid: of {whose} only articles with events count: give --judged to count the others", err=True)
    header = ["coder", "articles", "judged", "left", "words", "words left", "not assigned"]
    rows = [
        [printable(row["coder"]), *(f"{row[name]:,}" for name in list(row)[1:])]
        for row in assignment_status(table, found.tables, found.judged).to_dict("records")
    ]
    print_rows(plain_console(), header, rows, right_from=1)
