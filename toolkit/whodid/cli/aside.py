"""The lists of what was set aside: one that an earlier run left must not stay beside output that it does not belong to."""

from __future__ import annotations

from pathlib import Path


def remove_stale(aside: Path) -> None:
    """Remove the list of an earlier run, if there is one. Raises OutputError if it cannot be removed."""
    from whodid.errors import OutputError

    try:
        aside.unlink(missing_ok=True)
    except NotADirectoryError:
        pass  # There is no such folder and so no list; writing the events says what is wrong.
    except OSError as error:
        fix = "Remove it, or give another --refused."
        message = f"The list of an earlier run cannot be removed: {error.strerror}."
        raise OutputError(message, fix=fix, path=aside, rule="cannot-write") from error
