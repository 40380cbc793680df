"""An article laid out for coding: its sentences, the words that can be marked, and the days that it names."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from whodid.annotation.sentences import Sentence, numbered
from whodid.articles.model import Article
from whodid.coder.dateline import dateline
from whodid.coder.dates import When, resolve_dates

# A possessive ending is a word of its own, so that "South Korea" can be marked in "South Korea's envoy"; so are the
# parts of "Russian-backed".
_WORD = re.compile(r"['’]s\b|[^\W_]+(?:['’.](?!s\b)[^\W_]+)*|[^\w\s]|_")
_HOLDS_LETTER = re.compile(r"\w")


@dataclass(frozen=True, slots=True)
class PassageSentence:
    """One sentence: its number in the article from 0, its offsets, those of its words, and the days that it names."""

    number: int
    start: int
    end: int
    words: tuple[tuple[int, int], ...]
    days: tuple[When, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """An article and its sentences. Offsets, also those of days, count characters of the article's text."""

    article: Article
    sentences: tuple[PassageSentence, ...]
    dateline: When | None = None

    def sentence_at(self, offset: int) -> int | None:
        """The number of the sentence that holds a character; None between sentences."""
        return next((s.number for s in self.sentences if s.start <= offset < s.end), None)

    def snapped(self, start: int, end: int) -> tuple[int, int] | None:
        """The span of whole words that a span touches, without stops and quotes at its edges; None if it has no word."""
        text = self.article.text
        touched = [w for s in self.sentences for w in s.words if w[0] < end and start < w[1]]
        while touched and not _HOLDS_LETTER.search(text[slice(*touched[0])]):
            touched = touched[1:]
        while touched and not _HOLDS_LETTER.search(text[slice(*touched[-1])]) and text[slice(*touched[-1])] != ".":
            touched = touched[:-1]
        if touched and text[slice(*touched[-1])] == "." and not _is_abbreviation(text[: touched[-1][0]]):
            touched = touched[:-1]
        return (touched[0][0], touched[-1][1]) if touched else None

    def days_for(self, sentence: int) -> list[When]:
        """What the text says about when: the days of a sentence, then the dateline's, then that of publication."""
        named = self.sentences[sentence].days if sentence < len(self.sentences) else ()
        found = [*named, *([self.dateline] if self.dateline else []), When(self.article.published, "published")]
        return list({(when.day, when.basis): when for when in reversed(found)}.values())[::-1]


ReadPassage = Callable[[Article], Passage]


def lay_out(article: Article, spans: Sequence[tuple[int, int]]) -> Passage:
    """The passage of an article whose sentences have these spans."""
    text = article.text
    line = dateline(text, article.published)
    return Passage(article, tuple(_sentence(article, one, line) for one in numbered(text, spans)), line)


def _sentence(article: Article, one: Sentence, line: When | None) -> PassageSentence:
    text, start, end = article.text, one.start, one.end
    words = tuple((start + m.start(), start + m.end()) for m in _WORD.finditer(text[start:end]))
    days = tuple(
        # "on Thursday." ends with the sentence's stop, "Jan." with its own.
        When(
            w.day,
            w.basis,
            w.words.removesuffix(".") if w.end == end - start else w.words,
            start + w.start,
            start + w.end,
        )
        for w in resolve_dates(text[start:end], article.published)
        if line is None or start + w.start >= line.end
    )
    return PassageSentence(one.number, start, end, words, days)


def _is_abbreviation(before: str) -> bool:
    """A stop behind a single capital letter or a short title belongs to it: "U.S.", "Gen."."""
    word = re.search(r"[^\W_.]+$", before)
    return word is not None and len(word[0]) == 1
