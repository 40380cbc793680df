"""Rows of several coders put together: each group is one event as they saw it, with at most one row of each coder.

Matches between all pairs of coders are joined. Where they contradict each other, the rows concerned are joined anew,
strongest match first. See docs/decisions/0008-units-of-agreement.md.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from whodid.events.matching import Pairs, match_rows

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]


def group_rows(events: pd.DataFrame, side: Ints) -> Ints:
    """A number for each row, the same for rows about one event; numbered in reading order.

    side: which coder (0, 1, ...) each row is of. A group has at most one row of a coder. The result depends neither on
    the order of rows nor on the numbers of the coders.
    """
    pairs, rows = match_rows(events, side), len(side)
    graph = coo_array((np.ones(len(pairs.first)), (pairs.first, pairs.second)), shape=(rows, rows))
    _, label = connected_components(graph, directed=False)
    label = label.astype(np.int64)
    # Matches may contradict each other: anna's first row is ben's, ben's is carla's, carla's is anna's second.
    held = label * (int(side.max(initial=0)) + 1) + side
    _, inverse, count = np.unique(held, return_inverse=True, return_counts=True)
    is_torn = np.isin(label, label[count[inverse] > 1])
    edges = np.flatnonzero(is_torn[pairs.first])
    if len(edges):
        label = _strongest_first(pairs, edges, side, label, is_torn)
    # Rows that say the same are of different coders: with the coder, each row has a place of its own.
    places = pairs.rank * (int(side.max(initial=0)) + 1) + side
    lowest = np.full(int(label.max(initial=-1)) + 1, np.iinfo(np.int64).max)
    np.minimum.at(lowest, label, places)
    _, unit = np.unique(lowest[label], return_inverse=True)
    return unit.astype(np.int64)


def _strongest_first(pairs: Pairs, edges: Ints, side: Ints, label: Ints, is_torn: Bools) -> Ints:
    """Labels in which the torn components are joined anew: strongest match first, never two rows of one coder."""
    low = np.minimum(pairs.rank[pairs.first[edges]], pairs.rank[pairs.second[edges]])
    high = np.maximum(pairs.rank[pairs.first[edges]], pairs.rank[pairs.second[edges]])
    order = edges[np.lexsort((high, low, -pairs.likeness[edges]))]
    member = {int(row): {int(row)} for row in np.flatnonzero(is_torn)}
    who = {row: {int(side[row])} for row in member}
    head = {row: row for row in member}
    for edge in order:
        one, other = head[int(pairs.first[edge])], head[int(pairs.second[edge])]
        if one == other or who[one] & who[other]:
            continue
        for row in member[other]:
            head[row] = one
        member[one] |= member.pop(other)
        who[one] |= who.pop(other)
    out = label.copy()
    new = int(label.max()) + 1
    for number, rows in enumerate(member.values()):
        out[list(rows)] = new + number
    return out
