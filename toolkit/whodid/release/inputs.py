"""The events that a path means: a file, a folder of files, or a release; and which of two forms is read."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import pandas as pd

from whodid.codebook.load import codebook_files, default_codebook_path, hash_files, load_codebook
from whodid.codebook.model import Codebook
from whodid.codebook.project import find_codebook
from whodid.errors import EventTableError, ReleaseError
from whodid.events.files import EventFile, duplicates_across, event_forms, open_events
from whodid.events.forms import form_faults
from whodid.events.schema import COLUMNS
from whodid.events.table import empty_table, sort_events
from whodid.release.datapackage import PACKAGE_FILE


@dataclass(frozen=True)
class EventSet:
    """Events that were read: rows without derived columns in canonical order, where from, and what they carry."""

    path: Path
    files: tuple[Path, ...]
    frame: pd.DataFrame
    metadata: dict[str, str] = field(default_factory=dict)
    version: str | None = None

    @property
    def shown(self) -> str:
        """The path as it was given."""
        return str(self.path)

    @cached_property
    def own_codebook(self) -> Codebook | None:
        """The codebook that came with the events: that of the release, or that of their project if it coded them."""
        if is_release(self.path):
            folder = self.path / "codebook"
            return released_codebook(folder) if folder.is_dir() else None
        found = find_codebook(self.path)
        book = released_codebook(found) if found is not None else None
        is_theirs = book is not None and self.metadata.get("codebook_hash", book.hash) == book.hash
        return book if is_theirs else None


def released_codebook(folder: Path) -> Codebook:
    """The codebook of a release or project. If it is whodid's own, that is used, which was parsed before."""
    own = default_codebook_path()
    try:
        is_own = hash_files(codebook_files(folder)) == hash_files(codebook_files(own))
    except OSError:
        is_own = False  # load_codebook says what cannot be read
    return load_codebook(own if is_own else folder)


def is_release(path: Path) -> bool:
    """True for a folder that whodid built as a release."""
    return package_of(path) is not None


def package_of(path: Path) -> dict[str, object] | None:
    """The description of a release, or None if the path is none."""
    file = path / PACKAGE_FILE
    try:
        value = json.loads(file.read_text(encoding="utf-8")) if file.is_file() else None
    except (OSError, ValueError):
        return None
    return value if isinstance(value, dict) and isinstance(value.get("whodid"), dict) else None


def event_files(path: Path | str) -> list[list[Path]]:
    """The files to read, each followed by those that hold the same rows in another form; of a release its data folder.

    Raises UsageError if there is nothing.
    """
    start = Path(path)
    return event_forms(start / "data" if is_release(start) else start)


def read_event_set(path: Path | str) -> EventSet:
    """The events of a path. Raises EventTableError with every fault of shape, ReleaseError if two forms differ."""
    start = Path(path)
    files = event_files(start)
    opened = [open_events(forms[0]) for forms in files]
    faults = [fault for file in opened for fault in file.faults] + duplicates_across(opened)
    if faults:
        raise EventTableError.of(faults)
    differing = form_faults(opened, files)
    if differing:
        raise ReleaseError.of(differing)
    frames = [_own(file) for file in opened]
    metadata = opened[0].metadata if opened else {}
    # Of a large table there is room for a few copies, and putting together and sorting make one each.
    del opened
    whole = pd.concat(frames, ignore_index=True) if len(frames) > 1 else (*frames, empty_table())[0]
    frames.clear()
    package = package_of(start)
    return EventSet(
        start,
        tuple(forms[0] for forms in files),
        sort_events(whole),
        metadata,
        str(package["version"]) if package and "version" in package else None,
    )


def _own(file: EventFile) -> pd.DataFrame:
    assert file.frame is not None  # a file that could not be opened has a fault
    return file.frame[[column.name for column in COLUMNS]]
