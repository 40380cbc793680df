"""The event table as a pandera schema, built from the columns of the Parquet schema, so that they cannot differ."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np
import pandas as pd
import pandera.pandas as pa
import pyarrow

from whodid.events.schema import COLUMNS, DERIVED, MERGED, Column, known_columns, required_columns


def pandas_type(column: Column) -> object:
    """The pandas type of a column in memory: plain types that notebooks and plotting libraries understand."""
    arrow = column.arrow
    if pyarrow.types.is_dictionary(arrow) or pyarrow.types.is_string(arrow):
        return pd.StringDtype(na_value=np.nan)
    if pyarrow.types.is_date(arrow):
        return "datetime64[s]"
    if pyarrow.types.is_floating(arrow):
        return "float32"
    if column.is_nullable:
        return "Int8" if pyarrow.types.is_int8(arrow) else "Int32"
    return "int32"


@cache
def event_table_model(with_derived: bool = False) -> pa.DataFrameSchema:
    """The pandera schema of the event table: types, nulls, value rules, uniqueness of event_id.

    It checks shape only; whether a code is in the codebook is asked of the codebook. Validate with lazy=True to have
    every fault in one report. A lab can use it in its own tools: `wd.event_table_model().validate(frame, lazy=True)`.
    """
    columns = (*COLUMNS, *DERIVED) if with_derived else COLUMNS
    return pa.DataFrameSchema(
        {
            **{column.name: _column(column) for column in columns},
            **{column.name: _column(column, is_required=False) for column in MERGED},
        },
        strict=True,
        ordered=False,
        name="whodid event table",
        title="Coded events: who did what to whom, and when",
        description="One row for each coding: one actor, one action, one target, one day, one sentence, one coder.",
    )


@cache
def imported_table_model(names: Sequence[str] = ()) -> pa.DataFrameSchema:
    """The pandera schema of a table of imported events (docs/decisions/0015) with these columns, given as a tuple.

    Columns of the original (`original_...`) and derived ones are part of it if they are among the names. A lab can use
    it in its own tools: `wd.imported_table_model(tuple(frame.columns)).validate(frame, lazy=True)`.
    """
    everything = ("original_id", *names)
    required = [column.name for column in required_columns(everything)]
    known = known_columns(everything)
    listed = [column for name, column in known.items() if name in required or name in names]
    return pa.DataFrameSchema(
        {column.name: _column(column) for column in listed},
        strict=True,
        ordered=False,
        name="whodid table of imported events",
        title="Imported events: who did what to whom, and when, as another dataset says",
        description="One row for each row of the other dataset that names an actor, an action, a target and a day.",
    )


def _column(column: Column, is_required: bool = True) -> pa.Column:
    checks = []
    if column.pattern:
        # \Z, for $ would also let "114\n" pass.
        checks.append(pa.Check.str_matches(rf"^(?:{column.pattern})\Z", name="pattern"))
    if column.allowed:
        checks.append(pa.Check.isin(list(column.allowed), name="allowed"))
    if column.minimum is not None:
        checks.append(pa.Check.ge(column.minimum, name="minimum"))
    if column.maximum is not None:
        checks.append(pa.Check.le(column.maximum, name="maximum"))
    return pa.Column(
        pandas_type(column),
        checks=checks,
        nullable=column.is_nullable,
        unique=column.is_unique,
        required=is_required,
        title=column.name,
        description=column.description,
    )
