"""Tables: hand-counted cases, explicit zeros, order, and empty input."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from whodid.codebook.model import Codebook
from whodid.events.enrich import enrich
from whodid.events.table import empty_table
from whodid.summary import tables


@pytest.fixture
def events(make_events, codebook: Codebook) -> pd.DataFrame:
    """Five codings by two coders: 112 and 190 have Goldstein -2 and -10, 040 has 1."""
    frame = make_events(
        actor=["KORGOV", "KORGOV", "RUSMIL", "COP", "USAGOV"],
        target=["RUSGOV", "RUSGOV", "UKRMIL", "CVL", "KORGOV"],
        action=["112", "040", "190", "190", "040"],
        date=[date(2024, 1, 31), date(2024, 1, 1), date(2024, 4, 2), date(2024, 4, 3), date(2024, 4, 30)],
        date_basis=["text", "text", "published", "text", "text"],
        article_id=["a", "a", "b", "b", "c"],
        publisher=["Wire", "Wire", None, None, "Daily"],
        coder=["anna", "anna", "anna", "ben", "ben"],
    )
    return enrich(frame, codebook)


def test_roots_come_in_order_with_label_class_and_share(events, codebook):
    table = tables.by_root(events, codebook)
    assert table["root"].tolist() == ["04", "11", "19"]
    assert table["label"].tolist() == [codebook.actions[root].label for root in ("04", "11", "19")]
    assert table["quad_class"].tolist() == [1, 3, 4]
    assert table["events"].tolist() == [2, 1, 2]
    assert table["share"].tolist() == [0.4, 0.2, 0.4]


def test_a_root_outside_the_codebook_has_no_label_and_is_still_counted(make_events, codebook):
    enriched = enrich(make_events(action=["998", "112"]), codebook)
    table = tables.by_root(enriched, codebook)
    assert table["root"].tolist() == ["11", "99"]
    assert table["label"].isna().tolist() == [False, True]
    assert tables.by_quad_class(enriched, codebook)["events"].tolist() == [0, 0, 1, 0, 1]
    assert tables.over_time(enriched)["no_quad_class"].tolist() == [1]


def test_all_four_quad_classes_are_there_with_their_zeros(events, codebook):
    table = tables.by_quad_class(events, codebook)
    assert table["quad_class"].tolist() == [1, 2, 3, 4]
    assert table["name"].tolist() == list(codebook.meta.quad_class_names.values())
    assert table["events"].tolist() == [2, 0, 1, 2]


def test_dyads_are_ordered_pairs_with_their_share_of_conflict_and_mean_score(events):
    table = tables.by_dyad(events)
    assert list(zip(table["actor"], table["target"], table["events"], strict=True)) == [
        ("KORGOV", "RUSGOV", 2),
        ("COP", "CVL", 1),
        ("RUSMIL", "UKRMIL", 1),
        ("USAGOV", "KORGOV", 1),
    ]
    assert table["conflict"].tolist() == [0.5, 1.0, 1.0, 0.0]
    assert table["goldstein"].tolist() == [-0.5, -10.0, -10.0, 1.0]


def test_country_dyads_leave_out_rows_without_a_country_and_their_shares_say_so(events):
    table = tables.by_country_dyad(events)
    assert list(zip(table["actor_country"], table["target_country"], table["events"], strict=True)) == [
        ("KOR", "RUS", 2),
        ("RUS", "UKR", 1),
        ("USA", "KOR", 1),
    ]
    assert table["share"].sum() == pytest.approx(0.8)


def test_countries_are_counted_on_both_sides(events, codebook):
    table = tables.by_country(events, codebook).set_index("country")
    assert table.index.tolist() == ["KOR", "RUS", "UKR", "USA"]
    assert table["as_actor"].to_dict() == {"KOR": 2, "RUS": 1, "UKR": 0, "USA": 1}
    assert table["as_target"].to_dict() == {"KOR": 1, "RUS": 2, "UKR": 1, "USA": 0}
    assert table.loc["UKR", "name"] == "Ukraine"


def test_months_without_events_are_rows_with_zeros(events):
    table = tables.over_time(events)
    assert table["period"].tolist() == ["2024-01", "2024-02", "2024-03", "2024-04"]
    assert table["start"].dt.date.tolist()[1] == date(2024, 2, 1)
    assert table["events"].tolist() == [2, 0, 0, 3]
    assert table["quad_class_4"].tolist() == [0, 0, 0, 2]
    parts = [c for c in table.columns if "quad_class" in c]
    assert table[parts].sum(axis=1).tolist() == table["events"].tolist()


@pytest.mark.parametrize(
    ("last", "count", "final"), [(date(2014, 12, 31), 180, "2014-12"), (date(2015, 1, 1), 16, "2015")]
)
def test_spans_longer_than_fifteen_years_are_counted_by_year(make_events, codebook, last, count, final):
    table = tables.over_time(enrich(make_events(date=[date(2000, 1, 1), last]), codebook))
    assert len(table) == count
    assert table["period"].iloc[-1] == final
    assert table["events"].sum() == 2


def test_goldstein_scores_have_mean_and_range_by_month_and_nothing_where_there_is_no_event(events):
    table = tables.goldstein_over_time(events)
    assert table["n"].tolist() == [2, 0, 0, 3]
    assert table["mean"].tolist()[0] == -0.5
    assert table["mean"].isna().tolist() == [False, True, True, False]
    assert table["mean"].tolist()[3] == pytest.approx(-6.3333)
    assert (table["min"].tolist()[3], table["max"].tolist()[3]) == (-10.0, 1.0)


def test_publishers_count_articles_and_the_ones_not_given_are_a_row(events):
    table = tables.by_publisher(events)
    assert table["publisher"].isna().tolist() == [False, True, False]
    assert table["publisher"].tolist()[0::2] == ["Wire", "Daily"]
    assert table["articles"].tolist() == [1, 1, 1]
    assert table["events"].tolist() == [2, 2, 1]


def test_coders_are_counted_with_their_articles(events):
    table = tables.by_coder(events)
    assert list(zip(table["coder"], table["articles"], table["events"], strict=True)) == [("anna", 2, 3), ("ben", 2, 2)]


def test_the_bases_of_dates_come_in_the_order_of_the_schema_with_zeros(events):
    table = tables.by_date_basis(events)
    assert list(zip(table["date_basis"], table["events"], strict=True)) == [
        ("text", 4),
        ("dateline", 0),
        ("published", 1),
    ]


def test_the_order_of_rows_does_not_change_any_table(events, codebook):
    turned = events.iloc[::-1].reset_index(drop=True)
    for name, table in tables.all_tables(events, codebook).items():
        pd.testing.assert_frame_equal(table, tables.all_tables(turned, codebook)[name])


def test_no_events_give_tables_without_rows_and_with_the_same_columns_and_types(events, codebook):
    full = tables.all_tables(events, codebook)
    for name, table in tables.all_tables(enrich(empty_table(), codebook), codebook).items():
        assert table.empty, name
        assert table.dtypes.to_dict() == full[name].dtypes.to_dict(), name
