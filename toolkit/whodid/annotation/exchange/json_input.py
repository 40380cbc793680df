"""JSON that others wrote, read with care: no doubled keys, no NaN, no bottomless nesting, no giant files."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from whodid.articles.tables import without_twins
from whodid.errors import ExchangeError

LARGEST_BYTES = 200_000_000


def read_text(path: Path) -> str:
    """The text of a file in UTF-8. Raises ExchangeError if it is too large, another encoding, or cannot be read."""
    try:
        if path.is_file() and path.stat().st_size > LARGEST_BYTES:
            message = f"The file has {path.stat().st_size:,} bytes; at most {LARGEST_BYTES:,} are read."
            raise ExchangeError(message, fix="Export it in parts.", path=path, rule="too-large")
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        fix = "Check the path and your rights to it."
        message = f"The file cannot be read: {error.strerror or error}."
        raise ExchangeError(message, fix=fix, path=path, rule="unreadable") from error
    except UnicodeDecodeError as error:
        message = f"The file is not UTF-8: byte 0x{error.object[error.start]:02x} at offset {error.start}."
        raise ExchangeError(message, fix="Export it again, as UTF-8.", path=path, rule="not-utf8") from error


def parse_json(text: str) -> Any:
    """The value of a JSON text. Raises ValueError with a reason that continues "This is not JSON: "."""
    try:
        return json.loads(text, object_pairs_hook=without_twins, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        raise ValueError(f"{error.msg} at line {error.lineno}, character {error.colno}") from error
    except RecursionError as error:
        raise ValueError("it is nested too deeply") from error


def _no_constant(name: str) -> float:
    raise ValueError(f"{name} is no JSON number")


def whole(value: object) -> int | None:
    """The value if it is a whole number, as JSON of some tools has it (12 or 12.0); else None."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    return int(value) if isinstance(value, int) or value.is_integer() else None


def listed(value: object) -> list[dict[str, Any]]:
    """The objects in a list; nothing for anything else."""
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def plain(value: object) -> str:
    """Text as it is, numbers and the like as text, nothing for null and for containers."""
    return "" if value is None or isinstance(value, (dict, list)) else str(value)


def first_text(values: Iterable[object]) -> str:
    """The first text that is not empty."""
    return next((plain(value) for value in values if plain(value)), "")
