"""How often the 95 % intervals of `agree` hold the truth: pairs of coders whose error rates are drawn anew for each.

Run it by hand, after a change of the matching, the statistics or the bootstrap; about four minutes. docs/coding-by-hand.md
quotes what it prints. The coders are those of tests/known_coders.py, which works out what must come back.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import numpy as np
import pandas as pd

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from known_coders import ACTIONS, Expected, Rates, coded_by
from whodid.codebook.load import load_codebook
from whodid.reliability.agree import ALL, agree

RUNS, ARTICLES, RESAMPLES = 300, 60, 400
# Rates are drawn evenly between these.
RANGES = {
    "missed": (0.02, 0.3), "extra": (0.0, 0.25), "action": (0.05, 0.35), "actor": (0.01, 0.2), "target": (0.01, 0.2),
    "date": (0.01, 0.2),
}  # fmt: skip
CODERS = ("anna", "ben")


def main() -> None:
    codebook = load_codebook()
    classes = {action[:2]: codebook.quad_class(action) for action in ACTIONS}
    judged = pd.DataFrame(
        [(c, f"article-{n:05d}") for c in CODERS for n in range(ARTICLES)], columns=["coder", "article_id"]
    )
    chance = np.random.default_rng(77)
    held: Counter[tuple[str, ...]] = Counter()
    for run in range(RUNS):
        rates = {name: Rates(**{what: chance.uniform(*ends) for what, ends in RANGES.items()}) for name in CODERS}
        expected = Expected.of(*rates.values(), classes)
        found = agree(
            coded_by(rates, ARTICLES, seed=50_000 + run).values(), codebook, judged=judged, resamples=RESAMPLES
        )
        lines = found.scores[found.scores["coder"].notna() & (found.scores["statistic"] == "percent_agreement")]
        for line in lines.to_dict("records"):
            true = (expected.all if line["units"] == ALL else expected.matched).get((line["part"], line["level"]))
            if true is not None:
                held[line["units"], line["part"], line["level"]] += line["low"] <= true <= line["high"]
        [line] = found.found.dropna(subset=["coder"]).to_dict("records")
        held["events found", "F1"] += line["low"] <= expected.f1 <= line["high"]
    shares = {key: count / RUNS for key, count in held.items()}
    for key, share in shares.items():
        print(f"{', '.join(key):30} {share:.1%}")
    print(f"mean {np.mean(list(shares.values())):.1%}, from {min(shares.values()):.1%} to {max(shares.values()):.1%}")


if __name__ == "__main__":
    main()
