"""What was done, as a tree: roots with the codes below them, each with all events at or below it."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from whodid.codebook.model import Codebook


@dataclass(frozen=True, slots=True)
class Branch:
    """A code with its events: own are coded with just this code, events also with those below it."""

    code: str
    label: str | None
    quad_class: int | None
    own: int
    events: int
    share: float
    children: tuple[Branch, ...] = ()


def code_tree(actions: pd.DataFrame, codebook: Codebook) -> tuple[Branch, ...]:
    """The roots that occur, from a table of actions (tables.by_action), in order of their codes.

    Codes above those that occur are there although nothing was coded with them. share is of all events, from 0 to 1.
    """
    own = {str(row["action"]): int(row["events"]) for row in actions.to_dict("records")}
    labels = {str(row["action"]): row["label"] for row in actions.to_dict("records") if not pd.isna(row["label"])}
    classes = {
        str(row["action"]): int(row["quad_class"])
        for row in actions.to_dict("records")
        if not pd.isna(row["quad_class"])
    }
    parents = {str(row["action"]): row["parent"] for row in actions.to_dict("records")}
    # PLOVER modes stand right below their event; CAMEO codes lose a digit at each level.
    below: dict[str | None, set[str]] = {}
    for code, known in parents.items():
        child, parent = code, None if pd.isna(known) else str(known)
        while True:
            below.setdefault(parent, set()).add(child)
            if parent is None:
                break
            child, parent = parent, (parent[:-1] if parent.isdigit() and len(parent) > 2 else None)
    total = max(sum(own.values()), 1)

    def grow(code: str) -> Branch:
        children = tuple(grow(child) for child in sorted(below.get(code, ())))
        known = codebook.actions.get(code)
        label = known.label if known else labels.get(code) or (code.capitalize() if code.isalpha() else None)
        quad = classes.get(code) or next((child.quad_class for child in children), None)
        events = own.get(code, 0) + sum(child.events for child in children)
        return Branch(code, label, quad, own.get(code, 0), events, events / total, children)

    return tuple(grow(root) for root in sorted(below.get(None, ())))
