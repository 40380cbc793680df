"""What a long run has finished so far, kept beside its output, so that a run that was stopped can go on where it was.

The folder `.NAME.unfinished` beside the output NAME holds run.json (what the run is of) and a file for each finished chunk of
articles. Each file is written whole or not at all and carries its hash. When the output is written, the folder goes.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO

from whodid.atomic import write_bytes, write_text
from whodid.errors import OutputError, UsageError

_HASH_BYTES = 16
_RUN = "run.json"
_LOCK = "lock"


class Journal:
    """The finished chunks of one run, by number."""

    def __init__(self, folder: Path, done: frozenset[int], lock: IO[str] | None) -> None:
        self.folder, self.done, self._lock = folder, done, lock

    def keep(self, number: int, data: bytes) -> None:
        """Write down what a chunk gave. Raises OutputError if that fails."""
        try:
            write_bytes(self._path(number), hashlib.blake2b(data, digest_size=_HASH_BYTES).digest() + data)
        except OutputError as error:
            fix = "Free space on the disk, and add --resume: what is coded is kept."
            raise OutputError(error.message, fix=fix, path=error.path, rule="cannot-write") from error

    def read(self, number: int) -> bytes:
        """What a finished chunk gave."""
        data = _whole(self._path(number))
        if data is None:
            fix = "Run the command again with --resume: it does this part anew."
            raise OutputError("A finished part is damaged.", fix=fix, path=self._path(number), rule="cannot-read")
        return data

    @property
    def temporary(self) -> Path:
        """A path on the output's own disk for the output as it is being written."""
        return self.folder / "output.part"

    def close(self) -> None:
        """Let another run have it; what is finished stays."""
        if self._lock is not None:
            self._lock.close()

    def remove(self) -> None:
        """Take it away, when the output is written."""
        # First what makes it a journal: a run killed in between leaves a folder that the next one takes for nothing.
        (self.folder / _RUN).unlink(missing_ok=True)
        self.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _path(self, number: int) -> Path:
        return self.folder / f"{number:07d}.chunk"


def journal_folder(out: Path) -> Path:
    """Where the journal of an output is."""
    return out.with_name(f".{out.name}.unfinished")


@contextlib.contextmanager
def journal(
    out: Path, about: Mapping[str, str], *, resume: bool = False, restart: bool = False, chunks: int
) -> Iterator[Journal]:
    """The journal of a run that writes `out`, new or (with resume) as an earlier run left it; kept on any error.

    about: all that the result depends on, by names that people know ("articles", "codebook").
    Raises UsageError if another run is at work on the same output; if there is an unfinished one and neither resume nor
    restart is asked for; if the unfinished one was of something else. Raises OutputError if nothing can be written there.
    """
    folder = journal_folder(out)
    lock = _locked(folder, out)
    opened = Journal(folder, frozenset(), lock)
    try:
        before = _about(folder / _RUN)
        done = _finished(folder) if before is not None and not restart else frozenset()
        if done and not resume:
            message = f"An unfinished run is there: {len(done):,} of {chunks:,} parts are coded."
            fix = "Add --resume to go on with it, or --restart to begin anew."
            raise UsageError(message, fix=fix, path=out, rule="unfinished")
        if done and before != dict(about):
            what = " and ".join(sorted(k for k in {*about, *(before or {})} if about.get(k) != (before or {}).get(k)))
            message = f"The unfinished run cannot go on, for it was of something else: {what} changed."
            fix = "Undo that, or add --restart to begin anew."
            raise UsageError(message, fix=fix, path=out, rule="changed")
        if not done:
            _emptied(folder)
            write_text(folder / _RUN, json.dumps(dict(about), indent=1, sort_keys=True) + "\n")
        opened.done = done
        yield opened
    finally:
        opened.close()


def _about(path: Path) -> dict[str, str] | None:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) else None


def _finished(folder: Path) -> frozenset[int]:
    """The chunks that are whole; others are taken away and done again."""
    done: set[int] = set()
    for path in sorted(folder.glob("*.chunk")):
        if path.stem.isdigit() and _whole(path) is not None:
            done.add(int(path.stem))
        else:
            path.unlink(missing_ok=True)
    return frozenset(done)


def _whole(path: Path) -> bytes | None:
    try:
        data = path.read_bytes()
    except OSError:
        return None
    digest, rest = data[:_HASH_BYTES], data[_HASH_BYTES:]
    return rest if hashlib.blake2b(rest, digest_size=_HASH_BYTES).digest() == digest else None


def _emptied(folder: Path) -> None:
    for path in folder.iterdir():
        if path.name != _LOCK:
            path.unlink(missing_ok=True)


def _locked(folder: Path, out: Path) -> IO[str] | None:
    """Make the folder and hold it against other runs; the system lets go when the process ends, however it ends."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle = (folder / _LOCK).open("w")
    except OSError as error:
        reason = error.strerror or str(error)
        fix = "Choose a folder that you can write to, or free space on the disk. Nothing was changed."
        raise OutputError(f"The file cannot be written: {reason}.", fix=fix, path=out, rule="cannot-write") from error
    if os.name != "posix":
        return handle
    import fcntl

    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        handle.close()
        fix = "Wait until it is done, or give another --out."
        raise UsageError("Another run writes this file.", fix=fix, path=out, rule="in-use") from error
    except OSError:
        pass  # Some network shares have no locks; there, two runs on one output are the user's to avoid.
    return handle
