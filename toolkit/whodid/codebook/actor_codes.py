"""The grammar of composed actor codes: three-letter groups from general to specific, each valid in its position."""

from __future__ import annotations

from dataclasses import dataclass

from whodid.codebook.model import Codebook

INTERNATIONAL = ("IGO", "IMG", "MNC", "NGO", "NGM")
ALONE = ("INT", "UIS")
GROUP_LENGTH = 3


@dataclass(frozen=True, slots=True)
class ActorParts:
    """What an actor code says, group by group. kind is domestic, international, region, identity or role.

    country is a CAMEO country code or None; roles, identities (ethnic and religious groups) and organisations keep the
    order in which they stand.
    """

    kind: str
    country: str | None = None
    region: str | None = None
    roles: tuple[str, ...] = ()
    identities: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class InvalidActor:
    """Why a code is not a valid actor code, and what would put it right."""

    reason: str
    fix: str


class ActorCodes:
    """Which three-letter groups a codebook knows, in which position; built once, asked for each code.

    Source: CAMEO manual 1.1b3, chapter 3. A group's meaning depends on what came before it: SLV is El Salvador in
    front and Slavic religion nowhere; MED is the media as a role. Ethnic codes are lower case.
    """

    def __init__(self, codebook: Codebook) -> None:
        states = [c for c in codebook.countries if c.status != "subregion"]
        self.countries = {c.code: c.name for c in states}
        self.variants = {c.code: c.note for c in states if c.status == "variant"}
        self.subregions = {c.code: c.name for c in codebook.countries if c.status == "subregion"}
        self.iso_to_cameo = {c.iso3: c.code for c in states if c.iso3 and c.status != "variant" and c.iso3 != c.code}
        # The manual has Kosovo only as a part of Serbia; the other countries are parts of none.
        self.within = {c.code for c in states if c.status == "extension"}
        self.regions = {g.code: g.name for g in codebook.regions}
        self.roles = {r.code: r.label for r in codebook.roles}
        self.identities = {g.code: g.name for g in (*codebook.religions, *codebook.ethnicities)}
        named = (*codebook.bodies, *codebook.organisations, *codebook.groups)
        self.named = {actor.code: actor.name for actor in named}
        known = {*self.countries, *self.subregions, *self.regions, *self.roles, *self.identities}
        self.organisations = {g for code in self.named for g in groups(code)[1:] if g not in known}

    def parse(self, code: str) -> ActorParts | InvalidActor:
        """The parts of an actor code, or the reason why it is not valid."""
        if not code:
            return InvalidActor("The actor code is empty.", "Give a code, or set the row aside as not codable.")
        if len(code) % GROUP_LENGTH:
            reason = f"The actor code {code!r} has {len(code)} characters, which is no multiple of three."
            return InvalidActor(reason, "Compose it of three-letter groups, such as KOR + GOV.")
        first, *rest = groups(code)
        if first in ALONE:
            if rest:
                return InvalidActor(f"{first} stands alone, but {code!r} goes on.", f"Write {first}.")
            return ActorParts("international", roles=(first,))
        if first in INTERNATIONAL:
            return self._rest(code, rest, ActorParts("international", roles=(first,)))
        if first in self.countries:
            return self._rest(code, rest, ActorParts("domestic", country=first))
        if first in self.subregions:
            return self._rest(code, rest, ActorParts("domestic", region=first))
        if first in self.regions:
            return self._rest(code, rest, ActorParts("region", region=first))
        if first in self.roles:
            return self._rest(code, rest, ActorParts("role", roles=(first,)))
        if first in self.identities:
            return self._rest(code, rest, ActorParts("identity", identities=(first,)))
        return InvalidActor(f"{first!r} (in {code!r}) is no country, region, role or group.", self._suggest(first))

    def _rest(self, code: str, rest: list[str], parts: ActorParts) -> ActorParts | InvalidActor:
        country, region = parts.country, parts.region
        roles, identities, organisations = list(parts.roles), list(parts.identities), list(parts.organisations)
        for position, group in enumerate(rest, start=1):
            is_place = position == 1 or (parts.kind == "international" and not organisations)
            previous = ([*groups(code)][position - 1]) if position else ""
            if group == "PTY":
                if previous not in {"GOV", "OPP"}:
                    reason = f"PTY in {code!r} follows {previous}; a party follows GOV or OPP."
                    return InvalidActor(reason, "Write GOVPTY or OPPPTY.")
                roles.append(group)
            elif parts.kind == "international" and is_place and country is None and group in self.countries:
                country = group
            elif is_place and region is None and (group in self.regions or group in self.subregions):
                region = group
            elif group in self.roles:
                roles.append(group)
            elif group in self.identities:
                identities.append(group)
            elif group in self.organisations or code in self.named:
                organisations.append(group)
            elif group in self.within and is_place and region is None and parts.kind == "domestic":
                # A place inside a country that is also coded as a country of its own: SRBKSV.
                region = group
            else:
                reason = f"{group!r} (in {code!r}) is no role, identity or organisation that can stand there."
                return InvalidActor(reason, self._suggest(group))
        return ActorParts(parts.kind, country, region, tuple(roles), tuple(identities), tuple(organisations))

    def _suggest(self, group: str) -> str:
        if group in self.iso_to_cameo:
            return f"{group} is the ISO code; the codebook's is {self.iso_to_cameo[group]!r}."
        if group != group.upper() and (group.upper() in self.countries or group.upper() in self.roles):
            return f"Codes are in capitals: did you mean {group.upper()!r}?"
        if group in self.countries:
            return f"{group} is a country, which stands in front, or after IGO, IMG, MNC, NGO or NGM."
        near = _nearest(group, (*self.countries, *self.roles))
        hint = f"Did you mean {near!r}? " if near else ""
        return f"{hint}Correct it, or add the code to codebook/actors with its source."


def groups(code: str) -> list[str]:
    """The three-letter groups of a code: ["KOR", "GOV"]."""
    return [code[i : i + GROUP_LENGTH] for i in range(0, len(code), GROUP_LENGTH)]


def _nearest(group: str, known: tuple[str, ...]) -> str | None:
    """The known code that shares most letters in place with a mistyped one, if it shares two."""
    scored = [(sum(a == b for a, b in zip(group, code, strict=False)), code) for code in known]
    best = max(scored, key=lambda pair: (pair[0], pair[1]), default=(0, ""))
    return best[1] if best[0] >= 2 else None
