"""The page on coding by hand, from which people copy: its lines run, one after the other, and its links lead somewhere."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pandas as pd
import pytest
import typer
from openpyxl import load_workbook
from typer.testing import CliRunner

import whodid as wd
from whodid.annotation.entry import EVENT, NO_EVENT
from whodid.annotation.store import CoderLog
from whodid.annotation.work import body_of
from whodid.cli.app import app

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "coding-by-hand.md"
TEXT = PAGE.read_text(encoding="utf-8")
# Lines of blocks, and those in a sentence that write something, in the order of the page.
LINES = [
    (found[1] or found[2]).strip()
    for found in re.finditer(r"^(whodid [^#\n]+)|`(whodid [^`\n]+ -o [^`\n]+)`", TEXT, re.MULTILINE)
]
SHEETS = ROOT / "notebooks" / "sheets"
SAMPLE = ("2008-nairobi-power-sharing", "2015-havana-flag", "2025-bishkek-border-treaty")


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
        assert name in wd.__all__, name


def code_in_the_widget(place: Path) -> None:
    """What anna's widget would have saved: the events of her sheet, and the sentences without any."""
    anna, log = wd.read_sheet(SHEETS / "anna.csv", coder="anna"), CoderLog(place / "data" / "coding", "anna")
    for event in anna.events:
        log.add(EVENT, {"event": body_of(event), "n_sentences": 20})
    for article_id, sentence in anna.without_event:
        log.add(NO_EVENT, {"article_id": article_id, "sentences": [sentence], "n_sentences": 20})


def fill_the_sheet(place: Path) -> None:
    """ben writes into his workbook: an event for each sentence of which his CSV sheet has one, else "no event"."""
    events = {
        (event.article_id, event.sentence): event for event in wd.read_sheet(SHEETS / "ben.csv", coder="ben").events
    }
    book = load_workbook(place / "ben.xlsx")
    sheet = book["coding"]
    at = {cell.value: cell.column for cell in sheet[1]}
    for row in range(2, sheet.max_row + 1):
        event = events.get((sheet.cell(row, at["article_id"]).value, sheet.cell(row, at["sentence"]).value))
        if event is None:
            sheet.cell(row, at["status"]).value = "no event"
            continue
        for name in ("actor_text", "actor", "action_text", "action", "target_text", "target", "date"):
            sheet.cell(row, at[name]).value = getattr(event, name)
    book.save(place / "ben.xlsx")


def mark_in_another_tool(place: Path) -> None:
    carla = wd.read_sheet(SHEETS / "carla.csv", coder="carla").table
    wd.export_annotations(wd.read_articles(place / "articles"), place / "export.json", "label-studio", events=carla)


# What people do before a line can be run.
BEFORE = {"sheet read": fill_the_sheet, "annotations import": mark_in_another_tool, "assign status": code_in_the_widget}


@pytest.mark.model
def test_the_lines_of_the_page_lead_from_articles_to_an_agreed_dataset(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for folder in ("articles", "coded", "data"):
        (tmp_path / folder).mkdir()
    for name in SAMPLE:
        shutil.copy(ROOT / "data" / "raw" / f"{name}.md", tmp_path / "articles")
    printed = {}
    for line in LINES:
        words = shlex.split(line)[1:]
        command = " ".join(words[:2])
        if command in BEFORE:
            BEFORE[command](tmp_path)
        done = CliRunner().invoke(app, words)
        assert done.exit_code == 0, (line, done.output, done.exception)
        printed[command.removesuffix(" data/coding")] = done.stdout
    assert printed["agree"].startswith("anna, ben, carla: ")
    assert "It is not known" not in printed["agree"]
    assert (tmp_path / "agreement" / "agreement.html").is_file()
    events = wd.read_events(tmp_path / "data" / "events.parquet")
    links = pd.read_parquet(tmp_path / "data" / "events.links.parquet")
    assert set(events["coder"]) == {"adjudicated"}
    assert set(links["coder"]) == {"anna", "ben", "carla"}
    assert set(events["event_id"]) <= set(links["event_id"].dropna())
    assert (tmp_path / "open.csv").is_file()
