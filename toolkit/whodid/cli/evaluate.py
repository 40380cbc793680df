"""whodid evaluate: precision, recall and F1 of codings against a gold standard."""

from __future__ import annotations

import textwrap
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from whodid.cli.given import say_set_aside
from whodid.cli.options import CodebookOption, ResamplesOption, SeedOption, TextOrJsonOption
from whodid.cli.printing import plain_console, print_rows, printable, square_lines

if TYPE_CHECKING:
    import pandas as pd
    from rich.console import Console

    from whodid.articles.model import ArticleSet
    from whodid.reliability.evaluate import Evaluation


def evaluate(
    coded: Annotated[Path, typer.Argument(help="Event file to score.")],
    gold: Annotated[Path, typer.Argument(help="Event file that counts as right.")],
    articles: Annotated[
        Path | None, typer.Option("--articles", help="The coded articles: misses are then shown with their sentences.")
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", metavar="DIR", help="Folder to write scores.csv, confusion.csv and misses.csv to."),
    ] = None,
    format: TextOrJsonOption = "text",  # noqa: A002
    codebook: CodebookOption = None,
    resamples: ResamplesOption = 1000,
    seed: SeedOption = 0,
    limit: Annotated[int, typer.Option("--limit", min=0, help="Most misses shown as text; all are counted.")] = 20,
) -> None:
    """Score the events in CODED against those in GOLD: precision, recall and F1 by part and level, with 95 % intervals.

    Parts are the whole event, dyad and action, action, actor, target and date; levels are full code, three digits, root
    and quad class. A confusion table shows which actions are taken for which. Exit code 0 whatever the scores are.
    """
    from whodid.codebook.load import load_codebook
    from whodid.events.files import read_events
    from whodid.reliability.bootstrap import check_resampling
    from whodid.reliability.evaluate import evaluate as score
    from whodid.reliability.evaluation_files import evaluation_json, write_evaluation

    check_resampling(resamples, seed)
    found = score(
        read_events(coded),
        read_events(gold),
        load_codebook(codebook),
        articles=_articles(articles),
        resamples=resamples,
        seed=seed,
    )
    if found.n_left_out:
        typer.echo(f"whodid: left out: {found.n_left_out} coded rows of articles that {gold} does not have", err=True)
    if found.n_gold and not found.n_coded:
        typer.echo(f"whodid: {coded} has no row of an article in {gold}. Do the article ids differ?", err=True)
    if format == "json":
        typer.echo(evaluation_json(found), nl=False)
    else:
        _print(found, limit, has_articles=articles is not None)
    if out is not None:
        paths = write_evaluation(found, out)
        typer.echo(f"tables in {', '.join(map(str, paths.values()))}", err=format == "json")


def _articles(folder: Path | None) -> ArticleSet | None:
    if folder is None:
        return None
    from whodid.articles.read import read_articles

    read = read_articles([folder])
    say_set_aside(read.refused)
    return read


def _print(found: Evaluation, limit: int, *, has_articles: bool) -> None:
    from whodid.reliability.bootstrap import about_intervals

    console = plain_console()
    console.print(f"{found.n_coded} coded rows, {found.n_gold} gold rows, {found.n_matched} matched\n")
    print_rows(
        console,
        ["part", "level", "right", "precision", "recall", "F1"],
        [
            [row["part"], row["level"], str(row["n_right"]), *(_measure(row, m) for m in ("precision", "recall", "f1"))]
            for row in found.scores.to_dict("records")
        ],
        right_from=2,
    )
    console.print(f"\n{about_intervals(found.resampling, 'In brackets')}")
    if found.n_coded or found.n_gold:
        console.print("\nRoots: gold down, coded across\n")
        for line in square_lines(found.confusion_table()):
            # A table that is too wide wraps in the terminal; a shortened number would be a wrong one.
            console.print(line, soft_wrap=True)
    pairs = found.most_confused().to_dict("records")
    if pairs:
        console.print("\nMost confused\n")
        rows = [[str(p["n"]), _labelled(p, "gold"), "coded as", _labelled(p, "coded")] for p in pairs]
        print_rows(console, ["n", "gold", "", "coded"], rows)
    _print_misses(console, found.misses, limit, has_articles)


def _measure(row: dict[Any, Any], measure: str) -> str:
    value, low, high = row[measure], row[f"{measure}_low"], row[f"{measure}_high"]
    if value != value:  # Not a number: there is no such share.
        return "-"
    return f"{value:.3f}" if low != low else f"{value:.3f} ({low:.2f}-{high:.2f})"


def _print_misses(console: Console, misses: pd.DataFrame, limit: int, has_articles: bool) -> None:
    counts = {kind: int((misses["kind"] == kind).sum()) for kind in ("missed", "wrong", "extra")}
    console.print("\n" + ", ".join(f"{kind} {n}" for kind, n in counts.items()))
    if not has_articles:
        if len(misses):
            console.print("See them with --articles PATH (with their sentences), or -o DIR.")
        return
    for row in misses.head(limit).to_dict("records"):
        console.print(f"\n{row['kind']}  {printable(row['article_id'])}, sentence {row['sentence']}")
        for side in ("gold", "coded"):
            if isinstance(row[f"{side}_actor"], str):
                parts = [row[f"{side}_{part}"] for part in ("actor", "action", "target")]
                day = row[f"{side}_date"].date().isoformat()
                console.print(f"  {side + ':':6} {day}  {printable('  '.join(parts))}")
        text = row["sentence_text"] if isinstance(row["sentence_text"], str) else "(not in the articles given)"
        for line in textwrap.wrap(printable(text), console.width - 2):
            console.print(f"  {line}")
    if len(misses) > limit:
        console.print(f"\n... and {len(misses) - limit} more: see them with --limit, or -o DIR")


def _labelled(pair: dict[Any, Any], side: str) -> str:
    label = pair[f"{side}_label"]
    return f"{pair[side]} {label if isinstance(label, str) else 'not in the codebook'}"
