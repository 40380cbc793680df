"""The rows that gave no event, as a table that opens in a spreadsheet."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from whodid.articles.refusals import spreadsheet_cell
from whodid.atomic import replacing
from whodid.interop.convert import RefusedRow

COLUMNS = ("file", "line", "rule", "column", "value", "reason", "fix", "row")


@contextmanager
def writing_refused(path: Path | str) -> Iterator[RefusedWriter]:
    """A writer of refused rows: one line for each, in the order given, whole or not at all; without any, a header."""
    with replacing(path) as temporary, temporary.open("w", encoding="utf-8", newline="") as stream:
        yield RefusedWriter(stream)


class RefusedWriter:
    """Writes rows as they come, so that a file of which nothing can be read needs no memory either."""

    def __init__(self, stream: TextIO) -> None:
        self._writer = csv.writer(stream, lineterminator="\n")
        self._writer.writerow(COLUMNS)
        self.count = 0

    def add(self, row: RefusedRow) -> None:
        """One refused row; row is its text as it stands in the file, tabs and all."""
        self.count += 1
        why = row.why
        cells = (row.path.name, row.line, why.rule, why.column, why.value, why.message, why.fix, row.text)
        self._writer.writerow(["" if cell is None else spreadsheet_cell(str(cell)) for cell in cells])
