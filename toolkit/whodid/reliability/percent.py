"""Percent agreement: the share of pairs of judgements of a unit that are the same."""

from __future__ import annotations

import numpy.typing as npt

from whodid.reliability.tally import Floats, Tally, tally
from whodid.reliability.undefined import as_ratings, ratio, reason, refuse


def percent_agreement(ratings: npt.ArrayLike) -> float:
    """The mean over units of the share of pairs of coders who agree; not corrected for chance.

    ratings: whole numbers, shape (coders, units); -1 where a coder did not judge a unit. Units with one judgement do not
    count. Raises ReliabilityError if no unit has two judgements.
    Source: Gwet (2014), Handbook of Inter-Rater Reliability, 4th edition, chapter 2 (p_a).
    """
    tallied = tally(as_ratings(ratings))
    why = reason(tallied, needs_categories=False)
    return refuse(why) if why else float(percent(tallied)[0])


def percent(tallied: Tally) -> Floats:
    """Percent agreement (0 to 1) for each sample of a tally; nan where it has no unit."""
    return ratio(tallied.agreeing, tallied.n_units)
