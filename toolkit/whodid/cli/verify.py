"""`whodid verify`: is a release what it says it is? Exit code 0 if it is, 1 if not, 2 if there is none."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class ResultFormat(StrEnum):
    """How the result is written."""

    text = "text"
    json = "json"


def verify(
    release: Annotated[Path, typer.Argument(help="Folder of a release.")],
    format: Annotated[  # noqa: A002
        ResultFormat, typer.Option("--format", help="text for people, json for programs.")
    ] = ResultFormat.text,
    limit: Annotated[int, typer.Option("--limit", min=0, help="Most findings shown as text; all are counted.")] = 50,
) -> None:
    """Check a release offline: checksums, schema, codebook, derived columns, and every description of the table.

    Exit code 0: sound. 1: not sound; each finding names its file. 2: there is no release.
    """
    from whodid.release.verify import verification_json, verification_text
    from whodid.release.verify import verify as verify_release

    found = verify_release(release)
    text = verification_json(found) if format is ResultFormat.json else verification_text(found, limit)
    typer.echo(text, nl=False)
    if not found.is_sound:
        raise typer.Exit(1)
