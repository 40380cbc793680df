"""What the workers of the tests do."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

from whodid.errors import CoderError

_begun: list[str] = []


def begin(name: str) -> None:
    _begun.append(name)


def square(number: int) -> tuple[int, int, list[str]]:
    """The square, the process that made it, and how it began."""
    time.sleep(0.01 * (number % 3))
    return number * number, os.getpid(), list(_begun)


def slowly(number: int) -> int:
    time.sleep(0.05)
    return number


def fail(number: int) -> int:
    raise CoderError(f"{number} is too much.", fix="Give less.", value=str(number))


def end_the_first_time(mark: Path) -> str:
    """End the own process as the system does when memory is short; the second one that comes finds the mark, and lives."""
    if not mark.exists():
        mark.write_text("was here")
        os.kill(os.getpid(), signal.SIGKILL)
    return "done"


def other_version() -> str:
    return f"version of {os.getpid()}"
