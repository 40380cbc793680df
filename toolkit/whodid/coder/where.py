"""Where a deed was done, as its target where no other is named: "shelled positions along the line in Kashmir"."""

from __future__ import annotations

from whodid.coder.actions import Action
from whodid.coder.actor_things import is_thing
from whodid.coder.actors import Resolver
from whodid.coder.clauses import is_purpose, verb_of
from whodid.coder.parsed import Token
from whodid.coder.sides import Side

_DONE_SOMEWHERE = frozenset({"07", "08", "13", "14", "15", "17", "18", "19", "20"})
_AT = frozenset(
    "across against along around at for in inside into near of on onto outside over throughout to toward towards".split()
)


def where_done(action: Action, resolver: Resolver, known: set[int]) -> list[Side]:
    """The place where a deed was done, however deep in its clause, for deeds that are done to whoever is there: "shelled
    positions along the line in Kashmir", "food for children in Afar". The nearest one behind the action.
    """
    if action.code[:2] not in _DONE_SOMEWHERE:
        return []
    clause = verb_of(action.head)
    place = _place_in(clause, action.head.i, action, resolver, known)
    while place is None and clause.dep_ in {"advcl", "xcomp"} and clause.head.pos_ == "VERB" and is_purpose(clause):
        # "Waded ashore in Somalia to guard convoys": the place stands with what was done for that end.
        clause = clause.head
        place = _place_in(clause, clause.i, action, resolver, known)
    return [] if place is None else [place]


def _place_in(clause: Token, first: int, action: Action, resolver: Resolver, known: set[int]) -> Side | None:
    """The first place in a clause at or behind token `first`."""
    for token in clause.subtree:
        if token.i < first or token.i in known or token.dep_ not in {"pobj", "compound", "nmod", "amod", "poss"}:
            continue
        place = token
        while place.dep_ in {"compound", "nmod", "amod", "poss", "conj"}:
            place = place.head
        is_placed = place.dep_ == "pobj" and place.head.lower_ in _AT
        country = resolver.country_at(token) if is_placed and not _is_elsewhere(token, clause) else None
        if country:
            own = {word.i for word in action.words}
            things = [p.token for p in action.targets if p.rank <= 1 and p.token.i not in own]
            thing = next((t for t in things if is_thing(t)), place)
            start, end = resolver.phrase(thing)
            if thing != place:
                why = f"{resolver.doc.between(start, end)!r} lies in {token.text!r}, {country}"
                return Side(country, start, end, why, 6, "where")
            why = f"no target is named; it was done in {resolver.doc.between(start, end)!r}, {country}"
            return Side(country, start, max(end, token.i + 1), why, 6, "where")
    return None


def _is_elsewhere(token: Token, clause: Token) -> bool:
    """True for places of other clauses: of what somebody said, of what happened before."""
    step = token
    while step != clause:
        if step.dep_ in {"ccomp", "parataxis", "advcl", "conj"} and step.pos_ in {"VERB", "AUX"}:
            return True
        if step.dep_ == "prep" and step.lower_ in {"after", "before", "amid", "during", "since", "following"}:
            return True
        step = step.head
    return False
