"""`whodid expectations`: run the suite on a file, and export it into a project that the library itself then runs."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from typer.testing import CliRunner

from event_samples import MakeEvents
from whodid.cli.app import app
from whodid.events.files import write_events

runner = CliRunner()


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project as Great Expectations makes it."""
    monkeypatch.setenv("GX_ANALYTICS_ENABLED", "false")
    from great_expectations.data_context.data_context.file_data_context import FileDataContext

    (tmp_path / "lab").mkdir()
    FileDataContext(project_root_dir=tmp_path / "lab")
    return tmp_path / "lab"


def test_a_good_file_meets_every_expectation(make_events: MakeEvents, tmp_path: Path) -> None:
    write_events(make_events(), tmp_path / "e.parquet")
    result = runner.invoke(app, ["expectations", "run", str(tmp_path / "e.parquet")])
    assert (result.exit_code, result.stdout) == (0, "83 of 83 expectations are met\n")
    assert os.environ["GX_ANALYTICS_ENABLED"] == "false"


def test_what_is_not_met_is_said_and_shown_on_pages(make_events: MakeEvents, tmp_path: Path) -> None:
    write_events(make_events(action="999"), tmp_path / "e.csv")
    result = runner.invoke(app, ["expectations", "run", str(tmp_path / "e.csv"), "-o", str(tmp_path / "docs")])
    assert result.exit_code == 1
    assert result.stdout == (
        "action: values to be in set: 1 not as expected, such as '999'\n"
        f"82 of 83 expectations are met\nData Docs in {tmp_path / 'docs' / 'index.html'}\n"
    )
    assert "999" in (tmp_path / "docs" / "index.html").read_text(encoding="utf-8")


def test_a_file_that_is_not_there_gives_exit_code_2(tmp_path: Path) -> None:
    result = runner.invoke(app, ["expectations", "run", str(tmp_path / "absent.parquet")])
    assert str(result.exception) == (
        f"{tmp_path / 'absent.parquet'}: The file cannot be read: No such file or directory. Check the path and your "
        "rights to it."
    )
    assert result.exception.exit_code == 2  # type: ignore[union-attr]


def test_a_project_runs_the_exported_checkpoint_on_the_parquet_file_itself(
    make_events: MakeEvents, project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    events = tmp_path / "events.parquet"
    write_events(make_events(sentence=[0, 1]), events)
    for place in (project, project / "gx"):  # The second time brings what is there up to date.
        result = runner.invoke(app, ["expectations", "export", str(place), "--data", str(events)])
        assert (result.exit_code, result.stdout) == (
            0,
            "wrote expectation suite 'whodid' (83 expectations)\nwrote validation definition 'whodid'\n"
            "wrote checkpoint 'whodid'\nwrote data source 'whodid' of events.parquet\n",
        )
    import great_expectations
    from great_expectations.data_context.data_context.context_factory import project_manager

    context = great_expectations.get_context(mode="file", project_root_dir=project)
    monkeypatch.setattr(context.variables, "progress_bars", {"globally": False})
    assert [suite.name for suite in context.suites.all()] == ["whodid"]
    assert context.checkpoints.get("whodid").run().success
    make_events(action=["112", "999"]).to_parquet(events)
    assert not context.checkpoints.get("whodid").run().success
    project_manager.set_project(None)


def test_without_data_the_suite_alone_is_exported(project: Path) -> None:
    result = runner.invoke(app, ["expectations", "export", str(project)])
    assert result.stdout == "wrote expectation suite 'whodid' (83 expectations)\n"
    assert (project / "gx" / "expectations" / "whodid.json").is_file()
    assert not list((project / "gx" / "checkpoints").glob("*.json"))


def test_no_project_is_made_and_another_file_is_refused(make_events: MakeEvents, project: Path, tmp_path: Path) -> None:
    result = runner.invoke(app, ["expectations", "export", str(tmp_path)])
    assert str(result.exception) == (
        f"{tmp_path}: This is no Great Expectations project. Give the folder that holds great_expectations.yml; Great "
        "Expectations makes one with get_context(mode='file')."
    )
    write_events(make_events(), tmp_path / "e.csv")
    refused = runner.invoke(app, ["expectations", "export", str(project), "--data", str(tmp_path / "e.csv")])
    assert str(refused.exception) == (
        f"{tmp_path / 'e.csv'}: The project needs a Parquet file. Give a Parquet file that `whodid code` or `whodid "
        "release` wrote."
    )
