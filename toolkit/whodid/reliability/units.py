"""Units of agreement: events as several coders saw them, and which coder judged which article.

A unit is one event in one article: at most one row of each coder, the rows that are about the same event. A coder who
judged the article and has no row in the unit judged that there is no such event. See
docs/decisions/0008-units-of-agreement.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from whodid.reliability.matching import Pairs, match_rows

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Units:
    """Rows put together to units.

    coders: names, sorted. articles: ids of those that two or more coders judged, sorted. judged: shape (coders,
    articles), who judged which. events: the rows of those articles, in the order of their units. coder, unit: for each
    of these rows the number of its coder and of its unit. article: for each unit the number of its article. n_left_out:
    rows of articles that one coder alone judged.
    """

    coders: tuple[str, ...]
    articles: tuple[str, ...]
    judged: Bools
    events: pd.DataFrame
    coder: Ints
    unit: Ints
    article: Ints
    n_left_out: int

    def ratings(self, categories: Ints) -> Ints:
        """Judgements, shape (coders, units), from the category of each row (1, 2, ...).

        0 is "no event": the coder judged the article and has no row in the unit; -1 is no judgement.
        """
        out = np.where(self.judged[:, self.article], 0, -1).astype(np.int64)
        out[self.coder, self.unit] = categories
        return out

    def article_ratings(self) -> Ints:
        """Judgements of whole articles, shape (coders, articles): 1 some event, 0 none, -1 not judged."""
        out = np.where(self.judged, 0, -1).astype(np.int64)
        out[self.coder, self.article[self.unit]] = 1
        return out


def put_together(events: pd.DataFrame, coders: Sequence[str], judged: pd.DataFrame | None = None) -> Units:
    """The units of an event table with the rows of several coders.

    coders: whose rows count, sorted. judged: which coder judged which article (columns coder, article_id); besides
    these, a coder judged the articles in which a row is theirs. The result depends neither on the order of rows, nor on
    the coders' names but for the order of the coders.
    """
    number = {name: place for place, name in enumerate(coders)}
    own = events[events["coder"].isin(list(number))].reset_index(drop=True)
    looked = own[["coder", "article_id"]]
    if judged is not None:
        looked = pd.concat([looked, judged.loc[judged["coder"].isin(list(number)), ["coder", "article_id"]]])
    looked = looked.drop_duplicates()
    per_article = looked["article_id"].value_counts()
    articles = sorted(per_article.index[per_article >= 2])
    index = {article: place for place, article in enumerate(articles)}
    table = np.zeros((len(coders), len(articles)), dtype=bool)
    for name, article in zip(looked["coder"], looked["article_id"], strict=True):
        if article in index:
            table[number[name], index[article]] = True
    shared = own[own["article_id"].isin(list(index))].reset_index(drop=True)
    side: Ints = shared["coder"].map(number).to_numpy().astype(np.int64)
    pairs = match_rows(shared, side)
    unit = _units(pairs, side)
    order = np.lexsort((side, unit))
    shared, side, unit = shared.iloc[order].reset_index(drop=True), side[order], unit[order]
    first = np.flatnonzero(np.diff(unit, prepend=-1))
    article = shared["article_id"].iloc[first].map(index).to_numpy().astype(np.int64)
    return Units(tuple(coders), tuple(articles), table, shared, side, unit, article, len(own) - len(shared))


def _units(pairs: Pairs, side: Ints) -> Ints:
    """The unit of each row, numbered in the canonical order of their first rows."""
    rows = len(side)
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
