"""SHA256SUMS: a line for each file of a release, in the form that `sha256sum --check` reads."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path, PurePosixPath

from whodid.errors import Fault

SUMS_FILE = "SHA256SUMS"
_LINE = re.compile(r"([0-9a-f]{64})  (\S(?:.*\S)?)")
_BLOCK = 1 << 20


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file's bytes, as 64 hex digits."""
    total = hashlib.sha256()
    with path.open("rb") as handle:
        while block := handle.read(_BLOCK):
            total.update(block)
    return total.hexdigest()


def files_below(folder: Path) -> list[str]:
    """Every file of a folder by its path within it, with forward slashes, in order; links count as files."""
    return sorted(
        path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_symlink() or not path.is_dir()
    )


def sums_text(folder: Path) -> str:
    """The text of SHA256SUMS for everything that the folder holds except that file itself."""
    return "".join(f"{sha256_of(folder / name)}  {name}\n" for name in files_below(folder) if name != SUMS_FILE)


LINE_ENDS = (
    "Git does that where core.autocrlf is true: put the line `* -text` into .gitattributes, and get the release again."
)


def parse_sums(data: bytes, path: Path) -> tuple[dict[str, tuple[str, int]], list[Fault]]:
    """Checksum and line of each file that is listed, and a fault for each line that is not as whodid writes it.

    A path that leaves the folder is refused, as are paths that stand twice or out of order: the file has one form.
    """
    listed: dict[str, tuple[str, int]] = {}
    faults: list[Fault] = []
    fix = "Get the release again; nobody edits this file by hand."
    if b"\r\n" in data:
        faults.append(
            Fault("bad-sums", "The lines end as in Windows, and not as whodid writes them.", LINE_ENDS, path, 1)
        )
        data = data.replace(b"\r\n", b"\n")
    *lines, rest = data.decode("utf-8", errors="replace").split("\n")
    if rest or not lines:
        faults.append(Fault("bad-sums", "The file does not end with a whole line.", fix, path, len(lines) + 1))
    before = ""
    for number, line in enumerate(lines, start=1):
        match = _LINE.fullmatch(line)
        if match is None:
            faults.append(Fault("bad-sums", "The line is no checksum and path.", fix, path, number))
            continue
        digest, name = match.groups()
        pure = PurePosixPath(name)
        if pure.is_absolute() or ".." in pure.parts or "\\" in name or str(pure) != name:
            faults.append(Fault("bad-sums", f"{name!r} is no path within the release.", fix, path, number, value=name))
        elif name <= before:
            faults.append(Fault("bad-sums", f"{name!r} stands twice or out of order.", fix, path, number, value=name))
        else:
            listed[name] = (digest, number)
        before = max(before, name)
    return listed, faults
