"""Tables of results as CSV that is safe to open in a spreadsheet, and as records for JSON."""

from __future__ import annotations

from typing import Any

import pandas as pd

from whodid.formulas import shown


def table_csv(table: pd.DataFrame) -> str:
    """A table as CSV: dates as 2024-06-21, nulls as empty cells, plain line ends.

    Cells that a spreadsheet would run as a formula begin with an apostrophe.
    """
    words = {str(name): column.map(_as_words) for name, column in table.items() if _is_text(column)}
    return str(table.assign(**words).to_csv(index=False, date_format="%Y-%m-%d", lineterminator="\n"))


def table_records(table: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of a table as JSON can hold them: dates as 2024-06-21, None for every kind of null."""
    return [{str(name): _plain(value) for name, value in row.items()} for row in table.to_dict("records")]


def _plain(value: Any) -> Any:
    if pd.isna(value):
        return None
    return value.date().isoformat() if isinstance(value, pd.Timestamp) else value


def _is_text(series: pd.Series) -> bool:
    return not (pd.api.types.is_numeric_dtype(series) or pd.api.types.is_datetime64_any_dtype(series))


def _as_words(cell: Any) -> Any:
    return shown(cell) if isinstance(cell, str) else cell
