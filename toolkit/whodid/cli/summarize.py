"""whodid summarize: events in, tables, figures and one report out."""

from __future__ import annotations

from collections.abc import Hashable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from whodid.cli.given import say_set_aside
from whodid.cli.options import CodebookOption
from whodid.cli.printing import printable

if TYPE_CHECKING:
    import pandas as pd

_SHOWN = 60
_WIDTH = 100


def summarize(
    path: Annotated[Path, typer.Argument(help="Events: a .parquet, .csv or .jsonl file, or a folder of these.")],
    out: Annotated[Path, typer.Option("--out", "-o", help="Folder to write report.html, tables/ and figures/ to.")],
    articles: Annotated[
        Path | None, typer.Option("--articles", help="The coded articles: the report then shows the sentences.")
    ] = None,
    codebook: CodebookOption = None,
    title: Annotated[
        str | None, typer.Option("--title", help="Title of the report. [default: Summary of coded events]")
    ] = None,
    show: Annotated[bool, typer.Option("--show", help="Print the events first, at most 60.")] = False,
) -> None:
    """Write tables, figures and one HTML report of the events in PATH to a folder.

    The report is one file that needs no network. A table without events gives a report that says so. Exit code 0; 1 if
    the events cannot be read or the folder cannot be written.
    """
    from whodid.articles.read import read_articles
    from whodid.codebook.load import load_codebook
    from whodid.events.enrich import enrich
    from whodid.events.files import read_events
    from whodid.summary.report import summarize as write_summary

    events = read_events(path, imported=True)
    book = load_codebook(codebook)
    read = read_articles([articles]) if articles is not None else None
    say_set_aside(read.refused if read is not None else ())
    summary = write_summary(events, out, codebook=book, articles=read, title=title)
    if show:
        _print_events(enrich(events, book))
    counted = f"{summary.events:,} event{'' if summary.events == 1 else 's'}"
    typer.echo(f"{counted} summarised in {len(summary.tables)} tables and {len(summary.figures)} figures.")
    typer.echo(f"Open the report: {summary.report}")


def _print_events(events: pd.DataFrame) -> None:
    """The first events by date in at most 100 columns; without colours and lines where no terminal reads them."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(highlight=False)
    width = min(console.width, _WIDTH) if console.is_terminal else _WIDTH
    console = Console(highlight=False, width=width)
    rows = [_cells(row) for row in events.sort_values("date", kind="stable").head(_SHOWN).to_dict("records")]
    longest = [max((len(row[column]) for row in rows), default=0) for column in range(5)]
    # Codes are shown whole; the action's words and the article share what is left of the line.
    codes = [min(max(length, 6), 18) for length in (longest[1], longest[3])]
    room = max(width - 10 - sum(codes) - 14, 20)
    article = min(longest[4], max(room - longest[2], room // 3))
    widths = (10, codes[0], room - article, codes[1], article)
    table = Table(box=box.SIMPLE_HEAD if console.is_terminal else None, show_edge=False, pad_edge=False)
    for name, column_width in zip(("date", "actor", "action", "target", "article"), widths, strict=True):
        is_code = name in {"actor", "target"}
        table.add_column(
            name,
            max_width=column_width,
            no_wrap=not is_code,
            overflow="fold" if is_code else "ellipsis",
            header_style="bold",
        )
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    if len(events):
        console.print(table)
    more = len(events) - _SHOWN
    if more > 0:
        console.print(f"... and {more:,} more.")


def _cells(row: dict[Hashable, Any]) -> tuple[str, ...]:
    label = row["action_label"] if isinstance(row["action_label"], str) else "not in the codebook"
    article = row["article_id"] if isinstance(row["article_id"], str) else ""
    words = (row["date"].date(), row["actor"], f"{row['action']} {label}", row["target"], article)
    return tuple(printable(str(word)) for word in words)
