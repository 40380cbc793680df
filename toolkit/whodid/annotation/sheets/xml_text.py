"""Text in the cells of a workbook: its XML cannot hold every character."""

from __future__ import annotations

import re

_XML_CANNOT = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def escaped(text: str) -> str:
    """The text for an XLSX cell: control characters as the format writes them, _x000B_; nothing is lost."""
    return _XML_CANNOT.sub(lambda found: f"_x{ord(found[0]):04X}_", text)


def unescaped(cell: str) -> str:
    """What `escaped` was given."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), cell)
