"""Text that a spreadsheet would run as a formula, and how it is written so that it is shown instead.

The words come from articles that anyone may have written: "=HYPERLINK(...)" in a cell of a CSV file is a program.
"""

from __future__ import annotations

import re

FORMULA_STARTS = tuple("=+-@＝＋－＠\t\r\n")
_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")


def is_formula(text: str) -> bool:
    """True if a spreadsheet might run the text instead of showing it; a plain number, such as -3, is none."""
    starts = text.startswith(FORMULA_STARTS) or text.lstrip().startswith(FORMULA_STARTS)
    return starts and _NUMBER.fullmatch(text) is None


def shown(text: str) -> str:
    """The text for a cell: with an apostrophe in front if it would be run, as spreadsheets themselves write it."""
    return f"'{text}" if is_formula(text) else text


def quoted(text: str) -> str:
    """The text for a cell that is read back by `unquoted`: `shown`, also where apostrophes stand in front already."""
    return f"'{text}" if is_formula(text.lstrip("'")) else text


def unquoted(cell: str) -> str:
    """The text that `quoted` was given; a cell that it cannot have written comes back as it is."""
    return cell[1:] if cell.startswith("'") and is_formula(cell.lstrip("'")) else cell
