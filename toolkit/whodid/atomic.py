"""Writing files whole or not at all: to a temporary name beside the target, then renamed."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from whodid.cluster import storage
from whodid.errors import OutputError


@contextlib.contextmanager
def replacing(path: Path | str, *, folder: Path | None = None) -> Iterator[Path]:
    """A temporary path to write to; on success it takes the place of `path`, on any error `path` stays as it was.

    An address (s3://bucket/key) is written in one put when all is there.
    folder: where the temporary file is, on the same disk; beside `path` if it is not given.
    Makes the folder if it does not exist, and takes it away again on an error. Raises OutputError where the folder or
    file cannot be written.
    """
    if storage.address_of(path) is not None:
        with storage.target(path) as copy:
            yield copy
        return
    target = Path(path)
    temporary: Path | None = None
    made: list[Path] = []
    try:
        made = [above for above in target.parents if not above.exists()]
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.is_dir():
            raise IsADirectoryError(21, "it is a folder")
        handle, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".part", dir=folder or target.parent)
        os.close(handle)
        temporary = Path(name)
        yield temporary
        temporary.chmod(0o666 & ~_umask())
        temporary.replace(target)
    except OSError as error:
        raise _cannot_write(target, error) from error
    finally:
        if temporary is not None:
            temporary.unlink(missing_ok=True)
        for above in made:
            # Only what is empty goes.
            with contextlib.suppress(OSError):
                above.rmdir()


@contextlib.contextmanager
def replacing_folder(path: Path | str) -> Iterator[Path]:
    """An empty temporary folder to write to; on success it takes the place of `path`, on any error `path` stays.

    Whoever looks at `path` sees the old folder or the new one, whole. Raises OutputError where it cannot be written.
    """
    target = Path(path)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        made = Path(tempfile.mkdtemp(prefix=f".{target.name}.", suffix=".part", dir=target.parent))
    except OSError as error:
        raise _cannot_write(target, error, "folder") from error
    fresh, old = made / "new", made / "old"
    try:
        fresh.mkdir()
        yield fresh
        if target.exists():
            target.rename(old)
        try:
            fresh.rename(target)
        except OSError:
            if old.exists():
                old.rename(target)
            raise
    except OSError as error:
        raise _cannot_write(target, error, "folder") from error
    finally:
        shutil.rmtree(made, ignore_errors=True)


def write_text(path: Path | str, text: str) -> None:
    """Write text as UTF-8 with plain line ends, whole or not at all."""
    write_bytes(path, text.encode("utf-8"))


def write_bytes(path: Path | str, data: bytes) -> None:
    """Write bytes, whole or not at all."""
    with replacing(path) as temporary:
        temporary.write_bytes(data)


def write_all(files: Mapping[Path, bytes]) -> None:
    """Write several files that belong together: none takes its place before all of them are on the disk.

    They take their places in the order given, so that whoever sees the last one finds the others.
    """
    with contextlib.ExitStack() as waiting:
        for path, data in reversed(list(files.items())):
            waiting.enter_context(replacing(path)).write_bytes(data)


def _cannot_write(target: Path, error: OSError, what: str = "file") -> OutputError:
    # Arrow says more than what happened: "Error writing bytes to file. Detail: [errno 28] No space left on device".
    reason = (error.strerror or str(error)).rpartition("[errno ")[2].rpartition("] ")[2]
    fix = "Choose a folder that you can write to, or free space on the disk. Nothing was changed."
    return OutputError(f"The {what} cannot be written: {reason}.", fix=fix, path=target, rule="cannot-write")


def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current
