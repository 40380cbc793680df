"""whodid release, verify and diff as one types them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from event_samples import MakeEvents
from release import conftest as release_conftest
from whodid.cli.app import app
from whodid.events.files import write_events

quick = release_conftest.quick
Run = Callable[..., Result]
OPTIONS = ("--title", "A few events", "--licence", "cc0-1.0", "--version", "0.1.0")


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, make_events: MakeEvents) -> Run:
    """Run the command line in a folder that holds events.parquet."""
    monkeypatch.chdir(tmp_path)
    write_events(make_events(action=["112", "114"]), tmp_path / "events.parquet")
    return lambda *arguments: CliRunner().invoke(app, [str(a) for a in arguments], catch_exceptions=True)


def fault(result: Result) -> str:
    assert result.exception is not None
    return str(result.exception)


@pytest.mark.usefixtures("quick")
def test_release_verify_and_diff_follow_each_other(run: Run, make_events: MakeEvents) -> None:
    done = run("release", "events.parquet", "-o", "dist", *OPTIONS, "--author", "Carberry, Josiah")
    assert done.exit_code == 0, done.output
    assert done.output == ("a-few-events 0.1.0 (2024-06-22), 2 rows, in dist\nCheck it: whodid verify dist\n")
    assert "Carberry" in Path("dist/CITATION.cff").read_text(encoding="utf-8")
    checked = run("verify", "dist")
    assert (checked.exit_code, checked.output.startswith("sound: a-few-events 0.1.0: ")) == (0, True)
    write_events(make_events(action=["112", "115"]), "later.csv")
    told = run("diff", "dist", "later.csv")
    assert told.exit_code == 0
    assert "  114 -> 115     1\n" in told.output
    page = run("diff", "dist", "later.csv", "--format", "html", "-o", "page.html")
    assert page.output == "The difference is in page.html\n"
    assert Path("page.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    found = json.loads(run("diff", "dist", "later.csv", "--format", "json").output)
    assert found["counts"]["recoded"] == 1
    again = run("release", "later.csv", "-o", "dist2", *OPTIONS[:-1], "0.2.0", "--previous", "dist")
    assert again.exit_code == 0, again.output
    assert "Action recoded in 1 row: 114 to 115 (1)." in Path("dist2/CHANGELOG.md").read_text(encoding="utf-8")


@pytest.mark.usefixtures("quick")
def test_without_an_author_the_release_is_built_and_says_what_it_lacks(run: Run) -> None:
    done = run("release", "events.parquet", "-o", "dist", *OPTIONS)
    assert done.exit_code == 0
    assert done.stderr == (
        "whodid: without CITATION.cff: no author is named; add authors: to dataset.yaml, or give --author\n"
        "whodid: without .zenodo.json: no author is named; add authors: to dataset.yaml, or give --author\n"
    )


def test_a_dry_run_prints_the_plan_and_writes_nothing(run: Run, tmp_path: Path) -> None:
    done = run("release", "events.parquet", "-o", "dist", *OPTIONS, "--date", "2024-07-01", "--dry-run")
    assert done.exit_code == 0
    assert done.output.startswith("a-few-events 0.1.0 (2024-07-01), 2 rows\n  data/events.parquet")
    assert [path.name for path in tmp_path.iterdir()] == ["events.parquet"]


def test_findings_are_printed_and_nothing_is_built(run: Run, make_events: MakeEvents, tmp_path: Path) -> None:
    write_events(make_events(action="999"), "events.parquet")
    done = run("release", "events.parquet", "-o", "dist", *OPTIONS)
    assert done.exit_code == 1
    assert done.stdout.startswith("events.parquet, row 0: column 'action': '999' is not in the codebook")
    assert done.stderr == (
        "whodid: Nothing was built: the events have 1 finding. Correct them, and check with `whodid validate`.\n"
    )
    assert not (tmp_path / "dist").exists()


def test_title_and_licence_are_asked_for(run: Run) -> None:
    done = run("release", "events.parquet", "-o", "dist", "--version", "1.0.0", "--title", "A")
    assert done.exit_code == 1
    assert fault(done) == "A release needs a title and a licence. Give --licence, or write dataset.yaml."


def test_a_date_that_is_none_is_refused(run: Run) -> None:
    done = run("release", "events.parquet", "-o", "dist", *OPTIONS, "--date", "1.7.2024")
    assert fault(done) == "'1.7.2024' is no date. Write it as 2024-06-21."


@pytest.mark.usefixtures("quick")
def test_verify_says_what_is_wrong_as_text_and_as_json(run: Run) -> None:
    run("release", "events.parquet", "-o", "dist", *OPTIONS)
    Path("dist/README.md").write_text("changed", encoding="utf-8")
    text = run("verify", "dist")
    assert text.exit_code == 1
    assert text.output.startswith("dist/README.md: The file's checksum is ")
    report = run("verify", "dist", "--format", "json")
    assert report.exit_code == 1
    assert [finding["rule"] for finding in json.loads(report.output)["findings"]] == ["checksum"]
    assert "see them with --limit" in run("verify", "dist", "--limit", "0").output


def test_verify_of_nothing_is_neither_sound_nor_unsound(run: Run) -> None:
    done = run("verify", ".")
    assert getattr(done.exception, "exit_code", None) == 2
    assert fault(done) == ".: There is no release: no SHA256SUMS. Give the folder that `whodid release` wrote."
