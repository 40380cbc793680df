"""How well codings agree with a gold standard: precision, recall and F1 of whole events and of their parts, by level."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pandas as pd

from whodid.codebook.model import Codebook
from whodid.reliability.matching import match_events

_Row = dict[Any, Any]


@dataclass(frozen=True)
class Evaluation:
    """scores: one line for each part and level, with n_coded, n_gold, n_right, precision, recall and f1 (null where
    nothing was coded, or nothing is gold). missed: gold rows without their like; wrong: matched rows whose whole event
    differs, with the gold codes beside the coded ones; extra: coded rows without gold.
    """

    scores: pd.DataFrame
    missed: pd.DataFrame
    wrong: pd.DataFrame
    extra: pd.DataFrame


def evaluate(coded: pd.DataFrame, gold: pd.DataFrame, codebook: Codebook) -> Evaluation:
    """Score codings against gold codings of the same articles; both are event tables.

    Rows are matched one to one by words, sentence and codes (see matching.match_events). A part is right when it is
    equal in both rows of a pair; an event is right when actor, action at the level, target and date are. Articles that
    the gold standard does not have are left out, so that unread articles do not count as errors.
    """
    known = coded[coded["article_id"].isin(set(gold["article_id"]))].reset_index(drop=True)
    gold = gold.reset_index(drop=True)
    pairs = match_events(known, gold)
    couples = [(known.iloc[i].to_dict(), gold.iloc[j].to_dict()) for i, j in pairs]
    levels: dict[str, Callable[[_Row], object]] = {
        "code": lambda row: row["action"],
        "three digits": lambda row: row["action"][:3],
        "root": lambda row: row["action"][:2],
        "quad class": lambda row: codebook.quad_class(row["action"]),
    }
    parts: list[tuple[str, str, Callable[[_Row], object]]] = [
        ("event", level, lambda row, key=key: (row["actor"], key(row), row["target"], row["date"]))  # type: ignore[misc]
        for level, key in levels.items()
    ]
    parts += [
        ("dyad and action", level, lambda row, key=key: (row["actor"], key(row), row["target"]))  # type: ignore[misc]
        for level, key in levels.items()
    ]
    parts += [("action", level, key) for level, key in levels.items()]
    parts += [
        ("actor", "code", lambda row: row["actor"]),
        ("actor", "country", lambda row: row["actor"][:3]),
        ("target", "code", lambda row: row["target"]),
        ("target", "country", lambda row: row["target"][:3]),
        ("date", "day", lambda row: row["date"]),
        ("found", "any", lambda row: True),
    ]
    lines = []
    for part, level, key in parts:
        right = sum(key(a) == key(b) for a, b in couples)
        lines.append({"part": part, "level": level, **_scores(right, len(known), len(gold))})
    seen, met = {i for i, _ in pairs}, {j for _, j in pairs}
    wrong = [
        {**a, **{f"gold_{name}": b[name] for name in ("actor", "action", "target", "date")}}
        for a, b in couples
        if any(a[name] != b[name] for name in ("actor", "action", "target", "date"))
    ]
    return Evaluation(
        scores=pd.DataFrame(lines),
        missed=gold[[j not in met for j in range(len(gold))]].reset_index(drop=True),
        wrong=pd.DataFrame(wrong, columns=[*known.columns, "gold_actor", "gold_action", "gold_target", "gold_date"]),
        extra=known[[i not in seen for i in range(len(known))]].reset_index(drop=True),
    )


def _scores(right: int, coded: int, gold: int) -> dict[str, object]:
    precision = right / coded if coded else None
    recall = right / gold if gold else None
    total = coded + gold
    f1 = 2 * right / total if total else None
    counts = {"n_coded": coded, "n_gold": gold, "n_right": right}
    return {**counts, "precision": _round(precision), "recall": _round(recall), "f1": _round(f1)}


def _round(value: float | None) -> float | None:
    return None if value is None else round(value, 3)
