"""Records to table and back to Arrow."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pandas as pd
import pyarrow as pa
import pytest

from event_samples import EVENT, MakeEvents
from whodid.errors import EventTableError
from whodid.events.enrich import enrich
from whodid.events.schema import arrow_schema
from whodid.events.table import empty_table, events_to_table, from_arrow, sort_events, to_arrow


def test_events_become_rows_sorted_by_article_and_sentence() -> None:
    events = [replace(EVENT, sentence=2), replace(EVENT, article_id="another"), replace(EVENT, sentence=1)]
    frame = events_to_table(events)
    assert list(zip(frame["article_id"], frame["sentence"], strict=True)) == [
        ("another", 0),
        ("seoul-2024", 1),
        ("seoul-2024", 2),
    ]


def test_two_events_with_one_id_give_one_row() -> None:
    assert len(events_to_table([EVENT, replace(EVENT, note="again")])) == 1


def test_a_row_holds_what_the_record_holds() -> None:
    row = events_to_table([EVENT]).iloc[0]
    assert (row["actor"], row["action"], row["target"]) == ("KORGOV", "112", "RUSGOV")
    assert row["date"].date() == date(2024, 6, 21)
    assert row["event_id"] == EVENT.event_id
    assert row["confidence"] == pytest.approx(0.9)
    assert pd.isna(row["note"])


def test_no_events_give_an_empty_table_with_all_columns() -> None:
    frame = events_to_table([])
    assert len(frame) == 0
    pd.testing.assert_frame_equal(frame, empty_table())
    assert to_arrow(frame).schema == arrow_schema()


def test_in_memory_codes_are_text_and_days_are_datetimes() -> None:
    frame = events_to_table([EVENT])
    assert {str(frame[name].dtype) for name in ("actor", "action", "target", "coder", "note")} == {"str"}
    assert str(frame["date"].dtype) == "datetime64[s]"
    assert str(frame["sentence"].dtype) == "int32"
    assert str(frame["confidence"].dtype) == "float32"


def test_confidence_is_kept_to_three_decimals() -> None:
    precise = events_to_table([EVENT]).assign(confidence=1 / 3)
    assert to_arrow(precise)["confidence"].to_pylist() == pytest.approx([0.333], abs=1e-6)


def test_an_empty_remark_is_none(make_events: MakeEvents) -> None:
    assert to_arrow(make_events(note=""))["note"].to_pylist() == [None]


def test_dictionaries_are_sorted_whatever_the_order_of_the_rows(make_events: MakeEvents) -> None:
    table = to_arrow(make_events(target=["USA", "RUS", "PRK"]))
    assert table["target"].chunk(0).dictionary.to_pylist() == ["PRK", "RUS", "USA"]


def test_rows_of_any_order_are_sorted_the_same_way(make_events: MakeEvents) -> None:
    frame = make_events(target=["USA", "RUS", "PRK"], sentence=0)
    pd.testing.assert_frame_equal(sort_events(frame), sort_events(frame.iloc[::-1]))


def test_every_column_that_does_not_fit_is_named_at_once(make_events: MakeEvents) -> None:
    frame = make_events().assign(action=10, sentence="first", mood="bad").drop(columns="coder")
    with pytest.raises(EventTableError) as caught:
        to_arrow(frame)
    assert {fault.column: fault.rule for fault in caught.value.faults} == {
        "coder": "missing-column",
        "mood": "unknown-column",
        "action": "wrong-type",
        "sentence": "wrong-type",
    }
    assert "column 'action': The values do not fit: 10 is not text. Give it the type string." in str(caught.value)


def test_a_date_with_a_time_of_day_is_refused(make_events: MakeEvents) -> None:
    frame = make_events().assign(date=pd.Timestamp("2024-06-21 14:00"))
    with pytest.raises(EventTableError, match="a date has a time of day"):
        to_arrow(frame)


def test_arrow_and_pandas_hold_the_same(make_events: MakeEvents, codebook: object) -> None:
    frame = enrich(make_events(action=["112", "010"], publisher=[None, "Wire"]), codebook)  # type: ignore[arg-type]
    table = to_arrow(frame)
    assert table.schema == arrow_schema(with_derived=True)
    pd.testing.assert_frame_equal(from_arrow(table), frame)
    assert table["quad_class"].type == pa.int8()
