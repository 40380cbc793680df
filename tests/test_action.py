"""What the repository ships for other projects' CI: the GitHub action and the hooks for pre-commit."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.testing import CliRunner

import whodid
from event_samples import MakeEvents
from whodid.cli.app import app
from whodid.events.files import write_events

ROOT = Path(__file__).resolve().parents[1]
ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))


def validate_step() -> dict[str, Any]:
    [step] = [step for step in ACTION["runs"]["steps"] if step.get("name") == "Validate"]
    return step  # type: ignore[no-any-return]


def run_step(folder: Path, **given: str) -> subprocess.CompletedProcess[str]:
    """Run the action's own script as the runner does: inputs with their defaults, in a shell that stops at errors."""
    tools = folder / ".tools"
    tools.mkdir(exist_ok=True)
    (tools / "whodid").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m whodid "$@"\n', encoding="utf-8")
    (tools / "whodid").chmod(0o755)
    inputs = {name: str(spec["default"]) for name, spec in ACTION["inputs"].items()} | given
    variables = {}
    for name, value in validate_step()["env"].items():
        variables[name] = inputs[value.removeprefix("${{ inputs.").removesuffix(" }}")]
    environment = {
        **os.environ,
        **variables,
        "PYTHONPATH": str(Path(whodid.__file__).parents[1]),
        "PATH": f"{tools}{os.pathsep}{os.environ['PATH']}",
    }
    command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", validate_step()["run"]]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


@pytest.mark.skipif(shutil.which("bash") is None, reason="the action's step is a bash script")
def test_the_action_annotates_and_fails_on_an_error(make_events: MakeEvents, tmp_path: Path) -> None:
    (tmp_path / "data" / "coded").mkdir(parents=True)
    make_events(action=["112", "999"]).to_parquet(tmp_path / "data" / "coded" / "events.parquet")
    done = run_step(tmp_path, level="codebook rows")
    assert done.returncode == 1
    assert done.stdout.startswith(
        "::error file=data/coded/events.parquet,title=unknown-action::row 1: column 'action': '999' is not in"
    )
    assert done.stdout.endswith("not valid: 1 finding in 2 rows of 1 file\n")


@pytest.mark.skipif(shutil.which("bash") is None, reason="the action's step is a bash script")
def test_the_action_takes_several_paths_with_blanks_and_runs_no_input_as_a_command(
    make_events: MakeEvents, tmp_path: Path
) -> None:
    write_events(make_events(), tmp_path / "first part.csv")
    write_events(make_events(coder="ben"), tmp_path / "second.csv")
    done = run_step(tmp_path, path="first part.csv\nsecond.csv\n", strict="true")
    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "valid: 2 rows in 2 files")
    hostile = run_step(tmp_path, path="$(touch owned); touch owned")
    assert hostile.returncode == 2
    assert not (tmp_path / "owned").exists()


def test_the_action_passes_every_input_on_and_puts_none_into_its_script() -> None:
    assert ACTION["runs"]["using"] == "composite"
    text = (ROOT / "action.yml").read_text(encoding="utf-8")
    for name in ACTION["inputs"]:
        assert f"${{{{ inputs.{name} }}}}" in text
    assert all("${{" not in step.get("run", "") for step in ACTION["runs"]["steps"])
    assert all("shell" in step for step in ACTION["runs"]["steps"] if "run" in step)


@pytest.mark.parametrize("hook", yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")))
def test_each_hook_runs_in_a_new_project(hook: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert {"id", "name", "entry", "language"} <= set(hook)
    runner = CliRunner()
    assert runner.invoke(app, ["init", str(tmp_path / "x")]).exit_code == 0
    monkeypatch.chdir(tmp_path / "x")
    program, *words = hook["entry"].split()
    assert program == "whodid"
    result = runner.invoke(app, [*words, *hook["args"]])
    assert result.exit_code == 0, result.output
