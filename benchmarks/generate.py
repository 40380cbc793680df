"""Event tables of any length, valid against the codebook, written row group by row group: what the benchmarks measure on.

    python benchmarks/generate.py 1000000 /tmp/events.parquet

Rows look like coded newswire: codes of the codebook, of which some are common and most rare, five rows an article, words
of different lengths, days over twenty years. The same number gives the same bytes.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from whodid.checks.sql.rules import remade_id
from whodid.codebook.actor_codes import ActorCodes, ActorParts
from whodid.codebook.load import load_codebook
from whodid.codebook.model import Codebook
from whodid.events.schema import arrow_schema

GROUP_ROWS = 250_000
ROWS_OF_ARTICLE = 5
_WORDS = (
    *(
        "he",
        "they",
        "Seoul",
        "Moscow",
        "South Korea",
        "the government",
        "the ministry",
        "Ukrainian troops",
        "protesters",
    ),
    *("the Russian ambassador", "President Ruto", "the European Union", "rebels in the eastern provinces"),
    *(
        "accused",
        "met with",
        "said it would send",
        "opened fire on",
        "signed an agreement with",
        "called for talks with",
    ),
    *("the United Nations Security Council", "farmers who had blocked the road to the capital for eleven days"),
)
_PUBLISHERS = ("Example Wire", "The Courier", "Agence Exemple", "Morning Post", "The Standard")
_FIRST_DAY, _LAST_DAY = 12_418, 19_723  # 2004-01-01 to 2024-01-01, in days since 1970.


def write_generated(rows: int, path: Path, seed: int = 1) -> None:
    """Write a Parquet file of valid events; memory does not depend on their number."""
    schema, codebook = arrow_schema(), load_codebook()
    actors, actions = _actors(codebook), sorted(codebook.actions)
    with pq.ParquetWriter(path, schema, compression="zstd", version="2.6") as writer:
        for start in range(0, rows, GROUP_ROWS):
            chance = np.random.default_rng([seed, start])
            writer.write_table(_group(start, min(GROUP_ROWS, rows - start), actors, actions, schema, chance))


def _actors(codebook: Codebook) -> list[str]:
    codes = ActorCodes(codebook)
    countries = [c.code for c in codebook.countries if c.status == "current"]
    composed = [country + role for country in countries for role in ("", "GOV", "MIL", "OPP", "CVL", "COP")]
    named = [actor.code for actor in (*codebook.organisations, *codebook.groups)]
    return sorted({code for code in (*composed, *named) if isinstance(codes.parse(code), ActorParts)})


def _group(
    start: int, rows: int, actors: list[str], actions: list[str], schema: pa.Schema, chance: np.random.Generator
) -> pa.Table:
    number = start + np.arange(rows)
    published = chance.integers(_FIRST_DAY, _LAST_DAY, rows)
    day = np.maximum(published - np.minimum(chance.geometric(0.5, rows) - 1, 30), _FIRST_DAY)
    basis = np.where(day == published, 2, chance.integers(0, 2, rows))
    columns: dict[str, pa.Array] = {
        "actor": _codes(actors, chance, rows),
        "action": _codes(actions, chance, rows),
        "target": _codes(actors, chance, rows),
        "date": _days(day),
        "date_basis": _dictionary(basis, ["text", "dateline", "published"]),
        "article_id": pa.array(
            np.char.add("wire-", np.char.zfill((number // ROWS_OF_ARTICLE).astype("U10"), 10)), pa.string()
        ),
        "sentence": pa.array((number % ROWS_OF_ARTICLE).astype("int32")),
        "published": _days(published),
        "publisher": _codes(list(_PUBLISHERS), chance, rows),
        "coder": _dictionary(np.zeros(rows, dtype="int64"), ["pattern@0.1.0"]),
        "confidence": pa.array(np.round(chance.random(rows), 3).astype("float32")),
        "note": pa.nulls(rows, pa.string()),
    }
    lengths = np.array([len(word) for word in _WORDS])
    begin = chance.integers(0, 4000, rows)
    for side in ("actor", "action", "target"):
        chosen = chance.integers(0, len(_WORDS), rows)
        columns[f"{side}_text"] = _dictionary(chosen, list(_WORDS)).cast(pa.string())
        columns[f"{side}_start"] = pa.array(begin.astype("int32"))
        columns[f"{side}_end"] = pa.array((begin + lengths[chosen]).astype("int32"))
        begin = begin + lengths[chosen] + chance.integers(1, 20, rows)
    table = pa.table(columns)
    with duckdb.connect() as connection:
        connection.register("events", table)
        ids = connection.sql(f"SELECT {remade_id()} AS event_id FROM events").to_arrow_table()
    table = table.append_column("event_id", ids.column("event_id"))
    return table.select(schema.names).cast(schema)


def _codes(codes: list[str], chance: np.random.Generator, rows: int) -> pa.DictionaryArray:
    """Codes of which the first is the commonest, and each later one rarer: the n-th by 1/n."""
    weights = 1 / np.arange(1, len(codes) + 1)
    return _dictionary(chance.choice(len(codes), rows, p=weights / weights.sum()), codes)


def _dictionary(indices: npt.NDArray[np.int64], words: list[str]) -> pa.DictionaryArray:
    return pa.DictionaryArray.from_arrays(pa.array(indices.astype("int32")), pa.array(words, pa.string()))


def _days(days: npt.NDArray[np.int64]) -> pa.Array:
    return pa.array(days.astype("int32")).cast(pa.date32())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rows", type=int)
    parser.add_argument("path", type=Path)
    given = parser.parse_args()
    write_generated(given.rows, given.path)


if __name__ == "__main__":
    main()
