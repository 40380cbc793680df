"""A small sheet made by hand, and what coders do to it."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from whodid.annotation.sheets.line import Line
from whodid.annotation.sheets.plan import SheetPlan
from whodid.annotation.sheets.workbook_write import workbook_bytes
from whodid.codebook.model import Codebook

DAY = date(2024, 6, 22)
LINES = (
    Line("seoul-2024", 0, DAY, "Example Wire", "South Korea accused Russia on Friday of breaking the sanctions.", 0),
    Line("seoul-2024", 1, DAY, "Example Wire", "Moscow said that South Korea was wrong, and warned South Korea.", 64),
    Line("=cmd|x", 0, DAY, None, "=SUM(A1) was the headline.", 0),
    Line("accra", 0, DAY, None, "- Ghana met Togo\x0b_x000B_ in Lomé;\nno more.", 12),
)
GOOD: dict[str, Any] = {
    "actor_text": "South Korea",
    "actor": "KORGOV",
    "action_text": "accused",
    "action": "112",
    "target_text": "Russia",
    "target": "RUSGOV",
}
Fill = Callable[..., Path]


@pytest.fixture(scope="session")
def made(codebook: Codebook) -> bytes:
    """The workbook of the four sentences, as a coder gets it."""
    return workbook_bytes(SheetPlan(LINES), codebook)


@pytest.fixture(scope="session")
def small(codebook: Codebook) -> Iterator[bytes]:
    """The same sheet with short tabs beside it, which load faster."""
    few = {
        "actions": {code: codebook.actions[code] for code in ("01", "010", "10", "112")},
        **{name: getattr(codebook, name)[:3] for name in ("countries", "bodies", "organisations", "groups", "roles")},
    }
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("whodid.annotation.sheets.workbook_write.FURTHER_ROWS", 5)
        yield workbook_bytes(SheetPlan(LINES), codebook.model_copy(update=few))


@pytest.fixture(autouse=True)
def _one_codebook(codebook: Codebook, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("whodid.annotation.sheets.read.load_codebook", lambda path: codebook)


@pytest.fixture
def fill(small: bytes, tmp_path: Path) -> Fill:
    """fill({2: {"actor": "KOR"}}, further={2: {...}}): the workbook with these cells, by row of the tab, as a file."""

    def write(
        cells: Mapping[int, Mapping[str, Any]],
        further: Mapping[int, Mapping[str, Any]] | None = None,
        name: str = "s.xlsx",
    ) -> Path:
        book = load_workbook(io.BytesIO(small))
        for tab, rows in (("coding", cells), ("more events", further or {})):
            sheet = book[tab]
            columns = {cell.value: cell.column for cell in sheet[1]}
            for row, values in rows.items():
                for column, value in values.items():
                    sheet.cell(row, columns[column]).value = value
        book.save(tmp_path / name)
        return tmp_path / name

    return write
