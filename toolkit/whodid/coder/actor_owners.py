"""Whose somebody is: the owners that stand before a noun, as in "Germany's envoy", or behind it, as in "rebels of Peru"."""

from __future__ import annotations

from whodid.coder.clauses import expand
from whodid.coder.composed_codes import owner_of
from whodid.coder.gazetteer import Hit
from whodid.coder.memory import PRONOUNS
from whodid.coder.parsed import Doc, Token
from whodid.coder.phrases import PLACE_KINDS, Phrases, Unresolved

_OF = {"of", "in", "from", "for", "at", "with", "to", "on"}
_OWNING_KINDS = PLACE_KINDS | {"organisation", "body", "group"}
_JOINING = frozenset({"and", "-", "/", ","})
# Behind the name of a country they say who helps somebody, not whose somebody is.
_SPONSORED = frozenset("aligned allied armed backed funded sponsored supported trained".split())


def owners_before(phrases: Phrases, start: int, stop: int, token: Token) -> list[str]:
    """Codes of whom an agent belongs to, from the words before it: "Russian", "Germany's", "U.N.", "France and Spain's"."""
    owners: list[str] = []
    seen: set[tuple[int, int]] = set()
    index = stop - 1
    while index >= start:
        hit = phrases.hits.get(index)
        if hit is not None and (hit.start, hit.end) not in seen:
            seen.add((hit.start, hit.end))
            entry = phrases.entries.get(index)
            if entry is not None and entry.kind not in {"agent", "identity"} and not _is_sponsor(phrases.doc, hit):
                owners.append(entry.country if entry.kind in PLACE_KINDS | {"leader"} else entry.code)
            index = hit.start
        index -= 1
    if not owners:
        for child in token.children:
            if child.dep_ == "poss" and child.i < token.i:
                if child.lower_ in PRONOUNS:
                    if child.lower_ == "whose":
                        return _whose(phrases, child)
                    known = phrases.memory.pronoun(child)
                    return owner_of(known[0], phrases.gazetteer.roles) if known else []
                beside = phrases.resolve(child)
                if not isinstance(beside, Unresolved):
                    return owner_of(beside[0].code, phrases.gazetteer.roles)
        return []
    is_joined = len(owners) > 1 and any(t.lower_ in _JOINING for t in phrases.doc.tokens[start:stop])
    return list(dict.fromkeys(reversed(owners))) if is_joined else [owners[0]]


def _is_sponsor(doc: Doc, hit: Hit) -> bool:
    """True for the country of "Iran-backed militias" and "pro-Iranian militias": they are not that country's own."""
    after = doc.between(hit.end, hit.end + 2).lower()
    before = doc.between(max(0, hit.start - 2), hit.start).lower()
    return after.removeprefix("-") in _SPONSORED or before in {"pro-", "anti-"} or after in _SPONSORED


def _whose(phrases: Phrases, relative: Token) -> list[str]:
    """Whom "whose" stands for: the noun that its relative clause belongs to."""
    verb = relative
    while verb.dep_ != "relcl" and verb.head != verb:
        verb = verb.head
    found = phrases.resolve(verb.head) if verb.dep_ == "relcl" else None
    return (
        owner_of(found[0].code, phrases.gazetteer.roles)
        if found is not None and not isinstance(found, Unresolved)
        else []
    )


def owners_behind(phrases: Phrases, token: Token) -> tuple[list[str], int]:
    """Codes of whom an agent belongs to, from the words behind it, and where these end: "of Peru and Chile", "loyal to
    General Haftar".
    """
    nouns: list[Token] = []
    for child in token.children:
        if child.i < token.i:
            continue
        if child.dep_ == "prep" and child.lower_ in _OF:
            nouns += [t for c in child.children if c.dep_ == "pobj" for t in expand(c)]
        elif child.dep_ in {"amod", "acl", "relcl"} and child.lower_ in {"loyal", "allied", "belonging"}:
            nouns += [
                t for p in child.children if p.dep_ == "prep" for c in p.children if c.dep_ == "pobj" for t in expand(c)
            ]
        elif child.dep_ == "appos":
            entry = phrases.entry_at(child.i, {"leader"})
            if entry is not None:
                return [entry.country], 0
    owners: list[str] = []
    end = 0
    for noun in nouns:
        entry = phrases.entry_at(noun.i, _OWNING_KINDS)
        if entry is not None:
            owners.append(entry.country if entry.kind in PLACE_KINDS else entry.code)
            end = max(end, phrases.phrase(noun)[1])
            continue
        if noun.pos_ in {"NOUN", "PROPN"}:
            found = phrases.resolve(noun)
            if not isinstance(found, Unresolved) and len(found[0].code) > 3:
                owners += owner_of(found[0].code, phrases.gazetteer.roles)
                end = max(end, found[0].end)
    return list(dict.fromkeys(owners)), end
