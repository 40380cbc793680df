"""Which words and characters of the article a row shows for its actor, its action and its target."""

from __future__ import annotations

from whodid.coder.parsed import Doc, Token
from whodid.coder.sides import Side


def tight(words: tuple[Token, ...]) -> tuple[int, int]:
    """First and last token of the action's words that stand together with its head; far words are left out."""
    indices = [word.i for word in words]
    return min(indices), max(indices) + 1


def without_edges(span: tuple[int, int], actor: Side, target: Side) -> tuple[int, int]:
    """The action's span without a party that stands at its edge: "summoned", not "summoned the ambassador"."""
    start, end = span
    for side in (actor, target, actor):
        if start < side.start < end <= side.end:
            end = side.start
        if side.start <= start < side.end < end:
            start = side.end
    return start, end


def edges(doc: Doc, start: int, end: int) -> tuple[int, int]:
    """The characters of some tokens."""
    last = doc.tokens[end - 1]
    return doc.tokens[start].idx, last.idx + len(last.text)
