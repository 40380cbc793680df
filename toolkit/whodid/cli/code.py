"""whodid code: articles in, event table out."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from whodid.cli.given import check_any, say_set_aside
from whodid.cli.options import (
    CodebookOption,
    CoderOption,
    ModelOption,
    PathsArgument,
    PublishedOption,
    SchedulerOption,
    check_scheduler,
)


class EngineName(StrEnum):
    """Where the articles are coded."""

    local = "local"
    dask = "dask"


_FILE = "events.parquet"
# What shells expect of a command that Ctrl-C ended.
_INTERRUPTED = 130


def code(
    paths: PathsArgument,
    out: Annotated[
        str,
        typer.Option(
            "--out",
            "-o",
            metavar="OUT",
            help=f"File to write: .parquet, .csv or .jsonl; or a folder, for {_FILE} in it.",
        ),
    ],
    published: PublishedOption = None,
    codebook: CodebookOption = None,
    model: ModelOption = None,
    coder: CoderOption = None,
    workers: Annotated[int, typer.Option("--workers", "-j", min=1, help="Processes to code with.")] = 1,
    engine: Annotated[
        EngineName, typer.Option("--engine", help="local: on this machine. dask: on the workers of --scheduler.")
    ] = EngineName.local,
    scheduler: SchedulerOption = None,
    cache: Annotated[
        Path | None,
        typer.Option(
            "--cache",
            metavar="DIR",
            help="Folder that keeps parses and readings: recoding then takes a fraction of the time.",
        ),
    ] = None,
    resume: Annotated[
        bool, typer.Option("--resume", help="Go on with the run that was stopped, if there is one.")
    ] = False,
    restart: Annotated[
        bool, typer.Option("--restart", help="Forget the run that was stopped, and begin anew.")
    ] = False,
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

    Articles that cannot be read are set aside with their reason, and the rest is coded. Memory does not grow with the
    number of articles. A run that is stopped leaves the old OUT as it was; the same command with --resume goes on where
    it stopped. Exit code 0, also if some articles were set aside; 1 if nothing could be coded or written; 130 after
    Ctrl-C.
    """
    from whodid.articles.refusals import refusals_to_csv
    from whodid.articles.spool import spool_articles
    from whodid.cli.aside import remove_stale
    from whodid.cli.progress import counting
    from whodid.cluster import storage
    from whodid.codebook.load import load_codebook
    from whodid.coder.journal import journal_folder
    from whodid.coder.linear import load_linear
    from whodid.coder.stream import code_to_file
    from whodid.coder.versions import DEFAULT_MODEL
    from whodid.errors import UsageError
    from whodid.events.files import check_ending

    target = _target(out)
    check_ending(target)
    check_scheduler(engine is EngineName.dask, scheduler)
    if resume and restart:
        fix = "Give --resume to go on with the run that was stopped, or --restart to begin anew."
        raise UsageError("--resume and --restart exclude each other.", fix=fix, rule="bad-options")
    linear = load_linear(coder) if coder else None
    articles = spool_articles(paths, published=published)
    count = len(articles)
    aside = refused or target.with_name(f"{target.name}.refused.csv")
    if articles.refused:
        refusals_to_csv(articles.refused, aside)
        say_set_aside(articles.refused)
    else:
        remove_stale(aside)
    check_any(count, len(articles.refused), f"above and in {aside}")
    try:
        # What goes to an address is made here, and put there when it is whole.
        with storage.target(target) as file, counting(count, "articles", is_quiet=quiet) as advance:
            coded = code_to_file(
                articles,
                file,
                codebook=load_codebook(codebook),
                model=model or DEFAULT_MODEL,
                linear=linear,
                workers=workers,
                scheduler=scheduler,
                cache=cache,
                resume=resume,
                restart=restart,
                unresolved=unresolved,
                progress=advance,
                warn=lambda sentence: typer.echo(f"whodid: {sentence}", err=True),
            )
    except KeyboardInterrupt:
        kept = journal_folder(target).is_dir()
        then = "The same command with --resume goes on from here." if kept else "Nothing was written."
        typer.echo(f"whodid: Interrupted; {target} is as it was before. {then}", err=True)
        raise typer.Exit(_INTERRUPTED) from None
    tail = f", {coded.resumed:,} of them coded before" if coded.resumed else ""
    tail += f", {len(articles.refused)} set aside (see {aside})" if articles.refused else ""
    typer.echo(f"{coded.events} events from {count} articles in {target}{tail}")


def _target(out: str) -> Path:
    """The file that is meant: a folder, or a name without an ending, means events.parquet in it."""
    path = Path(out)
    return path / _FILE if path.is_dir() or out.endswith(("/", "\\")) or not path.suffix else path
