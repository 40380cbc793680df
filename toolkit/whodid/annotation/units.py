"""Which codings of different coders are about one event: units, with at most one coding of each coder.

The rule is that of `agree` (decision 8), so that what counts as a disagreement there comes up for adjudication here.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from scipy.optimize import linear_sum_assignment

from whodid.events.record import CodedEvent

_ROLES = ("actor", "action", "target")
_WORDS = {"actor": 1.0, "action": 2.0, "target": 1.0}
_SENTENCE, _CODE, _ROOT = 1.0, 0.5, 0.125
_LEAST = 1.5
# Between matches that are otherwise as good: the very same words and day. Small enough never to outweigh a code.
_SAMENESS = 0.001


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

    Between each two coders the best assignment by overlap of words counts; these matches are joined, strongest first.
    The result depends neither on the order of the codings nor on the coders' names.
    """
    by_article: dict[str, list[CodedEvent]] = {}
    for event in sorted(events, key=_place):
        by_article.setdefault(event.article_id, []).append(event)
    return [group for article in sorted(by_article) for group in _of_article(by_article[article])]


def likeness(one: CodedEvent, other: CodedEvent) -> float:
    """How much speaks for two codings of one article being about the same event: words and sentence more than codes."""
    is_same_sentence = one.sentence == other.sentence
    if not is_same_sentence and not span_overlap(_span(one, "action"), _span(other, "action")):
        return 0.0
    score = _SENTENCE * is_same_sentence + _ROOT * (one.action[:2] == other.action[:2])
    for role in _ROLES:
        score += _WORDS[role] * span_overlap(_span(one, role), _span(other, role))
        score += _CODE * (getattr(one, role) == getattr(other, role))
    return score


def span_overlap(one: tuple[int, int], other: tuple[int, int]) -> float:
    """Shared characters of two half-open spans over those of the shorter one, 0 to 1."""
    shorter = min(one[1] - one[0], other[1] - other[0])
    return max(min(one[1], other[1]) - max(one[0], other[0]), 0) / shorter if shorter > 0 else 0.0


def span_agreement(one: tuple[int, int], other: tuple[int, int]) -> float:
    """Shared characters of two half-open spans over all that either has, 0 to 1: 1 only for the same span."""
    shared = max(min(one[1], other[1]) - max(one[0], other[0]), 0)
    either = one[1] - one[0] + other[1] - other[0] - shared
    return shared / either if either > 0 else 0.0


def _sameness(one: CodedEvent, other: CodedEvent) -> float:
    agreements = (span_agreement(_span(one, role), _span(other, role)) for role in _ROLES)
    return _SAMENESS * (sum(agreements) + (one.date == other.date))


def _of_article(events: Sequence[CodedEvent]) -> list[list[CodedEvent]]:
    rows: dict[str, list[int]] = {}
    for number, event in enumerate(events):
        rows.setdefault(event.coder, []).append(number)
    matches = [match for pair in combinations(rows.values(), 2) for match in _assign(events, *pair)]
    unit = {number: [number] for number in range(len(events))}
    for _, i, j in sorted(matches, key=lambda m: (-m[0], *sorted((_said(events[m[1]]), _said(events[m[2]]))))):
        one, other = unit[i], unit[j]
        if one is other or {events[n].coder for n in one} & {events[n].coder for n in other}:
            continue
        joined = sorted(one + other)
        for number in joined:
            unit[number] = joined
    groups = {min(members): members for members in unit.values()}
    return [[events[n] for n in groups[first]] for first in sorted(groups)]


def _assign(events: Sequence[CodedEvent], left: list[int], right: list[int]) -> list[tuple[float, int, int]]:
    # Where several assignments are best, what the codings say decides which is taken, not whose they are.
    if [_said(events[n]) for n in right] < [_said(events[n]) for n in left]:
        left, right = right, left
    table = np.array([[likeness(events[i], events[j]) for j in right] for i in left])
    finer = np.array([[_sameness(events[i], events[j]) for j in right] for i in left])
    table = np.where(table < _LEAST, 0.0, table + finer)
    rows, columns = linear_sum_assignment(table, maximize=True)
    return [(float(table[r, c]), left[r], right[c]) for r, c in zip(rows, columns, strict=True) if table[r, c] > 0]


def _place(event: CodedEvent) -> tuple[object, ...]:
    return (event.article_id, *_said(event), event.coder)


def _said(event: CodedEvent) -> tuple[object, ...]:
    """What a coding says, without who says it."""
    spans = [_span(event, role) for role in ("action", "actor", "target")]
    return (event.sentence, *spans, event.actor, event.action, event.target, event.date)


def _span(event: CodedEvent, role: str) -> tuple[int, int]:
    return getattr(event, f"{role}_start"), getattr(event, f"{role}_end")
