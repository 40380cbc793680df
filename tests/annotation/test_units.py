"""Which codings are about one event: by words and sentence, not by order and not by names."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from event_samples import EVENT
from whodid.annotation.units import Unit, put_together, span_agreement


def test_the_same_words_are_one_event_whatever_the_codes_are() -> None:
    other = replace(EVENT, coder="ben", action="190", actor="USA", target="PRK")
    assert put_together([EVENT, other]) == [[EVENT, other]]


def test_other_words_in_the_same_sentence_are_another_event() -> None:
    other = replace(
        EVENT, coder="ben", actor="PRK", action="190", target="JPN",
        actor_start=40, actor_end=45, action_start=50, action_end=55, target_start=60, target_end=65,
    )  # fmt: skip
    assert put_together([EVENT, other]) == [[EVENT], [other]]


def test_two_events_of_one_coder_never_share_a_unit() -> None:
    second = replace(EVENT, target="PRK")
    ben = replace(EVENT, coder="ben")
    groups = put_together([EVENT, second, ben])
    assert sorted(map(len, groups)) == [1, 2]
    # The one that says the same is ben's.
    assert [EVENT, ben] in groups


def test_words_in_another_sentence_match_only_if_the_action_overlaps() -> None:
    moved = replace(EVENT, coder="ben", sentence=1)
    assert put_together([EVENT, moved]) == [[EVENT, moved]]
    apart = replace(EVENT, coder="ben", sentence=1, action_start=70, action_end=77)
    assert put_together([EVENT, apart]) == [[EVENT], [apart]]


def test_units_depend_neither_on_order_nor_on_names() -> None:
    chance = random.Random(5)
    events = [
        replace(
            EVENT,
            coder=coder,
            sentence=sentence,
            action=chance.choice(["111", "112", "190"]),
            actor_end=chance.randint(5, 11),
            action_start=(at := chance.choice([12, 30, 50])),
            action_end=at + 7,
        )
        for coder in ("anna", "ben", "chidi")
        for sentence in (0, 1)
        for _ in range(2)
    ]
    events = list({event.event_id: event for event in events}.values())
    expected = {frozenset(e.event_id for e in group) for group in put_together(events)}
    chance.shuffle(events)
    assert {frozenset(e.event_id for e in group) for group in put_together(events)} == expected
    # Turning the names round turns nothing else round.
    renamed = {"anna": "zoe", "ben": "anna", "chidi": "ben"}
    turned = [replace(event, coder=renamed[event.coder]) for event in events]
    names = {t.event_id: e.event_id for t, e in zip(turned, events, strict=True)}
    assert {frozenset(names[e.event_id] for e in group) for group in put_together(turned)} == expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ((0, 10), (0, 10), 1.0),
        ((0, 10), (5, 10), 0.5),
        ((0, 10), (8, 12), 2 / 12),
        ((0, 5), (5, 9), 0.0),
        ((3, 3), (3, 3), 0.0),
    ],
)
def test_spans_agree_by_what_they_share_of_all_that_either_has(
    one: tuple[int, int], other: tuple[int, int], expected: float
) -> None:
    assert span_agreement(one, other) == span_agreement(other, one) == pytest.approx(expected)


def test_a_unit_has_another_key_once_an_answer_changes() -> None:
    unit = Unit(EVENT.article_id, 0, {"anna": EVENT, "ben": None})
    assert unit.key == Unit(EVENT.article_id, 0, {"ben": None, "anna": EVENT}).key
    assert unit.key != Unit(EVENT.article_id, 0, {"anna": EVENT}).key
    assert unit.key != Unit(EVENT.article_id, 0, {"anna": replace(EVENT, action="111"), "ben": None}).key
    assert unit.key.startswith("u")
