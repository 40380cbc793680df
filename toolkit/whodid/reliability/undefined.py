"""Why a statistic of agreement has no value: said in a sentence, never as 1.0, 0.0 or a silent nan."""

from __future__ import annotations

from typing import NoReturn

import numpy as np
import numpy.typing as npt

from whodid.errors import ReliabilityError
from whodid.reliability.tally import Floats, Ints, Tally

NO_UNITS = "No unit was judged by two coders."
ONE_CATEGORY = "All judgements are the same: with one category there is no chance agreement to correct for."
_FIXES = {
    NO_UNITS: "Have two coders code some of the same articles.",
    ONE_CATEGORY: "Report percent agreement, or judge units that differ.",
}


def reason(tallied: Tally, *, needs_categories: bool = True) -> str:
    """Why there is no value for the judgements as they are; empty if there is one."""
    if tallied.n_units[0] == 0:
        return NO_UNITS
    return ONE_CATEGORY if needs_categories and tallied.n_categories < 2 else ""


def refuse(why: str) -> NoReturn:
    """Raise ReliabilityError with the sentence and its fix."""
    raise ReliabilityError(why, fix=_FIXES.get(why, ""), rule="undefined")


def ratio(above: Floats, below: Floats) -> Floats:
    """above / below; nan where below is 0 (a resample in which the statistic has no value)."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(below > 0, above / np.where(below > 0, below, 1.0), np.nan)


def corrected(observed: Floats, expected: Floats) -> Floats:
    """(observed - expected) / (1 - expected): agreement beyond chance as a share of what is possible beyond chance.

    nan where expected is 1, up to rounding.
    """
    room = 1 - expected
    return ratio(observed - expected, np.where(room > 1e-12, room, 0.0))


def as_ratings(ratings: npt.ArrayLike) -> Ints:
    """Judgements as an array, shape (coders, units). Raises ReliabilityError if they do not have that shape."""
    array = np.asarray(ratings, dtype=np.int64)
    if array.ndim != 2 or len(array) < 2:
        message = f"Judgements of the shape {array.shape} are not those of two or more coders."
        raise ReliabilityError(message, fix="Give one row for each coder and one column for each unit.", rule="shape")
    return array
