"""Text that a spreadsheet must not take for something else: formulas, and characters that XML cannot hold."""

from __future__ import annotations

import re

from whodid.formulas import FORMULA_STARTS

_XML_CANNOT = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def is_formula_like(text: str) -> bool:
    """True if a spreadsheet might run the text instead of showing it."""
    return text.startswith(FORMULA_STARTS) or text.lstrip().startswith(FORMULA_STARTS)


def quoted(text: str) -> str:
    """The text for a CSV cell: with an apostrophe in front if it might be run, or begins with one itself."""
    return f"'{text}" if is_formula_like(text) or text.startswith("'") else text


def unquoted(cell: str) -> str:
    """What `quoted` was given; other text comes back as it is."""
    rest = cell[1:]
    return rest if cell.startswith("'") and (is_formula_like(rest) or rest.startswith("'")) else cell


def escaped(text: str) -> str:
    """The text for an XLSX cell: control characters as the format writes them, _x000B_; nothing is lost."""
    return _XML_CANNOT.sub(lambda found: f"_x{ord(found[0]):04X}_", text)


def unescaped(cell: str) -> str:
    """What `escaped` was given."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), cell)
