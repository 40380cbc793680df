"""whodid convert, oneaday and aggregate: what they print and write, one after the other."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner

import whodid as wd
from whodid.cli.app import app
from whodid.errors import ConversionError, UsageError

LINES = "790415\tJOR\tEGYGOV\t112\n790415\tJOR\tEGYGOV\t112\n790501\tEGY\tJOR\t040\n790501\tEGY\t---\t040\n"


def run(*arguments: object):
    return CliRunner().invoke(app, [str(argument) for argument in arguments], catch_exceptions=False)


@pytest.fixture
def converted(tmp_path: Path) -> Path:
    source, out = tmp_path / "levant.txt", tmp_path / "events.parquet"
    source.write_text(LINES, "utf-8")
    result = run("convert", "keds", source, "-o", out)
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "levant.txt: 4 rows, 3 converted, 1 refused (missing-target 1)",
        f"3 events in {out}; refused rows in {out}.refused.csv",
    ]
    return out


def test_refused_rows_are_written_beside_the_events(converted: Path) -> None:
    refused = pd.read_csv(f"{converted}.refused.csv", dtype=str)
    assert refused[["file", "line", "rule"]].to_numpy().tolist() == [["levant.txt", "4", "missing-target"]]


def test_a_folder_with_events_and_their_refused_rows_is_read_as_events(converted: Path) -> None:
    result = run("validate", converted.parent)
    assert result.exit_code == 0
    assert "not checked: spans: imported events have no words and no offsets" in result.stdout


def test_windows_1252_is_pointed_out(tmp_path: Path) -> None:
    source = tmp_path / "a.txt"
    source.write_bytes("790415\tJOR\tEGY\t112\t(ACCUSE)\tcafé\n".encode("cp1252"))
    result = run("convert", "keds", source, "-o", tmp_path / "e.csv")
    assert result.stdout.splitlines()[0] == "a.txt: 1 rows, 1 converted, 0 refused; 1 lines were Windows-1252"


def test_a_file_of_which_nothing_can_be_converted_is_an_error_and_the_reasons_are_kept(tmp_path: Path) -> None:
    source = tmp_path / "a.txt"
    source.write_text("790415\tJOR\t---\t112\n", "utf-8")
    with pytest.raises(ConversionError, match=r"None of the 1 rows could be converted. The reasons are in .*r\.csv"):
        run("convert", "keds", source, "-o", tmp_path / "e.csv", "--refused", tmp_path / "r.csv")
    assert "missing-target" in (tmp_path / "r.csv").read_text("utf-8")
    assert (tmp_path / "e.csv").read_text("utf-8").startswith("actor,action,target,date,")


def test_a_file_that_cannot_be_read_leaves_what_was_there(tmp_path: Path) -> None:
    (tmp_path / "e.csv").write_text("before", "utf-8")
    with pytest.raises(ConversionError):
        run("convert", "icews", tmp_path / "missing.tab", "-o", tmp_path / "e.csv")
    assert (tmp_path / "e.csv").read_text("utf-8") == "before"
    assert [path.name for path in tmp_path.iterdir()] == ["e.csv"]


def test_one_a_day_and_aggregation_follow_on_it(converted: Path, tmp_path: Path) -> None:
    once = tmp_path / "once.parquet"
    result = run("oneaday", converted, "-o", once)
    assert result.stdout == f"2 of 3 events in {once}, one for each date, actor, action and target\n"
    assert wd.read_events(once, imported=True)["merged_ids"].str.count(r"\|").tolist() == [1, 0]
    counts = tmp_path / "counts.csv"
    result = run("aggregate", once, "-o", counts, "--by", "country-dyad", "--count", "root", "--normalise")
    assert result.stdout == f"2 events in 4 rows of {counts}\n"
    table = pd.read_csv(counts)
    assert table["period"].tolist() == ["1979-04", "1979-05"] * 2
    assert table["root_11"].tolist() == [0, 0, 1, 0]
    assert table["events_per_1000"].tolist() == [0.0, 1000.0, 1000.0, 0.0]


def test_events_without_a_unit_are_pointed_out(make_events, tmp_path: Path) -> None:
    wd.write_events(make_events(actor=["COP", "KOR"], date=[date(2024, 1, 1)] * 2), tmp_path / "e.csv")
    result = run("aggregate", tmp_path / "e.csv", "-o", tmp_path / "a.parquet", "--by", "actor-country", "--no-zeros")
    assert result.stdout.splitlines()[1] == "1 of them have no actor-country and count in period_events only"


@pytest.mark.parametrize("command", ["oneaday", "aggregate"])
def test_an_ending_that_cannot_be_written_is_refused_before_the_work(command: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"The ending '.xlsx' is unknown. Let it end in .parquet"):
        run(command, tmp_path / "missing.csv", "-o", tmp_path / "a.xlsx")
