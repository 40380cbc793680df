"""The columns of the event table."""

from __future__ import annotations

import pandas as pd
import pandera.errors
import pyarrow as pa
import pytest

from event_samples import MakeEvents
from whodid.events.model import event_table_model
from whodid.events.record import CodedEvent
from whodid.events.schema import COLUMNS, DERIVED, MERGED, arrow_schema

ORDER = [
    *("actor", "action", "target", "date", "date_basis", "event_id", "article_id", "sentence"),
    *("actor_text", "action_text", "target_text"),
    *("actor_start", "actor_end", "action_start", "action_end", "target_start", "target_end"),
    *("published", "publisher", "coder", "confidence", "note"),
]


def test_the_22_columns_stand_in_the_order_of_the_design() -> None:
    assert arrow_schema().names == ORDER


def test_the_four_columns_of_the_mission_come_first_and_are_never_null() -> None:
    assert arrow_schema().names[:4] == ["actor", "action", "target", "date"]
    assert not any(field.nullable for field in list(arrow_schema())[:4])


def test_only_publisher_confidence_and_note_may_be_null() -> None:
    assert [field.name for field in arrow_schema() if field.nullable] == ["publisher", "confidence", "note"]


def test_codes_are_dictionaries_of_strings_and_days_are_days() -> None:
    schema = arrow_schema()
    for name in ("actor", "action", "target", "date_basis", "publisher", "coder"):
        assert schema.field(name).type == pa.dictionary(pa.int32(), pa.string()), name
    assert schema.field("date").type == schema.field("published").type == pa.date32()
    assert schema.field("sentence").type == schema.field("actor_start").type == pa.int32()
    assert schema.field("confidence").type == pa.float32()


def test_derived_columns_stand_behind_the_others() -> None:
    assert arrow_schema(with_derived=True).names == ORDER + [column.name for column in DERIVED]


def test_every_column_is_a_field_of_the_record_and_says_what_it_means() -> None:
    fields = {*CodedEvent.__dataclass_fields__, "event_id"}
    assert fields == {column.name for column in COLUMNS}
    assert all(column.description for column in (*COLUMNS, *DERIVED))


def test_the_pandera_model_has_the_same_columns_and_descriptions(make_events: MakeEvents) -> None:
    model = event_table_model()
    assert [name for name, column in model.columns.items() if column.required] == ORDER
    assert [name for name, column in model.columns.items() if not column.required] == [c.name for c in MERGED]
    described = {c.name: c.description for c in (*COLUMNS, *MERGED)}
    assert {name: column.description for name, column in model.columns.items()} == described
    pd.testing.assert_frame_equal(model.validate(make_events(), lazy=True), make_events())


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("action", "1"),
        ("action", "11234"),
        ("action", "114\n"),
        ("actor", "KORG"),
        ("target", "RUS-GOV"),
        ("event_id", "XYZ"),
        ("date_basis", "guess"),
        ("sentence", -1),
        ("actor_start", -1),
        ("action_end", 0),
        ("confidence", 1.5),
        ("coder", " anna"),
        ("article_id", ""),
        ("actor_text", ""),
    ],
)
def test_the_model_refuses_a_value_of_the_wrong_shape(make_events: MakeEvents, column: str, value: object) -> None:
    with pytest.raises(pandera.errors.SchemaErrors) as caught:
        event_table_model().validate(make_events(**{column: value}), lazy=True)
    assert set(caught.value.failure_cases["column"]) == {column}
