"""Cohen's kappa against the published example, two libraries, and what must hold for any judgements."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from sklearn.metrics import cohen_kappa_score
from statsmodels.stats.inter_rater import cohens_kappa

from reliability.judgements import judgements
from reliability.published import COHEN, GWET, KRIPPENDORFF_C, Ints
from whodid.errors import ReliabilityError
from whodid.reliability.cohen import cohen_kappa, kappa, light_kappa
from whodid.reliability.tally import tally


def test_cohens_own_example() -> None:
    # Cohen (1960), p. 45: p_o = .70, p_c = .41, kappa = .492; .29 / .59 to four decimals.
    assert round(cohen_kappa(COHEN), 4) == 0.4915


def test_high_agreement_on_a_skewed_table_has_a_kappa_below_0() -> None:
    # Gwet (2008): kappa = -0.0234 although 94.4 % agree.
    assert round(cohen_kappa(GWET), 4) == -0.0234


@given(judgements(coders=2, has_gaps=False))
def test_it_is_what_scikit_learn_and_statsmodels_say(ratings: Ints) -> None:
    if len(np.unique(ratings)) < 2:
        return
    found = cohen_kappa(ratings)
    assert found == pytest.approx(cohen_kappa_score(*ratings), abs=1e-12)
    table = np.zeros((4, 4))
    np.add.at(table, tuple(ratings), 1)
    assert found == pytest.approx(cohens_kappa(table, return_results=False), abs=1e-12)


def test_of_more_than_two_coders_it_is_the_mean_over_pairs() -> None:
    pairs = [(a, b) for a in range(4) for b in range(a + 1, 4)]
    kappas = [cohen_kappa(KRIPPENDORFF_C[[a, b]]) for a, b in pairs]
    assert light_kappa(KRIPPENDORFF_C) == pytest.approx(np.mean(kappas))


def test_pairs_without_a_kappa_are_left_out_of_the_mean() -> None:
    ratings = np.array([[1, 2, 1, 2, -1], [1, 2, 2, 2, 1], [-1, -1, -1, -1, 1]])
    assert light_kappa(ratings) == pytest.approx(cohen_kappa(ratings[:2]))


@pytest.mark.parametrize(
    ("ratings", "sentence"),
    [
        (
            [[1, 1, 1], [1, 1, 1]],
            "All judgements are the same: with one category there is no chance agreement to correct for. "
            "Report percent agreement, or judge units that differ.",
        ),
        (
            [[1, -1], [-1, 2]],
            "No unit was judged by two coders. Have two coders code some of the same articles.",
        ),
        ([[1, 2]], "Judgements of the shape (1, 2) are not those of two or more coders. "
                   "Give one row for each coder and one column for each unit."),
        ([[1, 2], [1, 2], [1, 2]], "Cohen's kappa is of two coders, not of 3. Use light_kappa, which is the mean over pairs."),
    ],
)  # fmt: skip
def test_where_there_is_no_kappa_a_sentence_says_why(ratings: list[list[int]], sentence: str) -> None:
    with pytest.raises(ReliabilityError) as caught:
        cohen_kappa(ratings)
    assert str(caught.value) == sentence


def test_no_pair_with_a_kappa_is_a_sentence() -> None:
    with pytest.raises(ReliabilityError, match=r"^No pair of coders has a kappa\."):
        light_kappa([[1, 1], [1, 1], [1, 1]])


def test_a_tally_of_three_coders_is_refused() -> None:
    with pytest.raises(ValueError, match="not of two coders"):
        kappa(tally(KRIPPENDORFF_C))
