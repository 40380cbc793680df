"""Krippendorff's alpha: any number of coders, missing judgements, and any distance between categories."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from whodid.errors import ReliabilityError
from whodid.reliability.tally import MISSING, Floats, Tally, tally
from whodid.reliability.undefined import ONE_CATEGORY, as_ratings, ratio, reason, refuse


def krippendorff_alpha(ratings: npt.ArrayLike, distance: npt.ArrayLike | None = None) -> float:
    """Reliability of judgements, corrected for chance: 1 perfect, 0 as by chance, below 0 systematic disagreement.

    ratings: whole numbers, shape (coders, units); -1 where a coder did not judge a unit. distance: how far each category
    is from each other one, shape (categories, categories), symmetric, 0 on the diagonal: Krippendorff's squared metric
    difference; without it, all different categories are equally far (nominal). Units with one judgement do not count.
    Raises ReliabilityError if no unit has two judgements, all judgements are the same, or the distance does not fit.
    Source: Krippendorff (2011), Computing Krippendorff's Alpha-Reliability.
    """
    array = as_ratings(ratings)
    # Units with a single judgement are not pairable, also not for counting categories.
    pairable = array[:, (array != MISSING).sum(axis=0) >= 2]
    tallied = tally(pairable)
    why = reason(tallied)
    if why:
        refuse(why)
    if distance is None:
        return float(alpha([(tallied, 1.0)])[0])
    return _alpha_of_coincidences(_coincidences(pairable), _checked(distance, int(pairable.max())))


def alpha(ladder: Sequence[tuple[Tally, float]]) -> Floats:
    """Alpha for each sample, with the distance that is the weighted sum of nominal ones, each given by its tally.

    One tally with the weight 1 is the nominal alpha. All tallies must be of the same units and coders. nan where there
    is none.
    """
    observed = sum(weight * ratio(one.differing, one.n_judgements) for one, weight in ladder)
    expected = sum(weight * _expected(one) for one, weight in ladder)
    # What is left of rounding where all judgements are the same is no disagreement.
    room = np.where(expected > 1e-12, expected, 0.0)
    return 1 - ratio(np.asarray(observed), np.asarray(room))


def _expected(tallied: Tally) -> Floats:
    n = tallied.n_judgements
    return ratio(n * n - tallied.counts, n * (n - 1))


def _coincidences(ratings: npt.NDArray[np.int64]) -> Floats:
    """How often two judgements of a unit are c and k, each unit weighing as much as it has judgements."""
    size = int(ratings.max()) + 1
    many = (ratings != MISSING).sum(axis=0)
    out = np.zeros((size, size))
    for one in range(len(ratings)):
        for other in range(len(ratings)):
            both = (ratings[one] != MISSING) & (ratings[other] != MISSING)
            if one != other:
                np.add.at(out, (ratings[one, both], ratings[other, both]), 1 / (many[both] - 1))
    return out


def _alpha_of_coincidences(coincidences: Floats, distance: Floats) -> float:
    counts = coincidences.sum(axis=1)
    n = counts.sum()
    expected = (np.outer(counts, counts) - np.diag(counts)) / (n - 1)
    room = float((expected * distance).sum())
    if room <= 0:
        refuse(ONE_CATEGORY)
    return 1 - float((coincidences * distance).sum()) / room


def _checked(distance: npt.ArrayLike, largest: int) -> Floats:
    table = np.asarray(distance, dtype=np.float64)
    fix = "Give a symmetric table with a row for each category and 0 on the diagonal."
    if table.ndim != 2 or table.shape[0] != table.shape[1] or len(table) <= largest:
        raise ReliabilityError(f"The distance has the shape {table.shape}.", fix=fix, rule="bad-distance")
    if (table < 0).any() or np.diag(table).any() or not np.allclose(table, table.T):
        raise ReliabilityError("The distance is not symmetric and 0 on the diagonal.", fix=fix, rule="bad-distance")
    return table[: largest + 1, : largest + 1]
