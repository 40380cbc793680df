"""Random judgements for properties: any coders, units and categories, with gaps."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from hypothesis import strategies as st

from reliability.published import Ints
from whodid.errors import ReliabilityError


@st.composite
def judgements(draw: st.DrawFn, *, coders: int | None = None, has_gaps: bool = True) -> Ints:
    """Ratings, shape (coders, units), of up to five coders and four categories, at least one unit judged by two."""
    number = coders or draw(st.integers(2, 5))
    units = draw(st.integers(1, 12))
    values = st.integers(-1 if has_gaps else 0, 3)
    table = np.array([draw(st.lists(values, min_size=units, max_size=units)) for _ in range(number)])
    table[:2, 0] = np.maximum(table[:2, 0], 0)
    return table


def or_reason(statistic: Callable[[Ints], float], ratings: Ints) -> float | str:
    """The value of a statistic, or the sentence that says why there is none."""
    try:
        return round(statistic(ratings), 12)
    except ReliabilityError as error:
        return error.message
