"""One row for each date, actor, action and target, that says which rows it stands for."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import whodid as wd
from event_samples import MakeEvents, make_events
from whodid.codebook.model import Codebook
from whodid.errors import EventTableError
from whodid.events.table import empty_table, sort_events

KEY = ["date", "actor", "action", "target"]
PUBLISHERS = (None, "Wire", "Gazette", "Herald")


@st.composite
def tables(draw: st.DrawFn) -> pd.DataFrame:
    """Event tables in which rows often agree."""
    rows = draw(st.lists(st.tuples(*[st.integers(0, 1)] * 4, st.integers(0, 3), st.integers(0, 1)), max_size=14))
    if not rows:
        return empty_table()
    return make_events(
        actor=[("KOR", "PRK")[a] for a, *_ in rows],
        target=[("USA", "RUS")[t] for _, t, *_ in rows],
        action=[("112", "040")[c] for _, _, c, *_ in rows],
        date=[date(2024, 6, 20 + d) for _, _, _, d, *_ in rows],
        publisher=[PUBLISHERS[p] for *_, p, _ in rows],
        coder=[("anna", "ben")[c] for *_, c in rows],
    )


@settings(max_examples=20)
@given(tables())
def test_each_key_has_one_row_and_each_id_is_in_one_of_them(frame: pd.DataFrame) -> None:
    kept = wd.one_a_day(frame)
    assert not kept.duplicated(KEY).any()
    assert set(map(tuple, kept[KEY].to_numpy())) == set(map(tuple, frame[KEY].to_numpy()))
    merged = [identity for ids in kept["merged_ids"] for identity in ids.split("|")]
    assert sorted(merged) == sorted(frame["event_id"])
    assert all(own in ids for own, ids in zip(kept["event_id"], kept["merged_ids"], strict=True))


@settings(max_examples=12)
@given(tables(), st.randoms())
def test_the_order_of_rows_does_not_matter_and_a_second_time_changes_nothing(frame: pd.DataFrame, random) -> None:
    once = wd.one_a_day(frame)
    order = list(range(len(frame)))
    random.shuffle(order)
    pd.testing.assert_frame_equal(wd.one_a_day(frame.iloc[order]), once)
    pd.testing.assert_frame_equal(wd.one_a_day(once), once)


def test_the_row_that_is_kept_is_whole_and_names_what_it_stands_for() -> None:
    frame = make_events(publisher=["Wire", None, "Gazette", "Wire"], target=["RUS", "RUS", "RUS", "USA"])
    kept = wd.one_a_day(frame).set_index("target")
    first = sort_events(frame).iloc[0]
    assert kept.loc["RUS", "sentence"] == 0
    assert kept.loc["RUS", "actor_text"] == first["actor_text"]
    assert kept.loc["RUS", "merged_publishers"] == "Gazette|Wire"
    assert kept.loc["RUS", "merged_ids"].count("|") == 2
    assert kept.loc["USA", "merged_ids"] == kept.loc["USA", "event_id"]


def test_the_filter_applied_to_parts_and_then_to_the_whole_gives_all_ids() -> None:
    frame = make_events(publisher=["Wire", "Herald", "Gazette"])
    parts = pd.concat([wd.one_a_day(frame.iloc[:2]), wd.one_a_day(frame.iloc[2:])], ignore_index=True)
    pd.testing.assert_frame_equal(wd.one_a_day(parts), wd.one_a_day(frame))


def test_coders_can_be_kept_apart() -> None:
    frame = make_events(coder=["anna", "ben", "ben"])
    assert len(wd.one_a_day(frame)) == 1
    assert wd.one_a_day(frame, by_coder=True)["coder"].tolist() == ["anna", "ben"]


def test_the_result_is_an_event_table_that_validates_and_is_written_and_read(tmp_path, codebook: Codebook) -> None:
    kept = wd.one_a_day(make_events(publisher=["Wire", None]))
    for name in ("e.parquet", "e.csv", "e.jsonl"):
        wd.write_events(kept, tmp_path / name)
        pd.testing.assert_frame_equal(wd.read_events(tmp_path / name), kept)
        assert wd.validate(tmp_path / name, codebook=codebook).is_valid


def test_no_events_are_no_events() -> None:
    kept = wd.one_a_day(empty_table())
    assert (len(kept), [*kept.columns][-2:]) == (0, ["merged_ids", "merged_publishers"])


def test_a_frame_that_is_no_event_table_is_refused(make_events: MakeEvents) -> None:
    with pytest.raises(EventTableError, match="The column 'target' is missing"):
        wd.one_a_day(make_events().drop(columns="target"))
