"""Scores against hand-computed cases."""

from __future__ import annotations

import pandas as pd
import pytest

import whodid as wd
from event_samples import MakeEvents
from whodid.codebook.model import Codebook
from whodid.events.matching import match_events, overlap


def _score(evaluation: object, part: str, level: str) -> pd.Series:
    scores = evaluation.scores  # type: ignore[attr-defined]
    return scores[(scores["part"] == part) & (scores["level"] == level)].iloc[0]


def test_overlap_is_the_share_of_the_shorter_span() -> None:
    assert overlap(0, 10, 5, 20) == pytest.approx(0.5)
    assert overlap(0, 4, 0, 10) == 1.0
    assert overlap(0, 4, 4, 10) == 0.0


def test_gold_against_itself_is_right_everywhere(make_events: MakeEvents, codebook: Codebook) -> None:
    gold = make_events(action=["112", "114", "190"])
    result = wd.evaluate(gold, gold, codebook)
    assert (result.scores["f1"] == 1.0).all()
    assert len(result.missed) == len(result.wrong) == len(result.extra) == 0


def test_a_neighbouring_code_is_right_at_the_root_and_wrong_in_full(
    make_events: MakeEvents, codebook: Codebook
) -> None:
    gold, coded = make_events(action=["112", "114"]), make_events(action=["111", "114"])
    result = wd.evaluate(coded, gold, codebook)
    assert _score(result, "event", "code")["f1"] == 0.5
    assert _score(result, "event", "root")["f1"] == 1.0
    assert list(result.wrong["gold_action"]) == ["112"]


def test_a_wrong_date_spoils_the_event_and_not_its_dyad(make_events: MakeEvents, codebook: Codebook) -> None:
    gold = make_events()
    coded = make_events(date=pd.Timestamp("2024-06-20").date())
    result = wd.evaluate(coded, gold, codebook)
    assert _score(result, "event", "code")["n_right"] == 0
    assert _score(result, "dyad and action", "code")["n_right"] == 1
    assert _score(result, "date", "day")["n_right"] == 0


def test_nothing_coded_has_no_precision_and_no_recall(make_events: MakeEvents, codebook: Codebook) -> None:
    gold = make_events(action=["112", "114"])
    result = wd.evaluate(gold.iloc[:0], gold, codebook)
    line = _score(result, "event", "code")
    assert pd.isna(line["precision"])
    assert line["recall"] == 0.0
    assert len(result.missed) == 2


def test_articles_that_the_gold_does_not_have_are_left_out(make_events: MakeEvents, codebook: Codebook) -> None:
    gold = make_events()
    coded = pd.concat([gold, make_events(article_id="another")], ignore_index=True)
    assert _score(wd.evaluate(coded, gold, codebook), "event", "code")["precision"] == 1.0


def test_matching_does_not_depend_on_the_order_of_rows(make_events: MakeEvents) -> None:
    one = make_events(action=["112", "114", "190"])
    pairs = match_events(one, one.iloc[::-1].reset_index(drop=True))
    assert pairs == [(0, 2), (1, 1), (2, 0)]


def test_rows_of_other_sentences_and_words_are_not_matched(make_events: MakeEvents) -> None:
    one = make_events()
    other = make_events(
        sentence=5, actor="FRA", action="073", target="MLI",
        actor_start=90, actor_end=99, action_start=100, action_end=107, target_start=110, target_end=114,
    )  # fmt: skip
    assert match_events(one, other) == []
