"""Aggregates: sums are kept, zeros are there, weeks are ISO's, and SQL on the same rows finds the same."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

import duckdb
import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import whodid as wd
from event_samples import make_events
from whodid.codebook.load import load_codebook
from whodid.codebook.model import Codebook
from whodid.errors import UsageError
from whodid.events.table import empty_table
from whodid.summary import aggregate as module
from whodid.summary.periods import PERIODS, names_of, numbers_of, starts_of

ACTORS = ("KORGOV", "PRK", "COP", "USAMIL")
ACTIONS = ("112", "040", "190", "0231", "998")
BY = ("dyad", "country-dyad", "actor", "target", "actor-country", "target-country", "all")
UNIT = {"dyad": ["actor", "target"], "country-dyad": ["actor_country", "target_country"], "all": []}


@st.composite
def tables(draw: st.DrawFn) -> pd.DataFrame:
    """Event tables over three years, with actions that no codebook has and actors without a country."""
    row = st.tuples(st.sampled_from(ACTORS), st.sampled_from(ACTORS), st.sampled_from(ACTIONS), st.integers(0, 1100))
    rows = draw(st.lists(row, min_size=1, max_size=25))
    return make_events(
        actor=[a for a, *_ in rows],
        target=[t for _, t, *_ in rows],
        action=[c for _, _, c, _ in rows],
        date=[date(2023, 6, 1) + timedelta(days=d) for *_, d in rows],
    )


@cache
def whodids() -> Codebook:
    """whodid's own codebook, for tests that Hypothesis runs many times."""
    return load_codebook()


@pytest.fixture(scope="module")
def book() -> Codebook:
    return whodids()


@settings(max_examples=15)
@given(tables(), st.sampled_from(PERIODS[1:]), st.sampled_from(BY))
def test_nothing_is_lost_and_nothing_counted_twice(frame: pd.DataFrame, period, by) -> None:
    book = whodids()
    table = wd.aggregate(frame, by=by, period=period, codebook=book)
    left_out = module.uncounted(frame, by, book)
    assert table["events"].sum() == len(frame) - left_out
    classes = table.filter(regex="^(quad_class_|no_quad_class)")
    assert (classes.sum(axis=1) == table["events"]).all()
    scores = wd.enrich(frame, book)["goldstein"].astype("float64").round(2)
    if not left_out:
        assert table["goldstein_sum"].sum() == pytest.approx(scores.sum())
    volumes = table.drop_duplicates("period")["period_events"]
    if len(table):
        assert volumes.sum() == len(frame)


@settings(max_examples=10)
@given(tables(), st.sampled_from(PERIODS[1:]))
def test_every_unit_has_every_period_and_without_zeros_only_those_with_events(frame: pd.DataFrame, period) -> None:
    book = whodids()
    full = wd.aggregate(frame, period=period, codebook=book)
    units, periods = full[["actor", "target"]].drop_duplicates(), full["start"].drop_duplicates()
    assert len(full) == len(units) * len(periods)
    assert not full.duplicated(["actor", "target", "period"]).any()
    assert full[full["events"] == 0]["goldstein_mean"].isna().all()
    assert (full[full["events"] == 0]["goldstein_sum"] == 0).all()
    sparse = wd.aggregate(frame, period=period, zeros=False, codebook=book)
    pd.testing.assert_frame_equal(sparse, full[full["events"] > 0].reset_index(drop=True))


@settings(max_examples=8)
@given(tables(), st.sampled_from(["quad_class", "root", "action", "plover_event"]))
def test_the_long_form_holds_the_same_counts(frame: pd.DataFrame, count) -> None:
    book = whodids()
    wide = wd.aggregate(frame, count=count, codebook=book)
    long = wd.aggregate(frame, count=count, long=True, codebook=book)
    names = [f"{count}_{value}" if isinstance(value, str) else f"no_{count}" for value in long["count"]]
    index = [long["actor"], long["target"], long["period"], pd.Series(names)]
    spread = long["n"].groupby(index).sum().unstack()
    columns = [name for name in wide.columns if name.startswith((f"{count}_", f"no_{count}"))]
    expected = wide.set_index(["actor", "target", "period"])[columns]
    pd.testing.assert_frame_equal(spread[columns], expected, check_names=False, check_dtype=False)


@settings(max_examples=200)
@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_periods_are_those_of_the_calendar(day: date) -> None:
    frame = pd.Series([pd.Timestamp(day)]).astype("datetime64[s]")
    year, week, _ = day.isocalendar()
    expected = {
        "day": (day.isoformat(), day),
        "week": (f"{year}-W{week:02d}", day - timedelta(days=day.weekday())),
        "month": (day.strftime("%Y-%m"), day.replace(day=1)),
        "quarter": (f"{day.year}-Q{(day.month - 1) // 3 + 1}", day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)),
        "year": (str(day.year), day.replace(month=1, day=1)),
    }
    for period in PERIODS:
        number = numbers_of(frame, period)
        starts = starts_of(number, period)
        assert (names_of(starts, period)[0], starts[0].astype("datetime64[D]").item()) == expected[period]
        following = numbers_of(pd.Series([pd.Timestamp(starts_of(number + 1, period)[0])]), period)
        assert following[0] == number[0] + 1


def test_the_last_days_of_a_year_may_be_in_the_first_week_of_the_next(book: Codebook) -> None:
    frame = make_events(date=[date(2024, 12, 29), date(2024, 12, 30), date(2025, 1, 5)])
    table = wd.aggregate(frame, by="all", period="week", count=None, codebook=book)
    assert table[["period", "events"]].to_numpy().tolist() == [["2024-W52", 1], ["2025-W01", 2]]


def test_counts_agree_with_sql_on_the_same_rows(book: Codebook) -> None:
    random = np.random.default_rng(7)
    size = 400
    frame = make_events(
        actor=random.choice(["KORGOV", "PRKMIL", "USA"], size).tolist(),
        target=random.choice(["RUS", "CHNGOV", "USA"], size).tolist(),
        action=random.choice(["112", "040", "190", "057", "173"], size).tolist(),
        date=[date(2023, 11, 1) + timedelta(days=int(d)) for d in random.integers(0, 200, size)],
    )
    rows = wd.enrich(frame, book)  # noqa: F841  (duckdb reads it by its name)
    table = wd.aggregate(frame, period="month", zeros=False, normalise=True, codebook=book)
    expected = duckdb.sql("""
        SELECT actor, target, strftime(date, '%Y-%m') AS period, count(*) AS events,
               round(sum(round(goldstein::DOUBLE, 2)), 4) AS goldstein_sum,
               round(avg(round(goldstein::DOUBLE, 2)), 4) AS goldstein_mean,
               count(*) FILTER (quad_class = 1) AS quad_class_1, count(*) FILTER (quad_class = 2) AS quad_class_2,
               count(*) FILTER (quad_class = 3) AS quad_class_3, count(*) FILTER (quad_class = 4) AS quad_class_4,
               sum(count(*)) OVER (PARTITION BY strftime(date, '%Y-%m')) AS period_events,
               round(1000.0 * count(*) / sum(count(*)) OVER (PARTITION BY strftime(date, '%Y-%m')), 4) AS events_per_1000
        FROM rows GROUP BY actor, target, period ORDER BY actor, target, period
    """).df()
    got = table[list(expected.columns)]
    pd.testing.assert_frame_equal(got, expected, check_dtype=False)


def test_normalised_counts_are_per_thousand_events_of_the_period_and_null_where_there_are_none(book: Codebook) -> None:
    frame = make_events(
        actor=["KOR", "KOR", "PRK"], action=["112", "040", "190"], date=[date(2024, 1, 1)] * 2 + [date(2024, 3, 1)]
    )
    table = wd.aggregate(frame, by="actor", normalise=True, codebook=book)
    korea = table[table["actor"] == "KOR"].set_index("period")
    assert korea["period_events"].to_dict() == {"2024-01": 2, "2024-02": 0, "2024-03": 1}
    assert korea.loc["2024-01", "quad_class_3_per_1000"] == 500.0
    assert korea["events_per_1000"].isna().tolist() == [False, True, False]
    assert korea.loc["2024-03", "events_per_1000"] == 0.0


def test_events_without_a_country_are_in_no_country_dyad_but_in_the_volume(book: Codebook) -> None:
    frame = make_events(actor=["KORGOV", "COP"], target=["RUS", "RUS"])
    table = wd.aggregate(frame, by="country-dyad", codebook=book)
    assert (table["events"].sum(), table["period_events"].tolist()) == (1, [2])
    assert module.uncounted(frame, "country-dyad", book) == 1


def test_an_action_outside_the_codebook_is_counted_without_a_class(book: Codebook) -> None:
    table = wd.aggregate(make_events(action=["998", "112"]), by="all", codebook=book)
    assert table[["quad_class_3", "no_quad_class", "goldstein_sum", "goldstein_mean"]].to_numpy().tolist() == [
        [1, 1, -2, -2]
    ]


def test_no_events_give_no_rows_and_the_same_columns(book: Codebook) -> None:
    table = wd.aggregate(empty_table(), codebook=book)
    assert len(table) == 0
    assert list(table.columns)[:5] == ["actor", "target", "period", "start", "events"]


def test_too_many_zeros_are_refused_before_memory_runs_out(book: Codebook, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_MOST_ROWS", 100)
    frame = make_events(actor=["KOR", "PRK"], date=[date(2024, 1, 1), date(2024, 6, 1)])
    with pytest.raises(UsageError) as error:
        wd.aggregate(frame, period="day", codebook=book)
    assert str(error.value) == (
        "2 units in 153 periods are 306 rows. "
        "Take longer periods, a coarser unit such as country-dyad, or no zeros; 100 is the most."
    )
    assert len(wd.aggregate(frame, period="day", zeros=False, codebook=book)) == 2


@pytest.mark.parametrize(
    ("option", "sentence"),
    [
        ({"by": "pair"}, "There is no unit 'pair'. Choose one of: dyad, country-dyad, actor, target, "),
        ({"period": "decade"}, "There is no period 'decade'. Choose one of: day, week, month, quarter, year."),
        ({"count": "code"}, "There is no count 'code'. Choose one of: quad_class, root, action, plover_event."),
    ],
)
def test_an_option_that_does_not_exist_is_refused_with_those_that_do(book: Codebook, option, sentence: str) -> None:
    with pytest.raises(UsageError) as error:
        wd.aggregate(make_events(), codebook=book, **option)
    assert str(error.value).startswith(sentence)


def test_parquet_and_csv_hold_the_table_and_have_the_same_bytes_each_time(book: Codebook, tmp_path) -> None:
    table = wd.aggregate(make_events(date=[date(2024, 1, 31), date(2024, 3, 2)]), normalise=True, codebook=book)
    for name in ("a.parquet", "b.parquet", "a.csv", "b.csv"):
        wd.write_aggregate(table, tmp_path / name)
    assert (tmp_path / "a.parquet").read_bytes() == (tmp_path / "b.parquet").read_bytes()
    assert (tmp_path / "a.csv").read_bytes() == (tmp_path / "b.csv").read_bytes()
    back = pq.read_table(tmp_path / "a.parquet").to_pandas()
    back["start"] = pd.to_datetime(back["start"]).astype("datetime64[s]")
    pd.testing.assert_frame_equal(back, table, check_dtype=False)
    lines = (tmp_path / "a.csv").read_text("utf-8").splitlines()
    assert lines[2].startswith("KORGOV,RUSGOV,2024-02,2024-02-01,0,0.0,,0,0,0,0,0")


def test_an_aggregate_is_no_json(book: Codebook, tmp_path) -> None:
    with pytest.raises(UsageError, match=r"The ending '.jsonl' is unknown. Let it end in .parquet or .csv."):
        wd.write_aggregate(wd.aggregate(make_events(), codebook=book), tmp_path / "a.jsonl")
