"""Files of articles for these tests, written as their bytes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

Write = Callable[[str, str | bytes], Path]

DATED = "---\npublished: 2024-06-21\n---\n"


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes a file below the test's folder (as UTF-8 if given text) and gives its path."""

    def _write(name: str, content: str | bytes) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
        return path

    return _write
