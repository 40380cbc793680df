"""Cohen's kappa of two coders; for more, the mean over their pairs (Light's kappa)."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from whodid.errors import ReliabilityError
from whodid.reliability.percent import percent
from whodid.reliability.tally import MISSING, Floats, Tally, tally
from whodid.reliability.undefined import as_ratings, corrected, ratio, reason, refuse

NO_PAIR = "No pair of coders has a kappa."


def cohen_kappa(ratings: npt.ArrayLike) -> float:
    """Agreement of two coders corrected for chance, each with their own share of the categories.

    ratings: whole numbers, shape (2, units); -1 where a coder did not judge a unit: such units are left out. Raises
    ReliabilityError if no unit is left, or all judgements are the same.
    Source: Cohen (1960), A Coefficient of Agreement for Nominal Scales, Educational and Psychological Measurement 20.
    """
    array = as_ratings(ratings)
    if len(array) != 2:
        message = f"Cohen's kappa is of two coders, not of {len(array)}."
        raise ReliabilityError(message, fix="Use light_kappa, which is the mean over pairs.", rule="shape")
    tallied = tally(array[:, (array != MISSING).all(axis=0)])
    why = reason(tallied)
    return refuse(why) if why else float(kappa(tallied)[0])


def light_kappa(ratings: npt.ArrayLike) -> float:
    """The mean of Cohen's kappa over the pairs of coders who have one.

    ratings: whole numbers, shape (coders, units); -1 where a coder did not judge a unit. Raises ReliabilityError if no
    pair has a kappa.
    Source: Light (1971), Measures of Response Agreement for Qualitative Data, Psychological Bulletin 76.
    """
    array = as_ratings(ratings)
    found = []
    for one in range(len(array)):
        for other in range(one + 1, len(array)):
            pair = array[[one, other]]
            tallied = tally(pair[:, (pair != MISSING).all(axis=0)])
            if not reason(tallied):
                found.append(kappa(tallied)[0])
    return float(np.mean(found)) if found else refuse(NO_PAIR)


def kappa(tallied: Tally) -> Floats:
    """Cohen's kappa for each sample of a tally of two coders who both judged each unit; nan where it has none."""
    if tallied.products is None:
        raise ValueError("the tally is not of two coders who both judged each unit")
    return corrected(percent(tallied), ratio(tallied.products, tallied.n_units**2))
