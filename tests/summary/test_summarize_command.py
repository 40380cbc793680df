"""whodid summarize: what it writes, what it prints, and what it says when it cannot."""

from __future__ import annotations

from datetime import date

import pytest
import typer
from typer.testing import CliRunner

import whodid as wd
from whodid.cli.summarize import summarize
from whodid.errors import UsageError
from whodid.events.table import empty_table

app = typer.Typer()
app.command()(summarize)


def run(*arguments: object):
    return CliRunner().invoke(app, [str(argument) for argument in arguments], catch_exceptions=False)


@pytest.fixture
def file(make_events, tmp_path):
    path = tmp_path / "events.parquet"
    count = 62
    frame = make_events(
        actor=["KORGOV"] * 61 + ["IGOUNO"],
        action=["112"] * 61 + ["1383"],
        date=[date(2024, 6, 21)] * 61 + [date(2024, 1, 1)],
        article_id=["seoul-2024"] * 61 + ["a-very-long-article-name/" * 5],
        sentence=list(range(count)),
    )
    wd.write_events(frame, path)
    return path


def test_it_writes_the_report_and_prints_the_path_to_open(file, tmp_path):
    result = run(file, "-o", tmp_path / "out", "--title", "Korea & Russia")
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "62 events summarised in 11 tables and 7 figures.",
        f"Open the report: {tmp_path / 'out' / 'report.html'}",
    ]
    assert "<title>Korea &amp; Russia</title>" in (tmp_path / "out" / "report.html").read_text("utf-8")
    assert len(list((tmp_path / "out" / "tables").glob("*.csv"))) == 11
    assert len(list((tmp_path / "out" / "figures").glob("*.png"))) == 7


def test_show_prints_the_first_sixty_events_by_date_in_plain_text_of_a_hundred_columns(file, tmp_path):
    lines = run(file, "-o", tmp_path / "out", "--show").stdout.splitlines()
    assert lines[0].split() == ["date", "actor", "action", "target", "article"]
    assert lines[1].split()[:3] == ["2024-01-01", "IGOUNO", "1383"]
    assert lines[2].split()[:3] == ["2024-06-21", "KORGOV", "112"]
    assert len(lines) == 1 + 60 + 3
    assert lines[61] == "... and 2 more."
    assert max(len(line) for line in lines[:-1]) <= 100
    assert "\x1b" not in "".join(lines)


def test_articles_give_the_report_its_sentences(make_events, article, tmp_path):
    wd.write_events(make_events(), tmp_path / "events.csv")
    folder = tmp_path / "articles"
    folder.mkdir()
    head = f"---\ndate: {article.published}\npublisher: Example Wire\n---\n"
    (folder / f"{article.article_id}.md").write_text(head + article.text + "\n", "utf-8")
    result = run(tmp_path / "events.csv", "-o", tmp_path / "out", "--articles", folder)
    assert result.exit_code == 0
    assert "on Friday of breaking the sanctions." in (tmp_path / "out" / "report.html").read_text("utf-8")


def test_a_table_without_events_gives_a_report_and_exit_code_zero(tmp_path):
    wd.write_events(empty_table(), tmp_path / "events.parquet")
    result = run(tmp_path / "events.parquet", "-o", tmp_path / "out", "--show")
    assert result.exit_code == 0
    assert result.stdout.startswith("0 events summarised in 11 tables and 0 figures.\n")


def test_a_path_that_does_not_exist_is_refused_with_the_fix(tmp_path):
    with pytest.raises(UsageError, match=r"There is no such file or folder. Check the path."):
        run(tmp_path / "missing.parquet", "-o", tmp_path / "out")


def test_a_folder_without_events_is_refused_with_the_fix(tmp_path):
    with pytest.raises(UsageError, match=r"The folder holds no event files. Give a folder with .parquet"):
        run(tmp_path, "-o", tmp_path / "out")
