"""Codes for people who type: what fits some letters, what a code means, and what is wrong with one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from whodid.codebook.actor_codes import ActorCodes, ActorParts, groups
from whodid.codebook.look_up import ActionSearch, nearest_codes
from whodid.codebook.model import Codebook
from whodid.coder.composed_codes import compose
from whodid.coder.explain_json import ActorLabels

LIMIT = 8
# What people most often look for behind a country.
_COMMON_ROLES = ("GOV", "MIL", "OPP", "LEG")


@dataclass(frozen=True, slots=True)
class CodeOffer:
    """A code to choose, what it means in a few words, its definition, and why it is offered ("" if it was searched)."""

    code: str
    label: str
    definition: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class _Named:
    words: str  # All names, in small letters, each behind a line break, so that " x" is a word inside one.
    code: str
    kind: str
    name: str
    start: date | None = None
    end: date | None = None


class CodeDesk:
    """Looks codes of one codebook up, while somebody types."""

    def __init__(self, codebook: Codebook) -> None:
        self.codebook = codebook
        self._grammar = ActorCodes(codebook)
        self._labels = ActorLabels(codebook)
        self._search = ActionSearch(codebook)
        self._places = [
            _named(c.code, "country", c.name, (*c.aliases, *c.adjectives, *c.demonyms, *c.capital))
            for c in codebook.countries
            if c.status != "variant"
        ]
        self._places += [_named(r.code, "region", r.name, r.aliases) for r in codebook.regions]
        self._place_codes = {place.code for place in self._places}
        self._actors = [
            *self._places,
            *(
                _named(a.code, a.kind or kind, a.name, a.aliases, a.valid_from, a.valid_to)
                for kind, table in (
                    ("body", codebook.bodies),
                    ("organisation", codebook.organisations),
                    ("group", codebook.groups),
                )
                for a in table
            ),
            *(
                _named(x.country + x.roles, x.office, x.name, x.aliases, x.start, x.end)
                for x in codebook.leaders
                if x.roles or x.country.startswith(("IGO", "NGO", "IMG"))
            ),
            *(_named(g.code, "group", g.name, g.aliases) for g in (*codebook.religions, *codebook.ethnicities)),
        ]
        self._roles = [
            *(_named(r.code, "role", r.label, (r.code,)) for r in codebook.roles),
            *(_named(a.roles, "role", a.noun, ()) for a in codebook.agents),
        ]

    def action_label(self, code: str) -> str:
        """The label of an action; empty for a code that the codebook does not have."""
        action = self.codebook.actions.get(code)
        return action.label if action else ""

    def actor_label(self, code: str) -> str:
        """What an actor code means, in words; empty for a code that is not valid."""
        return self._labels.of(code) or ""

    def wrong_action(self, code: str) -> str | None:
        """Why a code is no action, with the fix; None if it is one."""
        if not code:
            return "Choose what was done: type a word or a code."
        if code in self.codebook.actions:
            return None
        near = nearest_codes(self.codebook, code)
        fix = f"Did you mean {', '.join(near)}?" if near else "Type a word to find codes."
        return f"{code!r} is not in the codebook. {fix}"

    def wrong_actor(self, code: str) -> str | None:
        """Why a code is no actor, with the fix; None if it is one."""
        if not code:
            return "Choose who it is: type a name or a code."
        codes = self._grammar
        parts = codes.parse(code)
        if not isinstance(parts, ActorParts):
            return f"{parts.reason} {parts.fix}"
        # `whodid validate` finds fault with other schemes' codes of countries: they must not be typed in here.
        variant = next((g for g in groups(code) if g in codes.variants and g in (parts.country, parts.region)), None)
        if variant is None:
            return None
        own = codes.iso_to_cameo.get(variant)
        fix = f"Write {code.replace(variant, own, 1)!r}." if own else "Write the codebook's own code."
        return f"{variant!r} is a variant of a country code: {codes.variants[variant]}. {fix}"

    def offer_action(self, code: str, why: str = "") -> CodeOffer:
        """An action with its label and definition."""
        action = self.codebook.actions[code]
        return CodeOffer(code, action.label, " ".join(action.definition.split()), why)

    def offer_actor(self, code: str, why: str = "") -> CodeOffer:
        """An actor with what its code means."""
        return CodeOffer(code, self.actor_label(code), "", why)

    def actions(self, query: str, limit: int = LIMIT) -> list[CodeOffer]:
        """Actions that fit what was typed so far, best first; the roots for nothing."""
        if not query.strip():
            return [self.offer_action(code) for code in self.codebook.actions if len(code) == 2]
        found = [action.code for action, _ in self._search.find(query, limit)]
        if len(found) < limit:
            found += [code for code in self._begun(query) if code not in found]
        return [self.offer_action(code) for code in found[:limit]]

    def _begun(self, query: str) -> list[str]:
        """Codes whose label, or else definition, has words that begin with what was typed."""
        begun = re.findall(r"[^\W\d_]+", query.lower())
        if not begun:
            return []
        in_label, in_rest = [], []
        for code, action in self.codebook.actions.items():
            label, rest = f" {action.label.lower()}", f" {action.definition.lower()} {action.use.lower()}"
            if all(_begins(word, label) for word in begun):
                in_label.append(code)
            elif all(_begins(word, label) or _begins(word, rest) for word in begun):
                in_rest.append(code)
        return [*sorted(in_label), *sorted(in_rest)]

    def actors(self, query: str, on: date, limit: int = LIMIT) -> list[CodeOffer]:
        """Actors that fit what was typed so far, best first: a code, a name that holds on a day, or "russian envoy"."""
        typed = query.strip()
        words = re.findall(r"[^\W_]+", typed.lower())
        if not words:
            return []
        found: dict[str, CodeOffer] = {}
        for code in dict.fromkeys((typed, typed.upper())):
            if self.wrong_actor(code) is None:
                found.setdefault(code, self.offer_actor(code))
        places = _best(self._places, words, on)
        for place in places[:1]:
            if _is_whole(place, words):
                for code in (place.code, *(compose(place.code, role) for role in _COMMON_ROLES)):
                    if self.wrong_actor(code) is None:
                        found.setdefault(code, self.offer_actor(code))
                break
        else:
            for code in self._completed(typed.upper()):
                found.setdefault(code, self.offer_actor(code))
        named = sorted([*_ranked(self._roles, words, on), *_ranked(self._actors, words, on)], key=lambda one: one[0])
        for rank, one in named:
            if rank < 2:
                self._add(found, one)
        for code in self._composed(words, on):
            found.setdefault(code, self.offer_actor(code))
        for _, one in named:
            self._add(found, one)
        return list(found.values())[:limit]

    def _add(self, found: dict[str, CodeOffer], named: _Named) -> None:
        if named.code not in found and self.wrong_actor(named.code) is None:
            said = f"{named.name} ({named.kind})" if named.kind not in {"country", "region", "role"} else ""
            found[named.code] = CodeOffer(named.code, self.actor_label(named.code), said)

    def _completed(self, begun: str) -> Iterable[str]:
        """Codes that begin with what was typed: a country with its commonest roles, "KORG" as KORGOV, "IGOU" as IGOUNO."""
        if not re.fullmatch("[A-Z]{3,}", begun):
            return
        head, rest = begun[:3], begun[3:]
        if head in self._place_codes and len(rest) < 3:
            roles = dict.fromkeys([*_COMMON_ROLES, *(role.code for role in self.codebook.roles)])
            offered = [role for role in roles if role.startswith(rest)] if rest else list(_COMMON_ROLES)
            yield from (code for code in (compose(head, role) for role in offered) if self.wrong_actor(code) is None)
        elif rest:
            yield from sorted({one.code for one in self._actors if one.code.startswith(begun)} - {begun})

    def _composed(self, words: list[str], on: date) -> Iterable[str]:
        for cut in range(len(words) - 1, 0, -1):
            roles = _best(self._roles, words[cut:], on)[:4]
            for place in _best(self._places, words[:cut], on)[:2] if roles else ():
                for role in roles:
                    code = compose(place.code, role.code)
                    if self.wrong_actor(code) is None:
                        yield code


def _named(
    code: str, kind: str, name: str, others: Iterable[str], start: date | None = None, end: date | None = None
) -> _Named:
    names = dict.fromkeys(n.lower() for n in (name, *others))
    words = ["".join(f" {word}" for word in re.findall(r"[^\W_]+", n)) for n in names]
    return _Named("\n".join(["", *words, ""]), code, kind, name, start, end)


def _best(table: Iterable[_Named], words: list[str], on: date) -> list[_Named]:
    return [named for _, named in _ranked(table, words, on)]


def _ranked(table: Iterable[_Named], words: list[str], on: date) -> list[tuple[int, _Named]]:
    """The entries all of whose words were begun: first (0) those with just that name, then (1) those that start so."""
    typed = "\n " + " ".join(words)
    scored = []
    for number, named in enumerate(table):
        if not all(_begins(word, named.words) for word in words):
            continue
        if (named.start and on < named.start) or (named.end and on > named.end):
            continue
        rank = 0 if typed + "\n" in named.words else 1 if typed in named.words else 2
        scored.append((rank, len(named.name), number, named))
    return [(rank, named) for rank, _, _, named in sorted(scored, key=lambda one: one[:3])]


def _is_whole(named: _Named, words: list[str]) -> bool:
    return f"\n {' '.join(words)}\n" in named.words


def _begins(word: str, text: str) -> bool:
    return f" {word}" in text
