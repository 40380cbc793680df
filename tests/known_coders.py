"""Coders with known error rates: their event tables, and the agreement that these rates amount to.

Articles hold events of which everything is drawn evenly: the action from ACTIONS, actor and target from ACTORS, the date
from the days of a year. A coder misses events, reports events that are not there, and gets parts of the others wrong, each
independently with a known probability; a wrong part is drawn evenly from all other values. Words are marked a little
differently by each coder. What follows from the rates is worked out in Expected; `agree` must give it back.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pandas as pd

from whodid.events.record import CodedEvent
from whodid.events.table import events_to_table

ACTIONS = tuple(
    (
        "010 013 020 0211 0212 022 0231 0232 036 040 042 043 051 057 060 061 070 073 080 085 090 094 100 1011 1012 110 111 "
        "112 1122 1123 114 120 124 130 1312 138 1383 140 141 1411 150 152 160 161 163 170 1712 173 180 1821 1823 190 193 "
        "194 195 200"
    ).split()
)
ACTORS = tuple(
    f"{country}{role}" for country in "KOR PRK RUS USA FRA GHA TGO MLI IND PAK".split() for role in ("", "GOV", "MIL")
)
DAYS = tuple(date(2024, 1, 1) + timedelta(days=n) for n in range(366))
_SENTENCE, _PER_SENTENCE = 240, 2


@dataclass(frozen=True)
class Rates:
    """How often a coder errs: missed, a share of the events; extra, invented events for each real one; and the parts."""

    missed: float = 0.0
    extra: float = 0.0
    action: float = 0.0
    actor: float = 0.0
    target: float = 0.0
    date: float = 0.0


def coded_by(
    coders: Mapping[str, Rates], articles: int, *, events: float = 3.0, seed: int = 0
) -> dict[str, pd.DataFrame]:
    """The event table of each coder, who all judged all articles; events: how many an article has, on average."""
    chance = np.random.default_rng(seed)
    per_article = chance.poisson(events, articles)
    truth = [
        (article, place, _choice(chance, ACTIONS), *_two(chance), _choice(chance, DAYS))
        for article, count in enumerate(per_article)
        for place in range(count)
    ]
    return {name: _table(name, rates, truth, chance) for name, rates in coders.items()}


def _table(
    name: str, rates: Rates, truth: Sequence[tuple[int, int, str, str, str, date]], chance: np.random.Generator
) -> pd.DataFrame:
    rows = []
    for number, (article, place, action, actor, target, day) in enumerate(truth):
        wrong = chance.random(4) < (rates.action, rates.actor, rates.target, rates.date)
        if chance.random() >= rates.missed:
            codes = (
                _other(chance, ACTIONS, action) if wrong[0] else action,
                _other(chance, ACTORS, actor) if wrong[1] else actor,
                _other(chance, ACTORS, target) if wrong[2] else target,
                _other(chance, DAYS, day) if wrong[3] else day,
            )
            rows.append(_event(name, article, *divmod(place, _PER_SENTENCE), codes, chance.integers(0, 4, 6)))
        if chance.random() < rates.extra:
            # Nobody else has an event in this sentence.
            sentence = 1000 + 10 * number + sum(map(ord, name)) % 10
            codes = (_choice(chance, ACTIONS), *_two(chance), _choice(chance, DAYS))
            rows.append(_event(name, article, sentence, 0, codes, chance.integers(0, 4, 6)))
    return events_to_table(rows)


def _event(
    name: str, article: int, sentence: int, place: int, codes: tuple[str, str, str, date], shift: np.ndarray
) -> CodedEvent:
    """One row; shift moves the ends of the words a little, as people do."""
    base = sentence * _SENTENCE + place * (_SENTENCE // _PER_SENTENCE)
    at = {
        role: (base + first + int(shift[2 * i]), base + first + 16 + int(shift[2 * i + 1]))
        for i, (role, first) in enumerate((("actor", 0), ("action", 30), ("target", 60)))
    }
    action, actor, target, day = codes
    return CodedEvent(
        actor=actor, action=action, target=target, date=day, date_basis="text", article_id=f"article-{article:05d}",
        sentence=sentence, actor_text="actor", action_text="action", target_text="target", published=date(2025, 1, 1),
        publisher=None, coder=name, confidence=None, note=None,
        **{f"{role}_{end}": value[end == "end"] for role, value in at.items() for end in ("start", "end")},
    )  # fmt: skip


@dataclass(frozen=True)
class Expected:
    """What two coders' rates amount to, for many articles.

    f1: of the events found; matched: percent agreement on the events that both have, by (part, level); all: the same
    where a missing event is a judgement; lacking: the share of units in which each of the two has no event.
    """

    f1: float
    matched: dict[tuple[str, str], float]
    all: dict[tuple[str, str], float]
    lacking: tuple[float, float]

    @classmethod
    def of(cls, one: Rates, other: Rates, quad_class: Mapping[str, int | None]) -> Expected:
        """From the rates of two coders; quad_class of each root."""
        both = (1 - one.missed) * (1 - other.missed)
        rows = (1 - one.missed + one.extra, 1 - other.missed + other.extra)
        units = rows[0] + rows[1] - both
        matched = {
            ("action", "code"): _same(ACTIONS, one.action, other.action),
            ("action", "three digits"): _same([code[:3] for code in ACTIONS], one.action, other.action),
            ("action", "root"): _same([code[:2] for code in ACTIONS], one.action, other.action),
            ("action", "quad class"): _same([str(quad_class[code[:2]]) for code in ACTIONS], one.action, other.action),
            ("actor", "code"): _same(ACTORS, one.actor, other.actor),
            ("actor", "country"): _same([code[:3] for code in ACTORS], one.actor, other.actor),
            ("target", "code"): _same(ACTORS, one.target, other.target),
            ("target", "country"): _same([code[:3] for code in ACTORS], one.target, other.target),
            ("date", "day"): _same([day.isoformat() for day in DAYS], one.date, other.date),
            ("date", "month"): _same([day.isoformat()[:7] for day in DAYS], one.date, other.date),
        }
        rest = matched["actor", "code"] * matched["target", "code"] * matched["date", "day"]
        matched |= {
            ("event", level): matched["action", level] * rest
            for level in ("code", "three digits", "root", "quad class")
        }
        return cls(
            f1=2 * both / sum(rows),
            matched=matched,
            all={key: both * value / units for key, value in matched.items()},
            lacking=(1 - rows[0] / units, 1 - rows[1] / units),
        )


def _same(groups: Sequence[str], one: float, other: float) -> float:
    """How often two coders are in the same group, each wrong with a probability, and then anywhere else evenly."""
    n, sizes = len(groups), Counter(groups)
    one_wrong = sum(size * (size - 1) for size in sizes.values()) / (n * (n - 1))
    squares = sum(size * size for size in sizes.values())
    # Both wrong: two draws from the values that are not the true one, whose group has one fewer.
    both_wrong = sum(size * (squares - 2 * size + 1) for size in sizes.values()) / (n * (n - 1) ** 2)
    return (1 - one) * (1 - other) + (one * (1 - other) + other * (1 - one)) * one_wrong + one * other * both_wrong


def _choice(chance: np.random.Generator, values: Sequence[object]) -> object:
    return values[int(chance.integers(len(values)))]


def _other(chance: np.random.Generator, values: Sequence[object], value: object) -> object:
    place = (values.index(value) + 1 + int(chance.integers(len(values) - 1))) % len(values)
    return values[place]


def _two(chance: np.random.Generator) -> tuple[object, object]:
    return _choice(chance, ACTORS), _choice(chance, ACTORS)
