"""`whodid release`: build a release that another lab can load, verify and cite."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from whodid.cli.options import day

if TYPE_CHECKING:
    from whodid.release.dataset import Dataset


class PartitionBy(StrEnum):
    """Into how many Parquet files the rows go."""

    none = "none"
    year = "year"


def release(
    events: Annotated[Path, typer.Argument(help="Event file (.parquet, .csv, .jsonl), or a folder of them.")],
    out: Annotated[Path, typer.Option("--out", "-o", help="Folder of the release; it appears whole or not at all.")],
    version: Annotated[str, typer.Option("--version", help="Version of the data, such as 1.0.0.")],
    date: Annotated[
        str | None,
        typer.Option(
            "--date",
            parser=day,
            metavar="DATE",
            help="Day of the release. [default: the newest published day of the rows]",
        ),
    ] = None,
    previous: Annotated[
        Path | None, typer.Option("--previous", help="The release before this one: its changes go into the changelog.")
    ] = None,
    articles: Annotated[
        Path | None,
        typer.Option("--articles", help="Folder of the coded articles: each row is compared with its words."),
    ] = None,
    agreement: Annotated[
        Path | None, typer.Option("--agreement", help="JSON file of `whodid agree`, for the card.")
    ] = None,
    partition: Annotated[
        PartitionBy, typer.Option("--partition", help="One Parquet file, or one for each year.")
    ] = PartitionBy.none,
    dataset: Annotated[
        Path | None,
        typer.Option("--dataset", help="dataset.yaml with title, licence, authors. [default: the one of the project]"),
    ] = None,
    title: Annotated[str | None, typer.Option("--title", help="Title, in place of dataset.yaml's.")] = None,
    licence: Annotated[
        str | None, typer.Option("--licence", help="SPDX name of the licence, such as CC-BY-4.0, in its place.")
    ] = None,
    description: Annotated[str | None, typer.Option("--description", help="Description, in its place.")] = None,
    author: Annotated[
        list[str] | None,
        typer.Option("--author", help='"Family, Given", or the name of an organisation; several if repeated.'),
    ] = None,
    codebook: Annotated[
        Path | None,
        typer.Option("--codebook", help="Codebook folder. [default: the one beside dataset.yaml, else whodid's own]"),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Read and validate, print the plan, write nothing.")
    ] = False,
) -> None:
    """Build a release of EVENTS: Parquet, codebook, descriptions, summary, card, citation, changelog, checksums.

    Nothing is built if the events are not valid: the findings are printed. The same input gives the same bytes; no
    clock is read. Exit code 0: built. 1: not built, and the folder is as it was.
    """
    from datetime import date as day_of

    from whodid.articles.read import read_articles
    from whodid.cli.progress import counting
    from whodid.release.agreement import read_agreement
    from whodid.release.build import NotValid, build, read_contents
    from whodid.release.plan import plan_release

    try:
        contents = read_contents(
            events,
            version,
            dataset=_described(events, dataset, title, licence, description, author or []),
            codebook=codebook,
            articles=read_articles(articles) if articles is not None else None,
            day=day_of.fromisoformat(date) if date is not None else None,
            partition=partition.value,
            previous=previous,
            agreement=read_agreement(agreement) if agreement is not None else None,
        )
    except NotValid as error:
        for finding in error.faults[:50]:
            typer.echo(" ".join(str(finding).splitlines()))
        typer.echo(f"whodid: {error.summary}", err=True)
        raise typer.Exit(1) from error
    plan = plan_release(contents)
    if dry_run:
        typer.echo(str(plan))
        return
    with counting(len(plan.files), "files") as advance:
        build(plan, out, advance)
    odd = len(contents.validation.warnings)
    if odd:
        told = "see it with `whodid validate`" if odd == 1 else "see them with `whodid validate`"
        typer.echo(f"whodid: {odd:,} warning{'' if odd == 1 else 's'} about the events, {told}", err=True)
    for name, why in plan.left_out:
        typer.echo(f"whodid: without {name}: {why}", err=True)
    typer.echo(f"{plan.dataset} {plan.version} ({plan.day.isoformat()}), {plan.rows:,} rows, in {out}")
    typer.echo(f"Check it: whodid verify {out}")


def _described(
    events: Path, file: Path | None, title: str | None, licence: str | None, description: str | None, authors: list[str]
) -> Dataset | None:
    """The dataset of the file, or of the project, with what was given on the command line; None if nothing was."""
    from whodid.release.dataset import author_of, dataset_with, find_dataset, read_dataset

    found = file if file is not None else find_dataset(events)
    return dataset_with(
        read_dataset(found) if found is not None else None,
        title=title,
        licence=licence,
        description=description,
        authors=tuple(author_of(text) for text in authors) or None,
    )
