"""The workbook that a coder opens: lists, locks, widths, tabs, and text that no spreadsheet runs."""

from __future__ import annotations

import io
import zipfile

import pytest
from openpyxl import load_workbook
from openpyxl.workbook.workbook import Workbook

from whodid.annotation.answers import actor_of
from whodid.annotation.sheets.columns import SHEET_COLUMNS
from whodid.annotation.sheets.plan import SheetPlan
from whodid.annotation.sheets.workbook_write import workbook_bytes
from whodid.codebook.actor_codes import ActorCodes
from whodid.codebook.model import Codebook
from whodid.coder.explain_json import ActorLabels

from .conftest import LINES


@pytest.fixture(scope="module")
def book(made: bytes) -> Workbook:
    return load_workbook(io.BytesIO(made))


def columns(book: Workbook, tab: str = "coding") -> dict[str, str]:
    return {cell.value: cell.column_letter for cell in book[tab][1]}


def test_the_tabs_are_instructions_coding_more_events_codebook_and_actors(book: Workbook) -> None:
    assert [name for name in book.sheetnames if book[name].sheet_state == "visible"] == [
        *("instructions", "coding", "more events", "codebook", "actors")
    ]
    assert book.security.lockStructure


def test_one_row_is_one_sentence(book: Workbook) -> None:
    sheet, at = book["coding"], columns(book)
    assert sheet.max_row == 1 + len(LINES)
    assert [sheet[f"{at['row']}{n}"].value for n in range(2, 6)] == [1, 2, 3, 4]
    assert sheet[f"{at['text']}2"].value == LINES[0].text
    assert "machine" not in at


def test_only_the_coders_cells_are_unlocked(book: Workbook) -> None:
    at = columns(book)
    sheet = book["coding"]
    assert sheet.protection.sheet
    for column in SHEET_COLUMNS:
        if column.name != "machine":
            assert sheet[f"{at[column.name]}2"].protection.locked is not column.is_answer, column.name
    further, there = book["more events"], columns(book, "more events")
    assert further.protection.sheet
    assert not further[f"{there['row']}2"].protection.locked
    assert further[f"{there['text']}2"].protection.locked
    assert book["codebook"].protection.sheet
    assert book["actors"].protection.sheet


def test_the_header_and_the_sentence_stay_in_sight_and_cells_wrap(book: Workbook) -> None:
    sheet, at = book["coding"], columns(book)
    assert sheet.freeze_panes == "F2"
    assert at["text"] == "E"
    assert sheet["E2"].alignment.wrap_text
    for column in SHEET_COLUMNS:
        if column.name != "machine":
            assert sheet.column_dimensions[at[column.name]].width == column.width
            assert sheet.column_dimensions[at[column.name]].hidden is column.is_hidden


def test_actions_actors_and_the_rest_have_their_lists(book: Workbook, codebook: Codebook) -> None:
    for tab in ("coding", "more events"):
        at = columns(book, tab)
        rules = {
            str(rule.sqref).split(":")[0].rstrip("0123456789"): rule
            for rule in book[tab].data_validations.dataValidation
        }
        action = rules[at["action"]]
        assert (action.type, action.showErrorMessage) == ("list", True)
        assert action.formula1 == f"lists!$A$1:$A${2 * len(codebook.actions)}"
        actor = rules[at["actor"]]
        assert (actor.type, actor.showErrorMessage) == ("list", False)
        assert rules[at["date_basis"]].formula1 == '"text,dateline,published"'
        assert (rules[at["date"]].type, rules[at["confidence"]].type) == ("date", "decimal")
        assert action.prompt.startswith("Code of what was done.")
    offered = [cell.value for cell in book["lists"]["A"]]
    assert offered[0] == f"01 {codebook.actions['01'].label}"
    assert "010" in offered
    assert f"010 {codebook.actions['010'].label}" in offered
    assert str(book["coding"].data_validations.dataValidation[3].sqref).endswith("2:I5")


def test_codes_are_cells_of_text_so_that_no_zero_is_lost(book: Workbook) -> None:
    at = columns(book)
    assert book["coding"][f"{at['action']}2"].number_format == "@"
    assert book["coding"][f"{at['date']}2"].number_format == "yyyy-mm-dd"


def test_the_codebook_tab_says_when_to_use_a_code_and_when_not(book: Workbook, codebook: Codebook) -> None:
    rows = list(book["codebook"].iter_rows(values_only=True))
    assert rows[0] == ("code", "label", "definition", "use", "not_for")
    assert len(rows) == 1 + len(codebook.actions)
    accuse = codebook.actions["112"]
    found = next(row for row in rows if row[0] == "112")
    assert found[1:] == tuple(
        " ".join(text.split()) for text in (accuse.label, accuse.definition, accuse.use, accuse.not_for)
    )


def test_the_actors_tab_has_countries_first_and_roles_last(book: Workbook) -> None:
    rows = list(book["actors"].iter_rows(values_only=True, min_row=2))
    assert rows[0][2] == "country"
    assert rows[-1][2] == "role: follows a country, as GOV in KORGOV"
    assert ("KOR", "South Korea", "country") in rows


def test_the_list_of_actors_has_each_code_once_with_what_it_means(book: Workbook, codebook: Codebook) -> None:
    rules = [r for r in book["coding"].data_validations.dataValidation if str(r.formula1).startswith("lists!$B")]
    assert len(rules) == 2
    last = int(rules[0].formula1.rpartition("$")[2])
    offered = [book["lists"].cell(row, 2).value for row in range(1, last + 1)]
    assert offered == sorted(offered)
    codes = [text.split(" ")[0] for text in offered]
    assert len(codes) == len(set(codes))
    for text in ("KOR South Korea", "KORGOV South Korea, Government (executive)", "KORMIL South Korea, Military"):
        assert text in offered
    assert not any(text.startswith("GOV ") for text in offered)
    labels, known = ActorLabels(codebook), ActorCodes(codebook)
    assert [actor_of(text, known, labels) for text in offered] == codes


def test_every_tab_prints_as_wide_as_the_page_with_its_head_and_name(book: Workbook) -> None:
    for sheet in book.worksheets[:5]:
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight, sheet.sheet_properties.pageSetUpPr.fitToPage) == (
            1, 0, True,
        )  # fmt: skip
        assert sheet.oddFooter.center.text == "&A, page &P of &N"
    assert {sheet.print_title_rows for sheet in book.worksheets[1:5]} == {"$1:$1"}


def test_article_text_that_begins_like_a_formula_is_text(book: Workbook) -> None:
    sheet, at = book["coding"], columns(book)
    for cell in (sheet[f"{at['text']}4"], sheet[f"{at['article_id']}4"], sheet[f"{at['text']}5"]):
        assert cell.data_type == "s"
        assert cell.quotePrefix
    assert sheet[f"{at['text']}4"].value == "=SUM(A1) was the headline."


def test_only_the_tab_of_further_events_holds_formulas(made: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        with_formulas = [n for n in archive.namelist() if n.startswith("xl/worksheets/") and b"<f>" in archive.read(n)]
    assert with_formulas == ["xl/worksheets/sheet3.xml"]


def test_the_machines_rows_stand_in_a_locked_column_when_asked_for(codebook: Codebook) -> None:
    plan = SheetPlan(LINES, {("seoul-2024", 0): "KORGOV 112 RUSGOV"})
    sheet = load_workbook(io.BytesIO(workbook_bytes(plan, codebook)))["coding"]
    at = {cell.value: cell.column_letter for cell in sheet[1]}
    cell = sheet[f"{at['machine']}2"]
    assert (cell.value, cell.protection.locked) == ("KORGOV 112 RUSGOV", True)
    assert sheet[f"{at['action']}2"].value is None


def test_the_same_sheet_has_the_same_bytes(made: bytes, codebook: Codebook) -> None:
    assert workbook_bytes(SheetPlan(LINES), codebook) == made
