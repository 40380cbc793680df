"""Is every code in the codebook? Actions by their code, actors group by group."""

from __future__ import annotations

import difflib

import pandas as pd

from whodid.checks.cells import rows_with
from whodid.codebook.actor_codes import ActorCodes, ActorParts, groups
from whodid.codebook.model import Action, Codebook, Obsolete
from whodid.errors import Fault


def membership_faults(frame: pd.DataFrame, codebook: Codebook) -> list[Fault]:
    """Rules unknown-action, unknown-actor (column actor or target), variant-actor, obsolete-action and obsolete-actor,
    each with the code to write instead.
    """
    faults: list[Fault] = []
    verdicts: dict[str, Fault | None] = {}
    for row, action in rows_with(frame, "action"):
        if action not in verdicts:
            verdicts[action] = _action_fault(action, codebook)
        faults += _at(verdicts[action], row, "action")
    codes = ActorCodes(codebook)
    actors: dict[str, Fault | None] = {}
    for column in ("actor", "target"):
        for row, actor in rows_with(frame, column):
            if actor not in actors:
                actors[actor] = _actor_fault(actor, codes, codebook)
            faults += _at(actors[actor], row, column)
    return faults


def nearest_action(value: str, codebook: Codebook) -> str:
    """A sentence that names the code most likely meant by a value that is none: by its label, its zero, its parent."""
    if value.strip() in codebook.actions:
        return f"Write {value.strip()!r}, without blanks."
    by_label = {action.label.casefold(): action for action in reversed(codebook.actions.values())}
    if value.casefold() in by_label:
        return f"Did you mean {_named(by_label[value.casefold()])}?"
    zeroed = codebook.actions.get(f"0{value}")
    if zeroed:
        return f"Did you mean {_named(zeroed)}? Codes are text and keep their leading zeros."
    for length in range(len(value) - 1, 1, -1):
        parent = codebook.actions.get(value[:length])
        if parent:
            return f"Did you mean {_named(parent)}?"
    near = difflib.get_close_matches(value.casefold(), [*codebook.actions, *by_label], n=1)
    if near:
        return f"Did you mean {_named(codebook.actions.get(near[0]) or by_label[near[0]])}?"
    roots = sorted({code[:2] for code in codebook.actions})
    return f"Its roots go from {roots[0]} to {roots[-1]}." if roots else "It holds no actions."


def _action_fault(action: str, codebook: Codebook) -> Fault | None:
    if action in codebook.actions or action.partition(":")[0] in {plover.event for plover in codebook.plover}:
        return None
    obsolete = codebook.obsolete_of("action", action)
    if obsolete is not None:
        message, fix = _instead(action, action, obsolete)
        return Fault("obsolete-action", message, fix, value=action)
    message = f"{action!r} is not in the codebook {codebook.label}."
    return Fault("unknown-action", message, nearest_action(action, codebook), value=action)


def _actor_fault(actor: str, codes: ActorCodes, codebook: Codebook) -> Fault | None:
    parts = codes.parse(actor)
    if not isinstance(parts, ActorParts):
        for group in groups(actor):
            obsolete = codebook.obsolete_of("group", group)
            if obsolete is not None:
                message, fix = _instead(group, actor, obsolete)
                return Fault("obsolete-actor", message, fix, value=actor)
        return Fault("unknown-actor", parts.reason, parts.fix, value=actor)
    for group in groups(actor):
        if group in codes.variants and group in (parts.country, parts.region):
            own = codes.iso_to_cameo.get(group)
            fix = f"Write {actor.replace(group, own, 1)!r}." if own else "Write the codebook's own code."
            within = "" if group == actor else f" (in {actor!r})"
            message = (
                f"{group!r}{within} is a variant of a country code: {codes.variants[group] or 'see countries.csv'}."
            )
            return Fault("variant-actor", message, fix, value=actor)
    return None


def _instead(code: str, value: str, obsolete: Obsolete) -> tuple[str, str]:
    """What is wrong with a value that holds an obsolete code, and what to write."""
    within = "" if code == value else f" (in {value!r})"
    since = f" since {obsolete.since}" if obsolete.since else ""
    options = " or ".join(repr(value.replace(code, successor, 1)) for successor in obsolete.successors)
    decide = "" if len(obsolete.successors) == 1 else ", by what the article says"
    return f"{code!r}{within} is obsolete{since}: {obsolete.source}.", f"Write {options}{decide}."


def _at(fault: Fault | None, row: int, column: str) -> list[Fault]:
    if fault is None:
        return []
    return [Fault(fault.rule, fault.message, fault.fix, None, None, row, column, fault.value)]


def _named(action: Action) -> str:
    return f"{action.code!r} ({action.label})"
