"""Dates that cannot be true."""

from __future__ import annotations

from datetime import date

from event_samples import MakeEvents
from whodid.checks.dates import date_faults


def test_true_dates_have_no_findings(make_events: MakeEvents) -> None:
    frame = make_events(
        date=[date(1500, 1, 1), date(2025, 6, 23), date(2024, 6, 22)], date_basis=["text", "text", "published"]
    )
    assert date_faults(frame, today=date(2024, 6, 22)) == []


def test_a_date_more_than_a_year_after_publication_is_found(make_events: MakeEvents) -> None:
    assert [str(fault) for fault in date_faults(make_events(date=date(2025, 6, 24)))] == [
        "row 0: column 'date': date is 2025-06-24, more than a year after the article was published (2024-06-22). "
        "Correct the year: an article reports what happened or is planned, and published is its own date."
    ]


def test_a_date_before_1500_is_found(make_events: MakeEvents) -> None:
    assert [str(fault) for fault in date_faults(make_events(date=[date(2024, 6, 21), date(24, 6, 21)]))] == [
        "row 1: column 'date': date is 0024-06-21, before the year 1500. Correct the year; four digits are needed."
    ]


def test_date_basis_published_means_the_day_of_publication(make_events: MakeEvents) -> None:
    assert [str(fault) for fault in date_faults(make_events(date_basis="published"))] == [
        "row 0: column 'date_basis': date_basis is 'published', but the date, 2024-06-21, is not the day of "
        "publication, 2024-06-22. Write 'text' or 'dateline' if the day was read there, else take the day of "
        "publication as the date."
    ]


def test_nothing_can_have_been_published_after_today(make_events: MakeEvents) -> None:
    assert date_faults(make_events()) == []
    assert [str(fault) for fault in date_faults(make_events(), today=date(2024, 6, 21))] == [
        "row 0: column 'published': published is 2024-06-22, which is after today (2024-06-21). "
        "Correct the article's date, or this computer's clock."
    ]
