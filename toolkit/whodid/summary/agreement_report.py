"""An agreement as one HTML page that stands alone, with its tables and its figure beside it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup

from whodid import __version__
from whodid.atomic import write_all
from whodid.codebook.model import Action, Codebook
from whodid.codebook.render import marked_html
from whodid.reliability.agree import ALL, MATCHED, PERCENT, STATISTICS, Agreement
from whodid.reliability.agreement_json import agreement_json
from whodid.reliability.bootstrap import about_intervals
from whodid.reliability.plain_tables import table_csv
from whodid.summary.agreement_figure import confusion_figure
from whodid.summary.drawing import palette, to_png, to_svg
from whodid.summary.report import DARK

TITLE = "Agreement between coders"
FIGURE_TITLE = "Roots given to the same event"
HEADINGS = {
    "percent_agreement": "Agreement",
    "cohen_kappa": "Cohen's kappa",
    "fleiss_kappa": "Fleiss' kappa",
    "krippendorff_alpha": "Krippendorff's alpha",
    "krippendorff_alpha_distance": "Alpha by distance",
    "gwet_ac1": "Gwet's AC1",
}
_NARROW, _WIDE, _PAPER = 292.0, 660.0, 660.0
_EXAMPLES = 2


def write_agreement(found: Agreement, out: Path | str, *, codebook: Codebook, title: str = TITLE) -> dict[str, Path]:
    """Write an agreement into the folder `out`, and say where its files are, by name.

    agreement.html, the page to read; agreement.json, all values; scores.csv, found.csv, disagreements.csv and
    confused.csv, the tables; judgements.csv, every judgement by unit, from which all can be recomputed; confusion.png,
    the figure (not without judgements of actions; one of an earlier run is then removed). The same agreement gives the
    same bytes. Raises OutputError where a file cannot be written.
    """
    folder = Path(out)
    tables = {
        "scores": found.scores,
        "found": found.found,
        "disagreements": found.disagreements,
        "confused": found.most_confused(),
        "judgements": found.judgements(),
    }
    paths = {name: folder / f"{name}.csv" for name in tables}
    files = {paths[name]: table_csv(table).encode() for name, table in tables.items()}
    paths["json"] = folder / "agreement.json"
    files[paths["json"]] = agreement_json(found).encode()
    figure = folder / "confusion.png"
    if len(found.disagreements):
        paths["confusion"] = figure
        files[figure] = to_png(confusion_figure(found.disagreements, _PAPER, FIGURE_TITLE))
    # The page comes last: whoever sees it finds the files that it speaks of.
    paths["page"] = folder / "agreement.html"
    write_all({**files, paths["page"]: agreement_html(found, codebook, title).encode()})
    if figure not in files:
        figure.unlink(missing_ok=True)
    return paths


def agreement_html(found: Agreement, codebook: Codebook, title: str = TITLE) -> str:
    """The page: all coders, each pair, the figure, and the pairs of codes that are confused most, with their entries.

    Everything that comes from data or codebook is escaped; the page loads nothing from anywhere.
    """
    environment = jinja2.Environment(
        autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=jinja2.StrictUndefined
    )
    environment.filters.update(count=lambda number: f"{number:,}")
    template = environment.from_string(files("whodid.summary").joinpath("agreement.html.j2").read_text("utf-8"))
    rendered = template.render(
        title=title,
        # The colours are constants of this package; nothing from the data goes into CSS.
        light=Markup(palette()),
        dark=Markup(palette(DARK)),
        found=found,
        units=found.units,
        key=_key(found),
        headings=HEADINGS,
        tables=[(choice, _table(found, choice)) for choice in (ALL, MATCHED)],
        pairs=_pairs(found),
        svgs=_svgs(found),
        figure_title=FIGURE_TITLE,
        confused=_confused(found, codebook),
        marked=marked_html,
        about=about_intervals(found.resampling, "In small print"),
        codebook=codebook,
        version=__version__,
    )
    return rendered.rstrip("\n") + "\n"


def _key(found: Agreement) -> list[tuple[str, dict[str, str]]]:
    """The figures that a reader asks for first."""
    asked = [
        ("Events found alike (F1)", None),
        ("Action, alpha by distance", ("action", "code", "krippendorff_alpha_distance")),
        ("Action root, alpha", ("action", "root", "krippendorff_alpha")),
        ("Whole event, alpha by distance", ("event", "code", "krippendorff_alpha_distance")),
    ]
    out = []
    for name, key in asked:
        if key is None:
            lines = found.found[found.found["coder"].isna()].rename(columns={"f1": "value"})
        else:
            own = found.scores[found.scores["coder"].isna() & (found.scores["units"] == ALL)]
            part, level, statistic = key
            lines = own[(own["part"] == part) & (own["level"] == level) & (own["statistic"] == statistic)]
        out.append((name, _cell(lines.iloc[0].to_dict()) if len(lines) else _cell({})))
    return out


def _table(found: Agreement, choice: str) -> list[dict[str, Any]]:
    """The lines of all coders, with a cell for each statistic."""
    own = found.scores[found.scores["coder"].isna() & (found.scores["units"] == choice)]
    lines: dict[tuple[str, str], dict[str, Any]] = {}
    for row in own.to_dict("records"):
        line = lines.setdefault(
            (row["part"], row["level"]),
            {"part": row["part"], "level": row["level"], "n_units": row["n_units"], "cells": {}, "is_first": False},
        )
        line["cells"][row["statistic"]] = _cell(row)
    seen: set[str] = set()
    for line in lines.values():
        line["is_first"] = line["part"] not in seen
        seen.add(line["part"])
        line["cells"] = [line["cells"][name] for name in STATISTICS]
    return list(lines.values())


def _pairs(found: Agreement) -> list[dict[str, Any]]:
    """Each pair: what both found, and the reliability of actions and whole events."""
    out = []
    for row in found.found[found.found["coder"].notna()].to_dict("records"):
        own = found.scores[(found.scores["coder"] == row["coder"]) & (found.scores["other"] == row["other"])]
        cells = []
        for choice, part, level in (
            (ALL, "action", "code"), (MATCHED, "action", "code"), (MATCHED, "action", "root"), (MATCHED, "event", "code"),
        ):  # fmt: skip
            is_it = (own["units"] == choice) & (own["part"] == part) & (own["level"] == level)
            line = own[is_it & (own["statistic"] == "krippendorff_alpha_distance")]
            cells.append(_cell(line.iloc[0].to_dict()))
        counts = {name: int(row[name]) for name in ("n_articles", "n_coder", "n_other", "n_both")}
        found_alike = _cell({"value": row["f1"], "low": row["low"], "high": row["high"], "note": None})
        out.append({"coder": row["coder"], "other": row["other"], **counts, "cells": [found_alike, *cells]})
    return out


def _cell(row: Mapping[Any, Any]) -> dict[str, str]:
    """value, interval and why, as words; a value that is not there is a dash."""
    value, low, high = (float(row.get(name, math.nan)) for name in ("value", "low", "high"))
    form = percentage if row.get("statistic") == PERCENT else coefficient
    note = row.get("note")
    return {
        "value": "–" if math.isnan(value) else form(value),
        "interval": "" if math.isnan(low) else f"{form(low)} to {form(high)}",
        "why": note if isinstance(note, str) else "",
    }


def coefficient(value: float) -> str:
    """A coefficient to three decimals, with a minus sign that is one."""
    return f"{value:.3f}".replace("-0.000", "0.000").replace("-", "−")


def percentage(value: float) -> str:
    """A share as percent, to one decimal."""
    return f"{value:.1%}"


def _svgs(found: Agreement) -> dict[str, Markup]:
    if not len(found.disagreements):
        return {}
    description = f"{FIGURE_TITLE}: counts of pairs of judgements; the same numbers are in disagreements.csv."
    pages = {
        "wide": confusion_figure(found.disagreements, _WIDE),
        "narrow": confusion_figure(found.disagreements, _NARROW),
    }
    return {name: Markup(to_svg(page, f"confusion-{name}", description)) for name, page in pages.items()}


def _confused(found: Agreement, codebook: Codebook) -> list[dict[str, Any]]:
    """The pairs of codes with their entries; None for a code that the codebook does not have."""
    out = []
    for row in found.most_confused().to_dict("records"):
        sides: list[tuple[str, Action | None]] = [
            (row[side], codebook.actions.get(row[side])) for side in ("action", "other")
        ]
        out.append({"n": row["n"], "share": f"{row['share']:.0%}", "sides": sides, "examples": _EXAMPLES})
    return out
