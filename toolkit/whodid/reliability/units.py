"""Units of agreement: events as several coders saw them, and which coder judged what.

A unit is one event in one article: at most one row of each coder, the rows that are about the same event. A coder who
judged the place and has no row in the unit judged that there is no such event. See
docs/decisions/0008-units-of-agreement.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from whodid.events.grouping import group_rows

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Units:
    """Rows put together to units that two or more coders judged.

    coders: names, sorted. articles: ids of those that two or more coders judged, sorted. judged: shape (coders,
    articles), who judged which, in whole or in part; finished: who judged it as far as anybody did. seen: shape (coders,
    units), who judged the unit. events: the rows of the units, in the order of the units. coder, unit: for each row the
    number of its coder and of its unit. article: for each unit the number of its article. n_left_out: rows that no
    second coder judged.
    """

    coders: tuple[str, ...]
    articles: tuple[str, ...]
    judged: Bools
    finished: Bools
    seen: Bools
    events: pd.DataFrame
    coder: Ints
    unit: Ints
    article: Ints
    n_left_out: int

    def ratings(self, categories: Ints) -> Ints:
        """Judgements, shape (coders, units), from the category of each row (1, 2, ...).

        0 is "no event": the coder judged the place and has no row in the unit; -1 is no judgement.
        """
        out = np.where(self.seen, 0, -1).astype(np.int64)
        out[self.coder, self.unit] = categories
        return out

    def article_ratings(self) -> Ints:
        """Judgements of whole articles, shape (coders, articles): 1 some event, 0 none, -1 not judged to the end."""
        out = np.where(self.finished, 0, -1).astype(np.int64)
        out[self.coder, self.article[self.unit]] = 1
        return out


def put_together(events: pd.DataFrame, coders: Sequence[str], judged: pd.DataFrame | None = None) -> Units:
    """The units of an event table with the rows of several coders.

    coders: whose rows count, sorted. judged: which coder judged which article (columns coder, article_id) or which
    sentences of it (column sentence; null for all). A coder with rows in an article that the table does not have for
    them judged all of it. The result depends neither on the order of rows, nor on the coders' names but for the order
    of the coders.
    """
    number = {name: place for place, name in enumerate(coders)}
    own = events[events["coder"].isin(list(number))].reset_index(drop=True)
    looked = own[["coder", "article_id"]]
    listed = pd.DataFrame(columns=["coder", "article_id"]) if judged is None else judged
    listed = listed[listed["coder"].isin(list(number))]
    looked = pd.concat([looked, listed[["coder", "article_id"]]]).drop_duplicates()
    per_article = looked["article_id"].value_counts()
    articles = sorted(per_article.index[per_article >= 2])
    index = {article: place for place, article in enumerate(articles)}
    table = np.zeros((len(coders), len(articles)), dtype=bool)
    looked = looked[looked["article_id"].isin(articles)]
    table[looked["coder"].map(number).astype("int64"), looked["article_id"].map(index).astype("int64")] = True
    rows = own[own["article_id"].isin(articles)].reset_index(drop=True)
    side: Ints = rows["coder"].map(number).to_numpy().astype(np.int64)
    unit = group_rows(rows, side)
    order = np.lexsort((side, unit))
    rows, side, unit = rows.iloc[order].reset_index(drop=True), side[order], unit[order]
    first = np.flatnonzero(np.diff(unit, prepend=-1))
    article = rows["article_id"].iloc[first].map(index).to_numpy().astype(np.int64)
    parts = _parts(listed, number, index)
    seen = _seen(table[:, article], rows, side, unit, article, parts)
    finished = _finished(table, rows, article[unit], parts)
    # What one coder alone has come to so far is nobody's disagreement.
    is_shared = seen.sum(axis=0) >= 2
    kept = is_shared[unit]
    renumbered = np.cumsum(is_shared) - 1
    return Units(
        coders=tuple(coders),
        articles=tuple(articles),
        judged=table,
        finished=finished,
        seen=seen[:, is_shared],
        events=rows[kept].reset_index(drop=True),
        coder=side[kept],
        unit=renumbered[unit[kept]].astype(np.int64),
        article=article[is_shared],
        n_left_out=len(own) - int(kept.sum()),
    )


_Parts = dict[tuple[int, int], frozenset[int]]


def _parts(listed: pd.DataFrame, number: dict[str, int], index: dict[str, int]) -> _Parts:
    """The sentences that a coder (number) judged in an article (number), where it is not all of them."""
    if "sentence" not in listed.columns:
        return {}
    out: _Parts = {}
    for (coder, article), sentences in listed.groupby(["coder", "article_id"], sort=False)["sentence"]:
        if article in index and not sentences.isna().any():
            out[number[str(coder)], index[str(article)]] = frozenset(sentences.astype("int64").tolist())
    return out


def _seen(whole: Bools, rows: pd.DataFrame, side: Ints, unit: Ints, article: Ints, parts: _Parts) -> Bools:
    """Who judged which unit, from who judged its article: in part only if one of the unit's sentences was judged."""
    out = whole.copy()
    if parts:
        sentences: list[set[int]] = [set() for _ in article]
        for place, sentence in zip(unit.tolist(), rows["sentence"].tolist(), strict=True):
            sentences[place].add(sentence)
        for coder, place in np.argwhere(whole).tolist():
            judged = parts.get((coder, int(article[place])))
            out[coder, place] = judged is None or bool(judged & sentences[place])
    out[side, unit] = True
    return out


def _finished(table: Bools, rows: pd.DataFrame, article: Ints, parts: _Parts) -> Bools:
    """Who judged each sentence of an article that anybody judged, as far as sentences are known."""
    known: dict[int, set[int]] = {}
    for (_, place), judged in parts.items():
        known.setdefault(place, set()).update(judged)
    for place, sentence in zip(article.tolist(), rows["sentence"].tolist(), strict=True):
        if place in known:
            known[place].add(sentence)
    out = table.copy()
    for (coder, place), judged in parts.items():
        out[coder, place] = known[place] <= judged
    return out
