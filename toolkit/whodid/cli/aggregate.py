"""whodid aggregate: events counted by unit and period, for regressions."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast

import typer

from whodid.cli.options import CodebookOption

if TYPE_CHECKING:
    from whodid.summary.aggregate import Count as CountedBy


class By(StrEnum):
    """What a row of the aggregate is about."""

    dyad = "dyad"
    country_dyad = "country-dyad"
    actor = "actor"
    target = "target"
    actor_country = "actor-country"
    target_country = "target-country"
    all = "all"


class Period(StrEnum):
    """How long a period is; weeks are ISO weeks."""

    day = "day"
    week = "week"
    month = "month"
    quarter = "quarter"
    year = "year"


class Count(StrEnum):
    """What gets a column of counts for each of its values."""

    quad_class = "quad_class"
    root = "root"
    action = "action"
    plover_event = "plover_event"
    none = "none"


def aggregate(
    path: Annotated[Path, typer.Argument(help="Events: a .parquet, .csv or .jsonl file, or a folder of these.")],
    out: Annotated[Path, typer.Option("--out", "-o", help="File to write: .parquet or .csv.")],
    by: Annotated[By, typer.Option("--by", help="What a row is about.")] = By.dyad,
    period: Annotated[
        Period, typer.Option("--period", help="How long a period is; weeks are ISO weeks.")
    ] = Period.month,
    count: Annotated[
        Count, typer.Option("--count", help="A column of counts for each of its values.")
    ] = Count.quad_class,
    zeros: Annotated[
        bool, typer.Option("--zeros/--no-zeros", help="Also write periods in which a unit has no event.")
    ] = True,
    normalise: Annotated[bool, typer.Option("--normalise", help="Add counts per 1,000 events of the period.")] = False,
    long: Annotated[bool, typer.Option("--long", help="A row for each counted value, in place of a column.")] = False,
    codebook: CodebookOption = None,
) -> None:
    """Count the events in PATH by unit and period, with sums and means of their Goldstein scores.

    One row for each unit and period between the first and the last of the table. Takes coded and imported events; run
    `whodid oneaday` first to count an event once that several publishers reported.
    """
    from whodid.codebook.load import load_codebook
    from whodid.events.files import read_events
    from whodid.summary.aggregate import aggregate as make
    from whodid.summary.aggregate import check_aggregate_ending, uncounted, write_aggregate

    check_aggregate_ending(out)
    events, book = read_events(path, imported=True), load_codebook(codebook)
    table = make(
        events,
        by=by.value,
        period=period.value,
        count=None if count is Count.none else cast("CountedBy", count.value),
        zeros=zeros,
        normalise=normalise,
        long=long,
        codebook=book,
    )
    write_aggregate(table, out)
    typer.echo(f"{len(events):,} events in {len(table):,} rows of {out}")
    left_out = uncounted(events, by.value, book)
    if left_out:
        typer.echo(f"{left_out:,} of them have no {by.value} and count in period_events only")
