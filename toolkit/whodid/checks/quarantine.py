"""Good rows and bad rows apart: the bad ones as they stood, with their reasons; no row in both, none in neither."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from whodid.atomic import replacing, write_text
from whodid.checks.report import ValidationReport
from whodid.checks.rules import OF_THE_FILE
from whodid.checks.whole import joined
from whodid.errors import Fault, UsageError
from whodid.events.files import EventFile, check_ending, raw_rows, write_events
from whodid.events.rows import csv_text, jsonl_text
from whodid.events.schema import BY_NAME
from whodid.events.table import empty_table

_ABOUT = ("from_file", "from_row", "from_line", "rules", "reasons")
_OF_THE_SET = frozenset({"other-codebook", "other-schema", "column-order"})


@dataclass(frozen=True, slots=True)
class Separated:
    """The rows of a report's files in two: clean is an event table; bad has a dict of text for each row.

    unread: files whose rows are in neither, because they cannot be opened.
    """

    clean: pd.DataFrame
    bad: tuple[dict[str, object], ...]
    columns: tuple[str, ...]
    unread: tuple[Path, ...]


def separate(files: Sequence[EventFile], report: ValidationReport) -> Separated:
    """The rows without an error, and those with one and its reasons, of the files that the report is about.

    A fault of a whole column or file (it is missing, has another type) concerns each of the file's rows. Of rows that
    are one coding, the first stays.
    """
    of_rows: dict[tuple[str, int], list[Fault]] = {}
    of_files: dict[str, list[Fault]] = {}
    for finding in report.errors:
        if finding.path is None:
            continue  # Of the dataset as a whole: no row is to blame.
        if finding.row is not None:
            of_rows.setdefault((str(finding.path), finding.row), []).append(finding)
        elif finding.rule not in OF_THE_FILE and finding.rule not in _OF_THE_SET:
            of_files.setdefault(str(finding.path), []).append(finding)
    clean: list[pd.DataFrame] = []
    bad: list[dict[str, object]] = []
    columns: dict[str, None] = {}
    kept: set[str] = set()
    for file in files:
        if file.frame is None:
            continue
        good: list[int] = []
        reasons: dict[int, list[Fault]] = {}
        for row in range(len(file.frame)):
            faults = [*of_files.get(str(file.path), []), *of_rows.get((str(file.path), row), [])]
            identity = str(file.frame["event_id"].iat[row]) if "event_id" in file.frame.columns else ""
            if not faults or ({fault.rule for fault in faults} == {"duplicate-id"} and identity not in kept):
                good.append(row)
                kept.add(identity)
            else:
                reasons[row] = faults
        if good:
            clean.append(file.frame.iloc[good])
        if reasons:
            names, rows = raw_rows(file)
            names = [f"{name} (column)" if name in _ABOUT else name for name in names]
            columns.update(dict.fromkeys(names))
            bad += [
                {**_about(file, row, of), **dict(zip(names, rows[row], strict=True))} for row, of in reasons.items()
            ]
    unread = tuple(file.path for file in files if file.frame is None)
    return Separated(joined(clean) if clean else empty_table(), tuple(bad), tuple(columns), unread)


def write_bad(separated: Separated, path: Path | str) -> None:
    """Write the bad rows with from_file, from_row, from_line, rules and reasons in front; a header alone if there are none.

    Every value is text, as it stood in its file. Raises UsageError for another ending than .csv, .jsonl or .parquet.
    """
    target = Path(path)
    check_ending(target)
    names = [*_ABOUT, *(separated.columns or tuple(BY_NAME))]
    rows: list[dict[str, object]] = [{name: row.get(name) for name in names} for row in separated.bad]
    if target.suffix == ".parquet":
        columns = {name: [None if row[name] is None else str(row[name]) for row in rows] for name in names}
        table = pa.table({name: pa.array(values, type=pa.string()) for name, values in columns.items()})
        with replacing(target) as temporary:
            pq.write_table(table, temporary, compression="zstd")
    else:
        write_text(target, jsonl_text(rows) if target.suffix == ".jsonl" else csv_text(names, rows))


def write_clean(separated: Separated, files: Sequence[EventFile], path: Path | str) -> None:
    """Write the good rows as an event file, with the metadata on which all files agree."""
    agreed = {}
    for key in ("codebook", "codebook_hash", "coder"):
        values = {file.metadata.get(key, "") for file in files}
        agreed[key] = values.pop() if len(values) == 1 else ""
    write_events(separated.clean, path, **agreed)


def check_targets(inputs: Iterable[Path], targets: Iterable[Path]) -> None:
    """Raises UsageError if a target is an input, would be read as one the next time, or is given twice."""
    folders = [given.resolve() for given in inputs]
    listed = list(targets)
    for number, target in enumerate(listed):
        if target.resolve() in [other.resolve() for other in listed[:number]]:
            message = "Good and bad rows cannot go to one file."
            raise UsageError(message, fix="Give two names.", path=target, rule="bad-target-file")
        check_ending(target)
        place = target.resolve()
        for given in folders:
            if place == given or (given.is_dir() and place.is_relative_to(given)):
                fix = "Write it to another folder."
                message = (
                    f"The file lies in {given.name!r}, which is validated: it would be read as events the next time."
                )
                raise UsageError(message, fix=fix, path=target, rule="bad-target-file")


def _about(file: EventFile, row: int, faults: list[Fault]) -> dict[str, object]:
    line = file.lines[row] if row < len(file.lines) else None
    rules = list(dict.fromkeys(fault.rule for fault in faults))
    sentences = [f"{fault.message} {fault.fix}".strip() for fault in faults]
    return {
        "from_file": str(file.path),
        "from_row": row,
        "from_line": line,
        "rules": "; ".join(rules),
        "reasons": " | ".join(sentences),
    }
