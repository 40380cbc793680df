"""What people decided about units: which coding to take, none, or one of their own; kept in the store like codings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from whodid.annotation.entry import DECIDE, UNDO, Entry
from whodid.annotation.store import read_store
from whodid.annotation.work import body_of, event_of
from whodid.events.record import CodedEvent


@dataclass(frozen=True, slots=True)
class Decision:
    """One person's decision about a unit: take is the event_id of a coder's coding, own a coding of their own.

    Both None: no event. note, if there is one, becomes the settled row's remark.
    """

    unit: str
    adjudicator: str
    take: str | None = None
    own: CodedEvent | None = None
    note: str = ""

    def says_the_same(self, other: Decision) -> bool:
        """True if both settle a unit in the same way."""
        return (self.take, self.own) == (other.take, other.own)


def decision_body(decision: Decision) -> dict[str, Any]:
    """A decision as the body of an entry; the entry names the adjudicator."""
    own = None if decision.own is None else body_of(decision.own)
    return {"unit": decision.unit, "take": decision.take, "own": own, "note": decision.note}


def decisions_of(entries: Iterable[Entry]) -> tuple[dict[str, Decision], Entry | None]:
    """The decisions of one adjudicator by unit, and the entry that an undo takes back.

    An entry that is no decision after all (of a newer whodid) is passed over: its unit stays open.
    """
    listed = [entry for entry in entries if entry.kind in {DECIDE, UNDO}]
    undone = {(e.body.get("session"), e.body.get("number")) for e in listed if e.kind == UNDO}
    found: dict[str, Decision] = {}
    last = None
    for entry in listed:
        if entry.kind == UNDO or (entry.session, entry.number) in undone:
            continue
        decision = _decision(entry.body, entry.coder)
        if decision is not None:
            found.pop(decision.unit, None)
            found[decision.unit] = decision
            last = entry
    return found, last


def read_decisions(store: Path | str) -> list[Decision]:
    """The decisions of all adjudicators in a store."""
    entries = read_store(store).entries
    return [
        decision
        for _, own in groupby(entries, key=lambda entry: entry.coder)
        for decision in decisions_of(list(own))[0].values()
    ]


def _decision(body: Mapping[str, Any], adjudicator: str) -> Decision | None:
    try:
        own = None if body["own"] is None else event_of(body["own"], "adjudicated")
        take = None if body["take"] is None else str(body["take"])
        return Decision(str(body["unit"]), adjudicator, take, own, str(body.get("note") or ""))
    except (KeyError, TypeError, ValueError):
        return None
