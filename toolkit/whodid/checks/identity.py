"""Is every row itself, and there only once? Ids made anew from the identifying columns, within and across files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from whodid.checks.cells import rows_with
from whodid.errors import Fault
from whodid.events.files import EventFile, duplicates_across
from whodid.events.record import event_id, imported_event_id
from whodid.events.schema import is_imported

_IDENTIFYING = (
    *("actor", "action", "target", "date", "article_id", "sentence"),
    *("actor_start", "actor_end", "action_start", "action_end", "target_start", "target_end", "coder"),
)


def identity_faults(files: Sequence[EventFile]) -> list[Fault]:
    """Rules wrong-id, same-coding (one coding under two ids) and duplicate-id (one id in two files), with their paths.

    The same id twice in one file is a fault of shape and reported there.
    """
    faults: list[Fault] = []
    first: dict[str, tuple[Path, int, str]] = {}
    for file in files:
        if file.frame is None:
            continue
        if is_imported(file.frame.columns):
            faults += [file.place(fault) for fault in _imported_faults(file.frame)]
            continue
        for row, stored, *values in rows_with(file.frame, "event_id", *_IDENTIFYING):
            made = _made_anew(values)
            if stored != made:
                message = f"event_id is {stored!r}, but the row's identifying columns give {made!r}."
                fix = f"The row was changed after its id was made: undo that, or set event_id to {made!r}."
                faults.append(file.place(Fault("wrong-id", message, fix, None, None, row, "event_id", stored)))
            path, earlier, other = first.setdefault(made, (file.path, row, stored))
            if other != stored:
                faults.append(file.place(same_coding_fault(values[-1], stored, row, file.path, other, earlier, path)))
    return faults + duplicates_across(files)


def _imported_faults(frame: pd.DataFrame) -> list[Fault]:
    """Rule wrong-id, for imported events that have an id of their own (KEDS has none)."""
    faults: list[Fault] = []
    names = ("event_id", "coder", "original_id", "date", "actor", "action", "target")
    for row, stored, *values in rows_with(frame, *names):
        made = imported_event_id(*values)
        if stored != made:
            message = f"event_id is {stored!r}, but the row's identifying columns give {made!r}."
            fix = f"The row was changed after its id was made: undo that, or set event_id to {made!r}."
            faults.append(Fault("wrong-id", message, fix, None, None, row, "event_id", stored))
    return faults


def same_coding_fault(
    coder: str, stored: str, row: int, path: Path, other: str, earlier: int, earlier_path: Path
) -> Fault:
    """The finding of a row whose coding an earlier one has under another id."""
    where = f"row {earlier}" if earlier_path == path else f"{earlier_path}, row {earlier}"
    message = f"The coder {coder!r} has the same coding in {where} under the event_id {other!r}."
    return Fault("same-coding", message, "Keep one of the rows.", path, None, row, "event_id", stored)


def _made_anew(values: list[object]) -> str:
    actor, action, target, day, article_id, sentence, *spans, coder = values
    pairs = [(spans[0], spans[1]), (spans[2], spans[3]), (spans[4], spans[5])]
    return event_id(actor, action, target, day, article_id, sentence, *pairs, coder)  # type: ignore[arg-type,call-arg]
