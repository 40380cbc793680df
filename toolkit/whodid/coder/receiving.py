"""Verbs whose subject is at the receiving end: in "Poland drew criticism from Germany" Germany acts."""

from __future__ import annotations

from whodid.coder.clauses import is_passive
from whodid.coder.parsed import Token
from whodid.coder.participants import Participant, objects_of

# Verbs whose subject is at the receiving end of their object: "drew criticism from Germany", "came under attack".
RECEIVING = frozenset("attract draw earn encounter face gain get incur obtain receive secure suffer win".split())
# Who receives these acts: "received the ambassador" is not "received aid".
_GUESTS = frozenset(
    "ambassador chief delegate delegation diplomat envoy general governor guest king leader lawmaker minister mission "
    "official parliamentarian president premier prince queen secretary team visit visitor".split()
)


def giver(verb: Token) -> list[Participant]:
    """Who acts where the subject receives: Germany in "Poland drew criticism from Germany"; empty for other verbs."""
    does = verb.lemma_lower
    if (does not in RECEIVING and does != "come") or is_passive(verb):
        return []
    if does == "come":
        under = [c for c in verb.children if c.dep_ == "prep" and c.lower_ == "under"]
        objects = [c for preposition in under for c in preposition.children if c.dep_ == "pobj"]
    else:
        objects = [c for c in verb.children if c.dep_ == "dobj"]
    if not objects or any(o.lemma_lower in _GUESTS or o.pos_ not in {"NOUN", "PROPN"} for o in objects):
        return []
    sources = [
        preposition
        for place in (verb, *objects)
        for preposition in place.children
        if preposition.dep_ == "prep" and preposition.lower_ == "from"
    ]
    return [Participant(p.token, "giver", 0) for source in sources for p in objects_of(source, 0)]
