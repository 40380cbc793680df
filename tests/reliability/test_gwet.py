"""Gwet's AC1 against published examples, and what must hold for any judgements."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given

from reliability.judgements import judgements
from reliability.published import GWET, KRIPPENDORFF_C, Ints
from whodid.reliability.gwet import gwet_ac1
from whodid.reliability.percent import percent_agreement


def test_two_raters_with_a_skewed_table() -> None:
    # Gwet (2002) and (2008): AC1 = 0.9408, where kappa is -0.0234.
    assert round(gwet_ac1(GWET), 4) == 0.9408


def test_four_raters_with_missing_judgements() -> None:
    # Gwet, package irrCAC, gwet.ac1.raw(cac.raw4raters): pa 0.8181818, pe 0.1903212, AC1 0.77544.
    assert round(gwet_ac1(KRIPPENDORFF_C), 4) == 0.7754


@given(judgements())
def test_it_is_the_formula_written_out(ratings: Ints) -> None:
    """Gwet (2014), chapter 2: p_e is the mean of pi_k (1 - pi_k) over the categories, times q / (q - 1)."""
    values = [int(value) for value in np.unique(ratings[ratings >= 0])]
    if len(values) < 2:
        return
    units = [column[column >= 0] for column in ratings.T if (column >= 0).any()]
    agreeing = [
        sum((unit == k).sum() * ((unit == k).sum() - 1) for k in values) / (len(unit) * (len(unit) - 1))
        for unit in units
        if len(unit) > 1
    ]
    shares = [np.mean([(unit == k).mean() for unit in units]) for k in values]
    expected = sum(share * (1 - share) for share in shares) / (len(values) - 1)
    assert gwet_ac1(ratings) == pytest.approx((np.mean(agreeing) - expected) / (1 - expected), abs=1e-12)


@given(judgements())
def test_it_is_never_above_percent_agreement(ratings: Ints) -> None:
    if len(np.unique(ratings[ratings >= 0])) > 1:
        assert gwet_ac1(ratings) <= percent_agreement(ratings) + 1e-12
