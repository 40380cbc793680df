"""What is written of an article: its rows, and the actors that no table knows; without the traces of a reading."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from whodid.articles.model import Article
from whodid.coder.reading import Reading, UnknownActor
from whodid.events.record import CodedEvent


@dataclass(frozen=True, slots=True)
class ArticleCodings:
    """The rows of one article in the order in which they were read, and the unknown actors."""

    article: Article
    events: tuple[CodedEvent, ...]
    unknown: tuple[UnknownActor, ...]

    @classmethod
    def of(cls, reading: Reading) -> ArticleCodings:
        return cls(reading.article, tuple(reading.events), tuple(reading.unknown))


def to_values(codings: ArticleCodings) -> list[Any]:
    """ArticleCodings as lists of text and numbers, without what their article says itself; from_values makes them again."""
    rows = [
        [
            e.actor,
            e.action,
            e.target,
            e.date.toordinal(),
            e.date_basis,
            e.sentence,
            *(e.actor_start, e.actor_end, e.action_start, e.action_end, e.target_start, e.target_end),
            e.confidence,
            e.note,
        ]
        for e in codings.events
    ]
    return [rows, [[u.sentence, u.words, u.role] for u in codings.unknown]]


def from_values(values: list[Any], article: Article, coder: str) -> ArticleCodings:
    """The codings of an article. Raises ValueError or TypeError if these are no values of to_values."""
    rows, unknown = values
    return ArticleCodings(
        article, tuple(_event(row, article, coder) for row in rows), tuple(UnknownActor(*one) for one in unknown)
    )


def _event(row: list[Any], article: Article, coder: str) -> CodedEvent:
    actor, action, target, day, basis, sentence, a, b, c, d, e, f, confidence, note = row
    text = article.text
    return CodedEvent(
        actor=actor,
        action=action,
        target=target,
        date=date.fromordinal(day),
        date_basis=basis,
        article_id=article.article_id,
        sentence=sentence,
        actor_text=text[a:b],
        action_text=text[c:d],
        target_text=text[e:f],
        actor_start=a,
        actor_end=b,
        action_start=c,
        action_end=d,
        target_start=e,
        target_end=f,
        published=article.published,
        publisher=article.publisher,
        coder=coder,
        confidence=confidence,
        note=note,
    )
