"""Validation of a dataset: every check on every file, every finding in one report."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd

from whodid.articles.model import ArticleSet
from whodid.checks.dates import date_faults
from whodid.checks.derived import derived_faults, has_derived
from whodid.checks.identity import identity_faults
from whodid.checks.membership import membership_faults, nearest_action
from whodid.checks.offsets import article_faults, span_faults
from whodid.checks.report import NotRun, ValidationReport
from whodid.codebook.actor_codes import ActorCodes, ActorParts
from whodid.codebook.load import load_codebook
from whodid.codebook.model import Codebook
from whodid.errors import Fault, WhodidError
from whodid.events.files import EventFile, event_paths, open_events
from whodid.events.schema import is_imported
from whodid.events.shape import shape_faults


class CouldNotCheck(WhodidError):
    """Nothing can be said about the dataset: the path, the codebook or the articles are not there."""

    exit_code = 2


def validate(
    events: pd.DataFrame | Path | str | Iterable[Path | str],
    *,
    codebook: Codebook | None = None,
    articles: ArticleSet | None = None,
    today: date | None = None,
) -> ValidationReport:
    """Everything that is wrong with an event table, or with event files or folders of them, sorted by path, row, column
    and rule.

    codebook: the codes that may occur; whodid's own if none is given. articles: what was coded; without them offsets
    are only checked for plausibility. today: the day after which nothing can have been published; no such check if
    none is given. A file that cannot be read is a finding. Raises UsageError if a path does not exist, or a folder
    holds no event files.
    """
    files = _opened(events)
    book = codebook if codebook is not None else load_codebook()
    findings = [fault for file in files for fault in file.faults]
    findings = [_with_nearest(fault, book) for fault in findings]
    for file in files:
        findings += [file.place(fault) for fault in _of_rows(file, book, articles, today)]
    findings += identity_faults(files)
    not_run = _not_run(files, articles, today)
    skipped = {check.check for check in not_run}
    checks = ("shape", "codebook", "spans", "articles", "dates", "today", "identity", "derived")
    return ValidationReport(
        findings=tuple(sorted(_one_cause_each(findings), key=_order)),
        files=tuple(file.path for file in files),
        rows=sum(len(file.frame) for file in files if file.frame is not None),
        checks_run=tuple(check for check in checks if check not in skipped),
        checks_not_run=tuple(not_run),
    )


def _opened(events: pd.DataFrame | Path | str | Iterable[Path | str]) -> list[EventFile]:
    if isinstance(events, pd.DataFrame):
        return [EventFile(Path("table"), events, faults=shape_faults(events))]
    listed = [events] if isinstance(events, (str, Path)) else list(events)
    # A file given twice (by itself and with its folder) would be a duplicate of itself.
    unique = {path.resolve(): path for given in listed for path in event_paths(given)}
    return [open_events(path) for path in unique.values()]


def _of_rows(file: EventFile, codebook: Codebook, articles: ArticleSet | None, today: date | None) -> list[Fault]:
    if file.frame is None:
        return []
    faults = membership_faults(file.frame, codebook) + date_faults(file.frame, today)
    if not is_imported(file.frame.columns):
        faults += span_faults(file.frame)
    if articles is not None and not is_imported(file.frame.columns):
        faults += article_faults(file.frame, articles)
    if has_derived(file.frame):
        faults += derived_faults(file.frame, codebook)
    return faults


def _not_run(files: list[EventFile], articles: ArticleSet | None, today: date | None) -> list[NotRun]:
    skipped: list[NotRun] = []
    frames = [file.frame for file in files if file.frame is not None]
    without_words = [frame for frame in frames if is_imported(frame.columns)]
    if without_words and len(without_words) == len(frames):
        skipped += [NotRun(check, "imported events have no words and no offsets") for check in ("spans", "articles")]
    elif articles is None:
        skipped.append(NotRun("articles", "no article folder was given"))
    elif articles.refused:
        names = ", ".join(refused.origin for refused in articles.refused)
        skipped.append(NotRun(f"the articles of {names}", "they could not be read"))
    if today is None:
        skipped.append(NotRun("today", "no day was given to compare dates of publication with"))
    if not any(has_derived(frame) for frame in frames):
        skipped.append(NotRun("derived", "there are no derived columns"))
    skipped += [NotRun(f"the rows of {f.path}", "the file could not be read") for f in files if f.frame is None]
    return skipped


def _with_nearest(fault: Fault, codebook: Codebook) -> Fault:
    """A malformed code with the code that was probably meant; shape alone knows no codebook."""
    if fault.rule == "bad-action" and fault.value:
        return replace(fault, fix=nearest_action(fault.value, codebook))
    if fault.rule in {"bad-actor", "bad-target"} and fault.value:
        parts = ActorCodes(codebook).parse(fault.value)
        return fault if isinstance(parts, ActorParts) else replace(fault, fix=parts.fix)
    return fault


def _one_cause_each(faults: list[Fault]) -> list[Fault]:
    """Without what only repeats a finding: a malformed code is unknown too, a misplaced span has a wrong length."""
    malformed = {(f.path, f.row, f.column) for f in faults if f.rule in {"bad-action", "bad-actor", "bad-target"}}
    misplaced = {(f.path, f.row, f.column) for f in faults if f.rule == "offset-mismatch"}
    hidden = {"unknown-action": malformed, "unknown-actor": malformed, "span-length": misplaced}
    return [f for f in faults if (f.path, f.row, f.column) not in hidden.get(f.rule, ())]


def _order(fault: Fault) -> tuple[str, int, int, str, str, str]:
    row = -1 if fault.row is None else fault.row
    line = -1 if fault.line is None else fault.line
    return str(fault.path or ""), row, line, fault.column or "", fault.rule, fault.message
