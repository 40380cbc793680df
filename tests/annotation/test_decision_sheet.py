"""Open units on a CSV sheet with all versions side by side, and every bad decision named with its fix."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from event_samples import EVENT
from whodid.annotation.adjudicate import adjudicate
from whodid.annotation.decision_sheet import DecisionSheet, read_decision_sheet, write_open_units
from whodid.annotation.units import Unit
from whodid.articles.model import Article
from whodid.codebook.model import Codebook
from whodid.errors import AdjudicationError, StoreError
from whodid.events.table import events_to_table

ANNA = replace(EVENT, note="=2+2")
BEN = replace(EVENT, coder="ben", action="111")


@pytest.fixture
def units() -> list[Unit]:
    return [
        Unit(EVENT.article_id, 0, {"anna": ANNA, "ben": BEN}),
        Unit(EVENT.article_id, 1, {"anna": replace(ANNA, sentence=1), "ben": None}),
    ]


def sheet_rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def decide(path: Path, units: list[Unit], codebook: Codebook, *rows: dict[str, str]) -> DecisionSheet:
    """Write the sheet, fill in its first rows, and read it."""
    written = sheet_rows(write_open_units(units, path))
    filled = [row | changes for row, changes in zip(written, rows, strict=False)]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(written[0]))
        writer.writeheader()
        writer.writerows(filled)
    return read_decision_sheet(path, units, codebook, adjudicator="carla")


def test_a_row_has_all_versions_side_by_side(units: list[Unit], article: Article, tmp_path: Path) -> None:
    path = write_open_units(units, tmp_path / "open.csv", articles=[article], context_chars=20)
    first, second = sheet_rows(path)
    assert list(first)[:10] == [
        "unit", "article_id", "sentence", "text", "decision", "actor", "action", "target", "date", "note"
    ]  # fmt: skip
    assert first["text"] == "South Korea accused Russia on Friday of …"
    assert (first["action: anna"], first["action: ben"]) == ("112", "111")
    assert first["words: ben"] == "South Korea | accused | Russia"
    # Nothing that coders or articles say is a formula in a spreadsheet.
    assert first["note: anna"] == "'=2+2"
    assert (second["action: ben"], second["actor: ben"]) == ("no event", "")
    assert {first["decision"], second["decision"]} == {""}


def test_decisions_take_a_version_change_it_or_say_no_event(
    units: list[Unit], codebook: Codebook, tmp_path: Path
) -> None:
    found = decide(
        tmp_path / "open.csv", units, codebook, {"decision": "Ben", "note": "see 111"}, {"decision": "no event"}
    )
    assert (found.faults, found.n_empty) == ((), 0)
    assert [(d.take, d.own, d.note) for d in found.decisions] == [(BEN.event_id, None, "see 111"), (None, None, "")]
    found = decide(tmp_path / "open.csv", units, codebook, {"decision": "anna", "action": "1121", "date": "2024-06-20"})
    [decision] = found.decisions
    assert decision.own == replace(ANNA, coder="adjudicated", action="1121", date=date(2024, 6, 20))
    assert decision.adjudicator == "carla"


def test_every_bad_cell_is_named_and_good_rows_are_kept(units: list[Unit], codebook: Codebook, tmp_path: Path) -> None:
    path = tmp_path / "open.csv"
    bad = {"decision": "anna", "actor": "KOR1", "action": "43", "target": "ROU", "date": "6/21/24"}
    found = decide(path, units, codebook, bad, {"decision": "anna"})
    assert len(found.decisions) == 1
    assert [str(fault).removeprefix(f"{path}:2: ") for fault in found.faults] == [
        "column 'actor': The actor code 'KOR1' has 4 characters, which is no multiple of three. "
        "Compose it of three-letter groups, such as KOR + GOV.",
        "column 'action': '43' is not in the codebook. Did you mean 043?",
        "column 'target': 'ROU' is a variant of a country code: ISO code; the codebook's own is ROM. Write 'ROM'.",
        "column 'date': '6/21/24' is no day. Write it as 2024-06-21.",
    ]


@pytest.mark.parametrize(
    ("cells", "sentence"),
    [
        (
            {"decision": "zoe"},
            "column 'decision': 'zoe' is no decision about this unit. Write one of: anna, ben, no event.",
        ),
        (
            {"action": "111"},
            "column 'decision': There are cells to change a version, but no decision which one. "
            "Write one of: anna, ben, no event.",
        ),
        (
            {"decision": "no event", "action": "111"},
            "column 'action': No event has no codes. Empty the cell, or decide for a coder whose version it changes.",
        ),
        (
            {"decision": "anna", "unit": "u000"},
            "column 'unit': The unit 'u000' is not among the codings: its answers have changed, or it is another sheet's. "
            "Write the sheet of open units again and decide there.",
        ),
    ],
)
def test_decisions_that_make_no_sense_are_named(
    units: list[Unit], codebook: Codebook, tmp_path: Path, cells: dict[str, str], sentence: str
) -> None:
    path = tmp_path / "open.csv"
    found = decide(path, units, codebook, cells)
    assert found.decisions == ()
    assert [str(fault) for fault in found.faults] == [f"{path}:2: {sentence}"]


def test_a_unit_decided_twice_is_named(units: list[Unit], codebook: Codebook, tmp_path: Path) -> None:
    found = decide(
        tmp_path / "open.csv", units, codebook, {"decision": "anna"}, {"decision": "anna", "unit": units[0].key}
    )
    [fault] = found.faults
    assert str(fault).endswith(f":3: column 'unit': The unit '{units[0].key}' is decided twice. Keep one of the rows.")


def test_a_sheet_with_semicolons_as_spreadsheets_write_it_is_read(
    units: list[Unit], codebook: Codebook, tmp_path: Path
) -> None:
    path = write_open_units(units, tmp_path / "open.csv")
    rows = sheet_rows(path)
    rows[0]["decision"] = "ben"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), delimiter=";")
        writer.writeheader()
        writer.writerows(rows)
    found = read_decision_sheet(path, units, codebook, adjudicator="carla")
    assert ([d.take for d in found.decisions], found.n_empty) == ([BEN.event_id], 1)


def test_what_is_no_such_sheet_is_refused_with_the_fix(units: list[Unit], codebook: Codebook, tmp_path: Path) -> None:
    path = tmp_path / "sheet.csv"
    for data, sentence in (
        (b"a,b\n1,2\n", f"{path}:1: column 'unit': The sheet has no column 'unit'. "
         "Write it anew with `whodid adjudicate ... --open sheet.csv`, and keep its columns."),
        (b"\xff\xfe", f"{path}: The sheet is not UTF-8. Save it as “CSV UTF-8”."),
        (None, f"{path}: The sheet cannot be read: No such file or directory. Check the path."),
    ):  # fmt: skip
        path.unlink(missing_ok=True)
        if data is not None:
            path.write_bytes(data)
        with pytest.raises(AdjudicationError) as caught:
            read_decision_sheet(path, units, codebook, adjudicator="carla")
        assert str(caught.value) == sentence
    with pytest.raises(StoreError, match="is no coder's name"):
        read_decision_sheet(path, units, codebook, adjudicator=" ")


def test_a_decided_sheet_settles_what_was_open(codebook: Codebook, tmp_path: Path) -> None:
    events = events_to_table([EVENT, BEN])
    units = list(adjudicate(events).open_units)
    read = decide(tmp_path / "open.csv", units, codebook, {"decision": "ben", "action": "114"})
    found = adjudicate(events, decisions=read.decisions)
    assert found.events["action"].tolist() == ["114"]
    assert found.links[["settled_event_id", "policy", "adjudicator"]].values.tolist() == [
        [EVENT.event_id, "by hand", "carla"],
        [BEN.event_id, "by hand", "carla"],
    ]
