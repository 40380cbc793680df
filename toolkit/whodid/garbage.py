"""Python's search for garbage around large tables: none while they are loaded, and never through them afterwards.

The search goes through all that the program holds, again and again. A codebook with its patterns and names is a million objects
that stay until the end: going through them takes half a second of each start and a tenth of coding.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def unsearched() -> Iterator[None]:
    """Load something large without searching for garbage meanwhile. It can be used inside itself."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def settle() -> None:
    """Leave out of later searches what is loaded by now. For a process that keeps it until it ends."""
    gc.collect()
    gc.freeze()


@contextmanager
def settling() -> Iterator[None]:
    """A span in which settle is called: at its end all is searched again, for the process goes on with other work."""
    try:
        yield
    finally:
        gc.unfreeze()
