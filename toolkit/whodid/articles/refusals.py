"""What was refused, as a table that can be opened in a spreadsheet, mended from, and read again."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from pathlib import Path

from whodid.articles.encoding import printable_name
from whodid.articles.model import Refused
from whodid.atomic import write_text
from whodid.formulas import shown

COLUMNS = ("origin", "rule", "line", "value", "reason", "fix")


def refusals_to_csv(refused: Iterable[Refused], path: Path | str) -> None:
    """Write what was refused as CSV, one row for each fault, in the order given; with none, the header alone.

    line and value are empty where a fault has none. Cells that a spreadsheet would run as a formula begin with an
    apostrophe. Raises OutputError if the file cannot be written.
    """
    table = io.StringIO()
    writer = csv.writer(table, lineterminator="\n")
    writer.writerow(COLUMNS)
    for item in refused:
        fault = item.fault
        cells = (item.origin, fault.rule, fault.line, fault.value, fault.message, fault.fix)
        writer.writerow(["" if cell is None else spreadsheet_cell(str(cell)) for cell in cells])
    write_text(path, table.getvalue())


def spreadsheet_cell(cell: str) -> str:
    """A cell's words, with an apostrophe in front where a spreadsheet would run them as a formula."""
    return shown(printable_name(cell))
