"""Golden cases are data: each folder of tests/golden/coding has articles and the events that they must give."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from whodid.articles.read import read_articles
from whodid.codebook.model import Codebook
from whodid.coder.code import code

pytestmark = pytest.mark.model

FOLDER = Path(__file__).resolve().parents[1] / "golden" / "coding"
CASES = sorted(path.name for path in FOLDER.iterdir() if path.is_dir())
# As in scripts/update_golden.py, which rewrites the expected files.
COLUMNS = [
    "article_id", "sentence", "date", "date_basis", "actor", "action", "target", "actor_text", "action_text", "target_text",
]  # fmt: skip


def rows(text: str) -> list[str]:
    """The rows of a CSV file, each as one line that a failing test can show."""
    listed = list(csv.DictReader(io.StringIO(text)))
    assert all(list(row) == COLUMNS for row in listed)
    return ["  ".join(row.values()) for row in listed]


def test_there_are_golden_cases() -> None:
    assert len(CASES) >= 20


@pytest.mark.parametrize("case", CASES)
def test_the_coder_gives_the_expected_events(case: str, codebook: Codebook) -> None:
    articles = read_articles(FOLDER / case / "article.json")
    assert articles.refused == ()
    events = code(articles, codebook=codebook)
    expected = FOLDER / case / "expected.csv"
    assert expected.is_file(), f"{expected} is missing: run `make golden` and review what it writes"
    assert rows(events[COLUMNS].to_csv(index=False, lineterminator="\n")) == rows(expected.read_text(encoding="utf-8"))
