"""What a codebook says, fact by fact, each with the words without which it can have no part in the reading of a text.

Two codebooks are compared by their facts: a text in which no changed fact can have a part is read by the new codebook as it
was by the old one (docs/decisions/0026). A fact is never said to need a word that it does not need; the other way round
costs time only.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from functools import lru_cache
from operator import attrgetter

import numpy as np
import numpy.typing as npt

from whodid.codebook.model import Codebook
from whodid.codebook.wording import Pattern
from whodid.coder.gazetteer import Entry, Gazetteer
from whodid.coder.parsed import Doc
from whodid.coder.patterns import lemma_of
from whodid.coder.shards import HASH_BYTES, digest

Hashes = npt.NDArray[np.uint32]
_NONE = np.empty(0, dtype=np.uint32)


@dataclass(frozen=True, slots=True)
class Fact:
    """mark: a hash of all that the fact says. needs: groups of words, of each of which one must stand in a tree of the parse, or,
    if it is wide, anywhere in the text; none if the fact concerns every text.
    """

    mark: bytes
    needs: tuple[frozenset[str], ...] = ()
    is_wide: bool = False


def facts_of_wordings(codebook: Codebook) -> Iterator[Fact]:
    """The facts of a codebook's wordings, operators and composition table, as patterns.py looks them up: by the head of a
    wording, and what stands below it or above it in the parse.
    """
    for pattern in codebook.patterns:
        yield from _fact("wording", [pattern.code, *_said(pattern)], _needs(pattern))
    # A word is looked at as soon as some wording starts from it, whatever else that wording asks for.
    for kind, head in sorted({(p.part_of_speech, head) for p in codebook.patterns for head in p.head}):
        yield from _fact("head", [kind, head], _each([head]))
    operators: dict[str, tuple[Pattern, list[str]]] = {}
    for operator in codebook.operators:
        for pattern in codebook.read_wordings(operator.sources):
            # Of two operators with one wording the first one counts.
            operators.setdefault(json.dumps(_said(pattern)), (pattern, []))[1].append(operator.name)
    for pattern, names in operators.values():
        yield from _fact("operator", [names, *_said(pattern)], _needs(pattern))
    rows = [[c.operator, c.inner, c.action] for c in codebook.compositions]
    yield from _fact("composition", rows, [])


def facts_of_names(gazetteer: Gazetteer) -> Iterator[Fact]:
    """The facts of a codebook's actor tables, as the gazetteer looks them up: by words that follow each other in the text."""
    nouns: dict[str, list[str]] = {}
    for noun in sorted(gazetteer.agent_nouns):
        nouns.setdefault(_letters(noun), []).append(noun)
    for key, entries in gazetteer.named():
        # "Senate" is a name, and a noun too: a gazetteer is asked whether the words of a name are a noun.
        same = nouns.get(_letters("".join(key)), [])
        yield from _fact("name", [key, [_values(e) for e in entries], same], _each(key), is_wide=True)
    agents: dict[tuple[str, ...], list[object]] = {}
    for key, entries in gazetteer.agents():
        agents.setdefault(key, []).extend(_values(e) for e in entries)
    for key, said in agents.items():
        yield from _fact("agent", [key, said], _each(key), is_wide=True)
    for name in sorted(gazetteer.given_names):
        yield from _fact("given name", name, _each([name]))
    yield from _fact("roles", sorted(gazetteer.roles), [])


def _fact(kind: str, says: object, needs: Sequence[frozenset[str]], is_wide: bool = False) -> Iterator[Fact]:
    """The fact; none if it needs one word of no words, for then it never has a part in anything."""
    if all(needs):
        yield Fact(digest(json.dumps([kind, says], default=str).encode()), tuple(needs), is_wide)


def _said(pattern: Pattern) -> list[object]:
    words = [_name(word.any_of) for word in pattern.words]
    # The source decides the order of wordings that fit equally well.
    asked = [pattern.part_of_speech, pattern.is_negated, _name(pattern.head), words, _name(pattern.subject)]
    return [pattern.source, *asked]


@lru_cache(maxsize=50_000)
def _name(words: frozenset[str]) -> str:
    """A short name of a set of words, for thousands of wordings have the same dozens of words."""
    return next(iter(words)) if len(words) == 1 else digest(json.dumps(sorted(words)).encode()).hex()


def _needs(pattern: Pattern) -> list[frozenset[str]]:
    return [pattern.head, *(word.any_of for word in pattern.words), *([pattern.subject] if pattern.subject else [])]


_values = attrgetter(*(field.name for field in fields(Entry)))


def _each(words: Iterable[str]) -> list[frozenset[str]]:
    return [frozenset({word}) for word in words]


def _letters(words: str) -> str:
    return "".join(words.split()).casefold()


@lru_cache(maxsize=200_000)
def hash_of(word: str) -> int:
    """The number by which a word is known here."""
    return zlib.crc32(word.encode("utf-8", "surrogatepass"))


@lru_cache(maxsize=50_000)
def _hashes(words: frozenset[str]) -> Hashes:
    return np.array([hash_of(word) for word in sorted(words)], dtype=np.uint32)


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one text by which anything is looked up, as hashes, tree after tree of its parse: each tree's words,
    sorted, and how many these are.
    """

    hashes: Hashes
    sizes: Hashes


def words_of(doc: Doc) -> Words:
    """The words of a parsed text: as they stand, in lower case, and their lemmas."""
    trees: dict[int, set[str]] = {}
    tops: dict[int, int] = {}
    for token in doc:
        top = token
        while top.head is not top and top.i not in tops:
            top = top.head
        tops[token.i] = tops.get(top.i, top.i)
        trees.setdefault(tops[token.i], set()).update((token.text, token.lower_, token.lemma_.lower(), lemma_of(token)))
    hashes = [sorted({hash_of(word) for word in words}) for words in trees.values()]
    joined = np.fromiter((word for words in hashes for word in words), dtype=np.uint32)
    return Words(joined, np.array([len(words) for words in hashes], dtype=np.uint32))


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of some texts: all that there are, as sorted hashes; those of each tree, as places in that list; how many words
    each tree has; how many trees each text has.
    """

    hashes: Hashes
    places: Hashes
    sizes: Hashes
    trees: Hashes

    @classmethod
    def of(cls, texts: Sequence[Words]) -> Vocabulary:
        joined = np.concatenate([_NONE, *(text.hashes for text in texts)])
        hashes, places = np.unique(joined, return_inverse=True)
        sizes = np.concatenate([_NONE, *(text.sizes for text in texts)])
        return cls(hashes, places.astype(np.uint32), sizes, np.array([len(text.sizes) for text in texts], np.uint32))

    def blocks(self) -> list[bytes]:
        """The vocabulary as bytes, for from_blocks."""
        return [part.astype("<u4").tobytes() for part in (self.hashes, self.places, self.sizes, self.trees)]

    @classmethod
    def from_blocks(cls, blocks: Sequence[bytes]) -> Vocabulary:
        """The vocabulary that some blocks are. Raises ValueError if they do not fit together."""
        hashes, places, sizes, trees = (np.frombuffer(block, dtype="<u4") for block in blocks)
        if int(sizes.sum()) != len(places) or int(trees.sum()) != len(sizes) or (places >= len(hashes)).any():
            raise ValueError("the words do not fit together")
        return cls(hashes, places, sizes, trees)

    def of_text(self, number: int) -> Words:
        """The words of one of the texts."""
        first = int(self.trees[:number].sum())
        sizes = self.sizes[first : first + int(self.trees[number])]
        start = int(self.sizes[:first].sum())
        return Words(self.hashes[self.places[start : start + int(sizes.sum())]], sizes)


@dataclass(frozen=True, slots=True)
class Facts:
    """Many facts, in the order of their marks: the marks; whether words of different trees count together; of how many groups
    of words each one's needs are; of how many words each group is; the words as hashes.
    """

    marks: npt.NDArray[np.bytes_]
    is_wide: npt.NDArray[np.bool_]
    groups: Hashes
    sizes: Hashes
    words: Hashes

    @classmethod
    def of(cls, facts: Iterable[Fact]) -> Facts:
        by_mark = {fact.mark: fact for fact in facts}
        ordered = [by_mark[mark] for mark in sorted(by_mark)]
        needs = [group for fact in ordered for group in fact.needs]
        return cls(
            np.array([fact.mark for fact in ordered], dtype=f"S{HASH_BYTES}"),
            np.array([fact.is_wide for fact in ordered], dtype=bool),
            np.array([len(fact.needs) for fact in ordered], dtype=np.uint32),
            np.array([len(group) for group in needs], dtype=np.uint32),
            np.concatenate([_NONE, *map(_hashes, needs)]),
        )

    @property
    def name(self) -> bytes:
        """A hash of all marks: equal if all facts are."""
        return digest(self.marks.tobytes())

    def blocks(self) -> list[bytes]:
        """The facts as bytes, for from_blocks."""
        numbers = [part.astype("<u4").tobytes() for part in (self.groups, self.sizes, self.words)]
        return [self.marks.tobytes(), self.is_wide.tobytes(), *numbers]

    @classmethod
    def from_blocks(cls, blocks: Sequence[bytes]) -> Facts:
        """The facts that some blocks are. Raises ValueError if they do not fit together."""
        marks, is_wide = np.frombuffer(blocks[0], dtype=f"S{HASH_BYTES}"), np.frombuffer(blocks[1], dtype=bool)
        groups, sizes, words = (np.frombuffer(block, dtype="<u4") for block in blocks[2:])
        fits = len(marks) == len(groups) == len(is_wide) and int(groups.sum()) == len(sizes)
        if not fits or int(sizes.sum()) != len(words):
            raise ValueError("the facts do not fit together")
        return cls(marks, is_wide, groups, sizes, words)

    def changes(self, other: Facts) -> Facts:
        """The facts that stand in only one of the two."""
        one = self._only(~np.isin(self.marks, other.marks))
        two = other._only(~np.isin(other.marks, self.marks))
        parts = ("marks", "is_wide", "groups", "sizes", "words")
        return Facts(*(np.concatenate([getattr(one, part), getattr(two, part)]) for part in parts))

    def touch(self, vocabulary: Vocabulary) -> npt.NDArray[np.bool_]:
        """For each text, whether one of the facts can have a part in it."""
        touched = np.zeros(len(vocabulary.trees), dtype=bool)
        if not self.groups.all():
            # A fact that needs no word.
            return ~touched
        # First all texts together, which leaves few facts; then tree by tree.
        known = np.isin(self.words, vocabulary.hashes)
        left = self._only(_every(_some(known, self.sizes), self.groups))
        if not len(left.marks):
            return touched
        text_of_tree = np.repeat(np.arange(len(vocabulary.trees)), vocabulary.trees)
        tree_of_place = np.repeat(np.arange(len(vocabulary.sizes)), vocabulary.sizes)
        words, rows = np.unique(left.words, return_inverse=True)
        row_of_hash = np.full(len(vocabulary.hashes), -1)
        _, ours, theirs = np.intersect1d(words, vocabulary.hashes, assume_unique=True, return_indices=True)
        row_of_hash[theirs] = ours
        row_of_place = row_of_hash[vocabulary.places]
        needed = row_of_place >= 0
        row, tree = row_of_place[needed], tree_of_place[needed]
        for is_wide, column in ((False, tree), (True, text_of_tree[tree])):
            stands = np.zeros((len(words), len(touched) if is_wide else len(text_of_tree)), dtype=bool)
            stands[row, column] = True
            in_each = _every(_some(stands[rows], left.sizes), left.groups)[left.is_wide == is_wide].any(axis=0)
            touched |= in_each if is_wide else np.isin(np.arange(len(touched)), text_of_tree[in_each])
        return touched

    def _only(self, chosen: npt.NDArray[np.bool_]) -> Facts:
        groups = np.repeat(chosen, self.groups)
        words = np.repeat(groups, self.sizes)
        return Facts(
            self.marks[chosen], self.is_wide[chosen], self.groups[chosen], self.sizes[groups], self.words[words]
        )


def _some(values: npt.NDArray[np.bool_], counts: Hashes) -> npt.NDArray[np.bool_]:
    """For each run of so many values, whether one is true."""
    return np.logical_or.reduceat(values, _starts(counts)) if len(counts) else values[:0]


def _every(values: npt.NDArray[np.bool_], counts: Hashes) -> npt.NDArray[np.bool_]:
    """For each run of so many values, whether all are true."""
    return np.logical_and.reduceat(values, _starts(counts)) if len(counts) else values[:0]


def _starts(counts: Hashes) -> npt.NDArray[np.int64]:
    return np.concatenate([[0], np.cumsum(counts[:-1], dtype=np.int64)])
