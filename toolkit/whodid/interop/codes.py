"""Foreign codes and words as the codebook's: actions that lost a zero, ISO countries, sectors in words."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from functools import lru_cache

from whodid.codebook.actor_codes import INTERNATIONAL, ActorCodes, ActorParts, groups
from whodid.codebook.model import ActorWords, Codebook, NamedActor
from whodid.interop.cells import day_in, given, parts
from whodid.interop.formats import Unusable, the_four

_WHOLE = re.compile(r"(?:[A-Za-z0-9]{3})+")
_SIDES = {"actor": "missing-actor", "target": "missing-target"}


class Codes:
    """What a conversion asks the codebook, answered once for each code that occurs."""

    def __init__(self, codebook: Codebook) -> None:
        self.codebook = codebook
        self._actors = ActorCodes(codebook)
        self.action = lru_cache(maxsize=None)(self._action)
        self.actor = lru_cache(maxsize=None)(self._actor)
        self.country = lru_cache(maxsize=None)(self._country)
        self._words: dict[tuple[str, str, str], ActorWords] = {
            (w.scheme, w.kind, w.words): w for w in codebook.actor_words
        }
        current = [c for c in codebook.countries if c.status in {"current", "extension"}]
        self._by_name = {name: c.code for c in reversed(current) for name in (c.name, *c.aliases)}
        # Of today's countries only: DEU is Germany, although West Germany (GMW) once had that ISO code too.
        self._iso = {c.iso3: c.code for c in current if c.iso3}
        # ISO's letters that mean nothing else in the codebook: ROU, TLS, MNE, IMN; not SUN, which is also the Sunnis'.
        taken = {*self._actors.roles, *self._actors.identities, *self._actors.regions, *self._actors.subregions}
        taken |= {c.code for c in codebook.countries if c.status != "variant"}
        self._not_ours = {iso: code for iso, code in self._iso.items() if iso != code and iso not in taken}
        self._organisations: dict[str, list[NamedActor]] = {}
        for organisation in codebook.organisations:
            for name in (organisation.name, *organisation.aliases):
                self._organisations.setdefault(name, []).append(organisation)
        self._events = {p.event for p in codebook.plover}

    def _action(self, cell: str, root: str = "", label: str = "") -> str | Unusable:
        """The CAMEO code that a cell holds, with its leading zero.

        Spreadsheets and R read 010 as the number 10, which is a root of its own. root (the number of the root in a column
        beside it) or label (the printed name of the code) say which is meant; where both readings or none fit, the
        row is refused.
        """
        code = given(cell)
        if code is None:
            return Unusable("missing-action", "The row has no action code.", "It cannot be coded without one.")
        if not code.isdigit() or len(code) > 4:
            fix = "Action codes have two to four digits."
            return Unusable("bad-action", f"{code!r} is no CAMEO code.", fix, "action", code)
        candidates = [c for c in (code, f"0{code}") if c in self.codebook.actions]
        number = given(root)
        if number is not None:
            return self._by_root(code, number, candidates)
        if code.startswith("0"):
            return code if code in candidates else self._unknown_action(code)
        named = [c for c in candidates if self.codebook.actions[c].label.casefold() == label.strip().casefold()]
        if len(named) == 1:
            return named[0]
        if len(candidates) == 1 and candidates[0] == code:
            return code
        if not candidates:
            return self._unknown_action(code)
        listed = " or ".join(repr(c) for c in candidates)
        message = f"{code!r} may have lost a leading zero: it could be {listed}, and nothing else in the row says so."
        return Unusable("ambiguous-action", message, "Read the original with codes as text.", "action", code)

    def _by_root(self, code: str, number: str, candidates: list[str]) -> str | Unusable:
        if not re.fullmatch(r"\d{1,2}(?:\.0)?", number):
            return Unusable("bad-root", f"{number!r} is no root.", "Roots go from 01 to 20.", "root", number)
        wanted = f"{int(float(number)):02d}"
        fitting = [c for c in (code, f"0{code}") if c.startswith(wanted)]
        if not fitting:
            message = f"The action {code!r} is not of the root {wanted!r} that stands beside it."
            return Unusable(
                "root-mismatch", message, "One of the two is wrong; look it up in the original.", "action", code
            )
        known = [c for c in fitting if c in candidates]
        return known[0] if known else self._unknown_action(fitting[0])

    def _unknown_action(self, code: str) -> Unusable:
        message = f"{code!r} is not in the codebook {self.codebook.label}."
        return Unusable("unknown-action", message, "Add it to the codebook with its source.", "action", code)

    def _actor(self, side: str, cell: str) -> str | Unusable:
        """The actor code that a cell holds: ISO countries as the codebook's, `---` in front (no country) left out."""
        code = given(cell)
        if code is None:
            return Unusable(_SIDES[side], f"The row has no {side}.", "An event needs both sides.")
        # PETRARCH writes ---GOV for a government of which it knows no country.
        code = code.removeprefix("---")
        if not _WHOLE.fullmatch(code):
            message = f"{code!r} is not composed of three-letter groups."
            return Unusable(f"bad-{side}", message, "Correct the code, as in KORGOV.", side, code)
        return self._in_our_letters(code)

    def _in_our_letters(self, code: str) -> str:
        listed = groups(code)
        place = 1 if listed[0] in INTERNATIONAL else 0
        if place < len(listed):
            listed[place] = self._not_ours.get(listed[place], listed[place])
        return "".join(listed)

    def _country(self, scheme: str, cell: str) -> str | Unusable | None:
        """The code of a country in a dataset's words or ISO's letters; None if the cell names none."""
        words = given(cell)
        if words is None:
            return None
        row = self._words.get((scheme, "country", words))
        if row is not None:
            return row.code
        if words in self._iso:
            return self._iso[words]
        if words in self._by_name:
            return self._by_name[words]
        fix = "Add a line for it to codebook/crosswalks/actor_words.csv, with its source."
        return Unusable("unknown-country", f"The codebook knows no country {words!r}.", fix, "country", words)

    def composed(
        self, scheme: str, side: str, name: str, country: str | None, sectors: list[str], day: datetime.date
    ) -> str | Unusable:
        """The code of an actor that is given as a country, a list of sectors and a name.

        A country with the role of its first sector in order of rank; without a country, what the name alone settles, an
        international kind, or the role by itself. Sectors that mean no role leave the country alone.
        """
        role = self._first(scheme, "sector", sectors)
        if country is not None:
            return country + role
        known = self._words.get((scheme, "name", name))
        code = known.code if known else self._named(name, day)
        code = code or self._first(scheme, "international", sectors) or role
        if code:
            return code
        shown = ", ".join(part for part in (name, *sectors) if part)
        if not shown:
            return Unusable(_SIDES[side], f"The row has no {side}.", "An event needs both sides.")
        message = f"{shown!r} has no country, and no name or sector that the codebook knows."
        fix = "Add a line for it to codebook/crosswalks/actor_words.csv, with its source."
        return Unusable(f"unknown-{side}", message, fix, side, shown)

    def _first(self, scheme: str, kind: str, sectors: list[str]) -> str:
        found = [row for sector in sectors if (row := self._words.get((scheme, kind, sector))) is not None]
        return min(found, key=lambda row: row.rank).code if found else ""

    def _named(self, name: str, day: datetime.date) -> str:
        """The code of an organisation or region with exactly this name on that day, if there is just one."""
        organisations = self._organisations.get(name, [])
        codes = {o.code for o in organisations if (o.valid_from or day) <= day <= (o.valid_to or day)}
        codes = codes or {g.code for g in self.codebook.regions if name in (g.name, *g.aliases)}
        return codes.pop() if len(codes) == 1 else ""

    def plover_action(self, event: str, mode: str) -> str | Unusable:
        """A PLOVER event with its mode (ASSAULT:firearms) as an action of an imported table."""
        name = given(event)
        if name is None:
            return Unusable("missing-action", "The row has no event type.", "It cannot be coded without one.")
        if name.upper() not in self._events:
            fix = f"PLOVER's events are: {', '.join(sorted(self._events))}."
            return Unusable("unknown-action", f"{name!r} is no PLOVER event.", fix, "action", name)
        how = given(mode)
        if how is None:
            return name.upper()
        written = re.sub(r"[^a-z]+", "-", how.casefold()).strip("-")
        return f"{name.upper()}:{written}" if written else name.upper()

    def is_valid_actor(self, code: str) -> bool:
        """True if the codebook's grammar allows the code."""
        return isinstance(self._actors.parse(code), ActorParts)


def cameo_four(cells: Mapping[str, str], codes: Codes, example: str) -> tuple[str, str, str, datetime.date] | Unusable:
    """Actor, action, target and day of a row that gives them as CAMEO codes, or why it does not; example is a day."""
    shifted = quad_class_fault(cells.get("quad_class", ""))
    if shifted is not None:
        return shifted
    return the_four(
        codes.actor("actor", cells["actor"]),
        codes.action(cells["action"], cells.get("root", "")),
        codes.actor("target", cells["target"]),
        day_in(cells["date"], example),
    )


def quad_class_fault(cell: str) -> Unusable | None:
    """Quad classes go from 1 to 4, in Phoenix from 0 (what is neutral); anything else means that columns are shifted."""
    text = given(cell)
    if text is None or re.fullmatch(r"[0-4](?:\.0)?", text):
        return None
    message = f"The quad class is {text!r}, not 0 to 4: the cells of the row are shifted, or it is damaged."
    return Unusable("bad-quad-class", message, "Restore the row from the original file.", "quad_class", text)


def sector_list(cell: str, separator: str = ",") -> list[str]:
    """The sectors in a cell, each once, in their order."""
    return parts(cell, separator)
