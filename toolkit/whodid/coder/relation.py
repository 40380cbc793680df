"""Two marked parties in a sentence, and the actions that may hold between them, likeliest first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from whodid.coder.actions import Action
from whodid.coder.parsed import Doc, Token
from whodid.coder.participants import Participant

# A party that an action does not name at all is this far from it; one that contains or is contained by a named party
# is a little further than the party itself.
FAR = 9.0
_NESTED = 1.5


@dataclass(frozen=True, slots=True)
class Relation:
    """Who may have done something to whom: the tokens of both parties in one parsed text, in order."""

    doc: Doc
    actor: tuple[Token, ...]
    target: tuple[Token, ...]

    @property
    def actor_heads(self) -> list[Token]:
        return heads(self.actor)

    @property
    def target_heads(self) -> list[Token]:
        return heads(self.target)


def relation(doc: Doc, actor: Iterable[tuple[int, int]], target: Iterable[tuple[int, int]]) -> Relation | None:
    """The relation between two lists of character spans (half open); None if one side holds no word."""
    sides = [_tokens(doc, spans) for spans in (actor, target)]
    return Relation(doc, sides[0], sides[1]) if all(sides) else None


def _tokens(doc: Doc, spans: Iterable[tuple[int, int]]) -> tuple[Token, ...]:
    found: dict[int, Token] = {}
    for start, end in spans:
        span = doc.char_span(start, end, alignment_mode="expand")
        for token in span if span is not None else ():
            if not token.is_space:
                found[token.i] = token
    return tuple(found[i] for i in sorted(found))


def heads(tokens: Sequence[Token]) -> list[Token]:
    """The words of a phrase that hang on nothing inside it."""
    inside = {token.i for token in tokens}
    return [token for token in tokens if token.head.i not in inside or token.head == token]


@dataclass(frozen=True, slots=True)
class Candidate:
    """An action that may hold between the parties; distance 0 if it names both of them as its closest participants."""

    action: Action
    distance: float


def candidates(found: Iterable[Action], between: Relation) -> list[Candidate]:
    """The actions of a text by how closely they name the two parties, heavier wording first among equals."""
    actor, target = between.actor_heads, between.target_heads
    own, other = {t.i for t in between.actor}, {t.i for t in between.target}
    out = [
        Candidate(a, _nearest(a.actors, own, actor) + _nearest(a.targets, other, target))
        for a in found
        if a.head.i not in own
    ]
    return sorted(out, key=lambda c: (c.distance, -c.action.weight, c.action.head.i))


def _nearest(named: Iterable[Participant], span: set[int], phrase_heads: list[Token]) -> float:
    best = FAR
    for participant in named:
        token, rank = participant.token, float(participant.rank)
        if token.i in span:
            best = min(best, rank)
        elif any(token.is_ancestor(h) or h.is_ancestor(token) for h in phrase_heads):
            best = min(best, rank + _NESTED)
    return best
