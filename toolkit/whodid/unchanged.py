"""Files that change or go away while they are read: noticed, and said, for what was read then belongs to no file."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from whodid.errors import WhodidError


@contextlib.contextmanager
def unchanged(paths: Iterable[Path], kind: type[WhodidError]) -> Iterator[None]:
    """A block that reads some files, perhaps more than once. Raises an error of that kind if one is another afterwards.

    A file that cannot be looked at before is for the block to report. What the block itself raises stays, unless it is
    because a file changed.
    """
    before: dict[Path, os.stat_result] = {}
    for path in paths:
        with contextlib.suppress(OSError):
            before[path] = path.stat()
    try:
        yield
    except Exception:
        _check(before, kind)
        raise
    _check(before, kind)


def check_unchanged(path: Path, shown: str, before: os.stat_result, kind: type[WhodidError]) -> None:
    """Raises an error if a file is not what it was when reading began, by its size, time of change and place on the disk."""
    try:
        after = path.stat()
    except OSError:
        message, rule = "The file went away while it was read.", "gone"
    else:
        if (after.st_size, after.st_mtime_ns, after.st_ino) == (before.st_size, before.st_mtime_ns, before.st_ino):
            return
        message, rule = "The file changed while it was read.", "changed"
    fix = "Run the command again when nothing else writes there. Nothing was written."
    raise kind(message, fix=fix, path=shown, rule=rule)


def _check(before: dict[Path, os.stat_result], kind: type[WhodidError]) -> None:
    for path, state in before.items():
        check_unchanged(path, str(path), state, kind)
