"""The sentence of an event with its actor, action and target marked, cut from the article by the row's offsets."""

from __future__ import annotations

import re
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

ROLES = ("actor", "action", "target")
_LONGEST_SIDE = 320
# A stop ends a sentence if white space and something other than a small letter follow, and no abbreviation precedes.
_END = re.compile(r"[.!?…][\"'”’)\]]*(?=\s+[^\sa-z])|\n\s*\n")
_ABBREVIATION = re.compile(r"(?:\b[A-Z]|\b(?:Mr|Mrs|Ms|Dr|Prof|Gen|Col|Capt|Lt|Sgt|Sen|Rep|Gov|Rev|St|No|Jr|Sr))\.$")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a sentence and the roles that its words have: none, one, or more where the words overlap."""

    text: str
    roles: tuple[str, ...] = ()


def words_are_in_place(text: str, row: Mapping[Hashable, Any]) -> bool:
    """True if the article has exactly the row's words at the row's offsets."""
    return all(text[row[f"{role}_start"] : row[f"{role}_end"]] == row[f"{role}_text"] for role in ROLES)


def marked_sentence(text: str, row: Mapping[Hashable, Any]) -> tuple[Piece, ...] | None:
    """The pieces of the sentence that holds the row's words, or None if the article has other words there.

    The sentence is found by its punctuation, for reading only: the coder's own boundaries need a parser. Very long
    ones are shortened at a word with an ellipsis; white space is evened out.
    """
    if not words_are_in_place(text, row):
        return None
    spans = [(int(row[f"{role}_start"]), int(row[f"{role}_end"]), role) for role in ROLES]
    first, last = min(start for start, _, _ in spans), max(end for _, end, _ in spans)
    (begin, is_cut_before), (finish, is_cut_after) = _begin(text, first), _finish(text, last)
    cuts = sorted({begin, finish, *(s for s, _, _ in spans), *(e for _, e, _ in spans)})
    pieces = [Piece("… ")] if is_cut_before else []
    for left, right in pairwise(cuts):
        roles = tuple(role for start, end, role in spans if start <= left and right <= end)
        pieces.append(Piece(re.sub(r"\s+", " ", text[left:right]), roles))
    return (*pieces, Piece(" …")) if is_cut_after else tuple(pieces)


def _ends(text: str, start: int, stop: int) -> list[int]:
    # The search sees a little past the stop, because what follows a full stop decides whether it ends a sentence.
    found = _END.finditer(text, start, min(stop + 8, len(text)))
    return [m.end() for m in found if m.end() <= stop and not _ABBREVIATION.search(text, max(0, m.end() - 8), m.end())]


def _begin(text: str, first: int) -> tuple[int, bool]:
    """Where the sentence begins, and whether it was cut there."""
    low = max(0, first - _LONGEST_SIDE)
    ends = _ends(text, low, first)
    space = text.find(" ", low, first)
    is_cut = not ends and low > 0
    begin = ends[-1] if ends else (space if is_cut and space >= 0 else low)
    while begin < first and text[begin].isspace():
        begin += 1
    return begin, is_cut


def _finish(text: str, last: int) -> tuple[int, bool]:
    """Where the sentence ends, and whether it was cut there."""
    high = min(len(text), last + _LONGEST_SIDE)
    # The words themselves may end in the stop ("... by the army."), so the search starts one character before.
    ends = [end for end in _ends(text, max(0, last - 1), high) if end >= last]
    space = text.rfind(" ", last, high)
    is_cut = not ends and high < len(text)
    finish = ends[0] if ends else (space if is_cut and space >= 0 else high)
    while finish > last and text[finish - 1].isspace():
        finish -= 1
    return finish, is_cut
