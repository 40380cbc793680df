"""`whodid assign` as a user sees it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from event_samples import make_events
from whodid.cli.app import app
from whodid.errors import UsageError
from whodid.events.files import write_events


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["assign", *map(str, arguments)])


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    """Six articles of 10 to 60 words."""
    folder = tmp_path / "raw"
    folder.mkdir()
    for n in range(1, 7):
        text = f"---\nid: article-{n}\npublished: 2024-06-22\n---\n{'word ' * 10 * n}\n"
        (folder / f"{n}.md").write_text(text, encoding="utf-8")
    return folder


def test_articles_are_split_and_the_split_is_shown(raw: Path, tmp_path: Path) -> None:
    out = tmp_path / "assignment.csv"
    result = run("make", raw, "--coder", "anna", "--coder", "ben", "--overlap", "0.33", "-o", out)
    assert result.exit_code == 0, result.stderr
    assert re.search(r"^coder +articles +shared +words$", result.stdout, re.MULTILINE)
    assert re.search(r"^anna +\d +2 +\d+$", result.stdout, re.MULTILINE)
    assert result.stdout.endswith(f"6 articles assigned in {out}\n")
    assert out.read_text(encoding="utf-8").startswith("coder,place,article_id,words,coders\nanna,1,article-")


def test_a_second_run_gives_the_same_file_and_keeps_an_earlier_one(raw: Path, tmp_path: Path) -> None:
    one, two, more = (tmp_path / f"{name}.csv" for name in ("one", "two", "more"))
    for out in (one, two):
        run("make", raw, "--coder", "anna", "--coder", "ben", "-o", out)
    assert one.read_bytes() == two.read_bytes()
    (raw / "7.md").write_text("---\nid: article-7\npublished: 2024-06-22\n---\nNew words.\n", encoding="utf-8")
    run("make", raw, "--coder", "anna", "--coder", "ben", "--keep", one, "-o", more)
    assert set(one.read_text("utf-8").splitlines()) < set(more.read_text("utf-8").splitlines())


def test_status_shows_what_is_left_and_prints_a_list_for_one_coder(raw: Path, tmp_path: Path) -> None:
    out, coded, judged = tmp_path / "assignment.csv", tmp_path / "anna.csv", tmp_path / "judged.csv"
    run("make", raw, "--coder", "anna", "--overlap", "0", "-o", out)
    write_events(make_events(coder="anna", article_id="article-3"), coded)
    result = run("status", out, coded)
    assert re.search(r"^anna +6 +1 +5 +210 +180 +0$", result.stdout, re.MULTILINE)
    assert result.stderr == ("whodid: of anna only articles with events count: give --judged to count the others\n")
    judged.write_text("coder,article_id\nanna,article-6\n", encoding="utf-8")
    assert re.search(
        r"^anna +6 +2 +4 +210 +120 +0$", run("status", out, coded, "--judged", judged).stdout, re.MULTILINE
    )
    left = run("status", out, coded, "--judged", judged, "--left", "anna").stdout.splitlines()
    assert sorted(left) == ["article-1", "article-2", "article-4", "article-5"]


def test_status_before_anything_is_coded(raw: Path, tmp_path: Path) -> None:
    run("make", raw, "--coder", "anna", "--overlap", "0", "-o", tmp_path / "a.csv")
    assert re.search(r"^anna +6 +0 +6 +210 +210 +0$", run("status", tmp_path / "a.csv").stdout, re.MULTILINE)


def test_articles_that_cannot_be_read_are_set_aside_with_the_reason(raw: Path, tmp_path: Path) -> None:
    (raw / "undated.md").write_text("No date.\n", encoding="utf-8")
    result = run("make", raw, "--coder", "anna", "--overlap", "0", "-o", tmp_path / "a.csv")
    assert result.stderr.startswith("whodid: set aside: ")
    assert "6 articles assigned" in result.stdout


def test_options_that_make_no_sense_are_sentences(raw: Path, tmp_path: Path) -> None:
    result = run("make", raw, "--coder", "anna", "-o", tmp_path / "a.csv")
    assert isinstance(result.exception, UsageError)
    assert str(result.exception).endswith("Give more coders, or an overlap of 0.")
    assert not (tmp_path / "a.csv").exists()
