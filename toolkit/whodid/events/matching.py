"""Which codings of different coders are about the same event: the best one-to-one assignment, by words and sentence.

Two rows are compared if they stand in the same sentence of an article, or if the words of their actions overlap (two
coders may count sentences differently). See docs/decisions/0008-units-of-agreement.md.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.optimize import linear_sum_assignment
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

# How much each agreement speaks for two rows being about the same event. Words and sentence matter more than codes:
# two coders who read the same words differently disagree about one event, they do not code two.
_WEIGHTS = {"sentence": 1.0, "action_words": 2.0, "actor_words": 1.0, "target_words": 1.0, "codes": 0.5, "root": 0.125}
_LEAST = 1.5
# Between pairs that are otherwise as good: the very same words and day. Small enough never to outweigh a code.
_SAMENESS = 0.001
_ROLES = ("actor", "action", "target")
_PLACES = ("action_start", "action_end", "actor_start", "actor_end", "target_start", "target_end")
# Pairs that are compared at once: bounds the memory where thousands of rows stand in one sentence.
_AT_ONCE = 2_000_000

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of rows of different coders: positions in the table, first < second in the canonical order of rows, and how
    alike they are (1.5 to 6.129). rank is the place of each row of the table among all, by what it says and not by who
    coded it: rows that say the same have the same rank.
    """

    first: Ints
    second: Ints
    likeness: Floats
    rank: Ints


def match_events(one: pd.DataFrame, other: pd.DataFrame) -> list[tuple[int, int]]:
    """Pairs of row positions (one, other) that are about the same event, sorted; each row stands in one pair at most.

    Rows are compared by sentence, overlap of the marked words and equal codes; the assignment maximises the sum of
    likeness and does not depend on the order of rows. Rows too unlike stay unmatched.
    """
    columns = ["article_id", "sentence", *_ROLES, "date", *_PLACES]
    both = pd.concat([one[columns], other[columns]], ignore_index=True)
    side = np.repeat([0, 1], [len(one), len(other)])
    matched = match_rows(both, side)
    low, high = np.minimum(matched.first, matched.second), np.maximum(matched.first, matched.second)
    return sorted(zip(low.tolist(), (high - len(one)).tolist(), strict=True))


def match_rows(events: pd.DataFrame, side: Ints) -> Pairs:
    """The best assignment between every two coders; side says which coder (0, 1, ...) each row of the table is of.

    The result does not depend on the order of rows, nor on the numbers of the coders.
    """
    order, rank = _canonical(events)
    rows = _Rows.of(events.iloc[order])
    sides = np.asarray(side, dtype=np.int64)[order]
    found = [_alike(rows, *pair) for pair in _candidates(rows, sides)]
    first = np.concatenate([f for f, _, _ in found]) if found else np.zeros(0, dtype=np.int64)
    second = np.concatenate([s for _, s, _ in found]) if found else first
    likeness = np.concatenate([x for _, _, x in found]) if found else np.zeros(0)
    kept = _assign(first, second, likeness, sides, rank[order])
    return Pairs(order[first[kept]], order[second[kept]], likeness[kept], rank)


def overlap(start: int, end: int, other_start: int, other_end: int) -> float:
    """How much two half-open spans share: shared characters over those of the shorter one, 0 to 1."""
    spans = (np.array([value], dtype=np.int64) for value in (start, end, other_start, other_end))
    return float(_overlaps(*spans)[0])


@dataclass(frozen=True, slots=True)
class _Rows:
    """What is compared, as arrays: spans holds start and end of each role's words, codes a number for each code."""

    article: Ints
    sentence: Ints
    spans: dict[str, tuple[Ints, Ints]]
    codes: dict[str, Ints]
    root: Ints
    date: Ints

    @classmethod
    def of(cls, events: pd.DataFrame) -> _Rows:
        spans = {role: (_ints(events[f"{role}_start"]), _ints(events[f"{role}_end"])) for role in _ROLES}
        codes = {role: _numbers(events[role]) for role in _ROLES}
        root, date = _numbers(events["action"].str[:2]), _days(events["date"])
        return cls(_numbers(events["article_id"]), _ints(events["sentence"]), spans, codes, root, date)


def _canonical(events: pd.DataFrame) -> tuple[Ints, Ints]:
    """The order of the rows by what they say, and the rank of each row, equal for rows that say the same."""
    texts = ("article_id", *_ROLES)
    keys = {name: _numbers(events[name]) if name in texts else _ints(events[name]) for name in ("sentence", *_PLACES)}
    keys = {"article_id": _numbers(events["article_id"]), **keys}
    keys |= {role: _numbers(events[role]) for role in _ROLES}
    keys["date"] = _days(events["date"])
    order = np.lexsort(list(keys.values())[::-1]).astype(np.int64)
    table = np.stack(list(keys.values()), axis=1)[order]
    is_new = np.ones(len(order), dtype=bool)
    is_new[1:] = (table[1:] != table[:-1]).any(axis=1)
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.cumsum(is_new) - 1
    return order, rank


def _candidates(rows: _Rows, sides: Ints) -> Iterator[tuple[Ints, Ints]]:
    """Pairs of rows of different coders that may be about the same event, in pieces; none comes twice."""
    start, end = rows.spans["action"]
    count = len(start)
    if count == 0:
        return
    positions = np.arange(count)
    # The canonical order is by article, then by sentence: the rows of a sentence stand together.
    is_new = np.ones(count, dtype=bool)
    is_new[1:] = (np.diff(rows.article) != 0) | (np.diff(rows.sentence) != 0)
    block = np.cumsum(is_new) - 1
    stop = np.append(np.flatnonzero(is_new)[1:], count)[block]
    for first, second in _following(positions, stop):
        kept = sides[first] != sides[second]
        yield first[kept], second[kept]
    # Overlapping words of the action in what the two coders count as different sentences.
    by_start = np.lexsort((start, rows.article))
    span = int(max(end.max(), start.max())) + 1
    keys = rows.article[by_start] * span + start[by_start]
    stop = np.searchsorted(keys, rows.article[by_start] * span + end[by_start], side="left")
    for first, second in _following(positions, stop):
        one, other = by_start[first], by_start[second]
        kept = (sides[one] != sides[other]) & (rows.sentence[one] != rows.sentence[other])
        yield np.minimum(one, other)[kept], np.maximum(one, other)[kept]


def _following(positions: Ints, stop: Ints) -> Iterator[tuple[Ints, Ints]]:
    """Each position paired with those after it, up to its stop, in pieces of limited size."""
    counts = np.maximum(stop - positions - 1, 0)
    ends = np.cumsum(counts)
    begin = 0
    while begin < len(positions):
        done = ends[begin - 1] if begin else 0
        until = max(int(np.searchsorted(ends, done + _AT_ONCE, side="right")), begin + 1)
        some = counts[begin:until]
        first = np.repeat(positions[begin:until], some)
        within = np.arange(len(first)) - np.repeat(np.cumsum(some) - some, some)
        yield first, first + 1 + within
        begin = until


def _alike(rows: _Rows, first: Ints, second: Ints) -> tuple[Ints, Ints, Floats]:
    """The pairs that are alike enough to be about one event, and how alike."""
    score = _WEIGHTS["sentence"] * (rows.sentence[first] == rows.sentence[second])
    for role in _ROLES:
        start, end = rows.spans[role]
        score = score + _WEIGHTS[f"{role}_words"] * _overlaps(start[first], end[first], start[second], end[second])
        score = score + _WEIGHTS["codes"] * (rows.codes[role][first] == rows.codes[role][second])
    score = score + _WEIGHTS["root"] * (rows.root[first] == rows.root[second])
    kept = score >= _LEAST
    first, second, score = first[kept], second[kept], score[kept]
    same = (rows.date[first] == rows.date[second]) * 1.0
    for start, end in rows.spans.values():
        shared = np.minimum(end[first], end[second]) - np.maximum(start[first], start[second])
        either = np.maximum(end[first], end[second]) - np.minimum(start[first], start[second])
        same = same + np.maximum(shared, 0) / np.maximum(either, 1)
    return first, second, score + _SAMENESS * same


def _overlaps(start: Ints, end: Ints, other_start: Ints, other_end: Ints) -> Floats:
    shared = np.minimum(end, other_end) - np.maximum(start, other_start)
    shorter = np.minimum(end - start, other_end - other_start)
    return np.where(shorter > 0, np.maximum(shared, 0) / np.maximum(shorter, 1), 0.0)


def _assign(first: Ints, second: Ints, likeness: Floats, sides: Ints, rank: Ints) -> Ints:
    """Which pairs the best assignments keep, as sorted positions; between any two coders a row stands in one at most."""
    low, high = np.minimum(sides[first], sides[second]), np.maximum(sides[first], sides[second])
    couple = low * (int(sides.max(initial=0)) + 1) + high
    # A row is another node for each couple of coders, so that all couples are solved in one pass.
    rows = len(sides)
    nodes, node = np.unique(np.concatenate([couple * rows + first, couple * rows + second]), return_inverse=True)
    one, other = node[: len(first)], node[len(first) :]
    degree = np.bincount(node, minlength=len(nodes))
    is_free = (degree[one] == 1) & (degree[other] == 1)
    kept = [np.flatnonzero(is_free)]
    rest = np.flatnonzero(~is_free)
    if len(rest):
        graph = coo_array((np.ones(len(rest)), (one[rest], other[rest])), shape=(len(nodes), len(nodes)))
        _, component = connected_components(graph, directed=False)
        part = component[one[rest]]
        order = np.argsort(part, kind="stable")
        cuts = np.flatnonzero(np.diff(part[order])) + 1
        kept += [_solve(edges, first, second, likeness, sides, rank) for edges in np.split(rest[order], cuts)]
    return np.sort(np.concatenate(kept))


def _solve(edges: Ints, first: Ints, second: Ints, likeness: Floats, sides: Ints, rank: Ints) -> Ints:
    """The edges of the best assignment in one component, whose rows are of two coders."""
    a, b, scores = first[edges], second[edges], likeness[edges]
    is_turned = sides[a] != sides[a[0]]
    left, right = np.where(is_turned, b, a), np.where(is_turned, a, b)
    lefts, rights = sorted(set(left.tolist())), sorted(set(right.tolist()))
    # Where several assignments are best, what the rows say decides which is taken, not whose they are.
    if [rank[i] for i in rights] < [rank[i] for i in lefts]:
        left, right, lefts, rights = right, left, rights, lefts
    row, column = np.searchsorted(lefts, left), np.searchsorted(rights, right)
    table = np.zeros((len(lefts), len(rights)))
    table[row, column] = scores
    where = np.full(table.shape, -1)
    where[row, column] = edges
    chosen: Ints = where[linear_sum_assignment(table, maximize=True)]
    return chosen[chosen >= 0]


def _ints(values: pd.Series) -> Ints:
    return values.to_numpy().astype(np.int64)


def _days(values: pd.Series) -> Ints:
    return _ints(pd.to_datetime(values).astype("datetime64[s]"))


def _numbers(values: pd.Series) -> Ints:
    """A number for each text, in the order of the texts."""
    return pd.factorize(values, sort=True)[0].astype(np.int64)
