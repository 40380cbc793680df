"""Does a frame of events have the right shape? What pandera finds, as sentences with row, column, value and fix."""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Iterable
from itertools import islice
from pathlib import Path

import pandas as pd
import pandera.errors
import pyarrow as pa

from whodid.errors import EventTableError, Fault
from whodid.events.model import event_table_model, imported_table_model
from whodid.events.schema import DERIVED, Column, is_imported, known_columns, required_columns
from whodid.events.table import plain_type

# What pandas calls the index that it writes as a column.
_INDEX = frozenset({"", "index", "level_0", "Unnamed: 0", "__index_level_0__"})


def validate_shape(frame: pd.DataFrame) -> pd.DataFrame:
    """The same frame if it follows the schema; raises EventTableError with every fault if not."""
    faults = shape_faults(frame)
    if faults:
        raise EventTableError.of(faults)
    return frame


def shape_faults(frame: pd.DataFrame) -> list[Fault]:
    """Everything that pandera finds wrong with the frame's shape, as faults with row, column and value."""
    numbered, faults = _without_null_numbers(frame.reset_index(drop=True))
    with_derived = any(column.name in frame.columns for column in DERIVED)
    if is_imported(frame.columns):
        model = imported_table_model(tuple(map(str, frame.columns)))
    else:
        model = event_table_model(with_derived)
    if with_derived and not is_imported(frame.columns):
        absent = [c.name for c in DERIVED if c.name not in frame.columns]
        model = model.remove_columns(absent) if absent else model
    try:
        model.validate(numbered, lazy=True)
    except pandera.errors.SchemaErrors as error:
        cases = [{str(k): v for k, v in case.items()} for case in error.failure_cases.to_dict("records")]
        mistyped = {case["column"] for case in cases if str(case["check"]).startswith("dtype")}
        # A value check on a column of the wrong type fails with Python's own error, which says nothing new.
        telling = [c for c in cases if str(c["check"]).startswith("dtype") or c["column"] not in mistyped]
        same_id: dict[object, list[int]] = {}
        for row, identity in enumerate(numbered["event_id"] if "event_id" in numbered.columns else ()):
            same_id.setdefault(identity, []).append(row)
        faults += [_fault(case, numbered, same_id) for case in telling]
    return _sorted_faults(faults, [*known_columns(frame.columns)])


def _without_null_numbers(frame: pd.DataFrame) -> tuple[pd.DataFrame, list[Fault]]:
    """Nulls in columns of whole numbers as faults, and the frame with valid numbers in their place.

    pandas has no null in int32, so pandera would find fault with the type of the column and not with the one cell.
    """
    faults: list[Fault] = []
    filled: dict[str, pd.Series] = {}
    for column in required_columns(frame.columns):
        is_whole = column.name in frame.columns and str(frame[column.name].dtype) == "Int32"
        if is_whole and not column.is_nullable:
            values = frame[column.name]
            faults += [_null(column.name, int(row)) for row in values.index[values.isna()]]
            filled[column.name] = values.fillna(int(column.minimum or 0)).astype("int32")
    return frame.assign(**filled), faults


def unknown_column_fault(name: str, present: Collection[str]) -> Fault:
    """The finding of a column that the schema does not know, beside others; the fix says what was probably meant."""
    missing = [column.name for column in required_columns(present) if column.name not in present]
    plain = re.sub(r"[\s.-]+", "_", name.strip().casefold())
    near = [plain] if plain in missing else difflib.get_close_matches(plain, missing, 1, cutoff=0.8)
    if name in _INDEX:
        fix = "It is the index of a pandas table: write it with index=False."
    elif near:
        fix = f"Rename it to {near[0]!r}."
    else:
        fix = "Drop it, or rename it to a column of the schema; remarks go into note."
    return Fault("unknown-column", f"The column {name!r} is unknown.", fix, column=name)


def _null(name: str, row: int | None) -> Fault:
    fix = "Code it, or set the row aside: this column is never null."
    return Fault("null", f"{name} is null.", fix, None, None, row, name, None)


def _sorted_faults(faults: list[Fault], names: list[str]) -> list[Fault]:
    order = {name: number for number, name in enumerate(names)}
    unique = {(f.rule, f.row, f.column, f.value): f for f in faults}
    return sorted(
        unique.values(), key=lambda f: (-1 if f.row is None else f.row, order.get(f.column or "", 99), f.rule)
    )


def _fault(case: dict[str, object], frame: pd.DataFrame, same_id: dict[object, list[int]]) -> Fault:
    name, check, value = str(case["column"]), str(case["check"]), case["failure_case"]
    index = case["index"]
    row = int(index) if isinstance(index, (int, float)) and not pd.isna(index) else None
    if check in {"column_in_dataframe", "column_in_schema"}:
        name = str(value)
        if check == "column_in_dataframe":
            return Fault("missing-column", f"The column {name!r} is missing.", "Add it.", column=name)
        return unknown_column_fault(name, [str(given) for given in frame.columns])
    column = known_columns(frame.columns).get(name)
    shown = None if value is None else str(value)
    if check == "not_nullable":
        return _null(name, row)
    if check == "field_uniqueness":
        return duplicate_fault(shown, row, islice((other for other in same_id.get(value, []) if other != row), 4))
    if check.startswith("dtype"):
        message = f"The column has the type {frame[name].dtype}, not {_type_name(column)}."
        return Fault("wrong-type", message, _type_fix(column), None, None, None, name)
    expected = _expectation(column) if column else check
    message = f"{shown!r} is not valid: {name} must be {expected}."
    return Fault(f"bad-{name.replace('_', '-')}", message, "Correct the value.", None, None, row, name, shown)


def duplicate_fault(
    identity: str | None, row: int | None, others: Iterable[int], path: Path | None = None, *, has_more: bool = False
) -> Fault:
    """The finding of a row whose event_id other rows of its file have; three of them are named."""
    rows = list(others)
    listed = ", ".join(map(str, rows[:3])) + (", ..." if has_more or len(rows) > 3 else "")
    message = f"The event_id {identity!r} also stands in row {listed}."
    fix = "Keep one of the rows: the same id is the same coding."
    return Fault("duplicate-id", message, fix, path, None, row, "event_id", identity)


def _expectation(column: Column) -> str:
    if column.allowed:
        return "one of " + ", ".join(column.allowed)
    if column.minimum is not None and column.maximum is not None:
        return f"from {column.minimum:g} to {column.maximum:g}"
    if column.minimum is not None:
        return f"{column.minimum:g} or more"
    if column.pattern and "[A-Z]+" in column.pattern:
        return "two to four digits, such as 114, or a PLOVER event, such as ASSAULT:firearms"
    described = {
        "actor": "three-letter groups, such as KORGOV",
        "target": "three-letter groups, such as RUSGOV",
        "action": "two to four digits, such as 114",
        "event_id": "16 hex digits",
        "root": "two digits",
    }
    return described.get(column.name, "text that is not empty")


def _type_name(column: Column | None) -> str:
    if column is None:
        return "another type"
    return "text" if pa.types.is_string(plain_type(column.arrow)) else str(column.arrow)


def _type_fix(column: Column | None) -> str:
    if column is not None and column.name in {"action", "root"}:
        return 'Write codes as text, with their leading zeros: "010" is not 10.'
    return f"Convert the column to {_type_name(column)}."
