"""States that are meant without their name: "the country" of a text about one, "world powers", "a foreign government"."""

from __future__ import annotations

from whodid.coder.composed_codes import owner_of
from whodid.coder.parsed import Token
from whodid.coder.phrases import Phrases, Resolved, Unresolved

_STATES = frozenset("country government nation power state superpower".split())
_STATES_TOGETHER, _SOME_STATE = "INT", "UIS"
_COUNTRY_NOUNS = frozenset("country nation island kingdom republic territory".split())


def only_country(phrases: Phrases, token: Token, start: int, end: int) -> list[Resolved] | None:
    """ "The country", "the island" of a text that speaks of one country alone; "his country" is that of who has it."""
    if token.lower_ not in _COUNTRY_NOUNS:
        return None
    for child in token.children:
        if child.dep_ == "poss" and child.i < token.i:
            beside = phrases.resolve(child)
            owners = [] if isinstance(beside, Unresolved) else owner_of(beside[0].code, phrases.gazetteer.roles)
            return [Resolved(owner, start, end, f"{token.text!r} of {child.text!r}, {owner}") for owner in owners]
    is_definite = any(c.lower_ in {"the", "this"} for c in token.children)
    is_bare = end - start <= 2
    if not is_definite or not is_bare or len(phrases.countries) != 1:
        return None
    country = next(iter(phrases.countries))
    return [Resolved(country, start, end, f"{token.text!r}: the text speaks of {country} alone")]


def unnamed_states(phrases: Phrases, token: Token, start: int, end: int) -> list[Resolved] | None:
    """States that the text does not name: "rich nations", "world powers" (INT), "a foreign power" (UIS)."""
    if token.pos_ != "NOUN" or token.lemma_lower not in _STATES:
        return None
    kinds = {c.dep_ for c in token.children if c.i < token.i}
    is_definite = any(c.lower_ in {"the", "both", "these", "those", "its", "their"} for c in token.children)
    if is_definite and (not kinds & {"amod", "compound"} or "nummod" in kinds):
        # "The two countries" were named before.
        return None
    if token.lemma_lower == "state" and (not kinds & {"amod", "compound"} or "nummod" in kinds):
        # "26 states" are parts of a federation.
        return None
    words = phrases.doc.between(start, end)
    if token.tag_ == "NNS":
        return [Resolved(_STATES_TOGETHER, start, end, f"{words!r} are states that the text does not name")]
    is_some = any(c.lower_ in {"a", "an", "another", "one", "any", "third"} for c in token.children)
    return [Resolved(_SOME_STATE, start, end, f"{words!r} is a state that the text does not name")] if is_some else None
