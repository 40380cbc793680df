"""A new dataset project: what it holds, that it is valid at once, and that nothing is overwritten."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner

import whodid
from whodid.articles.read import read_articles
from whodid.checks.validate import validate
from whodid.cli.app import app
from whodid.codebook.load import default_codebook_path, load_codebook
from whodid.errors import CodebookError, OutputError, UsageError
from whodid.events.files import open_events, read_events
from whodid.release import project as project_module
from whodid.release.dataset import Dataset, read_dataset
from whodid.release.project import EVENTS, plan_project, write_project

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new project, which no test changes."""
    folder = tmp_path_factory.mktemp("new") / "my-events"
    write_project(plan_project(folder))
    return folder


def test_a_project_has_the_layout_of_whodid_itself(project: Path) -> None:
    names = {path.relative_to(project).as_posix() for path in project.rglob("*") if path.is_file()}
    assert {name for name in names if not name.startswith("codebook/")} == {
        ".github/workflows/validate.yml",
        ".gitignore",
        ".pre-commit-config.yaml",
        "LICENSE.md",
        "README.md",
        "data/coded/events.parquet",
        "data/raw/2024-03-05-rabat-fishing.md",
        "data/raw/2024-03-12-nairobi-aid.md",
        "dataset.yaml",
    }
    assert read_dataset(project / "dataset.yaml") == Dataset(title="my-events", licence="CC-BY-4.0")
    assert load_codebook(project / "codebook").hash == load_codebook().hash
    assert (project / "codebook" / "SOURCES.md").is_file()
    assert [path.name for path in project.parent.iterdir()] == ["my-events"]


def test_it_is_valid_at_once_and_says_that_there_are_no_events(project: Path) -> None:
    result = CliRunner().invoke(app, ["validate", str(project / "data" / "coded"), "--strict"])
    assert (result.exit_code, result.stdout.splitlines()[-1]) == (0, "valid: 0 rows in 1 file")
    file = open_events(project / EVENTS)
    book = load_codebook(project / "codebook")
    assert (file.metadata["codebook"], file.metadata["codebook_hash"]) == (book.label, book.hash)


def test_the_same_project_has_the_same_bytes(project: Path, tmp_path: Path) -> None:
    again = tmp_path / "other" / "my-events"
    write_project(plan_project(again))
    for path in project.rglob("*"):
        if path.is_file():
            assert (again / path.relative_to(project)).read_bytes() == path.read_bytes()


@pytest.mark.model
def test_its_examples_are_coded_and_the_events_are_valid(project: Path, tmp_path: Path) -> None:
    runner = CliRunner()
    raw, events = project / "data" / "raw", tmp_path / "coded" / "events.parquet"
    done = runner.invoke(app, ["code", str(raw), "-o", str(events), "--codebook", str(project / "codebook")])
    assert done.exit_code == 0
    rows = read_events(events)
    assert set(rows["article_id"]) == {article.article_id for article in read_articles(raw).articles}
    codes = set(zip(rows["actor"], rows["action"], rows["target"], strict=True))
    assert {("PRT", "057", "MAR"), ("ESPGOVAGR", "114", "MARGOV"), ("SOMINS", "190", "KEN")} <= codes
    book = load_codebook(project / "codebook")
    assert validate(events.parent, codebook=book, articles=read_articles(raw), is_strict=True).is_valid


def test_every_command_of_its_readme_workflow_and_hooks_exists(project: Path) -> None:
    workflow = yaml.safe_load((project / ".github" / "workflows" / "validate.yml").read_text(encoding="utf-8"))
    steps = workflow["jobs"]["validate"]["steps"]
    lines = [step["run"] for step in steps if "run" in step]
    assert f'python -m pip install "whodid=={whodid.__version__}"' in lines
    hooks = yaml.safe_load((project / ".pre-commit-config.yaml").read_text(encoding="utf-8"))["repos"][0]["hooks"]
    lines += [hook["entry"] for hook in hooks]
    readme = (project / "README.md").read_text(encoding="utf-8")
    assert readme.startswith("# my-events\n")
    lines += [line.partition("#")[0] for line in readme.splitlines() if line.startswith("whodid ")]
    commands = [line.split() for line in lines if line.startswith("whodid ")]
    assert len(commands) >= 8
    for _, *words in commands:
        name = words[: 2 if words[0] == "codebook" else 1]
        shown = CliRunner().invoke(app, [*name, "--help"], env={"COLUMNS": "200", "TERMINAL_WIDTH": "200"})
        assert shown.exit_code == 0
        for option in (word for word in words if word.startswith("-")):
            assert option in shown.stdout, f"{' '.join(words)}: {option}"


def test_the_checks_of_its_workflow_and_hooks_pass_in_a_shell(project: Path) -> None:
    hooks = yaml.safe_load((project / ".pre-commit-config.yaml").read_text(encoding="utf-8"))["repos"][0]["hooks"]
    for hook in hooks:
        program, *arguments = hook["entry"].split()
        assert program == "whodid"
        command = [sys.executable, "-m", "whodid", *arguments]
        done = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr


def test_an_empty_folder_is_filled(tmp_path: Path) -> None:
    (tmp_path / "x").mkdir()
    assert len(write_project(plan_project(tmp_path / "x"))) > 50


def test_a_folder_with_anything_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "x" / "data").mkdir(parents=True)
    (tmp_path / "x" / "notes.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(OutputError) as caught:
        write_project(plan_project(tmp_path / "x"))
    assert str(caught.value) == (
        f"{tmp_path / 'x'}: The folder is not empty (data, notes.txt). "
        "Give a new name, or move what is there away; init never overwrites."
    )
    assert sorted(path.name for path in (tmp_path / "x").iterdir()) == ["data", "notes.txt"]


def test_a_file_of_that_name_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "x").write_text("mine", encoding="utf-8")
    result = CliRunner().invoke(app, ["init", str(tmp_path / "x")])
    assert result.exit_code == 1
    assert str(result.exception).startswith(f"{tmp_path / 'x'}: There is a file of that name. Give a new name")
    assert (tmp_path / "x").read_text(encoding="utf-8") == "mine"


def test_a_failure_midway_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plan = plan_project(tmp_path / "x")
    monkeypatch.setattr(project_module, "write_events", _disk_full)
    with pytest.raises(OutputError, match=r"The folder cannot be written: No space left on device\."):
        write_project(plan)
    assert list(tmp_path.iterdir()) == []


def _disk_full(*_: object, **__: object) -> None:
    raise OSError(28, "No space left on device")


def test_another_codebook_can_be_copied(tmp_path: Path) -> None:
    ours = tmp_path / "ours"
    shutil.copytree(default_codebook_path(), ours)
    meta = ours / "codebook.yaml"
    meta.write_text(meta.read_text(encoding="utf-8").replace("id: whodid-cameo", "id: our-cameo"), encoding="utf-8")
    plan = plan_project(tmp_path / "x", ours)
    assert plan.codebook.meta.id == "our-cameo"
    assert plan.files["codebook/codebook.yaml"] == meta.read_bytes()
    assert b"our-cameo@" in plan.files["README.md"]
    with pytest.raises(CodebookError, match="There is no such codebook folder"):
        plan_project(tmp_path / "x", tmp_path / "absent")


def test_a_project_needs_a_name() -> None:
    with pytest.raises(UsageError, match=r"A project needs a name\. Give a folder such as my-events\."):
        plan_project(Path("/"))
