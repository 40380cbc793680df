"""The figures of an event set, drawn from its tables: when, in which quad class, between whom, how cooperative, what.

Each takes a table of summary/tables.py, a width in points and a title (none where the page around it has one), and
gives a Page. None of them may be empty: ask only for tables that have rows.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import pandas as pd
from matplotlib.ticker import MaxNLocator

from whodid.summary.captions import SMALL, legend_lines, put_legend, put_title, shade_of, title_room
from whodid.summary.drawing import (
    DOT,
    FAINT,
    GRID,
    HEAT,
    HEAT_INK,
    MUTED,
    QUAD_COLOURS,
    Page,
    own_style,
    text_width,
    wrap,
)
from whodid.summary.network import Network
from whodid.summary.periods import Unit
from whodid.summary.tables import QUAD_CLASSES, code_and_label
from whodid.summary.time_axis import axis_room, time_axis

UNCLASSED = "no quad class"
SHOWN_IN_HEAT_MAP = 12
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
    left = max(text_width(f"{t:,}", SMALL) for t in ticks) + 7
    plot, high = width - left - 14, min(max(width * 0.34, 150.0), 230.0)
    head, keys = title_room(title, width), legend_lines(legend, width)
    top = head + len(keys) * 16 + 12
    slot = _slot(plot, len(table))
    with own_style():
        page = Page(width, top + high + axis_room(table["start"], unit, slot))
        put_title(page, title)
        put_legend(page, keys, head)

        def y_of(value: float) -> float:
            return top + high * (1 - value / ticks[-1])

        for tick in ticks:
            page.line([(left, y_of(tick)), (left + plot, y_of(tick))], MUTED if tick == 0 else GRID)
            page.text(left - 6, y_of(tick) + 3.2, f"{tick:,}", size=SMALL, colour=MUTED, align="right")
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
        time_axis(page, table["start"], unit, left, slot, top + high)
    return page


def goldstein_over_time(table: pd.DataFrame, unit: Unit, width: float, title: str | None = None) -> Page:
    """The mean Goldstein score per period as dots, their area the number of events, from tables.goldstein_over_time.

    The axis is the whole scale, so that figures of different sets can be laid side by side; a line joins periods that
    follow each other without a gap.
    """
    most = int(table["n"].max())
    largest = min(max((width - 50) / max(len(table), 6), 4.5), 9.0)
    sizes = sorted({1, max(1, round(most / 4)), most})
    left = text_width("+10", SMALL) + 7
    plot, high = width - left - 14, min(max(width * 0.34, 190.0), 250.0)
    head = title_room(title, width)
    key_height = max(16.0, 2 * largest + 4)
    top, pad = head + key_height + 4, 15.0

    slot = _slot(plot, len(table))

    def radius(n: int) -> float:
        return max(1.6, largest * math.sqrt(n / most))

    def y_of(score: float) -> float:
        return top + pad + (high - 2 * pad) * (10 - score) / 20

    with own_style():
        page = Page(width, top + high + axis_room(table["start"], unit, slot))
        put_title(page, title)
        x, middle = 0.0, head + key_height / 2
        for n in sizes:
            page.dot(x + radius(n), middle, radius(n), DOT)
            words = f"{n:,} event{'s' if n != 1 else ''}"
            page.text(x + 2 * radius(n) + 4, middle + 3.4, words, size=SMALL, colour=MUTED)
            x += 2 * radius(n) + 4 + text_width(words, SMALL) + 16
        for tick in (-10, -5, 0, 5, 10):
            page.line([(left, y_of(tick)), (left + plot, y_of(tick))], MUTED if tick == 0 else GRID)
            words = f"+{tick}" if tick > 0 else f"{_MINUS}{-tick}" if tick else "0"
            page.text(left - 6, y_of(tick) + 3.2, words, size=SMALL, colour=MUTED, align="right")
        page.text(left + plot, top + 9, "more cooperation", size=SMALL, colour=MUTED, align="right")
        page.text(left + plot, top + high - 4, "more conflict", size=SMALL, colour=MUTED, align="right")
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
        time_axis(page, table["start"], unit, left, slot, top + high)
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
    left = max(text_width(a, SMALL) for a in [*actors, "actor"]) + 7
    # Codes above the columns lean to the right, so that the last one needs room beyond the grid.
    tallest = max(text_width(t, SMALL) for t in targets) * math.sin(math.radians(55))
    beyond = max(0.0, text_width(targets[-1], SMALL) * math.cos(math.radians(55)) - 8)
    cell = min((width - left - beyond - 2) / len(targets), 40.0)
    row_height = min(max(cell * 0.82, 17.0), 26.0)
    size = SMALL if cell > text_width(f"{most}", SMALL) + 3 else SMALL * (cell - 3) / text_width(f"{most}", SMALL)
    note = f"The grid holds {sum(counts.values()):,} of {total:,} events ({_percent(sum(counts.values()) / total)})."
    lines = wrap(note, width, SMALL)
    top = title_room(title, width) + tallest + 24
    with own_style():
        page = Page(width, top + row_height * len(actors) + 12 + 12 * len(lines))
        put_title(page, title)
        page.text(left - 7, top - 6, "actor", size=SMALL, colour=MUTED, align="right")
        page.text(left + 2, top - tallest - 14, "target", size=SMALL, colour=MUTED)
        for column, target in enumerate(targets):
            x = left + (column + 0.5) * cell + 3
            page.text(x, top - 6, target, size=SMALL, rotation=55)
        for line, actor in enumerate(actors):
            y = top + line * row_height
            page.text(left - 7, y + row_height / 2 + 3.2, actor, size=SMALL, align="right")
            for column, target in enumerate(targets):
                x, count = left + column * cell, counts.get((actor, target), 0)
                if count:
                    step = shade_of(count, most)
                    page.bar(x + 0.6, y + 0.6, cell - 1.2, row_height - 1.2, HEAT[step])
                    words, middle = f"{count}", y + row_height / 2 + size * 0.36
                    page.text(x + cell / 2, middle, words, size=size, colour=HEAT_INK[step], align="center")
                else:
                    page.bar(x + cell / 2 - 0.8, y + row_height / 2 - 0.8, 1.6, 1.6, GRID)
        for number, words in enumerate(lines):
            y = top + row_height * len(actors) + 16 + 12 * number
            page.text(0, y, words, size=SMALL, colour=MUTED)
    return page


def network(found: Network, names: Mapping[str, str], width: float, title: str | None = None) -> Page:
    """The parties of a network on a circle: dots by number of events, lines by events between two, coloured by conflict."""
    shown = [_short(names.get(code, code), code) for code, _ in found.nodes]
    label = max(text_width(words, _LABEL) for words in shown)
    radius = min((width - 2 * label - 30) / 2, 190.0)
    keys = legend_lines(
        [
            (QUAD_COLOURS[2], "mostly cooperation"),
            (MUTED, "mixed"),
            (QUAD_COLOURS[4], "mostly conflict"),
        ],
        width,
    )
    head = title_room(title, width)
    top = head + 16 * len(keys) + 24
    middle_x, middle_y = width / 2, top + radius + 8
    most_line = max(line.events for line in found.lines)
    most_node = max(events for _, events in found.nodes)
    place: dict[str, tuple[float, float]] = {}
    with own_style():
        page = Page(width, middle_y + radius + 26)
        put_title(page, title)
        put_legend(page, keys, head)
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
    behind = [text_width(words) + text_width(row[2], SMALL) + 14 for words, row in zip(counts, rows, strict=True)]
    room = min((width - left - need) * most / max(row[1], 1) for need, row in zip(behind, rows, strict=True))
    keys = legend_lines(legend, width) if legend else []
    head = title_room(title, width)
    top = head + len(keys) * 16 + (8 if keys else 2)
    heights = [max(22.0, len(lines) * 12.0 + 9) for lines in names]
    with own_style():
        page = Page(width, top + sum(heights) + 4)
        put_title(page, title)
        put_legend(page, keys, head)
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
            page.text(after, middle + 3.4, percent, size=SMALL, colour=MUTED)
            y += height
    return page


def _slot(plot: float, count: int) -> float:
    # A few bars stay slim and start at the left, rather than becoming walls.
    return plot / max(count, 6)


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
