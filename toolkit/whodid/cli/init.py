"""`whodid init`: a new dataset project."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def init(
    folder: Annotated[
        Path, typer.Argument(metavar="NAME", help="Folder to make; its last part is the project's name.")
    ],
    codebook: Annotated[
        Path | None, typer.Option("--codebook", help="Codebook folder to copy. [default: whodid's own codebook]")
    ] = None,
) -> None:
    """Make a dataset project: codebook, folders, two example articles, README, licence, CI workflow, pre-commit hooks.

    Nothing is overwritten: the folder must not exist, or be empty.
    """
    from whodid.release.project import plan_project, write_project

    written = write_project(plan_project(folder, codebook))
    typer.echo(f"{len(written)} files in {folder}. Next:")
    typer.echo(f"  cd {folder}")
    typer.echo("  whodid code data/raw -o data/coded")
    typer.echo("  whodid validate")
    typer.echo("Edit codebook/ and dataset.yaml; README.md says what else there is.")
