"""Do the words stand where a row says? Spans by themselves, and against the articles they were read in."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from datetime import date

import pandas as pd

from whodid.articles.model import Article, ArticleSet
from whodid.checks.cells import rows_with
from whodid.errors import Fault

SIDES = ("actor", "action", "target")
_MOST_PLACES = 3


def span_faults(frame: pd.DataFrame) -> list[Fault]:
    """What needs no article. Rules empty-span (end is not after start), span-length (not that of the words) and
    shared-words (actor and target overlap).
    """
    faults: list[Fault] = []
    for side in SIDES:
        for row, words, start, end in rows_with(frame, f"{side}_text", f"{side}_start", f"{side}_end"):
            if end <= start:
                message = f"{side}_end is {end}, not after {side}_start, {start}."
                fix = f"{side}_end is one past the last character: {start + len(words)} for {words!r}."
                faults.append(Fault("empty-span", message, fix, None, None, row, f"{side}_end", str(end)))
            elif end - start != len(words):
                message = f"{words!r} has {len(words)} characters, but {side}_start to {side}_end is {end - start}."
                fix = (
                    "Copy the words as they stand in the article, or correct the offsets; they count characters from 0."
                )
                faults.append(Fault("span-length", message, fix, None, None, row, f"{side}_text", words))
    return faults + _shared_words(frame)


def _shared_words(frame: pd.DataFrame) -> list[Fault]:
    """The same words may name two actors ("the presidents of A and B met"); otherwise each has words of its own."""
    names = ("actor", "target", "target_text", "actor_start", "actor_end", "target_start", "target_end")
    faults: list[Fault] = []
    for row, actor, target, words, start, end, other_start, other_end in rows_with(frame, *names):
        is_same = (start, end) == (other_start, other_end)
        if max(start, other_start) < min(end, other_end) and (not is_same or actor == target):
            message = f"The words of the target, {words!r}, are also words of the actor."
            fix = "Mark the words of each, as far as they go."
            faults.append(Fault("shared-words", message, fix, None, None, row, "target_text", words))
    return faults


def article_faults(frame: pd.DataFrame, articles: ArticleSet, numbers: Sequence[int] | None = None) -> list[Fault]:
    """What needs the articles. Rules unknown-article, offset-mismatch, wrong-published and wrong-publisher (not those
    of the article), sentence-range and sentence-order.

    numbers: what the rows are called in sentences, where the frame is a part of a table; findings have the frame's own.
    """
    known: Mapping[str, Article] = {article.article_id: article for article in articles.articles}
    faults: list[Fault] = []
    unknown: dict[str, Fault] = {}
    for row, article_id in rows_with(frame, "article_id"):
        if article_id not in known:
            if article_id not in unknown:
                unknown[article_id] = _unknown(article_id, articles)
            absent = unknown[article_id]
            faults.append(Fault(absent.rule, absent.message, absent.fix, None, None, row, "article_id", article_id))
    for side in SIDES:
        names = ("article_id", f"{side}_text", f"{side}_start", f"{side}_end")
        for row, article_id, words, start, end in rows_with(frame, *names):
            text = known[article_id].text if article_id in known else None
            if text is None or end <= start or (start >= 0 and text[start:end] == words):
                continue
            faults.append(_mismatch(row, side, article_id, text, words, start, end))
    for row, article_id, published in rows_with(frame, "article_id", "published"):
        if article_id in known and known[article_id].published != published:
            faults.append(_wrong_published(row, known[article_id], published))
    for row, article_id, publisher in rows_with(frame, "article_id", "publisher"):
        theirs = known[article_id].publisher if article_id in known else None
        if theirs is not None and theirs != publisher:
            message = f"publisher is {publisher!r}, but the article {article_id!r} has {theirs!r}."
            fix = f"Write {theirs!r}, or correct the article."
            faults.append(Fault("wrong-publisher", message, fix, None, None, row, "publisher", publisher))
    return faults + _sentence_faults(frame, known, numbers or range(len(frame)))


def _sentence_faults(frame: pd.DataFrame, known: Mapping[str, Article], numbers: Sequence[int]) -> list[Fault]:
    """Sentences are told apart by the coder's parser, so only what no parser can give is a fault."""
    faults: list[Fault] = []
    placed: dict[tuple[str, str], list[tuple[int, int, int]]] = {}
    for row, article_id, coder, sentence, start in rows_with(frame, "article_id", "coder", "sentence", "action_start"):
        if article_id not in known or start < 0:
            continue
        words = len(known[article_id].text[:start].split())
        if sentence > words:
            message = f"sentence is {sentence}, but only {words} words stand before these in the article."
            fix = "Sentences count from 0; correct the number."
            faults.append(Fault("sentence-range", message, fix, None, None, row, "sentence", str(sentence)))
        else:
            placed.setdefault((article_id, coder), []).append((start, sentence, row))
    for rows in placed.values():
        latest = (-1, -1, -1)
        for start, sentence, row in sorted(rows):
            if sentence < latest[1]:
                message = (
                    f"sentence is {sentence}, but row {numbers[latest[2]]}, which stands before it, is in {latest[1]}."
                )
                fix = "Correct the number in one of the rows."
                faults.append(Fault("sentence-order", message, fix, None, None, row, "sentence", str(sentence)))
            else:
                latest = (start, sentence, row)
    return faults


def _unknown(article_id: str, articles: ArticleSet) -> Fault:
    message = f"The article {article_id!r} is not among those that were given ({len(articles.articles)} in all)."
    near = difflib.get_close_matches(article_id, [a.article_id for a in articles.articles], n=1)
    fix = f"Did you mean {near[0]!r}?" if near else "Give the folder that holds it, or correct the id."
    if articles.refused:
        first = articles.refused[0]
        fix += f" {len(articles.refused)} could not be read, the first: {first.origin}: {first.fault.message}"
    return Fault("unknown-article", message, fix)


def _mismatch(row: int, side: str, article_id: str, text: str, words: str, start: int, end: int) -> Fault:
    if end > len(text):
        there = f"the article {article_id!r} ends at {len(text)}"
    else:
        there = f"the article {article_id!r} has {text[start:end]!r}"
    message = f"{side}_text is {words!r}, but at {start} to {end} {there}."
    places = _places(text, words, start)
    if places:
        listed = ", ".join(f"{place} to {place + len(words)}" for place in places[:_MOST_PLACES])
        more = f" and {len(places) - _MOST_PLACES} more" if len(places) > _MOST_PLACES else ""
        fix = f"The words stand at {listed}{more}: correct the offsets, or code the article again."
    else:
        fix = "The words do not occur in it: it is another article, or another version of its text."
    return Fault("offset-mismatch", message, fix, None, None, row, f"{side}_text", words)


def _places(text: str, words: str, near: int) -> list[int]:
    """Where the words begin in the text, nearest first."""
    found: list[int] = []
    at = text.find(words) if words else -1
    while at >= 0:
        found.append(at)
        at = text.find(words, at + 1)
    return sorted(found, key=lambda place: (abs(place - near), place))


def _wrong_published(row: int, article: Article, published: date) -> Fault:
    message = f"published is {published}, but the article {article.article_id!r} has {article.published}."
    fix = f"Write {article.published}, and look again at dates that were resolved against it."
    return Fault("wrong-published", message, fix, None, None, row, "published", str(published))
