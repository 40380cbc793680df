"""whodid agree: how well coders agree on the articles that two or more of them judged."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from whodid.cli.options import CodebookOption, JudgedOption, ResamplesOption, SeedOption, TextOrJsonOption

if TYPE_CHECKING:
    import pandas as pd
    from rich.console import Console

    from whodid.codebook.model import Codebook
    from whodid.reliability.agree import Agreement

_COLUMNS = {
    "percent_agreement": "agree",
    "cohen_kappa": "Cohen",
    "fleiss_kappa": "Fleiss",
    "gwet_ac1": "AC1",
    "krippendorff_alpha": "alpha",
    "krippendorff_alpha_distance": "alpha by distance",
}
_WITH_INTERVAL = ("krippendorff_alpha", "krippendorff_alpha_distance")


def agree(
    paths: Annotated[
        list[Path],
        typer.Argument(
            metavar="PATHS",
            help="Event files, folders of these, or stores of hand codings; the column coder says who coded a row.",
        ),
    ],
    judged: JudgedOption = None,
    coders: Annotated[
        list[str] | None,
        typer.Option(
            "--coder", metavar="NAME", help="Compare these coders only; repeat it. [default: all but adjudicated]"
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", metavar="DIR", help="Folder to write agreement.html, tables and the figure to."),
    ] = None,
    format: TextOrJsonOption = "text",  # noqa: A002
    codebook: CodebookOption = None,
    resamples: ResamplesOption = 1000,
    seed: SeedOption = 0,
    limit: Annotated[int, typer.Option("--limit", min=0, help="Pairs of confused codes shown as text.")] = 10,
) -> None:
    """Compare the codings of two or more coders, for each pair and for all: percent, kappas, alpha, AC1, with intervals.

    Rows about the same event are matched by words and sentence. Parts are the whole event, action, actor, target and date;
    levels are full code, three digits, root, quad class. A coder who lacks an event judged "no event"; agreement on matched
    events alone is given beside. The machine may be one of the coders. Where there is too little to compare, the output
    says so. Exit code 0 whatever the agreement is.
    """
    from whodid.annotation.judged import read_judged
    from whodid.codebook.load import load_codebook
    from whodid.reliability.agree import agree as compare
    from whodid.reliability.agreement_json import agreement_json
    from whodid.reliability.bootstrap import check_resampling

    check_resampling(resamples, seed)
    book = load_codebook(codebook)
    looked = None if judged is None else read_judged(judged)
    found = compare(paths, book, judged=looked, coders=coders or None, resamples=resamples, seed=seed)
    if format == "json":
        typer.echo(agreement_json(found), nl=False)
    else:
        _print(found, book, limit)
    if out is not None:
        from whodid.summary.agreement_report import write_agreement

        written = write_agreement(found, out, codebook=book)
        typer.echo(f"Open the page: {written['page']}", err=format == "json")


def _print(found: Agreement, codebook: Codebook, limit: int) -> None:
    from whodid.cli.printing import plain_console, printable
    from whodid.reliability.agree import ALL, MATCHED
    from whodid.reliability.bootstrap import about_intervals

    console = plain_console()
    units = found.units
    names = printable(", ".join(found.coders)) or "no coder"
    console.print(f"{names}: {_count(len(units.article), 'event')} in {_count(len(units.articles), 'article')} shared")
    for note in found.notes:
        console.print(printable(note))
    if len(found.coders) < 2 or not units.articles:
        return
    console.print('\nAll units: a coder without a row for an event judged "no event"\n')
    _print_scores(console, found, ALL)
    console.print("\nMatched events alone: only the coders who have the event\n")
    _print_scores(console, found, MATCHED)
    console.print("\nEvents found, and alpha by distance of each pair\n")
    _print_pairs(console, found)
    console.print(f"\n{about_intervals(found.resampling, 'In brackets')}")
    _print_confusion(console, found, codebook, limit)


def _print_scores(console: Console, found: Agreement, units: str) -> None:
    from whodid.cli.printing import print_rows

    own = found.scores[found.scores["coder"].isna() & (found.scores["units"] == units)]
    rows: dict[tuple[str, str], list[str]] = {}
    for line in own.to_dict("records"):
        rows.setdefault((line["part"], line["level"]), [str(line["n_units"])])
    values = {(line["part"], line["level"], line["statistic"]): line for line in own.to_dict("records")}
    for (part, level), row in rows.items():
        row += [_value(values[part, level, name], has_interval=name in _WITH_INTERVAL) for name in _COLUMNS]
    header = ["part", "level", "units", *_COLUMNS.values()]
    print_rows(console, header, [[*key, *row] for key, row in rows.items()], right_from=2)
    for note in own["note"].dropna().drop_duplicates():
        console.print(f"- {note}")


def _print_pairs(console: Console, found: Agreement) -> None:
    from whodid.cli.printing import print_rows, printable
    from whodid.reliability.agree import ALL, MATCHED

    header = ["coders", "articles", "events", "both", "F1", "action, all units", "action, matched"]
    asked = found.scores[(found.scores["part"] == "action") & (found.scores["level"] == "code")]
    asked = asked[asked["statistic"] == "krippendorff_alpha_distance"]
    rows = []
    for pair in found.found.to_dict("records"):
        if not isinstance(pair["coder"], str):
            own, names = asked[asked["coder"].isna()], "all pairs"
            counts = ["", ""]
        else:
            own = asked[(asked["coder"] == pair["coder"]) & (asked["other"] == pair["other"])]
            names = printable(f"{pair['coder']}, {pair['other']}")
            counts = [f"{int(pair['n_coder'])}, {int(pair['n_other'])}", str(pair["n_both"])]
        f1 = _value({"value": pair["f1"]}, has_interval=False)
        alphas = [_value(own[own["units"] == units].iloc[0].to_dict()) for units in (ALL, MATCHED)]
        rows.append([names, str(pair["n_articles"]), *counts, f1, *alphas])
    # Of two coders, all pairs are the one pair.
    print_rows(console, header, rows if len(rows) > 2 else rows[1:], right_from=1)


def _print_confusion(console: Console, found: Agreement, codebook: Codebook, limit: int) -> None:
    from whodid.cli.printing import square_lines
    from whodid.codebook.side_by_side import side_by_side

    table = found.confusion_table()
    if not len(table):
        return
    console.print("\nRoots given to the same event, in pairs of judgements\n")
    for line in square_lines(_lower(table)):
        # A table that is too wide wraps in the terminal; a shortened number would be a wrong one.
        console.print(line, soft_wrap=True)
    pairs = found.most_confused(n=limit)
    if len(pairs):
        console.print("\nCodes most often taken for each other")
    for pair in pairs.to_dict("records"):
        times = "once" if pair["n"] == 1 else f"{pair['n']} times"
        console.print(
            f"\n{pair['action']} and {pair['other']}: {times}, {pair['share']:.0%} of the judgements with both\n"
        )
        console.print(side_by_side(codebook, pair["action"], pair["other"], console.width), soft_wrap=True)


def _lower(table: pd.DataFrame) -> pd.DataFrame:
    """The lower half of a symmetric table, the other cells 0: each pair stands once."""
    import numpy as np

    return table.where(np.tril(np.ones(table.shape, dtype=bool)), 0)


def _value(line: dict[Any, Any], *, has_interval: bool = True) -> str:
    value, low, high = line["value"], line.get("low"), line.get("high")
    if value != value:  # Not a number: there is no value, and a note says why.
        return "-"
    if line.get("statistic") == "percent_agreement":
        return f"{value:.1%}"
    return f"{value:.2f} ({low:.2f}, {high:.2f})" if has_interval and low == low else f"{value:.2f}"


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"
