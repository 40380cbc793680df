"""Coding sheets as CSV: the same rows, with the traps of spreadsheets that open them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whodid.annotation.sheets.csv_sheet import plan_rows, rows_to_csv
from whodid.annotation.sheets.plan import SheetPlan
from whodid.annotation.sheets.read import read_sheet
from whodid.annotation.sheets.xml_text import escaped, unescaped
from whodid.errors import SheetError

from .conftest import DAY, GOOD, LINES


def write(path: Path, *answers: dict[str, str], copies: int = 0) -> Path:
    """A CSV sheet of the four sentences, coded from the top, the first row copied some times."""
    rows = plan_rows(SheetPlan(LINES))
    rows[1:1] = [dict(rows[0]) for _ in range(copies)]
    for row, answer in zip(rows, answers, strict=False):
        row.update(answer)
    path.write_bytes(rows_to_csv(rows))
    return path


def test_a_coded_row_is_an_event(tmp_path: Path) -> None:
    (event,) = read_sheet(write(tmp_path / "s.csv", {**GOOD, "date": "2024-06-21"}), coder="ben").events
    assert (event.actor, event.action, event.target, event.sentence, event.date_basis) == (
        "KORGOV",
        "112",
        "RUSGOV",
        0,
        "text",
    )


def test_a_second_event_is_a_copy_of_the_row(tmp_path: Path) -> None:
    found = read_sheet(write(tmp_path / "s.csv", GOOD, {**GOOD, "action": "111"}, copies=1), coder="ben")
    assert [event.action for event in found.events] == ["112", "111"]


def test_faults_name_the_line_and_the_column(tmp_path: Path) -> None:
    path = write(tmp_path / "s.csv", GOOD, {**GOOD, "action": "10", "actor_text": "Seoul"})
    lines = [str(fault).replace(f"{tmp_path}/", "") for fault in read_sheet(path, coder="ben").faults]
    assert [line.split(": ")[:2] for line in lines] == [
        ["s.csv:3", f"column '{name}'"] for name in ("actor_text", "action_text", "action", "target_text")
    ]
    assert "'10' may be a code that lost its zero" in lines[2]


def test_dates_that_a_spreadsheet_rewrote_in_its_own_columns_do_no_harm(tmp_path: Path) -> None:
    path = write(tmp_path / "s.csv", GOOD)
    path.write_text(path.read_text(encoding="utf-8-sig").replace('"2024-06-22"', "22/06/2024"), encoding="utf-8")
    (event,) = read_sheet(path, coder="ben").events
    assert event.published == DAY


@pytest.mark.parametrize(("encoding", "ends"), [("utf-8", "\n"), ("cp1252", "\r\n"), ("utf-16", "\r\n")])
def test_other_encodings_delimiters_and_line_ends_are_read(encoding: str, ends: str, tmp_path: Path) -> None:
    good = {**GOOD, "actor_text": "Ghana", "action_text": "met", "target_text": "Lomé"}
    path = write(tmp_path / "s.csv", {}, {}, {}, good)
    text = path.read_text(encoding="utf-8-sig").replace('","', '";"').replace("\n", ends)
    path.write_bytes(text.encode(encoding))
    found = read_sheet(path, coder="ben")
    assert [str(fault) for fault in found.faults] == []
    assert [event.target_text for event in found.events] == ["Lomé"]


def test_a_file_saved_in_an_encoding_that_lost_letters_is_refused_row_by_row(tmp_path: Path) -> None:
    good = {**GOOD, "actor_text": "Ghana", "action_text": "met", "target_text": "Togo"}
    path = write(tmp_path / "s.csv", GOOD, {}, {}, good)
    path.write_bytes(path.read_text(encoding="utf-8-sig").encode("ascii", "replace"))
    found = read_sheet(path, coder="ben")
    assert len(found.events) == 1
    assert [fault.rule for fault in found.faults] == ["altered-row"]


def test_what_is_no_sheet_is_refused_with_every_fault(tmp_path: Path) -> None:
    path = tmp_path / "s.csv"
    path.write_text("row,text,actor,actor\n1,a\n", encoding="utf-8")
    with pytest.raises(SheetError) as caught:
        read_sheet(path, coder="ben")
    assert [fault.rule for fault in caught.value.faults] == [*["missing-column"] * 4, "duplicate-column", "csv-cells"]
    path.write_text('row,"tex', encoding="utf-8")
    with pytest.raises(
        SheetError, match=r"s\.csv:1: This is not CSV: unexpected end of data\. Check the double quotes there\."
    ):
        read_sheet(path, coder="ben")
    path.write_bytes(b"")
    with pytest.raises(SheetError, match="The column 'key' is missing"):
        read_sheet(path, coder="ben")


def test_no_cell_of_a_csv_sheet_can_be_run(tmp_path: Path) -> None:
    text = write(tmp_path / "s.csv").read_text(encoding="utf-8-sig")
    assert '"\'=SUM(A1) was the headline."' in text
    assert '"\'=cmd|x"' in text


@given(st.text(alphabet=st.one_of(st.sampled_from("_x0Bb5F"), st.characters(max_codepoint=0x20)), max_size=20))
def test_control_characters_survive_a_workbook(text: str) -> None:
    assert unescaped(escaped(text)) == text
    assert all(ord(c) >= 32 or c in "\t\n" for c in escaped(text))
