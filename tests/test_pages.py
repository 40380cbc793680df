"""Pages that people copy from: each command line is one that the program takes, each link leads somewhere."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
import typer

import whodid
from whodid.cli.app import app

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "coding-by-hand.md"
TEXT = PAGE.read_text(encoding="utf-8")
LINES = re.findall(r"^\s*(whodid [^#\n]+?)\s*(?:#.*)?$", TEXT, re.MULTILINE)
# Those in a sentence, too.
LINES += re.findall(r"`(whodid [^`]+ -o [^`]+)`", TEXT)


@pytest.mark.parametrize("line", LINES)
def test_a_line_of_the_page_is_one_that_the_program_takes(line: str) -> None:
    command, words = typer.main.get_command(app), shlex.split(line)[1:]
    while words and words[0] in getattr(command, "commands", {}):
        command = command.commands[words.pop(0)]  # type: ignore[attr-defined]
    context = command.make_context("whodid", words)
    assert context.params


def test_the_page_has_lines_of_every_command_for_coding_by_hand() -> None:
    for command in ("assign make", "assign status", "sheet make", "sheet read", "annotations export", "annotations import",
                    "agree", "adjudicate", "evaluate"):  # fmt: skip
        assert any(line.startswith(f"whodid {command} ") for line in LINES), command


def test_every_link_of_the_page_leads_somewhere_and_every_wd_name_is_one() -> None:
    for link in re.findall(r"\]\(([^)#]+)", TEXT):
        assert (PAGE.parent / link).exists(), link
    for name in re.findall(r"\bwd\.(\w+)", TEXT):
        assert name in whodid.__all__, name
