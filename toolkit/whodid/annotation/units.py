"""Which codings of different coders are about one event: units, with at most one coding of each coder.

The rule is that of `agree` (decision 8), so that what counts as a disagreement there comes up for adjudication here.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass

import numpy as np
import pandas as pd

from whodid.events.grouping import group_rows
from whodid.events.record import CodedEvent


@dataclass(frozen=True, slots=True)
class Unit:
    """What several coders may have meant as one event: the answer of each who judged the sentence.

    answers: by coder, sorted; None where the coder judged that there is no such event.
    """

    article_id: str
    sentence: int
    answers: Mapping[str, CodedEvent | None]

    @property
    def events(self) -> list[CodedEvent]:
        """The codings in the unit, in the order of the coders; one or more."""
        return [event for event in self.answers.values() if event is not None]

    @property
    def key(self) -> str:
        """What decisions name the unit by: they hold for these very answers, and for no others."""
        said = [f"{coder}={event.event_id if event else ''}" for coder, event in sorted(self.answers.items())]
        # A letter in front, so that no spreadsheet takes it for a number.
        return "u" + hashlib.sha256("\x1f".join(said).encode()).hexdigest()[:15]


def put_together(events: Iterable[CodedEvent]) -> list[list[CodedEvent]]:
    """The codings in groups that are about one event, in reading order; none has two codings of one coder.

    The result depends neither on the order of the codings nor on the coders' names.
    """
    listed = sorted(events, key=_place)
    if not listed:
        return []
    coders = {coder: number for number, coder in enumerate(sorted({event.coder for event in listed}))}
    side = np.array([coders[event.coder] for event in listed], dtype=np.int64)
    groups: dict[int, list[CodedEvent]] = {}
    for event, unit in zip(listed, group_rows(_table(listed), side), strict=True):
        groups.setdefault(int(unit), []).append(event)
    return [groups[unit] for unit in sorted(groups)]


def span_agreement(one: tuple[int, int], other: tuple[int, int]) -> float:
    """Shared characters of two half-open spans over all that either has, 0 to 1: 1 only for the same span."""
    shared = max(min(one[1], other[1]) - max(one[0], other[0]), 0)
    either = one[1] - one[0] + other[1] - other[0] - shared
    return shared / either if either > 0 else 0.0


def _table(events: list[CodedEvent]) -> pd.DataFrame:
    """The codings in the order given: a table of events_to_table would be sorted, and without what stands twice."""
    return pd.DataFrame([asdict(event) for event in events])


def _place(event: CodedEvent) -> tuple[object, ...]:
    return (event.article_id, *_said(event), event.coder)


def _said(event: CodedEvent) -> tuple[object, ...]:
    """What a coding says, without who says it."""
    spans = [_span(event, role) for role in ("action", "actor", "target")]
    return (event.sentence, *spans, event.actor, event.action, event.target, event.date)


def _span(event: CodedEvent, role: str) -> tuple[int, int]:
    return getattr(event, f"{role}_start"), getattr(event, f"{role}_end")
