"""A disk that is nearly full: a real one of a megabyte where that may be mounted, else a limit on how long files may grow."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from missing import missing

_SIZE = "1m"
_BALLAST = "ballast"


@dataclass(frozen=True)
class SmallDisk:
    """folder: what is on it. is_real: a file system of its own; error: what the system says when it is full."""

    folder: Path
    is_real: bool

    @property
    def error(self) -> str:
        return "No space left on device" if self.is_real else "File too large"

    @contextlib.contextmanager
    def nearly_full(self, left: int) -> Iterator[None]:
        """While this lasts, so many bytes can be written to the disk (or, where it is none, to each file)."""
        if self.is_real:
            about = os.statvfs(self.folder)
            ballast = self.folder / _BALLAST
            ballast.write_bytes(bytes(about.f_bavail * about.f_frsize - left))
            try:
                yield
            finally:
                ballast.unlink()
            return
        import resource
        import signal

        before, handler = resource.getrlimit(resource.RLIMIT_FSIZE), signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (left, before[1]))
        try:
            yield
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)
            signal.signal(signal.SIGXFSZ, handler)

    def files(self) -> dict[str, bytes]:
        """Everything on the disk but what fills it, by its path; a folder has no bytes."""
        found = (path for path in self.folder.rglob("*") if path.name != _BALLAST)
        return {str(path.relative_to(self.folder)): path.read_bytes() if path.is_file() else b"" for path in found}

    @contextlib.contextmanager
    def read_only(self) -> Iterator[None]:
        """While this lasts, nothing can be written there."""
        if self.is_real:
            _mount("-o", "remount,ro", str(self.folder))
        else:
            self.folder.chmod(0o555)
        try:
            yield
        finally:
            if self.is_real:
                _mount("-o", "remount,rw", str(self.folder))
            else:
                self.folder.chmod(0o755)


@contextlib.contextmanager
def small_disk(folder: Path) -> Iterator[SmallDisk]:
    """A small disk in an empty folder. Skips where there is no way to one; in CI that is a failure."""
    is_real = (
        sys.platform == "linux"
        and os.geteuid() == 0
        and _mount("-t", "tmpfs", "-o", f"size={_SIZE}", "tmpfs", str(folder))
    )
    if not is_real and sys.platform == "win32":
        reason = "neither a small disk nor a limit on files can be had on this system"
        missing(reason)
    try:
        yield SmallDisk(folder, is_real)
    finally:
        if is_real:
            subprocess.run(["umount", "--lazy", folder], check=True)


def _mount(*arguments: str) -> bool:
    try:
        return subprocess.run(["mount", *arguments], capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        return False
