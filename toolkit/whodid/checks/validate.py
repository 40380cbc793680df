"""Validation of a dataset: every check on every file, every finding in one report."""

from __future__ import annotations

import bisect
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd

from whodid.articles.model import ArticleSet
from whodid.checks.dates import date_faults
from whodid.checks.derived import derived_faults, has_derived
from whodid.checks.identity import identity_faults
from whodid.checks.membership import membership_faults, nearest_action
from whodid.checks.offsets import article_faults, span_faults
from whodid.checks.report import NotRun, ValidationReport
from whodid.checks.rules import CHECKS, OF_THE_FILE, RULES, Level
from whodid.checks.text import order_faults, spreadsheet_faults, text_faults
from whodid.checks.versions import codebook_faults, schema_version_faults
from whodid.checks.whole import (
    coder_variants,
    coverage_faults,
    double_codings,
    drift_faults,
    joined,
    month_faults,
    publisher_variants,
)
from whodid.codebook.actor_codes import ActorCodes, ActorParts
from whodid.codebook.load import load_codebook
from whodid.codebook.model import Codebook
from whodid.errors import Fault, UsageError, WhodidError
from whodid.events.files import EventFile, event_forms, open_events, read_events
from whodid.events.forms import form_faults
from whodid.events.schema import is_imported
from whodid.events.shape import shape_faults
from whodid.events.table import sort_keys


class CouldNotCheck(WhodidError):
    """Nothing can be said about the dataset: the path, the codebook or the articles are not there."""

    exit_code = 2


def validate(
    events: pd.DataFrame | Path | str | Iterable[Path | str],
    *,
    codebook: Codebook | None = None,
    articles: ArticleSet | None = None,
    today: date | None = None,
    levels: Iterable[str] = tuple(Level),
    against: pd.DataFrame | Path | str | None = None,
    is_strict: bool = False,
) -> ValidationReport:
    """Everything that is wrong with an event table, or with event files or folders of them, sorted by path, row, column
    and rule.

    codebook: the codes that may occur; whodid's own if none is given. articles: what was coded; without them offsets
    are only checked for plausibility. today: the day after which nothing can have been published; no such check if
    none is given. levels: rows, codebook, articles, set; all by default, as far as there is input for them. against: an
    earlier dataset to compare the shares of actions with. is_strict: what is only odd counts as an error too.
    A file that cannot be read is a finding. Raises UsageError if a path does not exist, a folder holds no event files,
    or a level is unknown; EventTableError if `against` cannot be read.
    """
    return check_files(
        opened(events),
        codebook=codebook,
        articles=articles,
        today=today,
        levels=levels,
        against=against,
        is_strict=is_strict,
    )


def opened(events: pd.DataFrame | Path | str | Iterable[Path | str]) -> list[EventFile]:
    """The event files that a path, several, or a table mean, with what is wrong with their shape.

    Of a folder's files that differ in their ending alone one is read; that the others say the same is checked.
    """
    if isinstance(events, pd.DataFrame):
        return [EventFile(Path("table"), events, faults=shape_faults(events))]
    listed = [events] if isinstance(events, (str, Path)) else list(events)
    # A file given twice (by itself and with its folder) would be a duplicate of itself.
    unique = {forms[0].resolve(): forms for given in listed for forms in event_forms(given)}
    files = [open_events(forms[0]) for forms in unique.values()]
    differing = form_faults(files, list(unique.values()))
    for file in files:
        file.faults += [f for f in differing if Path(str(f.path)).with_suffix("") == file.path.with_suffix("")]
    return files


def check_files(
    files: list[EventFile],
    *,
    codebook: Codebook | None = None,
    articles: ArticleSet | None = None,
    today: date | None = None,
    levels: Iterable[str] = tuple(Level),
    against: pd.DataFrame | Path | str | None = None,
    is_strict: bool = False,
) -> ValidationReport:
    """What validate does, for files that are open already."""
    wanted = levels_of(levels)
    book = codebook if codebook is not None else load_codebook()
    findings = [with_nearest(fault, book) for file in files for fault in file.faults]
    not_run: list[NotRun] = []
    for file in files:
        findings += [file.place(fault) for fault in file_faults(file, book, articles, today, wanted)]
    if Level.rows in wanted or Level.set in wanted:
        findings += identity_faults(files)
    if Level.set in wanted:
        of_set, not_run = _of_set(files, articles, against)
        findings += of_set
    kept = [f for f in one_cause_each(findings) if f.rule in OF_THE_FILE or level_of(f) in wanted]
    not_run = left_out(files, articles, today, wanted) + not_run
    skipped = {check.check for check in not_run}
    checks = [check for check, level in CHECKS.items() if level in wanted and check not in skipped]
    return ValidationReport(
        findings=tuple(sorted(kept, key=order_of)),
        files=tuple(file.path for file in files),
        rows=sum(len(file.frame) for file in files if file.frame is not None),
        checks_run=tuple(checks),
        checks_not_run=tuple(not_run),
        is_strict=is_strict,
    )


def levels_of(names: Iterable[str]) -> frozenset[Level]:
    wanted = set()
    for name in names:
        if name not in list(Level):
            fix = f"The levels are {', '.join(Level)}."
            raise UsageError(f"There is no level {name!r}.", fix=fix, value=name, rule="unknown-level")
        wanted.add(Level(name))
    return frozenset(wanted)


def level_of(fault: Fault) -> Level:
    rule = RULES.get(fault.rule)
    return rule.level if rule else Level.rows


def file_faults(
    file: EventFile, codebook: Codebook, articles: ArticleSet | None, today: date | None, wanted: frozenset[Level]
) -> list[Fault]:
    if file.frame is None:
        return []
    faults: list[Fault] = []
    has_words = not is_imported(file.frame.columns)
    if Level.rows in wanted:
        faults += span_faults(file.frame) if has_words else []
        faults += date_faults(file.frame, today) + text_faults(file.frame)
        faults += schema_version_faults(file)
        if file.path.suffix:  # A table in memory has no order that it ought to keep.
            is_parquet = file.path.suffix == ".parquet"
            faults += order_faults(file.frame, is_parquet=is_parquet, keys=sort_keys(file.metadata))
            faults += [] if is_parquet else spreadsheet_faults(file.path)
    if Level.codebook in wanted:
        faults += membership_faults(file.frame, codebook) + codebook_faults(file, codebook)
        if has_derived(file.frame):
            faults += derived_faults(file.frame, codebook)
    if Level.articles in wanted and articles is not None and has_words:
        faults += article_faults(file.frame, articles)
    return faults


def _of_set(
    files: list[EventFile], articles: ArticleSet | None, against: pd.DataFrame | Path | str | None
) -> tuple[list[Fault], list[NotRun]]:
    readable = [file for file in files if file.frame is not None]
    frames = [file.frame for file in readable if file.frame is not None]
    if not frames:
        return [], []
    whole = joined(frames)
    # Rows of all files are numbered through; each finding goes back to its own file and row.
    ends = np.cumsum([len(frame) for frame in frames]).tolist()
    faults = []
    for fault in double_codings(whole):
        place = bisect.bisect_right(ends, fault.row or 0)
        row = (fault.row or 0) - (ends[place - 1] if place else 0)
        faults.append(readable[place].place(replace(fault, row=row)))
    of_whole, not_run = coverage_faults(whole, articles)
    of_whole += coder_variants(whole) + publisher_variants(whole)
    more, skipped = month_faults(whole)
    of_whole, not_run = of_whole + more, not_run + skipped
    if against is None:
        not_run.append(NotRun("drift", "no earlier dataset was given (--against)"))
    else:
        before = against if isinstance(against, pd.DataFrame) else read_events(against, imported=True)
        name = "the earlier dataset" if isinstance(against, pd.DataFrame) else Path(against).name
        more, skipped = drift_faults(whole, before, name)
        of_whole, not_run = of_whole + more, not_run + skipped
    only = readable[0] if len(readable) == 1 else None
    return faults + [only.place(fault) if only else fault for fault in of_whole], not_run


def left_out(
    files: list[EventFile], articles: ArticleSet | None, today: date | None, wanted: frozenset[Level]
) -> list[NotRun]:
    skipped: list[NotRun] = []
    frames = [file.frame for file in files if file.frame is not None]
    # Imported events have no words: what looks at them has nothing to look at.
    if frames and all(is_imported(frame.columns) for frame in frames):
        without = [("spans", Level.rows), ("articles", Level.articles)]
        reason = "imported events have no words and no offsets"
        skipped += [NotRun(check, reason) for check, level in without if level in wanted]
    elif Level.articles in wanted:
        if articles is None:
            skipped.append(NotRun("articles", "no article folder was given"))
        elif articles.refused:
            names = ", ".join(refused.origin for refused in articles.refused)
            skipped.append(NotRun(f"the articles of {names}", "they could not be read"))
    if Level.rows in wanted and today is None:
        skipped.append(NotRun("today", "no day was given to compare dates of publication with"))
    if Level.codebook in wanted and not any(has_derived(frame) for frame in frames):
        skipped.append(NotRun("derived", "there are no derived columns"))
    skipped += [NotRun(f"the rows of {f.path}", "the file could not be read") for f in files if f.frame is None]
    return skipped


def with_nearest(fault: Fault, codebook: Codebook) -> Fault:
    """A malformed code with the code that was probably meant; shape alone knows no codebook."""
    if fault.rule == "bad-action" and fault.value:
        return replace(fault, fix=nearest_action(fault.value, codebook))
    if fault.rule in {"bad-actor", "bad-target"} and fault.value:
        parts = ActorCodes(codebook).parse(fault.value)
        return fault if isinstance(parts, ActorParts) else replace(fault, fix=parts.fix)
    return fault


def one_cause_each(faults: list[Fault]) -> list[Fault]:
    """Without what only repeats a finding: a malformed code is unknown too, a misplaced span has a wrong length."""
    cells: dict[str, set[tuple[object, ...]]] = {}
    for fault in faults:
        cells.setdefault(fault.rule, set()).add((str(fault.path), fault.row, fault.column))
    malformed = cells.get("bad-action", set()) | cells.get("bad-actor", set()) | cells.get("bad-target", set())
    nothing, misplaced = cells.get("null-as-text", set()), cells.get("offset-mismatch", set())
    hidden = {
        "unknown-action": malformed | nothing,
        "unknown-actor": malformed | nothing,
        "span-length": misplaced,
        **dict.fromkeys(("bad-action", "bad-actor", "bad-target"), nothing),
        "unknown-article": nothing | cells.get("stray-space", set()),
    }
    headers = {(path, row) for path, row, _ in cells.get("header-again", set())}
    return [
        f
        for f in faults
        if (str(f.path), f.row, f.column) not in hidden.get(f.rule, set())
        and (f.rule == "header-again" or (str(f.path), f.row) not in headers)
    ]


def order_of(fault: Fault) -> tuple[str, int, int, str, str, str]:
    row = -1 if fault.row is None else fault.row
    line = -1 if fault.line is None else fault.line
    return str(fault.path or ""), row, line, fault.column or "", fault.rule, fault.message
