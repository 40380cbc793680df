"""Which action codes coders take for which: pairs of judgements of the same event, whoever of the two gave which."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from whodid.codebook.model import Codebook
from whodid.reliability.levels import Level
from whodid.reliability.tally import Ints
from whodid.reliability.units import Units

COLUMNS = ("level", "action", "action_label", "other", "other_label", "kind", "n")
LEVELS = ("root", "code")
NO_EVENT = "no event"
SAME, DIFFERENT, LACKING = "same", "different", "lacking"


def disagreements(units: Units, levels: Sequence[Level], codebook: Codebook) -> pd.DataFrame:
    """How often the judgements of two coders of one unit are which two actions, over all pairs of coders.

    Columns: level (root, code), action, action_label, other, other_label, kind, n. A pair of actions stands once, the
    smaller code first. kind is same, different, or lacking (other is null: one of the two has no such event); labels are
    null for codes that the codebook does not have. n counts pairs of judgements. Order: root before code, then by codes,
    null last.
    """
    rows = []
    for name in LEVELS:
        [level] = [item for item in levels if item.part == "action" and item.level == name]
        for one, other, n in _pairs(units.ratings(level.category), len(level.names)):
            codes = (level.names[one - 1], level.names[other - 1] if other else None)
            kind = LACKING if codes[1] is None else SAME if one == other else DIFFERENT
            rows.append((name, codes[0], _label(codes[0], codebook), codes[1], _label(codes[1], codebook), kind, n))
    texts = dict.fromkeys(COLUMNS[:-1], "str")
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype({**texts, "n": "int64"})


def square(table: pd.DataFrame, level: str = "root") -> pd.DataFrame:
    """What disagreements gives as a square table of counts, the same above and below the diagonal.

    Both sides have the codes in order, "no event" last; nobody knows how often both saw no event: that cell is 0.
    """
    own = table[table["level"] == level]
    names = sorted({*own["action"], *own["other"].dropna()})
    if own["other"].isna().any():
        names.append(NO_EVENT)
    out = pd.DataFrame(0, index=names, columns=names, dtype="int64")
    for action, other, n in zip(own["action"], own["other"], own["n"], strict=True):
        side = NO_EVENT if pd.isna(other) else other
        out.loc[action, side] = out.loc[side, action] = n
    return out.rename_axis(index="action", columns="other")


def most_confused(table: pd.DataFrame, level: str = "code", n: int = 10) -> pd.DataFrame:
    """The n pairs of different actions that coders most often give to the same event: both with their labels, n, share.

    share: of the pairs of judgements that are one of these two actions each, how many differ. Commonest first, then by
    code.
    """
    own = table[(table["level"] == level) & (table["kind"] != LACKING)]
    same = own[own["kind"] == SAME].set_index("action")["n"]
    found = own[own["kind"] == DIFFERENT].sort_values(
        ["n", "action", "other"], ascending=[False, True, True], kind="stable"
    )
    found = found.head(n)[["action", "action_label", "other", "other_label", "n"]].reset_index(drop=True)
    agreed = sum(found[side].map(same).fillna(0).to_numpy(dtype=float) for side in ("action", "other"))
    return found.assign(share=found["n"].to_numpy() / (found["n"].to_numpy() + agreed))


def _pairs(ratings: Ints, categories: int) -> list[tuple[int, int, int]]:
    """Category, other category (0: no event), and how many pairs of coders gave these two."""
    size = categories + 1
    counts = np.zeros(size * size, dtype=np.int64)
    for one in range(len(ratings)):
        for other in range(one + 1, len(ratings)):
            pair = ratings[[one, other]]
            pair = pair[:, (pair >= 0).all(axis=0) & (pair > 0).any(axis=0)]
            low, high = pair.min(axis=0), pair.max(axis=0)
            # No event, 0, stands second.
            first, second = np.where(low == 0, high, low), np.where(low == 0, 0, high)
            counts += np.bincount(first * size + second, minlength=size * size)
    found = [(int(key) // size, int(key) % size, int(counts[key])) for key in np.flatnonzero(counts)]
    return sorted(found, key=lambda item: (item[0], item[1] or size, item[2]))


def _label(code: str | None, codebook: Codebook) -> str | None:
    action = codebook.actions.get(code) if code else None
    return action.label if action else None
