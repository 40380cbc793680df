"""The figures of an event set, drawn from its tables: when, in which quad class, between whom, how cooperative, what.

Each takes a table of summary/tables.py, a width in points and a title (none where the page around it has one), and
gives a Page. None of them may be empty: ask only for tables that have rows.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd
from matplotlib.ticker import MaxNLocator

from whodid.summary.coverage import Coverage
from whodid.summary.drawing import (
    DOT,
    FAINT,
    GRID,
    HEAT,
    HEAT_INK,
    INK,
    MUTED,
    QUAD_COLOURS,
    TITLE_SIZE,
    Page,
    own_style,
    text_width,
    wrap,
)
from whodid.summary.network import Network
from whodid.summary.periods import Unit
from whodid.summary.tables import QUAD_CLASSES, code_and_label

UNCLASSED = "no quad class"
SHOWN_IN_HEAT_MAP = 12
_SMALL = 9.0
_LABEL = 8.0
_MINUS = "−"


def events_over_time(
    table: pd.DataFrame, unit: Unit, names: Mapping[int, str], width: float, title: str | None = None
) -> Page:
    """Stacked bars of events per period by quad class, from tables.over_time; periods without events stay empty."""
    columns: list[tuple[int | None, str]] = [(c, f"quad_class_{c}") for c in QUAD_CLASSES]
    if table["no_quad_class"].any():
        columns.append((None, "no_quad_class"))
    legend = [(QUAD_COLOURS[c], names.get(c, UNCLASSED) if c else UNCLASSED) for c, _ in columns]
    locator = MaxNLocator(nbins=4, integer=True, min_n_ticks=2)
    ticks = [int(t) for t in locator.tick_values(0, max(int(table["events"].max()), 2)) if t >= 0]
    left = max(text_width(f"{t:,}", _SMALL) for t in ticks) + 7
    plot, high = width - left - 14, min(max(width * 0.34, 150.0), 230.0)
    head, keys = _head(title, width), _flow(legend, width)
    top = head + len(keys) * 16 + 12
    slot = _slot(plot, len(table))
    with own_style():
        page = Page(width, top + high + _foot(table["start"], unit, slot))
        _title(page, title)
        _legend(page, keys, head)

        def y_of(value: float) -> float:
            return top + high * (1 - value / ticks[-1])

        for tick in ticks:
            page.line([(left, y_of(tick)), (left + plot, y_of(tick))], MUTED if tick == 0 else GRID)
            page.text(left - 6, y_of(tick) + 3.2, f"{tick:,}", size=_SMALL, colour=MUTED, align="right")
        bar = min(slot * 0.82 if slot > 4 else slot, 46.0)
        rim = 0.7 if bar > 5 else 0.0
        for place, row in enumerate(table.to_dict("records")):
            below = 0
            for quad_class, column in columns:
                count = int(row[column])
                if count:
                    foot, height = y_of(below), y_of(below) - y_of(below + count)
                    shown = max(height - (rim if below + count < row["events"] else 0.0), 0.4)
                    page.bar(left + (place + 0.5) * slot - bar / 2, foot - shown, bar, shown, QUAD_COLOURS[quad_class])
                below += count
        _time_axis(page, table["start"], unit, left, slot, top + high)
    return page


def goldstein_over_time(table: pd.DataFrame, unit: Unit, width: float, title: str | None = None) -> Page:
    """The mean Goldstein score per period as dots, their area the number of events, from tables.goldstein_over_time.

    The axis is the whole scale, so that figures of different sets can be laid side by side; a line joins periods that
    follow each other without a gap.
    """
    most = int(table["n"].max())
    largest = min(max((width - 50) / max(len(table), 6), 4.5), 9.0)
    sizes = sorted({1, max(1, round(most / 4)), most})
    left = text_width("+10", _SMALL) + 7
    plot, high = width - left - 14, min(max(width * 0.34, 190.0), 250.0)
    head = _head(title, width)
    key_height = max(16.0, 2 * largest + 4)
    top, pad = head + key_height + 4, 15.0

    slot = _slot(plot, len(table))

    def radius(n: int) -> float:
        return max(1.6, largest * math.sqrt(n / most))

    def y_of(score: float) -> float:
        return top + pad + (high - 2 * pad) * (10 - score) / 20

    with own_style():
        page = Page(width, top + high + _foot(table["start"], unit, slot))
        _title(page, title)
        x, middle = 0.0, head + key_height / 2
        for n in sizes:
            page.dot(x + radius(n), middle, radius(n), DOT)
            words = f"{n:,} event{'s' if n != 1 else ''}"
            page.text(x + 2 * radius(n) + 4, middle + 3.4, words, size=_SMALL, colour=MUTED)
            x += 2 * radius(n) + 4 + text_width(words, _SMALL) + 16
        for tick in (-10, -5, 0, 5, 10):
            page.line([(left, y_of(tick)), (left + plot, y_of(tick))], MUTED if tick == 0 else GRID)
            words = f"+{tick}" if tick > 0 else f"{_MINUS}{-tick}" if tick else "0"
            page.text(left - 6, y_of(tick) + 3.2, words, size=_SMALL, colour=MUTED, align="right")
        page.text(left + plot, top + 9, "more cooperation", size=_SMALL, colour=MUTED, align="right")
        page.text(left + plot, top + high - 4, "more conflict", size=_SMALL, colour=MUTED, align="right")
        page.line([(left, top + high), (left + plot, top + high)], GRID)
        joined: list[tuple[float, float]] = []
        for place, row in enumerate(table.to_dict("records")):
            x = left + (place + 0.5) * slot
            if row["n"]:
                joined.append((x, y_of(row["mean"])))
                page.dot(x, y_of(row["mean"]), radius(int(row["n"])), DOT)
            if (not row["n"] or place == len(table) - 1) and joined:
                page.line(joined, FAINT, 0.9)
                joined = []
        _time_axis(page, table["start"], unit, left, slot, top + high)
    return page


def quad_class_shares(table: pd.DataFrame, width: float, title: str | None = None) -> Page:
    """A bar for each quad class with its count and percent, from tables.by_quad_class."""
    rows = [
        (_named(row["name"], UNCLASSED), int(row["events"]), _percent(row["share"]), _class_of(row["quad_class"]))
        for row in table.to_dict("records")
    ]
    return _bars(rows, width, title, legend=None)


def roots(table: pd.DataFrame, names: Mapping[int, str], width: float, title: str | None = None) -> Page:
    """A bar for each root in the colour of its quad class, with its count, from tables.by_root."""
    rows = [
        (_root_name(row), int(row["events"]), _percent(row["share"]), _class_of(row["quad_class"]))
        for row in table.to_dict("records")
    ]
    classes = {quad_class for *_, quad_class in rows}
    order = [c for c in (*QUAD_CLASSES, None) if c in classes]
    return _bars(rows, width, title, [(QUAD_COLOURS[c], names.get(c, UNCLASSED) if c else UNCLASSED) for c in order])


def dyads(table: pd.DataFrame, width: float, title: str | None = None) -> Page:
    """A grid of the most frequent actors and targets with the count of each dyad, from tables.by_dyad.

    The shade grows with the logarithm of the count. The line below says which share of all events the grid covers.
    """
    actors, targets = _most_frequent(table, "actor"), _most_frequent(table, "target")
    shown = table[table["actor"].isin(actors) & table["target"].isin(targets)]
    counts = {(row["actor"], row["target"]): int(row["events"]) for row in shown.to_dict("records")}
    most, total = max(counts.values(), default=1), int(table["events"].sum())
    left = max(text_width(a, _SMALL) for a in [*actors, "actor"]) + 7
    # Codes above the columns lean to the right, so that the last one needs room beyond the grid.
    tallest = max(text_width(t, _SMALL) for t in targets) * math.sin(math.radians(55))
    beyond = max(0.0, text_width(targets[-1], _SMALL) * math.cos(math.radians(55)) - 8)
    cell = min((width - left - beyond - 2) / len(targets), 40.0)
    row_height = min(max(cell * 0.82, 17.0), 26.0)
    size = _SMALL if cell > text_width(f"{most}", _SMALL) + 3 else _SMALL * (cell - 3) / text_width(f"{most}", _SMALL)
    note = f"The grid holds {sum(counts.values()):,} of {total:,} events ({_percent(sum(counts.values()) / total)})."
    lines = wrap(note, width, _SMALL)
    top = _head(title, width) + tallest + 24
    with own_style():
        page = Page(width, top + row_height * len(actors) + 12 + 12 * len(lines))
        _title(page, title)
        page.text(left - 7, top - 6, "actor", size=_SMALL, colour=MUTED, align="right")
        page.text(left + 2, top - tallest - 14, "target", size=_SMALL, colour=MUTED)
        for column, target in enumerate(targets):
            x = left + (column + 0.5) * cell + 3
            page.text(x, top - 6, target, size=_SMALL, rotation=55)
        for line, actor in enumerate(actors):
            y = top + line * row_height
            page.text(left - 7, y + row_height / 2 + 3.2, actor, size=_SMALL, align="right")
            for column, target in enumerate(targets):
                x, count = left + column * cell, counts.get((actor, target), 0)
                if count:
                    step = _step(count, most)
                    page.bar(x + 0.6, y + 0.6, cell - 1.2, row_height - 1.2, HEAT[step])
                    words, middle = f"{count}", y + row_height / 2 + size * 0.36
                    page.text(x + cell / 2, middle, words, size=size, colour=HEAT_INK[step], align="center")
                else:
                    page.bar(x + cell / 2 - 0.8, y + row_height / 2 - 0.8, 1.6, 1.6, GRID)
        for number, words in enumerate(lines):
            y = top + row_height * len(actors) + 16 + 12 * number
            page.text(0, y, words, size=_SMALL, colour=MUTED)
    return page


def calendar(found: Coverage, width: float, title: str | None = None) -> Page:
    """A grid of days (a row for each weekday), months or years (a row for each year or decade), shaded by events.

    Cells without events are outlines. The line below counts them and names the longest gap.
    """
    blocks = _calendar_blocks(found, width)
    most = int(found.counts.max())
    lines = wrap(_gaps(found), width, _SMALL)
    keys = 16.0
    top = _head(title, width) + keys + 10
    with own_style():
        page = Page(width, top + sum(block.height for block in blocks) + 12 * len(lines) + 6)
        _title(page, title)
        _shades(page, _head(title, width), most)
        y = top
        for block in blocks:
            for x, words, align in block.names:
                page.text(x, y + 9, words, size=_SMALL, colour=MUTED, align=align)
            for row_y, words in block.rows:
                page.text(0, y + row_y, words, size=_SMALL, colour=MUTED)
            for x, cell_y, size_x, size_y, place in block.cells:
                count = int(found.counts[place])
                if count:
                    page.bar(x, y + cell_y, size_x, size_y, HEAT[_step(count, most)])
                else:
                    page.frame(x + 0.3, y + cell_y + 0.3, size_x - 0.6, size_y - 0.6, GRID)
            y += block.height
        for number, words in enumerate(lines):
            page.text(0, y + 10 + 12 * number, words, size=_SMALL, colour=MUTED)
    return page


def network(found: Network, names: Mapping[str, str], width: float, title: str | None = None) -> Page:
    """The parties of a network on a circle: dots by number of events, lines by events between two, coloured by conflict."""
    shown = [_short(names.get(code, code), code) for code, _ in found.nodes]
    label = max(text_width(words, _LABEL) for words in shown)
    radius = min((width - 2 * label - 30) / 2, 190.0)
    keys = _flow(
        [
            (QUAD_COLOURS[2], "mostly cooperation"),
            (MUTED, "mixed"),
            (QUAD_COLOURS[4], "mostly conflict"),
        ],
        width,
    )
    head = _head(title, width)
    top = head + 16 * len(keys) + 24
    middle_x, middle_y = width / 2, top + radius + 8
    most_line = max(line.events for line in found.lines)
    most_node = max(events for _, events in found.nodes)
    place: dict[str, tuple[float, float]] = {}
    with own_style():
        page = Page(width, middle_y + radius + 26)
        _title(page, title)
        _legend(page, keys, head)
        for number, ((code, events), words) in enumerate(zip(found.nodes, shown, strict=True)):
            angle = 2 * math.pi * number / len(found.nodes) - math.pi / 2
            x, y = middle_x + radius * math.cos(angle), middle_y + radius * math.sin(angle)
            place[code] = (round(x, 2), round(y, 2))
            size = max(2.2, 9.0 * math.sqrt(events / most_node))
            away = size + 5
            is_side = abs(math.cos(angle)) > 0.05
            align = ("left" if math.cos(angle) > 0 else "right") if is_side else "center"
            text_y = y + away * math.sin(angle) + (3.2 if is_side else (8.0 if math.sin(angle) > 0 else -1.0))
            page.text(round(x + away * math.cos(angle), 2), round(text_y, 2), words, size=_LABEL, align=align)
            page.dot(round(x, 2), round(y, 2), round(size, 2), DOT)
        for line in found.lines:
            one, other = place[line.one], place[line.other]
            # Lines bend towards the middle, so that they do not run along the circle.
            bend = tuple(
                round(m + ((a + b) / 2 - m) * 0.35, 2) for a, b, m in zip(one, other, (middle_x, middle_y), strict=True)
            )
            thick = round(0.7 + 4.3 * math.sqrt(line.events / most_line), 2)
            page.curve(one, (bend[0], bend[1]), other, _tendency(line.conflict), thick, 0.62)
    return page


@dataclass(frozen=True, slots=True)
class _Block:
    """A part of the calendar: names above, names at the left, and cells with the place of their count."""

    height: float
    names: list[tuple[float, str, str]]
    rows: list[tuple[float, str]]
    cells: list[tuple[float, float, float, float, int]]


def _calendar_blocks(found: Coverage, width: float) -> list[_Block]:
    if found.cell == "day":
        return _day_blocks(found, width)
    left, gap = 34.0, 2.0
    per_row = 12 if found.cell == "month" else 10
    size = (width - left) / per_row
    high = min(max(size * 0.5, 11.0), 17.0)
    columns = [
        (left + (n + 0.5) * size, _name(pd.Timestamp(2000, n + 1, 1), "%b") if per_row == 12 else f"…{n}", "center")
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
                words = _name(start, "%b %Y" if start.month == 1 or not names else "%b")
                if x >= free and x + text_width(words, _SMALL) <= width:
                    names.append((x, words, "left"))
                    free = x + text_width(words, _SMALL) + 5
            cells.append((x + 0.7, 15 + start.weekday() * size + 0.7, size - 1.4, size - 1.4, place))
        rows = [
            (15 + day * size + size / 2 + 3.2, words) for day, words in ((0, "Mon"), (2, "Wed"), (4, "Fri"), (6, "Sun"))
        ]
        blocks.append(_Block(15 + 7 * size + 12, names, rows, cells))
    return blocks


def _shades(page: Page, top: float, most: int) -> None:
    """The key of a calendar: no event, and the shades from one event to the most."""
    page.frame(0.3, top + 2.3, 9, 9, GRID)
    page.text(14, top + 10, "no event", size=_SMALL, colour=MUTED)
    x = 14 + text_width("no event", _SMALL) + 16
    page.text(x, top + 10, "1", size=_SMALL, colour=MUTED)
    x += text_width("1", _SMALL) + 5
    steps = sorted({_step(count, most) for count in range(1, most + 1)}) if most < 500 else list(range(len(HEAT)))
    for step in steps:
        page.bar(x, top + 2, 9, 9, HEAT[step])
        x += 11
    page.text(x + 3, top + 10, f"{most:,} events" if most != 1 else "event", size=_SMALL, colour=MUTED)


def _gaps(found: Coverage) -> str:
    total = len(found.counts)
    if not found.empty:
        return f"Every {found.cell} from the first event to the last has events."
    since = found.gap_start
    when = (
        _name(since, "%d %b %Y").lstrip("0")
        if found.cell == "day"
        else _name(since, "%b %Y" if found.cell == "month" else "%Y")
    )
    length = f"{found.longest_gap:,} {found.cell}{'s' if found.longest_gap != 1 else ''}"
    have = "has" if found.empty == 1 else "have"
    return f"{found.empty:,} of {total:,} {found.cell}s {have} no event; the longest gap is {length}, from {when}."


def _tendency(conflict: float | None) -> str:
    if conflict is None or 0.4 <= conflict <= 0.6:
        return MUTED
    return QUAD_COLOURS[4] if conflict > 0.6 else QUAD_COLOURS[2]


def _short(name: str, code: str) -> str:
    return name if len(name) <= 14 else code


def _bars(
    rows: Sequence[tuple[str, int, str, int | None]],
    width: float,
    title: str | None,
    legend: list[tuple[str, str]] | None,
) -> Page:
    """Horizontal bars: a name left of each, its count and percent right of it."""
    counts = [f"{count:,}" for _, count, _, _ in rows]
    names = [wrap(name, width * 0.46) for name, *_ in rows]
    left = max(text_width(line) for lines in names for line in lines) + 9
    most = max(max(count for _, count, _, _ in rows), 1)
    # The longest bar that leaves room for the numbers behind each of them.
    behind = [text_width(words) + text_width(row[2], _SMALL) + 14 for words, row in zip(counts, rows, strict=True)]
    room = min((width - left - need) * most / max(row[1], 1) for need, row in zip(behind, rows, strict=True))
    keys = _flow(legend, width) if legend else []
    head = _head(title, width)
    top = head + len(keys) * 16 + (8 if keys else 2)
    heights = [max(22.0, len(lines) * 12.0 + 9) for lines in names]
    with own_style():
        page = Page(width, top + sum(heights) + 4)
        _title(page, title)
        _legend(page, keys, head)
        y = top
        page.line([(left, top), (left, top + sum(heights))], MUTED)
        for (_, count, percent, quad_class), lines, words, height in zip(rows, names, counts, heights, strict=True):
            middle = y + height / 2
            for number, part in enumerate(lines):
                page.text(left - 8, middle + 3.6 + 12 * (number - (len(lines) - 1) / 2), part, align="right")
            length = room * count / most
            if count:
                page.bar(left + 0.5, middle - 6.5, max(length, 1.0), 13, QUAD_COLOURS[quad_class])
            page.text(left + length + 6, middle + 3.6, words)
            after = left + length + 12 + text_width(words)
            page.text(after, middle + 3.4, percent, size=_SMALL, colour=MUTED)
            y += height
    return page


def _time_axis(page: Page, starts: pd.Series, unit: Unit, left: float, slot: float, base: float) -> None:
    for place, upper, lower in _ticks_of(starts, unit, slot):
        x = left + (place + 0.5) * slot
        page.line([(x, base), (x, base + 3.5)], MUTED)
        page.text(x, base + 14, upper, size=_SMALL, colour=MUTED, align="center")
        if lower:
            page.text(x - text_width(upper, _SMALL) / 2, base + 26, lower, size=_SMALL, colour=INK)


def _ticks_of(starts: pd.Series, unit: Unit, slot: float) -> list[tuple[int, str, str]]:
    return time_ticks([pd.Timestamp(start) for start in starts], unit, slot)


def _foot(starts: pd.Series, unit: Unit, slot: float) -> float:
    """The room that the names under a time axis take: one line, or two."""
    return 30.0 if any(lower for *_, lower in _ticks_of(starts, unit, slot)) else 18.0


def time_ticks(days: Sequence[pd.Timestamp], unit: Unit, slot: float) -> list[tuple[int, str, str]]:
    """Which periods to name under a time axis: place, upper line, and lower line where month or year is new.

    days are the first days of consecutive periods, slot their distance in points. Steps are round (every 5 years,
    every January, every Monday's distance), and as small as the names leave room for.
    """
    if unit == "year":
        step = _fitting((1, 2, 5, 10, 20, 25, 50, 100), slot, 32)
        ticks = [(place, str(day.year), "") for place, day in enumerate(days) if day.year % step == 0]
        return ticks or [(0, str(days[0].year), "")]
    if unit == "month":
        if slot * 6 < 30:
            step = _fitting((1, 2, 5, 10), slot * 12, 32)
            named = [(p, day) for p, day in enumerate(days) if day.month == 1 and day.year % step == 0]
            return [(place, str(day.year), "") for place, day in named]
        step = _fitting((1, 2, 3, 6), slot, 30)
        shown = [place for place, day in enumerate(days) if (day.month - 1) % step == 0] or [0]
        return _with_new(shown, days, "%b", "%Y")
    step = _fitting((1, 2, 7, 14), slot, 18)
    return _with_new(list(range(0, len(days), step)), days, "%d", "%b %Y")


def _with_new(shown: list[int], days: Sequence[pd.Timestamp], upper: str, lower: str) -> list[tuple[int, str, str]]:
    ticks: list[tuple[int, str, str]] = []
    last = ""
    for place in shown:
        new = _name(days[place], lower)
        ticks.append((place, _name(days[place], upper).lstrip("0"), new if new != last else ""))
        last = new
    return ticks


def _name(day: pd.Timestamp | None, form: str) -> str:
    if day is None:
        return ""
    # strftime follows the machine's language; the figure's words are English everywhere.
    month = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")[day.month - 1]
    return form.replace("%b", month).replace("%Y", str(day.year)).replace("%d", str(day.day))


def _fitting(steps: Sequence[int], slot: float, room: float) -> int:
    return next((step for step in steps if step * slot >= room), steps[-1])


def _slot(plot: float, count: int) -> float:
    # A few bars stay slim and start at the left, rather than becoming walls.
    return plot / max(count, 6)


def _step(count: int, most: int) -> int:
    # In a small set, where the most is 2 or 3, the darkest shade would claim too much.
    return min(len(HEAT) - 1, int(math.log(count) / math.log(max(most, 8)) * (len(HEAT) - 1) + 1e-9))


def _most_frequent(table: pd.DataFrame, side: str) -> list[str]:
    sums = table.groupby(side, observed=True)["events"].sum().reset_index()
    order = sums.sort_values(["events", side], ascending=[False, True], kind="stable")
    return [str(code) for code in order[side].head(SHOWN_IN_HEAT_MAP)]


def _root_name(row: Mapping[object, object]) -> str:
    return code_and_label(str(row["root"]), row["label"])


def _named(value: object, otherwise: str) -> str:
    return otherwise if pd.isna(value) else str(value)  # type: ignore[call-overload]


def _class_of(value: object) -> int | None:
    return None if pd.isna(value) else int(value)  # type: ignore[call-overload]


def _percent(share: float) -> str:
    return "under 1%" if 0 < share < 0.01 else f"{share:.0%}"


def _head(title: str | None, width: float) -> float:
    return len(wrap(title, width, TITLE_SIZE, is_bold=True)) * 17.0 + 8 if title else 0.0


def _title(page: Page, title: str | None) -> None:
    for number, line in enumerate(wrap(title, page.width, TITLE_SIZE, is_bold=True) if title else []):
        page.text(0, 12 + 17 * number, line, size=TITLE_SIZE, is_bold=True)


def _flow(items: Sequence[tuple[str, str]], width: float) -> list[list[tuple[float, str, str]]]:
    """Legend entries in lines: x, colour and words of each."""
    lines: list[list[tuple[float, str, str]]] = [[]]
    x = 0.0
    for colour, words in items:
        need = 14 + text_width(words, _SMALL)
        if lines[-1] and x + need > width:
            lines.append([])
            x = 0.0
        lines[-1].append((x, colour, words))
        x += need + 14
    return lines


def _legend(page: Page, lines: Sequence[Sequence[tuple[float, str, str]]], top: float) -> None:
    for number, line in enumerate(lines):
        for x, colour, words in line:
            y = top + 16 * number
            page.bar(x, y + 2, 9, 9, colour)
            page.text(x + 14, y + 10, words, size=_SMALL, colour=MUTED)
