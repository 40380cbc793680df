"""The figure of an agreement: which roots coders give to the same event, as a triangle of counts."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from whodid.reliability.disagreements import DIFFERENT, LACKING, NO_EVENT, SAME
from whodid.summary.drawing import (
    FAINT,
    GRID,
    HEAT,
    HEAT_INK,
    INK,
    MUTED,
    TITLE_SIZE,
    Page,
    own_style,
    text_width,
    wrap,
)

_SMALL = 9.0
_LEAST_CELL, _MOST_CELL, _ROW = 14.0, 40.0, 20.0


def confusion_figure(disagreements: pd.DataFrame, width: float, title: str | None = None) -> Page:
    """How often two coders give which two roots to one event, from reliability.disagreements; it must have rows.

    A pair of roots stands once: row and column do not say who gave which. The diagonal, in a frame, is agreement; the
    shade of the other cells grows with the count; the last row, without shade, is events that one of two coders lacks.
    The names of the roots stand beside their codes where there is room.
    """
    own = disagreements[disagreements["level"] == "root"]
    labels = {row["action"]: row["action_label"] for row in own.to_dict("records")}
    labels |= {row["other"]: row["other_label"] for row in own.dropna(subset="other").to_dict("records")}
    codes = sorted(labels)
    counts = {
        (row["other"] if row["kind"] != LACKING else NO_EVENT, row["action"]): (int(row["n"]), str(row["kind"]))
        for row in own.to_dict("records")
    }
    rows = [*codes, *([NO_EVENT] if (own["kind"] == LACKING).any() else [])]
    most = max((n for n, kind in counts.values() if kind == DIFFERENT), default=1)
    longest = max(len(f"{n}") for n, _ in counts.values())
    room = max(width * 0.42, width - 5 - _MOST_CELL * len(codes))
    names = {code: _row_name(code, labels.get(code), room) for code in rows}
    if width - _widest(names) < _LEAST_CELL * len(codes):
        names = {code: code for code in rows}
    left = _widest(names)
    cell = min((width - left) / len(codes), _MOST_CELL)
    size = min(_SMALL, _SMALL * (cell - 2) / text_width("0" * longest, _SMALL))
    note = (
        "Counts of pairs of judgements of one event. Framed: the same root. Shaded: different roots, darker where there "
        "are more."
    )
    if NO_EVENT in rows:
        note += " No event: one of the two coders does not have it."
    lines = wrap(note, width, _SMALL)
    head = wrap(title, width, TITLE_SIZE, is_bold=True) if title else []
    top = 17.0 * len(head) + (8 if head else 0)
    foot = top + _ROW * len(rows)
    with own_style():
        page = Page(width, foot + 26 + 12 * len(lines))
        for number, line in enumerate(head):
            page.text(0, 12 + 17 * number, line, size=TITLE_SIZE, is_bold=True)
        for place, name in enumerate(rows):
            y = top + place * _ROW
            middle = y + _ROW / 2 + 3.2
            page.text(
                left - 8, middle, names[name], size=_SMALL, colour=MUTED if name == NO_EVENT else INK, align="right"
            )
            for column, code in enumerate(codes[: place + 1]):
                x = left + column * cell
                n, kind = counts.get((name, code), (0, ""))
                _draw_cell(page, x, y, cell, size, n, kind, most)
        for column, code in enumerate(codes):
            page.text(left + (column + 0.5) * cell, foot + 12, code, size=min(_SMALL, cell * 0.7), align="center")
        for number, line in enumerate(lines):
            page.text(0, foot + 30 + 12 * number, line, size=_SMALL, colour=MUTED)
    return page


def _draw_cell(page: Page, x: float, y: float, cell: float, size: float, n: int, kind: str, most: int) -> None:
    middle, foot = x + cell / 2, y + _ROW / 2 + size * 0.36
    if not n:
        page.bar(middle - 0.8, y + _ROW / 2 - 0.8, 1.6, 1.6, GRID)
        return
    ink = INK
    if kind == DIFFERENT:
        step = min(int(len(HEAT) * n / (most + 1)), len(HEAT) - 1)
        page.bar(x + 0.6, y + 0.6, cell - 1.2, _ROW - 1.2, HEAT[step])
        ink = HEAT_INK[step]
    elif kind == SAME:
        corners = [(x + 1, y + 1), (x + cell - 1, y + 1), (x + cell - 1, y + _ROW - 1), (x + 1, y + _ROW - 1)]
        page.line([*corners, corners[0]], FAINT, 1.0)
    else:
        ink = MUTED
    page.text(middle, foot, f"{n}", size=size, colour=ink, align="center", is_bold=kind == SAME)


def _widest(names: Mapping[str, str]) -> float:
    return max(text_width(name, _SMALL) for name in names.values()) + 8


def _row_name(code: str, label: object, room: float) -> str:
    """Code and label, shortened at a word to the room there is."""
    if code == NO_EVENT or not isinstance(label, str):
        return code
    words = f"{label}".split()
    while len(words) > 1 and text_width(f"{' '.join(words)}…  {code}", _SMALL) > room:
        words.pop()
    shown = " ".join(words)
    return f"{shown if shown == ' '.join(label.split()) else f'{shown}…'}  {code}"
