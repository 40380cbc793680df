"""Judgements counted for the statistics of agreement: once as they are, and once for each resample.

Every statistic of agreement is a formula over a few sums. They are made here, for all resamples at once: row 0 is the
judgements as they are, the others weigh each cluster of units (an article) by how often it was drawn.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array, vstack

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
MISSING = -1


@dataclass(frozen=True)
class Weights:
    """How often each cluster counts: table has the shape (clusters, samples), the first sample being 1 throughout."""

    table: Floats
    squares: Floats

    @classmethod
    def of(cls, drawn: npt.NDArray[np.integer] | None, clusters: int) -> Weights:
        """From how often each cluster was drawn, shape (resamples, clusters); None for no resamples."""
        table = np.ones((clusters, 1 + (0 if drawn is None else len(drawn))))
        if drawn is not None:
            table[:, 1:] = drawn.T
        return cls(table, table * table)


@dataclass(frozen=True)
class Tally:
    """Sums over units, each an array with one value for each sample.

    n_units, n_judgements: units with two judgements or more, and the judgements in them. agreeing: over these units, the
    share of pairs of coders who agree. differing: over these units, differing pairs divided by judgements less one (the
    off-diagonal of Krippendorff's coincidences). shares: the sum of squared shares of the categories, where each unit,
    also with one judgement, gives 1 and its judgements have equal parts. counts: the sum of squared numbers of
    judgements of the categories, in units with two judgements or more. products: for two coders, the sum over
    categories of the product of their numbers of judgements, otherwise None. n_categories: categories that occur.
    """

    n_units: Floats
    n_judgements: Floats
    agreeing: Floats
    differing: Floats
    shares: Floats
    counts: Floats
    products: Floats | None
    n_categories: int


def tally(ratings: Ints, cluster: Ints | None = None, weights: Weights | None = None) -> Tally:
    """Count judgements, shape (coders, units), -1 where there is none.

    cluster: the number of each unit's cluster; without it and weights, the judgements are counted once as they are.
    """
    if cluster is None or weights is None:
        cluster, weights = np.zeros(ratings.shape[1], dtype=np.int64), Weights.of(None, 1)
    return tallies([ratings], cluster, weights)[0]


def tallies(tables: Sequence[Ints], cluster: Ints, weights: Weights) -> list[Tally]:
    """The tallies of several tables of judgements of the same units: at each level of codes, say.

    All sums are made in a few products of matrices, which is many times faster than one table after the other.
    """
    prepared = [_prepare(ratings, cluster, len(weights.table)) for ratings in tables]
    if not prepared:
        return []
    plain = np.concatenate([one.plain for one in prepared]) @ weights.table
    lone = np.concatenate([one.lone for one in prepared]) @ weights.squares
    stacked = csr_array(vstack([one.shared for one in prepared], format="csr"))
    sums = stacked @ weights.table
    out = []
    begin = 0
    for place, one in enumerate(prepared):
        n, judgements, agreeing, differing, judged = plain[5 * place : 5 * place + 5]
        half = one.shared.shape[0] // 2
        x, y = sums[begin : begin + half], sums[begin + half : begin + 2 * half]
        begin += 2 * half
        xx, xy, yy = (
            alone + np.einsum("cs,cs->s", left, right)
            for alone, left, right in zip(lone[3 * place : 3 * place + 3], (x, x, y), (x, y, y), strict=True)
        )
        counts = xx + 2 * xy + yy if one.is_pair else yy
        shares = counts / 4 if one.is_pair else xx
        with np.errstate(divide="ignore", invalid="ignore"):
            shares = shares / judged**2
        products = xy if one.is_pair else None
        out.append(Tally(n, judgements, agreeing, differing, shares, counts, products, one.n_categories))
    return out


@dataclass(frozen=True)
class _Prepared:
    """Sums within each cluster. plain: rows to be weighed by how often a cluster counts; lone: by the square of that;
    shared: x, then y, of the categories that occur in several clusters. is_pair: two coders who both judged each unit;
    x and y are then their judgements, otherwise the shares and the numbers of all judgements.
    """

    plain: Floats
    lone: Floats
    shared: csr_array
    is_pair: bool
    n_categories: int


def _prepare(ratings: Ints, cluster: Ints, clusters: int) -> _Prepared:
    n_coders, n_units = ratings.shape
    is_given = ratings != MISSING
    many = is_given.sum(axis=0)
    same = np.zeros(n_units)  # ordered pairs of different coders who agree
    for one in range(n_coders):
        for other in range(one + 1, n_coders):
            same += 2.0 * ((ratings[one] == ratings[other]) & is_given[one])
    is_unit = many >= 2
    pairs = np.where(is_unit, many * (many - 1), 1)
    values = (
        is_unit * 1.0,
        is_unit * many * 1.0,
        is_unit * same / pairs,
        is_unit * (pairs - same) / np.maximum(many - 1, 1),
        (many >= 1) * 1.0,
    )
    plain = np.stack([np.bincount(cluster, value, minlength=clusters).astype(np.float64) for value in values])
    is_pair = n_coders == 2 and bool(is_unit.all())
    coder, unit = np.nonzero(is_given)
    category, where = ratings[coder, unit], cluster[unit]
    x, y = ((coder == 0) * 1.0, (coder == 1) * 1.0) if is_pair else (1 / many[unit], is_unit[unit] * 1.0)
    keys, place = np.unique(category * clusters + where, return_inverse=True)
    xs, ys = np.bincount(place, x, minlength=len(keys)), np.bincount(place, y, minlength=len(keys))
    rows, columns = np.divmod(keys, clusters)
    used, row, count = np.unique(rows, return_inverse=True, return_counts=True)
    # A category of a single cluster (most whole events) needs no sum for each sample: its square is w² x².
    is_lone = count[row] == 1
    lone = np.stack(
        [
            np.bincount(columns[is_lone], value[is_lone], minlength=clusters).astype(np.float64)
            for value in (xs * xs, xs * ys, ys * ys)
        ]
    )
    starts = np.append(0, np.cumsum(count[count > 1]))
    shape = (len(starts) - 1, clusters)
    shared = vstack(
        [csr_array((value[~is_lone], columns[~is_lone], starts), shape=shape) for value in (xs, ys)], format="csr"
    )
    return _Prepared(plain, lone, csr_array(shared), is_pair, len(used))
