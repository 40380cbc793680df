"""Gwet's AC1: agreement corrected for chance in a way that skewed categories do not distort."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from whodid.reliability.percent import percent
from whodid.reliability.tally import Floats, Tally, tally
from whodid.reliability.undefined import as_ratings, corrected, reason, refuse


def gwet_ac1(ratings: npt.ArrayLike) -> float:
    """Agreement of several coders beyond what guessing gives on the units that are hard to judge.

    ratings: whole numbers, shape (coders, units); -1 where a coder did not judge a unit. The categories are those that
    occur. With many categories chance agreement is small, and AC1 is close to percent agreement. Raises ReliabilityError
    if no unit has two judgements, or all judgements are the same.
    Source: Gwet (2008), Computing inter-rater reliability and its variance in the presence of high agreement, British
    Journal of Mathematical and Statistical Psychology 61.
    """
    tallied = tally(as_ratings(ratings))
    why = reason(tallied)
    return refuse(why) if why else float(ac1(tallied)[0])


def ac1(tallied: Tally) -> Floats:
    """Gwet's AC1 for each sample of a tally; nan where it has none. The categories are those of the first sample."""
    if tallied.n_categories < 2:
        return np.full(len(tallied.n_units), np.nan)
    return corrected(percent(tallied), (1 - tallied.shares) / (tallied.n_categories - 1))
