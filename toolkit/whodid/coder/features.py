"""What a model sees of a relation: the words between the parties in the parse, their frames, what the patterns propose."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from whodid.coder.clauses import is_passive
from whodid.coder.modality import modality
from whodid.coder.parsed import Token
from whodid.coder.patterns import lemma_of
from whodid.coder.relation import Candidate, Relation

Features = dict[str, float]

_CONTENT = frozenset({"VERB", "NOUN", "ADJ", "ADV", "AUX"})
_PREDICATES = frozenset({"VERB", "AUX", "NOUN", "ADJ"})
_FRAME = frozenset(
    "prt prep agent dative dobj xcomp ccomp acomp attr oprd advmod nsubjpass amod compound advcl pobj nmod acl pcomp "
    "nsubj".split()
)
_INNER = frozenset({"amod", "compound", "xcomp", "acl", "dobj", "det", "neg"})
_MASKS = {"PROPN": "NAME", "NUM": "NUMBER", "PRON": "PRONOUN"}
_MOODS = ("is_negated", "is_future", "is_obligation", "is_possible", "is_condition")
# How much each kind says before anything is learnt: what stands on the path between the parties more than what is near.
_NEAR, _BETWEEN, _FRAME_WEIGHT, _PROPOSED = 0.3, 0.5, 0.7, (1.5, 0.7, 0.4)


def features(between: Relation, proposed: Sequence[Candidate]) -> Features:
    """The features of a relation by name, with their values; names are readable, since they are shown as evidence.

    The parties' own names are masked (ACTOR, TARGET, NAME), so that no country comes to mean an action.
    """
    return _Reader(between).read(proposed)


class _Reader:
    def __init__(self, between: Relation) -> None:
        self.between = between
        self.actor = {token.i for token in between.actor}
        self.target = {token.i for token in between.target}
        self.out: Features = {"always": 1.0}

    def read(self, proposed: Sequence[Candidate]) -> Features:
        before, top, after = self._path()
        spine = [*before, *([top] if top is not None else []), *after]
        if top is not None:
            if top.i in self.actor or top.i in self.target:
                self.out[f"top is {self._word(top)}"] = 1.0
            else:
                self._frame("top", top)
            self._above(top)
        names = [self._word(token) for token in spine]
        for name in names:
            self.out[f"path {name}"] = 1.0
        for first, second in itertools.pairwise(names):
            self.out[f"path {first} - {second}"] = 1.0
        for token in spine:
            if token.pos_ in _PREDICATES and token != top and not self._is_party(token):
                self._frame("on path", token)
        self._surface()
        self._parties()
        self._proposals(proposed)
        return self.out

    def _is_party(self, token: Token) -> bool:
        return token.i in self.actor or token.i in self.target

    def _word(self, token: Token) -> str:
        if token.i in self.actor:
            return "ACTOR"
        if token.i in self.target:
            return "TARGET"
        return _MASKS.get(token.pos_) or lemma_of(token)

    def _path(self) -> tuple[list[Token], Token | None, list[Token]]:
        best: tuple[int, list[Token], Token | None, list[Token]] | None = None
        for a in self.between.actor_heads:
            for b in self.between.target_heads:
                found = _path(a, b)
                length = len(found[0]) + len(found[2]) + (0 if found[1] is not None else 20)
                if best is None or length < best[0]:
                    best = (length, *found)
        return best[1:] if best is not None else ([], None, [])

    def _frame(self, place: str, token: Token) -> None:
        out, word = self.out, self._word(token)
        out[f"{place} {word}"] = 1.0
        how = modality(token)
        for mood in _MOODS:
            if getattr(how, mood):
                out[f"{place} {mood}"] = 1.0
                out[f"{place} {word} {mood}"] = 1.0
        if token.pos_ in {"VERB", "AUX"} and is_passive(token):
            out[f"{place} passive"] = 1.0
            out[f"{place} {word} passive"] = _FRAME_WEIGHT
        for child in token.children:
            below, link = self._word(child), child.dep_
            if self._is_party(child):
                out[f"{place} {word} > {link} > {below}"] = _FRAME_WEIGHT
                continue
            if link in _FRAME:
                out[f"{place} {word} > {link} > {below}"] = 1.0
                if child.pos_ in _CONTENT:
                    out[f"{place} > {link} > {below}"] = _FRAME_WEIGHT
            if link in {"prep", "agent"}:
                for inner in child.children:
                    if inner.dep_ in {"pobj", "pcomp"}:
                        out[f"{place} {word} > {lemma_of(child)} > {self._word(inner)}"] = 1.0
            elif link in {"dobj", "xcomp", "ccomp"}:
                self._inside(place, below, child)

    def _inside(self, place: str, word: str, token: Token) -> None:
        for child in token.children:
            if child.dep_ == "prep":
                for inner in child.children:
                    self.out[f"{place} {word} > {lemma_of(child)} > {self._word(inner)}"] = _FRAME_WEIGHT
            elif child.dep_ in _INNER:
                self.out[f"{place} {word} > {child.dep_} > {self._word(child)}"] = _FRAME_WEIGHT

    def _above(self, top: Token) -> None:
        token = top
        for step in ("over", "far over"):
            if token.head == token:
                return
            token = token.head
            if token.pos_ in {"VERB", "NOUN", "AUX"}:
                self.out[f"{step} {lemma_of(token)}"] = _BETWEEN

    def _surface(self) -> None:
        parties = self.actor | self.target
        first, last = min(parties), max(parties)
        run: list[str] = []
        for token in self.between.doc:
            if token.is_punct or token.is_space:
                continue
            word = self._word(token)
            if first <= token.i <= last and (not run or run[-1] != word):
                run.append(word)
            if token.i in parties:
                continue
            if token.pos_ in _CONTENT:
                self.out[f"near {word}"] = _NEAR
            if first < token.i < last:
                self.out[f"between {word}"] = _BETWEEN
        for left, right in itertools.pairwise(run):
            self.out[f"between {left} {right}"] = _BETWEEN

    def _parties(self) -> None:
        head = self.between.target_heads[0]
        if head.pos_ == "NOUN":
            self.out[f"target is {lemma_of(head)}"] = _BETWEEN
        for name, side in (("actor", self.between.actor), ("target", self.between.target)):
            for token in side:
                if token.pos_ in {"NOUN", "ADJ"}:
                    self.out[f"{name} has {lemma_of(token)}"] = _NEAR

    def _proposals(self, proposed: Sequence[Candidate]) -> None:
        if not proposed:
            self.out["no pattern"] = 1.0
        for place, candidate in enumerate(proposed[: len(_PROPOSED)]):
            code, value = candidate.action.code, _PROPOSED[place]
            nth = ("first", "second", "third")[place]
            self.out[f"{nth} pattern {code}"] = value
            self.out[f"{nth} pattern root {code[:2]}"] = value
            if place == 0:
                near = "close" if candidate.distance < 3 else "half" if candidate.distance < 9.5 else "far"
                self.out[f"{near} pattern {code[:2]}"] = value
                if candidate.action.is_composed:
                    self.out["first pattern is composed"] = 1.0


def _path(a: Token, b: Token) -> tuple[list[Token], Token | None, list[Token]]:
    """The words between two words in the parse: upwards from the first, the lowest word over both, down to the second."""
    up, place = [a], {a.i: 0}
    while up[-1].head != up[-1]:
        up.append(up[-1].head)
        place[up[-1].i] = len(up) - 1
    down = [b]
    while down[-1].i not in place and down[-1].head != down[-1]:
        down.append(down[-1].head)
    if down[-1].i not in place:
        return up, None, down
    meeting = place[down[-1].i]
    return up[1:meeting], up[meeting], down[-2:0:-1]
