"""A coding sheet as a workbook: tabs for instructions, coding, further events, the codebook and actors."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from copy import copy
from datetime import datetime
from math import ceil
from typing import Any

from openpyxl import Workbook  # type: ignore[import-untyped]
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side  # type: ignore[import-untyped]
from openpyxl.utils import get_column_letter  # type: ignore[import-untyped]
from openpyxl.workbook.protection import WorkbookProtection  # type: ignore[import-untyped]
from openpyxl.worksheet.datavalidation import DataValidation  # type: ignore[import-untyped]
from openpyxl.worksheet.page import PageMargins  # type: ignore[import-untyped]
from openpyxl.worksheet.worksheet import Worksheet  # type: ignore[import-untyped]

from whodid.annotation.answers import named, named_actor
from whodid.annotation.sheets.columns import SHEET_COLUMNS, SheetColumn
from whodid.annotation.sheets.instructions import INSTRUCTIONS
from whodid.annotation.sheets.plan import SheetPlan
from whodid.annotation.sheets.workbook_read import CODING, FURTHER
from whodid.annotation.sheets.xml_text import escaped
from whodid.codebook.model import Codebook
from whodid.coder.composed_codes import compose
from whodid.coder.explain_json import ActorLabels
from whodid.formulas import is_formula

FURTHER_ROWS = 500
_LISTS = "lists"
_FIXED = datetime(2000, 1, 1)
_INK, _PAPER, _ANSWER, _LINE = "1F2933", "EEF1F4", "FFFDF3", "C9D1D9"
_HEAD = PatternFill("solid", fgColor=_INK)
_HEAD_ANSWER = PatternFill("solid", fgColor="7A5C00")
_OWN = PatternFill("solid", fgColor=_PAPER)
_FILL = PatternFill("solid", fgColor=_ANSWER)
_THIN, _THICK = Side(style="thin", color=_LINE), Side(style="medium", color=_INK)
_WRAP = Alignment(wrap_text=True, vertical="top")
_CENTRE = Alignment(horizontal="center", vertical="top")
_CENTRED = {"row", "sentence", "published", "date", "confidence"}
# What the list of actors offers behind each country; other roles are typed.
_OFFERED_ROLES = ("GOV", "MIL")
# Codes are text, so that none loses its zero.
_TEXT_FORMAT = "@"
_FORMATS = {
    "row": "General",
    "sentence": "General",
    "published": "yyyy-mm-dd",
    "date": "yyyy-mm-dd",
    "confidence": "0.00",
}
_LINE_POINTS, _HIGHEST_POINTS = 15.0, 400.0


def workbook_bytes(plan: SheetPlan, codebook: Codebook) -> bytes:
    """The workbook of a sheet. The same plan and codebook give the same bytes: no clock, no names of machines."""
    book = Workbook()
    front = book.active
    assert front is not None
    _instructions(front, codebook)
    columns = [c for c in SHEET_COLUMNS if c.name != "machine" or plan.suggested is not None]
    last_action, last_actor = _lists(book.create_sheet(_LISTS), codebook)
    _coding(book.create_sheet(CODING, 1), plan, columns)
    _further(book.create_sheet(FURTHER, 2), len(plan.lines), columns)
    _codebook(book.create_sheet("codebook", 3), codebook)
    _actors(book.create_sheet("actors", 4), codebook)
    answers = {c.name: get_column_letter(at) for at, c in enumerate(columns, 1)}
    _validations(book[CODING], answers, columns, len(plan.lines) + 1, last_action, last_actor)
    further = {c.name: get_column_letter(at) for at, c in enumerate(_further_columns(columns), 1)}
    _validations(book[FURTHER], further, columns, FURTHER_ROWS + 1, last_action, last_actor)
    book[_LISTS].sheet_state = "hidden"
    book.security = WorkbookProtection(lockStructure=True)
    book.properties.creator = "whodid"
    book.properties.created = _FIXED
    raw = io.BytesIO()
    book.save(raw)
    return _without_clock(raw.getvalue())


def _coding(sheet: Worksheet, plan: SheetPlan, columns: Sequence[SheetColumn]) -> None:
    _header(sheet, columns)
    before, pen = "", _Pen(sheet)
    for number, line in enumerate(plan.lines, start=1):
        at = number + 1
        suggestion = (plan.suggested or {}).get((line.article_id, line.sentence), "")
        own: dict[str, object] = {
            "row": number,
            "article_id": line.article_id,
            "sentence": line.sentence,
            "published": line.published,
            "text": line.text,
            "machine": suggestion,
            "publisher": line.publisher or "",
            "key": line.key,
        }
        is_first, before = line.article_id != before, line.article_id
        for column, definition in enumerate(columns, start=1):
            pen.write(at, column, own.get(definition.name, ""), definition, is_first=is_first)
        sheet.row_dimensions[at].height = _height(
            {"text": line.text, "machine": suggestion, "article_id": line.article_id}, columns
        )
    sheet.freeze_panes = sheet.cell(2, [c.name for c in columns].index("text") + 2)
    _finish(sheet, columns)


def _further_columns(columns: Sequence[SheetColumn]) -> list[SheetColumn]:
    return [c for c in columns if c.name in {"row", "text"} or (c.is_answer and c.name != "status")]


def _further(sheet: Worksheet, lines: int, columns: Sequence[SheetColumn]) -> None:
    """Rows for the second and later events of a sentence: its row's number is typed, its text then shown."""
    own = _further_columns(columns)
    _header(sheet, own)
    text = get_column_letter([c.name for c in columns].index("text") + 1)
    pen = _Pen(sheet)
    for at in range(2, FURTHER_ROWS + 2):
        for column, definition in enumerate(own, start=1):
            cell = pen.write(at, column, "", definition)
            if definition.name == "row":
                cell.protection, cell.fill = Protection(locked=False), _FILL
            elif definition.name == "text":
                cell.number_format = "General"
                # Rows of a locked tab stay in their order, so that the number is the position.
                cell.value = (
                    f'=IF(A{at}="","",IFERROR(INDEX({CODING}!{text}$2:{text}${lines + 1},A{at}),"no such row"))'
                )
        sheet.row_dimensions[at].height = 2 * _LINE_POINTS + 3
    sheet.freeze_panes = "C2"
    _finish(sheet, own)
    number = DataValidation(
        type="whole", operator="between", formula1="1", formula2=str(max(1, lines)), allow_blank=True
    )
    _say(number, "row", "The number in the first column of the tab 'coding', beside the sentence.", is_strict=True)
    sheet.add_data_validation(number)
    number.add(f"A2:A{FURTHER_ROWS + 1}")


def _font(size: int = 11, color: str | None = None) -> Any:
    """Bold, in the font of all other cells: without a name a spreadsheet takes one of its own."""
    return Font(name="Calibri", size=size, bold=True, color=color)


def _header(sheet: Worksheet, columns: Sequence[SheetColumn]) -> None:
    for at, definition in enumerate(columns, start=1):
        cell = sheet.cell(1, at, definition.name)
        cell.font = _font(color="FFFFFF")
        cell.fill = _HEAD_ANSWER if definition.is_answer else _HEAD
        cell.alignment = Alignment(vertical="center")
        dimension = sheet.column_dimensions[get_column_letter(at)]
        dimension.width = definition.width
        dimension.hidden = definition.is_hidden
    sheet.row_dimensions[1].height = 22


class _Pen:
    """Writes cells in their column's looks, which are worked out once for all rows: a sheet has many cells."""

    def __init__(self, sheet: Worksheet) -> None:
        self._sheet = sheet
        self._looks: dict[tuple[str, bool], Any] = {}

    def write(self, row: int, column: int, value: object, definition: SheetColumn, *, is_first: bool = False) -> Any:
        """One cell; is_first: it stands in the first row of an article."""
        cell = self._sheet.cell(row, column)
        looks = self._looks.get((definition.name, is_first))
        if looks is None:
            self._dress(cell, definition, is_first)
            looks = self._looks[definition.name, is_first] = copy(cell._style)
        cell._style = copy(looks)
        if isinstance(value, str):
            if value:
                put_text(cell, value)
        else:
            # A day would bring a format of its own along.
            cell.value = value
            cell._style = copy(looks)
        return cell

    def _dress(self, cell: Any, definition: SheetColumn, is_first: bool) -> None:
        cell.number_format = _FORMATS.get(definition.name, _TEXT_FORMAT)
        cell.alignment = _CENTRE if definition.name in _CENTRED else _WRAP
        cell.border = Border(top=_THICK if is_first else _THIN, bottom=_THIN, left=_THIN, right=_THIN)
        cell.fill = _FILL if definition.is_answer else _OWN
        cell.protection = Protection(locked=not definition.is_answer)


def put_text(cell: Any, text: str) -> None:
    """Text into a cell as text, whatever it begins with: a spreadsheet shows it and never runs it."""
    cell.value = escaped(text)
    cell.data_type = "s"
    if is_formula(text):
        cell.quotePrefix = True


def _finish(sheet: Worksheet, columns: Sequence[SheetColumn]) -> None:
    # Without a password: the lock is against slips. What does no harm stays allowed.
    sheet.protection.sheet = True
    sheet.protection.formatColumns = sheet.protection.formatRows = sheet.protection.formatCells = False
    sheet.protection.autoFilter = False
    sheet.sheet_view.zoomScale = 100
    _to_print(sheet, "landscape")


def _to_print(sheet: Worksheet, orientation: str) -> None:
    """As wide as the page, as long as it gets, the head on each page."""
    sheet.page_setup.orientation = orientation
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_margins = PageMargins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.oddFooter.center.text = "&A, page &P of &N"
    if orientation == "landscape":
        sheet.print_title_rows = "1:1"


def _height(texts: dict[str, str], columns: Sequence[SheetColumn]) -> float:
    """Points for a row whose widest words wrap, as near as one can say without a screen."""
    widths = {c.name: c.width for c in columns}
    lines = [
        sum(max(1, ceil(len(part) * 1.08 / widths[name])) for part in text.split("\n"))
        for name, text in texts.items()
        if name in widths
    ]
    return min(_HIGHEST_POINTS, _LINE_POINTS * max(1, *lines) + 3)


def _validations(
    sheet: Worksheet,
    letters: dict[str, str],
    columns: Sequence[SheetColumn],
    last: int,
    last_action: int,
    last_actor: int,
) -> None:
    for definition in columns:
        if not definition.is_answer or definition.name not in letters:
            continue
        name = definition.name
        if name == "action":
            rule = DataValidation(type="list", formula1=f"{_LISTS}!$A$1:$A${last_action}", allow_blank=True)
        elif name in {"actor", "target"}:
            rule = DataValidation(type="list", formula1=f"{_LISTS}!$B$1:$B${last_actor}", allow_blank=True)
        elif definition.choices:
            rule = DataValidation(type="list", formula1=f'"{",".join(definition.choices)}"', allow_blank=True)
        elif name == "date":
            rule = DataValidation(type="date", operator="greaterThan", formula1="1", allow_blank=True)
        elif name == "confidence":
            rule = DataValidation(type="decimal", operator="between", formula1="0", formula2="1", allow_blank=True)
        else:
            rule = DataValidation(allow_blank=True)
        # An actor's code may be composed of groups that stand in no list; a day before 1900 is text in a spreadsheet.
        _say(rule, name, definition.prompt, is_strict=name in {"action", "confidence", "date_basis", "status"})
        sheet.add_data_validation(rule)
        if last >= 2:
            rule.add(f"{letters[name]}2:{letters[name]}{last}")


def _say(rule: DataValidation, name: str, prompt: str, *, is_strict: bool) -> None:
    rule.showInputMessage, rule.promptTitle, rule.prompt = True, name, prompt[:255]
    rule.showErrorMessage = is_strict
    rule.errorTitle, rule.error = name, prompt[:225]


def _lists(sheet: Worksheet, codebook: Codebook) -> tuple[int, int]:
    """What the drop-down lists of actions (column A) and actors (B) offer; the last row of each.

    Actions come with their labels first; a code alone may be typed, so the list has these, too. Of actors any code may be
    typed: the list has each code that stands alone, and each country's government and military.
    """
    codes, labels = sorted(codebook.actions), ActorLabels(codebook)
    actors = {code for code, _, kind in _actor_rows(codebook) if "role" not in kind}
    countries = (country.code for country in codebook.countries if country.status == "current")
    actors |= {compose(country, role) for country in countries for role in _OFFERED_ROLES}
    columns = (
        [*(named(code, codebook) for code in codes), *codes],
        [named_actor(code, labels) for code in sorted(actors) if labels.of(code)],
    )
    for column, texts in enumerate(columns, start=1):
        for at, text in enumerate(texts, start=1):
            cell = sheet.cell(at, column)
            put_text(cell, text)
            cell.number_format = _TEXT_FORMAT
    return len(columns[0]), len(columns[1])


def _codebook(sheet: Worksheet, codebook: Codebook) -> None:
    names = (("code", 8), ("label", 34), ("definition", 60), ("use", 60), ("not_for", 60))
    rows = [
        (a.code, a.label, a.definition, a.use, a.not_for)
        for a in sorted(codebook.actions.values(), key=lambda a: a.code)
    ]
    _table(sheet, names, rows, lambda row: len(row[0]) == 2)


def _actors(sheet: Worksheet, codebook: Codebook) -> None:
    """The codes that stand alone, each under all its names, and the roles that follow one."""
    rows = sorted(set(_actor_rows(codebook)), key=lambda row: ("role" in row[2], row[2] != "country", row[0]))
    _table(sheet, (("code", 14), ("name", 50), ("kind", 44)), rows, lambda row: False)


def _actor_rows(codebook: Codebook) -> Iterator[tuple[str, str, str]]:
    for country in codebook.countries:
        if country.status != "variant":
            yield country.code, country.name, "country" if country.status != "subregion" else "part of a country"
    for kind, groups in (("region", codebook.regions),):
        for group in groups:
            yield group.code, group.name, kind
    for kind, actors in (
        ("government body", codebook.bodies),
        ("organisation", codebook.organisations),
        ("group", codebook.groups),
    ):
        for actor in actors:
            yield actor.code, actor.name, kind
    for role in codebook.roles:
        yield role.code, role.label, "role: follows a country, as GOV in KORGOV"


def _table(sheet: Worksheet, names: Sequence[tuple[str, int]], rows: Sequence[tuple[str, ...]], is_head: Any) -> None:
    for at, (name, width) in enumerate(names, start=1):
        cell = sheet.cell(1, at, name)
        cell.font, cell.fill = _font(color="FFFFFF"), _HEAD
        sheet.column_dimensions[get_column_letter(at)].width = width
    for at, row in enumerate(rows, start=2):
        for column, text in enumerate(row, start=1):
            cell = sheet.cell(at, column)
            put_text(cell, " ".join(text.split()))
            cell.number_format, cell.alignment = _TEXT_FORMAT, _WRAP
            cell.border = Border(top=_THIN)
            if is_head(row):
                cell.font, cell.fill = _font(), _OWN
        longest = max(ceil(len(t) * 1.08 / width) for t, (_, width) in zip(row, names, strict=True))
        sheet.row_dimensions[at].height = min(_HIGHEST_POINTS, _LINE_POINTS * max(1, longest) + 3)
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(names))}{len(rows) + 1}"
    sheet.protection.sheet = True
    sheet.protection.autoFilter = sheet.protection.formatColumns = sheet.protection.formatRows = False
    _to_print(sheet, "landscape")


def _instructions(sheet: Worksheet, codebook: Codebook) -> None:
    sheet.title = "instructions"
    sheet.sheet_view.showGridLines = False
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 22, 96
    lines = [*INSTRUCTIONS, ("Codebook", f"{codebook.label}: {codebook.meta.title}. Licence: {codebook.meta.licence}.")]
    for at, (head, text) in enumerate(lines, start=1):
        first, second = sheet.cell(at, 1), sheet.cell(at, 2)
        put_text(first, head)
        put_text(second, text)
        first.font = _font(size=16 if at == 1 else 11)
        first.alignment = second.alignment = _WRAP
        sheet.row_dimensions[at].height = max(26.0 if at == 1 else 0.0, _LINE_POINTS * ceil(len(text) / 92) + 8)
    sheet.protection.sheet = True
    _to_print(sheet, "portrait")


def _without_clock(data: bytes) -> bytes:
    """The same workbook with fixed times in its properties and its archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as read, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as write:
        for item in read.infolist():
            content = read.read(item)
            if item.filename == "docProps/core.xml":
                stamp = _FIXED.isoformat().encode() + b"Z"
                content = re.sub(rb"(<dcterms:(?:modified|created)[^>]*>)[^<]*", rb"\g<1>" + stamp, content)
            fixed = zipfile.ZipInfo(item.filename, (1980, 1, 1, 0, 0, 0))
            fixed.compress_type, fixed.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            write.writestr(fixed, content)
    return out.getvalue()
