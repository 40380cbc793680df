"""What entries add up to: a coder's events and judged sentences, with what was undone taken out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, fields
from datetime import date
from functools import cached_property
from typing import Any

from whodid.annotation.entry import EVENT, NO_EVENT, REMOVE, UNDO, Entry
from whodid.errors import Fault
from whodid.events.record import DATE_BASES, CodedEvent

Place = tuple[str, int]  # An article's id and the number of a sentence in it.
_DAYS = ("date", "published")
_OPTIONAL = {"publisher", "confidence", "note"}


@dataclass(frozen=True)
class Work:
    """One coder's judgements: events by event_id, in the order in which they were coded, and sentences without any.

    sizes has the number of sentences of the articles that the coder worked on. last is the entry that an undo takes
    back; None if there is nothing left to undo. faults are entries that cannot be understood, although they are whole.
    """

    events: Mapping[str, CodedEvent] = field(default_factory=dict)
    no_event: frozenset[Place] = frozenset()
    sizes: Mapping[str, int] = field(default_factory=dict)
    last: Entry | None = None
    faults: tuple[Fault, ...] = ()

    @cached_property
    def by_place(self) -> Mapping[Place, list[CodedEvent]]:
        """The events of each sentence that has any, in the order in which they were coded."""
        found: dict[Place, list[CodedEvent]] = {}
        for event in self.events.values():
            found.setdefault((event.article_id, event.sentence), []).append(event)
        return found

    @cached_property
    def judged(self) -> Mapping[str, frozenset[int]]:
        """By article, the sentences that have events, or were said to have none."""
        found: dict[str, set[int]] = {}
        for article_id, sentence in (*self.no_event, *self.by_place):
            found.setdefault(article_id, set()).add(sentence)
        return {article_id: frozenset(sentences) for article_id, sentences in found.items()}


def add_up(entries: Iterable[Entry]) -> Work:
    """The work of one coder from their entries in order. A sentence with an event is no sentence without one."""
    listed = [entry for entry in entries if entry.kind in {EVENT, REMOVE, NO_EVENT, UNDO}]
    undone = {(e.body.get("session"), e.body.get("number")) for e in listed if e.kind == UNDO}
    live = [e for e in listed if e.kind != UNDO and (e.session, e.number) not in undone]
    events: dict[str, CodedEvent] = {}
    without: set[Place] = set()
    sizes: dict[str, int] = {}
    faults: list[Fault] = []
    last = None
    for entry in live:
        try:
            if entry.kind == NO_EVENT:
                article_id = str(entry.body["article_id"])
                without |= {(article_id, int(number)) for number in entry.body["sentences"]}
                sizes[article_id] = int(entry.body["n_sentences"])
            else:
                if entry.body.get("replaces") is not None:
                    events.pop(str(entry.body["replaces"]), None)
                if entry.kind == EVENT:
                    event = event_of(entry.body["event"], entry.coder)
                    events[event.event_id] = event
                    sizes[event.article_id] = int(entry.body["n_sentences"])
        except (KeyError, TypeError, ValueError) as error:
            message = (
                f"The entry {entry.number} of session {entry.session} of {entry.coder!r} cannot be understood: {error}."
            )
            fix = "It may come from a newer whodid: read the store with that one."
            faults.append(Fault("unknown-entry", message, fix))
        else:
            last = entry
    coded = {(e.article_id, e.sentence) for e in events.values()}
    return Work(events, frozenset(without - coded), sizes, last, tuple(faults))


def body_of(event: CodedEvent) -> dict[str, Any]:
    """An event as values that JSON has, without its coder, whom the entry names."""
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in asdict(event).items()
        if name != "coder"
    }


def event_of(body: Mapping[str, Any], coder: str) -> CodedEvent:
    """The event that body_of wrote down. Raises ValueError, KeyError or TypeError if the body is no event."""
    values: dict[str, Any] = {"coder": coder}
    for name in (column.name for column in fields(CodedEvent)):
        if name == "coder":
            continue
        value = body.get(name) if name in _OPTIONAL else body[name]
        if name in _DAYS:
            value = date.fromisoformat(str(value))
        elif name == "confidence":
            value = None if value is None else float(value)
        elif name == "sentence" or name.endswith(("_start", "_end")):
            if type(value) is not int or value < 0:
                raise ValueError(f"{name} is {value!r}")
        elif not (isinstance(value, str) or (value is None and name in _OPTIONAL)):
            raise ValueError(f"{name} is {value!r}")
        values[name] = value
    if values["date_basis"] not in DATE_BASES:
        raise ValueError(f"date_basis is {values['date_basis']!r}")
    return CodedEvent(**values)
