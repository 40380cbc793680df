"""What holds for every statistic of agreement, whichever judgements there are."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given

from reliability.judgements import judgements, or_reason
from reliability.published import Ints
from whodid.errors import ReliabilityError
from whodid.reliability.cohen import light_kappa
from whodid.reliability.fleiss import fleiss_kappa
from whodid.reliability.gwet import gwet_ac1
from whodid.reliability.krippendorff import krippendorff_alpha
from whodid.reliability.percent import percent_agreement
from whodid.reliability.tally import Weights, tallies, tally
from whodid.reliability.undefined import NO_UNITS, ONE_CATEGORY

CORRECTED = (light_kappa, fleiss_kappa, gwet_ac1, krippendorff_alpha)
Statistic = Callable[[Ints], float]


@pytest.mark.parametrize("statistic", [*CORRECTED, percent_agreement])
@given(ratings=judgements())
def test_order_of_coders_units_and_names_of_categories_do_not_matter(statistic: Statistic, ratings: Ints) -> None:
    found = or_reason(statistic, ratings)
    assert or_reason(statistic, ratings[::-1]) == found
    assert or_reason(statistic, ratings[:, ::-1]) == found
    assert or_reason(statistic, np.where(ratings < 0, -1, (ratings * 7 + 3) % 11)) == found


@pytest.mark.parametrize("statistic", [*CORRECTED, percent_agreement])
@given(ratings=judgements())
def test_a_value_is_at_most_1_and_1_only_if_all_agree(statistic: Statistic, ratings: Ints) -> None:
    found = or_reason(statistic, ratings)
    if isinstance(found, float):
        units = [column[column >= 0] for column in ratings.T]
        assert found <= 1
        assert (found == 1) == all(len(set(unit.tolist())) <= 1 for unit in units)


@pytest.mark.parametrize("statistic", CORRECTED[1:])
@pytest.mark.parametrize(
    ("ratings", "sentence"), [([[3, 3], [3, 3], [3, -1]], ONE_CATEGORY), ([[1, -1], [-1, 2]], NO_UNITS)]
)
def test_where_there_is_no_value_a_sentence_says_why(
    statistic: Statistic, ratings: list[list[int]], sentence: str
) -> None:
    with pytest.raises(ReliabilityError) as caught:
        statistic(np.array(ratings))
    assert str(caught.value).startswith(sentence)


@given(judgements())
def test_a_resample_counts_each_cluster_as_often_as_it_was_drawn(ratings: Ints) -> None:
    """The sums of a drawn sample are those of the judgements repeated that often."""
    chance = np.random.default_rng(ratings.shape[1])
    cluster = chance.integers(0, 3, ratings.shape[1])
    drawn = chance.integers(0, 4, (2, 3))
    found = tally(ratings, cluster, Weights.of(drawn, 3))
    for sample, times in enumerate([np.ones(3, dtype=int), *drawn]):
        repeated = np.repeat(ratings, times[cluster], axis=1)
        theirs = tally(repeated)
        for name in ("n_units", "n_judgements", "agreeing", "differing", "shares", "counts"):
            assert getattr(found, name)[sample] == pytest.approx(getattr(theirs, name)[0], nan_ok=True), name


def test_tables_of_other_judgements_are_refused() -> None:
    with pytest.raises(ValueError, match="do not lack the same judgements"):
        tallies([np.array([[1, 1], [1, 1]]), np.array([[1, -1], [1, 1]])], np.zeros(2, dtype=int), Weights.of(None, 1))
    assert tallies([], np.zeros(0, dtype=int), Weights.of(None, 1)) == []
