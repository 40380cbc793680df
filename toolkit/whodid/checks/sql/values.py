"""What the distinct values of a column break, and what is derived of codes: asked once for a value, however many rows have it."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd
import pyarrow as pa

from whodid.checks.membership import membership_faults
from whodid.checks.rules import Level
from whodid.checks.sql.rules import is_code, literal, quoted
from whodid.checks.text import text_faults
from whodid.checks.validate import one_cause_each
from whodid.codebook.model import Codebook
from whodid.errors import Fault
from whodid.events.enrich import enrich
from whodid.events.schema import BY_NAME
from whodid.events.table import plain_type

if TYPE_CHECKING:
    pass

OF_ACTION = ("root", "action_label", "quad_class", "goldstein", "plover_event", "plover_mode", "plover_context")
TEXTS = frozenset(
    {
        "actor",
        "action",
        "target",
        "actor_text",
        "action_text",
        "target_text",
        "article_id",
        "publisher",
        "coder",
        "note",
    }
)
SIDE_CODES = frozenset({"actor", "action", "target"})


class Broken:
    """The rules that values of a column break: in how many rows, and the first of these values."""

    def __init__(self, name: str, most: int) -> None:
        self.name, self._most = name, most
        self.counts: dict[str, int] = {}
        self._values: dict[str, list[str]] = {}

    def add(self, rule: str, value: str | None, count: int) -> None:
        self.counts[rule] = self.counts.get(rule, 0) + count
        values = self._values.setdefault(rule, [])
        if value is not None and len(values) < self._most:
            values.append(value)

    def condition(self, rule: str) -> str:
        """The rows with one of these values."""
        if rule == "null":
            return f"{quoted(self.name)} IS NULL"
        return f"{quoted(self.name)} IN ({', '.join(map(literal, self._values[rule]))})"


def broken_by(name: str, values: list[str], codebook: Codebook, levels: Collection[Level]) -> dict[str, list[str]]:
    """The rules that each value of a column breaks; values that break none are not in it."""
    column = BY_NAME[name]
    faults: list[Fault] = []
    if name in SIDE_CODES and Level.codebook in levels:
        asked = "action" if name == "action" else "actor"
        frame = pd.DataFrame({asked: values}, dtype="str")
        faults += [replace(fault, column=name) for fault in membership_faults(frame, codebook)]
    if name in TEXTS and Level.rows in levels:
        faults += text_faults(pd.DataFrame({name: values}, dtype="str"))
    if is_code(column) and Level.rows in levels:
        rule = f"bad-{name.replace('_', '-')}"
        for row, value in enumerate(values):
            is_formed = column.pattern is None or re.fullmatch(column.pattern, value) is not None
            if not is_formed or (column.allowed is not None and value not in column.allowed):
                faults.append(Fault(rule, "", row=row, column=name))
    broken: dict[str, list[str]] = {}
    for fault in one_cause_each(faults):
        if fault.row is not None:
            broken.setdefault(values[fault.row], []).append(fault.rule)
    return broken


def derived_values(asked: str, codes: list[str], names: tuple[str, ...], codebook: Codebook) -> pa.Table:
    """The derived values of some codes, as a table with the code beside them."""
    blank = {"actor": "KOR", "action": "010", "target": "KOR"}
    frame = pd.DataFrame({name: codes if name == asked else [code] * len(codes) for name, code in blank.items()})
    made = enrich(frame.astype("str"), codebook)
    arrays = [pa.array(made[name], plain_type(BY_NAME[name].arrow), from_pandas=True) for name in names]
    return pa.table([pa.array(codes, pa.string()), *arrays], names=["code", *names])


def place_of_derived(name: str) -> str:
    """Where the value made anew stands in the join."""
    if name in OF_ACTION:
        return f"act.{quoted(name)}"
    side, _, part = name.partition("_")
    return f"{'who' if side == 'actor' else 'whom'}.{quoted(f'actor_{part}')}"
