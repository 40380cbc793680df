"""A workbook that comes back: good rows are events, bad cells are reported all at once, each with its fix."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from whodid.annotation.sheets.read import read_sheet, set_aside_to_csv
from whodid.codebook.model import Codebook
from whodid.errors import CellFault, SheetError, StoreError
from whodid.events.shape import validate_shape

from .conftest import DAY, GOOD, Fill


def sentences(path: Path) -> list[str]:
    """The faults of a sheet as a coder reads them, without the folder."""
    found = read_sheet(path, coder="ben")
    return [str(fault).replace(f"{path.parent}/", "") for fault in found.faults]


def test_a_coded_row_is_an_event_of_its_coder(fill: Fill) -> None:
    path = fill({2: {**GOOD, "date": datetime(2024, 6, 21), "confidence": 0.8, "note": "sure"}})
    found = read_sheet(path, coder="ben")
    (event,) = found.events
    assert (event.actor, event.action, event.target, event.date, event.date_basis) == (
        *("KORGOV", "112", "RUSGOV", date(2024, 6, 21)),
        "text",
    )
    assert (event.actor_text, event.actor_start, event.actor_end) == ("South Korea", 0, 11)
    assert (event.action_text, event.action_start, event.action_end) == ("accused", 12, 19)
    assert (event.target_text, event.target_start, event.target_end) == ("Russia", 20, 26)
    assert (event.article_id, event.sentence, event.published, event.publisher) == (
        "seoul-2024",
        0,
        DAY,
        "Example Wire",
    )
    assert (event.coder, event.confidence, event.note) == ("ben", 0.8, "sure")
    assert found.set_aside == ()
    validate_shape(found.table)


def test_offsets_count_from_the_beginning_of_the_article(fill: Fill) -> None:
    path = fill({3: {**GOOD, "actor_text": "Moscow", "action_text": "warned", "target_text": "South Korea #2"}})
    (event,) = read_sheet(path, coder="ben").events
    assert (event.actor_start, event.target_start, event.target_text) == (64, 64 + 51, "South Korea")


def test_an_empty_date_is_the_day_of_publication(fill: Fill) -> None:
    (event,) = read_sheet(fill({2: GOOD}), coder="ben").events
    assert (event.date, event.date_basis, event.confidence, event.note) == (DAY, "published", None, None)


def test_a_code_with_its_label_from_the_list_is_its_code(fill: Fill, codebook: Codebook) -> None:
    path = fill({2: {**GOOD, "action": f"010 {codebook.actions['010'].label}"}})
    (event,) = read_sheet(path, coder="ben").events
    assert event.action == "010"


def test_a_text_code_keeps_its_zero(fill: Fill) -> None:
    (event,) = read_sheet(fill({2: {**GOOD, "action": "010"}}), coder="ben").events
    assert event.action == "010"


def test_further_events_of_a_sentence_come_from_their_own_tab(fill: Fill) -> None:
    second = {**GOOD, "row": 1, "actor": "KOR", "action": "111"}
    found = read_sheet(fill({2: GOOD}, {2: second, 3: {**second, "row": "2", "actor_text": "Moscow"}}), coder="ben")
    assert [(e.sentence, e.actor, e.action) for e in found.events] == [(0, "KORGOV", "112"), (0, "KOR", "111")]
    assert [f"{fault.rule} {fault.column}" for fault in found.faults] == [
        "missing-words action_text",
        "missing-words target_text",
    ]


def test_sentences_are_coded_without_event_or_left_open(fill: Fill) -> None:
    found = read_sheet(fill({2: GOOD, 3: {"status": "no event", "note": "rumour"}}), coder="ben")
    assert found.without_event == (("seoul-2024", 1),)
    assert found.open == (("=cmd|x", 0), ("accra", 0))
    assert found.judged.to_dict("records") == [
        {"article_id": "seoul-2024", "sentence": 0, "coder": "ben", "judgement": "events", "n_events": 1},
        {"article_id": "seoul-2024", "sentence": 1, "coder": "ben", "judgement": "no event", "n_events": 0},
    ]
    assert len(found.events) == 1


def test_every_bad_cell_is_reported_at_once_with_sheet_cell_value_and_fix(fill: Fill, codebook: Codebook) -> None:
    zero, ten = codebook.actions["010"].label, codebook.actions["10"].label
    bad = {
        "actor_text": "Seoul",
        "actor": "KORGO",
        "action_text": "accused",
        "action": 10,
        "target_text": "Russia",
        "date": "06/07/2024",
        "date_basis": "guess",
        "confidence": 90,
    }
    assert sentences(fill({2: bad})) == [
        "s.xlsx, sheet 'coding', cell F2 (actor_text): 'Seoul' does not stand in the sentence. "
        "Copy the words from the sentence as they stand, in one piece.",
        "s.xlsx, sheet 'coding', cell G2 (actor): The actor code 'KORGO' has 5 characters, which is no multiple of three. "
        "Compose it of three-letter groups, such as KOR + GOV.",
        "s.xlsx, sheet 'coding', cell I2 (action): 10 is a number here, and codes are text: a number has no zero in front. "
        f"Format the cell as text and choose '010 {zero}' or '10 {ten}'.",
        "s.xlsx, sheet 'coding', cell K2 (target): target is empty, but the row codes an event. Add the code, or empty the row.",
        "s.xlsx, sheet 'coding', cell L2 (date): '06/07/2024' is no day in a form that is read alike everywhere. "
        "Write it as 2024-06-21 or 21 June 2024; leave it empty for the day of publication.",
        "s.xlsx, sheet 'coding', cell N2 (confidence): '90' is no confidence from 0 to 1. Write 0.9 for 90 %.",
    ]


def test_a_fault_carries_its_sheet_and_cell_for_programs(fill: Fill) -> None:
    path = fill({3: {**GOOD, "actor_text": "Moscow", "target_text": "South Korea"}})
    faults = read_sheet(path, coder="ben").faults
    assert all(isinstance(fault, CellFault) for fault in faults)
    places = [(f.sheet, f.cell, f.value, f.rule) for f in faults if isinstance(f, CellFault)]
    assert places == [
        ("coding", "H3", "accused", "missing-words"),
        ("coding", "J3", "South Korea", "ambiguous-words"),
    ]


def test_good_rows_are_kept_beside_bad_ones(fill: Fill) -> None:
    found = read_sheet(fill({2: GOOD, 3: GOOD}), coder="ben")
    assert [event.sentence for event in found.events] == [0]
    assert len(found.set_aside) == 1


def test_rows_set_aside_can_be_mended_and_read_again(fill: Fill, tmp_path: Path) -> None:
    further = {2: {**GOOD, "row": 1, "actor": "KOR", "action": 112}}
    found = read_sheet(fill({3: {**GOOD, "action_text": "said"}}, further), coder="ben")
    aside = tmp_path / "aside.csv"
    aside.write_bytes(set_aside_to_csv(found.set_aside))
    text = aside.read_text(encoding="utf-8-sig")
    assert text.splitlines()[0].endswith('"key","reasons"')
    assert "'Russia' does not stand in the sentence." in text
    again = read_sheet(aside, coder="ben")
    assert [e.action for e in again.events] == ["112"]
    aside.write_text(
        text.replace('"Russia"', '"Moscow"').replace('"South Korea"', '"South Korea #2"', 1), encoding="utf-8"
    )
    mended = read_sheet(aside, coder="ben")
    assert [(e.sentence, e.target_text) for e in mended.events] == [(1, "Moscow")]
    assert mended.unread == ()


@pytest.mark.parametrize(
    ("cells", "sentence"),
    [
        (
            {"actor": datetime(2024, 3, 1)},
            "cell G2 (actor): The cell holds a day or a time (2024-03-01 00:00:00), not a code. "
            "Format the cell as text and type the code again.",
        ),
        (
            {"actor": 12},
            "cell G2 (actor): 12 is a number, not an actor's code. Format the cell as text and type the code, such as KORGOV.",
        ),
        (
            {"action_text": "=accused"},
            "cell H2 (action_text): The cell holds a formula, not what you typed. "
            "Type the words with an apostrophe in front, or copy them as text.",
        ),
        (
            {"date": datetime(2024, 6, 21, 13, 30)},
            "cell L2 (date): 2024-06-21 13:30:00 has a time of day. Write the day alone.",
        ),
        ({"date": time(13, 30)}, "cell L2 (date): 13:30:00 is a time, not a day. Write the day as 2024-06-21."),
        (
            {"date": 45464},
            "cell L2 (date): 45464 is a number, not a day. "
            "Format the cell as a date, or write 2024-06-21 in a cell formatted as text.",
        ),
        ({"status": "done"}, "cell P2 (status): 'done' is no status. Choose 'no event', or empty the cell."),
        (
            {"status": "no event"},
            "cell P2 (status): The row says 'no event' and codes one. Empty the status, or the cells of the event.",
        ),
        (
            {"date_basis": "text"},
            "cell M2 (date_basis): The basis is 'text', but there is no date. Write the day, or choose 'published'.",
        ),
    ],
)
def test_each_slip_of_a_spreadsheet_has_its_sentence(cells: dict[str, Any], sentence: str, fill: Fill) -> None:
    path = fill({2: {**GOOD, **cells}})
    if isinstance(cells.get("date"), int):
        book = load_workbook(path)
        book["coding"]["L2"].number_format = "General"
        book.save(path)
    assert sentences(path) == [f"s.xlsx, sheet 'coding', {sentence}"]


def test_the_same_coding_twice_is_reported_and_kept_once(fill: Fill) -> None:
    path = fill({2: GOOD}, {2: {**GOOD, "row": 1}})
    assert len(read_sheet(path, coder="ben").events) == 1
    assert sentences(path) == [
        f"s.xlsx, sheet 'more events', cell A2 (row): The same coding stands in row 2 of {path}, sheet 'coding'. ".replace(
            f"{path.parent}/", ""
        )
        + "Empty one of the rows."
    ]


def test_no_event_in_one_row_and_an_event_in_another_is_a_contradiction(fill: Fill) -> None:
    path = fill({2: {"status": "no event"}}, {2: {**GOOD, "row": 1}})
    assert sentences(path) == [
        "s.xlsx, sheet 'coding', cell P2 (status): The sentence is coded in another row, and has 'no event' here. "
        "Empty this cell, or take the event away."
    ]
    assert read_sheet(path, coder="ben").without_event == ()


def test_a_row_that_says_no_event_is_not_asked_for_the_rest_of_one(fill: Fill) -> None:
    path = fill({2: {"status": "no event", "actor": "KORGOV"}}, {})
    assert sentences(path) == [
        "s.xlsx, sheet 'coding', cell P2 (status): The row says 'no event' and codes one. "
        "Empty the status, or the cells of the event."
    ]


def test_a_further_event_must_name_a_row_that_is_there(fill: Fill) -> None:
    path = fill({}, {2: {**GOOD, "row": 99}, 3: GOOD, 4: {"row": 1}})
    fix = "Type the number that stands in the first column beside the sentence."
    assert sentences(path) == [
        f"s.xlsx, sheet 'more events', cell A2 (row): '99' is the number of no row of the tab 'coding'. {fix}",
        "s.xlsx, sheet 'more events', cell A3 (row): The row does not say to which sentence it belongs of the tab 'coding'. "
        + fix,
    ]


@pytest.mark.parametrize("column", ["article_id", "sentence", "text", "publisher", "key"])
def test_a_row_whose_sentence_was_altered_is_refused(column: str, fill: Fill) -> None:
    path = fill({2: {**GOOD, column: 7 if column == "sentence" else "altered"}, 3: {column: "altered"}})
    assert sentences(path) == [
        "s.xlsx, sheet 'coding', cell R2 (key): The row's own cells (article_id, sentence, text, publisher, key) are not as "
        "the sheet was made with them. Copy the row from a fresh sheet; keep CSV files in UTF-8, and dates and texts as they are."
    ]


def test_rows_may_be_sorted_and_columns_added(fill: Fill) -> None:
    path = fill({2: GOOD})
    book = load_workbook(path)
    sheet = book["coding"]
    sheet.move_range("A2:R2", rows=40)
    sheet.insert_cols(3)
    sheet["C1"] = "my remarks"
    book.save(path)
    found = read_sheet(path, coder="ben")
    assert len(found.events) == 1
    assert found.unread == ("my remarks",)


def test_text_that_looks_like_a_formula_comes_back_unchanged(fill: Fill) -> None:
    path = fill(
        {
            4: {**GOOD, "actor_text": "'=SUM(A1)", "action_text": "was", "target_text": "headline"},
            5: {**GOOD, "actor_text": "Ghana", "action_text": "met", "target_text": "Lomé"},
        }
    )
    found = read_sheet(path, coder="ben")
    assert [str(fault) for fault in found.faults] == []
    by_article = {event.article_id: event for event in found.events}
    assert by_article["=cmd|x"].actor_text == "=SUM(A1)"
    assert (by_article["accra"].target_text, by_article["accra"].target_start) == ("Lomé", 12 + 28)


def test_days_of_a_workbook_that_counts_from_1904_are_right(fill: Fill) -> None:
    path = fill({2: {**GOOD, "date": datetime(2024, 6, 21)}})
    book = load_workbook(path)
    book.epoch = CALENDAR_MAC_1904
    book.save(path)
    assert [event.date for event in read_sheet(path, coder="ben").events] == [date(2024, 6, 21)]


def rezipped(path: Path, change: Any) -> Path:
    """The workbook with its parts changed: change(name, content) -> content."""
    data = path.read_bytes()
    with zipfile.ZipFile(io.BytesIO(data)) as read, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as write:
        for item in read.infolist():
            write.writestr(item.filename, change(item.filename, read.read(item)))
    return path


def refused(path: Path) -> str:
    with pytest.raises(SheetError) as caught:
        read_sheet(path, coder="ben")
    return str(caught.value).replace(f"{path.parent}/", "")


def test_xml_entities_in_a_workbook_are_not_expanded(fill: Fill) -> None:
    bomb = b'<!DOCTYPE b [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'

    def change(name: str, content: bytes) -> bytes:
        if name != "xl/worksheets/sheet2.xml":
            return content
        return content.replace(b"<worksheet", bomb + b"<worksheet", 1)

    assert refused(rezipped(fill({2: GOOD}), change)).startswith(
        "s.xlsx: The workbook cannot be read: EntitiesForbidden"
    )


def test_a_workbook_that_unpacks_to_far_more_is_not_unpacked(fill: Fill, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("whodid.annotation.sheets.workbook_read._MOST_BYTES", 1000)
    assert re.fullmatch(
        r"s\.xlsx: The workbook unpacks to [\d,]+ bytes; a coding sheet has at most 1,000\. Make sheets of fewer articles\.",
        refused(fill({})),
    )


def test_a_cell_at_the_end_of_the_world_costs_no_time(fill: Fill) -> None:
    def change(name: str, content: bytes) -> bytes:
        if name != "xl/worksheets/sheet2.xml":
            return content
        far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
        return re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="A1:XFD1048576"', content).replace(
            b"</sheetData>", far
        )

    assert len(read_sheet(rezipped(fill({2: GOOD}), change), coder="ben").events) == 1


@pytest.mark.parametrize(
    "data", [b"", b"no workbook", b"PK\x03\x04" + b"\0" * 40, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 9]
)
def test_what_is_no_workbook_is_refused_with_the_fix(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "s.xlsx").write_bytes(data)
    assert refused(tmp_path / "s.xlsx") == (
        "s.xlsx: This is no XLSX workbook. Save it as .xlsx (not .xls, and without a password)."
    )


def test_a_damaged_workbook_is_refused_with_the_fix(fill: Fill) -> None:
    path = rezipped(fill({2: GOOD}), lambda name, content: content[: len(content) // 2])
    assert refused(path).startswith("s.xlsx: The workbook cannot be read: ")
    assert refused(path).endswith("Open it in a spreadsheet program and save it again as .xlsx.")


def test_a_workbook_of_another_kind_is_refused_with_its_tabs(fill: Fill) -> None:
    path = fill({})
    book = load_workbook(path)
    book["coding"].title = "Sheet1"
    book.save(path)
    assert refused(path) == (
        "s.xlsx: The workbook has no tab 'coding', but 'instructions', 'Sheet1', 'more events', 'codebook', 'actors', "
        "'lists'. Give the workbook that `whodid sheet make` wrote; keep the names of its tabs."
    )


def test_columns_that_are_missing_or_stand_twice_are_all_named(fill: Fill) -> None:
    path = fill({1: {"key": "actor", "text": "my text"}})
    fix = "Take the sheet as `whodid sheet make` wrote it; its first row names the columns."
    assert refused(path).splitlines() == [
        f"s.xlsx, sheet 'coding': column 'text': The column 'text' is missing. {fix}",
        f"s.xlsx, sheet 'coding': column 'key': The column 'key' is missing. {fix}",
        "s.xlsx, sheet 'coding', cell R1: The column 'actor' stands twice. Keep one of them.",
    ]


def test_another_ending_a_missing_file_and_a_nameless_coder_are_refused(tmp_path: Path, fill: Fill) -> None:
    assert refused(tmp_path / "s.ods") == (
        "s.ods: The ending '.ods' is no coding sheet's. Give the .xlsx or .csv file; save other spreadsheets as one of these."
    )
    assert refused(tmp_path / "none.xlsx") == (
        "none.xlsx: The sheet cannot be read: No such file or directory. Check the path and your rights to it."
    )
    with pytest.raises(StoreError, match=r"' ' is no coder's name\. Give a name such as coder=\"anna\"\."):
        read_sheet(fill({}), coder=" ")


def test_a_file_that_is_too_large_is_not_read(fill: Fill, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("whodid.annotation.sheets.read.LARGEST_BYTES", 10)
    assert refused(fill({})).endswith("a coding sheet has at most 10. Make sheets of fewer articles.")
