"""Which codings of two coders are about the same event: the best one-to-one assignment within each article."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from scipy.optimize import linear_sum_assignment

# How much each agreement speaks for two rows being about the same event. Words and sentence matter more than codes:
# two coders who read the same words differently disagree about one event, they do not code two.
_WEIGHTS = {"sentence": 1.0, "action_words": 2.0, "actor_words": 1.0, "target_words": 1.0, "codes": 0.5}
_LEAST = 1.5


def match_events(one: pd.DataFrame, other: pd.DataFrame) -> list[tuple[int, int]]:
    """Pairs of row positions (one, other) that are about the same event, sorted; each row stands in one pair at most.

    Rows are compared within an article by sentence, overlap of the marked words and equal codes; the assignment
    maximises the sum over the article and does not depend on the order of rows. Rows too unlike stay unmatched.
    """
    pairs: list[tuple[int, int]] = []
    other_by_article = other.groupby("article_id", sort=True).indices
    for article, rows in sorted(one.groupby("article_id", sort=True).indices.items()):
        candidates = other_by_article.get(article)
        if candidates is None:
            continue
        left, right = one.iloc[rows].to_dict("records"), other.iloc[candidates].to_dict("records")
        likeness = _likeness(left, right)
        chosen_left, chosen_right = linear_sum_assignment(-likeness)
        for i, j in zip(chosen_left, chosen_right, strict=True):
            if likeness[i, j] >= _LEAST:
                pairs.append((int(rows[i]), int(candidates[j])))
    return sorted(pairs)


def _likeness(left: Sequence[dict[Any, Any]], right: Sequence[dict[Any, Any]]) -> np.ndarray:
    out = np.zeros((len(left), len(right)))
    for i, a in enumerate(left):
        for j, b in enumerate(right):
            score = _WEIGHTS["sentence"] * (a["sentence"] == b["sentence"])
            for role in ("actor", "action", "target"):
                score += _WEIGHTS[f"{role}_words"] * overlap(
                    a[f"{role}_start"], a[f"{role}_end"], b[f"{role}_start"], b[f"{role}_end"]
                )
                score += _WEIGHTS["codes"] * (a[role] == b[role])
            out[i, j] = score + 0.25 * _WEIGHTS["codes"] * (a["action"][:2] == b["action"][:2])
    return out


def overlap(start: int, end: int, other_start: int, other_end: int) -> float:
    """How much two half-open spans share: shared characters over those of the shorter one, 0 to 1."""
    shared = min(end, other_end) - max(start, other_start)
    shorter = min(end - start, other_end - other_start)
    return max(shared, 0) / shorter if shorter > 0 else 0.0
