"""Whom a thing or a place stands for: "Iranian tankers", "the rebels' base", "a train carrying pilgrims"."""

from __future__ import annotations

from whodid.coder.actor_roles import of_role_noun
from whodid.coder.composed_codes import owner_of
from whodid.coder.parsed import Token
from whodid.coder.phrases import Phrases, Resolved, Unresolved

# Things that stand for whose they are: "a Greek tanker", "rebel positions", "the group's website".
_THINGS = frozenset(
    "air-strike aircraft airliner airstrike ambulance ammunition arsenal artillery "
    "barge blast boat bomb bombing bus car cargo carrier coach consignment convoy cruiser cutter decision delivery destroyer "
    "dinghy ferry flag flight freighter frigate gunboat gunship helicopter liner lorry minibus motorcade "
    "initiative jet law letter missile move offer plane "
    "proposal raid refusal report request resolution rocket rule sector ship shell "
    "shipment speech statement submarine suggestion tank tanker taxi territory train trawler truck van "
    "vehicle vessel warplane warship water weapon website".split()
)
# Places and buildings: they stand for whose they are, for whom they are of, and for the country that they lie in.
_SITES = frozenset(
    "airbase airfield airport apartment area arsenal barracks base bastion beach border bridge building bunker camp capital "
    "cemetery center centre checkpoint city coast college community complex compound consulate corridor crossing dam "
    "depot district dock embassy enclave estate facility factory farm field frontier garrison governorate headquarters "
    "highway home hospital hotel house installation island jail library mall market mine mission mosque mountain museum "
    "neighborhood neighbourhood office outpost peninsula pipeline plant port position post prefecture premise prison "
    "province quarter refinery region reserve restaurant road runway school seaport settlement shop shrine site stadium "
    "station store street stronghold suburb target terminal territory town township tunnel university valley village "
    "ward warehouse waters zone".split()
)
# Participles behind a thing that say whose it is: "missiles fired by the army", "a draft proposed by the Council".
_MAKING = frozenset(
    "author back broker build carry control draft file fire found host issue launch lodge make negotiate operate organise "
    "organize own present produce propose publish release run sign sponsor submit table write".split()
)
# Verbs that say who is in a thing or a place.
_HOLDING = frozenset(
    "accommodate bring carry contain ferry guard harbour hold host house quarter serve shelter take transport".split()
)
_LYING = frozenset(
    {"in", "near", "at", "on", "inside", "outside", "around", "along", "across", "of", "with", "between"}
)
_HAVING = frozenset({"of", "belonging", "by", "for"})


def of_thing(phrases: Phrases, token: Token, start: int, end: int) -> list[Resolved] | None:
    """A thing or a place that stands for whose it is: "Iranian tankers", "the rebels' base", "a village in Mali"."""
    noun = _noun_of(token)
    for verb in token.children:
        if verb.dep_ == "acl" and verb.tag_ == "VBN" and verb.lemma_lower in _MAKING:
            makers = [n for by in verb.children if by.lower_ == "by" for n in by.children if n.dep_ == "pobj"]
            for maker in makers:
                beside = phrases.resolve(maker)
                if not isinstance(beside, Unresolved):
                    why = f"{verb.text!r} by: "
                    return [Resolved(r.code, start, max(end, r.end), why + r.why) for r in beside]
    if noun not in _THINGS and noun not in _SITES:
        return None
    inside = _held_inside(phrases, token, start)
    if inside is not None:
        return inside
    for child in token.children:
        if child.dep_ == "poss":
            beside = phrases.resolve(child)
            if not isinstance(beside, Unresolved):
                return [Resolved(r.code, start, end, f"{token.text!r} is theirs: {r.why}") for r in beside]
    for index in range(token.i - 1, start - 1, -1):
        hit = phrases.hits.get(index)
        entry = phrases.entries.get(index)
        if hit is None or entry is None or hit.end > token.i:
            continue
        words = phrases.doc.between(hit.start, hit.end)
        if entry.kind == "agent":
            owned = of_role_noun(phrases, token, hit, entry, start, end)
            if noun not in _SITES and owned[0].code in phrases.gazetteer.roles:
                # "A military plan" is nobody; "an army camp" is the army's.
                return None
            return [Resolved(r.code, start, end, f"{token.text!r} is theirs: {r.why}") for r in owned]
        code = entry.country if entry.kind in {"city", "capital"} else entry.code
        return [Resolved(code, start, end, f"{token.text!r} belongs to {words!r}, {code}")]
    # To whom something belongs is surer than where it lies.
    for wanted, is_place in ((_HAVING, False), (_LYING, True)):
        if is_place and noun not in _SITES:
            break
        for child in token.children:
            if child.i < token.i or child.dep_ not in {"prep", "acl"} or child.lower_ not in wanted:
                continue
            below = [c for p in child.children if p.dep_ == "prep" for c in p.children] if child.dep_ == "acl" else []
            for inner in [*child.children, *below]:
                whole = phrases.resolve(inner) if inner.dep_ == "pobj" else None
                if whole is None or isinstance(whole, Unresolved):
                    continue
                codes = [
                    o for r in whole for o in (owner_of(r.code, phrases.gazetteer.roles) if is_place else [r.code])
                ]
                if codes:
                    words = phrases.doc.between(child.i, whole[0].end)
                    last = max(end, whole[0].end)
                    return [Resolved(code, start, last, f"{token.text!r} {words!r}, {code}") for code in codes]
    return None


def _held_inside(phrases: Phrases, token: Token, start: int) -> list[Resolved] | None:
    """Who is in a thing or a place: "a train carrying pilgrims", "bases that house American troops"."""
    for verb in token.children:
        if verb.dep_ not in {"acl", "relcl"} or verb.lemma_lower not in _HOLDING or verb.tag_ == "VBN":
            continue
        for held in verb.children:
            people = phrases.resolve(held) if held.dep_ == "dobj" else None
            if people is not None and not isinstance(people, Unresolved):
                return [Resolved(r.code, start, r.end, f"{token.text!r} {verb.text!r}: {r.why}") for r in people]
    return None


def is_thing(token: Token) -> bool:
    """True for things and places that stand for whose they are: "the port", "two boats"."""
    return _noun_of(token) in _THINGS | _SITES


def _noun_of(token: Token) -> str:
    """The lemma; the tagger makes "bases" the plural of "basis"."""
    return "base" if token.lower_ == "bases" else token.lemma_lower
