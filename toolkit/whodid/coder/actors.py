"""Who a noun phrase means: its actor code from names, adjectives, role nouns, titles, appositions and memory."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from whodid.coder.clauses import expand
from whodid.coder.gazetteer import Entry, Gazetteer, Hit
from whodid.coder.memory import Memory
from whodid.coder.parsed import Doc, Span, Token

_PLACE_KINDS = {"country", "adjective", "demonym", "capital", "city", "government"}
_NAMED_KINDS = {"country", "government", "body", "organisation", "group", "leader", "capital", "demonym"}
_COUNTED_KINDS = _PLACE_KINDS | {"leader", "group"}
_OWNING_KINDS = _PLACE_KINDS | {"organisation", "body", "group"}
_WHOLE_KINDS = _NAMED_KINDS | {"adjective", "region", "identity"}
_OF = {"of", "in", "from", "for", "at", "with", "to", "on"}
_INTERNATIONAL = ("IGO", "NGO", "NGM", "MNC", "IMG", "INT")
# Roles that belong to some country; a story that is mostly about one country means that one's.
_DOMESTIC = frozenset(
    {"GOV", "MIL", "COP", "OPP", "JUD", "LEG", "REB", "LAB", "SPY", "SEP", "INS", "EDU", "AGR", "CVL"}
)
# Words that say that somebody is not the country's own.
# Who has leaders and speakers of its own, that are no part of the state.
_OPPONENTS = frozenset({"REB", "INS", "SEP", "UAF", "OPP", "CRM"})
_FOREIGN = frozenset(
    "allied coalition expatriate foreign foreigner international mercenary multinational tourist".split()
)
_PRONOUNS = {"it", "he", "she", "they", "him", "her", "them", "its", "his", "their", "who", "which", "that", "whose"}
# Nouns that say only how many or which part of somebody: "thousands of protesters", "the head of the Kenyan army".
_PARTS = frozenset(
    "affiliate agent alliance ally arm aide bloc board body branch chapter coalition command contingent couple crowd "
    "delegation dozen dozens element faction follower force functionary government group half handful head hundred "
    "hundreds leadership leader lot majority management mass member members million millions most nation network "
    "number offshoot one operative organisation organization part partner people personnel rank remnant "
    "representative score scores section series side some spokesman spokesperson spokeswoman squad state subsidiary "
    "supporter team tens thousand thousands unit wave wing".split()
)
_CHIEFS = frozenset(
    "adviser aide boss chairman chief commander director founder leader official president secretary".split()
)
_SPEAKING = _PARTS | _CHIEFS
# Heads of a region's or an alliance's members: "NATO allies", "21 countries in Europe" are these, as far as a code can say.
_MEMBERS = frozenset("ally country government leader member nation partner power republic state".split())
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
_STATES = frozenset("country government nation power state superpower".split())
_STATES_TOGETHER, _SOME_STATE = "INT", "UIS"
_COUNTRY_NOUNS = frozenset("country nation island kingdom republic territory".split())
_LYING = frozenset(
    {"in", "near", "at", "on", "inside", "outside", "around", "along", "across", "of", "with", "between"}
)
_JOINING = frozenset({"and", "-", "/", ","})
_HAVING = frozenset({"of", "belonging", "by", "for"})
# Behind the name of a country they say who helps somebody, not whose somebody is.
_SPONSORED = frozenset("aligned allied armed backed funded sponsored supported trained".split())
# Words before a person's name that give no role.
_FORMS_OF_ADDRESS = frozenset("Mr Mr. Mrs Mrs. Ms Ms. Miss Dr Dr. Prof Prof. Sir Dame Lord Lady Sheikh".split())
_MAX_LEFT = 14
# How long after an office a bare surname still names who held it, if it is a short one that many people have.
_REMEMBERED_DAYS = 15 * 365
_SHORT_SURNAME = 6


class Resolved(NamedTuple):
    """An actor code, the tokens that name it (half open), and how it was found."""

    code: str
    start: int
    end: int
    why: str


class Unresolved(NamedTuple):
    """Words that name somebody whom no table knows, or nobody at all."""

    start: int
    end: int
    reason: str


@dataclass(slots=True)
class Resolver:
    """Resolves the noun phrases of one article, sentence after sentence, remembering what names meant."""

    doc: Doc
    gazetteer: Gazetteer
    published: date
    memory: Memory = field(default_factory=Memory)
    # By the tokens of a name: what was found there, and what that is on the article's day.
    _at: dict[int, Hit] = field(default_factory=dict)
    _is: dict[int, Entry | None] = field(default_factory=dict)
    _phrases: dict[int, tuple[int, int]] = field(default_factory=dict)
    _cache: dict[int, list[Resolved] | Unresolved] = field(default_factory=dict)
    _countries: Counter[str] = field(default_factory=Counter)
    _home: str | None = None
    _people: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        countries: Counter[str] = Counter()
        for hit in self.gazetteer.find(self.doc):
            entry = hit.on(self.published)
            for index in range(hit.start, hit.end):
                self._at[index], self._is[index] = hit, entry
            if entry is not None and entry.kind in _COUNTED_KINDS and not entry.code.startswith(_INTERNATIONAL):
                countries[entry.country] += 1
        self._countries = countries
        self._home = _home(countries)

    def resolve(self, token: Token) -> list[Resolved] | Unresolved:
        """The actors that the noun phrase headed by a token means; several for "Russian and Chinese envoys"."""
        if token.i not in self._cache:
            self._cache[token.i] = self._resolve(token)
        return self._cache[token.i]

    def names_within(self, token: Token) -> list[Resolved]:
        """The countries and bodies that stand inside a noun phrase, each with its own words: "Russian", "North Korean"."""
        start, end = self.phrase(token)
        out: list[Resolved] = []
        for index in range(start, end):
            hit = self._at.get(index)
            entry = self._is.get(index)
            if (
                hit is not None
                and hit.start == index
                and entry is not None
                and entry.kind in _NAMED_KINDS | {"adjective"}
            ):
                words = self.doc.between(hit.start, hit.end)
                out.append(Resolved(entry.code, hit.start, hit.end, f"{words!r} is {entry.code}"))
        return out

    def is_thing(self, token: Token) -> bool:
        """True for things and places that stand for whose they are: "the port", "two boats"."""
        return _noun_of(token) in _THINGS | _SITES

    def country_at(self, token: Token) -> str | None:
        """The country of a place name at a token, for events whose actors have only a role."""
        entry = self._entry(token.i, _PLACE_KINDS)
        return entry.country if entry else None

    def _resolve(self, token: Token) -> list[Resolved] | Unresolved:
        is_part = token.lemma_lower in _PARTS and any(c.lower_ == "of" for c in token.children)
        if (token.lower_ in _PRONOUNS or token.pos_ == "PRON") and not is_part:
            known = self.memory.pronoun(token)
            if known is not None:
                code, named = known
                why = f"{token.lower_!r} stands for {named.text!r}, {code}"
                # The words that name somebody are more use to a reader than "it", if they are in the same sentence.
                start, end = self.phrase(named) if named.sent == token.sent else (token.i, token.i + 1)
                return [Resolved(code, start, end, why)]
            return Unresolved(token.i, token.i + 1, "a pronoun that stands for nobody known")
        start, end = self.phrase(token)
        hit, entry = self._at.get(token.i), self._is.get(token.i)
        found: list[Resolved] | None = None
        if entry is not None and hit is not None:
            found = self._from_entry(token, hit, entry, start, end)
        if not found and (token.lemma_lower in _PARTS or _is_count(token)):
            found = self._part(token, start)
        if not found:
            found = self._titled(token, start, end) or self._remembered(token, start, end)
        if not found:
            found = (
                self._former(token, start, end)
                or self._thing(token, start, end)
                or self._only_country(token, start, end)
                or self._named_with(token, start, end)
                or self._person(token, start, end)
                or self._unnamed_states(token, start, end)
            )
        if found and token.dep_ in {"amod", "compound", "nmod"} and token.head.pos_ in {"NOUN", "PROPN"}:
            # "British beef", "rebel positions": the thing is whose the modifier says, and its words are what a row shows.
            first, last = self.phrase(token.head)
            found = [Resolved(r.code, min(first, r.start), max(last, r.end), r.why) for r in found]
        elif found:
            self.memory.note(Span(self.doc, start, end), token, found[0].code)
        if found:
            return found
        return Unresolved(start, end, "no table knows these words")

    def _from_entry(self, token: Token, hit: Hit, entry: Entry, start: int, end: int) -> list[Resolved] | None:
        words = self.doc.between(hit.start, hit.end)
        if entry.kind == "agent":
            if self._is_surname(token, start):
                return None
            return self._agent(token, hit, entry, start, end)
        if entry.kind == "city":
            return [Resolved(entry.code, start, end, f"{words!r} lies in {entry.code}")]
        if entry.kind in _WHOLE_KINDS:
            if hit.end - 1 < token.i:
                # The name is inside a longer one that the tables do not have: "Israel Aerospace".
                return None
            code = entry.code
            if entry.kind == "body":
                # "Supreme Court" alone is the codebook's; "Pakistan's Supreme Court" is Pakistan's.
                owners = self._places_left(start, hit.start, token)
                if not owners and self._home is not None and not self._countries[code[:3]]:
                    # ... unless the article never speaks of the codebook's country: a Lagos story's Senate is Nigeria's.
                    owners = [self._home] if self.gazetteer.is_agent(words) else []
                if owners and owners[0] != code[:3] and len(owners[0]) == 3:
                    code = owners[0] + code[3:]
            return [Resolved(code, start, end, f"{words!r} is {code}")]
        return None

    def _is_surname(self, token: Token, start: int) -> bool:
        """True for "Peter Baker" and "Anne Butler": a given name before it makes a role noun a person's name."""
        before = self.doc.tokens[token.i - 1] if token.i > start else None
        return (
            before is not None
            and token.pos_ == "PROPN"
            and token.text[:1].isupper()
            and before.text in self.gazetteer.given_names
        )

    def _agent(self, token: Token, hit: Hit, entry: Entry, start: int, end: int) -> list[Resolved]:
        words = self.doc.between(hit.start, hit.end)
        leader_of = self._of_opponents(token)
        if leader_of is not None:
            return [Resolved(leader_of, start, end, f"{words!r} of {leader_of}")]
        owners = self._places_left(start, hit.start, token)
        origin = "before it"
        if not owners:
            owners, last = self._places_right(token)
            end = max(end, last)
            origin = "behind it"
        if not owners:
            remembered = self.memory.role_noun(token, entry.code)
            if remembered:
                return [Resolved(remembered, start, end, f"{words!r} was {remembered} above")]
            is_foreign = any(t.lower_ in _FOREIGN or t.lemma_lower in _FOREIGN for t in self.doc.tokens[start:end])
            if self._home is not None and entry.code[:3] in _DOMESTIC and not is_foreign:
                why = f"{words!r} is {entry.code}, of {self._home}, which the article is mostly about"
                return [Resolved(self._home + entry.code, start, end, why)]
            return [
                Resolved(entry.code, start, end, f"{words!r} is {entry.code}, of no country that the sentence names")
            ]
        return [
            Resolved(compose(owner, entry.code), start, end, f"{words!r} is {entry.code}, {owner} stands {origin}")
            for owner in owners
        ]

    def _of_opponents(self, token: Token) -> str | None:
        """The code of rebels and the like whose somebody is: "the rebels' chief negotiator" is none of the government's."""
        for child in token.children:
            if child.dep_ != "poss" or child.i > token.i or child.lower_ == "whose":
                continue
            beside = self.resolve(child)
            if not isinstance(beside, Unresolved):
                code = beside[0].code
                role = code if code in self.gazetteer.roles else code[3:6]
                return code if role in _OPPONENTS else None
        return None

    def _part(self, token: Token, start: int) -> list[Resolved] | None:
        preps = {"of", "from", "for"} if token.lemma_lower.startswith(("spokes", "aide")) else {"of", "from"}
        if token.lemma_lower in _MEMBERS:
            preps = preps | {"in"}
        if token.tag_ == "NNS":
            # "Groups such as Oxfam" are Oxfam and more.
            preps = preps | {"as", "including"}
        for child in token.children:
            if child.dep_ == "prep" and child.lower_ in preps:
                for noun in child.children:
                    if child.lower_ == "in" and self._entry(noun.i, {"region"}) is None:
                        continue
                    whole = self.resolve(noun) if noun.dep_ == "pobj" else None
                    if whole is not None and not isinstance(whole, Unresolved):
                        # "Three of them": whom "them" stands for was named before the part.
                        return [Resolved(r.code, start, max(r.end, token.i + 1), f"part of: {r.why}") for r in whole]
        for index in range(token.i - 1, start - 1, -1):
            hit = self._at.get(index)
            entry = self._is.get(index)
            if hit is not None and entry is not None and entry.kind in _WHOLE_KINDS:
                words = self.doc.between(hit.start, hit.end)
                return [Resolved(entry.code, start, token.i + 1, f"part of {words!r}, {entry.code}")]
            if (
                hit is not None
                and entry is not None
                and entry.kind == "agent"
                and self.doc.tokens[hit.end - 1].pos_ == "NOUN"
            ):
                return self._agent(token, hit, entry, start, token.i + 1)
        owners, last = self._places_right(token)
        if owners and token.lemma_lower in {"force", "troop", "unit", "fighter"}:
            why = f"{token.text!r} of {owners[0]}"
            return [Resolved(compose(owner, "MIL"), start, max(last, token.i + 1), why) for owner in owners]
        for child in token.children:
            if child.dep_ in {"appos", "poss"}:
                beside = self.resolve(child)
                if not isinstance(beside, Unresolved):
                    return [Resolved(r.code, start, token.i + 1, f"part of: {r.why}") for r in beside]
        return None

    def _thing(self, token: Token, start: int, end: int) -> list[Resolved] | None:
        """A thing or a place that stands for whose it is: "Iranian tankers", "the rebels' base", "a village in Mali"."""
        noun = _noun_of(token)
        for verb in token.children:
            if verb.dep_ == "acl" and verb.tag_ == "VBN" and verb.lemma_lower in _MAKING:
                makers = [n for by in verb.children if by.lower_ == "by" for n in by.children if n.dep_ == "pobj"]
                for maker in makers:
                    beside = self.resolve(maker)
                    if not isinstance(beside, Unresolved):
                        why = f"{verb.text!r} by: "
                        return [Resolved(r.code, start, max(end, r.end), why + r.why) for r in beside]
        if noun not in _THINGS and noun not in _SITES:
            return None
        inside = self._inside(token, start)
        if inside is not None:
            return inside
        for child in token.children:
            if child.dep_ == "poss":
                beside = self.resolve(child)
                if not isinstance(beside, Unresolved):
                    return [Resolved(r.code, start, end, f"{token.text!r} is theirs: {r.why}") for r in beside]
        for index in range(token.i - 1, start - 1, -1):
            hit = self._at.get(index)
            entry = self._is.get(index)
            if hit is None or entry is None or hit.end > token.i:
                continue
            words = self.doc.between(hit.start, hit.end)
            if entry.kind == "agent":
                owned = self._agent(token, hit, entry, start, end)
                if noun not in _SITES and owned[0].code in self.gazetteer.roles:
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
                below = (
                    [c for p in child.children if p.dep_ == "prep" for c in p.children] if child.dep_ == "acl" else []
                )
                for inner in [*child.children, *below]:
                    whole = self.resolve(inner) if inner.dep_ == "pobj" else None
                    if whole is None or isinstance(whole, Unresolved):
                        continue
                    codes = [o for r in whole for o in (self._owner(r.code) if is_place else [r.code])]
                    if codes:
                        words = self.doc.between(child.i, whole[0].end)
                        last = max(end, whole[0].end)
                        return [Resolved(code, start, last, f"{token.text!r} {words!r}, {code}") for code in codes]
        return None

    def _inside(self, token: Token, start: int) -> list[Resolved] | None:
        """Who is in a thing or a place: "a train carrying pilgrims", "bases that house American troops"."""
        for verb in token.children:
            if verb.dep_ not in {"acl", "relcl"} or verb.lemma_lower not in _HOLDING or verb.tag_ == "VBN":
                continue
            for held in verb.children:
                people = self.resolve(held) if held.dep_ == "dobj" else None
                if people is not None and not isinstance(people, Unresolved):
                    return [Resolved(r.code, start, r.end, f"{token.text!r} {verb.text!r}: {r.why}") for r in people]
        return None

    def _unnamed_states(self, token: Token, start: int, end: int) -> list[Resolved] | None:
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
        words = self.doc.between(start, end)
        if token.tag_ == "NNS":
            return [Resolved(_STATES_TOGETHER, start, end, f"{words!r} are states that the text does not name")]
        is_some = any(c.lower_ in {"a", "an", "another", "one", "any", "third"} for c in token.children)
        return (
            [Resolved(_SOME_STATE, start, end, f"{words!r} is a state that the text does not name")]
            if is_some
            else None
        )

    def _only_country(self, token: Token, start: int, end: int) -> list[Resolved] | None:
        """ "The country", "the island" of a text that speaks of one country alone; "his country" is that of who has it."""
        if token.lower_ not in _COUNTRY_NOUNS:
            return None
        for child in token.children:
            if child.dep_ == "poss" and child.i < token.i:
                beside = self.resolve(child)
                owners = [] if isinstance(beside, Unresolved) else self._owner(beside[0].code)
                return [Resolved(owner, start, end, f"{token.text!r} of {child.text!r}, {owner}") for owner in owners]
        is_definite = any(c.lower_ in {"the", "this"} for c in token.children)
        is_bare = end - start <= 2
        if not is_definite or not is_bare or len(self._countries) != 1:
            return None
        country = next(iter(self._countries))
        return [Resolved(country, start, end, f"{token.text!r}: the text speaks of {country} alone")]

    def _named_with(self, token: Token, start: int, end: int) -> list[Resolved] | None:
        """A name that no table has, with the name of a country or a body in it: "the Estonian Research Council"."""
        if token.pos_ != "PROPN" or not token.text[:1].isupper():
            return None
        for index in range(start, token.i):
            hit = self._at.get(index)
            entry = self._is.get(index)
            if hit is None or entry is None or entry.kind in {"agent", "identity", "leader"}:
                continue
            code = entry.country if entry.kind in _PLACE_KINDS else entry.code
            return [Resolved(code, start, end, f"named with {self.doc.between(hit.start, hit.end)!r}, {code}")]
        return None

    def _former(self, token: Token, start: int, end: int) -> list[Resolved] | None:
        """A bare surname of somebody who has left office, if no other country had a leader of that name."""
        hit = self._at.get(token.i)
        if hit is None or token.pos_ != "PROPN" or hit.end - 1 != token.i:
            return None
        leaders = [entry for entry in hit.entries if entry.kind == "leader"]
        if not leaders or len({entry.country for entry in leaders}) > 1:
            return None
        before = [t.text for t in self.doc.tokens[start : hit.start] if t.pos_ == "PROPN" and t.i not in self._at]
        given = {entry.person.split()[0] for entry in leaders}
        if before and before[0] not in given | _FORMS_OF_ADDRESS:
            return None
        if not before and len(token.text) < _SHORT_SURNAME:
            ends = [(self.published - entry.end).days for entry in leaders if entry.end is not None]
            if not ends or min(ends) > _REMEMBERED_DAYS:
                return None
        code = leaders[0].country + "ELI"
        return [Resolved(code, start, end, f"{token.text!r} was a leader of {leaders[0].country}")]

    def _person(self, token: Token, start: int, end: int) -> list[Resolved] | None:
        """Somebody of whom the text gives the name alone: a civilian of the one country that it speaks of."""
        if token.pos_ != "PROPN" or not token.text[:1].isupper():
            return None
        if token.text in self._people:
            code = self._people[token.text]
            return [Resolved(code, start, end, f"{token.text!r} was named above, {code}")]
        first = token.i
        while first > start and self.doc.tokens[first - 1].pos_ == "PROPN" and first - 1 not in self._at:
            first -= 1
        run = [t.text for t in self.doc.tokens[first : token.i + 1]]
        is_addressed = len(run) > 1 and run[0] in _FORMS_OF_ADDRESS
        is_name = (
            len(run) > 1 and run[0] in self.gazetteer.given_names and token.text not in self.gazetteer.given_titles
        )
        is_human = any(
            c.dep_ == "relcl" and any(g.lower_ in {"who", "whom"} for g in c.children) for c in token.children
        )
        if not (is_addressed or is_name or is_human):
            return None
        country = next(iter(self._countries)) if len(self._countries) == 1 else self._home
        code = (country or "") + "CVL"
        self._people[token.text] = code
        where = f", in a text about {country}" if country else ""
        return [Resolved(code, start, end, f"{' '.join(run)!r} is a person of whom nothing else is said{where}")]

    def _titled(self, token: Token, start: int, end: int) -> list[Resolved] | None:
        """A person or body that no table knows, named with a title or an apposition that tells whom it belongs to."""
        if token.pos_ == "PROPN":
            speaker_for = self._speaker_for(start, token.i)
            if speaker_for is not None:
                return [Resolved(speaker_for[0], start, end, f"speaks for {speaker_for[1]!r}")]
        for index in range(token.i - 1, start - 1, -1):
            hit = self._at.get(index)
            if hit is None:
                continue
            entry = self._is.get(index)
            if entry is not None and entry.kind == "agent" and (token.pos_ == "PROPN" or token.ent_type_):
                owners = self._places_left(start, hit.start, token) or self._places_right(token)[0]
                words = self.doc.between(hit.start, hit.end)
                named = self._at.get(token.i)
                if not owners and named is not None:
                    # A surname known from another time ("President Obama" in a look back) tells the country.
                    owners = sorted({e.country for e in named.entries if e.kind == "leader"})[:1]
                if not owners:
                    title = self.doc.tokens[hit.end - 1].lemma_lower
                    remembered = self.memory.name(token) or self.memory.title(title, entry.code)
                    if remembered:
                        return [Resolved(remembered, start, end, f"{token.text!r} was {remembered} above")]
                    return [Resolved(entry.code, start, end, f"titled {words!r}")]
                return [Resolved(compose(o, entry.code), start, end, f"titled {words!r} of {o}") for o in owners]
            if entry is not None and entry.kind in {"leader"} and token.pos_ == "PROPN":
                return [Resolved(entry.code, start, end, f"{self.doc.between(hit.start, hit.end)!r} is {entry.code}")]
        for child in token.children:
            if child.dep_ == "appos" and child.i > token.i:
                beside = self.resolve(child)
                if not isinstance(beside, Unresolved):
                    return [Resolved(r.code, start, end, f"in apposition: {r.why}") for r in beside]
        if token.dep_ == "appos" and token.head.i < token.i and token.head.i in self._cache:
            beside = self._cache[token.head.i]
            if not isinstance(beside, Unresolved):
                return [Resolved(r.code, start, end, f"in apposition: {r.why}") for r in beside]
        return None

    def _speaker_for(self, start: int, stop: int) -> tuple[str, str] | None:
        """The body or government that a person before `stop` speaks for: "Kremlin spokesman", "Hamas leader"."""
        for index in range(stop - 1, start, -1):
            if self.doc.tokens[index].lemma_lower not in _SPEAKING:
                continue
            hit, entry = self._at.get(index - 1), self._is.get(index - 1)
            if hit is not None and entry is not None and entry.kind in {"government", "body", "organisation", "group"}:
                return entry.code, self.doc.between(hit.start, hit.end)
        return None

    def _remembered(self, token: Token, start: int, end: int) -> list[Resolved] | None:
        code = self.memory.name(token) or (self.memory.noun(token) if end - start <= 2 else None)
        return [Resolved(code, start, end, f"{token.text!r} was {code} above")] if code else None

    def _places_left(self, start: int, stop: int, token: Token) -> list[str]:
        """Codes of whom an agent belongs to, from the words before it: "Russian", "Germany's", "U.N.", "France and Spain's"."""
        owners: list[str] = []
        seen: set[tuple[int, int]] = set()
        index = stop - 1
        while index >= start:
            hit = self._at.get(index)
            if hit is not None and (hit.start, hit.end) not in seen:
                seen.add((hit.start, hit.end))
                entry = self._is.get(index)
                if entry is not None and entry.kind not in {"agent", "identity"} and not self._is_sponsor(hit):
                    owners.append(entry.country if entry.kind in _PLACE_KINDS | {"leader"} else entry.code)
                index = hit.start
            index -= 1
        if not owners:
            for child in token.children:
                if child.dep_ == "poss" and child.i < token.i:
                    if child.lower_ in _PRONOUNS:
                        if child.lower_ == "whose":
                            return self._antecedent(child)
                        known = self.memory.pronoun(child)
                        return self._owner(known[0]) if known else []
                    beside = self.resolve(child)
                    if not isinstance(beside, Unresolved):
                        return self._owner(beside[0].code)
            return []
        is_joined = len(owners) > 1 and any(t.lower_ in _JOINING for t in self.doc.tokens[start:stop])
        return list(dict.fromkeys(reversed(owners))) if is_joined else [owners[0]]

    def _is_sponsor(self, hit: Hit) -> bool:
        """True for the country of "Iran-backed militias" and "pro-Iranian militias": they are not that country's own."""
        after = self.doc.between(hit.end, hit.end + 2).lower()
        before = self.doc.between(max(0, hit.start - 2), hit.start).lower()
        return after.removeprefix("-") in _SPONSORED or before in {"pro-", "anti-"} or after in _SPONSORED

    def _antecedent(self, relative: Token) -> list[str]:
        """Whom "whose" stands for: the noun that its relative clause belongs to."""
        verb = relative
        while verb.dep_ != "relcl" and verb.head != verb:
            verb = verb.head
        found = self.resolve(verb.head) if verb.dep_ == "relcl" else None
        return self._owner(found[0].code) if found is not None and not isinstance(found, Unresolved) else []

    def _places_right(self, token: Token) -> tuple[list[str], int]:
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
                    t
                    for p in child.children
                    if p.dep_ == "prep"
                    for c in p.children
                    if c.dep_ == "pobj"
                    for t in expand(c)
                ]
            elif child.dep_ == "appos":
                entry = self._entry(child.i, {"leader"})
                if entry is not None:
                    return [entry.country], 0
        owners: list[str] = []
        end = 0
        for noun in nouns:
            entry = self._entry(noun.i, _OWNING_KINDS)
            if entry is not None:
                owners.append(entry.country if entry.kind in _PLACE_KINDS else entry.code)
                end = max(end, self.phrase(noun)[1])
                continue
            if noun.pos_ in {"NOUN", "PROPN"}:
                found = self.resolve(noun)
                if not isinstance(found, Unresolved) and len(found[0].code) > 3:
                    owners += self._owner(found[0].code)
                    end = max(end, found[0].end)
        return list(dict.fromkeys(owners)), end

    def _owner(self, code: str) -> list[str]:
        """Whom a code that owns another one brings in: its country, the whole of an organisation; nothing from a role."""
        if code.startswith(_INTERNATIONAL):
            return [code]
        return [] if code[:3] in self.gazetteer.roles else [code[:3]]

    def _entry(self, index: int, kinds: set[str]) -> Entry | None:
        entry = self._is.get(index)
        return entry if entry is not None and entry.kind in kinds else None

    def phrase(self, token: Token) -> tuple[int, int]:
        """Tokens of the noun phrase headed by a token: its modifiers before it and the name that goes on behind it."""
        if token.i not in self._phrases:
            self._phrases[token.i] = self._phrase(token)
        return self._phrases[token.i]

    def _phrase(self, token: Token) -> tuple[int, int]:
        tokens, own = self.doc.tokens, token.i
        start = own
        for child in token.children:
            if child.i < own and child.dep_ in _BEFORE_NOUNS:
                start = min(start, child.left_edge.i if child.children else child.i)
        start = max(start, own - _MAX_LEFT)
        for index in range(own - 1, start, -1):
            if tokens[index].text in _DASHES and tokens[index - 1].whitespace_:
                # "BRASILIA - Peru": what stands before the dash is a dateline.
                start = index + 1
                break
        while start < own and (tokens[start].is_space or tokens[start].is_punct):
            start += 1
        hit = self._at.get(own)
        if hit is None:
            return start, own + 1
        return min(start, hit.start), max(own + 1, hit.end)


_BEFORE_NOUNS = frozenset("det amod compound nmod poss nummod quantmod advmod punct case neg".split())
_DASHES = frozenset({"-", "--", ":"})


def _is_count(token: Token) -> bool:
    """True for the number of "11 of the prisoners" and "three of its soldiers"."""
    return token.pos_ == "NUM" and any(child.dep_ == "prep" and child.lower_ == "of" for child in token.children)


def _noun_of(token: Token) -> str:
    """The lemma; the tagger makes "bases" the plural of "basis"."""
    return "base" if token.lower_ == "bases" else token.lemma_lower


def compose(owner: str, roles: str) -> str:
    """The code of an agent that belongs to somebody: KOR and GOV give KORGOV; an organisation's chief is itself."""
    if owner.startswith(_INTERNATIONAL):
        if roles.startswith(_INTERNATIONAL):
            # "The UN's aid agency" is the UN's, not a charity.
            return owner if owner.endswith(roles[3:]) else owner + roles[3:]
        return owner if roles in {"GOV", "MED", "BUS", "CVL"} or owner.endswith(roles) else owner + roles
    if len(owner) > 3:
        return owner
    if roles.startswith(_INTERNATIONAL):
        return owner + roles[3:] if len(roles) > 3 else owner
    return owner + roles


def _home(countries: Counter[str]) -> str | None:
    """The country that an article is mostly about: three mentions or more, and twice those of the next; else none."""
    ranked = sorted(countries.items(), key=lambda pair: (-pair[1], pair[0]))
    if not ranked or ranked[0][1] < 3 or (len(ranked) > 1 and ranked[0][1] < 2 * ranked[1][1]):
        return None
    return ranked[0][0]


_NAMING = frozenset({"nsubj", "nsubjpass", "pobj"})


def note_subjects(sentence: Span, resolver: Resolver) -> None:
    """Resolve the subjects of a sentence first: later clauses refer back to them by pronoun."""
    for token in sentence:
        if token.dep_ in _NAMING and token.pos_ in {"PROPN", "NOUN"}:
            if token.dep_ == "pobj" and token.head.dep_ != "agent":
                continue
            found = resolver.resolve(token)
            if not isinstance(found, Unresolved):
                resolver.memory.note_subject(token, found[0].code, resolver.country_at(token) is not None)
