"""Judgements counted for the statistics of agreement: once as they are, and once for each resample.

Every statistic of agreement is a formula over a few sums. They are made here, for all resamples at once: row 0 is the
judgements as they are, the others weigh each cluster of units (an article) by how often it was drawn.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

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


def weigh(values: Sequence[npt.NDArray[Any]], cluster: Ints, weights: Weights) -> Floats:
    """The weighted sums of some values of each unit, shape (values, samples)."""
    rows = _per_cluster([np.asarray(value, dtype=np.float64) for value in values], cluster, len(weights.table))
    return np.asarray(csr_array(rows) @ weights.table)


def tally(ratings: Ints, cluster: Ints | None = None, weights: Weights | None = None) -> Tally:
    """Count judgements, shape (coders, units), -1 where there is none.

    cluster: the number of each unit's cluster; without it and weights, the judgements are counted once as they are.
    """
    if cluster is None or weights is None:
        cluster, weights = np.zeros(ratings.shape[1], dtype=np.int64), Weights.of(None, 1)
    return tallies([ratings], cluster, weights)[0]


def tallies(tables: Sequence[Ints], cluster: Ints, weights: Weights) -> list[Tally]:
    """The tallies of several tables of the same judgements: at each level of codes, say. They lack the same cells.

    All sums are made in a few products of matrices, which is many times faster than one table after the other.
    """
    if not tables:
        return []
    places = _Places.of(tables[0], cluster, len(weights.table))
    if any(((table != MISSING) != places.is_given).any() for table in tables):
        raise ValueError("the tables do not lack the same judgements")
    prepared = [_prepare(ratings, places) for ratings in tables]
    # As sparse tables: a dense product would wake the threads of the linear algebra library, which wait for each other
    # on a busy machine far longer than these few rows take.
    plain = csr_array(np.concatenate([places.plain, *(one.plain for one in prepared)])) @ weights.table
    lone = csr_array(np.concatenate([one.lone for one in prepared])) @ weights.squares
    sums = csr_array(vstack([one.shared for one in prepared], format="csr")) @ weights.table
    n, judgements, judged = plain[:3]
    out = []
    begin = 0
    for place, one in enumerate(prepared):
        agreeing, differing = plain[3 + 2 * place : 5 + 2 * place]
        half = one.shared.shape[0] // 2
        x, y = sums[begin : begin + half], sums[begin + half : begin + 2 * half]
        begin += 2 * half
        xx, xy, yy = (
            alone + np.einsum("cs,cs->s", left, right)
            for alone, left, right in zip(lone[3 * place : 3 * place + 3], (x, x, y), (x, y, y), strict=True)
        )
        counts = xx + 2 * xy + yy if places.is_pair else yy
        shares = counts / 4 if places.is_pair else xx
        with np.errstate(divide="ignore", invalid="ignore"):
            shares = shares / judged**2
        products = xy if places.is_pair else None
        out.append(Tally(n, judgements, agreeing, differing, shares, counts, products, one.n_categories))
    return out


@dataclass(frozen=True)
class _Places:
    """Where there are judgements: what is the same for all tables of them.

    many: judgements of each unit; is_unit: two or more; coder, unit, cluster: of each judgement; plain: units,
    judgements in them, and units with any judgement, in each cluster. is_pair: two coders who both judged each unit.
    """

    is_given: npt.NDArray[np.bool_]
    many: Ints
    is_unit: npt.NDArray[np.bool_]
    is_pair: bool
    coder: Ints
    unit: Ints
    cluster: Ints
    unit_cluster: Ints
    clusters: int
    plain: Floats

    @classmethod
    def of(cls, ratings: Ints, cluster: Ints, clusters: int) -> _Places:
        is_given = ratings != MISSING
        many = is_given.sum(axis=0)
        is_unit = many >= 2
        coder, unit = np.nonzero(is_given)
        is_pair = len(ratings) == 2 and bool(is_unit.all())
        plain = _per_cluster([is_unit * 1.0, is_unit * many * 1.0, (many >= 1) * 1.0], cluster, clusters)
        return cls(is_given, many, is_unit, is_pair, coder, unit, cluster[unit], cluster, clusters, plain)


@dataclass(frozen=True)
class _Prepared:
    """Sums of one table within each cluster. plain: agreeing and differing, to be weighed by how often a cluster counts;
    lone: by the square of that; shared: x, then y, of the categories that occur in several clusters. Of a pair, x and y
    are the two coders' judgements, otherwise the shares and the numbers of all judgements.
    """

    plain: Floats
    lone: Floats
    shared: csr_array
    n_categories: int


def _prepare(ratings: Ints, places: _Places) -> _Prepared:
    many, is_unit, clusters = places.many, places.is_unit, places.clusters
    same = np.zeros(ratings.shape[1])  # ordered pairs of different coders who agree
    for one in range(len(ratings)):
        for other in range(one + 1, len(ratings)):
            same += 2.0 * ((ratings[one] == ratings[other]) & places.is_given[one])
    pairs = np.where(is_unit, many * (many - 1), 1)
    per_unit = [is_unit * same / pairs, is_unit * (pairs - same) / np.maximum(many - 1, 1)]
    category = ratings[places.coder, places.unit]
    if places.is_pair:
        x, y = (places.coder == 0) * 1.0, (places.coder == 1) * 1.0
    else:
        x, y = 1 / many[places.unit], is_unit[places.unit] * 1.0
    keys, place = np.unique(category * clusters + places.cluster, return_inverse=True)
    xs, ys = np.bincount(place, x, minlength=len(keys)), np.bincount(place, y, minlength=len(keys))
    rows, columns = np.divmod(keys, clusters)
    used, row, count = np.unique(rows, return_inverse=True, return_counts=True)
    # A category of a single cluster (most whole events) needs no sum for each sample: its square is w² x².
    is_lone = count[row] == 1
    lone = _per_cluster([value[is_lone] for value in (xs * xs, xs * ys, ys * ys)], columns[is_lone], clusters)
    starts = np.append(0, np.cumsum(count[count > 1]))
    shape = (len(starts) - 1, clusters)
    sides = [csr_array((value[~is_lone], columns[~is_lone], starts), shape=shape) for value in (xs, ys)]
    shared = csr_array(vstack(sides, format="csr"))
    return _Prepared(_per_cluster(per_unit, places.unit_cluster, clusters), lone, shared, len(used))


def _per_cluster(values: Sequence[Floats], cluster: Ints, clusters: int) -> Floats:
    return np.stack([np.bincount(cluster, value, minlength=clusters).astype(np.float64) for value in values])
