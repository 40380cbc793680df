"""How well codings agree with a gold standard: precision, recall and F1 of whole events and of their parts, by level."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from whodid.articles.model import Article
from whodid.codebook.model import Codebook
from whodid.events.matching import match_events
from whodid.reliability.bootstrap import (
    MEASURES,
    RESAMPLES,
    SEED,
    Resampling,
    check_resampling,
    choose_units,
    intervals,
)
from whodid.reliability.confusion import confusion, confusion_table, most_confused
from whodid.reliability.misses import Row, differing, misses_of

_KEYS = ("actor", "action", "target", "date")


@dataclass(frozen=True)
class Evaluation:
    """scores: one line for each part and level, with n_coded, n_gold, n_right, precision, recall and f1 (null where
    nothing was coded, or nothing is gold), and for each of the three the ends of its interval: precision_low,
    precision_high and so on (null where there is none; resampling says what was resampled, or why nothing was).
    missed: gold rows without their like; wrong: matched rows whose whole event differs, with the gold codes beside the
    coded ones; extra: coded rows without gold. misses: all three in one table, see misses.misses_of.
    confusion: gold against coded actions, see confusion.confusion. n_left_out: coded rows of articles that the gold
    does not have, which count for nothing; n_matched: pairs of a coded and a gold row.
    """

    scores: pd.DataFrame
    missed: pd.DataFrame
    wrong: pd.DataFrame
    extra: pd.DataFrame
    misses: pd.DataFrame
    confusion: pd.DataFrame
    resampling: Resampling
    n_coded: int
    n_gold: int
    n_matched: int
    n_left_out: int

    def confusion_table(self, level: str = "root") -> pd.DataFrame:
        """Gold actions down, coded ones across, at the root or at full code ("code"); last column missed, last row extra."""
        return confusion_table(self.confusion, level)

    def most_confused(self, level: str = "code", n: int = 10) -> pd.DataFrame:
        """The n pairs of actions most often taken for each other: gold, gold_label, coded, coded_label, n."""
        return most_confused(self.confusion, level, n)


def evaluate(
    coded: pd.DataFrame,
    gold: pd.DataFrame,
    codebook: Codebook,
    *,
    articles: Iterable[Article] | None = None,
    resamples: int = RESAMPLES,
    seed: int = SEED,
) -> Evaluation:
    """Score codings against gold codings of the same articles; both are event tables.

    Rows are matched one to one by words, sentence and codes (see matching.match_events). A part is right when it is
    equal in both rows of a pair; an event is right when actor, action at the level, target and date are. Articles that
    the gold standard does not have are left out, so that unread articles do not count as errors.
    Intervals are 95 % percentile intervals over resampled articles; with a single article, over its sentences (a pair
    counts in the gold row's). resamples: how many, 0 for none. The same tables and seed give the same intervals.
    With articles, misses have their sentences. Raises UsageError if resamples or seed is below 0.
    """
    check_resampling(resamples, seed)
    known = coded[coded["article_id"].isin(set(gold["article_id"]))].reset_index(drop=True)
    gold = gold.reset_index(drop=True)
    matched = match_events(known, gold)
    coded_rows, gold_rows = known.to_dict("records"), gold.to_dict("records")
    pairs = [(coded_rows[i], gold_rows[j]) for i, j in matched]
    seen, met = {i for i, _ in matched}, {j for _, j in matched}
    alone = [row for i, row in enumerate(coded_rows) if i not in seen]
    missed = [row for j, row in enumerate(gold_rows) if j not in met]
    couples: list[tuple[Row | None, Row | None]] = [*pairs]
    couples += [(row, None) for row in alone] + [(None, row) for row in missed]
    scores, resampling = _scores(couples, _parts(codebook), resamples, seed)
    wrong = [{**a, **{f"gold_{name}": b[name] for name in _KEYS}} for a, b in pairs if differing(a, b)]
    return Evaluation(
        scores=scores,
        missed=gold[[j not in met for j in range(len(gold))]].reset_index(drop=True),
        wrong=pd.DataFrame(wrong, columns=[*known.columns, *(f"gold_{name}" for name in _KEYS)]),
        extra=known[[i not in seen for i in range(len(known))]].reset_index(drop=True),
        misses=misses_of(couples, articles),
        confusion=confusion([(_action(b), _action(a)) for a, b in couples], codebook),
        resampling=resampling,
        n_coded=len(known),
        n_gold=len(gold),
        n_matched=len(pairs),
        n_left_out=len(coded) - len(known),
    )


def _parts(codebook: Codebook) -> list[tuple[str, str, Callable[[Row], object]]]:
    """Part, level, and what of a row must be equal for the part to be right."""
    levels: dict[str, Callable[[Row], Any]] = {
        "code": lambda row: row["action"],
        "three digits": lambda row: row["action"][:3],
        "root": lambda row: row["action"][:2],
        "quad class": lambda row: codebook.quad_class(row["action"]),
    }
    parts: list[tuple[str, str, Callable[[Row], object]]] = [
        ("event", level, lambda row, key=key: (row["actor"], key(row), row["target"], row["date"]))  # type: ignore[misc]
        for level, key in levels.items()
    ]
    parts += [
        ("dyad and action", level, lambda row, key=key: (row["actor"], key(row), row["target"]))  # type: ignore[misc]
        for level, key in levels.items()
    ]
    parts += [("action", level, key) for level, key in levels.items()]
    return [
        *parts,
        ("actor", "code", lambda row: row["actor"]),
        ("actor", "country", lambda row: row["actor"][:3]),
        ("target", "code", lambda row: row["target"]),
        ("target", "country", lambda row: row["target"][:3]),
        ("date", "day", lambda row: row["date"]),
        ("found", "any", lambda row: True),
    ]


def _scores(
    couples: Sequence[tuple[Row | None, Row | None]],
    parts: Sequence[tuple[str, str, Callable[[Row], object]]],
    resamples: int,
    seed: int,
) -> tuple[pd.DataFrame, Resampling]:
    unit, places, reason = _units(couples, resamples)
    names = sorted(set(places))
    index = {name: number for number, name in enumerate(names)}
    right = np.zeros((len(names), len(parts)), dtype=np.int64)
    coded, gold = np.zeros(len(names), dtype=np.int64), np.zeros(len(names), dtype=np.int64)
    for (a, b), place in zip(couples, places, strict=True):
        number = index[place]
        coded[number] += a is not None
        gold[number] += b is not None
        if a is not None and b is not None:
            right[number] += [key(a) == key(b) for _, _, key in parts]
    ends = intervals(right, coded, gold, resamples=resamples if unit else 0, seed=seed)
    lines = []
    for number, (part, level, _) in enumerate(parts):
        line = _line(int(right[:, number].sum()), int(coded.sum()), int(gold.sum()))
        for measure, (low, high) in zip(MEASURES, ends[number], strict=True):
            has = line[measure] is not None
            line |= {
                f"{measure}_low": round(low, 3) if has else None,
                f"{measure}_high": round(high, 3) if has else None,
            }
        lines.append({"part": part, "level": level, **line})
    frame = pd.DataFrame(lines)
    floats = [name for name in frame.columns if name.startswith(MEASURES)]
    return frame.astype(dict.fromkeys(floats, "float64")), Resampling(unit, len(names), resamples, seed, reason=reason)


def _units(
    couples: Sequence[tuple[Row | None, Row | None]], resamples: int
) -> tuple[str | None, list[tuple[Any, ...]], str]:
    """What to resample (None for nothing, and then why), and the unit in which each couple stands."""
    rows: list[Any] = [b if b is not None else a for a, b in couples]
    return choose_units([(row["article_id"], row["sentence"]) for row in rows], resamples)


def _action(row: Row | None) -> str | None:
    return None if row is None else str(row["action"])


def _line(right: int, coded: int, gold: int) -> dict[str, Any]:
    precision = right / coded if coded else None
    recall = right / gold if gold else None
    total = coded + gold
    f1 = 2 * right / total if total else None
    counts = {"n_coded": coded, "n_gold": gold, "n_right": right}
    return {**counts, "precision": _round(precision), "recall": _round(recall), "f1": _round(f1)}


def _round(value: float | None) -> float | None:
    return None if value is None else round(value, 3)
