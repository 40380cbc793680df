"""Krippendorff's alpha against his own examples, the package krippendorff, and what must hold for any judgements."""

from __future__ import annotations

import krippendorff
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reliability.judgements import judgements, or_reason
from reliability.published import KRIPPENDORFF_A, KRIPPENDORFF_B, KRIPPENDORFF_C, Ints
from whodid.errors import ReliabilityError
from whodid.reliability.krippendorff import alpha, krippendorff_alpha
from whodid.reliability.tally import tally

VALUES = np.arange(6)
INTERVAL = (VALUES[:, None] - VALUES) ** 2.0
RATIO = np.divide(VALUES[:, None] - VALUES, VALUES[:, None] + VALUES, where=INTERVAL > 0, out=np.zeros((6, 6))) ** 2


def _ordinal(ratings: Ints) -> np.ndarray:
    """Krippendorff (2011), section D: the squared sum of the frequencies from c to k, less half of those of c and k."""
    many = (ratings >= 0).sum(axis=0) >= 2
    counts = np.bincount(ratings[:, many][ratings[:, many] >= 0], minlength=len(VALUES))
    out = np.zeros((len(VALUES), len(VALUES)))
    for c in VALUES:
        for k in VALUES[c + 1 :]:
            out[c, k] = out[k, c] = (counts[c : k + 1].sum() - (counts[c] + counts[k]) / 2) ** 2
    return out


@pytest.mark.parametrize(
    ("ratings", "distance", "published", "four_decimals"),
    [
        (KRIPPENDORFF_A, None, 0.095, 0.0952),  # section A: 2 / 21
        (KRIPPENDORFF_B, None, 0.692, 0.6920),  # section B: 155 / 224
        (KRIPPENDORFF_C, None, 0.743, 0.7434),  # section C; Gwet's irrCAC prints 0.74342
        (KRIPPENDORFF_C, _ordinal(KRIPPENDORFF_C), 0.815, 0.8154),  # section D
        (KRIPPENDORFF_C, INTERVAL, 0.849, 0.8491),  # section D
        (KRIPPENDORFF_C, RATIO, 0.797, 0.7974),  # section D
    ],
)
def test_krippendorffs_own_examples(
    ratings: Ints, distance: np.ndarray | None, published: float, four_decimals: float
) -> None:
    found = krippendorff_alpha(ratings, distance)
    assert round(found, 3) == published
    assert round(found, 4) == four_decimals


@given(judgements(), st.randoms(use_true_random=False))
def test_it_is_what_the_package_says_for_any_distance(ratings: Ints, chance: object) -> None:
    given_as = np.where(ratings < 0, np.nan, ratings)
    many = ratings[:, (ratings >= 0).sum(axis=0) >= 2]
    if len(np.unique(many[many >= 0])) < 2:
        return
    found = krippendorff_alpha(ratings)
    assert found == pytest.approx(krippendorff.alpha(given_as, level_of_measurement="nominal"), abs=1e-10)
    distance = np.zeros((4, 4))
    for one in range(4):
        for other in range(one):
            distance[one, other] = distance[other, one] = 0.1 + chance.random()  # type: ignore[attr-defined]

    def metric(v1: np.ndarray, v2: np.ndarray, **_: object) -> np.ndarray:
        return distance[np.asarray(v1, dtype=int), np.asarray(v2, dtype=int)]

    theirs = krippendorff.alpha(given_as, level_of_measurement=metric, value_domain=[0, 1, 2, 3])
    assert krippendorff_alpha(ratings, distance) == pytest.approx(theirs, abs=1e-10)


@given(judgements())
def test_units_with_one_judgement_change_nothing(ratings: Ints) -> None:
    single = np.full((len(ratings), 1), -1)
    single[0] = 9
    assert or_reason(krippendorff_alpha, np.hstack([ratings, single])) == or_reason(krippendorff_alpha, ratings)


@given(judgements())
def test_the_distance_of_a_ladder_is_the_alpha_of_its_matrix(ratings: Ints) -> None:
    """Categories 0 to 3 as a tree: 0 and 1 below one parent, 2 and 3 below another."""
    coarse = np.where(ratings < 0, -1, ratings // 2)
    matrix = np.array([[((a != b) + (a // 2 != b // 2)) / 2 for a in range(4)] for b in range(4)])
    many = ratings[:, (ratings >= 0).sum(axis=0) >= 2]
    if len(np.unique(many[many >= 0])) < 2:
        return
    ladder = alpha([(tally(ratings), 0.5), (tally(coarse), 0.5)])[0]
    assert ladder == pytest.approx(krippendorff_alpha(ratings, matrix), abs=1e-10)


def test_perfect_agreement_is_1_and_systematic_disagreement_below_0() -> None:
    assert krippendorff_alpha([[0, 1, 2, 3], [0, 1, 2, 3]]) == 1.0
    assert krippendorff_alpha([[0, 1, 0, 1], [1, 0, 1, 0]]) < 0


@pytest.mark.parametrize(
    ("distance", "sentence"),
    [
        (np.zeros((2, 3)), "The distance has the shape (2, 3). Give a symmetric table with a row for each category "
                           "and 0 on the diagonal."),
        (np.ones((2, 2)), "The distance is not symmetric and 0 on the diagonal. Give a symmetric table with a row for "
                          "each category and 0 on the diagonal."),
    ],
)  # fmt: skip
def test_a_distance_that_is_none_is_a_sentence(distance: np.ndarray, sentence: str) -> None:
    with pytest.raises(ReliabilityError) as caught:
        krippendorff_alpha([[0, 1], [0, 1]], distance)
    assert str(caught.value) == sentence


def test_a_distance_of_0_between_all_that_occur_is_one_category() -> None:
    with pytest.raises(ReliabilityError, match="All judgements are the same"):
        krippendorff_alpha([[0, 1], [1, 0]], np.zeros((2, 2)))
