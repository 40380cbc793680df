"""At which levels the parts of an event are compared: full code, three digits, root, quad class; country; day, month."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from whodid.codebook.model import Codebook

Ints = npt.NDArray[np.int64]

ACTION_LEVELS = ("code", "three digits", "root", "quad class")
# Parts, and their levels from fine to coarse: equal at one level is equal at all coarser ones.
LADDERS = {
    "action": ACTION_LEVELS,
    "actor": ("code", "country"),
    "target": ("code", "country"),
    "date": ("day", "month", "year"),
}
EVENT = "event"


@dataclass(frozen=True)
class Level:
    """A part at a level. category: for each row a number from 1 on, equal where the part is; names[n - 1] says what n
    is. ladder: the parts and levels over which distances at this level are the mean, see distance_ladder.
    """

    part: str
    level: str
    category: Ints
    names: tuple[str, ...]
    ladder: tuple[tuple[str, str, float], ...]


def levels_of(events: pd.DataFrame, codebook: Codebook) -> list[Level]:
    """The rows of an event table, compared by part and level: whole event, action, actor, target, date."""
    found: dict[tuple[str, str], Level] = {}
    for part, levels in LADDERS.items():
        for level in levels:
            texts = _AT[part, level](events[part], codebook)
            numbers, names = pd.factorize(texts, sort=True)
            category, ladder = numbers.astype(np.int64) + 1, distance_ladder(part, level)
            found[part, level] = Level(part, level, category, tuple(map(str, names)), ladder)
    whole = []
    for level in ACTION_LEVELS:
        parts = [("actor", "code"), ("action", level), ("target", "code"), ("date", "day")]
        whole.append(Level(EVENT, level, *_joined([found[part] for part in parts]), distance_ladder(EVENT, level)))
    return [*whole, *found.values()]


def distance_ladder(part: str, level: str) -> tuple[tuple[str, str, float], ...]:
    """The distance of two judgements as a weighted sum: 1 for each (part, level) in which they differ, times the weight.

    For a part: the share of its levels, from the given one to the coarsest, in which they differ. 112 and 114 differ at
    full code and three digits, and not in root and quad class: 0.5. For the whole event: the mean of its four parts.
    "No event" differs from every event in all. Weights add up to 1.
    """
    if part != EVENT:
        steps = LADDERS[part][LADDERS[part].index(level) :]
        return tuple((part, step, 1 / len(steps)) for step in steps)
    starts = {"actor": "code", "action": level, "target": "code", "date": "day"}
    ladders = [distance_ladder(name, start) for name, start in starts.items()]
    return tuple((name, step, weight / len(starts)) for ladder in ladders for name, step, weight in ladder)


def _joined(levels: list[Level]) -> tuple[Ints, tuple[str, ...]]:
    table = np.stack([level.category for level in levels], axis=1)
    if not len(table):
        return np.zeros(0, dtype=np.int64), ()
    values, category = np.unique(table, axis=0, return_inverse=True)
    names = (" ".join(level.names[n - 1] for level, n in zip(levels, row, strict=True)) for row in values)
    return category.astype(np.int64).reshape(-1) + 1, tuple(names)


def _quad_class(values: pd.Series, codebook: Codebook) -> pd.Series:
    # A root of another ontology has no quad class: it is then a class of its own.
    classes = {root: codebook.quad_class(root) for root in values.str[:2].unique()}
    return values.str[:2].map(
        {root: f"root {root}" if value is None else str(value) for root, value in classes.items()}
    )


_Key = Callable[[pd.Series, Codebook], pd.Series]
_AT: dict[tuple[str, str], _Key] = {
    ("action", "code"): lambda values, _: values,
    ("action", "three digits"): lambda values, _: values.str[:3],
    ("action", "root"): lambda values, _: values.str[:2],
    ("action", "quad class"): _quad_class,
    **{(side, "code"): lambda values, _: values for side in ("actor", "target")},
    **{(side, "country"): lambda values, _: values.str[:3] for side in ("actor", "target")},
    ("date", "day"): lambda values, _: pd.to_datetime(values).dt.strftime("%Y-%m-%d"),
    ("date", "month"): lambda values, _: pd.to_datetime(values).dt.strftime("%Y-%m"),
    ("date", "year"): lambda values, _: pd.to_datetime(values).dt.strftime("%Y"),
}
