"""In a project, commands use its codebook and say so, and `whodid validate` alone checks it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Annotated

import pytest
import typer
from typer.testing import CliRunner, Result

from event_samples import MakeEvents
from whodid.cli.app import app
from whodid.cli.options import CodebookOption
from whodid.codebook.load import load_codebook
from whodid.errors import WhodidError
from whodid.events.files import write_events
from whodid.release.inputs import read_event_set
from whodid.release.project import EVENTS, plan_project, write_project

# A command that says which codebook it is given: loading one is not what is tested.
asked = typer.Typer(rich_markup_mode=None)


@asked.command()
def ask(
    paths: Annotated[list[Path] | None, typer.Argument()] = None,
    codebook: CodebookOption = None,
    quiet: Annotated[bool, typer.Option("--quiet")] = False,
) -> None:
    typer.echo(codebook)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("of_a_lab") / "my-events"
    write_project(plan_project(folder))
    (folder / "codebook" / "codebook.yaml").write_bytes(
        (folder / "codebook" / "codebook.yaml").read_bytes().replace(b"id: whodid-cameo", b"id: our-cameo")
    )
    return folder


@pytest.fixture
def project(made: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project whose codebook was edited, and the shell stands in it."""
    monkeypatch.chdir(made)
    return made


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


def test_the_codebook_of_the_project_is_used_and_named(project: Path) -> None:
    done = CliRunner().invoke(asked, [])
    assert (done.stdout, done.stderr) == ("codebook\n", "whodid: with the project's codebook, codebook\n")
    assert CliRunner().invoke(asked, ["--quiet"]).stderr == ""


def test_it_is_found_from_the_paths_wherever_the_shell_stands(
    made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert CliRunner().invoke(asked, []).stdout == "\n"
    for inside in ("data/raw", "data/raw/2024-03-12-nairobi-aid.md", EVENTS):
        done = CliRunner().invoke(asked, ["--quiet", str(tmp_path / "absent"), str(made / inside)])
        assert Path(done.stdout.strip()).resolve() == made / "codebook", inside


def test_a_codebook_that_is_given_goes_first(project: Path) -> None:
    done = CliRunner().invoke(asked, ["data/raw", "--codebook", "elsewhere"])
    assert (done.stdout, done.stderr) == ("elsewhere\n", "")


def test_lookups_and_checks_of_the_codebook_mean_the_projects(project: Path) -> None:
    checked = run("codebook", "check")
    assert checked.stdout.startswith("sound: our-cameo@")
    assert "with the project's codebook, codebook" in checked.stderr
    assert "with the project's codebook, codebook" in run("codebook", "show", "112").stderr


def test_validate_alone_checks_the_project_from_any_of_its_folders(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = run("validate")
    assert (done.exit_code, done.stdout.splitlines()[-1]) == (0, "valid: 0 rows in 1 file, 1 warning")
    assert "The file was coded with whodid-cameo@" in done.stdout
    assert "whodid: data/coded and the articles in data/raw\n" in done.stderr
    assert "articles: no article folder" not in done.stdout
    monkeypatch.chdir(project / "data")
    assert "whodid: ../data/coded and the articles in ../data/raw\n" in run("validate").stderr


def test_outside_of_a_project_validate_says_what_it_needs(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "whodid", "validate"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False, env=dict(os.environ))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "whodid: There is nothing to validate. Give an event file or a folder of them, or run it in a project, which has "
        "a dataset.yaml.\n"
    )


def test_events_that_another_codebook_coded_do_not_come_with_the_projects(
    project: Path, make_events: MakeEvents
) -> None:
    ours = load_codebook("codebook")
    assert ours.meta.id == "our-cameo"
    file = project / "data" / "coded" / "more.parquet"
    write_events(make_events(sentence=[0]), file, codebook=ours.label, codebook_hash=ours.hash)
    theirs = read_event_set(file).own_codebook
    assert theirs is not None
    assert theirs.hash == ours.hash
    write_events(make_events(sentence=[0]), file, codebook=ours.label, codebook_hash="0" * 64)
    assert read_event_set(file).own_codebook is None
    file.unlink()


def test_a_codebook_of_the_project_that_is_broken_is_no_reason_to_take_another(project: Path, tmp_path: Path) -> None:
    broken = tmp_path / "codebook"
    broken.mkdir()
    (broken / "codebook.yaml").write_text("id: [", encoding="utf-8")
    (tmp_path / "dataset.yaml").touch()
    (tmp_path / "events.csv").touch()
    done = run("validate", str(tmp_path / "events.csv"))
    assert done.exit_code == 1
    assert isinstance(done.exception, WhodidError)
    assert "codebook.yaml" in str(done.exception)
