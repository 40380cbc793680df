"""What stands around a figure: its title, the key of its colours, the shades by which counts are told apart."""

from __future__ import annotations

import math
from collections.abc import Sequence

from whodid.summary.drawing import (
    HEAT,
    MUTED,
    TITLE_SIZE,
    Page,
    text_width,
    wrap,
)

SMALL = 9.0


def title_room(title: str | None, width: float) -> float:
    """The room that a title takes above a figure, in points."""
    return len(wrap(title, width, TITLE_SIZE, is_bold=True)) * 17.0 + 8 if title else 0.0


def put_title(page: Page, title: str | None) -> None:
    """Write a title at the top of a page, in as many lines as it needs."""
    for number, line in enumerate(wrap(title, page.width, TITLE_SIZE, is_bold=True) if title else []):
        page.text(0, 12 + 17 * number, line, size=TITLE_SIZE, is_bold=True)


def legend_lines(items: Sequence[tuple[str, str]], width: float) -> list[list[tuple[float, str, str]]]:
    """Legend entries in lines: x, colour and words of each."""
    lines: list[list[tuple[float, str, str]]] = [[]]
    x = 0.0
    for colour, words in items:
        need = 14 + text_width(words, SMALL)
        if lines[-1] and x + need > width:
            lines.append([])
            x = 0.0
        lines[-1].append((x, colour, words))
        x += need + 14
    return lines


def put_legend(page: Page, lines: Sequence[Sequence[tuple[float, str, str]]], top: float) -> None:
    """Draw lines of a legend below each other."""
    for number, line in enumerate(lines):
        for x, colour, words in line:
            y = top + 16 * number
            page.bar(x, y + 2, 9, 9, colour)
            page.text(x + 14, y + 10, words, size=SMALL, colour=MUTED)


def shade_of(count: int, most: int) -> int:
    """The place among the shades of a count, on a logarithmic scale up to the most.

    In a small set, where the most is 2 or 3, the darkest shade would claim too much.
    """
    return min(len(HEAT) - 1, int(math.log(count) / math.log(max(most, 8)) * (len(HEAT) - 1) + 1e-9))
