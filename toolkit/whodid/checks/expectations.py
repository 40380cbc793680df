"""The schema and the codebook as a Great Expectations suite, for labs that run their checks with that tool."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from whodid.codebook.actor_codes import ALONE, INTERNATIONAL, ActorCodes
from whodid.codebook.model import Codebook
from whodid.errors import EventTableError, UsageError
from whodid.events.files import open_events
from whodid.events.schema import COLUMNS, DERIVED, Column
from whodid.events.table import plain_type

if TYPE_CHECKING:
    import pandas as pd
    from great_expectations import ExpectationSuite
    from great_expectations.core import ExpectationSuiteValidationResult

SUITE = "whodid"
_SPANS = ("actor", "action", "target")
# A day is a datetime.date as the library reads Parquet, and a datetime64 in our frames.
_DAYS = ("date", "datetime64[s]", "datetime64[ms]", "datetime64[us]", "datetime64[ns]")


def expectation_suite(codebook: Codebook, name: str = SUITE, *, with_derived: bool = False) -> ExpectationSuite:
    """What an event table must fulfil: columns, types, nulls, patterns, sets, ranges, unique ids, known codes.

    The rules are those of events/schema.py, and the codes are the codebook's. Actor codes are checked group by group,
    and not by the whole grammar, because no list can hold all that can be composed. It holds for our frames and for the
    Parquet files as the library reads them itself.
    """
    _refuse_telemetry()
    from great_expectations import ExpectationSuite

    gxe: Any = import_module("great_expectations.expectations")
    columns = (*COLUMNS, *DERIVED) if with_derived else COLUMNS
    names = {column.name for column in columns}
    expectations: list[Any] = [
        gxe.ExpectTableColumnsToMatchSet(
            column_set=sorted(names),
            exact_match=True,
            description=f"The table has the {len(names)} columns of the schema and no others.",
        )
    ]
    for side in _SPANS:
        expectations.append(
            gxe.ExpectColumnPairValuesAToBeGreaterThanB(
                column_A=f"{side}_end",
                column_B=f"{side}_start",
                description=f"The words of the {side} end after they start.",
            )
        )
    for column in columns:
        expectations += _of_column(column, gxe)
        expectations += _of_codebook(column.name, codebook, gxe)
    return ExpectationSuite(name=name, expectations=expectations, meta={"codebook": codebook.label})


@dataclass(frozen=True, slots=True)
class Checked:
    """What a checkpoint found: the suite that it ran, the library's own result, and the number of rows."""

    suite: ExpectationSuite
    result: ExpectationSuiteValidationResult
    rows: int

    @property
    def is_met(self) -> bool:
        """True if every expectation was met."""
        return bool(self.result.success)

    def failures(self) -> list[str]:
        """A sentence for each expectation that was not met, with the values that were not expected."""
        return [_sentence(one) for one in self.result.results if not one.success]


def run_expectations(frame: pd.DataFrame, codebook: Codebook) -> ExpectationSuiteValidationResult:
    """The result of the suite on a frame: `.success`, and `.results` with each expectation's unexpected rows.

    Runs in memory: nothing is written to disk, sent anywhere, or shown as a progress bar.
    """
    return _checkpoint(frame.reset_index(drop=True), expectation_suite(codebook))[1]


def check_expectations(path: Path | str, codebook: Codebook) -> Checked:
    """Run the suite on a file of events: Parquet as the library reads it, CSV and JSON Lines as whodid does.

    Raises EventTableError if the file cannot be read at all.
    """
    file = open_events(path)
    frame, place = file.frame, file.path
    if frame is None:
        raise EventTableError.of(file.faults)
    rows = len(frame)
    has_derived = any(column.name in frame.columns for column in DERIVED)
    suite = expectation_suite(codebook, with_derived=has_derived)
    if place.suffix != ".parquet":
        return Checked(*_checkpoint(frame, suite), rows)
    # The library reads the file itself: two tables at once are more than a large one leaves room for.
    del file, frame
    return Checked(*_checkpoint(Path(path), suite), rows)


def export_suite(project: Path | str, codebook: Codebook, *, data: Path | str | None = None) -> list[str]:
    """Add the suite to a Great Expectations project, or bring the one that is there up to date; gives what it wrote.

    project: the folder that holds great_expectations.yml, or the one above it. With data, a Parquet file, also its data
    source, a validation definition and a checkpoint, all named whodid, so that `context.checkpoints.get("whodid").run()`
    works. Raises UsageError if there is no such project.
    """
    root = _project_root(Path(project))
    _refuse_telemetry()
    from great_expectations.data_context.data_context.file_data_context import FileDataContext

    with _as_current(FileDataContext(context_root_dir=root)) as context:
        has_derived = data is not None and _has_derived(Path(data))
        suite = context.suites.add_or_update(expectation_suite(codebook, with_derived=has_derived))
        written = [f"expectation suite {suite.name!r} ({len(suite.expectations)} expectations)"]
        if data is None:
            return written
        file = Path(data).resolve()
        source = context.data_sources.add_or_update_pandas(SUITE)
        asset = source.add_parquet_asset("events", path=str(file))
        batch = asset.add_batch_definition_whole_dataframe("all")
        return [*written, *_add_checkpoint(context, suite, batch), f"data source {SUITE!r} of {file.name}"]


def _add_checkpoint(context: Any, suite: Any, batch: Any) -> list[str]:
    from great_expectations import Checkpoint, ValidationDefinition

    definition = context.validation_definitions.add_or_update(ValidationDefinition(name=SUITE, data=batch, suite=suite))
    context.checkpoints.add_or_update(
        Checkpoint(name=SUITE, validation_definitions=[definition], result_format="COMPLETE")
    )
    return [f"validation definition {SUITE!r}", f"checkpoint {SUITE!r}"]


def _has_derived(path: Path) -> bool:
    file = open_events(path)
    if path.suffix != ".parquet" or file.frame is None:
        fix = "Give a Parquet file that `whodid code` or `whodid release` wrote."
        raise UsageError("The project needs a Parquet file.", fix=fix, path=path, rule="not-parquet")
    return any(column.name in file.frame.columns for column in DERIVED)


def _project_root(given: Path) -> Path:
    for folder in (given, given / "gx"):
        if (folder / "great_expectations.yml").is_file():
            return folder.resolve()
    fix = (
        "Give the folder that holds great_expectations.yml; Great Expectations makes one with get_context(mode='file')."
    )
    raise UsageError("This is no Great Expectations project.", fix=fix, path=given, rule="no-project")


def _checkpoint(
    events: pd.DataFrame | Path, suite: ExpectationSuite
) -> tuple[ExpectationSuite, ExpectationSuiteValidationResult]:
    """Run a suite on a frame or a Parquet file by a checkpoint that lives in memory only."""
    _refuse_telemetry()
    from great_expectations import Checkpoint, ValidationDefinition
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
        source = context.data_sources.add_pandas("events")
        parameters = None
        if isinstance(events, Path):
            asset = source.add_parquet_asset("events", path=str(events.resolve()))
        else:
            asset = source.add_dataframe_asset("events")
            parameters = {"dataframe": events}
        batch = asset.add_batch_definition_whole_dataframe("all")
        added = context.suites.add(suite)
        definition = context.validation_definitions.add(ValidationDefinition(name=SUITE, data=batch, suite=added))
        checkpoint = context.checkpoints.add(
            Checkpoint(name=SUITE, validation_definitions=[definition], actions=[], result_format="COMPLETE")
        )
        run = checkpoint.run(batch_parameters=parameters)
        [result] = run.run_results.values()
        return added, result


def _refuse_telemetry() -> None:
    """Versions of the library that report usage read this when they are imported; the configuration says it again."""
    os.environ.setdefault("GX_ANALYTICS_ENABLED", "false")


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
    name = column.name
    made = [gxe.ExpectColumnToExist(column=name)]
    made += _of_type(column, gxe)
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


def _of_type(column: Column, gxe: Any) -> list[Any]:
    """The type, where one name fits both what the library reads from Parquet and our frames.

    Codes are categories in the one and text in the other, and whole numbers with nulls become floats: what they may
    hold is said by their patterns, sets and ranges.
    """
    arrow = column.arrow
    if pa.types.is_date(arrow):
        described = f"{column.name} holds days."
        return [gxe.ExpectColumnValuesToBeInTypeList(column=column.name, type_list=list(_DAYS), description=described)]
    if pa.types.is_string(arrow):
        return [gxe.ExpectColumnValuesToBeOfType(column=column.name, type_="str")]
    if pa.types.is_floating(plain_type(arrow)):
        return [gxe.ExpectColumnValuesToBeOfType(column=column.name, type_="float32")]
    if pa.types.is_integer(arrow) and not column.is_nullable:
        return [gxe.ExpectColumnValuesToBeOfType(column=column.name, type_="int32")]
    return []


def _of_codebook(name: str, codebook: Codebook, gxe: Any) -> list[Any]:
    if name == "action":
        described = f"action is one of the {len(codebook.actions)} codes of {codebook.label}."
        codes = sorted(codebook.actions)
        return [gxe.ExpectColumnValuesToBeInSet(column=name, value_set=codes, description=described)]
    if name in {"actor", "target"}:
        described = f"{name} is composed of three-letter groups that {codebook.label} knows."
        pattern = _actor_pattern(codebook)
        return [gxe.ExpectColumnValuesToMatchRegex(column=name, regex=pattern, description=described)]
    return []


def _actor_pattern(codebook: Codebook) -> str:
    """A regular expression for actor codes: a group that may stand in front, then any groups that may follow one."""
    codes = ActorCodes(codebook)
    countries = set(codes.countries) - set(codes.variants)
    first = {*countries, *codes.subregions, *codes.regions, *codes.roles, *codes.identities, *ALONE, *INTERNATIONAL}
    later = {*first, *codes.organisations, *(code[i : i + 3] for code in codes.named for i in range(3, len(code), 3))}
    return rf"^(?:{'|'.join(sorted(first))})(?:{'|'.join(sorted(later - set(ALONE)))})*\Z"


def _sentence(one: Any) -> str:
    config = one.expectation_config
    column = config.kwargs.get("column") or config.kwargs.get("column_A") or "the table"
    what = config.type.removeprefix("expect_").removeprefix("column_").replace("_", " ")
    raised = (one.exception_info or {}).get("exception_message")
    if raised:
        return f"{column}: {what}: could not be evaluated: {str(raised).splitlines()[0]}"
    found = one.result.get("unexpected_count")
    listed = one.result.get("partial_unexpected_list", [])[:3] if "null" not in what else []
    examples = [str(value) for value in listed]
    shown = f", such as {', '.join(map(repr, examples))}" if examples else ""
    return f"{column}: {what}: {found} not as expected{shown}" if found else f"{column}: {what}: not met"
