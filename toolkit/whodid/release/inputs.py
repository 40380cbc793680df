"""The events that a path means: a file, a folder of files, or a release; and which of two forms is read."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import pandas as pd

from whodid.codebook.load import codebook_files, default_codebook_path, hash_files, load_codebook
from whodid.codebook.model import Codebook
from whodid.errors import EventTableError, Fault, ReleaseError
from whodid.events.files import EventFile, duplicates_across, event_paths, open_events
from whodid.events.schema import COLUMNS
from whodid.events.table import empty_table, sort_events
from whodid.release.datapackage import PACKAGE_FILE

# Two files of one name hold the same rows in two forms; the first of these is the one that keeps every type.
_FORMS = (".parquet", ".jsonl", ".csv")


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
        """The codebook that came with the events: that of a release, else None."""
        folder = self.path / "codebook"
        return released_codebook(folder) if is_release(self.path) and folder.is_dir() else None


def released_codebook(folder: Path) -> Codebook:
    """The codebook of a release. If it is whodid's own, that is used, which was parsed before."""
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


def event_files(path: Path | str) -> tuple[list[Path], list[Path]]:
    """The files to read, and those that hold the same rows in another form.

    Of files in one folder that have the same name but for their ending, the Parquet file is read, else JSON Lines.
    A release is read from its data folder. Raises UsageError if there is nothing.
    """
    start = Path(path)
    if is_release(start):
        start = start / "data"
    forms: dict[tuple[Path, str], list[Path]] = defaultdict(list)
    for file in event_paths(start):
        forms[(file.parent, file.stem)].append(file)
    read: list[Path] = []
    others: list[Path] = []
    for same in forms.values():
        best, *rest = sorted(same, key=lambda file: _FORMS.index(file.suffix) if file.suffix in _FORMS else 9)
        read.append(best)
        others += rest
    return read, others


def read_event_set(path: Path | str) -> EventSet:
    """The events of a path. Raises EventTableError with every fault of shape, ReleaseError if two forms differ."""
    start = Path(path)
    read, others = event_files(start)
    opened = [open_events(file) for file in read]
    faults = [fault for file in opened for fault in file.faults] + duplicates_across(opened)
    if faults:
        raise EventTableError.of(faults)
    forms = [fault for other in others if (fault := _other_form_fault(other, opened)) is not None]
    if forms:
        raise ReleaseError.of(forms)
    frames = [_own(file) for file in opened]
    package = package_of(start)
    return EventSet(
        start,
        tuple(read),
        sort_events(pd.concat(frames, ignore_index=True)) if frames else empty_table(),
        opened[0].metadata if opened else {},
        str(package["version"]) if package and "version" in package else None,
    )


def _own(file: EventFile) -> pd.DataFrame:
    assert file.frame is not None  # a file that could not be opened has a fault
    return file.frame[[column.name for column in COLUMNS]]


def _other_form_fault(other: Path, opened: list[EventFile]) -> Fault | None:
    """A fault if the other form of a file that was read does not hold the same rows."""
    [kept] = [file for file in opened if (file.path.parent, file.path.stem) == (other.parent, other.stem)]
    again = open_events(other)
    fix = f"Make it anew from the one that is right, or remove it: {kept.path.name} is the one that is read."
    if again.faults or again.frame is None:
        message = f"It is another form of {kept.path.name}, but cannot be read: {again.faults[0].message}"
        return Fault("two-forms", message, fix, other, again.faults[0].line)
    left, right = sort_events(_own(kept)), sort_events(_own(again))
    if left.equals(right):
        return None
    count = len(set(left["event_id"]) ^ set(right["event_id"]))
    what = f"{count:,} rows stand in one of them only" if count else "their rows differ in other columns"
    return Fault("two-forms", f"It does not hold the same events as {kept.path.name}: {what}.", fix, other)
