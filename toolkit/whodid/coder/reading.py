"""What the coder made of one article: rows with the reasons for them, what it skipped and why, actors that no table knows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from whodid.articles.model import Article
from whodid.events.record import CodedEvent


@dataclass(frozen=True, slots=True)
class Trace:
    """Why a row is there, in the order of the decisions: rule, operators, actor, target, date.

    alternatives are the codes that came next with their probabilities, best first; evidence is what the model saw and
    how much each thing spoke for the code (log odds). Both are empty where patterns alone decided.
    """

    event: CodedEvent
    sentence_text: str
    sentence_start: int
    action_steps: tuple[str, ...]
    actor_why: str
    target_why: str
    date_why: str
    alternatives: tuple[tuple[str, float], ...] = ()
    evidence: tuple[tuple[str, float], ...] = ()


class Skipped(NamedTuple):
    """A predicate that gave no row, and why."""

    sentence: int
    words: str
    start: int
    end: int
    reason: str


@dataclass(frozen=True, slots=True)
class UnknownActor:
    """Words in an actor's place that no table knows."""

    sentence: int
    words: str
    role: str


@dataclass(slots=True)
class Reading:
    """All that the coder made of one article."""

    article: Article
    traces: list[Trace]
    skipped: list[Skipped]
    unknown: list[UnknownActor]

    @property
    def events(self) -> list[CodedEvent]:
        return [trace.event for trace in self.traces]
