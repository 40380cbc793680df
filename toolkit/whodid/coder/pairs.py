"""Who did it to whom: the pairs of actor and target that one action gives, both ways where both sides do the same."""

from __future__ import annotations

from whodid.coder.actions import Action
from whodid.coder.actors import Resolver
from whodid.coder.sides import CONFLICT, Side, named_inside

# Roots in which both sides do the same: "A and B met" is A with B and B with A.
_RECIPROCAL = (
    *("030", "031", "032", "0356", "036", "037", "040", "041", "044", "046", "050", "057", "06", "0871", "164"),
    *("190", "193", "194"),
)
# After these a name is where something happened, or what it was about, before it is whom it happened to.
_PLACES = frozenset("in at near on over about outside inside along".split())
_VERBAL = frozenset({"01", "02", "03", "04", "05", "10", "11", "12", "13"})
_AGREEMENTS = frozenset("accord agreement compromise consensus deal settlement understanding".split())


def pairs_of(action: Action, actors: list[Side], targets: list[Side], resolver: Resolver) -> list[tuple[Side, Side]]:
    """Each actor with each target of an action; sides are the best first, and no pair is one party with itself."""
    is_nobody = (not targets or targets[0].relation in _PLACES) and not any(a.relation == "by" for a in actors)
    if is_nobody and len({a.code for a in actors}) > 1 and (_is_reciprocal(action.code) or _is_mutual_failure(action)):
        pairs = [(a, b) for a in actors for b in actors if a.code != b.code]
    elif not actors and _is_reciprocal(action.code):
        # "The Russian-North Korean pact was signed": nobody is said to act, but the thing done names both.
        both = named_inside(action, resolver)
        pairs = [(a, b) for a in both for b in both if a.code != b.code] if len({s.code for s in both}) == 2 else []
    else:
        chosen = _best(actors)
        pairs = [
            (a, t)
            for a in chosen
            for t in _rather_than_a_place(
                action,
                [
                    t
                    for t in targets
                    if t.code not in {c.code for c in chosen} or (t.code == a.code and _apart(a, t, action.code))
                ],
            )
        ]
        is_agent = any(a.relation == "by" for a in chosen)
        if len({a.code for a in chosen}) > 1 and _is_reciprocal(action.code) and not pairs and not is_agent:
            pairs = [(a, b) for a in chosen for b in chosen if a.code != b.code]
    return [
        (a, t)
        for a, t in pairs
        if _apart(a, t, action.code) or (_is_reciprocal(action.code) and t.code not in {a.code, a.code[:3]})
    ]


def _best(sides: list[Side]) -> list[Side]:
    """The closest parties, all those that share the best rank ("France and Germany")."""
    if not sides:
        return []
    top = sides[0].rank
    return [side for side in sides if side.rank == top]


def _rather_than_a_place(action: Action, targets: list[Side]) -> list[Side]:
    """The closest targets; of "with the president at Camp David" the president, unless it was shot at."""
    best = _best(targets)
    if action.code[:2] in CONFLICT:
        return best
    return [side for side in best if side.relation not in {"at", "in", "near"}] or best


def _apart(a: Side, b: Side, code: str) -> bool:
    """Two parties, not one: other words; and in what is only said, not a country's government with the bare country.

    A government does impose a curfew on its country, or send help to one of its cities.
    """
    if not (a.end <= b.start or b.end <= a.start):
        return False
    if b.code == a.code and code[:2] not in CONFLICT:
        return _are_two_names(a, b)
    return not (b.code == a.code[:3] and code[:2] in _VERBAL)


def _are_two_names(a: Side, b: Side) -> bool:
    """Two parties of one code that have a name each: a premier and the president, two governments of one federation."""
    return bool(a.names and b.names) and a.names[-1] not in b.names and b.names[-1] not in a.names


def _is_reciprocal(code: str) -> bool:
    return code.startswith(_RECIPROCAL)


def _is_mutual_failure(action: Action) -> bool:
    """ "Both failed to reach agreement": each side refuses the other, if no third party is named."""
    said = {word.lemma_lower for word in action.words}
    return action.code.startswith(("12", "164")) and bool(said & _AGREEMENTS)
