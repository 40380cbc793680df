"""whodid adjudicate: the codings of several coders settled into one table."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from whodid.cli.options import CodebookOption, JudgedOption

if TYPE_CHECKING:
    from whodid.annotation.adjudicate import Adjudication
    from whodid.articles.model import ArticleSet
    from whodid.errors import Fault


def adjudicate(
    codings: Annotated[
        list[Path], typer.Argument(metavar="CODINGS", help="Event files of several coders, or stores of hand codings.")
    ],
    out: Annotated[Path, typer.Option("--out", "-o", help="File to write: .parquet, .csv or .jsonl.")],
    policy: Annotated[
        str,
        typer.Option(
            "--policy", metavar="unanimous|majority|expert", help="What is settled by rule; the rest is open."
        ),
    ] = "unanimous",
    expert: Annotated[
        str | None, typer.Option("--expert", metavar="NAME", help="Whose answer counts with --policy expert.")
    ] = None,
    judged: JudgedOption = None,
    single: Annotated[
        str,
        typer.Option("--single", metavar="keep|open", help="Units that one coder alone judged: keep, or leave open."),
    ] = "keep",
    sheet: Annotated[
        Path | None, typer.Option("--open", metavar="SHEET", help="CSV file to write the open units to, to decide in.")
    ] = None,
    decisions: Annotated[
        Path | None, typer.Option("--decisions", metavar="SHEET", help="Such a file, decided: its decisions count.")
    ] = None,
    adjudicator: Annotated[
        str | None, typer.Option("--adjudicator", metavar="NAME", help="Who made the decisions on the sheet.")
    ] = None,
    articles: Annotated[
        Path | None, typer.Option("--articles", help="The coded articles: the sheet then shows the words.")
    ] = None,
    codebook: CodebookOption = None,
) -> None:
    """Settle the codings of several coders into rows of coder "adjudicated", and write them to OUT.

    Units that the policy settles are settled by rule, others by decisions: those made in the widget are in the store,
    those on a sheet come with --decisions. Beside OUT stand the links (x.links.csv for x.csv): which codings each row
    settles, and by which policy. Exit code 0 also if units are left open; 1 if a decision on the sheet is bad, or a
    line in a store is damaged.
    """
    from whodid.annotation.adjudicate import adjudicate as settle
    from whodid.annotation.adjudicate import write_adjudication
    from whodid.annotation.decision_sheet import read_decision_sheet, write_open_units
    from whodid.annotation.judged import read_judged
    from whodid.codebook.load import load_codebook
    from whodid.errors import UsageError
    from whodid.events.files import check_ending

    check_ending(out)
    if decisions is not None and adjudicator is None:
        fix = "Add --adjudicator NAME: the links say who decided."
        raise UsageError("A sheet of decisions needs a name.", fix=fix, column="--adjudicator", rule="no-adjudicator")
    book = load_codebook(codebook)
    looked = None if judged is None else read_judged(judged)
    how = {"policy": policy, "expert": expert, "judged": looked, "single": single}
    found = settle(codings, **how)  # type: ignore[arg-type]
    faults: list[Fault] = []
    if decisions is not None and adjudicator is not None:
        units = [*found.open_units, *(one.unit for one in found.settled)]
        read = read_decision_sheet(decisions, units, book, adjudicator=adjudicator)
        faults = list(read.faults)
        found = settle(codings, decisions=read.decisions, **how)  # type: ignore[arg-type]
    events, links = write_adjudication(found, out, codebook=book.label, codebook_hash=book.hash)
    _report(found, events, links)
    if sheet is not None:
        write_open_units(found.open_units, sheet, articles=_articles(articles))
        typer.echo(f"{len(found.open_units)} open units in {sheet}")
    faults += found.faults
    for fault in faults:
        typer.echo(f"whodid: {fault}", err=True)
    if faults:
        raise typer.Exit(1)


def _articles(folder: Path | None) -> ArticleSet:
    from whodid.articles.model import ArticleSet
    from whodid.articles.read import read_articles

    return ArticleSet(()) if folder is None else read_articles([folder])


def _report(found: Adjudication, events: Path, links: Path) -> None:
    from collections import Counter

    count = Counter(one.policy for one in found.settled)
    by = ", ".join(f"{n} {policy}" for policy, n in sorted(count.items()))
    typer.echo(f"{len(found.events)} events in {events}, links in {links}")
    typer.echo(f"settled {len(found.settled)} units{f' ({by})' if by else ''}, open {len(found.open_units)}")
    if found.unused:
        what = "decision fits" if len(found.unused) == 1 else "decisions fit"
        typer.echo(f"whodid: {len(found.unused)} {what} no unit any more: the codings have changed since", err=True)
    if found.contested:
        n = len(found.contested)
        typer.echo(
            f"whodid: {n} {'unit is' if n == 1 else 'units are'} open because two people decided differently", err=True
        )
