"""A coded event: one actor doing one thing to another on one day, as one coder read it in one sentence."""

from __future__ import annotations

import datetime
import hashlib
from dataclasses import dataclass

DATE_BASES = ("text", "dateline", "published")
_SEPARATOR = "\x1f"


@dataclass(frozen=True, slots=True)
class CodedEvent:
    """One row of the event table; the columns are described in events/schema.py."""

    actor: str
    action: str
    target: str
    date: datetime.date
    date_basis: str
    article_id: str
    sentence: int
    actor_text: str
    action_text: str
    target_text: str
    actor_start: int
    actor_end: int
    action_start: int
    action_end: int
    target_start: int
    target_end: int
    published: datetime.date
    publisher: str | None
    coder: str
    confidence: float | None = None
    note: str | None = None

    @property
    def event_id(self) -> str:
        return event_id(
            self.actor,
            self.action,
            self.target,
            self.date,
            self.article_id,
            self.sentence,
            (self.actor_start, self.actor_end),
            (self.action_start, self.action_end),
            (self.target_start, self.target_end),
            self.coder,
        )


def event_id(
    actor: str,
    action: str,
    target: str,
    day: datetime.date,
    article_id: str,
    sentence: int,
    actor_span: tuple[int, int],
    action_span: tuple[int, int],
    target_span: tuple[int, int],
    coder: str,
) -> str:
    """16 hex digits, a SHA-256 over what identifies a coding: the same coding has the same id on every machine.

    Confidence, note, publisher and the article's date are remarks about the coding, not part of its identity.
    """
    parts = [actor, action, target, day.isoformat(), article_id, str(sentence)]
    parts += [f"{start}-{end}" for start, end in (actor_span, action_span, target_span)]
    return hashlib.sha256(_SEPARATOR.join([*parts, coder]).encode()).hexdigest()[:16]


def imported_event_id(
    coder: str, original_id: str | None, day: datetime.date, actor: str, action: str, target: str, number: int = 0
) -> str:
    """16 hex digits for an imported event (docs/decisions/0015): ids of some datasets start again each year.

    number tells equal events apart where the dataset has no ids: 0 for the first, 1 for the second.
    """
    parts = ["imported", coder, original_id or "", day.isoformat(), actor, action, target]
    parts += [str(number)] if number else []
    return hashlib.sha256(_SEPARATOR.join(parts).encode()).hexdigest()[:16]
