"""Which action codes are taken for which: gold against coded, with what was missed and what was extra."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import pandas as pd

from whodid.codebook.model import Codebook

COLUMNS = ("level", "gold", "gold_label", "coded", "coded_label", "kind", "n")
LEVELS = {"root": 2, "code": 4}
MISSED, EXTRA = "missed", "extra"

# Gold and coded action of a matched pair; None where there is no such row.
Pair = tuple[str | None, str | None]


def confusion(pairs: Sequence[Pair], codebook: Codebook) -> pd.DataFrame:
    """How often each gold action was coded as each action, at the root and at full code.

    Columns: level (root, code), gold, gold_label, coded, coded_label, kind, n. kind is right, wrong, missed (coded is
    null) or extra (gold is null); labels are null for codes that the codebook does not have. n is at least 1. The rows
    of a level add up to all pairs. Order: root before code, then by gold and by coded, null last.
    """
    rows = []
    for level, digits in LEVELS.items():
        counts = Counter((gold and gold[:digits], coded and coded[:digits]) for gold, coded in pairs)
        for (gold, coded), n in sorted(counts.items(), key=lambda item: (_last(item[0][0]), _last(item[0][1]))):
            row = (level, gold, _label(gold, codebook), coded, _label(coded, codebook), _kind(gold, coded), n)
            rows.append(row)
    texts = dict.fromkeys(COLUMNS[:-1], "str")
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype({**texts, "n": "int64"})


def confusion_table(tidy: pd.DataFrame, level: str = "root") -> pd.DataFrame:
    """What confusion gives, as a square table of counts: gold codes down, coded ones across.

    Both sides have the same codes in order; the last column is "missed", the last row "extra". Cells without a pair
    are 0, so is the corner. Without pairs, only the margins.
    """
    own = tidy[tidy["level"] == level]
    codes = sorted({*own["gold"].dropna(), *own["coded"].dropna()})
    table = pd.DataFrame(0, index=[*codes, EXTRA], columns=[*codes, MISSED], dtype="int64")
    for gold, coded, n in zip(own["gold"], own["coded"], own["n"], strict=True):
        table.loc[EXTRA if pd.isna(gold) else gold, MISSED if pd.isna(coded) else coded] = n
    return table.rename_axis(index="gold", columns="coded")


def most_confused(tidy: pd.DataFrame, level: str = "code", n: int = 10) -> pd.DataFrame:
    """The n pairs of different actions that are most often taken for each other: gold, coded, their labels, n.

    Commonest first, then by gold and by coded. Missed and extra rows are no pairs.
    """
    own = tidy[(tidy["level"] == level) & (tidy["kind"] == "wrong")]
    ordered = own.sort_values(["n", "gold", "coded"], ascending=[False, True, True], kind="stable")
    return ordered.head(n)[["gold", "gold_label", "coded", "coded_label", "n"]].reset_index(drop=True)


def _last(code: str | None) -> tuple[bool, str]:
    return code is None, code or ""


def _label(code: str | None, codebook: Codebook) -> str | None:
    action = codebook.actions.get(code) if code else None
    return action.label if action else None


def _kind(gold: str | None, coded: str | None) -> str:
    if gold is None:
        return EXTRA
    if coded is None:
        return MISSED
    return "right" if gold == coded else "wrong"
