"""The calendar: a cell for each day, month or year, and the longest gap."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from whodid.summary import calendar_figure
from whodid.summary.coverage import coverage


def dates(*days: date) -> pd.Series:
    return pd.Series(pd.to_datetime(list(days))).astype("datetime64[s]")


@pytest.mark.parametrize(
    ("last", "cell", "cells"),
    [
        (date(2020, 1, 1), "day", 1),
        (date(2021, 12, 31), "day", 731),
        (date(2022, 1, 2), "month", 25),
        (date(2063, 1, 1), "month", 517),
        (date(2066, 1, 1), "year", 47),
    ],
)
def test_the_longer_the_span_the_longer_the_cells(last: date, cell: str, cells: int) -> None:
    found = coverage(dates(date(2020, 1, 1), last))
    assert (found.cell, len(found.counts)) == (cell, cells)
    assert found.counts.sum() == 2


def test_the_longest_gap_is_found_with_its_first_cell() -> None:
    found = coverage(dates(date(2024, 1, 1), date(2024, 1, 3), date(2024, 1, 3), date(2024, 1, 10), date(2024, 1, 13)))
    assert (found.empty, found.longest_gap, str(found.gap_start.date())) == (9, 6, "2024-01-04")
    assert calendar_figure.gaps(found) == "9 of 13 days have no event; the longest gap is 6 days, from 4 Jan 2024."


def test_no_gap_is_said_too() -> None:
    found = coverage(dates(date(2024, 1, 1), date(2024, 1, 2)))
    assert (found.empty, found.gap_start) == (0, None)
    assert calendar_figure.gaps(found) == "Every day from the first event to the last has events."


@pytest.mark.parametrize("width", [292.0, 660.0])
@pytest.mark.parametrize("last", [date(2024, 12, 31), date(2050, 5, 5), date(2190, 5, 5)])
def test_every_cell_is_inside_of_the_drawing(width: float, last: date) -> None:
    found = coverage(dates(date(2023, 12, 30), last))
    blocks = calendar_figure.calendar_blocks(found, width)
    cells = [cell for block in blocks for cell in block.cells]
    assert sorted(place for *_, place in cells) == list(range(len(found.counts)))
    assert all(x >= 0 and x + size <= width + 0.01 for x, _, size, _, _ in cells)
    assert all(y + high <= block.height for block in blocks for _, y, _, high, _ in block.cells)


def test_a_year_of_days_is_one_row_of_weeks_on_a_wide_page_and_two_on_a_narrow_one() -> None:
    found = coverage(dates(date(2024, 1, 1), date(2024, 12, 31)))
    assert len(calendar_figure.calendar_blocks(found, 660.0)) == 1
    assert len(calendar_figure.calendar_blocks(found, 292.0)) == 2
