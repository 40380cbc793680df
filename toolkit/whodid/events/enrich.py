"""What follows from a row and a codebook: root, quad class, Goldstein score, PLOVER event, countries and roles."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from whodid.codebook.actor_codes import ActorCodes, ActorParts
from whodid.codebook.model import Codebook
from whodid.events.model import pandas_type
from whodid.events.schema import BY_NAME, DERIVED

_OF_ACTION = ("root", "action_label", "quad_class", "goldstein", "plover_event", "plover_mode", "plover_context")
_GENERIC = {"IGO", "IMG", "MNC", "NGO", "NGM", "INT", "UIS"}


def enrich(
    frame: pd.DataFrame,
    codebook: Codebook,
    *,
    goldstein_scheme: str | None = None,
    quad_class_scheme: str | None = None,
) -> pd.DataFrame:
    """The event table with the derived columns behind its own; derived columns that are there are made anew.

    Schemes default to those that the codebook names; the field disagrees on some values, see crosswalks/. A value that
    the codebook does not give is null. Rows and order stay as they are.
    """
    base = frame.drop(columns=[c.name for c in DERIVED if c.name in frame.columns])
    places, actions = pd.factorize(base["action"], use_na_sentinel=False)
    of_actions = [_of_action(code, codebook, goldstein_scheme, quad_class_scheme) for code in actions]
    columns = {name: _column(name, [made[name] for made in of_actions], places, base.index) for name in _OF_ACTION}
    codes = ActorCodes(codebook)
    for side in ("actor", "target"):
        places, actors = pd.factorize(base[side], use_na_sentinel=False)
        of_actors = [_of_actor(code, codes) for code in actors]
        for number, part in enumerate(("country", "role")):
            name = f"{side}_{part}"
            columns[name] = _column(name, [made[number] for made in of_actors], places, base.index)
    columns = {column.name: columns[column.name] for column in DERIVED}
    return base.assign(**columns)


def _column(name: str, values: list[Any], places: np.ndarray, index: pd.Index) -> pd.Series:
    """A derived column from its value for each distinct code and the place of each row's code among these."""
    distinct = pd.Series(values, dtype=pandas_type(BY_NAME[name]))  # type: ignore[call-overload]
    return pd.Series(distinct.array.take(places), index=index)


def _of_action(
    action: str, codebook: Codebook, goldstein_scheme: str | None, quad_class_scheme: str | None
) -> dict[str, object]:
    known, plover = codebook.actions.get(action), codebook.plover_of(action)
    if action[:1].isalpha():
        return _of_plover_event(action, codebook, quad_class_scheme)
    return {
        "root": action[:2],
        "action_label": known.label if known else None,
        "quad_class": codebook.quad_class(action, quad_class_scheme),
        "goldstein": codebook.goldstein_score(action, goldstein_scheme),
        "plover_event": (plover.event or None) if plover else None,
        "plover_mode": (plover.mode or None) if plover else None,
        "plover_context": (plover.context or None) if plover else None,
    }


def _of_plover_event(action: str, codebook: Codebook, quad_class_scheme: str | None) -> dict[str, object]:
    """For an imported action that is a PLOVER event, with its mode after a colon: what its CAMEO codes agree on."""
    event, _, mode = action.partition(":")
    classes = {codebook.quad_class(p.code, quad_class_scheme) for p in codebook.plover if p.event == event}
    label = event.capitalize() + (f": {mode.replace('-', ' ')}" if mode else "")
    return {
        "root": event,
        "action_label": label if classes else None,
        "quad_class": classes.pop() if len(classes) == 1 else None,
        "goldstein": None,
        "plover_event": event,
        "plover_mode": mode or None,
        "plover_context": None,
    }


def _of_actor(code: str, codes: ActorCodes) -> tuple[str | None, str | None]:
    parts = codes.parse(code)
    if not isinstance(parts, ActorParts):
        return None, None
    specific = [role for role in parts.roles if role not in _GENERIC]
    role = specific[0] if specific else (parts.roles[0] if parts.roles else None)
    return parts.country, role
