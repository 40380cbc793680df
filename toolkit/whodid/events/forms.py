"""Two files of one name that hold the same rows in two forms: do they?"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from whodid.errors import Fault
from whodid.events.files import EventFile, open_events
from whodid.events.table import sort_events


def form_faults(opened: Sequence[EventFile], files: Sequence[Sequence[Path]]) -> list[Fault]:
    """A fault for each file that is another form of one that was opened and does not hold the same rows.

    files: as event_forms gives them, each list beginning with the file that was opened. Forms of a file that could not
    be read itself are not compared.
    """
    by_path = {file.path: file for file in opened}
    faults = [
        _fault(by_path[kept], other)
        for kept, *others in files
        for other in others
        if kept in by_path and by_path[kept].frame is not None and not by_path[kept].faults
    ]
    return [fault for fault in faults if fault is not None]


def _fault(kept: EventFile, other: Path) -> Fault | None:
    again = open_events(other)
    fix = f"Make it anew from the one that is right, or remove it: {kept.path.name} is the one that is read."
    if again.faults or again.frame is None:
        message = f"It is another form of {kept.path.name}, but cannot be read: {again.faults[0].message}"
        return Fault("two-forms", message, fix, other, again.faults[0].line)
    assert kept.frame is not None
    names = [name for name in kept.frame.columns if name in again.frame.columns]
    left, right = sort_events(kept.frame)[names], sort_events(again.frame)[names]
    if len(names) == len(kept.frame.columns) and left.equals(right):
        return None
    count = len(set(left["event_id"]) ^ set(right["event_id"]))
    what = f"{count:,} rows stand in one of them only" if count else "their rows differ in other columns"
    return Fault("two-forms", f"It does not hold the same events as {kept.path.name}: {what}.", fix, other)
