"""`whodid diff`: what changed between two versions of a dataset."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class DiffFormat(StrEnum):
    """How the difference is written."""

    text = "text"
    json = "json"
    html = "html"


def diff(
    old: Annotated[Path, typer.Argument(help="Event file, folder of event files, or release.")],
    new: Annotated[Path, typer.Argument(help="The same, of the later version.")],
    format: Annotated[  # noqa: A002
        DiffFormat, typer.Option("--format", help="text or html for people, json for programs.")
    ] = DiffFormat.text,
    out: Annotated[Path | None, typer.Option("--out", "-o", help="Write it to this file.")] = None,
    old_codebook: Annotated[
        Path | None,
        typer.Option("--old-codebook", help="Codebook folder of OLD. [default: its release's or project's]"),
    ] = None,
    new_codebook: Annotated[
        Path | None,
        typer.Option("--new-codebook", help="Codebook folder of NEW. [default: its release's or project's]"),
    ] = None,
    limit: Annotated[int, typer.Option("--limit", min=0, help="Most lines of each list as text.")] = 20,
) -> None:
    """Rows added, removed, recoded and revised from OLD to NEW, by code, country and coder; and the codebook.

    Recoded is a row whose sentence and words are still coded, but otherwise. Exit code 0, whatever changed; 1 if a
    side cannot be read.
    """
    from whodid.atomic import write_text
    from whodid.codebook.load import load_codebook
    from whodid.release.diff import diff as compare
    from whodid.release.diff_report import difference_html, difference_json, difference_text

    found = compare(
        old,
        new,
        old_codebook=load_codebook(old_codebook) if old_codebook is not None else None,
        new_codebook=load_codebook(new_codebook) if new_codebook is not None else None,
    )
    if format is DiffFormat.text:
        text = difference_text(found, limit)
    else:
        text = difference_json(found) if format is DiffFormat.json else difference_html(found)
    if out is None:
        typer.echo(text, nl=False)
    else:
        write_text(out, text)
        typer.echo(f"The difference is in {out}")
