"""Whom a number or a part means: "thousands of protesters", "the head of the Kenyan army", "11 of the prisoners"."""

from __future__ import annotations

from whodid.coder.actor_owners import owners_behind
from whodid.coder.actor_roles import of_role_noun
from whodid.coder.composed_codes import compose
from whodid.coder.parsed import Token
from whodid.coder.phrases import WHOLE_KINDS, Phrases, Resolved, Unresolved

# Nouns that say only how many or which part of somebody: "thousands of protesters", "the head of the Kenyan army".
PARTS = frozenset(
    "affiliate agent alliance ally arm aide bloc board body branch chapter coalition command contingent couple crowd "
    "delegation dozen dozens element faction follower force functionary government group half handful head hundred "
    "hundreds leadership leader lot majority management mass member members million millions most nation network "
    "number offshoot one operative organisation organization part partner people personnel rank remnant "
    "representative score scores section series side some spokesman spokesperson spokeswoman squad state subsidiary "
    "supporter team tens thousand thousands unit wave wing".split()
)
# Heads of a region's or an alliance's members: "NATO allies", "21 countries in Europe" are these, as far as a code can say.
_MEMBERS = frozenset("ally country government leader member nation partner power republic state".split())


def of_part(phrases: Phrases, token: Token, start: int) -> list[Resolved] | None:
    """Whose part it is, by what is "of" it, the name or role before it, its apposition or its possessor."""
    preps = {"of", "from", "for"} if token.lemma_lower.startswith(("spokes", "aide")) else {"of", "from"}
    if token.lemma_lower in _MEMBERS:
        preps = preps | {"in"}
    if token.tag_ == "NNS":
        # "Groups such as Oxfam" are Oxfam and more.
        preps = preps | {"as", "including"}
    for child in token.children:
        if child.dep_ == "prep" and child.lower_ in preps:
            for noun in child.children:
                if child.lower_ == "in" and phrases.entry_at(noun.i, {"region"}) is None:
                    continue
                whole = phrases.resolve(noun) if noun.dep_ == "pobj" else None
                if whole is not None and not isinstance(whole, Unresolved):
                    # "Three of them": whom "them" stands for was named before the part.
                    return [Resolved(r.code, start, max(r.end, token.i + 1), f"part of: {r.why}") for r in whole]
    for index in range(token.i - 1, start - 1, -1):
        hit = phrases.hits.get(index)
        entry = phrases.entries.get(index)
        if hit is not None and entry is not None and entry.kind in WHOLE_KINDS:
            words = phrases.doc.between(hit.start, hit.end)
            return [Resolved(entry.code, start, token.i + 1, f"part of {words!r}, {entry.code}")]
        if (
            hit is not None
            and entry is not None
            and entry.kind == "agent"
            and phrases.doc.tokens[hit.end - 1].pos_ == "NOUN"
        ):
            return of_role_noun(phrases, token, hit, entry, start, token.i + 1)
    owners, last = owners_behind(phrases, token)
    if owners and token.lemma_lower in {"force", "troop", "unit", "fighter"}:
        why = f"{token.text!r} of {owners[0]}"
        return [Resolved(compose(owner, "MIL"), start, max(last, token.i + 1), why) for owner in owners]
    for child in token.children:
        if child.dep_ in {"appos", "poss"}:
            beside = phrases.resolve(child)
            if not isinstance(beside, Unresolved):
                return [Resolved(r.code, start, token.i + 1, f"part of: {r.why}") for r in beside]
    return None


def is_count(token: Token) -> bool:
    """True for the number of "11 of the prisoners" and "three of its soldiers"."""
    return token.pos_ == "NUM" and any(child.dep_ == "prep" and child.lower_ == "of" for child in token.children)
