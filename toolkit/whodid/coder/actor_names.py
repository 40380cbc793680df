"""Whom a name means that no table has: by a title, an apposition, an office once held, or a country inside the name."""

from __future__ import annotations

from whodid.coder.actor_owners import owners_before, owners_behind
from whodid.coder.actor_parts import PARTS
from whodid.coder.composed_codes import compose
from whodid.coder.parsed import Token
from whodid.coder.phrases import PLACE_KINDS, Phrases, Resolved, Unresolved

_CHIEFS = frozenset(
    "adviser aide boss chairman chief commander director founder leader official president secretary".split()
)
_SPEAKING = PARTS | _CHIEFS
# Words before a person's name that give no role.
_FORMS_OF_ADDRESS = frozenset("Mr Mr. Mrs Mrs. Ms Ms. Miss Dr Dr. Prof Prof. Sir Dame Lord Lady Sheikh".split())
# How long after an office a bare surname still names who held it, if it is a short one that many people have.
_REMEMBERED_DAYS = 15 * 365
_SHORT_SURNAME = 6


def titled(phrases: Phrases, token: Token, start: int, end: int) -> list[Resolved] | None:
    """A person or body that no table knows, named with a title or an apposition that tells whom it belongs to."""
    if token.pos_ == "PROPN":
        speaker_for = _speaker_for(phrases, start, token.i)
        if speaker_for is not None:
            return [Resolved(speaker_for[0], start, end, f"speaks for {speaker_for[1]!r}")]
    for index in range(token.i - 1, start - 1, -1):
        hit = phrases.hits.get(index)
        if hit is None:
            continue
        entry = phrases.entries.get(index)
        if entry is not None and entry.kind == "agent" and (token.pos_ == "PROPN" or token.ent_type_):
            owners = owners_before(phrases, start, hit.start, token) or owners_behind(phrases, token)[0]
            words = phrases.doc.between(hit.start, hit.end)
            named = phrases.hits.get(token.i)
            if not owners and named is not None:
                # A surname known from another time ("President Obama" in a look back) tells the country.
                owners = sorted({e.country for e in named.entries if e.kind == "leader"})[:1]
            if not owners:
                title = phrases.doc.tokens[hit.end - 1].lemma_lower
                remembered = phrases.memory.name(token) or phrases.memory.title(title, entry.code)
                if remembered:
                    return [Resolved(remembered, start, end, f"{token.text!r} was {remembered} above")]
                return [Resolved(entry.code, start, end, f"titled {words!r}")]
            return [Resolved(compose(o, entry.code), start, end, f"titled {words!r} of {o}") for o in owners]
        if entry is not None and entry.kind in {"leader"} and token.pos_ == "PROPN":
            return [Resolved(entry.code, start, end, f"{phrases.doc.between(hit.start, hit.end)!r} is {entry.code}")]
    for child in token.children:
        if child.dep_ == "appos" and child.i > token.i:
            beside = phrases.resolve(child)
            if not isinstance(beside, Unresolved):
                return [Resolved(r.code, start, end, f"in apposition: {r.why}") for r in beside]
    if token.dep_ == "appos" and token.head.i < token.i and token.head.i in phrases.known:
        beside = phrases.known[token.head.i]
        if not isinstance(beside, Unresolved):
            return [Resolved(r.code, start, end, f"in apposition: {r.why}") for r in beside]
    return None


def _speaker_for(phrases: Phrases, start: int, stop: int) -> tuple[str, str] | None:
    """The body or government that a person before `stop` speaks for: "Kremlin spokesman", "Hamas leader"."""
    for index in range(stop - 1, start, -1):
        if phrases.doc.tokens[index].lemma_lower not in _SPEAKING:
            continue
        hit, entry = phrases.hits.get(index - 1), phrases.entries.get(index - 1)
        if hit is not None and entry is not None and entry.kind in {"government", "body", "organisation", "group"}:
            return entry.code, phrases.doc.between(hit.start, hit.end)
    return None


def former_leader(phrases: Phrases, token: Token, start: int, end: int) -> list[Resolved] | None:
    """A bare surname of somebody who has left office, if no other country had a leader of that name."""
    hit = phrases.hits.get(token.i)
    if hit is None or token.pos_ != "PROPN" or hit.end - 1 != token.i:
        return None
    leaders = [entry for entry in hit.entries if entry.kind == "leader"]
    if not leaders or len({entry.country for entry in leaders}) > 1:
        return None
    before = [t.text for t in phrases.doc.tokens[start : hit.start] if t.pos_ == "PROPN" and t.i not in phrases.hits]
    given = {entry.person.split()[0] for entry in leaders}
    if before and before[0] not in given | _FORMS_OF_ADDRESS:
        return None
    if not before and len(token.text) < _SHORT_SURNAME:
        ends = [(phrases.published - entry.end).days for entry in leaders if entry.end is not None]
        if not ends or min(ends) > _REMEMBERED_DAYS:
            return None
    code = leaders[0].country + "ELI"
    return [Resolved(code, start, end, f"{token.text!r} was a leader of {leaders[0].country}")]


def named_with(phrases: Phrases, token: Token, start: int, end: int) -> list[Resolved] | None:
    """A name that no table has, with the name of a country or a body in it: "the Estonian Research Council"."""
    if token.pos_ != "PROPN" or not token.text[:1].isupper():
        return None
    for index in range(start, token.i):
        hit = phrases.hits.get(index)
        entry = phrases.entries.get(index)
        if hit is None or entry is None or entry.kind in {"agent", "identity", "leader"}:
            continue
        code = entry.country if entry.kind in PLACE_KINDS else entry.code
        return [Resolved(code, start, end, f"named with {phrases.doc.between(hit.start, hit.end)!r}, {code}")]
    return None


def person(phrases: Phrases, token: Token, start: int, end: int) -> list[Resolved] | None:
    """Somebody of whom the text gives the name alone: a civilian of the one country that it speaks of."""
    if token.pos_ != "PROPN" or not token.text[:1].isupper():
        return None
    if token.text in phrases.people:
        code = phrases.people[token.text]
        return [Resolved(code, start, end, f"{token.text!r} was named above, {code}")]
    first = token.i
    while first > start and phrases.doc.tokens[first - 1].pos_ == "PROPN" and first - 1 not in phrases.hits:
        first -= 1
    run = [t.text for t in phrases.doc.tokens[first : token.i + 1]]
    is_addressed = len(run) > 1 and run[0] in _FORMS_OF_ADDRESS
    is_name = (
        len(run) > 1 and run[0] in phrases.gazetteer.given_names and token.text not in phrases.gazetteer.given_titles
    )
    is_human = any(c.dep_ == "relcl" and any(g.lower_ in {"who", "whom"} for g in c.children) for c in token.children)
    if not (is_addressed or is_name or is_human):
        return None
    country = next(iter(phrases.countries)) if len(phrases.countries) == 1 else phrases.home
    code = (country or "") + "CVL"
    phrases.people[token.text] = code
    where = f", in a text about {country}" if country else ""
    return [Resolved(code, start, end, f"{' '.join(run)!r} is a person of whom nothing else is said{where}")]


def is_surname(phrases: Phrases, token: Token, start: int) -> bool:
    """True for "Peter Baker" and "Anne Butler": a given name before it makes a role noun a person's name."""
    before = phrases.doc.tokens[token.i - 1] if token.i > start else None
    return (
        before is not None
        and token.pos_ == "PROPN"
        and token.text[:1].isupper()
        and before.text in phrases.gazetteer.given_names
    )
