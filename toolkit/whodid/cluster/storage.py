"""Files at addresses (s3://, gs://): read through a copy in a temporary folder, written in one put, so whole or not at all.

An object store has no half-written file: an object appears when all of it has arrived, and replaces the old one then.
"""

from __future__ import annotations

import contextlib
import re
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Any

from whodid.errors import Fault, OutputError, UsageError, WhodidError

# A Path has only one slash left of the two.
_ADDRESS = re.compile(r"(s3|gs|gcs|abfs|az|http|https|memory)://?(?=[^/])(.+)", re.DOTALL)
_MOST_FILES = 100_000


def address_of(path: Path | str) -> str | None:
    """The address that a path means, as s3://bucket/key; None for a path on this machine."""
    found = _ADDRESS.fullmatch(str(path))
    return f"{found[1]}://{found[2]}" if found else None


class Places:
    """Some paths as they are on this machine, and what they were called where they came from."""

    def __init__(self, called: dict[Path, str]) -> None:
        self.paths = list(called)
        self._called = {str(path): name for path, name in called.items() if address_of(name)}

    def name(self, text: str) -> str:
        """A text in which copies are called by their addresses."""
        for path, address in self._called.items():
            text = text.replace(path, address)
        return text

    def fault(self, fault: Fault) -> Fault:
        """A fault of a copy as one of what was copied."""
        if not self._called:
            return fault
        path = fault.path if fault.path is None else self.name(str(fault.path))
        return replace(fault, path=path, message=self.name(fault.message), fix=self.name(fault.fix))


@contextlib.contextmanager
def here(paths: Iterable[Path | str]) -> Iterator[Places]:
    """Paths of this machine for some paths and addresses: of an address, a copy of its file or folder, while it lasts.

    An error of ours that comes meanwhile names the address. Raises UsageError if there is nothing at an address, or it
    cannot be reached.
    """
    with contextlib.ExitStack() as stack:
        called: dict[Path, str] = {}
        for path in paths:
            address = address_of(path)
            if address is None:
                called[Path(path)] = str(path)
            else:
                folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="whodid-"))
                called[_copied(address, Path(folder))] = address
        places = Places(called)
        try:
            yield places
        except WhodidError as error:
            if all(address_of(name) is None for name in called.values()):
                raise
            raise type(error).of(places.fault(fault) for fault in error.faults) from error


@contextlib.contextmanager
def target(path: Path | str) -> Iterator[Path]:
    """The path itself, or for an address a file in a temporary folder, which is put there if no error comes.

    Raises OutputError if that fails; what was at the address is then still there.
    """
    address = address_of(path)
    if address is None:
        yield Path(path)
        return
    with tempfile.TemporaryDirectory(prefix="whodid-") as folder:
        file = Path(folder) / PurePosixPath(address).name
        yield file
        system, inside = _system(address)
        try:
            # In parts if it is large, which the store joins when the last has come.
            system.put_file(str(file), inside)
        except Exception as error:
            if not _is_of_storage(error):
                raise
            message = f"The file cannot be written: {_first_line(error)}."
            fix = "Check the address, and that your credentials may write there. Nothing was changed."
            raise OutputError(message, fix=fix, path=address, rule="cannot-write") from error


def _copied(address: str, folder: Path) -> Path:
    system, inside = _system(address)
    name = PurePosixPath(inside.rstrip("/")).name
    with _read_errors(address):
        if system.isfile(inside):
            system.get_file(inside, str(folder / name))
            return folder / name
        found = system.find(inside)
    if not found:
        raise UsageError("There is nothing at that address.", fix="Check it.", path=address, rule="no-file")
    if len(found) > _MOST_FILES:
        message = f"There are {len(found):,} files at that address."
        raise UsageError(message, fix="Give a folder further down.", path=address, rule="too-large")
    root = PurePosixPath(inside.strip("/"))
    for item in found:
        below = PurePosixPath(item.strip("/")).relative_to(root)
        if ".." in below.parts:
            continue  # Keys of a store are any text; none of them leads out of the folder.
        local = folder / name / below
        with _read_errors(f"{address.rstrip('/')}/{below}"):
            local.parent.mkdir(parents=True, exist_ok=True)
            system.get_file(item, str(local))
    return folder / name


@contextlib.contextmanager
def _read_errors(address: str) -> Iterator[None]:
    """What goes wrong on the way from a store, as an error of ours: it may be gone, forbidden, or cut off."""
    try:
        yield
    except Exception as error:
        if not _is_of_storage(error):
            raise
        message = f"The address cannot be read: {_first_line(error)}."
        fix = "Check it, and that your credentials may read there."
        raise UsageError(message, fix=fix, path=address, rule="unreadable") from error


def _system(address: str) -> tuple[Any, str]:
    try:
        import fsspec  # type: ignore[import-untyped]

        system, inside = fsspec.core.url_to_fs(address)
    except ImportError as error:
        fix = "Install it with `pip install 'whodid[cluster]'`."
        message = f"What reads {address.partition(':')[0]}:// is not installed."
        raise UsageError(message, fix=fix, path=address, rule="no-storage") from error
    return system, str(inside)


def _is_of_storage(error: Exception) -> bool:
    """Each store's library has errors of its own, and they have no base in common but that they are not Python's."""
    return isinstance(error, OSError) or type(error).__module__.partition(".")[0] in {
        *("botocore", "aiobotocore", "s3fs", "gcsfs", "google", "aiohttp", "fsspec", "azure"),
    }


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0].rstrip(".")
