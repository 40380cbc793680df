"""How long agreement of five coders on a thousand articles takes, with all statistics and their intervals; and matching.

Run it with `make bench`, on a machine that does nothing else: the CPU seconds beside say how much a busy one distorts.
The coders are those of tests/known_coders.py, made from a fixed seed. The goals: under ten seconds for all of `agree`,
under one for matching two tables of 20,000 rows.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from known_coders import Rates, coded_by
from whodid.codebook.load import load_codebook
from whodid.events.matching import match_events
from whodid.reliability.agree import agree

RATES = Rates(missed=0.15, extra=0.1, action=0.2, actor=0.05, target=0.08, date=0.05)


def main() -> None:
    codebook = load_codebook()
    tables = coded_by(dict.fromkeys(("anna", "ben", "carla", "david", "eva"), RATES), 1000, seed=1)
    rows = sum(map(len, tables.values()))
    start, start_cpu = time.perf_counter(), time.process_time()
    found = agree(tables.values(), codebook)
    seconds, cpu = time.perf_counter() - start, time.process_time() - start_cpu
    print(
        f"agree: 1,000 articles, 5 coders, {rows:,} rows, {len(found.units.article):,} units, "
        f"{len(found.scores):,} values with intervals from {found.resampling.resamples:,} resamples: {seconds:.1f} s (goal 10), "
        f"of which {cpu:.1f} s of CPU"
    )
    one, other = coded_by({"anna": RATES, "ben": RATES}, 7000, seed=2).values()
    one, other = one.head(20_000), other.head(20_000)
    start = time.perf_counter()
    pairs = match_events(one, other)
    seconds = time.perf_counter() - start
    print(f"matching: {len(one):,} with {len(other):,} rows, {len(pairs):,} pairs: {seconds:.2f} s (goal 1)")


if __name__ == "__main__":
    main()
