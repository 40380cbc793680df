"""Fleiss' kappa against the published example, statsmodels, and what must hold for any judgements."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from statsmodels.stats.inter_rater import aggregate_raters
from statsmodels.stats.inter_rater import fleiss_kappa as of_statsmodels

from reliability.judgements import judgements
from reliability.published import FLEISS, GWET, KRIPPENDORFF_C, Ints
from whodid.errors import ReliabilityError
from whodid.reliability.fleiss import fleiss_kappa
from whodid.reliability.percent import percent_agreement


def test_fleiss_own_example() -> None:
    # Fleiss (1971), p. 380: kappa = .430 (.5556 of pairs agree, .2199 expected).
    assert round(percent_agreement(FLEISS), 4) == 0.5556
    assert round(fleiss_kappa(FLEISS), 4) == 0.4302


def test_with_missing_judgements_it_is_gwets_form() -> None:
    # Gwet, package irrCAC, fleiss.kappa.raw(cac.raw4raters): pa 0.8181818, coefficient 0.76117.
    assert round(percent_agreement(KRIPPENDORFF_C), 4) == 0.8182
    assert round(fleiss_kappa(KRIPPENDORFF_C), 4) == 0.7612


def test_of_two_coders_it_is_scotts_pi() -> None:
    # Gwet (2008): pi = -0.0288.
    assert round(fleiss_kappa(GWET), 4) == -0.0288


@given(judgements(has_gaps=False))
def test_it_is_what_statsmodels_says(ratings: Ints) -> None:
    if len(np.unique(ratings)) < 2:
        return
    table, _ = aggregate_raters(ratings.T)
    assert fleiss_kappa(ratings) == pytest.approx(of_statsmodels(table), abs=1e-12)


def test_percent_agreement_of_one_category_is_1_and_of_no_unit_a_sentence() -> None:
    assert percent_agreement([[3, 3], [3, 3]]) == 1.0
    with pytest.raises(ReliabilityError, match="No unit was judged by two coders"):
        percent_agreement([[1, -1], [-1, 2]])
