"""What an operator makes of the action below it: "threatened" over "attack" is a threat of attack, not an attack."""

from __future__ import annotations

from collections.abc import Iterable

from whodid.codebook.model import Codebook, Composition
from whodid.coder.parsed import Token
from whodid.coder.patterns import Match, PatternIndex


class CompositionTable:
    """The codebook's table operator x inner action -> action; the longest inner prefix decides."""

    def __init__(self, rows: Iterable[Composition]) -> None:
        self._rows = {(row.operator, row.inner): row.action for row in rows}

    def compose(self, operator: str, inner: str) -> str | None:
        """The action that an operator over an inner action is; None if that is no event."""
        for length in range(len(inner), -1, -1):
            if (operator, inner[:length]) in self._rows:
                return self._rows[operator, inner[:length]] or None
        return None


class Operators:
    """Which words of a text are operators, by the codebook's wordings."""

    def __init__(self, codebook: Codebook) -> None:
        read = {operator.name: codebook.read_wordings(operator.sources) for operator in codebook.operators}
        self._index = PatternIndex(pattern for patterns in read.values() for pattern in patterns)
        self._names = {id(pattern): name for name, patterns in read.items() for pattern in patterns}

    def at(self, token: Token) -> tuple[str, Match] | None:
        """The operator that a word is, by the wording that fits best; None for most words."""
        match = self._index.best(token)
        return (self._names[id(match.pattern)], match) if match is not None else None


# Behind these stands something else that happened: "agreed to resign after weeks of protests".
_ASIDE = frozenset("after amid amidst because before despite during following since until".split())


def governor(token: Token) -> Token | None:
    """The word whose complement a predicate is: "agreed" over "to supply", "accused" over "of supplying".

    None if the predicate stands on its own. Nouns count: "threatened sanctions", "a call for talks".
    """
    head = token.head
    if head == token:
        return None
    if token.pos_ in {"VERB", "AUX"}:
        if token.dep_ in {"xcomp", "ccomp", "acl", "csubj", "acomp"}:
            return head
        if token.dep_ == "pcomp":
            return head.head
        if token.dep_ == "conj" and head.pos_ in {"VERB", "AUX"} and not _has_subject(token):
            return governor(head)
        if (
            token.dep_ == "advcl"
            and head.pos_ in {"VERB", "ADJ"}
            and any(c.lower_ == "to" and c.dep_ == "aux" for c in token.children)
        ):
            return head
        return None
    if token.dep_ in {"dobj", "nsubjpass", "attr", "oprd"} and head.pos_ in {"VERB", "AUX"}:
        return head
    if token.dep_ == "pobj" and head.dep_ == "prep":
        return None if head.lower_ in _ASIDE else head.head
    if token.dep_ == "conj":
        return governor(head)
    return None


def _has_subject(token: Token) -> bool:
    return any(child.dep_ in {"nsubj", "nsubjpass"} for child in token.children)
