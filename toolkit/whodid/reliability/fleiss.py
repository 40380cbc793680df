"""Fleiss' kappa: any number of coders, who need not be the same for each unit."""

from __future__ import annotations

import numpy.typing as npt

from whodid.reliability.percent import percent
from whodid.reliability.tally import Floats, Tally, tally
from whodid.reliability.undefined import as_ratings, corrected, reason, refuse


def fleiss_kappa(ratings: npt.ArrayLike) -> float:
    """Agreement of several coders corrected for chance, with one share of each category for all of them.

    ratings: whole numbers, shape (coders, units); -1 where a coder did not judge a unit. With two coders it is Scott's
    pi. Where the number of judgements differs between units, each unit counts the same (Gwet's form); a unit with one
    judgement then counts in the shares of the categories alone. Raises ReliabilityError if no unit has two judgements,
    or all judgements are the same.
    Source: Fleiss (1971), Measuring Nominal Scale Agreement Among Many Raters, Psychological Bulletin 76; for missing
    judgements Gwet (2014), Handbook of Inter-Rater Reliability, 4th edition, chapter 2.
    """
    tallied = tally(as_ratings(ratings))
    why = reason(tallied)
    return refuse(why) if why else float(kappa(tallied)[0])


def kappa(tallied: Tally) -> Floats:
    """Fleiss' kappa for each sample of a tally; nan where it has none."""
    return corrected(percent(tallied), tallied.shares)
