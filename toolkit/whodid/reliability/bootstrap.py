"""How far scores would move with other articles: percentile intervals from resampling whole articles.

Source: Efron and Tibshirani (1993), An Introduction to the Bootstrap, chapter 13. Rows of one article are read by the
same coder in the same words, so articles are drawn, not rows: single rows would give intervals that are too narrow.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from whodid.errors import UsageError

RESAMPLES, SEED, LEVEL = 1000, 0, 0.95
MEASURES = ("precision", "recall", "f1")
# Below this many units an interval is itself a rough guess; the report says so.
FEW_UNITS = 20
_AT_ONCE = 100

Counts = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Resampling:
    """What was resampled for the intervals: articles, sentences (of a single article), or nothing, and then why.

    unit is None where no interval can be given; reason says why, and is empty otherwise.
    """

    unit: str | None
    n_units: int
    resamples: int
    seed: int
    level: float = LEVEL
    reason: str = ""


def about_intervals(resampling: Resampling, where: str) -> str:
    """What the intervals are that stand at a place ("In brackets"), or why there are none, as sentences."""
    if resampling.unit is None:
        return f"No intervals: {resampling.reason}."
    text = (
        f"{where}: {resampling.level:.0%} intervals from {resampling.resamples:,} resamples of "
        f"{resampling.n_units:,} {resampling.unit} (seed {resampling.seed})."
    )
    if resampling.unit == "sentences":
        text += " Of a single article, so they say nothing of other articles."
    return text + (" So few give a rough idea only." if resampling.n_units < FEW_UNITS else "")


def check_resampling(resamples: int, seed: int) -> None:
    """Raise UsageError if the number of resamples or the seed is below 0."""
    if resamples < 0:
        fix = "Give --resamples 1000, or 0 for no intervals."
        raise UsageError(f"{resamples} resamples cannot be drawn.", fix=fix, value=str(resamples), rule="bad-resamples")
    if seed < 0:
        fix = "Give --seed 0 or more."
        raise UsageError(f"{seed} cannot seed the random numbers.", fix=fix, value=str(seed), rule="bad-seed")


def choose_units(places: Sequence[tuple[Any, Any]], resamples: int) -> tuple[str | None, list[tuple[Any, ...]], str]:
    """What to resample (None for nothing), the unit in which each place (article, sentence) stands, and why nothing is.

    Articles; of a single article its sentences.
    """
    articles = [(article,) for article, _ in places]
    if resamples == 0:
        return None, articles, "none were asked for"
    if not places:
        return None, articles, "there are no rows"
    if len(set(articles)) > 1:
        return "articles", articles, ""
    if len(set(places)) > 1:
        return "sentences", list(places), ""
    reason = "all rows stand in one sentence; an interval needs several sentences, better several articles"
    return None, list(places), reason


def draws(units: int, resamples: int, seed: int) -> Iterator[Counts]:
    """How often each unit is drawn in each resample, in pieces of shape (up to 100, units); the seed settles them."""
    generator = np.random.default_rng(seed)
    for first in range(0, resamples, _AT_ONCE):
        size = min(_AT_ONCE, resamples - first)
        yield generator.multinomial(units, np.full(units, 1 / units), size=size)


def intervals(right: Counts, coded: Counts, gold: Counts, *, resamples: int, seed: int, level: float = LEVEL) -> Floats:
    """Percentile intervals of precision, recall and F1 from resampled units.

    right: shape (units, lines), what is right in each unit for each line of the table of scores; coded, gold: shape
    (units,), the rows in it. Returns shape (lines, 3, 2): low and high of precision, recall, F1. nan where no resample
    has the measure (nothing coded, nothing gold), or resamples is 0; resamples without it are left out otherwise.
    The same seed gives the same intervals. If every unit scores the same, the interval has no width: the data show no
    variation, which is not certainty.
    """
    units, lines = right.shape
    out = np.full((lines, len(MEASURES), 2), np.nan)
    if resamples == 0 or units == 0:
        return out
    drawn = np.concatenate([right, coded[:, None], gold[:, None]], axis=1)
    sums = np.concatenate([times @ drawn for times in draws(units, resamples, seed)])
    hits, n_coded, n_gold = sums[:, :lines], sums[:, lines : lines + 1], sums[:, lines + 1 :]
    tails = [(1 - level) / 2, (1 + level) / 2]
    for number, (above, below) in enumerate(((hits, n_coded), (hits, n_gold), (2 * hits, n_coded + n_gold))):
        # Whether a resample has the measure depends on its rows alone, so it is the same for all lines.
        has = below[:, 0] > 0
        if has.any():
            out[:, number, :] = np.quantile(above[has] / below[has], tails, axis=0).T
    return out
