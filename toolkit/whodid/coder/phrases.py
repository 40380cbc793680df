"""The noun phrases of one article: where each begins and ends, which names the tables find in it, what the text is about."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from whodid.coder.composed_codes import WITHOUT_COUNTRY
from whodid.coder.gazetteer import Entry, Gazetteer, Hit
from whodid.coder.memory import Memory
from whodid.coder.parsed import Doc, Token

PLACE_KINDS = {"country", "adjective", "demonym", "capital", "city", "government"}
_NAMED_KINDS = {"country", "government", "body", "organisation", "group", "leader", "capital", "demonym"}
_COUNTED_KINDS = PLACE_KINDS | {"leader", "group"}
WHOLE_KINDS = _NAMED_KINDS | {"adjective", "region", "identity"}


class Resolved(NamedTuple):
    """An actor code, the tokens that name it (half open), and how it was found."""

    code: str
    start: int
    end: int
    why: str


class Unresolved(NamedTuple):
    """Words that name somebody whom no table knows, or nobody at all."""

    start: int
    end: int
    reason: str


@dataclass(slots=True)
class Phrases(ABC):
    """What one article's text and the tables say of its noun phrases, for the rules that find out whom one means.

    hits and entries are by the tokens of a name: what was found there, and what that is on the article's day. known are the
    phrases that were resolved, by their heads. countries counts the names of each country; home is the one that the article
    is mostly about, if any. people are persons of whom the text gave the name alone, by surname, with their code.
    """

    doc: Doc
    gazetteer: Gazetteer
    published: date
    memory: Memory = field(default_factory=Memory)
    hits: dict[int, Hit] = field(default_factory=dict)
    entries: dict[int, Entry | None] = field(default_factory=dict)
    known: dict[int, list[Resolved] | Unresolved] = field(default_factory=dict)
    countries: Counter[str] = field(default_factory=Counter)
    home: str | None = None
    people: dict[str, str] = field(default_factory=dict)
    _extents: dict[int, tuple[int, int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        countries: Counter[str] = Counter()
        for hit in self.gazetteer.find(self.doc):
            entry = hit.on(self.published)
            for index in range(hit.start, hit.end):
                self.hits[index], self.entries[index] = hit, entry
            if entry is not None and entry.kind in _COUNTED_KINDS and not entry.code.startswith(WITHOUT_COUNTRY):
                countries[entry.country] += 1
        self.countries = countries
        self.home = _home_of(countries)

    @abstractmethod
    def resolve(self, token: Token) -> list[Resolved] | Unresolved:
        """The actors that the noun phrase headed by a token means; several for "Russian and Chinese envoys"."""

    def names_within(self, token: Token) -> list[Resolved]:
        """The countries and bodies that stand inside a noun phrase, each with its own words: "Russian", "North Korean"."""
        start, end = self.phrase(token)
        out: list[Resolved] = []
        for index in range(start, end):
            hit = self.hits.get(index)
            entry = self.entries.get(index)
            if (
                hit is not None
                and hit.start == index
                and entry is not None
                and entry.kind in _NAMED_KINDS | {"adjective"}
            ):
                words = self.doc.between(hit.start, hit.end)
                out.append(Resolved(entry.code, hit.start, hit.end, f"{words!r} is {entry.code}"))
        return out

    def country_at(self, token: Token) -> str | None:
        """The country of a place name at a token, for events whose actors have only a role."""
        entry = self.entry_at(token.i, PLACE_KINDS)
        return entry.country if entry else None

    def entry_at(self, index: int, kinds: set[str]) -> Entry | None:
        """What a token's name is on the article's day, if it is of one of these kinds."""
        entry = self.entries.get(index)
        return entry if entry is not None and entry.kind in kinds else None

    def phrase(self, token: Token) -> tuple[int, int]:
        """Tokens of the noun phrase headed by a token: its modifiers before it and the name that goes on behind it."""
        if token.i not in self._extents:
            self._extents[token.i] = self._phrase(token)
        return self._extents[token.i]

    def _phrase(self, token: Token) -> tuple[int, int]:
        tokens, own = self.doc.tokens, token.i
        start = own
        for child in token.children:
            if child.i < own and child.dep_ in _BEFORE_NOUNS:
                start = min(start, child.left_edge.i if child.children else child.i)
        start = max(start, own - _MAX_LEFT)
        for index in range(own - 1, start, -1):
            if tokens[index].text in _DASHES and tokens[index - 1].whitespace_:
                # "BRASILIA - Peru": what stands before the dash is a dateline.
                start = index + 1
                break
        while start < own and (tokens[start].is_space or tokens[start].is_punct):
            start += 1
        hit = self.hits.get(own)
        if hit is None:
            return start, own + 1
        return min(start, hit.start), max(own + 1, hit.end)


# No phrase begins further before its head; a longer one is a parse error.
_MAX_LEFT = 14
_BEFORE_NOUNS = frozenset("det amod compound nmod poss nummod quantmod advmod punct case neg".split())
_DASHES = frozenset({"-", "--", ":"})


def _home_of(countries: Counter[str]) -> str | None:
    """The country that an article is mostly about: three mentions or more, and twice those of the next; else none."""
    ranked = sorted(countries.items(), key=lambda pair: (-pair[1], pair[0]))
    if not ranked or ranked[0][1] < 3 or (len(ranked) > 1 and ranked[0][1] < 2 * ranked[1][1]):
        return None
    return ranked[0][0]
