"""Intervals against hand-computed cases, and what they must not depend on."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy.stats import binom

import whodid as wd
from event_samples import MakeEvents
from whodid.codebook.model import Codebook
from whodid.errors import UsageError
from whodid.reliability.bootstrap import Resampling, about_intervals, intervals


def _of(right: list[list[int]], coded: list[int], gold: list[int], **options: float) -> np.ndarray:
    settings = {"resamples": 2000, "seed": 0, **options}
    return intervals(np.array(right), np.array(coded), np.array(gold), **settings)  # type: ignore[arg-type]


def _event(result: wd.evaluate) -> pd.Series:  # type: ignore[valid-type]
    return result.scores.iloc[0]  # type: ignore[attr-defined]


def test_of_two_articles_one_right_one_wrong_half_of_the_samples_score_a_half() -> None:
    # Both twice the right one: 1, chance 1/4. One of each: 1/2, chance 1/2. Both twice the wrong one: 0, chance 1/4.
    assert _of([[1], [0]], [1, 1], [1, 1])[0].tolist() == [[0, 1]] * 3
    # The middle 40 % lies within the middle half.
    assert _of([[1], [0]], [1, 1], [1, 1], level=0.4)[0].tolist() == [[0.5, 0.5]] * 3


def test_measures_are_ratios_of_sums_and_undefined_samples_are_left_out() -> None:
    # a: 2 right of 2 coded and 4 gold; b: 0 right of 2 coded, no gold.
    # aa: P 4/4, R 4/8, F1 8/12. ab: P 2/4, R 2/4, F1 4/8. bb: P 0/4, R undefined, F1 0/4.
    precision, recall, f1 = _of([[2], [0]], [2, 2], [4, 0])[0]
    assert precision.tolist() == [0, 1]
    assert recall.tolist() == [0.5, 0.5]
    assert f1.tolist() == pytest.approx([0, 2 / 3])


def test_of_many_articles_with_one_row_the_interval_is_the_binomial_one() -> None:
    right = [[1]] * 50 + [[0]] * 50
    low, high = _of(right, [1] * 100, [1] * 100, resamples=10_000)[0][0]
    assert low == pytest.approx(binom.ppf(0.025, 100, 0.5) / 100, abs=0.011)
    assert high == pytest.approx(binom.ppf(0.975, 100, 0.5) / 100, abs=0.011)


def test_lines_of_the_table_are_resampled_together() -> None:
    found = _of([[1, 0, 1], [0, 1, 1]], [1, 1], [1, 1])
    assert found[2].tolist() == [[1, 1]] * 3
    assert found[0].tolist() == found[1].tolist()


def test_the_same_seed_gives_the_same_interval_and_another_seed_another() -> None:
    generator = np.random.default_rng(5)
    coded = generator.integers(5, 50, 40)
    right = [[int(generator.integers(0, n))] for n in coded]
    first, again, other = (_of(right, list(coded), list(coded), seed=seed, resamples=150) for seed in (7, 7, 8))
    assert first.tolist() == again.tolist()
    assert first.tolist() != other.tolist()


def test_without_rows_or_resamples_there_is_no_interval() -> None:
    assert np.isnan(_of([[0]], [0], [0])).all()
    assert np.isnan(_of([[1], [0]], [1, 1], [1, 1], resamples=0)).all()
    precision, recall, f1 = _of([[0], [0]], [0, 0], [1, 1])[0]
    assert np.isnan(precision).all()
    assert recall.tolist() == f1.tolist() == [0, 0]


def test_articles_are_resampled_where_there_are_several(make_events: MakeEvents, codebook: Codebook) -> None:
    gold = make_events(article_id=["a", "a", "b"], sentence=[0, 1, 0])
    coded = make_events(article_id=["a", "a", "b"], sentence=[0, 1, 0], action=["112", "112", "190"])
    result = wd.evaluate(coded, gold, codebook)
    assert (result.resampling.unit, result.resampling.n_units, result.resampling.reason) == ("articles", 2, "")
    # aa: 4/4, ab: 2/3, bb: 0/2.
    line = _event(result)
    assert (line["f1"], line["f1_low"], line["f1_high"]) == (0.667, 0, 1)


def test_of_a_single_article_sentences_are_resampled(make_events: MakeEvents, codebook: Codebook) -> None:
    gold, coded = make_events(action=["112", "114"]), make_events(action=["112", "190"])
    result = wd.evaluate(coded, gold, codebook)
    assert (result.resampling.unit, result.resampling.n_units) == ("sentences", 2)
    assert (_event(result)["f1_low"], _event(result)["f1_high"]) == (0, 1)


def test_a_pair_across_sentences_counts_once_in_the_gold_ones(make_events: MakeEvents, codebook: Codebook) -> None:
    gold, coded = make_events(sentence=[0, 2], action=["112", "114"]), make_events(sentence=[1], action=["112"])
    result = wd.evaluate(coded, gold, codebook)
    assert result.n_matched == 1
    # Not three: the pair is one sentence's, and the missed row another's.
    assert result.resampling.n_units == 2


def test_a_single_sentence_has_no_interval_and_says_why(make_events: MakeEvents, codebook: Codebook) -> None:
    result = wd.evaluate(make_events(), make_events(), codebook)
    assert result.resampling.unit is None
    assert result.resampling.reason.startswith("all rows stand in one sentence")
    assert result.scores.filter(regex="_low|_high").isna().all(axis=None)
    assert (result.scores["f1"] == 1.0).all()


def test_intervals_do_not_depend_on_the_order_of_rows(make_events: MakeEvents, codebook: Codebook) -> None:
    ids, sentences = list("aabbccdd"), [0, 1] * 4
    gold = make_events(article_id=ids, sentence=sentences)
    coded = make_events(
        article_id=ids, sentence=sentences, action=["112", "114", "190", "112", "112", "057", "112", "112"]
    )
    one = wd.evaluate(coded, gold, codebook)
    other = wd.evaluate(coded.iloc[::-1], gold.sample(frac=1, random_state=3), codebook)
    pd.testing.assert_frame_equal(one.scores, other.scores)
    pd.testing.assert_frame_equal(one.misses, other.misses)
    pd.testing.assert_frame_equal(one.confusion, other.confusion)


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"resamples": -1}, "-1 resamples cannot be drawn. Give --resamples 1000, or 0 for no intervals."),
        ({"seed": -5}, "-5 cannot seed the random numbers. Give --seed 0 or more."),
    ],
)
def test_impossible_options_are_refused(
    options: dict[str, int], sentence: str, make_events: MakeEvents, codebook: Codebook
) -> None:
    with pytest.raises(UsageError) as caught:
        wd.evaluate(make_events(), make_events(), codebook, **options)  # type: ignore[arg-type]
    assert str(caught.value) == sentence


@pytest.mark.parametrize(
    ("resampling", "sentence"),
    [
        (Resampling(None, 0, 0, 0, reason="none were asked for"), "No intervals: none were asked for."),
        (
            Resampling("articles", 200, 1000, 0),
            "In brackets: 95% intervals from 1,000 resamples of 200 articles (seed 0).",
        ),
        (
            Resampling("sentences", 5, 1000, 0),
            "In brackets: 95% intervals from 1,000 resamples of 5 sentences (seed 0). Of a single article, so they say "
            "nothing of other articles. So few give a rough idea only.",
        ),
    ],
)
def test_intervals_say_what_they_are(resampling: Resampling, sentence: str) -> None:
    assert about_intervals(resampling, "In brackets") == sentence
