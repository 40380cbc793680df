"""Which ways of writing a day are read."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from whodid.articles.days import default_day, parse_day
from whodid.errors import UsageError


@pytest.mark.parametrize(
    "written",
    [
        "2024-06-21",
        "20240621",
        " 2024-06-21 ",
        "2024-06-21T18:30:00Z",
        "2024-06-21 18:30",
        "2024-06-21T23:59:59.1234567+02:00",
        "2024-06-21T23:30:00-0700",
        "2024-06-21 00:00:00 UTC",
        "20240621T183000Z",
    ],
)
def test_iso_dates_and_eight_digits_are_read_as_the_day_written(written: str) -> None:
    assert parse_day(written) == date(2024, 6, 21)


@pytest.mark.parametrize(
    "written",
    ["06/07/2024", "21.06.2024", "2024-6-21", "2024-13-01", "20240230", "2024-0621", "2024", "1718928000",
     "June 21, 2024", "2024-06-21T25:00", "2024-06-21 or so", "٢٠٢٤-٠٦-٢١", "0000-01-01", ""],
)  # fmt: skip
def test_other_ways_are_not_guessed_at(written: str) -> None:
    assert parse_day(written) is None


def test_the_day_for_all_may_be_a_date_or_its_text() -> None:
    assert default_day("2024-06-21") == default_day(date(2024, 6, 21)) == default_day(datetime(2024, 6, 21, 9))
    assert type(default_day(datetime(2024, 6, 21, 9))) is date
    assert default_day(None) is None


def test_a_day_for_all_that_is_none_stops_with_the_fix() -> None:
    with pytest.raises(UsageError, match=r"'yesterday' is not a day\. Give --published 2024-06-21\."):
        default_day("yesterday")
