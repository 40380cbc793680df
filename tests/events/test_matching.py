"""Which rows are about the same event, and properties of the scores."""

from __future__ import annotations

from functools import cache
from itertools import permutations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import event_samples
import whodid as wd
from whodid.codebook.load import load_codebook
from whodid.events import matching
from whodid.events.matching import match_events, overlap

_book = cache(load_codebook)
_SPAN = st.tuples(st.integers(0, 60), st.integers(1, 30)).map(lambda pair: (pair[0], pair[0] + pair[1]))


@st.composite
def _events(draw: st.DrawFn) -> pd.DataFrame:
    count = draw(st.integers(1, 6))
    lists: dict[str, list[object]] = {
        "actor": draw(st.lists(st.sampled_from(["KORGOV", "RUS", "PRK"]), min_size=count, max_size=count)),
        "action": draw(st.lists(st.sampled_from(["112", "114", "057", "190"]), min_size=count, max_size=count)),
        "target": draw(st.lists(st.sampled_from(["RUSGOV", "UKR", "JPN"]), min_size=count, max_size=count)),
        "article_id": draw(st.lists(st.sampled_from(["a", "b"]), min_size=count, max_size=count)),
        "sentence": draw(st.lists(st.integers(0, 2), min_size=count, max_size=count)),
    }
    spans = draw(st.lists(_SPAN, min_size=count, max_size=count))
    lists["action_start"], lists["action_end"] = [s[0] for s in spans], [s[1] for s in spans]
    return event_samples.make_events(**lists)


@given(one=_SPAN, other=_SPAN)
def test_overlap_is_symmetric_and_a_share(one: tuple[int, int], other: tuple[int, int]) -> None:
    assert overlap(*one, *other) == overlap(*other, *one)
    assert 0.0 <= overlap(*one, *other) <= 1.0
    assert overlap(*one, *one) == 1.0


def test_an_empty_span_overlaps_nothing() -> None:
    assert overlap(3, 3, 0, 10) == 0.0


@given(one=_events(), other=_events())
@settings(max_examples=40)
def test_matching_is_one_to_one_within_an_article(one: pd.DataFrame, other: pd.DataFrame) -> None:
    pairs = match_events(one, other)
    assert len({i for i, _ in pairs}) == len({j for _, j in pairs}) == len(pairs)
    assert all(one["article_id"][i] == other["article_id"][j] for i, j in pairs)


@given(events=_events())
@settings(max_examples=40)
def test_any_table_evaluated_against_itself_is_right_everywhere(events: pd.DataFrame) -> None:
    result = wd.evaluate(events, events, _book())
    assert (result.scores[["precision", "recall", "f1"]] == 1.0).all(axis=None)
    assert len(result.missed) == len(result.wrong) == len(result.extra) == 0


@given(events=_events(), gold=_events())
@settings(max_examples=40)
def test_precision_and_recall_change_places_with_the_tables(events: pd.DataFrame, gold: pd.DataFrame) -> None:
    shared = set(events["article_id"]) & set(gold["article_id"])
    events, gold = (frame[frame["article_id"].isin(shared)].reset_index(drop=True) for frame in (events, gold))
    forth, back = (wd.evaluate(a, b, _book()).scores for a, b in ((events, gold), (gold, events)))
    found = forth["part"] == "found"
    assert forth[found]["n_right"].tolist() == back[found]["n_right"].tolist()
    # Equal, or both null: without a shared article there is neither.
    pd.testing.assert_series_equal(forth[found]["precision"], back[found]["recall"], check_names=False)


@given(events=_events())
@settings(max_examples=25)
def test_counts_add_up(events: pd.DataFrame) -> None:
    gold = events.iloc[::2].reset_index(drop=True)
    result = wd.evaluate(events, gold, _book())
    scores = result.scores
    assert (scores["n_right"] <= scores[["n_coded", "n_gold"]].min(axis=1)).all()
    found = scores[scores["part"] == "found"].iloc[0]
    assert found["n_right"] + len(result.missed) == found["n_gold"]
    assert found["n_right"] + len(result.extra) == found["n_coded"]


def test_two_readings_of_the_same_words_are_one_event() -> None:
    one = event_samples.make_events(action="112", target="RUS")
    other = event_samples.make_events(action="190", target="PRK")
    assert match_events(one, other) == [(0, 0)]


def test_the_closest_of_two_readings_is_matched() -> None:
    gold = event_samples.make_events(action="112", sentence=0)
    coded = event_samples.make_events(action=["190", "112"], sentence=[0, 0])
    assert match_events(coded, gold) == [(1, 0)]


@pytest.mark.parametrize(("n_coded", "n_gold"), [(0, 2), (2, 0), (0, 0)])
def test_empty_tables_have_null_scores(n_coded: int, n_gold: int) -> None:
    events = event_samples.make_events(action=["112", "114"])
    scores = wd.evaluate(events.iloc[:n_coded], events.iloc[:n_gold], _book()).scores
    # Without a gold row no article is known, so what was coded counts for nothing.
    assert (scores["n_coded"] == (n_coded if n_gold else 0)).all()
    assert scores["precision"].isna().all()
    assert scores["recall"].isna().all() == (n_gold == 0)


def _likeness(a: dict[str, object], b: dict[str, object]) -> float:
    """docs/decisions/0008-units-of-agreement.md, written out for two rows; 0 where they are not about one event."""
    meet = overlap(a["action_start"], a["action_end"], b["action_start"], b["action_end"]) > 0  # type: ignore[arg-type]
    if a["article_id"] != b["article_id"] or not (a["sentence"] == b["sentence"] or meet):
        return 0.0
    score = 1.0 * (a["sentence"] == b["sentence"]) + 0.125 * (str(a["action"])[:2] == str(b["action"])[:2])
    for role, weight in (("actor", 1.0), ("action", 2.0), ("target", 1.0)):
        spans = (a[f"{role}_start"], a[f"{role}_end"], b[f"{role}_start"], b[f"{role}_end"])
        score += weight * overlap(*spans) + 0.5 * (a[role] == b[role])  # type: ignore[arg-type]
    return score if score >= 1.5 else 0.0


@given(one=_events(), other=_events())
@settings(max_examples=60)
def test_no_other_assignment_is_better(one: pd.DataFrame, other: pd.DataFrame) -> None:
    table = [[_likeness(a, b) for b in other.to_dict("records")] for a in one.to_dict("records")]
    pairs = match_events(one, other)
    assert all(table[i][j] > 0 for i, j in pairs)
    wide = [[*row, *[0.0] * len(one)] for row in table]  # a row may also stay alone
    best = max(
        sum(wide[i][j] for i, j in enumerate(chosen)) for chosen in permutations(range(len(other) + len(one)), len(one))
    ) if len(one) <= 3 else None  # fmt: skip
    if best is not None:
        assert sum(table[i][j] for i, j in pairs) == pytest.approx(best)


@given(one=_events(), other=_events(), chance=st.randoms(use_true_random=False))
@settings(max_examples=40)
def test_the_order_of_rows_changes_no_pair(one: pd.DataFrame, other: pd.DataFrame, chance: object) -> None:
    one, other = (table.drop_duplicates("event_id", ignore_index=True) for table in (one, other))
    mixed = [list(range(len(table))) for table in (one, other)]
    for order in mixed:
        chance.shuffle(order)  # type: ignore[attr-defined]
    pairs = match_events(one.iloc[mixed[0]].reset_index(drop=True), other.iloc[mixed[1]].reset_index(drop=True))
    assert {(mixed[0][i], mixed[1][j]) for i, j in pairs} == set(match_events(one, other))


def test_words_that_overlap_match_where_coders_count_sentences_differently() -> None:
    assert match_events(event_samples.make_events(sentence=3), event_samples.make_events(sentence=4)) == [(0, 0)]


def test_equal_codes_in_another_sentence_are_another_event() -> None:
    elsewhere = {"actor_start": 90, "actor_end": 99, "action_start": 100, "action_end": 107, "target_start": 110}
    other = event_samples.make_events(sentence=5, target_end=114, **elsewhere)
    assert match_events(event_samples.make_events(), other) == []


def test_a_row_that_could_go_with_two_leaves_the_other_row_its_only_partner() -> None:
    # The first row of `one` is nearest to the second of `other`, but the second of `one` has no other choice.
    one = event_samples.make_events(sentence=[0, 0], action_start=[0, 10], action_end=[20, 20])
    other = event_samples.make_events(sentence=[0, 0], action_start=[0, 10], action_end=[5, 20], action=["190", "112"])
    assert match_events(one, other) == [(0, 0), (1, 1)]


def test_thousands_of_rows_in_one_sentence_are_compared_piece_by_piece(monkeypatch: pytest.MonkeyPatch) -> None:
    starts = [40 * n for n in range(60)]
    rows = event_samples.make_events(
        sentence=[0] * 60,
        **{f"{role}_start": [n + at for n in starts] for role, at in (("actor", 0), ("action", 12), ("target", 24))},
        **{f"{role}_end": [n + at + 9 for n in starts] for role, at in (("actor", 0), ("action", 12), ("target", 24))},
    )
    whole = match_events(rows, rows)
    monkeypatch.setattr(matching, "_AT_ONCE", 7)
    assert match_events(rows, rows) == whole == [(n, n) for n in range(60)]
