"""Events of several coders put together to units."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from event_samples import make_events
from whodid.reliability.units import Units, put_together


def _words(start: int, length: int = 10) -> dict[str, int]:
    """Places of the words of one event that begin at a character."""
    roles = {"actor": start, "action": start + length, "target": start + 2 * length}
    return {
        f"{role}_{end}": at + (length if end == "end" else 0) for role, at in roles.items() for end in ("start", "end")
    }


def _row(coder: str, start: int = 0, **overrides: object) -> pd.DataFrame:
    return make_events(coder=coder, sentence=0, **{**_words(start), **overrides})


def _together(*rows: pd.DataFrame, judged: pd.DataFrame | None = None) -> Units:
    table = pd.concat(rows, ignore_index=True)
    names = sorted({*table["coder"], *([] if judged is None else judged["coder"])})
    return put_together(table, names, judged)


def _members(units: Units) -> list[list[str]]:
    """The coders of each unit."""
    return [[units.coders[c] for c in units.coder[units.unit == n]] for n in range(len(units.article))]


def test_rows_of_three_coders_in_the_same_words_are_one_unit() -> None:
    units = _together(_row("anna"), _row("ben", action="190"), _row("carla", actor="FRA"))
    assert _members(units) == [["anna", "ben", "carla"]]


def test_a_coder_without_a_row_judged_no_event() -> None:
    units = _together(_row("anna"), _row("anna", 100), _row("ben", 100), _row("carla"))
    assert _members(units) == [["anna", "carla"], ["anna", "ben"]]
    assert units.ratings(np.array([7, 7, 8, 9])).tolist() == [[7, 8], [0, 9], [7, 0]]


def test_a_coder_who_did_not_judge_the_article_has_no_judgement() -> None:
    elsewhere = make_events(coder="carla", article_id="other")
    units = _together(_row("anna"), _row("ben"), elsewhere)
    assert units.articles == ("seoul-2024",)
    assert units.ratings(np.array([1, 1])).tolist() == [[1], [1], [-1]]
    assert units.n_left_out == 1


def test_the_table_of_judged_articles_knows_of_articles_without_events() -> None:
    judged = pd.DataFrame({"coder": ["carla", "anna", "ben"], "article_id": ["seoul-2024", "empty", "empty"]})
    units = _together(_row("anna"), _row("ben"), judged=judged)
    assert units.ratings(np.array([1, 1])).tolist() == [[1], [1], [0]]
    assert units.articles == ("empty", "seoul-2024")
    assert units.article_ratings().tolist() == [[0, 1], [0, 1], [-1, 0]]


def test_an_article_judged_in_part_is_judged_in_those_sentences_alone() -> None:
    """anna has gone through both sentences, ben only through the first, and found nothing there."""
    judged = pd.DataFrame(
        [("anna", "seoul-2024", 0), ("anna", "seoul-2024", 1), ("ben", "seoul-2024", 0)],
        columns=["coder", "article_id", "sentence"],
    )
    first, second = _row("anna"), make_events(coder="anna", sentence=1, action="190", **_words(100))
    units = _together(first, second, judged=judged)
    assert units.ratings(np.array([1])).tolist() == [[1], [0]]
    assert units.n_left_out == 1
    # ben is not through: that he has no event so far is no judgement of the article.
    assert units.article_ratings().tolist() == [[1], [-1]]
    done = pd.concat([judged, pd.DataFrame([("ben", "seoul-2024", 1)], columns=judged.columns)])
    assert _together(first, second, judged=done).ratings(np.array([1, 2])).tolist() == [[1, 2], [0, 0]]
    assert _together(first, second, judged=done).article_ratings().tolist() == [[1], [0]]
    # The machine is in no list of sentences: with a row in the article it judged all of it.
    machine = make_events(coder="pattern@0.1.0", sentence=1, action="190", **_words(100))
    found = _together(first, second, machine, judged=judged)
    assert found.ratings(np.array([1, 2, 2])).tolist() == [[1, 2], [0, -1], [0, 2]]


def test_matches_that_contradict_each_other_are_joined_strongest_first() -> None:
    """anna's first row is most like ben's, ben's like carla's, carla's like anna's second: one row of anna must go."""
    anna, second = _row("anna", 0, action_end=22), _row("anna", 6, action="190", actor="PRK", target="PRK")
    ben, carla = (
        _row("ben", 0, action_end=24),
        _row("carla", 6, action="190", actor="PRK", target="PRK", action_start=14),
    )
    for rows in ([anna, second, ben, carla], [carla, ben, second, anna]):
        members = _members(_together(*rows))
        assert sorted(len(unit) for unit in members) == [2, 2]
        assert all(len(set(unit)) == len(unit) for unit in members)
    found = _together(anna, second, ben, carla)
    assert found.events.groupby(found.unit)["coder"].apply(list).tolist() == [["anna", "ben"], ["anna", "carla"]]


def test_a_chain_through_a_third_reading_is_one_unit() -> None:
    """anna's and carla's words have nothing in common; ben's hold both."""
    anna, carla = _row("anna", 0, actor="FRA", target="MLI", action="010"), _row("carla", 60, action="200")
    ben = _row("ben", 0, actor="USA", target="TGO", action="057", action_end=80)
    assert _members(_together(anna, carla)) == [["anna"], ["carla"]]
    assert _members(_together(anna, ben, carla)) == [["anna", "ben", "carla"]]


@pytest.mark.parametrize("seed", range(5))
def test_no_unit_has_two_rows_of_one_coder_and_order_and_names_change_nothing(seed: int) -> None:
    """Rows in a crowd of overlapping words, where matches contradict each other."""
    chance = np.random.default_rng(seed)
    rows = [
        _row(coder, int(chance.integers(0, 30)), action=str(chance.choice(["112", "114", "190"])))
        for coder in ("anna", "ben", "carla", "david")
        for _ in range(5)
    ]
    table = pd.concat(rows, ignore_index=True).drop_duplicates("event_id", ignore_index=True)
    units = _together(table)
    held = list(zip(units.unit.tolist(), units.coder.tolist(), strict=True))
    assert len(set(held)) == len(held)

    def contents(found: Units, names: dict[str, str]) -> set[frozenset[tuple[object, ...]]]:
        columns = ["action", "actor_start", "action_start"]
        texts = [
            (names.get(row["coder"], row["coder"]), *(row[name] for name in columns))
            for row in found.events.to_dict("records")
        ]
        return {frozenset(texts[i] for i in np.flatnonzero(found.unit == n)) for n in range(len(found.article))}

    mixed = table.iloc[chance.permutation(len(table))].reset_index(drop=True)
    assert contents(_together(mixed), {}) == contents(units, {})
    names = {"anna": "zoe", "ben": "adam", "carla": "carla", "david": "ben"}
    renamed = table.assign(coder=table["coder"].map(names))
    back = {new: old for old, new in names.items()}
    assert contents(_together(renamed), back) == contents(units, {})


def test_no_rows_and_one_coder_have_no_units() -> None:
    none = make_events().iloc[:0]
    assert put_together(none, [], None).articles == ()
    one = put_together(make_events(coder="anna"), ["anna"], None)
    assert (one.articles, len(one.article), one.n_left_out) == ((), 0, 1)
