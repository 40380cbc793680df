"""Do derived columns still say what the codebook says? They are made anew and compared."""

from __future__ import annotations

import pandas as pd

from whodid.codebook.model import Codebook
from whodid.errors import Fault
from whodid.events.enrich import enrich
from whodid.events.schema import DERIVED

_TOLERANCE = 1e-6


def has_derived(frame: pd.DataFrame) -> bool:
    """True if the table carries any derived column."""
    return any(column.name in frame.columns for column in DERIVED)


def derived_faults(frame: pd.DataFrame, codebook: Codebook) -> list[Fault]:
    """Rule stale-derived: a derived value that enrich does not give for this row with this codebook.

    What derives from an action that the codebook does not know is not compared: the code itself is the finding.
    """
    if any(name not in frame.columns for name in ("actor", "action", "target")):
        return []
    whole = frame[~frame[["actor", "action", "target"]].isna().any(axis=1)]
    whole = whole[whole["action"].isin(list(codebook.actions))]
    anew = enrich(whole, codebook)
    faults: list[Fault] = []
    for column in DERIVED:
        if column.name not in frame.columns:
            continue
        triples = zip(whole.index, whole[column.name].tolist(), anew[column.name].tolist(), strict=True)
        for row, stored, made in triples:
            if not _is_same(stored, made):
                action = str(whole.at[row, "action"])
                faults.append(_fault(int(row), column.name, stored, made, action, codebook))
    return faults


def _is_same(stored: object, made: object) -> bool:
    if pd.isna(stored) or pd.isna(made):  # type: ignore[call-overload]
        return bool(pd.isna(stored) and pd.isna(made))  # type: ignore[call-overload]
    if isinstance(stored, float) and isinstance(made, float):
        return abs(stored - made) < _TOLERANCE
    return stored == made


def _fault(row: int, name: str, stored: object, made: object, action: str, codebook: Codebook) -> Fault:
    message = f"{name} is {_shown(stored)}, but the codebook {codebook.label} gives {_shown(made)}."
    fix = "Enrich the table again with this codebook, or leave the derived columns out."
    for scheme in _schemes_with(name, stored, action, codebook):
        fix = f"That is the value of the scheme {scheme!r}, which is not the codebook's own. {fix}"
    value = None if pd.isna(stored) else str(stored)  # type: ignore[call-overload]
    return Fault("stale-derived", message, fix, None, None, row, name, value)


def _schemes_with(name: str, stored: object, action: str, codebook: Codebook) -> list[str]:
    """The first scheme that gives the value, if there is one: tables enriched under another convention are common."""
    if name == "goldstein":
        schemes = sorted({g.scheme for g in codebook.goldstein})
        return [s for s in schemes if _is_same(stored, codebook.goldstein_score(action, s))][:1]
    if name == "quad_class":
        schemes = sorted({q.scheme for q in codebook.quad_classes})
        return [s for s in schemes if _is_same(stored, codebook.quad_class(action, s))][:1]
    return []


def _shown(value: object) -> str:
    return "null" if pd.isna(value) else f"{value:g}" if isinstance(value, float) else repr(value)  # type: ignore[call-overload]
