"""Every command answers --help, at once: nothing heavy is imported for it."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from event_samples import MakeEvents
from whodid import __version__
from whodid.cli.app import app
from whodid.events.files import write_events

HEAVY = {
    "pandas", "numpy", "pyarrow", "pandera", "spacy", "thinc", "matplotlib", "scipy", "trafilatura", "great_expectations",
    "yaml", "jinja2",
}  # fmt: skip


def commands(command: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    yield path
    for name, below in getattr(command, "commands", {}).items():
        yield from commands(below, (*path, name))


ALL = list(commands(typer.main.get_command(app)))


def imported_by(*arguments: str) -> set[str]:
    """The modules that a run of the command line has loaded when it ends."""
    program = (
        "import json, sys\n"
        "sys.argv[0] = 'whodid'\n"
        "from whodid.cli.app import main\n"
        "try:\n"
        "    main()\n"
        "except SystemExit as end:\n"
        "    assert not end.code, end.code\n"
        "finally:\n"
        "    print(json.dumps(sorted(sys.modules)))\n"
    )
    done = subprocess.run([sys.executable, "-c", program, *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return {name.partition(".")[0] for name in json.loads(done.stdout.splitlines()[-1])}


def test_the_commands_are_these() -> None:
    assert {path[0] for path in ALL if path} >= {"code", "explain", "evaluate", "validate", "summarize", "codebook"}
    assert {path[1] for path in ALL if path[:1] == ("codebook",) and len(path) > 1} == {
        "check", "show", "search", "export", "path",
    }  # fmt: skip


@pytest.mark.parametrize("path", ALL, ids=lambda path: " ".join(path) or "whodid")
def test_each_command_explains_itself(path: tuple[str, ...]) -> None:
    result = CliRunner().invoke(app, [*path, "--help"])
    assert result.exit_code == 0, result.output
    assert result.stdout.lstrip().startswith("Usage: ")
    assert "--help" in result.stdout
    summary = result.stdout.strip().splitlines()[2].strip()
    assert summary[0].isupper(), summary
    assert summary.endswith((".", ",")) or len(summary) > 40


@pytest.mark.parametrize("path", ALL, ids=lambda path: " ".join(path) or "whodid")
def test_each_option_and_argument_has_a_help_text(path: tuple[str, ...]) -> None:
    command: Any = typer.main.get_command(app)
    for name in path:
        command = command.commands[name]
    silent = [p.name for p in command.params if p.name != "code" and not getattr(p, "help", None)]
    assert silent == []


def test_without_a_command_the_commands_are_listed() -> None:
    result = CliRunner().invoke(app, [])
    assert "Commands:" in result.output


def test_the_version_is_that_of_the_package() -> None:
    result = CliRunner().invoke(app, ["--version"])
    assert (result.exit_code, result.stdout) == (0, f"whodid {__version__}\n")


@pytest.mark.parametrize("arguments", [("--help",), ("--version",), ("code", "--help"), ("validate", "--help")])
def test_help_imports_nothing_heavy(arguments: tuple[str, ...]) -> None:
    assert sorted(imported_by(*arguments) & HEAVY) == []


def test_importing_the_package_imports_nothing_heavy() -> None:
    program = "import json, sys, whodid; print(json.dumps(sorted(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert sorted({name.partition(".")[0] for name in json.loads(done.stdout)} & HEAVY) == []


def test_validate_does_without_the_parser_and_the_page_reader(make_events: MakeEvents, tmp_path: Path) -> None:
    write_events(make_events(), tmp_path / "events.parquet")
    modules = imported_by("validate", str(tmp_path / "events.parquet"))
    assert "pyarrow" in modules
    assert sorted(modules & {"spacy", "thinc", "trafilatura", "matplotlib", "great_expectations"}) == []


def test_looking_up_a_code_does_without_tables_and_the_parser() -> None:
    modules = imported_by("codebook", "show", "114")
    assert sorted(modules & {"spacy", "trafilatura", "matplotlib", "pandas", "pyarrow", "pandera"}) == []
