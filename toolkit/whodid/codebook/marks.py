"""Marked sentences: "[[South Korea|actor]] [[summoned|action]] [[the ambassador|target]]" and back to offsets."""

from __future__ import annotations

import re
from dataclasses import dataclass

ROLES = ("actor", "action", "target")
_MARK = re.compile(r"\[\[([^\[\]|]+)\|([^\[\]|]+)\]\]")


@dataclass(frozen=True, slots=True)
class Mark:
    """The words from start to end (half open, in characters of the plain text) play a role."""

    role: str
    start: int
    end: int


def parse_marks(marked: str) -> tuple[str, tuple[Mark, ...]]:
    """The plain text of a marked sentence, and its marks in order.

    Raises ValueError, with a sentence, if a mark is not closed, is nested, or names an unknown role.
    """
    plain: list[str] = []
    marks: list[Mark] = []
    at = length = 0
    for match in _MARK.finditer(marked):
        words, role = match.groups()
        if role not in ROLES:
            raise ValueError(f"mark {match.group(0)!r} has the role {role!r}; the roles are actor, action and target")
        before = marked[at : match.start()]
        plain += [before, words]
        start = length + len(before)
        marks.append(Mark(role, start, start + len(words)))
        length = start + len(words)
        at = match.end()
    plain.append(marked[at:])
    text = "".join(plain)
    if "[[" in text or "]]" in text:
        raise ValueError("a mark is not closed or is inside another one; write [[words|role]] and do not nest")
    return text, tuple(marks)


def write_marks(text: str, marks: tuple[Mark, ...]) -> str:
    """The marked form of a sentence; undoes parse_marks. Marks must not overlap."""
    out: list[str] = []
    at = 0
    for mark in sorted(marks, key=lambda m: m.start):
        out += [text[at : mark.start], f"[[{text[mark.start : mark.end]}|{mark.role}]]"]
        at = mark.end
    out.append(text[at:])
    return "".join(out)
