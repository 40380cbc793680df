"""Imported events: the same columns, nullable where other datasets say nothing, and the originals beside them."""

from __future__ import annotations

import pandas as pd
import pytest

import whodid as wd
from event_samples import MakeEvents
from whodid.codebook.model import Codebook
from whodid.events.schema import (
    COLUMNS,
    IMPORTED,
    ORIGINAL,
    is_imported,
    known_columns,
    required_columns,
)
from whodid.events.shape import shape_faults

WORDS = [name for name in (c.name for c in COLUMNS) if name.endswith(("_text", "_start", "_end"))]


@pytest.fixture
def imported(make_events: MakeEvents) -> pd.DataFrame:
    """Two imported events, one of CAMEO and one of PLOVER."""
    frame = make_events(action=["112", "112"], coder="polecat@v1.0")
    nothing = {
        name: pd.Series([None, None], dtype="Int32" if frame[name].dtype.kind == "i" else "str") for name in WORDS
    }
    return frame.assign(
        **nothing,
        action=pd.Series(["112", "ASSAULT:firearms"], dtype="str"),
        sentence=pd.Series([None, 3], dtype="Int32"),
        date_basis=pd.Series([None, None], dtype="str"),
        article_id=pd.Series([None, "a"], dtype="str"),
        published=pd.Series([None, None], dtype="datetime64[s]"),
        original_id=pd.Series(["1", None], dtype="str"),
        original_file=pd.Series(["a.csv", "a.csv"], dtype="str"),
        original_line=pd.Series([2, 3], dtype="int32"),
        actor_name=pd.Series(["Seoul", None], dtype="str"),
        target_name=pd.Series([None, None], dtype="str"),
        original_tone=pd.Series(["-1.5", None], dtype="str"),
    )


def test_imported_events_have_the_22_columns_in_their_order_and_five_more() -> None:
    assert [c.name for c in IMPORTED] == [c.name for c in (*COLUMNS, *ORIGINAL)]
    assert {c.name for c in IMPORTED if not c.is_nullable} == {
        *("actor", "action", "target", "date", "event_id", "coder", "original_file", "original_line"),
    }


def test_a_table_is_imported_if_it_has_the_column_of_original_ids() -> None:
    assert is_imported(["actor", "original_id"])
    assert not is_imported(["actor", "action"])
    assert required_columns(["actor"]) == COLUMNS
    assert "original_tone" in known_columns(["original_id", "original_tone"])
    assert "original_tone" not in known_columns(["original_tone"])


def test_a_valid_table_has_no_faults_and_passes_the_pandera_model(imported: pd.DataFrame) -> None:
    assert shape_faults(imported) == []
    model = wd.imported_table_model(tuple(imported.columns))
    pd.testing.assert_frame_equal(model.validate(imported, lazy=True), imported)


@pytest.mark.parametrize(
    ("column", "value", "sentence"),
    [
        (
            "action",
            "assault",
            "row 0: column 'action': 'assault' is not valid: action must be two to four digits, such as 114, "
            "or a PLOVER event, such as ASSAULT:firearms. Correct the value.",
        ),
        (
            "actor",
            None,
            "row 0: column 'actor': actor is null. Code it, or set the row aside: this column is never null.",
        ),
        (
            "original_line",
            0,
            "row 0: column 'original_line': '0' is not valid: original_line must be 1 or more. Correct the value.",
        ),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence(imported: pd.DataFrame, column: str, value: object, sentence: str) -> None:
    values = [value, *imported[column].tolist()[1:]]
    frame = imported.assign(**{column: pd.Series(values, dtype=imported[column].dtype)})
    assert sentence in [str(fault) for fault in shape_faults(frame)]


def test_a_column_that_is_missing_or_unknown_is_named(imported: pd.DataFrame) -> None:
    frame = imported.drop(columns="actor_name").assign(tone="x")
    assert [(f.rule, f.column) for f in shape_faults(frame)] == [
        ("missing-column", "actor_name"),
        ("unknown-column", "tone"),
    ]


def test_derived_columns_follow_for_both_ontologies(imported: pd.DataFrame, codebook: Codebook) -> None:
    rows = wd.enrich(imported, codebook)
    assert rows["root"].tolist() == ["11", "ASSAULT"]
    assert rows["quad_class"].tolist() == [3, 4]
    assert rows["goldstein"].isna().tolist() == [False, True]
    assert shape_faults(rows) == []


def test_coded_events_may_still_not_be_null(make_events: MakeEvents) -> None:
    frame = make_events().assign(actor_text=pd.Series([None], dtype="str"))
    assert [fault.rule for fault in shape_faults(frame)] == ["null"]
