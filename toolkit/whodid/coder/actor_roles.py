"""Whom a role noun means: "soldiers" are their owner's, those that were named before, or those of the article's country."""

from __future__ import annotations

from whodid.coder.actor_owners import owners_before, owners_behind
from whodid.coder.composed_codes import compose
from whodid.coder.gazetteer import Entry, Hit
from whodid.coder.parsed import Token
from whodid.coder.phrases import Phrases, Resolved, Unresolved

# Roles that belong to some country; a story that is mostly about one country means that one's.
_DOMESTIC = frozenset(
    {"GOV", "MIL", "COP", "OPP", "JUD", "LEG", "REB", "LAB", "SPY", "SEP", "INS", "EDU", "AGR", "CVL"}
)
# Who has leaders and speakers of its own, that are no part of the state.
_OPPONENTS = frozenset({"REB", "INS", "SEP", "UAF", "OPP", "CRM"})
# Words that say that somebody is not the country's own.
_FOREIGN = frozenset(
    "allied coalition expatriate foreign foreigner international mercenary multinational tourist".split()
)


def of_role_noun(phrases: Phrases, token: Token, hit: Hit, entry: Entry, start: int, end: int) -> list[Resolved]:
    """Whom a noun of the agents table means: one actor for each owner, or the role alone where nothing says whose it is."""
    words = phrases.doc.between(hit.start, hit.end)
    leader_of = _of_opponents(phrases, token)
    if leader_of is not None:
        return [Resolved(leader_of, start, end, f"{words!r} of {leader_of}")]
    owners = owners_before(phrases, start, hit.start, token)
    origin = "before it"
    if not owners:
        owners, last = owners_behind(phrases, token)
        end = max(end, last)
        origin = "behind it"
    if not owners:
        remembered = phrases.memory.role_noun(token, entry.code)
        if remembered:
            return [Resolved(remembered, start, end, f"{words!r} was {remembered} above")]
        is_foreign = any(t.lower_ in _FOREIGN or t.lemma_lower in _FOREIGN for t in phrases.doc.tokens[start:end])
        if phrases.home is not None and entry.code[:3] in _DOMESTIC and not is_foreign:
            why = f"{words!r} is {entry.code}, of {phrases.home}, which the article is mostly about"
            return [Resolved(phrases.home + entry.code, start, end, why)]
        return [Resolved(entry.code, start, end, f"{words!r} is {entry.code}, of no country that the sentence names")]
    return [
        Resolved(compose(owner, entry.code), start, end, f"{words!r} is {entry.code}, {owner} stands {origin}")
        for owner in owners
    ]


def _of_opponents(phrases: Phrases, token: Token) -> str | None:
    """The code of rebels and the like whose somebody is: "the rebels' chief negotiator" is none of the government's."""
    for child in token.children:
        if child.dep_ != "poss" or child.i > token.i or child.lower_ == "whose":
            continue
        beside = phrases.resolve(child)
        if not isinstance(beside, Unresolved):
            code = beside[0].code
            role = code if code in phrases.gazetteer.roles else code[3:6]
            return code if role in _OPPONENTS else None
    return None
