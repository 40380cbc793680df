"""Conversion of texts, as the tests of all formats use it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

import whodid as wd
from whodid.codebook.model import Codebook
from whodid.interop.convert import Conversion

Convert = Callable[..., Conversion]


@pytest.fixture
def convert(codebook: Codebook, tmp_path: Path) -> Convert:
    """convert(form, text or bytes, name="a.csv"): the conversion of a file that holds just that."""

    def run(form: str, content: str | bytes, name: str = "foreign.csv") -> Conversion:
        path = tmp_path / name
        path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
        return wd.convert(form, path, codebook=codebook)

    return run


def only(frame: pd.DataFrame) -> dict[str, object]:
    """The one row of a table, without what is null."""
    assert len(frame) == 1
    row = frame.iloc[0]
    return {str(name): value for name, value in row.items() if not pd.isna(value)}


def reasons(conversion: Conversion) -> list[tuple[int, str]]:
    """Line and rule of each refused row."""
    return [(row.line, row.why.rule) for row in conversion.refused]
