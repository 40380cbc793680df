"""What was refused, as a table."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from whodid.articles.model import Refused
from whodid.articles.read import read_articles
from whodid.articles.refusals import refusals_to_csv
from whodid.errors import Fault, OutputError

from .conftest import Write


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_each_refusal_is_a_row_with_its_reason_and_fix(write: Write, tmp_path: Path) -> None:
    path = write("a.jsonl", '{"id": "x", "text": "Alpha", "date": "soon"}\n')
    out = tmp_path / "out" / "refused.csv"
    refusals_to_csv(read_articles(path).refused, out)
    assert _rows(out) == [
        {
            "origin": f"{path}:1",
            "rule": "bad-date",
            "line": "1",
            "value": "soon",
            "reason": "'soon' is not a date that can be read; "
            "expected a day such as 2024-06-21 (20240621 and 2024-06-21T18:30:00Z are read too).",
            "fix": "Correct the date.",
        }
    ]


@pytest.mark.parametrize("value", ["=1+1", "+1+A1", "-1-A1", "@SUM(A1)", "\t=1", "  =1", "＝1"])
def test_cells_that_a_spreadsheet_would_run_begin_with_an_apostrophe(tmp_path: Path, value: str) -> None:
    out = tmp_path / "refused.csv"
    refusals_to_csv([Refused("=a.txt", Fault("bad-date", "Why.", "Fix.", value=value))], out)
    (row,) = _rows(out)
    assert (row["origin"], row["value"]) == ("'=a.txt", f"'{value}")


def test_without_refusals_the_header_stands_alone(tmp_path: Path) -> None:
    refusals_to_csv([], tmp_path / "refused.csv")
    assert (tmp_path / "refused.csv").read_bytes() == b"origin,rule,line,value,reason,fix\n"


def test_half_a_character_in_a_value_does_not_stop_the_table(tmp_path: Path) -> None:
    refusals_to_csv([Refused("a", Fault("x", "m", value="\ud83d"))], tmp_path / "refused.csv")
    assert _rows(tmp_path / "refused.csv")[0]["value"] == "\\ud83d"


def test_a_table_that_cannot_be_written_is_an_output_error(tmp_path: Path) -> None:
    with pytest.raises(OutputError):
        refusals_to_csv([], tmp_path)
