"""An evaluation as JSON for programs, and as tables that open in a spreadsheet."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

from whodid.atomic import write_all
from whodid.reliability.evaluate import Evaluation
from whodid.reliability.plain_tables import table_csv, table_records


def evaluation_json(found: Evaluation) -> str:
    """An evaluation as JSON, UTF-8, with a line end at the end; keys are stable and their order is fixed.

    n_coded, n_gold, n_matched, n_left_out; intervals: unit, n_units, resamples, seed, level, reason; and as lists of
    objects with the columns of the tables: scores, confusion, most_confused (pairs at full code), misses. Dates are
    2024-06-21, nulls null.
    """
    counts = {name: getattr(found, name) for name in ("n_coded", "n_gold", "n_matched", "n_left_out")}
    tables = {
        "scores": found.scores,
        "confusion": found.confusion,
        "most_confused": found.most_confused(),
        "misses": found.misses,
    }
    lists = {name: table_records(table) for name, table in tables.items()}
    return json.dumps({**counts, "intervals": asdict(found.resampling), **lists}, ensure_ascii=False, indent=2) + "\n"


def write_evaluation(found: Evaluation, folder: Path | str) -> dict[str, Path]:
    """Write scores.csv, confusion.csv and misses.csv into a folder, and say where they are, by name without ending.

    The columns are those of the tables; nulls are empty cells. Cells that a spreadsheet would run as a formula begin
    with an apostrophe. Raises OutputError where a file cannot be written.
    """
    tables = {"scores": found.scores, "confusion": found.confusion, "misses": found.misses}
    paths = {name: Path(folder) / f"{name}.csv" for name in tables}
    write_all({paths[name]: table_csv(table).encode() for name, table in tables.items()})
    return paths
