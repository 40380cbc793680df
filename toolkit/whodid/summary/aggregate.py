"""Counts by dyad and period, for regressions: a row for each unit and period, with explicit zeros."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from whodid import __version__
from whodid.atomic import replacing, write_text
from whodid.codebook.load import load_codebook
from whodid.codebook.model import Codebook
from whodid.errors import UsageError
from whodid.events.enrich import enrich
from whodid.events.schema import DERIVED
from whodid.events.shape import validate_shape
from whodid.events.table import sort_events
from whodid.summary.periods import PERIODS, Period, names_of, numbers_of, starts_of

By = Literal["dyad", "country-dyad", "actor", "target", "actor-country", "target-country", "all"]
Count = Literal["quad_class", "root", "action", "plover_event"]

BY: dict[str, tuple[str, ...]] = {
    "dyad": ("actor", "target"),
    "country-dyad": ("actor_country", "target_country"),
    "actor": ("actor",),
    "target": ("target",),
    "actor-country": ("actor_country",),
    "target-country": ("target_country",),
    "all": (),
}
COUNTS: tuple[str, ...] = ("quad_class", "root", "action", "plover_event")
ENDINGS = (".parquet", ".csv")
_MOST_ROWS = 20_000_000
_PER = 1000
_TEXT = pd.StringDtype(na_value=np.nan)


@dataclass(frozen=True, slots=True)
class _Categories:
    """The values that events are counted by: the names of their columns, and the place of each row's value."""

    names: list[str]
    values: list[str]
    places: np.ndarray


def aggregate(
    events: pd.DataFrame,
    *,
    by: By = "dyad",
    period: Period = "month",
    count: Count | None = "quad_class",
    zeros: bool = True,
    normalise: bool = False,
    long: bool = False,
    codebook: Codebook | None = None,
) -> pd.DataFrame:
    """Events counted by unit and period: a tidy frame, sorted by unit and time.

    Columns: those of the unit (actor and target of a dyad), period (2024-06), start (its first day), events,
    goldstein_sum and goldstein_mean, a count for each value of `count` (quad_class_1 to 4, or root_11 ..., action_114 ...,
    plover_event_ACCUSE ...; no_quad_class for events without one), and period_events, the number of all events of the period.

    zeros: every unit has every period from the first to the last of the table; without, only those with events. Where a
    unit has no event, sums and counts are 0 and the mean is null. normalise adds columns `..._per_1000`: counts per
    1,000 events of that period, null where the period has none. long gives one row for each unit, period and value, in
    the columns `count` and `n`, in place of a column for each value.

    Goldstein scores, classes and countries are derived from the codebook (whodid's own if none is given). An event that
    belongs to no unit (no country on that side) is in no row, and counts in period_events only. Weeks are ISO weeks.

    Raises EventTableError if the frame does not follow the schema, UsageError if the table would have too many rows.
    """
    _check(by, period, count)
    rows = enrich(sort_events(validate_shape(events)), codebook or load_codebook())
    keys = list(BY[by])
    numbers = numbers_of(rows["date"], period)
    first = int(numbers.min()) if len(rows) else 0
    span = int(numbers.max()) - first + 1 if len(rows) else 0
    volume = np.bincount(numbers - first, minlength=span) if len(rows) else np.empty(0, dtype="int64")
    has_unit = rows[keys].notna().all(axis=1).to_numpy() if keys else np.ones(len(rows), dtype=bool)
    rows, numbers = rows[has_unit].reset_index(drop=True), numbers[has_unit]
    units, place = _units(rows, keys)
    size = len(units) * span if keys or len(rows) else 0
    if zeros and size > _MOST_ROWS:
        message = f"{len(units):,} units in {span:,} periods are {size:,} rows."
        fix = f"Take longer periods, a coarser unit such as country-dyad, or no zeros; {_MOST_ROWS:,} is the most."
        raise UsageError(message, fix=fix, rule="too-many-rows")
    cell = place * max(span, 1) + (numbers - first)
    cells = np.arange(size) if zeros else np.unique(cell)
    at = cell if zeros else np.searchsorted(cells, cell)
    table = _frame(units, keys, cells // max(span, 1), cells % max(span, 1) + first, period)
    # Two decimals are more than any scale has; float32 would carry its noise into the sums.
    score = rows["goldstein"].astype("float64").round(2).to_numpy()
    known = ~np.isnan(score)
    scored = np.bincount(at[known], minlength=len(cells))
    table["events"] = np.bincount(at, minlength=len(cells)).astype("int64")
    total = np.bincount(at[known], weights=score[known], minlength=len(cells))
    table["goldstein_sum"] = np.round(total, 4) + 0.0  # never -0.0
    table["goldstein_mean"] = np.round(np.divide(total, scored, out=np.full(len(cells), np.nan), where=scored > 0), 4)
    categories = _categories(rows, count)
    if categories is not None:
        matrix = np.zeros((len(cells), len(categories.names)), dtype="int64")
        np.add.at(matrix, (at, categories.places), 1)
        table = pd.concat([table, pd.DataFrame(matrix, columns=categories.names, index=table.index)], axis=1)
    table["period_events"] = volume[cells % max(span, 1)].astype("int64") if len(cells) else np.empty(0, dtype="int64")
    counted = ["events", *(categories.names if categories else [])]
    if long and categories is not None:
        return _long(table, keys, categories, normalise)
    return _normalised(table, counted) if normalise else table


def write_aggregate(table: pd.DataFrame, path: Path | str) -> None:
    """Write an aggregate as Parquet or CSV, by the ending; the same table gives the same bytes.

    Raises UsageError for another ending, OutputError if the file cannot be written.
    """
    target = Path(path)
    check_aggregate_ending(target)
    if target.suffix == ".csv":
        write_text(target, str(table.to_csv(index=False, date_format="%Y-%m-%d", lineterminator="\n")))
        return
    arrays = {}
    for name in table.columns:
        column = table[name]
        if name == "start":
            arrays[name] = pa.array(column.astype("datetime64[s]")).cast(pa.date32())
        elif pd.api.types.is_numeric_dtype(column):
            arrays[name] = pa.array(column, from_pandas=True)
        else:
            arrays[name] = pa.array(column.astype("object"), type=pa.string(), from_pandas=True)
    metadata = {"whodid.form": "aggregate", "whodid.version": __version__}
    with replacing(target) as temporary:
        pq.write_table(pa.table(arrays).replace_schema_metadata(metadata), temporary, compression="zstd", version="2.6")


def check_aggregate_ending(path: Path | str) -> None:
    """Raises UsageError if an aggregate cannot be written under that name."""
    target = Path(path)
    if target.suffix not in ENDINGS:
        fix = "Let it end in .parquet or .csv."
        raise UsageError(f"The ending {target.suffix!r} is unknown.", fix=fix, path=target, rule="ending")


def _check(by: str, period: str, count: str | None) -> None:
    for what, given, allowed in (
        ("unit", by, tuple(BY)),
        ("period", period, PERIODS),
        ("count", count, (*COUNTS, None)),
    ):
        if given not in allowed:
            fix = f"Choose one of: {', '.join(str(a) for a in allowed if a)}."
            raise UsageError(f"There is no {what} {given!r}.", fix=fix, value=str(given), rule=f"unknown-{what}")


def _units(rows: pd.DataFrame, keys: list[str]) -> tuple[list[tuple[str, ...]], np.ndarray]:
    """The units that occur, in order of their codes, and the place of each row's unit."""
    if not keys:
        return [()], np.zeros(len(rows), dtype="int64")
    known = [pd.factorize(rows[key], sort=True) for key in keys]
    # The places of the codes of a unit as one number, which has the order of the codes.
    numbers = np.zeros(len(rows), dtype="int64")
    for places, codes in known:
        numbers = numbers * len(codes) + places
    distinct, place = np.unique(numbers, return_inverse=True)
    columns: list[list[str]] = []
    for _, codes in reversed(known):
        columns.insert(0, [str(code) for code in codes.take(distinct % len(codes))] if len(codes) else [])
        distinct = distinct // max(len(codes), 1)
    return list(zip(*columns, strict=True)), place


def _frame(
    units: list[tuple[str, ...]], keys: list[str], unit_of: np.ndarray, number_of: np.ndarray, period: Period
) -> pd.DataFrame:
    columns: dict[str, Any] = {}
    for position, key in enumerate(keys):
        words = np.array([unit[position] for unit in units], dtype="object")
        columns[key] = pd.Series(words[unit_of] if len(unit_of) else [], dtype=_TEXT)
    distinct, back = np.unique(number_of, return_inverse=True)
    starts = starts_of(distinct, period)
    names = np.array(names_of(starts, period), dtype="object")
    columns["period"] = pd.Series(names[back] if len(back) else [], dtype=_TEXT)
    columns["start"] = pd.Series(starts[back] if len(back) else np.empty(0, dtype="datetime64[s]"))
    return pd.DataFrame(columns)


def _categories(rows: pd.DataFrame, count: str | None) -> _Categories | None:
    """Quad classes are all there; of roots, actions and PLOVER events those that occur."""
    if count is None:
        return None
    if count == "quad_class":
        values = ["1", "2", "3", "4"]
        own = rows[count].astype("Int64").astype("string")
    else:
        values = sorted(str(value) for value in rows[count].dropna().unique())
        own = rows[count].astype("string")
    index = {value: number for number, value in enumerate(values)}
    places = np.array([index.get(value, len(values)) for value in own.fillna("").to_list()], dtype="int64")
    names = [f"{count}_{value}" for value in values]
    if (places == len(values)).any():
        names, values = [*names, f"no_{count}"], [*values, ""]
    return _Categories(names, values, places)


def _normalised(table: pd.DataFrame, counted: list[str]) -> pd.DataFrame:
    volume = table["period_events"].to_numpy(dtype="float64")
    columns = {}
    for name in counted:
        shares = np.divide(_PER * table[name].to_numpy(), volume, out=np.full(len(table), np.nan), where=volume > 0)
        columns[f"{name}_per_{_PER}"] = np.round(shares, 4)
    return pd.concat([table, pd.DataFrame(columns, index=table.index)], axis=1)


def _long(table: pd.DataFrame, keys: list[str], categories: _Categories, normalise: bool) -> pd.DataFrame:
    counts = table[categories.names].to_numpy()
    repeated = table.loc[table.index.repeat(len(categories.names)), [*keys, "period", "start", "period_events"]]
    long = repeated.reset_index(drop=True)
    words = [value or None for value in categories.values]
    place = len(keys) + 2
    long.insert(place, "count", pd.Series(words * len(table), dtype=_TEXT))
    long.insert(place + 1, "n", counts.reshape(-1))
    return _normalised(long, ["n"]) if normalise else long


def uncounted(events: pd.DataFrame, by: By, codebook: Codebook) -> int:
    """How many events belong to no unit: those without a country on a side that the unit needs."""
    keys = list(BY[by])
    if not set(keys) & {column.name for column in DERIVED}:
        return 0
    return int((~enrich(events, codebook)[keys].notna().all(axis=1)).sum())
