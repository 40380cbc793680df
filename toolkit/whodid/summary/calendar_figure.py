"""The calendar of a dataset: which days, months or years have events, how many, and where the longest gap is."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from whodid.summary.captions import SMALL, put_title, shade_of, title_room
from whodid.summary.coverage import Coverage
from whodid.summary.drawing import (
    GRID,
    HEAT,
    MUTED,
    Page,
    own_style,
    text_width,
    wrap,
)
from whodid.summary.time_axis import day_name


def calendar(found: Coverage, width: float, title: str | None = None) -> Page:
    """A grid of days (a row for each weekday), months or years (a row for each year or decade), shaded by events.

    Cells without events are outlines. The line below counts them and names the longest gap.
    """
    blocks = calendar_blocks(found, width)
    most = int(found.counts.max())
    lines = wrap(gaps(found), width, SMALL)
    keys = 16.0
    top = title_room(title, width) + keys + 10
    with own_style():
        page = Page(width, top + sum(block.height for block in blocks) + 12 * len(lines) + 6)
        put_title(page, title)
        _shades(page, title_room(title, width), most)
        y = top
        for block in blocks:
            for x, words, align in block.names:
                page.text(x, y + 9, words, size=SMALL, colour=MUTED, align=align)
            for row_y, words in block.rows:
                page.text(0, y + row_y, words, size=SMALL, colour=MUTED)
            for x, cell_y, size_x, size_y, place in block.cells:
                count = int(found.counts[place])
                if count:
                    page.bar(x, y + cell_y, size_x, size_y, HEAT[shade_of(count, most)])
                else:
                    page.frame(x + 0.3, y + cell_y + 0.3, size_x - 0.6, size_y - 0.6, GRID)
            y += block.height
        for number, words in enumerate(lines):
            page.text(0, y + 10 + 12 * number, words, size=SMALL, colour=MUTED)
    return page


@dataclass(frozen=True, slots=True)
class _Block:
    """A part of the calendar: names above, names at the left, and cells with the place of their count."""

    height: float
    names: list[tuple[float, str, str]]
    rows: list[tuple[float, str]]
    cells: list[tuple[float, float, float, float, int]]


def calendar_blocks(found: Coverage, width: float) -> list[_Block]:
    """The parts of the calendar, from top to bottom, for a width in points."""
    if found.cell == "day":
        return _day_blocks(found, width)
    left, gap = 34.0, 2.0
    per_row = 12 if found.cell == "month" else 10
    size = (width - left) / per_row
    high = min(max(size * 0.5, 11.0), 17.0)
    columns = [
        (left + (n + 0.5) * size, day_name(pd.Timestamp(2000, n + 1, 1), "%b") if per_row == 12 else f"…{n}", "center")
        for n in range(per_row)
    ]
    keys = [start.year if per_row == 12 else start.year // 10 for start in found.starts]
    first, last = keys[0], keys[-1]
    rows = [
        (16 + (key - first) * high + high / 2 + 3.2, str(key if per_row == 12 else f"{key}0s"))
        for key in range(first, last + 1)
    ]
    cells = [
        (
            left + ((start.month - 1) if per_row == 12 else start.year % 10) * size + gap / 2,
            16 + (key - first) * high + gap / 2,
            size - gap,
            high - gap,
            place,
        )
        for place, (start, key) in enumerate(zip(found.starts, keys, strict=True))
    ]
    return [_Block(16 + (last - first + 1) * high + 8, columns, rows, cells)]


def _day_blocks(found: Coverage, width: float) -> list[_Block]:
    """Weeks as columns, from Monday, wrapped where the width ends."""
    left = 30.0
    weeks = [(start - pd.Timedelta(days=start.weekday())) for start in found.starts]
    first = weeks[0]
    count = (weeks[-1] - first).days // 7 + 1
    size = min(max((width - left) / max(min(count, 54), 1), 9.5), 15.0)
    per_block = max(1, int((width - left) / size + 1e-6))
    blocks: list[_Block] = []
    for begin in range(0, count, per_block):
        stop = min(begin + per_block, count)
        names: list[tuple[float, str, str]] = []
        cells = []
        free = 0.0
        for place, (start, week) in enumerate(zip(found.starts, weeks, strict=True)):
            column = (week - first).days // 7
            if not begin <= column < stop:
                continue
            x = left + (column - begin) * size
            if start.day == 1 or not names:
                words = day_name(start, "%b %Y" if start.month == 1 or not names else "%b")
                if x >= free and x + text_width(words, SMALL) <= width:
                    names.append((x, words, "left"))
                    free = x + text_width(words, SMALL) + 5
            cells.append((x + 0.7, 15 + start.weekday() * size + 0.7, size - 1.4, size - 1.4, place))
        rows = [
            (15 + day * size + size / 2 + 3.2, words) for day, words in ((0, "Mon"), (2, "Wed"), (4, "Fri"), (6, "Sun"))
        ]
        blocks.append(_Block(15 + 7 * size + 12, names, rows, cells))
    return blocks


def _shades(page: Page, top: float, most: int) -> None:
    """The key of a calendar: no event, and the shades from one event to the most."""
    page.frame(0.3, top + 2.3, 9, 9, GRID)
    page.text(14, top + 10, "no event", size=SMALL, colour=MUTED)
    x = 14 + text_width("no event", SMALL) + 16
    page.text(x, top + 10, "1", size=SMALL, colour=MUTED)
    x += text_width("1", SMALL) + 5
    steps = sorted({shade_of(count, most) for count in range(1, most + 1)}) if most < 500 else list(range(len(HEAT)))
    for step in steps:
        page.bar(x, top + 2, 9, 9, HEAT[step])
        x += 11
    page.text(x + 3, top + 10, f"{most:,} events" if most != 1 else "event", size=SMALL, colour=MUTED)


def gaps(found: Coverage) -> str:
    """A sentence on the days, months or years without events."""
    total = len(found.counts)
    if not found.empty:
        return f"Every {found.cell} from the first event to the last has events."
    since = found.gap_start
    when = (
        day_name(since, "%d %b %Y").lstrip("0")
        if found.cell == "day"
        else day_name(since, "%b %Y" if found.cell == "month" else "%Y")
    )
    length = f"{found.longest_gap:,} {found.cell}{'s' if found.longest_gap != 1 else ''}"
    have = "has" if found.empty == 1 else "have"
    return f"{found.empty:,} of {total:,} {found.cell}s {have} no event; the longest gap is {length}, from {when}."
