"""Finding known words: the names, adjectives, capitals, leaders and role nouns of a codebook, in the tokens of a text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple

from whodid.codebook.model import Codebook
from whodid.coder.given_names import GIVEN_NAMES
from whodid.coder.parsed import Doc, Token
from whodid.coder.patterns import lemma_of

Kind = Literal[
    "country",
    "adjective",
    "demonym",
    "capital",
    "government",
    "body",
    "organisation",
    "group",
    "leader",
    "agent",
    "region",
    "city",
    "identity",
]

# A later office of the same person beats an earlier one, and a country's name beats a city of the same name.
_FORMER = "ELI"
_LASTING = {"body", "organisation", "group"}
# First words of leaders' names that are no given names.
_TITLES = frozenset(
    "Abu Archbishop Ayatollah Bin Cardinal Crown Dalai De El Emir Emperor General Grand Haji Imam King Lama Mullah Pope "
    "Prince Princess Queen San Sheikh Shah Sultan Te The Van Von".split()
)
# Last words of names that are no person's: "Jordan River", "Martin Company".
_NO_SURNAMES = frozenset(
    "Academy Act Agency Airlines Airport Association Avenue Bank Bay Beach Board Bridge Bureau Center Centre City Club "
    "College Commission Committee Company Conference Corp Corp. Council County Court Creek Department District Factory "
    "Falls Forest Foundation Group Hall Hills Hospital Hotel Inc Inc. Institute Island Islands Lake League Ltd Ltd. "
    "Mountain Mountains Museum Office Park Party Peninsula Plan Plant Port Prison Province Region Republic River Road "
    "School Sea Square Stadium State States Station Street Tower Town Treaty Union University Valley Village".split()
)


@dataclass(frozen=True, slots=True)
class Entry:
    """What some words stand for: a code, or roles only (agents), for a time."""

    kind: Kind
    code: str
    words: str
    start: date | None = None
    end: date | None = None
    country: str = ""
    person: str = ""

    def holds_on(self, day: date) -> bool:
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)


class Hit(NamedTuple):
    """An entry found at tokens start..end (half open)."""

    start: int
    end: int
    entries: tuple[Entry, ...]

    def on(self, day: date) -> Entry | None:
        """The entry that holds on a day. A leader out of office is one of the country's elite; others must hold."""
        now = [entry for entry in self.entries if entry.holds_on(day)]
        if len(now) == 1:
            return now[0]
        if now:
            return min(now, key=lambda e: (_RANK[e.kind], -(e.start or date.min).toordinal(), e.code))
        leaders = [entry for entry in self.entries if entry.kind == "leader"]
        if leaders and self.end - self.start > 1:
            nearest = min(leaders, key=lambda e: (_distance(e, day), e.code))
            return Entry("leader", nearest.country + _FORMER, nearest.words, country=nearest.country)
        # A body or group that is gone, or not yet there, is still nobody else; a country's short name may be another's.
        is_long = self.end - self.start > 1
        lasting = [e for e in self.entries if e.kind in _LASTING or (is_long and e.kind == "country")]
        if lasting and len({e.code[:3] for e in self.entries}) == 1:
            return min(lasting, key=lambda e: (_distance(e, day), e.code))
        return None

    @property
    def kinds(self) -> set[str]:
        return {entry.kind for entry in self.entries}


_RANK: dict[str, int] = {
    "government": 0,
    "country": 1,
    "leader": 2,
    "body": 3,
    "organisation": 4,
    "group": 5,
    "adjective": 6,
    "demonym": 7,
    "capital": 8,
    "city": 9,
    "agent": 10,
    "identity": 11,
    "region": 12,
}


def _distance(entry: Entry, day: date) -> int:
    if entry.end is not None and day > entry.end:
        return (day - entry.end).days
    return (entry.start - day).days if entry.start is not None else 0


# The tokens of a name, and what it stands for.
_Named = tuple[tuple[str, ...], tuple[Entry, ...]]
_NONE: dict[str, list[_Named]] = {}


class Gazetteer:
    """All words of a codebook's actor tables, found by their first tokens; longest match wins."""

    def __init__(
        self,
        codebook: Codebook,
        names: Mapping[str, Sequence[Entry]],
        cities: Iterable[tuple[str, str]],
        tokens: Mapping[str, tuple[str, ...]],
    ) -> None:
        """names: names_of(codebook). cities: names and countries. tokens: those of each name that is not simply its words."""
        # By the first word of a name: how many words such names have, longest first, and what each of them stands for.
        self._names: dict[str, tuple[list[int], dict[tuple[str, ...], tuple[Entry, ...]]]] = {}
        # By the first token and the second one ("" for nouns of one token).
        self._agents: dict[str, dict[str, list[_Named]]] = {}
        places = {city: [Entry("city", code, city, country=code)] for city, code in cities if city not in names}
        for words, entries in (*names.items(), *places.items()):
            key = tokens[words] if words in tokens else tuple(words.split(" "))
            if key:
                # Two spellings that are the same tokens: the first in the order of the tables counts.
                self._names.setdefault(key[0], ([], {}))[1].setdefault(key, tuple(entries))
        for agent in codebook.agents:
            for noun in _agent_forms(agent.noun):
                entry = Entry("agent", agent.roles, agent.noun)
                key = tuple(noun.replace("-", " - ").split())
                _file(self._agents, key, (entry,))
        self.roles = frozenset(role.code for role in codebook.roles if role.code not in {"INT", "UIS"})
        self.agent_nouns = frozenset(agent.noun.lower() for agent in codebook.agents)
        given = {leader.name.split()[0] for leader in codebook.leaders if " " in leader.name}
        self.given_names = frozenset(
            name
            for name in (given | GIVEN_NAMES) - _TITLES
            if len(name) > 2 and name not in names and name not in places and name.lower() not in self.agent_nouns
        )
        self.given_titles = _NO_SURNAMES
        for lengths, entries_of in self._names.values():
            lengths += sorted({len(key) for key in entries_of}, reverse=True)
        for seconds in self._agents.values():
            for found in seconds.values():
                found.sort(key=lambda pair: (-len(pair[0]), pair[0]))

    def is_agent(self, words: str) -> bool:
        """True if some words are an agent noun too: "Senate" names one body, but every senate is one."""
        return words.lower() in self.agent_nouns

    def named(self) -> Iterator[_Named]:
        """Each name, as its tokens, and what it stands for."""
        for _, entries_of in self._names.values():
            yield from entries_of.items()

    def agents(self) -> Iterator[_Named]:
        """Each agent noun, as its tokens, and what it stands for; of several with one noun, in the order in which they count."""
        for seconds in self._agents.values():
            for found in seconds.values():
                yield from found

    def find(self, doc: Doc) -> list[Hit]:
        """The hits in a text from left to right: names first, longest first, without overlap; then agent nouns."""
        texts = doc.words
        hits: list[Hit] = []
        taken = [False] * len(texts)
        names, nouns = self._names, self._agents
        for start in [i for i, text in enumerate(texts) if text in names]:
            if taken[start]:
                continue
            lengths, entries_of = names[texts[start]]
            for length in lengths:
                end = start + length
                # At the end of a text fewer words are left, which may be a shorter name: its own length comes later.
                entries = entries_of.get(tuple(texts[start:end])) if end <= len(texts) else None
                if entries is not None and not self._goes_on(texts, start, end, entries):
                    hits.append(Hit(start, end, entries))
                    taken[start:end] = [True] * length
                    break
        lowers = [token.lower_ for token in doc.tokens]
        # "Rebels" at the head of a sentence is tagged as a name.
        lemmas = [token.lemma_lower if token.tag_ != "NNPS" else lemma_of(token) for token in doc.tokens]
        for start, (lower, lemma) in enumerate(zip(lowers, lemmas, strict=True)):
            if (lower not in nouns and lemma not in nouns) or taken[start]:
                continue
            seconds = nouns.get(lower)
            if seconds is not None and lower == lemma and len(seconds) == 1 and "" in seconds:
                # One word that begins nothing longer, as most nouns are.
                hits.append(Hit(start, start + 1, seconds[""][0][1]))
                taken[start] = True
                continue
            forms_here = (lower,) if lower == lemma else (lower, lemma)
            forms_next = dict.fromkeys((*lowers[start + 1 : start + 2], *lemmas[start + 1 : start + 2], ""))
            for key, entries in (
                named
                for second in forms_next
                for first in forms_here
                for named in nouns.get(first, _NONE).get(second, ())
            ):
                end = start + len(key)
                if end > len(texts) or any(taken[start:end]):
                    continue
                if all(w in (lo, le) for w, lo, le in zip(key, lowers[start:end], lemmas[start:end], strict=True)):
                    hits.append(Hit(start, end, entries))
                    taken[start:end] = [True] * len(key)
                    break
        return sorted(hits, key=lambda hit: hit.start)

    def _goes_on(self, texts: Sequence[str], start: int, end: int, entries: tuple[Entry, ...]) -> bool:
        """True for the "President Moon" of "President Moon Jae-in": a longer name of a leader begins inside."""
        if any(entry.kind != "leader" for entry in entries):
            return False
        for inner in range(start + 1, end):
            lengths, entries_of = self._names.get(texts[inner], ([], {}))
            for length in lengths:
                longer = entries_of.get(tuple(texts[inner : inner + length])) if inner + length > end else None
                if longer is not None and all(entry.kind == "leader" for entry in longer):
                    return True
        return False


def _file(table: dict[str, dict[str, list[_Named]]], key: tuple[str, ...], entries: tuple[Entry, ...]) -> None:
    table.setdefault(key[0], {}).setdefault(key[1] if len(key) > 1 else "", []).append((key, entries))


def _agent_forms(noun: str) -> set[str]:
    return {noun.lower()}


def names_of(codebook: Codebook) -> dict[str, list[Entry]]:
    """Each name of a codebook's actor tables, in their order, and what it stands for."""
    names: dict[str, list[Entry]] = {}
    for words, entry in _entries(codebook):
        names.setdefault(words, []).append(entry)
    return names


def _entries(codebook: Codebook) -> Iterable[tuple[str, Entry]]:
    for country in codebook.countries:
        if country.status == "variant":
            continue
        span = (country.valid_from, country.valid_to)
        named: Sequence[tuple[Kind, str, Sequence[str]]] = (
            ("country", country.code, (country.name, *country.aliases)),
            ("adjective", country.code, country.adjectives),
            ("demonym", country.code, country.demonyms),
            ("capital", country.code + "GOV", country.capital),
            ("government", country.code + "GOV", country.government_words),
        )
        for kind, code, words in named:
            for word in words:
                yield word, Entry(kind, code, word, *span, country=country.code)
    for kind, table in (
        ("body", codebook.bodies),
        ("organisation", codebook.organisations),
        ("group", codebook.groups),
    ):
        for actor in table:
            for word in (actor.name, *actor.aliases):
                yield word, Entry(kind, actor.code, word, actor.valid_from, actor.valid_to, actor.code[:3])
    for leader in codebook.leaders:
        code = leader.country + leader.roles
        for word in (leader.name, *leader.aliases):
            yield word, Entry("leader", code, word, leader.start, leader.end, leader.country, leader.name)
    for region in codebook.regions:
        for word in (region.name, *region.aliases):
            yield word, Entry("region", region.code, word)
    for group in (*codebook.ethnicities, *codebook.religions):
        for word in (group.name, *group.aliases):
            yield word, Entry("identity", group.code, word)


def is_capitalised(token: Token) -> bool:
    return bool(token.text[:1].isupper())
