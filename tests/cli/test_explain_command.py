"""`whodid explain` as a user sees it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from whodid.cli.app import app
from whodid.errors import ArticleError, OutputError, UsageError

pytestmark = pytest.mark.model


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["explain", *map(str, arguments)])


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    path = tmp_path / "a1.md"
    path.write_text("---\nid: a1\npublished: 2024-06-21\n---\nFrance condemned Russia on Friday.\n", encoding="utf-8")
    return path


def test_without_options_text_is_printed(raw: Path) -> None:
    result = run(raw)
    assert result.exit_code == 0, result.stderr
    assert result.stdout.startswith("# a1 (2024-06-21)\n")
    assert "[actor: France] [action: condemned] [target: Russia] on Friday." in result.stdout


def test_json_is_printed_and_nothing_else(raw: Path) -> None:
    [article] = json.loads(run(raw, "--format", "json").stdout)["articles"]
    assert [row["event"]["actor"] for row in article["rows"]] == ["FRA"]


def test_the_ending_of_the_file_names_the_format(raw: Path, tmp_path: Path) -> None:
    page, records = tmp_path / "new" / "why.html", tmp_path / "why.json"
    result = run(raw, "-o", page)
    assert result.stdout == f"1 events of 1 articles explained in {page}\n"
    assert page.read_text(encoding="utf-8").startswith("<!DOCTYPE html>\n")
    run(raw, "-o", records)
    assert records.read_text(encoding="utf-8") == run(raw, "--format", "json").stdout


def test_a_format_that_is_given_counts_more_than_the_ending(raw: Path, tmp_path: Path) -> None:
    run(raw, "-o", tmp_path / "why.html", "--format", "text")
    assert (tmp_path / "why.html").read_text(encoding="utf-8") == run(raw).stdout


def test_an_unknown_format_is_a_sentence(raw: Path) -> None:
    result = run(raw, "--format", "xml")
    assert isinstance(result.exception, UsageError)
    assert str(result.exception) == "'xml' is no format of an explanation. Give one of text, json and html."


def test_if_no_article_can_be_read_nothing_is_explained(tmp_path: Path) -> None:
    (tmp_path / "bare.txt").write_text("France condemned Russia on Friday.\n", encoding="utf-8")
    result = run(tmp_path / "bare.txt", "-o", tmp_path / "why.html")
    assert isinstance(result.exception, ArticleError)
    assert str(result.exception) == "None of the 1 articles could be read. The reasons are above."
    assert "bare.txt" in result.stderr
    assert not (tmp_path / "why.html").exists()


def test_a_file_that_cannot_be_written_is_a_sentence(raw: Path, tmp_path: Path) -> None:
    result = run(raw, "-o", tmp_path)
    assert isinstance(result.exception, OutputError)
    assert "cannot be written" in str(result.exception)
