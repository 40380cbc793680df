"""What other labs open a release with: pandas, polars, DuckDB, datasets, Frictionless and Croissant, all offline."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import polars as pl
import pyarrow.dataset
import pytest

import whodid as wd
from release.conftest import RECENT, SAMPLE, leave_pages_out, make_small_project
from whodid.events.files import read_events
from whodid.release.tables import COLUMNS_RELEASED

NAMES = [column.name for column in COLUMNS_RELEASED]


@pytest.fixture(scope="module")
def rows(dist: Path) -> pd.DataFrame:
    return read_events(dist / "data" / "events.parquet")


def test_pandas_reads_codes_as_text_and_days_as_days(dist: Path, rows: pd.DataFrame) -> None:
    frame = pd.read_parquet(dist / "data" / "events.parquet")
    assert list(frame.columns) == NAMES
    assert frame["action"].tolist() == rows["action"].tolist()
    assert "010" in set(frame["action"])
    assert pd.api.types.is_string_dtype(frame["action"].dtype)
    assert frame.groupby("root").size().sum() == len(SAMPLE)
    assert frame["date"].iloc[0] == date(1990, 2, 1)


def test_pandas_reads_the_folder_of_all_files(dist: Path, rows: pd.DataFrame) -> None:
    assert pd.read_parquet(dist / "data")["event_id"].tolist() == rows["event_id"].tolist()


def test_polars_reads_it(dist: Path, rows: pd.DataFrame) -> None:
    frame = pl.read_parquet(dist / "data" / "events.parquet")
    assert frame.columns == NAMES
    assert (frame.schema["action"], frame.schema["date"], frame.schema["quad_class"]) == (pl.String, pl.Date, pl.Int8)
    assert frame["event_id"].to_list() == rows["event_id"].tolist()


def test_duckdb_reads_it_and_its_metadata(dist: Path, rows: pd.DataFrame) -> None:
    path = (dist / "data" / "events.parquet").as_posix()
    with duckdb.connect() as connection:
        query = f"SELECT action, count(*) FROM '{path}' WHERE date < DATE '2000-01-01' GROUP BY action ORDER BY action"
        counted = dict(connection.execute(query).fetchall())
        types = {row[0]: row[1] for row in connection.execute(f"DESCRIBE SELECT * FROM '{path}'").fetchall()}
        metadata = dict(connection.execute(f"SELECT key, value FROM parquet_kv_metadata('{path}')").fetchall())
    assert counted == rows[rows["date"] < "2000-01-01"]["action"].value_counts().to_dict()
    assert (types["action"], types["date"], types["goldstein"]) == ("VARCHAR", "DATE", "FLOAT")
    assert metadata[b"whodid.release"] == b"1.0.0"


def test_arrow_reads_it_as_a_data_set(dist: Path) -> None:
    found: Any = pyarrow.dataset.dataset(dist / "data", format="parquet")
    assert found.count_rows() == len(SAMPLE)


def run(program: str, *arguments: object, home: Path) -> str:
    """A program in a process of its own that can reach no hub: these libraries read their settings when imported."""
    environment = {
        **os.environ,
        "HF_HUB_OFFLINE": "1",
        "HF_DATASETS_OFFLINE": "1",
        "HF_HOME": str(home / "hub"),
        "HF_DATASETS_CACHE": str(home / "cache"),
        "HF_HUB_DISABLE_TELEMETRY": "1",
        "CROISSANT_CACHE": str(home / "croissant"),
        "http_proxy": "http://127.0.0.1:9",
        "https_proxy": "http://127.0.0.1:9",
    }
    done = subprocess.run(
        [sys.executable, "-W", "error::UserWarning:__main__", "-c", program, *map(str, arguments)],
        env=environment,
        cwd=home,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def years(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release of the events since 2018 in one file for each year."""
    project = make_small_project(tmp_path_factory.mktemp("years") / "project")
    with pytest.MonkeyPatch.context() as patch:
        leave_pages_out(patch)
        wd.release(project / "data" / "coded", project / "dist", "0.1.0", partition="year")
    return project / "dist"


def test_datasets_loads_the_parquet_file_and_the_folder_by_its_card(dist: Path, years: Path, tmp_path: Path) -> None:
    program = """
import sys
from datasets import load_dataset
dist, years, rows = sys.argv[1:]
bare = load_dataset("parquet", data_files=f"{dist}/data/*.parquet", split="train")
carded = load_dataset(dist, split="train")
named = load_dataset(dist, "events")
assert list(named) == ["train"]
for found in (bare, carded):
    assert found.num_rows == int(rows)
    assert str(found.features["action"].dtype) == "string"
    assert str(found.features["date"].dtype) == "date32"
    assert str(found.features["quad_class"].dtype) == "int8"
assert carded.features == bare.features
print(carded.info.splits["train"].num_examples, carded[0]["action"], load_dataset(years, split="train").num_rows)
"""
    assert (
        run(program, dist, years, len(SAMPLE), home=tmp_path) == f"{len(SAMPLE)} {SAMPLE[0]['action']} {len(RECENT)}\n"
    )


def test_frictionless_finds_the_package_valid_and_a_wrong_value_by_the_schema(
    dist: Path, years: Path, copy: Path, tmp_path: Path
) -> None:
    frame = pd.read_parquet(copy / "data" / "events.parquet")
    frame.loc[0, "date_basis"] = "guess"
    frame.to_parquet(copy / "data" / "events.parquet")
    program = """
import sys
from frictionless import Package
for folder in sys.argv[1:3]:
    package = Package(f"{folder}/datapackage.json")
    report = package.validate()
    assert report.valid, report.flatten(["fieldName", "rowNumber", "type", "note"])
    resource = package.resources[0]
    rows = resource.read_rows()
    print(len(report.tasks), resource.name, len(rows), rows[0]["date"], len(rows[0]))
print(len(package.get_resource("codebook").read_rows()))
report = Package(f"{sys.argv[3]}/datapackage.json").validate()
print(report.flatten(["fieldName", "rowNumber", "type"]))
"""
    days = [row["date"] for row in RECENT]
    n_years, in_2018 = len({day[:4] for day in days}), sum(day < "2019" for day in days)
    assert run(program, dist, years, copy, home=tmp_path).splitlines() == [
        f"2 events {len(SAMPLE)} {SAMPLE[0]['date']} 33",
        f"{n_years + 1} events-2018 {in_2018} {days[0]} 33",
        "318",
        "[['date_basis', 2, 'constraint-error']]",
    ]


def test_croissant_is_valid_without_a_warning_and_gives_the_records(dist: Path, years: Path, tmp_path: Path) -> None:
    program = """
import sys
import mlcroissant
for folder in sys.argv[1:3]:
    dataset = mlcroissant.Dataset(f"{folder}/croissant.json")
    issues = dataset.metadata.ctx.issues
    assert not issues.errors and not issues.warnings, issues.report()
    records = list(dataset.records("events"))
    assert set(records[0]) == {f"events/{name}" for name in sys.argv[3].split()}
    print(len(records), records[0]["events/action"].decode(), records[0]["events/date"].date())
"""
    printed = run(program, dist, years, " ".join(NAMES), home=tmp_path).splitlines()
    assert printed[0] == f"{len(SAMPLE)} {SAMPLE[0]['action']} {SAMPLE[0]['date']}"
    assert printed[1].startswith(f"{len(RECENT)} ")
