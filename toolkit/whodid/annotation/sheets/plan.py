"""What a sheet will hold, before any file is written: its lines in order, and what the machine made of each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from whodid.annotation.sentences import split_articles
from whodid.annotation.sheets.line import Line
from whodid.articles.model import Article, Refused
from whodid.codebook.model import Codebook
from whodid.coder.code import read_all
from whodid.coder.parse import DEFAULT_MODEL
from whodid.errors import Fault
from whodid.events.record import CodedEvent

# XLSX ends cells at 32,767 characters; escapes of odd characters need some of them.
LONGEST_SENTENCE = 30_000


@dataclass(frozen=True, slots=True)
class SheetPlan:
    """A sheet to be: lines by article and sentence; suggested is None if the machine was not asked, else text by line.

    refused: sentences and articles that cannot stand in a sheet.
    """

    lines: tuple[Line, ...]
    suggested: Mapping[tuple[str, int], str] | None = None
    refused: tuple[Refused, ...] = ()


def plan_sheet(
    articles: Iterable[Article],
    codebook: Codebook,
    *,
    suggest: bool = False,
    model: str = DEFAULT_MODEL,
    progress: Callable[[int], None] | None = None,
) -> SheetPlan:
    """One line for each sentence of the articles, in order of their ids; with suggest, also the pattern coder's rows."""
    listed = sorted(articles, key=lambda a: a.article_id)
    lines: list[Line] = []
    refused: list[Refused] = []
    for article, found in split_articles(listed, model):
        if progress:
            progress(1)
        if isinstance(found, Refused):
            refused.append(found)
            continue
        for s in found:
            if s.end - s.start > LONGEST_SENTENCE:
                refused.append(_too_long(article, s.number, s.end - s.start))
                continue
            text = article.text[s.start : s.end]
            lines.append(Line(article.article_id, s.number, article.published, article.publisher, text, s.start))
    suggested = _suggested(listed, codebook, model) if suggest else None
    return SheetPlan(tuple(lines), suggested, tuple(refused))


def _too_long(article: Article, number: int, length: int) -> Refused:
    message = (
        f"Sentence {number} of {article.article_id!r} has {length:,} characters; a cell takes {LONGEST_SENTENCE:,}."
    )
    fix = "It is no sentence but a table or a list: clean the article, or code it in the notebook widget."
    origin = article.origin or article.article_id
    return Refused(origin, Fault("long-sentence", message, fix, origin))


def _suggested(articles: Sequence[Article], codebook: Codebook, model: str) -> dict[tuple[str, int], str]:
    out: dict[tuple[str, int], list[str]] = defaultdict(list)
    for reading in read_all(articles, codebook=codebook, model=model):
        for event in reading.events:
            out[event.article_id, event.sentence].append(suggestion_text(event, codebook))
    return {place: "\n".join(found) for place, found in out.items()}


def suggestion_text(event: CodedEvent, codebook: Codebook) -> str:
    """A coding in one line: codes, then the words they were read in, then the day."""
    label = codebook.actions[event.action].label if event.action in codebook.actions else ""
    words = " | ".join(" ".join(w.split()) for w in (event.actor_text, event.action_text, event.target_text))
    return f"{event.actor} {event.action} {event.target} ({label}): {words}; {event.date} ({event.date_basis})"
