"""The dataset as a whole: what is odd, what is not, and when there is too little to tell."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pandas as pd
import pytest

from event_samples import MakeEvents
from whodid.articles.model import Article, ArticleSet
from whodid.checks.whole import coder_variants, coverage_faults, double_codings, drift_faults, month_faults


def monthly(make_events: MakeEvents, counts: list[int]) -> pd.DataFrame:
    """A table with as many events in each month from January 2020 on."""
    months = [date(2020 + number // 12, number % 12 + 1, 1) for number in range(len(counts))]
    days = [month + timedelta(days=n % 28) for month, count in zip(months, counts, strict=True) for n in range(count)]
    return make_events(date=days)


def test_a_month_without_events_is_named_in_a_continuous_dataset(make_events: MakeEvents) -> None:
    faults, skipped = month_faults(monthly(make_events, [12] * 6 + [0] + [12] * 6))
    assert skipped == []
    assert [str(fault) for fault in faults] == [
        "column 'date': There are no events in 2020-07, and 12 of 13 months have some. Look whether its articles were "
        "read; if nothing happened, the README should say so."
    ]


def test_a_flood_and_a_drought_are_jumps(make_events: MakeEvents) -> None:
    counts = [20] * 12
    counts[3], counts[8] = 120, 2
    faults, _ = month_faults(monthly(make_events, counts))
    assert [(fault.rule, fault.value) for fault in faults] == [("sudden-jump", "2020-04"), ("sudden-jump", "2020-09")]
    assert faults[0].message == "There are 120 events in 2020-04; the months around it have about 20."


@pytest.mark.parametrize(
    ("counts", "reason"),
    [
        ([5] * 11, "the events lie within fewer than 12 months"),
        ([5] + [0] * 10 + [5] * 3, "4 of 14 months have events: too few to miss the others"),
        ([], "the events lie within fewer than 12 months"),
    ],
)
def test_too_short_or_too_sparse_a_dataset_is_not_judged(
    make_events: MakeEvents, counts: list[int], reason: str
) -> None:
    faults, [skipped] = month_faults(monthly(make_events, counts or [1]))
    assert (faults, skipped.check, skipped.reason) == ([], "months", reason)


def test_noise_and_growth_are_no_jumps(make_events: MakeEvents) -> None:
    assert month_faults(monthly(make_events, [3, 12, 1, 9, 4, 14, 2, 8, 5, 3, 13, 1, 6])) == ([], [])
    assert month_faults(monthly(make_events, [10 + 8 * month for month in range(18)])) == ([], [])


def test_years_that_cannot_be_are_left_to_the_checks_of_dates(make_events: MakeEvents) -> None:
    table = monthly(make_events, [12] * 12)
    far = table.assign(date=table["date"].where(table["sentence"] > 0, pd.Timestamp("9000-01-01")))
    assert month_faults(far) == ([], [])


def test_the_same_words_coded_twice_are_found_and_two_coders_or_actors_are_not(make_events: MakeEvents) -> None:
    [fault] = double_codings(make_events(action=["112", "130"], sentence=[0, 0]))
    assert str(fault) == (
        "row 1: column 'action': The coder 'anna' has coded the same words between the same actors in row 0 too, as 112 "
        "on 2024-06-21; here as 130 on 2024-06-21. Keep the one that fits, or give each the words that mean it."
    )
    for apart in ({"coder": ["anna", "ben"]}, {"target": ["RUS", "PRK"]}, {"action_start": [12, 40]}):
        assert double_codings(make_events(action=["112", "130"], sentence=[0, 0], **apart)) == []
    assert double_codings(make_events(sentence=[0, 0])) == []


def test_a_coder_who_has_done_less_than_half_is_named(make_events: MakeEvents) -> None:
    ids = [f"a{number}" for number in range(10)]
    frame = make_events(article_id=[*ids, *ids[:4]], coder=["anna"] * 10 + ["ben"] * 4, sentence=0)
    [fault], skipped = coverage_faults(frame, None)
    assert skipped == []
    assert str(fault) == (
        "column 'coder': The coder 'ben' has events in 4 articles, 'anna' in 10. Have the others coded too, or say in "
        "the README which articles each coder had."
    )
    more = make_events(article_id=[*ids, *ids[:5]], coder=["anna"] * 10 + ["ben"] * 5, sentence=0)
    assert coverage_faults(more, None) == ([], [])


def test_few_articles_or_one_coder_say_nothing_of_coverage(make_events: MakeEvents) -> None:
    assert coverage_faults(make_events(), None)[1][0].reason == "there is one coder only"
    few = make_events(coder=["anna", "ben"], article_id=["a", "b"])
    assert coverage_faults(few, None)[1][0].reason == "no coder has events in 10 articles"
    assert coverage_faults(make_events().iloc[:0], None)[1][0].reason == "there are no rows"


def test_articles_without_events_are_named_if_they_are_most(make_events: MakeEvents) -> None:
    def articles(count: int) -> ArticleSet:
        return ArticleSet(tuple(Article(f"a{number}", "x", date(2024, 1, 1)) for number in range(count)))

    frame = make_events(article_id=[f"a{number}" for number in range(5)])
    faults, _ = coverage_faults(frame, articles(12))
    assert [fault.message for fault in faults] == ["7 of 12 articles have no events: a5, a6, a7, a8, a9 and 2 more."]
    assert coverage_faults(frame, articles(10))[0] == []
    assert coverage_faults(frame, articles(9))[0] == []


def test_names_of_one_coder_are_put_side_by_side(make_events: MakeEvents) -> None:
    frame = make_events(coder=["anna", "anna", "Anna", "an-na", "pattern@1.2.0", "pattern@1.20"])
    assert [str(fault) for fault in coder_variants(frame)] == [
        "column 'coder': The coder 'Anna' may be 'anna'; rows: 1 and 2. Give one person one name: agreement counts "
        "them as two.",
        "column 'coder': The coder 'an-na' may be 'anna'; rows: 1 and 2. Give one person one name: agreement counts "
        "them as two.",
    ]


def drift(make_events: MakeEvents, new: dict[str, int], old: dict[str, int]) -> tuple[list[Any], list[Any]]:
    def table(counts: dict[str, int]) -> pd.DataFrame:
        return make_events(action=[action for action, count in counts.items() for _ in range(count)])

    return drift_faults(table(new), table(old), "v1.parquet")


def test_a_root_whose_share_changed_is_named_with_both_shares(make_events: MakeEvents) -> None:
    faults, skipped = drift(make_events, {"112": 100, "190": 100}, {"112": 160, "190": 40})
    assert skipped == []
    assert [fault.message for fault in faults] == [
        "Root 11 has 50.0% of the rows; in v1.parquet it had 80.0%.",
        "Root 19 has 50.0% of the rows; in v1.parquet it had 20.0%.",
    ]


def test_small_changes_and_chance_are_no_drift(make_events: MakeEvents) -> None:
    assert drift(make_events, {"112": 104, "190": 96}, {"112": 100, "190": 100}) == ([], [])
    assert drift(make_events, {"112": 57, "190": 43}, {"112": 50, "190": 50}) == ([], [])
    _, [skipped] = drift(make_events, {"112": 99}, {"190": 200})
    assert skipped.reason == "v1.parquet and the dataset need 100 rows each"
