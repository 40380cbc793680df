"""Who deals with whom, as a network: the most frequent parties on a circle, and a line for each two that meet."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

MOST_NODES = 18
MOST_LINES = 45


@dataclass(frozen=True, slots=True)
class Line:
    """Two parties and all events between them, whoever acted: how many, and the share of conflict among them."""

    one: str
    other: str
    events: int
    conflict: float | None


@dataclass(frozen=True, slots=True)
class Network:
    """The parties in their order around the circle with the number of their events, and the lines, strongest last."""

    nodes: tuple[tuple[str, int], ...]
    lines: tuple[Line, ...]


def network(dyads: pd.DataFrame) -> Network:
    """The network of a table of dyads: tables.by_dyad, or by_country_dyad; empty if nobody meets anybody else.

    What a party does to itself is left out. Ties are settled by code, so the same table gives the same network.
    """
    left, right = dyads.columns[:2]
    meetings: dict[tuple[str, str], list[float]] = {}
    for row in dyads.to_dict("records"):
        one, other = sorted((str(row[left]), str(row[right])))
        if one == other:
            continue
        sums = meetings.setdefault((one, other), [0.0, 0.0, 0.0])
        sums[0] += row["events"]
        if not pd.isna(row["conflict"]):
            sums[1] += row["events"] * row["conflict"]
            sums[2] += row["events"]
    totals: dict[str, int] = {}
    for (one, other), (events, _, _) in meetings.items():
        for code in (one, other):
            totals[code] = totals.get(code, 0) + int(events)
    chosen = set(sorted(totals, key=lambda code: (-totals[code], code))[:MOST_NODES])
    lines = [
        Line(one, other, int(events), conflict / known if known else None)
        for (one, other), (events, conflict, known) in meetings.items()
        if one in chosen and other in chosen
    ]
    lines = sorted(lines, key=lambda line: (-line.events, line.one, line.other))[:MOST_LINES]
    met = {code for line in lines for code in (line.one, line.other)}
    order = _around(met, lines, totals)
    return Network(tuple((code, totals[code]) for code in order), tuple(reversed(lines)))


def _around(codes: set[str], lines: list[Line], totals: dict[str, int]) -> list[str]:
    """The codes in an order in which neighbours have much to do with each other: lines then stay short."""
    weight: dict[tuple[str, str], int] = {}
    for line in lines:
        weight[line.one, line.other] = weight[line.other, line.one] = line.events
    left = sorted(codes, key=lambda code: (-totals[code], code))
    order: list[str] = []
    while left:
        tail = order[-1] if order else None
        pick = max(left, key=lambda code: (weight.get((tail or "", code), 0), -left.index(code)))
        left.remove(pick)
        order.append(pick)
    return order
