"""Drawing in points: a page with text, bars and dots at given places, as SVG for the report or as PNG for a paper.

The figures are laid out by hand, from measured text, so that nothing overlaps at any width. pyplot is not used: no
figure is left behind in a notebook, and a user's own style settings change nothing here.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager

import matplotlib as mpl
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.lines import Line2D
from matplotlib.patches import Circle, PathPatch, Rectangle
from matplotlib.path import Path
from matplotlib.textpath import TextToPath

# Colours by their place in a drawing. In the report's SVG each becomes a CSS variable of the same name, so that one
# drawing reads well on white and on black; elsewhere they are what they say. No two may be equal.
INK, MUTED, FAINT, GRID, SURFACE, DOT = "#1d2026", "#5b626e", "#b3b9c4", "#dcdfe5", "#fefefe", "#4d5b75"
# Okabe and Ito's colours (2008), which people with any common colour blindness tell apart: cooperation is blue,
# conflict orange, and what is material is the darker of the two.
QUAD_COLOURS = {1: "#56b4e9", 2: "#0072b2", 3: "#e69f00", 4: "#d55e00", None: "#9aa1ad"}
HEAT = ("#e4eff9", "#bcd7ef", "#86b8e0", "#4a92cb", "#1f6bb0", "#0b417f")
HEAT_INK = ("#1d2027", "#1d2028", "#1d2029", "#fefefc", "#fefefb", "#fefefa")
_NAMES = {
    INK: "ink",
    MUTED: "muted",
    FAINT: "faint",
    GRID: "grid",
    SURFACE: "surface",
    DOT: "dot",
    **{colour: f"quad-{value or 0}" for value, colour in QUAD_COLOURS.items()},
    **{colour: f"heat-{step}" for step, colour in enumerate(HEAT)},
    **{colour: f"heat-ink-{step}" for step, colour in enumerate(HEAT_INK)},
}

TEXT_SIZE = 10.0
TITLE_SIZE = 12.5
MARGIN = 8.0
_POINTS = 72.0
_PNG_DPI = 200
_SETTINGS = {
    "font.family": ["DejaVu Sans"],  # it comes with matplotlib: the same on every machine
    "svg.fonttype": "none",
    "svg.hashsalt": "whodid",
    "text.parse_math": False,  # a label may hold a dollar sign
    "text.hinting": "none",  # letters as wide as they were measured
    "path.simplify": False,
}
_MEASURE = TextToPath()


class Page:
    """A figure measured in points, x from the left edge and y from the top, with a margin around it."""

    def __init__(self, width: float, height: float) -> None:
        self.width, self.height = width, height
        self.figure = Figure(figsize=((width + 2 * MARGIN) / _POINTS, (height + 2 * MARGIN) / _POINTS), dpi=_POINTS)
        self._axes = self.figure.add_axes((0, 0, 1, 1))
        self._axes.set(xlim=(-MARGIN, width + MARGIN), ylim=(height + MARGIN, -MARGIN))
        self._axes.axis("off")
        self.figure.patch.set_visible(False)

    def text(
        self,
        x: float,
        y: float,
        words: str,
        *,
        size: float = TEXT_SIZE,
        colour: str = INK,
        align: str = "left",
        is_bold: bool = False,
        rotation: float = 0.0,
    ) -> None:
        """Words whose base line is at y."""
        self._axes.text(
            x,
            y,
            words,
            fontsize=size,
            color=colour,
            horizontalalignment=align,
            verticalalignment="baseline",
            fontweight="bold" if is_bold else "normal",
            rotation=rotation,
            rotation_mode="anchor",
        )

    def bar(self, x: float, y: float, width: float, height: float, colour: str) -> None:
        """A filled rectangle with its upper left corner at x, y."""
        self._axes.add_patch(Rectangle((x, y), width, height, facecolor=colour, linewidth=0, clip_on=False))

    def dot(self, x: float, y: float, radius: float, colour: str) -> None:
        """A filled circle with a thin rim that keeps neighbours apart."""
        circle = Circle((x, y), radius, facecolor=colour, edgecolor=SURFACE, linewidth=0.6, clip_on=False)
        circle.set_zorder(3)
        self._axes.add_patch(circle)

    def curve(
        self,
        start: tuple[float, float],
        bend: tuple[float, float],
        end: tuple[float, float],
        colour: str,
        width: float,
        opacity: float = 1.0,
    ) -> None:
        """A smooth line from start to end, pulled towards bend."""
        path = Path([start, bend, end], [Path.MOVETO, Path.CURVE3, Path.CURVE3])
        patch = PathPatch(path, facecolor="none", edgecolor=colour, linewidth=width, alpha=opacity, clip_on=False)
        patch.set_capstyle("round")
        patch.set_zorder(1)
        self._axes.add_patch(patch)

    def frame(self, x: float, y: float, width: float, height: float, colour: str) -> None:
        """The outline of a rectangle."""
        patch = Rectangle((x, y), width, height, facecolor="none", edgecolor=colour, linewidth=0.6, clip_on=False)
        self._axes.add_patch(patch)

    def line(self, points: list[tuple[float, float]], colour: str, width: float = 0.8) -> None:
        """A line through points."""
        xs, ys = [x for x, _ in points], [y for _, y in points]
        self._axes.add_line(Line2D(xs, ys, color=colour, linewidth=width, clip_on=False, zorder=0.5))


@contextmanager
def own_style() -> Iterator[None]:
    """matplotlib's defaults and our few settings, whatever the user has set; theirs are back afterwards."""
    with mpl.rc_context():
        mpl.rcdefaults()
        mpl.rcParams.update(_SETTINGS)  # type: ignore[arg-type]
        yield


def text_width(words: str, size: float = TEXT_SIZE, *, is_bold: bool = False) -> float:
    """The width of words in points."""
    font = FontProperties(family=["DejaVu Sans"], size=size, weight="bold" if is_bold else "normal")
    width, _, _ = _MEASURE.get_text_width_height_descent(words, font, ismath=False)
    return float(width)


def wrap(words: str, room: float, size: float = TEXT_SIZE, *, is_bold: bool = False) -> list[str]:
    """The words in lines that are no wider than room, broken at spaces only."""
    lines: list[str] = []
    for word in words.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(longer, size, is_bold=is_bold) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def to_svg(page: Page, name: str, description: str) -> str:
    """The page as an SVG element to stand inside HTML: no prolog, no addresses, colours as CSS variables.

    name keeps its ids apart from those of other drawings in the same document; description is what a screen reader
    says. The same page gives the same text.
    """
    buffer = io.StringIO()
    with own_style():
        FigureCanvasSVG(page.figure).print_svg(buffer, metadata={"Date": None})  # type: ignore[no-untyped-call]
    text = buffer.getvalue()
    text = text[text.index("<svg") :]
    text = re.sub(r"<metadata>.*?</metadata>\s*", "", text, flags=re.DOTALL)
    text = re.sub(r"<style[^>]*>.*?</style>\s*", "", text, flags=re.DOTALL)
    text = re.sub(r"<!--.*?-->\s*", "", text, flags=re.DOTALL)
    text = re.sub(r"<defs>\s*</defs>\s*", "", text)
    text = re.sub(r"<svg[^>]*>", _opening(page, name, description), text, count=1)
    text = re.sub(r"\b(?:xlink:)?href=\"#", f'href="#{name}-', text)
    text = re.sub(r"\bid=\"", f'id="{name}-', text)
    text = text.replace("url(#", f"url(#{name}-")
    for colour, variable in _NAMES.items():
        text = text.replace(colour, f"var(--{variable})")
    return text.strip()


def to_png(page: Page) -> bytes:
    """The page as PNG on white, 200 dots to the inch; the same page gives the same bytes."""
    buffer = io.BytesIO()
    with own_style():
        page.figure.patch.set(visible=True, facecolor="white")
        page.figure.set_dpi(_PNG_DPI)
        FigureCanvasAgg(page.figure).print_png(buffer, metadata={"Software": None})  # type: ignore[no-untyped-call]
        page.figure.set_dpi(_POINTS)
        page.figure.patch.set_visible(False)
    return buffer.getvalue()


def palette(theme: dict[str, str] | None = None) -> str:
    """The CSS variables of the colours, as drawn, or with other values for some of the names."""
    other = theme or {}
    return " ".join(f"--{name}: {other.get(name, colour)};" for colour, name in _NAMES.items())


def _opening(page: Page, name: str, description: str) -> str:
    escaped = description.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
    # The page around it has margins of its own; one point is left for what rounding puts across the edge.
    box = f"{MARGIN - 1:g} {MARGIN - 1:g} {page.width + 2:g} {page.height + 2:g}"
    return f'<svg class="{name}" role="img" aria-label="{escaped}" viewBox="{box}">'
