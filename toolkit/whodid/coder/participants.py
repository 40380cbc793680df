"""A word that takes part in an action, how close it stands to it, and the parties inside its noun phrase."""

from __future__ import annotations

from collections.abc import Iterable
from operator import attrgetter
from typing import NamedTuple

from whodid.coder.clauses import expand
from whodid.coder.parsed import Token


class Participant(NamedTuple):
    """A word that takes part: the head of a noun phrase, how it stands to the predicate, and how close (0 closest).

    No dataclass, since a frozen one takes three times as long to make, and a predicate has half a dozen.
    """

    token: Token
    relation: str
    rank: int


# Behind a noun, and how close a party stands that they lead to.
NOUN_PREPOSITIONS = {
    "of": 1,
    "on": 0,
    "against": 0,
    "with": 0,
    "to": 0,
    "into": 0,
    "in": 2,
    "at": 1,
    "over": 1,
    "upon": 0,
    "toward": 0,
    "towards": 0,
    "for": 1,
    "from": 1,
    "between": 0,
    "among": 1,
}


def objects_of(preposition: Token, rank: int) -> list[Participant]:
    """What a preposition governs, at some rank, also behind a second one: "from inside Syria"."""
    out: list[Participant] = []
    for child in preposition.children:
        if child.dep_ == "pobj":
            out += [Participant(t, preposition.lower_, rank) for t in expand(child)]
        elif child.dep_ == "prep":
            out += objects_of(child, rank)
    return out


def belongings(participant: Participant, depth: int = 0) -> list[Participant]:
    """Actors inside a noun phrase that is no actor itself: "the sovereignty of Ukraine", "Israel's declaration".

    Each step down costs: a possessor or modifier 2 or 3 ranks, a prepositional object 1 or 2.
    """
    out: list[Participant] = []
    if depth > _DEEPEST:
        return out
    for child in participant.token.children:
        if child.dep_ == "poss" and child.pos_ != "PRON":
            out += [Participant(t, "owner", participant.rank + 2) for t in expand(child)]
        elif child.dep_ in {"prep", "agent"} and (child.lower_ in NOUN_PREPOSITIONS or child.lower_ == "by"):
            # To condemn an attack by somebody is to condemn them, before those who suffered it.
            extra = 1 if child.lower_ in {"by", "on", "against", "with", "to", "from", "into"} else 2
            for found in objects_of(child, participant.rank + extra):
                if participant.relation in _PLACING and child.lower_ == "of":
                    # "In the Great Hall of the People" is a place, not the people.
                    found = Participant(found.token, participant.relation, found.rank)
                out.append(found)
                out += belongings(found, depth + 1)
        elif child.dep_ in {"amod", "compound", "nmod"} and child.text[:1].isupper():
            out.append(Participant(child, "modifier", participant.rank + 3))
    return out


_PLACING = frozenset({"at", "in", "near", "outside"})
# How many steps into a noun phrase an actor is looked for.
_DEEPEST = 3


def closest(participants: Iterable[Participant]) -> list[Participant]:
    """Each word once, as it stands closest; closest first."""
    seen: dict[int, Participant] = {}
    for participant in sorted(participants, key=_RANK):
        seen.setdefault(participant.token.i, participant)
    return list(seen.values())


_RANK = attrgetter("rank")
