"""A good dataset: fourteen months, two coders, articles with letters beyond ASCII, derived columns, all metadata."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd

from whodid.articles.model import Article, ArticleSet
from whodid.codebook.model import Codebook
from whodid.events.enrich import enrich
from whodid.events.record import CodedEvent
from whodid.events.table import events_to_table

TODAY = date(2024, 7, 1)
MONTHS, IN_A_MONTH = 14, 6
ACTORS = (("FRAGOV", "France"), ("KENGOV", "Kenya"), ("BRAGOV", "Brazil"), ("JPNGOV", "Japan"), ("ROMGOV", "Romania"))
ACTIONS = (("112", "accused"), ("051", "praised"), ("111", "condemned"), ("042", "visited"), ("190", "attacked"))
OPENING = "In Zürich it rained. "


@dataclass(frozen=True)
class Good:
    """What a damage is done to: the table, the articles that it was read in, and the codebook."""

    frame: pd.DataFrame
    articles: ArticleSet
    codebook: Codebook


def make_good(codebook: Codebook) -> Good:
    """The same dataset each time: every article has two events, and both coders agree on them."""
    articles: list[Article] = []
    events: list[CodedEvent] = []
    for number in range(MONTHS * IN_A_MONTH):
        month, place = divmod(number, IN_A_MONTH)
        published = date(2023 + month // 12, month % 12 + 1, 3 + 4 * place)
        text, spans = _story(number)
        article_id = f"wire-{number:03d}"
        articles.append(Article(article_id, text, published, publisher="Zürcher Draht", origin=f"{article_id}.md"))
        for coder in ("anna", "ben"):
            events += _events(article_id, text, spans, number, published, coder)
    return Good(enrich(events_to_table(events), codebook), ArticleSet(tuple(articles)), codebook)


def _parts(number: int) -> tuple[tuple[str, str], tuple[str, str], tuple[str, str]]:
    actor, target = ACTORS[number % 5], ACTORS[(number + 1 + number // 5 % 4) % 5]
    return actor, ACTIONS[number % 5], target


def _story(number: int) -> tuple[str, list[list[tuple[int, int]]]]:
    """The text of an article, and the spans of actor, action and target in its second and third sentence."""
    text, spans = OPENING, []
    for turn in (number, number + 2):
        places = []
        for _, words in _parts(turn):
            places.append((len(text), len(text) + len(words)))
            text += f"{words} "
        text = f"{text}on Friday. "
        spans.append(places)
    return text.strip(), spans


def _events(
    article_id: str, text: str, spans: list[list[tuple[int, int]]], number: int, published: date, coder: str
) -> list[CodedEvent]:
    made = []
    for sentence, places in enumerate(spans, start=1):
        (actor, _), (action, _), (target, _) = _parts(number + 2 * (sentence - 1))
        words = [text[start:end] for start, end in places]
        made.append(
            CodedEvent(
                actor, action, target, published - timedelta(days=sentence - 1), "text", article_id, sentence,
                *words, *(offset for place in places for offset in place), published, "Zürcher Draht", coder, 0.875,
            )
        )  # fmt: skip
    return made
