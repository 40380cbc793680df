"""The store of hand codings on disk: a folder for each coder, an append-only file for each session. See decision 10.

Needs nothing but Python, so that a coding is on disk whatever becomes of the libraries around it.
"""

from __future__ import annotations

import errno
import os
import re
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

from whodid.annotation.entry import Entry, read_line, write_line
from whodid.errors import Fault, StoreError

ENDING = ".jsonl"
_NAME = re.compile(r"(\d{4,})-[0-9a-f]{8}")
# Names that a folder cannot have on Windows.
_DEVICES = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))}


@dataclass(frozen=True, slots=True)
class StoreContents:
    """The entries of a store in order (by coder, then number), what is damaged, and how many lines were cut off.

    A cut-off line is the last one of a session that was killed while it wrote: nobody was told that it was saved.
    """

    entries: tuple[Entry, ...]
    faults: tuple[Fault, ...] = ()
    n_cut_off: int = 0


def read_store(path: Path | str) -> StoreContents:
    """Everything in a store that can be read. Raises StoreError if there is no such folder, or it is no store."""
    folder = Path(path)
    if not folder.is_dir():
        what = "This is a file, and no store of codings." if folder.exists() else "There is no such store of codings."
        fix = 'Give the folder that the widget was told: wd.CodingWidget(..., store="data/coding").'
        raise StoreError(what, fix=fix, path=folder, rule="no-store")
    return read_files(_files(folder))


def is_store(path: Path | str) -> bool:
    """True for a folder in which session files lie, each below its coder."""
    folder = Path(path)
    return folder.is_dir() and any(_NAME.match(file.name) for file in folder.glob(f"*/*{ENDING}"))


def read_files(paths: Iterable[Path]) -> StoreContents:
    """The entries of some session files. An entry that stands in two of them (a copy) counts once."""
    entries: dict[tuple[str, str, int], Entry] = {}
    faults: list[Fault] = []
    n_cut_off = 0
    for path in paths:
        found, wrong, is_cut = _read_file(path)
        faults += wrong
        n_cut_off += is_cut
        for entry in found:
            entries.setdefault((entry.coder, entry.session, entry.number), entry)
    ordered = sorted(entries.values(), key=lambda e: (e.coder, e.order))
    return StoreContents(tuple(ordered), tuple(faults), n_cut_off)


def _files(folder: Path) -> list[Path]:
    return sorted(p for p in folder.glob(f"*/*{ENDING}") if p.is_file() and not p.name.startswith("."))


def _read_file(path: Path) -> tuple[list[Entry], list[Fault], bool]:
    try:
        data = path.read_bytes()
    except OSError as error:
        fix = "Make it readable: it holds codings."
        return [], [Fault("unreadable", f"The file cannot be read: {error.strerror or error}.", fix, path)], False
    *whole, rest = data.split(b"\n")
    entries: list[Entry] = []
    faults: list[Fault] = []
    for number, line in enumerate(whole, start=1):
        read = read_line(line.removesuffix(b"\r"))
        if isinstance(read, Entry):
            entries.append(read)
        elif line.strip():
            fix = "Take the file from a backup, or code anew what is missing. All other lines were read."
            faults.append(Fault("damaged-line", f"The line is damaged: {read}.", fix, path, number))
    # Whole but for its line end, as an editor may leave it, or as a copy caught it.
    last = read_line(rest)
    if isinstance(last, Entry):
        entries.append(last)
    return entries, faults, bool(rest.strip()) and not isinstance(last, Entry)


def check_coder(coder: str) -> str:
    """The name of a person who codes; raises StoreError if it cannot be one."""
    if not isinstance(coder, str) or not coder.strip() or coder != coder.strip() or not coder.isprintable():
        message = f"{coder!r} is no coder's name."
        raise StoreError(message, fix='Give a name such as coder="anna".', value=str(coder), rule="bad-coder")
    if coder == "adjudicated":
        fix = 'Give your own name, such as coder="anna".'
        message = "'adjudicated' is the coder of settled rows, and nobody's name."
        raise StoreError(message, fix=fix, value=coder, rule="bad-coder")
    return coder


def coder_folder(store: Path, coder: str) -> Path:
    """The folder of a coder, whatever letters the name has."""
    name = quote(coder, safe=" -_@+")
    return store / (f"{name}_" if name.lower() in _DEVICES else name)


@dataclass(slots=True)
class CoderLog:
    """All that one coder did, from every session, and the place where this session adds to it.

    entries are in order. The session's own file is made with its first entry. Not for several threads.
    """

    store: Path
    coder: str
    entries: list[Entry] = field(default_factory=list)
    faults: tuple[Fault, ...] = ()
    _session: str = ""
    _sizes: dict[Path, int] = field(default_factory=dict)
    _handle: int | None = None
    _path: Path | None = None

    def __post_init__(self) -> None:
        self.store = Path(self.store)
        check_coder(self.coder)
        if self.store.exists() and not self.store.is_dir():
            fix = 'Give a folder, such as store="data/coding".'
            raise StoreError("This is a file, and no store of codings.", fix=fix, path=self.store, rule="no-store")
        self.refresh()

    @property
    def folder(self) -> Path:
        return coder_folder(self.store, self.coder)

    def refresh(self) -> bool:
        """Take in what other sessions of this coder wrote meanwhile; True if there was anything."""
        try:
            paths = sorted(p for p in self.folder.glob(f"*{ENDING}") if not p.name.startswith("."))
            sizes = {path: path.stat().st_size for path in paths if path != self._path}
        except OSError as error:
            raise _failed("read", self.folder, error) from error
        if sizes == self._sizes:
            return False
        self._sizes = sizes
        read = read_files([*sizes, *([self._path] if self._path else [])])
        self.entries = [entry for entry in read.entries if entry.coder == self.coder]
        self.faults = read.faults
        return True

    def add(self, kind: str, body: Mapping[str, Any], at: str = "") -> Entry:
        """Write an entry and give it back once it is on the disk.

        Raises StoreError if that fails; then the entry does not count, and the next one goes to a new file.
        """
        self.refresh()
        handle = self._open() if self._handle is None else self._handle
        number = max((e.number for e in self.entries), default=0) + 1
        entry = Entry(self.coder, self._session, number, kind, dict(body), at)
        line = write_line(entry)
        try:
            if os.write(handle, line) != len(line):
                raise OSError(errno.ENOSPC, "the disk took only a part of it")
            os.fsync(handle)
        except OSError as error:
            path = self._path or self.folder
            self.close()
            raise _failed("saved", path, error) from error
        self.entries.append(entry)
        return entry

    def _open(self) -> int:
        """Make this session's own file: nobody else ever writes to it."""
        try:
            new = not self.folder.exists()
            self.folder.mkdir(parents=True, exist_ok=True)
            numbers = [int(m[1]) for p in self.folder.iterdir() if (m := _NAME.match(p.name))]
            self._session = f"{max(numbers, default=0) + 1:04d}-{secrets.token_hex(4)}"
            path = self.folder / f"{self._session}{ENDING}"
            flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND | getattr(os, "O_BINARY", 0)
            handle = os.open(path, flags, 0o666)
            self._handle, self._path = handle, path
            for folder in (self.folder, self.store, self.store.parent) if new else (self.folder,):
                _sync_folder(folder)
        except OSError as error:
            self.close()
            raise _failed("saved", self.folder, error) from error
        return handle

    def close(self) -> None:
        """End the session's file; a later entry begins another one."""
        if self._handle is not None:
            os.close(self._handle)
        self._handle, self._path = None, None

    def __del__(self) -> None:
        self.close()


def _sync_folder(folder: Path) -> None:
    """Put a new name into its folder for good. Windows does so by itself, and cannot open folders."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError:
        pass  # Some network shares know no fsync of folders; the file itself is synced.
    finally:
        os.close(handle)


def _failed(what: str, path: Path, error: OSError) -> StoreError:
    message = f"The coding is not saved: {error.strerror or error}."
    if what == "read":
        message = f"The store cannot be read: {error.strerror or error}."
    fix = "Check the disk and your rights to the folder, then try again. What was saved before is safe."
    return StoreError(message, fix=fix, path=path, rule="cannot-save" if what == "saved" else "unreadable")
