"""What a codebook holds, as values that cannot change: actions with examples, actors, patterns, crosswalks."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from whodid.codebook.marks import Mark
from whodid.codebook.wording import NOTHING, Pattern, parse_pattern

ActionCode = Annotated[str, Field(pattern=r"^[0-9]{2,4}$")]
GroupCode = Annotated[str, Field(pattern=r"^[A-Za-z0-9]{3}$")]
ActorCode = Annotated[str, Field(pattern=r"^([A-Za-z0-9]{3})+$")]
Text = Annotated[str, Field(min_length=1)]


def _split(cell: object) -> object:
    return tuple(part.strip() for part in cell.split("|") if part.strip()) if isinstance(cell, str) else cell


def _blank_is_none(cell: object) -> object:
    return None if cell == "" else cell


Words = Annotated[tuple[str, ...], BeforeValidator(_split)]
Day = Annotated[date | None, BeforeValidator(_blank_is_none)]


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class _Row(_Value):
    """Something that stands in a file: findings about it name the line."""

    file: str = ""
    line: int = 0


class Example(_Row):
    """One sentence with marked words, and the codes that it must come out with.

    action is None for a near miss that holds no event at all; actor and target are None where the words alone do not
    settle the code.
    """

    text: Text
    marks: tuple[Mark, ...]
    action: ActionCode | None
    actor: ActorCode | None = None
    target: ActorCode | None = None
    why: str = ""

    def spans(self, role: str) -> list[tuple[int, int]]:
        """Start and end of the words marked with a role, in order."""
        return [(mark.start, mark.end) for mark in self.marks if mark.role == role]


class Action(_Row):
    """One code of the ontology: what it means, when to use it, when not, and what it looks like."""

    code: ActionCode
    label: Text
    definition: Text
    use: Text
    not_for: Text
    examples: tuple[Example, ...] = ()
    near_misses: tuple[Example, ...] = ()

    @property
    def root(self) -> str:
        return self.code[:2]

    @property
    def parent(self) -> str | None:
        """The code one level up; None for a root."""
        return self.code[:-1] if len(self.code) > 2 else None


class Country(_Row):
    """A state or territory: its code, its names, and the words that stand for its government."""

    code: GroupCode
    iso3: str = ""
    name: Text
    aliases: Words = ()
    adjectives: Words = ()
    demonyms: Words = ()
    capital: Words = ()
    government_words: Words = ()
    status: Literal["current", "historic", "extension", "variant", "subregion"]
    valid_from: Day = None
    valid_to: Day = None
    note: str = ""


class Role(_Row):
    code: GroupCode
    label: Text
    tier: Text
    note: str = ""


class Agent(_Row):
    """A noun that gives a role to whoever stands before it: "ambassador" makes the Russian one RUSGOV."""

    noun: Text
    roles: ActorCode
    note: str = ""


class NamedActor(_Row):
    """A body, organisation or group known by name: "Pentagon", "NATO", "Hamas"; code is complete."""

    code: ActorCode
    name: Text
    aliases: Words = ()
    kind: str = ""
    country: str = ""
    valid_from: Day = None
    valid_to: Day = None


class Leader(_Row):
    """A person for the time of one office. Outside that time the name means other codes, or none.

    country is a country code, or an organisation's whole code; roles are empty for organisations.
    """

    country: ActorCode
    name: Text
    aliases: Words = ()
    office: Text
    roles: Annotated[str, Field(pattern=r"^([A-Za-z0-9]{3})*$")]
    start: Day
    end: Day = None


class GroupName(_Row):
    """A code with its label that is used inside actor codes: a region, religion or ethnic group."""

    code: GroupCode
    name: Text
    aliases: Words = ()


class Wording(_Row):
    """A line of a patterns file, not yet read: the codebook's patterns are built from these when they are asked for."""

    code: Annotated[str, Field(pattern=rf"^[0-9]{{2,4}}$|^{NOTHING}$")]
    source: Text


class Operator(_Row):
    """Verbs that turn the action below them into another one: threaten, promise, refuse, demand, deny."""

    name: Text
    sources: tuple[Wording, ...]


class Composition(_Row):
    """An operator over an inner action (longest prefix that fits) gives this action; empty means no event."""

    operator: Text
    inner: str
    action: str


class Goldstein(_Row):
    code: ActionCode
    scheme: Text
    value: Annotated[float, Field(ge=-10, le=10)]
    source: Text


class QuadClass(_Row):
    root: Annotated[str, Field(pattern=r"^[0-9]{2}$")]
    scheme: Text
    quad_class: Literal[1, 2, 3, 4]
    source: Text


class Plover(_Row):
    code: ActionCode
    event: str
    mode: str = ""
    context: str = ""
    source: Text


class ActorWords(_Row):
    """What another dataset calls an actor, in its own words, as the code that we give it.

    kind: country; sector (a role); international (an actor without a country); name (a whole actor). rank orders the
    sectors of one actor, the smallest first; without one, the order is that of the actor's own list.
    """

    scheme: Text
    kind: Literal["country", "sector", "international", "name"]
    words: Text
    code: ActorCode
    rank: Annotated[int, BeforeValidator(lambda cell: 0 if cell == "" else cell)] = 0
    source: Text


class Obsolete(_Row):
    """A code that is not used any more, or was another scheme's: an action, or a three-letter group of actor codes.

    successors are the codes to write instead, one or several between which the row must decide; since is the year in
    which it went out of use, or empty.
    """

    kind: Literal["action", "group"]
    code: Annotated[str, Field(pattern=r"^([0-9]{2,4}|[A-Za-z0-9]{3})$")]
    successors: Annotated[Words, Field(min_length=1)]
    since: str = ""
    source: Text


class Meta(_Row):
    """The head of codebook.yaml."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$")]
    version: Annotated[str, Field(pattern=r"^[0-9]+\.[0-9]+\.[0-9]+$")]
    title: Text
    ontology: Text
    licence: Text
    goldstein_scheme: Text
    quad_class_scheme: Text
    quad_class_names: dict[int, str]
    sources: tuple[dict[str, str], ...] = ()
    files: dict[str, str] = {}


class Codebook(_Value):
    """Everything that coders, people and machines alike, need to know about codes. Made by load_codebook."""

    meta: Meta
    hash: str
    actions: dict[str, Action]
    countries: tuple[Country, ...]
    roles: tuple[Role, ...]
    agents: tuple[Agent, ...]
    bodies: tuple[NamedActor, ...]
    organisations: tuple[NamedActor, ...]
    groups: tuple[NamedActor, ...]
    leaders: tuple[Leader, ...]
    regions: tuple[GroupName, ...]
    religions: tuple[GroupName, ...]
    ethnicities: tuple[GroupName, ...]
    wordings: tuple[Wording, ...]
    wordsets: dict[str, frozenset[str]]
    operators: tuple[Operator, ...]
    compositions: tuple[Composition, ...]
    goldstein: tuple[Goldstein, ...]
    quad_classes: tuple[QuadClass, ...]
    plover: tuple[Plover, ...]
    actor_words: tuple[ActorWords, ...] = ()
    obsolete: tuple[Obsolete, ...] = ()

    model_config = ConfigDict(frozen=True, extra="forbid", ignored_types=(cached_property,))

    @cached_property
    def patterns(self) -> tuple[Pattern, ...]:
        """What wording means which action, in the order of the files."""
        return self.read_wordings(self.wordings)

    def read_wordings(self, wordings: tuple[Wording, ...]) -> tuple[Pattern, ...]:
        """The patterns that some lines write, with this codebook's word sets."""
        return tuple(parse_pattern(w.source, w.code, self.wordsets, w.file, w.line) for w in wordings)

    @property
    def label(self) -> str:
        """How the codebook is cited in data: id@version."""
        return f"{self.meta.id}@{self.meta.version}"

    @cached_property
    def _goldstein(self) -> dict[tuple[str, str], float]:
        return {(g.scheme, g.code): g.value for g in self.goldstein}

    @cached_property
    def _quad(self) -> dict[tuple[str, str], int]:
        return {(q.scheme, q.root): q.quad_class for q in self.quad_classes}

    @cached_property
    def _plover(self) -> dict[str, Plover]:
        return {p.code: p for p in self.plover}

    def goldstein_score(self, action: str, scheme: str | None = None) -> float | None:
        """The Goldstein score of an action: -10 (most conflict) to 10 (most cooperation); None if the scale has none."""
        return self._goldstein.get((scheme or self.meta.goldstein_scheme, action))

    def quad_class(self, action: str, scheme: str | None = None) -> int | None:
        """The quad class of an action: 1 verbal, 2 material cooperation, 3 verbal, 4 material conflict."""
        return self._quad.get((scheme or self.meta.quad_class_scheme, action[:2]))

    def plover_of(self, action: str) -> Plover | None:
        """PLOVER's event, mode and context for an action; None where PLOVER dropped it (roots 01 and 02)."""
        return self._plover.get(action)

    def obsolete_of(self, kind: str, code: str) -> Obsolete | None:
        """What the codebook says of a code that is not used any more; kind is action or group."""
        return self._obsolete.get((kind, code))

    @cached_property
    def _obsolete(self) -> dict[tuple[str, str], Obsolete]:
        return {(row.kind, row.code): row for row in self.obsolete}

    def is_leaf(self, code: str) -> bool:
        """True if no code of the codebook is below this one."""
        return code not in self._parents

    @cached_property
    def _parents(self) -> frozenset[str]:
        return frozenset(a.parent for a in self.actions.values() if a.parent)
