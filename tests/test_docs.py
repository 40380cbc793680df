"""The documents cannot drift: pages are generated, and the README's blocks are run."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

import whodid
from whodid.cli.app import app
from whodid.events.schema import COLUMNS

ROOT = Path(__file__).resolve().parents[1]
PAGES = ("docs/columns.md", "docs/commands.md")
README = (ROOT / "README.md").read_text(encoding="utf-8")

# Lines of the README's shell blocks that a test of the README cannot run, by how they begin, and why.
NOT_RUN = {
    "make ": "make demo and make test are what CI runs; make test runs this very test",
    "git clone ": "needs a network",
    "cd ": "goes into the folder of a clone",
    "pip install ": "needs a network; tests/test_wheel.py installs the wheel",
}
_SHELL = ("sh", "bash", "shell", "console")
_STARTS = ("whodid ", "cp ", "mkdir ", *NOT_RUN)


def blocks() -> Iterator[tuple[str, int, str]]:
    """Kind (shell, python, article, other), line, and text of each fenced block of the README."""
    for match in re.finditer(r"^```[ \t]*(\w*)[^\n]*\n(.*?)^```[ \t]*$", README, re.MULTILINE | re.DOTALL):
        info, text = match.groups()
        line = README.count("\n", 0, match.start()) + 1
        first = text.lstrip().split("\n")[0]
        if info in ("python", "py"):
            yield "python", line, text
        elif text.startswith("---\n"):
            yield "article", line, text
        elif info in _SHELL or (not info and first.startswith(_STARTS)):
            yield "shell", line, text
        else:
            yield "other", line, text


def commands(command: Any, path: str = "whodid") -> Iterator[str]:
    """Each command that does something, as one types it."""
    below = getattr(command, "commands", {})
    if not below:
        yield path
    for name, sub in below.items():
        yield from commands(sub, f"{path} {name}")


ALL_COMMANDS = sorted(commands(typer.main.get_command(app)))


def run_script(*arguments: object, cwd: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(Path(whodid.__file__).parents[1])}
    return subprocess.run(
        [sys.executable, *map(str, arguments)], cwd=cwd, env=environment, capture_output=True, text=True, check=False
    )


def test_the_generated_pages_are_current() -> None:
    done = run_script(ROOT / "scripts" / "docs.py", "--check", cwd=ROOT)
    assert (done.returncode, done.stdout) == (0, "docs/columns.md and docs/commands.md are current\n")


def test_a_stale_page_is_named_and_written_anew(tmp_path: Path) -> None:
    (tmp_path / "scripts").mkdir()
    script = shutil.copy(ROOT / "scripts" / "docs.py", tmp_path / "scripts")
    shutil.copytree(ROOT / "docs", tmp_path / "docs")
    page = tmp_path / "docs" / "commands.md"
    page.write_text(page.read_text(encoding="utf-8").replace("--published", "--printed"), encoding="utf-8")
    done = run_script(script, "--check", cwd=tmp_path)
    assert done.returncode == 1
    assert done.stdout == (
        "docs/commands.md: The page is not what the code says today. Run `python scripts/docs.py`.\n"
    )
    assert run_script(script, cwd=tmp_path).returncode == 0
    for name in PAGES:
        assert (tmp_path / name).read_bytes() == (ROOT / name).read_bytes()


@pytest.mark.parametrize("command", ALL_COMMANDS)
def test_the_page_of_commands_has_every_command(command: str) -> None:
    assert f"\n## {command}\n\n```text\nUsage: {command} " in (ROOT / "docs" / "commands.md").read_text(
        encoding="utf-8"
    )


@pytest.mark.parametrize("command", ALL_COMMANDS)
def test_the_readme_mentions_every_command(command: str) -> None:
    assert command in README


def test_the_readme_mentions_no_command_that_does_not_exist() -> None:
    code = " ".join([*re.findall(r"`([^`\n]+)`", README), *(text for kind, _, text in blocks() if kind == "shell")])
    mentioned = set(re.findall(r"\bwhodid ([a-z]+)\b", code))
    assert sorted(mentioned - {command.split()[1] for command in ALL_COMMANDS}) == []


@pytest.mark.parametrize("column", [column.name for column in COLUMNS])
def test_the_readme_and_the_data_dictionary_have_every_column(column: str) -> None:
    assert len(COLUMNS) == 22
    assert f"`{column}`" in README
    assert f"\n| `{column}` | " in (ROOT / "docs" / "columns.md").read_text(encoding="utf-8")


def test_every_file_that_the_readme_links_to_exists() -> None:
    links = {link for link in re.findall(r"\]\(([^)#\s]+)", README) if "://" not in link}
    assert sorted(link for link in links if not (ROOT / link).exists()) == []


def test_every_block_of_the_readme_is_one_that_the_tests_know() -> None:
    assert [f"README.md:{line}: what kind of block is this?" for kind, line, _ in blocks() if kind == "other"] == []


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder like a reader's own: the sample articles and events, and the articles that the README shows."""
    for folder in ("raw", "coded"):
        shutil.copytree(ROOT / "data" / folder, tmp_path / "data" / folder)
    (tmp_path / "my-articles").mkdir()
    for kind, line, text in blocks():
        if kind == "article":
            (tmp_path / "my-articles" / f"article-{line}.md").write_text(text, encoding="utf-8")
            (tmp_path / "article.txt").write_text(text.split("---\n", 2)[2], encoding="utf-8")
    return tmp_path


@pytest.mark.slow
@pytest.mark.model
def test_the_python_blocks_of_the_readme_run(place: Path) -> None:
    found = [(line, text) for kind, line, text in blocks() if kind == "python"]
    assert found
    for line, text in found:
        done = run_script("-c", text, cwd=place)
        assert done.returncode == 0, f"README.md:{line}\n{done.stderr}"


@pytest.mark.slow
@pytest.mark.model
@pytest.mark.skipif(os.name == "nt", reason="the README's blocks are for a POSIX shell")
def test_the_shell_blocks_of_the_readme_run(place: Path) -> None:
    tools = place / ".tools"
    tools.mkdir()
    (tools / "whodid").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m whodid "$@"\n', encoding="utf-8")
    (tools / "whodid").chmod(0o755)
    environment = {
        **os.environ,
        "PYTHONPATH": str(Path(whodid.__file__).parents[1]),
        "PATH": f"{tools}{os.pathsep}{os.environ.get('PATH', '')}",
    }
    for kind, line, text in blocks():
        if kind != "shell":
            continue
        script = "\n".join(command for command in text.splitlines() if not command.startswith(tuple(NOT_RUN)))
        done = subprocess.run(
            ["sh", "-eux", "-c", script], cwd=place, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, f"README.md:{line}\n{done.stdout}\n{done.stderr}"
