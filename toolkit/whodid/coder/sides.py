"""The two sides of an action: which of the words that may act, or suffer, name an actor, and how well each fits there."""

from __future__ import annotations

from typing import NamedTuple

from whodid.coder.actions import Action
from whodid.coder.actors import Resolver
from whodid.coder.modality import is_speech
from whodid.coder.parsed import Doc, Token
from whodid.coder.participants import Participant
from whodid.coder.phrases import Resolved, Unresolved

CONFLICT = frozenset({"14", "17", "18", "19", "20"})


class Side(NamedTuple):
    """A party that may stand on one side: its code, its tokens (half open), how it was found, and how close it stands (0
    closest).

    doc is the text of parties that were named, rather than only the place or the modifier of another word.
    """

    code: str
    start: int
    end: int
    why: str
    rank: int
    relation: str
    doc: Doc | None = None

    @property
    def names(self) -> tuple[str, ...]:
        if self.doc is None:
            return ()
        return tuple(t.lower_ for t in self.doc.tokens[self.start : self.end] if t.pos_ == "PROPN")


def sides_of(participants: tuple[Participant, ...], resolver: Resolver, action: Action, is_target: bool) -> list[Side]:
    """The resolved parties of one side, best first. An action's own words are nobody's name."""
    if not participants:
        return []
    own = {word.i for word in action.words if word.pos_ != "PROPN"}
    out: list[Side] = []
    for participant in participants:
        if participant.token.i in own and not is_target:
            continue
        if participant.relation == "owner" and participant.token.pos_ == "PRON":
            continue
        if is_target and participant.relation == "inner subject" and action.code == "010":
            # To say something about somebody is not to say it to them.
            continue
        if participant.relation == "modifier" and participant.token.pos_ not in {"ADJ", "PROPN", "NOUN"}:
            continue
        if is_target and (_is_speaker(participant.token, action) or _is_instrument(participant.token, action)):
            continue
        found = resolver.resolve(participant.token)
        if isinstance(found, Unresolved):
            continue
        for resolved in found:
            rank = participant.rank
            if participant.token.i in own and not _holds_more(resolved, own):
                # "Clashed with police": a word of the wording is whom it names, if nobody else is; "sent troops" is not.
                if action.code[:2] not in CONFLICT and participant.relation not in _TOWARDS:
                    continue
                is_sent = participant.token.head.lemma_lower in _SENDING
                rank += 0 if participant.relation in _SUFFERING and action.code[:2] in _DONE_TO and not is_sent else 4
            code = _placed(resolved, action, resolver)
            if is_target and participant.relation in _RECIPIENT and action.code.startswith(_GIVING):
                # Who is given something, or cooperated with, is the target; what is given is not.
                rank = -1
            if is_target and participant.relation == "object" and _is_sent(participant.token, action):
                rank += 4
            start, end, why = resolved.start, resolved.end, resolved.why
            out.append(Side(code, start, end, why, rank, participant.relation, resolver.doc))
    if len(out) < 2:
        return out
    unique: dict[tuple[str, int], Side] = {}
    for side in out:
        unique.setdefault((side.code, side.start), side)
    return sorted(unique.values(), key=lambda s: s.rank)


_GIVING = ("031", "033", "061", "062", "063", "064", "07")
_RECIPIENT = frozenset({"to", "with"})
# "Attacked passengers at a station": there a word of the wording is whom it was done to.
_SUFFERING = frozenset({"object", "patient"})
_DONE_TO = frozenset({"17", "18", "19", "20"})
# Behind these a word of the wording is a party: "opened its borders to refugees", but not "sent troops".
_TOWARDS = frozenset({"to", "with", "for", "against", "from"})
_CONTEXT_ROLES = {
    "COP",
    "MIL",
    "GOV",
    "OPP",
    "CVL",
    "JUD",
    "LEG",
    "REB",
    "LAB",
    "EDU",
    "MED",
    "BUS",
    "HLH",
    "AGR",
    "SPY",
    "INS",
    "SEP",
    "REF",
    "CRM",
    "HRI",
    "ELI",
    "UAF",
}


def _is_speaker(token: Token, action: Action) -> bool:
    """ "..., the Pentagon said": who reports the deed is not whom it was done to, wherever the parser hangs it."""
    if token.i < action.head.i or token.i + 1 >= len(token.doc):
        return False
    after = token.doc.tokens[token.i + 1]
    return after.tag_ in {"VBD", "VBZ", "VBN"} and is_speech(after) and after != action.head and token.dep_ != "pobj"


_WITH_ONES_OWN = frozenset({"03", "07", "08", "15"})


def _is_instrument(token: Token, action: Action) -> bool:
    """ "Withdraw its troops": with what one acts is not whom one acts on, where the act is a promise, help or a yielding."""
    if action.code[:2] not in _WITH_ONES_OWN:
        return False
    own = [token, *(c for of in token.children if of.lower_ == "of" for c in of.children)]
    return any(c.dep_ == "poss" and c.lower_ in {"its", "their", "his", "her"} for noun in own for c in noun.children)


def _is_sent(token: Token, action: Action) -> bool:
    """ "Sent 200 troops to Mali": who is sent somewhere is not whom it is done to, if there is anybody else."""
    return (
        token.head.lemma_lower in _SENDING
        and action.code[:2] in _BY_SENDING
        and any(c.dep_ in {"prep", "dative"} and c.lower_ in _THITHER for c in (*token.head.children, *token.children))
    )


_SENDING = frozenset(
    "airlift commit contribute deploy despatch dispatch fly lend mobilise mobilize move post rush send ship station "
    "supply transfer".split()
)
_BY_SENDING = frozenset({"03", "06", "07", "09", "15"})
_THITHER = frozenset({"to", "into", "in", "for", "at", "near", "along"})


def _holds_more(resolved: Resolved, own: set[int]) -> bool:
    return any(index not in own for index in range(resolved.start, resolved.end))


def _placed(resolved: Resolved, action: Action, resolver: Resolver) -> str:
    """A role without a country gets that of the place where the clause says it happened: "police in Nairobi"."""
    if len(resolved.code) != 3 or resolved.code not in _CONTEXT_ROLES:
        return resolved.code
    for token in [action.head, *action.head.children]:
        for child in token.children:
            if child.dep_ == "prep" and child.lower_ in {"in", "at", "near", "outside", "across"}:
                for noun in child.children:
                    country = resolver.country_at(noun) if noun.dep_ == "pobj" else None
                    if country:
                        return country + resolved.code
    return resolved.code


def named_inside(action: Action, resolver: Resolver) -> list[Side]:
    """The actors that stand as modifiers in the noun phrase that an action is about, from left to right."""
    out: list[Side] = []
    for participant in action.targets:
        if participant.rank == 0 and participant.token.pos_ in {"NOUN", "PROPN"}:
            out += [
                Side(r.code, r.start, r.end, r.why, 0, "modifier") for r in resolver.names_within(participant.token)
            ]
    return out
