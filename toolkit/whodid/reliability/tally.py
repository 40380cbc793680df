"""Judgements counted for the statistics of agreement: once as they are, and once for each resample.

Every statistic of agreement is a formula over a few sums. They are made here, for all resamples at once: row 0 is the
judgements as they are, the others weigh each cluster of units (an article) by how often it was drawn.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array

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
    n_coders, n_units = ratings.shape
    if cluster is None or weights is None:
        cluster, weights = np.zeros(n_units, dtype=np.int64), Weights.of(None, 1)
    clusters = len(weights.table)
    is_given = ratings != MISSING
    many = is_given.sum(axis=0)
    same = np.zeros(n_units)  # ordered pairs of different coders who agree
    for one in range(n_coders):
        for other in range(one + 1, n_coders):
            same += 2.0 * ((ratings[one] == ratings[other]) & is_given[one])
    is_unit = many >= 2
    pairs = np.where(is_unit, many * (many - 1), 1)
    scalars = np.stack(
        [
            np.bincount(cluster, value, minlength=clusters)
            for value in (
                is_unit * 1.0,
                is_unit * many * 1.0,
                is_unit * same / pairs,
                is_unit * (pairs - same) / np.maximum(many - 1, 1),
                (many >= 1) * 1.0,
            )
        ]
    )
    n, judgements, agreeing, differing, any_judgement = scalars @ weights.table
    coder, unit = np.nonzero(is_given)
    category = ratings[coder, unit]
    where = cluster[unit]
    products: Floats | None = None
    if n_coders == 2 and is_unit.all():
        first = (coder == 0) * 1.0
        aa, products, bb = _products(category, where, first, 1 - first, weights)
        counts = aa + 2 * products + bb
        shares = counts / 4
    else:
        shares, _, counts = _products(category, where, 1 / many[unit], is_unit[unit] * 1.0, weights)
    with np.errstate(divide="ignore", invalid="ignore"):
        shares = shares / any_judgement**2
    return Tally(n, judgements, agreeing, differing, shares, counts, products, len(np.unique(category)))


def _products(category: Ints, cluster: Ints, x: Floats, y: Floats, weights: Weights) -> tuple[Floats, Floats, Floats]:
    """For each sample, with X and Y the weighted sums of x and y in a category: the sums over categories of XX, XY, YY."""
    clusters, samples = weights.table.shape
    keys, place = np.unique(category * clusters + cluster, return_inverse=True)
    xs, ys = np.bincount(place, x, minlength=len(keys)), np.bincount(place, y, minlength=len(keys))
    rows, columns = np.divmod(keys, clusters)
    _, row, many = np.unique(rows, return_inverse=True, return_counts=True)
    # A category of a single cluster (most whole events) needs no sum for each sample: its square is w² x².
    is_lone = many[row] == 1
    lone = [
        np.bincount(columns[is_lone], value[is_lone], minlength=clusters) @ weights.squares
        for value in (xs * xs, xs * ys, ys * ys)
    ]
    shared = np.flatnonzero(~is_lone)
    if not len(shared):
        return lone[0], lone[1], lone[2]
    starts = np.append(0, np.cumsum(many[many > 1]))
    shape = (len(starts) - 1, clusters)
    sum_x, sum_y = (csr_array((v[shared], columns[shared], starts), shape=shape) @ weights.table for v in (xs, ys))
    return (
        lone[0] + np.einsum("cs,cs->s", sum_x, sum_x),
        lone[1] + np.einsum("cs,cs->s", sum_x, sum_y),
        lone[2] + np.einsum("cs,cs->s", sum_y, sum_y),
    )
