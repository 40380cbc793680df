"""`whodid evaluate` as a user sees it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner, Result

from event_samples import MakeEvents
from whodid.articles.model import Article
from whodid.cli.app import app
from whodid.errors import UsageError
from whodid.events.files import write_events


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["evaluate", *map(str, arguments)])


@pytest.fixture
def files(make_events: MakeEvents, tmp_path: Path) -> tuple[Path, Path]:
    """Coded and gold events of two articles: one right, one with another action, and one that the gold lacks."""
    coded, gold = tmp_path / "coded.parquet", tmp_path / "gold.parquet"
    write_events(
        make_events(article_id=["seoul-2024", "b", "c"], action=["111", "114", "114"], sentence=[0, 0, 0]), coded
    )
    write_events(make_events(article_id=["seoul-2024", "b"], action=["112", "114"], sentence=[0, 0]), gold)
    return coded, gold


def test_scores_intervals_and_confusion_are_printed(files: tuple[Path, Path]) -> None:
    result = run(*files)
    assert result.exit_code == 0, result.stderr
    text = result.stdout
    assert text.startswith("2 coded rows, 2 gold rows, 2 matched\n")
    assert re.search(r"^event +code +1 +0\.500 \(0\.00-1\.00\) +0\.500 \(0\.00-1\.00\)", text, re.MULTILINE)
    assert re.search(r"^event +root +2 +1\.000 \(1\.00-1\.00\)", text, re.MULTILINE)
    assert "95% intervals from 1,000 resamples of 2 articles (seed 0)." in " ".join(text.split())
    assert re.search(r"^ +11  missed\n11 +2 +·\nextra +· +·$", text, re.MULTILINE)
    assert re.search(r"^1 +112 .* coded as +111 ", text, re.MULTILINE)
    assert "missed 0, wrong 1, extra 0" in text
    assert result.stderr == f"whodid: left out: 1 coded rows of articles that {files[1]} does not have\n"


def test_json_is_printed_and_nothing_else(files: tuple[Path, Path], tmp_path: Path) -> None:
    result = run(*files, "--format", "json", "--resamples", 0, "-o", tmp_path / "out")
    found = json.loads(result.stdout)
    assert found["intervals"]["unit"] is None
    assert found["scores"][0]["f1"] == 0.5
    assert found["scores"][0]["f1_low"] is None
    assert f"tables in {tmp_path / 'out' / 'scores.csv'}, " in result.stderr


def test_the_seed_makes_the_same_run_twice(files: tuple[Path, Path]) -> None:
    once, twice = (run(*files, "--format", "json", "--seed", 3).stdout for _ in range(2))
    assert once == twice
    assert json.loads(once)["intervals"]["seed"] == 3


def test_the_tables_are_written(files: tuple[Path, Path], tmp_path: Path) -> None:
    result = run(*files, "-o", tmp_path / "out")
    assert result.stdout.endswith("misses.csv\n")
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["confusion.csv", "misses.csv", "scores.csv"]
    misses = pd.read_csv(tmp_path / "out" / "misses.csv", dtype=str)
    assert misses[["kind", "gold_action", "coded_action"]].to_numpy().tolist() == [["wrong", "112", "111"]]


@pytest.mark.model
def test_with_articles_the_sentence_of_a_miss_is_shown(
    files: tuple[Path, Path], article: Article, tmp_path: Path
) -> None:
    folder = tmp_path / "raw"
    folder.mkdir()
    (folder / "a.md").write_text(f"---\nid: seoul-2024\npublished: 2024-06-22\n---\n{article.text}\n", encoding="utf-8")
    text = run(*files, "--articles", folder).stdout
    assert text.endswith(
        "wrong  seoul-2024, sentence 0\n"
        "  gold:  2024-06-21  KORGOV  112  RUSGOV\n"
        "  coded: 2024-06-21  KORGOV  111  RUSGOV\n"
        "  South Korea accused Russia on Friday of breaking the sanctions.\n"
    )
    assert "South Korea accused" not in run(*files, "--articles", folder, "--limit", 0).stdout


def test_article_ids_that_never_meet_are_pointed_out(make_events: MakeEvents, tmp_path: Path) -> None:
    write_events(make_events(article_id="x.md"), tmp_path / "coded.csv")
    write_events(make_events(), tmp_path / "gold.csv")
    result = run(tmp_path / "coded.csv", tmp_path / "gold.csv")
    assert result.exit_code == 0
    assert result.stderr.splitlines()[-1].endswith("gold.csv. Do the article ids differ?")


def test_a_wide_confusion_table_keeps_every_digit(make_events: MakeEvents, tmp_path: Path) -> None:
    roots = [f"{n:02d}0" for n in range(1, 21)]
    n = 60 * len(roots)
    gold = make_events(
        action=roots * 60, article_id=[f"a{i // 20}" for i in range(n)], sentence=[i % 20 for i in range(n)]
    )
    write_events(gold, tmp_path / "gold.parquet")
    text = run(tmp_path / "gold.parquet", tmp_path / "gold.parquet", "--resamples", 1).stdout
    row = re.search(r"^07 .*$", text, re.MULTILINE)
    assert row is not None
    assert row.group().split() == ["07", *["·"] * 6, "60", *["·"] * 14]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--format", "xml"), "'xml' is no format of the output. Give text or json."),
        (("--seed", "-1"), "-1 cannot seed the random numbers. Give --seed 0 or more."),
        (("--resamples", "-1"), "-1 resamples cannot be drawn. Give --resamples 1000, or 0 for no intervals."),
    ],
)
def test_options_that_make_no_sense_are_sentences(
    arguments: tuple[str, ...], sentence: str, files: tuple[Path, Path]
) -> None:
    result = run(*files, *arguments)
    assert isinstance(result.exception, UsageError)
    assert str(result.exception) == sentence
