"""The project to which a path belongs: the folder with dataset.yaml, and the codebook beside it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

DATASET_FILE = "dataset.yaml"
# data/coded/events.parquet belongs to the project two folders up.
_LEVELS_UP = 2


def find_project(path: Path | str) -> Path | None:
    """The folder of the project: the path, its folder, or one up to two above; None if none has a dataset.yaml."""
    start = Path(path).resolve()
    folder = start if start.is_dir() else start.parent
    places = (folder, *folder.parents[:_LEVELS_UP])
    return next((place for place in places if (place / DATASET_FILE).is_file()), None)


def find_codebook(path: Path | str) -> Path | None:
    """The codebook of the project to which a path belongs; None if there is no project, or it has none of its own."""
    project = find_project(path)
    folder = project / "codebook" if project is not None else None
    return folder if folder is not None and (folder / "codebook.yaml").is_file() else None


def codebook_for(paths: Iterable[Path | str]) -> Path | None:
    """The codebook of the first project to which one of the paths belongs; None for whodid's own."""
    return next((folder for folder in map(find_codebook, paths) if folder is not None), None)
