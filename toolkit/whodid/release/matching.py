"""Which row that is gone became which row that is new: the same sentence, and words that overlap."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import pandas as pd

_IDENTITY = ("actor", "action", "target", "date", "article_id", "sentence")
_SPANS = ("actor_start", "actor_end", "action_start", "action_end", "target_start", "target_end")

Row = tuple[int, tuple[str, str, str, object], tuple[int, ...]]


def pair_rows(gone: pd.DataFrame, came: pd.DataFrame) -> list[tuple[int, int]]:
    """Pairs of index labels (of a row that is gone, of the new row that it became), in the order of the old rows.

    Each row is in one pair at most. First rows that differ in their coder alone, then rows of one coder (whatever its
    version) in one sentence whose action words overlap, or whose actor and target words both do; the closest first.
    """
    pairs = _by_all_but_coder(gone, came)
    old = gone.drop(index=[i for i, _ in pairs])
    new = came.drop(index=[j for _, j in pairs])
    return sorted([*pairs, *_by_words(old, new)])


def _by_all_but_coder(gone: pd.DataFrame, came: pd.DataFrame) -> list[tuple[int, int]]:
    waiting: dict[tuple[object, ...], list[tuple[str, int]]] = defaultdict(list)
    for label, key, coder in _keyed(came):
        waiting[key].append((coder, label))
    pairs: list[tuple[int, int]] = []
    for label, key, coder in _keyed(gone):
        options = waiting.get(key)
        if options:
            # Where several coders read the same, the next version of this one is taken before anyone else.
            chosen = min(options, key=lambda option: (_lineage(option[0]) != _lineage(coder), option))
            options.remove(chosen)
            pairs.append((label, chosen[1]))
    return pairs


def _by_words(gone: pd.DataFrame, came: pd.DataFrame) -> Iterator[tuple[int, int]]:
    old, new = _grouped(gone), _grouped(came)
    for key in old:
        if key in new:
            yield from _closest(old[key], new[key])


def _closest(old: list[Row], new: list[Row]) -> Iterator[tuple[int, int]]:
    scored = []
    for i, codes_i, spans_i in old:
        for j, codes_j, spans_j in new:
            actor, action, target = (_overlap(spans_i, spans_j, n) for n in (0, 2, 4))
            if action or (actor and target):
                equal = sum(a == b for a, b in zip(codes_i, codes_j, strict=True))
                scored.append((-(actor + action + target), -equal, spans_i, i, spans_j, j))
    done_old: set[int] = set()
    done_new: set[int] = set()
    for *_, i, _, j in sorted(scored, key=lambda s: (s[0], s[1], s[2], s[4], s[3], s[5])):
        if i not in done_old and j not in done_new:
            done_old.add(i)
            done_new.add(j)
            yield i, j


def _overlap(a: tuple[int, ...], b: tuple[int, ...], at: int) -> int:
    return max(0, min(a[at + 1], b[at + 1]) - max(a[at], b[at]))


def _keyed(frame: pd.DataFrame) -> Iterator[tuple[int, tuple[object, ...], str]]:
    columns = [frame[name].tolist() for name in (*_IDENTITY, *_SPANS)]
    for label, coder, *key in zip(frame.index.tolist(), frame["coder"].tolist(), *columns, strict=True):
        yield label, tuple(key), coder


def _grouped(frame: pd.DataFrame) -> dict[tuple[object, ...], list[Row]]:
    groups: dict[tuple[object, ...], list[Row]] = defaultdict(list)
    names = ("article_id", "sentence", "coder", "actor", "action", "target", "date", *_SPANS)
    for label, article, sentence, coder, *rest in zip(
        frame.index.tolist(), *(frame[name].tolist() for name in names), strict=True
    ):
        actor, action, target, day, *spans = rest
        groups[(article, sentence, _lineage(coder))].append((label, (actor, action, target, day), tuple(spans)))
    return groups


def _lineage(coder: str) -> str:
    """The coder without its version: pattern@0.1.0 and pattern@0.2.0 are one coder that learnt."""
    return coder.partition("@")[0]
