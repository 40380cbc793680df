"""The schema and the codebook as a Great Expectations suite, for labs that run their checks with that tool."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from importlib import import_module
from typing import TYPE_CHECKING, Any

from whodid.codebook.model import Codebook
from whodid.events.schema import COLUMNS, Column

if TYPE_CHECKING:
    import pandas as pd
    from great_expectations import ExpectationSuite
    from great_expectations.core import ExpectationSuiteValidationResult


def expectation_suite(codebook: Codebook, name: str = "whodid") -> ExpectationSuite:
    """What an event table must fulfil: columns, types, nulls, patterns, sets, ranges, unique ids, known actions.

    The rules are those of events/schema.py, and the actions are the codebook's; actor codes are checked for their
    form only, because no list can hold all that can be composed.
    """
    from great_expectations import ExpectationSuite

    gxe: Any = import_module("great_expectations.expectations")
    expectations: list[Any] = []
    for column in COLUMNS:
        expectations += _of_column(column, gxe)
    expectations.append(gxe.ExpectColumnValuesToBeInSet(column="action", value_set=sorted(codebook.actions)))
    return ExpectationSuite(name=name, expectations=expectations, meta={"codebook": codebook.label})


def run_expectations(frame: pd.DataFrame, codebook: Codebook) -> ExpectationSuiteValidationResult:
    """The result of the suite on a frame: `.success`, and `.results` with each expectation's unexpected rows.

    Runs in memory: nothing is written to disk, sent anywhere, or shown as a progress bar.
    """
    from great_expectations.data_context.data_context.ephemeral_data_context import EphemeralDataContext
    from great_expectations.data_context.types.base import (
        DataContextConfig,
        InMemoryStoreBackendDefaults,
        ProgressBarsConfig,
    )

    config = DataContextConfig(
        analytics_enabled=False,
        progress_bars=ProgressBarsConfig(globally=False),
        store_backend_defaults=InMemoryStoreBackendDefaults(init_temp_docs_sites=False),
    )
    with _as_current(EphemeralDataContext(project_config=config)) as context:
        asset = context.data_sources.add_pandas("events").add_dataframe_asset("events")
        batch = asset.add_batch_definition_whole_dataframe("all").get_batch({"dataframe": frame.reset_index(drop=True)})
        result: ExpectationSuiteValidationResult = batch.validate(expectation_suite(codebook), result_format="COMPLETE")
        return result


@contextlib.contextmanager
def _as_current(context: Any) -> Iterator[Any]:
    """The library works on one current context; a notebook that has its own gets it back."""
    from great_expectations.data_context.data_context.context_factory import project_manager, set_context
    from great_expectations.exceptions.exceptions import DataContextError

    try:
        before = project_manager.get_current_project()
    except DataContextError:
        before = None
    set_context(context)
    try:
        yield context
    finally:
        project_manager.set_project(before)


def _of_column(column: Column, gxe: Any) -> list[Any]:
    from whodid.events.model import pandas_type

    name = column.name
    kind = str(pandas_type(column))
    made = [gxe.ExpectColumnToExist(column=name)]
    made.append(gxe.ExpectColumnValuesToBeOfType(column=name, type_="str" if kind == "string" else kind))
    if not column.is_nullable:
        made.append(gxe.ExpectColumnValuesToNotBeNull(column=name))
    if column.pattern:
        made.append(gxe.ExpectColumnValuesToMatchRegex(column=name, regex=rf"^(?:{column.pattern})\Z"))
    if column.allowed:
        made.append(gxe.ExpectColumnValuesToBeInSet(column=name, value_set=list(column.allowed)))
    if column.minimum is not None or column.maximum is not None:
        made.append(gxe.ExpectColumnValuesToBeBetween(column=name, min_value=column.minimum, max_value=column.maximum))
    if column.is_unique:
        made.append(gxe.ExpectColumnValuesToBeUnique(column=name))
    return made
