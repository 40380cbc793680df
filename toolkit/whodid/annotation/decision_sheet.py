"""Open units as a CSV sheet with all versions side by side, and the decisions that people wrote into it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from whodid.annotation.codes import CodeDesk
from whodid.annotation.decisions import Decision
from whodid.annotation.store import check_coder
from whodid.annotation.units import Unit
from whodid.articles.model import Article
from whodid.atomic import write_bytes
from whodid.codebook.model import Codebook
from whodid.errors import AdjudicationError, Fault
from whodid.events.record import CodedEvent
from whodid.events.rows import csv_text
from whodid.formulas import unquoted

NO_EVENT = "no event"
# What people fill in; a decision is a coder's name or "no event", and the cells behind it change the coder's version.
DECIDED = ("decision", "actor", "action", "target", "date", "note")
_ABOUT = ("unit", "article_id", "sentence", "text")
_PARTS = ("actor", "action", "target", "date", "words", "note")


@dataclass(frozen=True, slots=True)
class DecisionSheet:
    """The decisions on a sheet, and what is wrong with the others; empty decisions are neither."""

    decisions: tuple[Decision, ...]
    faults: tuple[Fault, ...] = ()
    n_empty: int = 0


def write_open_units(
    units: Iterable[Unit], path: Path | str, *, articles: Iterable[Article] = (), context_chars: int = 90
) -> Path:
    """Write units as CSV, one row each: who and what, the words around them, cells to decide in, then each part by coder.

    With articles, `text` has the words from the first to the last that anybody marked, and some around them.
    """
    listed = list(units)
    texts = {article.article_id: article.text for article in articles}
    coders = sorted({coder for unit in listed for coder in unit.answers})
    names = [*_ABOUT, *DECIDED, *(f"{part}: {coder}" for part in _PARTS for coder in coders)]
    rows = [_row(unit, coders, texts.get(unit.article_id), context_chars) for unit in listed]
    # The byte order mark is for spreadsheets, which otherwise take UTF-8 for something else.
    write_bytes(path, b"\xef\xbb\xbf" + csv_text(names, rows).encode())
    return Path(path)


def _row(unit: Unit, coders: Sequence[str], text: str | None, context_chars: int) -> dict[str, object]:
    row: dict[str, object] = {
        "unit": unit.key,
        "article_id": unit.article_id,
        "sentence": unit.sentence,
        "text": "" if text is None else _around(unit, text, context_chars),
        **dict.fromkeys(DECIDED),
    }
    for coder in coders:
        event = unit.answers.get(coder)
        said = _said(event) if event else {"action": NO_EVENT if coder in unit.answers else "did not judge it"}
        row |= {f"{part}: {coder}": said.get(part) for part in _PARTS}
    return row


def _said(event: CodedEvent) -> dict[str, str | None]:
    return {
        "actor": event.actor,
        "action": event.action,
        "target": event.target,
        "date": event.date.isoformat(),
        "words": " | ".join((event.actor_text, event.action_text, event.target_text)),
        "note": event.note or "",
    }


def _around(unit: Unit, text: str, context_chars: int) -> str:
    starts = [n for e in unit.events for n in (e.actor_start, e.action_start, e.target_start)]
    ends = [n for e in unit.events for n in (e.actor_end, e.action_end, e.target_end)]
    start, end = max(0, min(starts) - context_chars), min(len(text), max(ends) + context_chars)
    # Whole words only.
    while 0 < start < min(starts) and not text[start - 1].isspace():
        start += 1
    while max(ends) < end < len(text) and not text[end].isspace():
        end -= 1
    words = " ".join(text[start:end].split())
    return ("… " if start else "") + words + (" …" if end < len(text) else "")


def read_decision_sheet(
    path: Path | str, units: Iterable[Unit], codebook: Codebook, *, adjudicator: str
) -> DecisionSheet:
    """The decisions on a sheet that write_open_units wrote, for these units.

    A decision is a coder's name or "no event"; cells for actor, action, target and date that are filled in change that
    coder's version, a note replaces its remark. Every bad cell is a fault with line, column, value and fix, and its row
    is no decision. Raises AdjudicationError if the file cannot be read, or is no such sheet.
    """
    file = Path(path)
    check_coder(adjudicator)
    known = {unit.key: unit for unit in units}
    codes = CodeDesk(codebook)
    decisions: dict[str, Decision] = {}
    faults: list[Fault] = []
    n_empty = 0
    for line, row in _rows(file):
        if not any(row.get(name, "").strip() for name in DECIDED):
            n_empty += 1
            continue
        unit = known.get(row["unit"].strip())
        if unit is None:
            message = f"The unit {row['unit']!r} is not among the codings: its answers have changed, or it is another sheet's."
            fix = "Write the sheet of open units again and decide there."
            faults.append(Fault("unknown-unit", message, fix, file, line, None, "unit", row["unit"]))
            continue
        decision, wrong = _decision(unit, row, codes, adjudicator)
        faults += [replace(fault, path=file, line=line) for fault in wrong]
        if decision is not None and unit.key in decisions:
            message = f"The unit {unit.key!r} is decided twice."
            faults.append(Fault("decided-twice", message, "Keep one of the rows.", file, line, None, "unit", unit.key))
        elif decision is not None:
            decisions[unit.key] = decision
    return DecisionSheet(tuple(decisions.values()), tuple(faults), n_empty)


def _rows(file: Path) -> list[tuple[int, dict[str, str]]]:
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except OSError as error:
        message = f"The sheet cannot be read: {error.strerror or error}."
        raise AdjudicationError(message, fix="Check the path.", path=file, rule="no-file") from error
    except UnicodeDecodeError as error:
        raise AdjudicationError(
            "The sheet is not UTF-8.", fix="Save it as “CSV UTF-8”.", path=file, rule="not-utf8"
        ) from error
    # Spreadsheets in some languages write semicolons.
    first = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=";" if first.count(";") > first.count(",") else ",")
    try:
        header = [name.strip() for name in next(reader, [])]
        missing = [name for name in ("unit", *DECIDED) if name not in header]
        if missing:
            fix = "Write it anew with `whodid adjudicate ... --open sheet.csv`, and keep its columns."
            message = f"The sheet has no column {missing[0]!r}."
            raise AdjudicationError(message, fix=fix, path=file, line=1, column=missing[0], rule="missing-column")
        rows, line = [], reader.line_num + 1
        for cells in reader:
            if any(cell.strip() for cell in cells):
                filled = [*map(unquoted, cells), *[""] * len(header)]
                rows.append((line, dict(zip(header, filled, strict=False))))
            line = reader.line_num + 1
    except csv.Error as error:
        message = f"This is not CSV: {error}."
        raise AdjudicationError(message, fix="Save the sheet as CSV again.", path=file, rule="not-csv") from error
    return rows


def _decision(
    unit: Unit, row: Mapping[str, str], codes: CodeDesk, adjudicator: str
) -> tuple[Decision | None, list[Fault]]:
    cell = {name: row.get(name, "").strip() for name in DECIDED}
    choices = [*(coder for coder, event in unit.answers.items() if event), NO_EVENT]
    listed = ", ".join(choices)
    if not cell["decision"]:
        message = "There are cells to change a version, but no decision which one."
        return None, [Fault("no-decision", message, f"Write one of: {listed}.", column="decision")]
    chosen = {choice.casefold(): choice for choice in choices}.get(cell["decision"].casefold())
    if chosen is None:
        message = f"{cell['decision']!r} is no decision about this unit."
        return None, [
            Fault("bad-decision", message, f"Write one of: {listed}.", column="decision", value=cell["decision"])
        ]
    changed = {name: cell[name] for name in ("actor", "action", "target", "date") if cell[name]}
    if chosen == NO_EVENT:
        if changed:
            name, value = next(iter(changed.items()))
            fix = "Empty the cell, or decide for a coder whose version it changes."
            return None, [Fault("no-event-with-codes", "No event has no codes.", fix, column=name, value=value)]
        return Decision(unit.key, adjudicator, note=cell["note"]), []
    event = unit.answers[chosen]
    if event is None:
        raise ValueError(f"{chosen} has no event in the unit")
    faults = []
    for name, said in (
        ("actor", codes.wrong_actor(changed["actor"]) if "actor" in changed else None),
        ("action", codes.wrong_action(changed["action"]) if "action" in changed else None),
        ("target", codes.wrong_actor(changed["target"]) if "target" in changed else None),
    ):
        if said:
            faults.append(Fault(f"bad-{name}", said, column=name, value=changed[name]))
    day = event.date
    if "date" in changed:
        try:
            day = date.fromisoformat(changed["date"])
        except ValueError:
            message = f"{changed['date']!r} is no day."
            faults.append(Fault("bad-date", message, "Write it as 2024-06-21.", column="date", value=changed["date"]))
    if faults:
        return None, faults
    if not changed:
        return Decision(unit.key, adjudicator, take=event.event_id, note=cell["note"]), []
    own = replace(
        event,
        coder="adjudicated",
        actor=changed.get("actor", event.actor),
        action=changed.get("action", event.action),
        target=changed.get("target", event.target),
        date=day,
        date_basis=event.date_basis if day == event.date else "text",
    )
    return Decision(unit.key, adjudicator, own=own, note=cell["note"]), []
