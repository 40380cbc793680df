"""What is wrong with a table's shape, in the words that a user reads."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from event_samples import MakeEvents
from whodid.errors import EventTableError
from whodid.events.shape import shape_faults, validate_shape


def sentences(frame: pd.DataFrame) -> list[str]:
    return [str(fault) for fault in shape_faults(frame)]


def test_a_valid_table_has_no_faults(make_events: MakeEvents) -> None:
    frame = make_events(target=["RUS", "PRK"])
    assert shape_faults(frame) == []
    assert validate_shape(frame) is frame


def test_a_null_target_is_named_with_its_row(make_events: MakeEvents) -> None:
    frame = make_events(target=["RUS", None])
    assert sentences(frame) == [
        "row 1: column 'target': target is null. Code it, or set the row aside: this column is never null."
    ]


def test_a_null_offset_is_a_null_and_not_a_wrong_type(make_events: MakeEvents) -> None:
    frame = make_events(actor_end=[11, None])
    assert sentences(frame) == [
        "row 1: column 'actor_end': actor_end is null. Code it, or set the row aside: this column is never null."
    ]


def test_a_duplicate_id_names_the_other_row(make_events: MakeEvents) -> None:
    frame = make_events(event_id=["0" * 16, "1" * 16, "0" * 16])
    assert sentences(frame) == [
        "row 0: column 'event_id': The event_id '0000000000000000' also stands in row 2. "
        "Keep one of the rows: the same id is the same coding.",
        "row 2: column 'event_id': The event_id '0000000000000000' also stands in row 0. "
        "Keep one of the rows: the same id is the same coding.",
    ]


def test_action_as_a_number_is_told_about_leading_zeros(make_events: MakeEvents) -> None:
    frame = make_events().assign(action=10)
    assert sentences(frame) == [
        "column 'action': The column has the type int64, not text. "
        'Write codes as text, with their leading zeros: "010" is not 10.'
    ]


def test_missing_and_extra_columns_are_both_named(make_events: MakeEvents) -> None:
    frame = make_events().drop(columns="coder").assign(mood="bad")
    assert sentences(frame) == [
        "column 'coder': The column 'coder' is missing. Add it.",
        "column 'mood': The column 'mood' is unknown. Drop it, or rename it to a column of the schema; remarks go into note.",
    ]


def test_a_value_outside_of_its_range_is_told_the_range(make_events: MakeEvents) -> None:
    assert sentences(make_events(confidence=1.5)) == [
        "row 0: column 'confidence': '1.5' is not valid: confidence must be from 0 to 1. Correct the value."
    ]
    assert sentences(make_events(date_basis="guess")) == [
        "row 0: column 'date_basis': 'guess' is not valid: date_basis must be one of text, dateline, published. "
        "Correct the value."
    ]


def test_rows_are_counted_by_position_whatever_the_index_says(make_events: MakeEvents) -> None:
    frame = make_events(confidence=[0.5, 0.5, 1.5]).set_axis([7, 7, 9], axis="index")
    assert [fault.row for fault in shape_faults(frame)] == [2]


def test_all_faults_come_at_once_sorted_by_row_and_column(make_events: MakeEvents) -> None:
    frame = make_events(target=[None, "RUS"], action=["1", "112"], confidence=[0.5, np.inf])
    with pytest.raises(EventTableError) as caught:
        validate_shape(frame)
    assert [(f.row, f.column, f.rule) for f in caught.value.faults] == [
        (0, "action", "bad-action"),
        (0, "target", "null"),
        (1, "confidence", "bad-confidence"),
    ]
