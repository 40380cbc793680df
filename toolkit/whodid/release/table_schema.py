"""The columns as other tools describe them: Table Schema (Frictionless), Croissant, and Hugging Face's features."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from whodid.codebook.render import CSV_COLUMNS
from whodid.events.schema import Column
from whodid.events.table import plain_type
from whodid.release.tables import COLUMNS_RELEASED


def table_schema() -> dict[str, Any]:
    """The Table Schema of the released table, made of events/schema.py: a field for each of the 33 columns."""
    return {
        "fields": [_field(column) for column in COLUMNS_RELEASED],
        "missingValues": [""],
        "primaryKey": ["event_id"],
    }


def codebook_schema() -> dict[str, Any]:
    """The Table Schema of codebook.csv: codes are text there as well."""
    kinds = {"quad_class": "integer", "goldstein": "number", "n_examples": "integer"}
    fields = [{"name": name, "type": kinds.get(name, "string")} for name in CSV_COLUMNS]
    return {"fields": fields, "missingValues": [""], "primaryKey": ["code"]}


def hub_features() -> list[dict[str, str]]:
    """The features of the released table as the front matter of a dataset card lists them."""
    return [{"name": column.name, "dtype": _hub(column.arrow)} for column in COLUMNS_RELEASED]


def croissant_type(column: Column) -> str:
    """The schema.org type of a column's values."""
    return {"string": "sc:Text", "date": "sc:Date", "integer": "sc:Integer", "number": "sc:Float"}[_kind(column.arrow)]


def _field(column: Column) -> dict[str, Any]:
    constraints: dict[str, Any] = {}
    if not column.is_nullable:
        constraints["required"] = True
    if column.is_unique:
        constraints["unique"] = True
    if column.pattern:
        constraints["pattern"] = f"^(?:{column.pattern})$"
    if column.allowed:
        constraints["enum"] = list(column.allowed)
    kind = _kind(column.arrow)
    for name, value in (("minimum", column.minimum), ("maximum", column.maximum)):
        if value is not None:
            constraints[name] = int(value) if kind == "integer" else value
    field: dict[str, Any] = {"name": column.name, "type": kind, "description": column.description}
    return {**field, "constraints": constraints} if constraints else field


def _kind(arrow: pa.DataType) -> str:
    plain = plain_type(arrow)
    if pa.types.is_string(plain):
        return "string"
    if pa.types.is_date(plain):
        return "date"
    return "integer" if pa.types.is_integer(plain) else "number"


def _hub(arrow: pa.DataType) -> str:
    return {"date32[day]": "date32", "float": "float32"}.get(str(plain_type(arrow)), str(plain_type(arrow)))
