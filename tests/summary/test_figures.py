"""Figures: ticks that fit, nothing across the edge, the same bytes each time."""

from __future__ import annotations

import re
from datetime import date

import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg

from whodid.codebook.model import Codebook
from whodid.events.enrich import enrich
from whodid.summary import figures, tables
from whodid.summary.drawing import Page, own_style, to_png, to_svg, wrap
from whodid.summary.periods import all_periods, fitting_unit
from whodid.summary.time_axis import time_ticks


def days(first: str, count: int, unit: str) -> list[pd.Timestamp]:
    return [pd.Timestamp(day) for day in pd.date_range(first, periods=count, freq=unit)]


def pages(frame: pd.DataFrame, codebook: Codebook, width: float) -> dict[str, Page]:
    enriched = enrich(frame, codebook)
    unit, names = fitting_unit(enriched["date"], finest="day"), codebook.meta.quad_class_names
    return {
        "time": figures.events_over_time(tables.over_time(enriched, unit), unit, names, width, "Events"),
        "goldstein": figures.goldstein_over_time(tables.goldstein_over_time(enriched, unit), unit, width, "Scores"),
        "quad": figures.quad_class_shares(tables.by_quad_class(enriched, codebook), width, "Classes"),
        "roots": figures.roots(tables.by_root(enriched, codebook), names, width, "Roots"),
        "dyads": figures.dyads(tables.by_dyad(enriched), width, "Dyads"),
    }


def spread(make_events, years: int) -> pd.DataFrame:
    """120 events over some years, with every root, two actions outside the codebook and long actor codes."""
    first = np.datetime64("1985-01-01")
    span = [(first + np.timedelta64(int(years * 365 * n / 119), "D")).astype(date) for n in range(120)]
    places = ("KOR", "RUS", "UKR", "USA", "CHN", "KEN", "SDN", "FRA", "DEU", "JPN", "IND", "EGY", "IRQ")
    return make_events(
        actor=[f"{places[n % 13]}{'GOVMIL' if n % 3 else 'GOVPTYMOD'}" for n in range(120)],
        target=[f"{places[n * n % 13]}{'OPPPTY' if n % 2 else ''}" for n in range(120)],
        action=[f"{n % 22 + 1:02d}" for n in range(120)],
        date=span,
    )


@pytest.mark.parametrize("years", [0, 1, 10, 39])
@pytest.mark.parametrize("width", [292.0, 500.0, 660.0])
def test_no_words_of_a_figure_cross_its_edge_or_another_word(make_events, codebook, years, width):
    for name, page in pages(spread(make_events, years), codebook, width).items():
        with own_style():
            renderer = FigureCanvasAgg(page.figure).get_renderer()
            texts = [t for t in page._axes.texts if t.get_text()]
            boxes = [(t.get_text(), t.get_rotation(), t.get_window_extent(renderer)) for t in texts]
        box = page.figure.bbox
        for words, _, extent in boxes:
            assert box.x0 <= extent.x0 < extent.x1 <= box.x1, (name, words)
            assert box.y0 <= extent.y0 < extent.y1 <= box.y1, (name, words)
        level = [(words, extent) for words, rotation, extent in boxes if not rotation]
        for number, (words, extent) in enumerate(level):
            for other, second in level[number + 1 :]:
                across = min(extent.x1, second.x1) - max(extent.x0, second.x0)
                down = min(extent.y1, second.y1) - max(extent.y0, second.y0)
                assert across <= 1 or down <= 3, (name, words, other)


def test_one_month_is_named_by_day_and_its_month_once():
    ticks = time_ticks(days("2024-06-02", 27, "D"), "day", 10.0)
    assert [upper for _, upper, _ in ticks][:3] == ["2", "4", "6"]
    assert [lower for *_, lower in ticks if lower] == ["Jun 2024"]


def test_a_year_of_months_names_each_new_year():
    ticks = time_ticks(days("2023-11-01", 4, "MS"), "month", 40.0)
    assert ticks == [(0, "Nov", "2023"), (1, "Dec", ""), (2, "Jan", "2024"), (3, "Feb", "")]


def test_many_months_are_named_by_their_januaries():
    ticks = time_ticks(days("2018-03-01", 76, "MS"), "month", 3.5)
    assert [upper for _, upper, _ in ticks] == ["2019", "2020", "2021", "2022", "2023", "2024"]


def test_forty_years_are_named_in_round_steps():
    ticks = time_ticks(days("1983-01-01", 42, "YS"), "year", 7.0)
    assert [upper for _, upper, _ in ticks] == [str(year) for year in range(1985, 2025, 5)]


def test_every_period_between_the_first_and_the_last_is_there():
    dates = pd.Series(pd.to_datetime(["2023-11-30", "2024-02-01"]))
    assert [str(p) for p in all_periods(dates, "month")] == ["2023-11", "2023-12", "2024-01", "2024-02"]
    assert len(all_periods(dates.iloc[:0], "month")) == 0


def test_the_same_table_gives_the_same_svg_and_png_whatever_styles_the_user_has_set(make_events, codebook):
    frame = spread(make_events, 3)
    first = {n: (to_svg(p, n, "d"), to_png(p)) for n, p in pages(frame, codebook, 292.0).items()}
    with mpl.rc_context({"font.size": 30, "svg.fonttype": "path", "axes.facecolor": "red"}):
        again = {n: (to_svg(p, n, "d"), to_png(p)) for n, p in pages(frame, codebook, 292.0).items()}
        assert mpl.rcParams["font.size"] == 30
    assert first == again


def test_an_svg_holds_no_address_and_no_date_and_its_colours_follow_the_page(make_events, codebook):
    for name, page in pages(spread(make_events, 3), codebook, 292.0).items():
        svg = to_svg(page, name, 'what "it" shows & says')
        assert not re.search("http|<metadata|<style", svg)
        assert 'aria-label="what &quot;it&quot; shows &amp; says"' in svg
        assert "var(--ink)" in svg
        assert "#1d2026" not in svg


def test_words_from_the_codebook_are_escaped_in_an_svg(make_events, codebook):
    action = codebook.actions["11"].model_copy(update={"label": "<script>$x$ & more"})
    hostile = codebook.model_copy(update={"actions": {**codebook.actions, "11": action}})
    svg = to_svg(pages(make_events(), hostile, 500.0)["roots"], "roots", "d")
    assert "&lt;script&gt;$x$ &amp; more" in svg


def test_lines_break_at_spaces_only_and_a_long_word_stays_whole():
    assert wrap("one two", 1000) == ["one two"]
    assert wrap("one two", 1) == ["one", "two"]
    assert wrap("", 10) == []
