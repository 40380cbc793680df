"""What counting costs here against duckdb by hand: the tables of `whodid summarize`, and counts by dyad and month.

    python benchmarks/aggregate.py [ROWS] [--file EVENTS]

The rows are generated (benchmarks/generate.py) and written once. "By hand" is the SQL that an analyst would write over the
same Parquet file, with the scores and classes of actions joined from a table; it makes the same numbers, which is checked,
and no labels, zeros or sentences. Reading is a part of both sides; the table in memory that our side needs is shown apart.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import duckdb
import pandas as pd

import whodid as wd
from generate import write_generated
from whodid.codebook.load import load_codebook
from whodid.codebook.model import Codebook
from whodid.events.enrich import enrich
from whodid.events.table import from_arrow
from whodid.summary.tables import all_tables

Made = TypeVar("Made")


def timed(name: str, make: Callable[[], Made], seconds: dict[str, tuple[float, float]]) -> Made:
    wall, processor = time.perf_counter(), time.process_time()
    made = make()
    seconds[name] = (time.perf_counter() - wall, time.process_time() - processor)
    return made


def read(path: Path) -> pd.DataFrame:
    """The table in memory; read_events would also check it, which benchmarks/validate.py measures."""
    import pyarrow.parquet as pq

    return from_arrow(pq.read_table(path))


def facts(codebook: Codebook) -> pd.DataFrame:
    """What an analyst has beside the events: class and score of each action."""
    codes = sorted(codebook.actions)
    classes = [codebook.quad_class(code) for code in codes]
    scores = [codebook.goldstein_score(code) for code in codes]
    return pd.DataFrame({"action": codes, "quad_class": pd.array(classes, dtype="Int8"), "goldstein": scores})


def by_hand(path: Path, codebook: Codebook) -> dict[str, pd.DataFrame]:
    """The counts behind the tables of summarize, as SQL; countries are left out, for they need the grammar of codes."""
    with duckdb.connect() as connection:
        connection.execute("SET threads = 2; SET enable_progress_bar = false")
        connection.register("facts", facts(codebook))
        joined = f"read_parquet('{path}') JOIN facts USING (action)"
        queries = {
            "roots": f"SELECT left(action, 2) AS root, count(*) AS n FROM {joined} GROUP BY 1 ORDER BY 1",
            "quad_classes": f"SELECT quad_class, count(*) AS n FROM {joined} GROUP BY 1 ORDER BY 1",
            "dyads": f"SELECT actor, target, count(*) AS n, avg((quad_class >= 3)::INT), avg(goldstein) FROM {joined} "
            "GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2",
            "months": f"SELECT date_trunc('month', date) AS m, quad_class, count(*) AS n FROM {joined} GROUP BY 1, 2 ORDER BY 1",
            "goldstein": f"SELECT date_trunc('month', date) AS m, avg(goldstein), min(goldstein), max(goldstein) FROM {joined} "
            "GROUP BY 1 ORDER BY 1",
            "publishers": f"SELECT publisher, count(*), count(DISTINCT article_id) FROM {joined} GROUP BY 1 ORDER BY 2 DESC",
            "coders": f"SELECT coder, count(*), count(DISTINCT article_id) FROM {joined} GROUP BY 1 ORDER BY 2 DESC",
            "date_basis": f"SELECT date_basis, count(*) FROM {joined} GROUP BY 1 ORDER BY 1",
        }
        return {name: connection.sql(query).df() for name, query in queries.items()}


def dyad_months_by_hand(path: Path, codebook: Codebook) -> pd.DataFrame:
    with duckdb.connect() as connection:
        connection.execute("SET threads = 2; SET enable_progress_bar = false")
        connection.register("facts", facts(codebook))
        counts = ", ".join(f"count(CASE WHEN quad_class = {c} THEN 1 END) AS quad_class_{c}" for c in (1, 2, 3, 4))
        return connection.sql(
            f"SELECT actor, target, date_trunc('month', date) AS start, count(*) AS events, sum(goldstein) AS goldstein_sum, "
            f"{counts} FROM read_parquet('{path}') JOIN facts USING (action) GROUP BY ALL ORDER BY 1, 2, 3"
        ).df()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rows", nargs="?", type=int, default=1_000_000)
    parser.add_argument("--file", type=Path)
    given = parser.parse_args()
    codebook = load_codebook()
    seconds: dict[str, tuple[float, float]] = {}
    with tempfile.TemporaryDirectory() as folder:
        path = given.file or Path(folder) / "events.parquet"
        if given.file is None:
            write_generated(given.rows, path)
        hand = timed("tables by hand", lambda: by_hand(path, codebook), seconds)
        frame = timed("read into memory", lambda: read(path), seconds)
        enriched = timed("enrich", lambda: enrich(frame, codebook), seconds)
        tables = timed("tables of summarize", lambda: all_tables(enriched, codebook), seconds)
        assert tables["dyads"]["events"].tolist() == hand["dyads"]["n"].tolist()
        assert tables["roots"]["events"].tolist() == hand["roots"]["n"].tolist()
        months = timed("dyad-months by hand", lambda: dyad_months_by_hand(path, codebook), seconds)
        ours = timed("aggregate, without zeros", lambda: wd.aggregate(frame, zeros=False, codebook=codebook), seconds)
        assert ours["events"].tolist() == months["events"].tolist()
    print(f"{len(frame):,} rows, {len(hand['dyads']):,} dyads, {len(months):,} dyad-months")
    for name, base in {
        "tables of summarize": "tables by hand",
        "read into memory": "tables by hand",
        "enrich": "tables by hand",
        "aggregate, without zeros": "dyad-months by hand",
    }.items():
        wall, processor = seconds[name]
        print(
            f"{name:26s} {wall:7.2f} s, {wall / seconds[base][0]:6.1f} times {base} "
            f"({processor / seconds[base][1]:.1f} of the processor time)"
        )
    for name in ("tables by hand", "dyad-months by hand"):
        print(f"{name:26s} {seconds[name][0]:7.2f} s")


if __name__ == "__main__":
    main()
