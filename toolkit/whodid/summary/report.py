"""The report: one HTML file that stands alone, with the tables and figures of an event set beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

import jinja2
import pandas as pd
from markupsafe import Markup

from whodid import __version__
from whodid.articles.model import Article, ArticleSet
from whodid.atomic import write_all
from whodid.codebook.model import Codebook
from whodid.events.enrich import enrich
from whodid.events.schema import SCHEMA_VERSION, is_imported, required_columns
from whodid.events.shape import validate_shape
from whodid.events.table import sort_events
from whodid.formulas import shown
from whodid.summary import figures, tables
from whodid.summary.calendar_figure import calendar
from whodid.summary.code_tree import code_tree
from whodid.summary.coverage import coverage
from whodid.summary.drawing import Page, palette, to_png, to_svg
from whodid.summary.network import Network, network
from whodid.summary.periods import fitting_unit
from whodid.summary.quality import quality
from whodid.summary.sentences import Piece, marked_sentence

TITLE = "Summary of coded events"
TITLE_OF_IMPORTED = "Summary of imported events"
SHOWN_EVENTS = 500
_SHOWN_DYADS = 15
_SHOWN_FIRST = 25
_FEWEST_COUNTRIES = 6
_FEWEST_CELLS = 14
_SHOWN_COUNTRIES = 15
# Widths in points. Letters are 9 to 10 points: a narrow drawing fills half a page on a screen and a telephone's whole
# width, a wide one the whole page; both are then scaled about the same. Paper takes one column and a half.
_NARROW, _WIDE, _PAPER = 292.0, 660.0, 500.0
DARK = {
    "ink": "#e8eaee",
    "muted": "#a4abb8",
    "faint": "#596273",
    "grid": "#343a45",
    "surface": "#1b1e24",
    "dot": "#a9b8d4",
    "quad-1": "#6cc0ef",
    "quad-2": "#2f8fd0",
    "quad-3": "#eab03c",
    "quad-4": "#e2702a",
    "quad-0": "#7c8492",
    **{f"heat-{n}": c for n, c in enumerate(("#1f2f42", "#21425f", "#27597f", "#3577a8", "#5ba0d0", "#a5d0f2"))},
    **{f"heat-ink-{n}": c for n, c in enumerate(("#e8eaee", "#e8eaee", "#f2f4f7", "#ffffff", "#10141a", "#10141a"))},
}


@dataclass(frozen=True, slots=True)
class Summary:
    """What was written: the report to open, and the tables (CSV) and figures (PNG) by name. events counts the rows."""

    report: Path
    tables: dict[str, Path]
    figures: dict[str, Path]
    events: int


@dataclass(frozen=True, slots=True)
class _Figure:
    """One figure of the report: the words beside it, and how to draw it at a width, with a title or without."""

    name: str
    title: str
    note: str
    is_wide: bool
    draw: Any

    @property
    def description(self) -> str:
        return f"{self.title}. {self.note}".strip()


def summarize(
    frame: pd.DataFrame,
    out: Path | str,
    *,
    codebook: Codebook,
    articles: ArticleSet | None = None,
    title: str | None = None,
) -> Summary:
    """Write report.html, tables/*.csv and figures/*.png into the folder `out`, and say where they are.

    frame is a table of coded or of imported events; derived columns are made anew from the codebook, columns that the
    schema does not have are ignored, and the order of rows does not matter. With articles, the report shows each
    event's sentence with its words marked. The same input gives the same bytes. A table without events gives a report
    that says so, and no figures. Figures of an earlier run that this one does not draw are removed.

    Raises EventTableError if the frame does not follow the schema, OutputError where a file cannot be written.
    """
    required = {column.name for column in required_columns(frame.columns)}
    own = frame[[name for name in frame.columns if name in required]].reset_index(drop=True)
    enriched = enrich(sort_events(validate_shape(own)), codebook)
    # Imported events name no words that could be looked up in an article.
    has_words = not is_imported(frame.columns)
    by_id = {article.article_id: article for article in articles} if articles is not None and has_words else None
    made, drawn = tables.all_tables(enriched, codebook), _figures(enriched, codebook)
    folder = Path(out)
    heading = title if title is not None else TITLE if has_words else TITLE_OF_IMPORTED
    html = _html(enriched, codebook, by_id, heading, made, drawn)
    table_paths = {name: folder / "tables" / f"{name}.csv" for name in made}
    figure_paths = {figure.name: folder / "figures" / f"{figure.name}.png" for figure in drawn}
    files = {table_paths[name]: to_csv(table).encode() for name, table in made.items()}
    files |= {figure_paths[figure.name]: to_png(figure.draw(_PAPER, figure.title)) for figure in drawn}
    # The report comes last: whoever sees it finds the files that it speaks of.
    write_all({**files, folder / "report.html": html.encode()})
    for name in FIGURES:
        if name not in figure_paths:
            (folder / "figures" / f"{name}.png").unlink(missing_ok=True)
    return Summary(folder / "report.html", table_paths, figure_paths, len(enriched))


FIGURES = ("events_over_time", "quad_classes", "roots", "dyads", "network", "calendar", "goldstein")


def to_csv(table: pd.DataFrame) -> str:
    """A table as CSV: dates as 2024-06-21, fractions to four decimals, nulls as empty cells, plain line ends.

    Text that a spreadsheet would run as a formula has an apostrophe in front.
    """
    texts = {
        c: table[c].map(shown, na_action="ignore") for c in table.columns if isinstance(table[c].dtype, pd.StringDtype)
    }
    rounded = table.assign(**texts).round({c: 4 for c in table.columns if pd.api.types.is_float_dtype(table[c])})
    return str(rounded.to_csv(index=False, date_format="%Y-%m-%d", lineterminator="\n"))


def _figures(frame: pd.DataFrame, codebook: Codebook) -> list[_Figure]:
    if frame.empty:
        return []
    names = codebook.meta.quad_class_names
    unit = fitting_unit(frame["date"], finest="day")
    periods, scores = tables.over_time(frame, unit), tables.goldstein_over_time(frame, unit)
    classes, roots, dyads = (
        tables.by_quad_class(frame, codebook),
        tables.by_root(frame, codebook),
        tables.by_dyad(frame),
    )
    found = [
        _Figure(
            "events_over_time",
            f"Events per {unit}, by quad class",
            "",
            True,
            lambda width, title: figures.events_over_time(periods, unit, names, width, title),
        ),
        _Figure(
            "quad_classes",
            "Events by quad class",
            "",
            False,
            lambda width, title: figures.quad_class_shares(classes, width, title),
        ),
        _Figure(
            "dyads",
            "Who acts on whom",
            f"The most frequent actors and targets, up to {figures.SHOWN_IN_HEAT_MAP} of each; cells count events.",
            False,
            lambda width, title: figures.dyads(dyads, width, title),
        ),
        _Figure(
            "roots",
            "Events by root",
            "",
            False,
            lambda width, title: figures.roots(roots, names, width, title),
        ),
    ]
    meetings, names_of_parties = _meetings(frame, dyads, codebook)
    if meetings.lines:
        what = "countries" if names_of_parties else "actors"
        found.append(
            _Figure(
                "network",
                f"Who deals with whom, by {what}",
                f"The {len(meetings.nodes)} {what} that meet others most often. The wider the line, the more events between "
                "the two, whoever acted; the larger the dot, the more events in all.",
                False,
                lambda width, title: figures.network(meetings, names_of_parties, width, title),
            )
        )
    days = coverage(frame["date"])
    if len(days.counts) >= _FEWEST_CELLS:
        found.append(
            _Figure(
                "calendar",
                "Calendar of coverage",
                f"A cell for each {days.cell}: the darker, the more events.",
                True,
                lambda width, title: calendar(days, width, title),
            )
        )
    if scores["n"].any():
        found.append(
            _Figure(
                "goldstein",
                f"Mean Goldstein score per {unit}",
                f"The larger the dot, the more events. A line joins each {unit} to the next; where it breaks, "
                f"a {unit} has no event with a score.",
                True,
                lambda width, title: figures.goldstein_over_time(scores, unit, width, title),
            )
        )
    return found


def _meetings(frame: pd.DataFrame, dyads: pd.DataFrame, codebook: Codebook) -> tuple[Network, dict[str, str]]:
    """The network of countries with their names where enough of them meet, else that of actors."""
    countries = network(tables.by_country_dyad(frame))
    if len(countries.nodes) >= _FEWEST_COUNTRIES:
        return countries, {country.code: country.name for country in reversed(codebook.countries)}
    return network(dyads), {}


def _html(
    frame: pd.DataFrame,
    codebook: Codebook,
    articles: Mapping[str, Article] | None,
    title: str,
    made: Mapping[str, pd.DataFrame],
    drawn: list[_Figure],
) -> str:
    environment = jinja2.Environment(
        autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=jinja2.StrictUndefined
    )
    environment.filters.update(count=_count, percent=_percent, score=_score)
    template = environment.from_string(files("whodid.summary").joinpath("report.html.j2").read_text("utf-8"))
    rendered = template.render(
        title=title,
        # The colours are constants of this package; nothing from the data goes into CSS.
        light=Markup(palette()),
        dark=Markup(palette(DARK)),
        key=_key_figures(frame),
        brief=_brief(frame, made, codebook) if len(frame) else (),
        tree=code_tree(made["actions"], codebook),
        figures=[_drawn(figure) for figure in drawn],
        dyads=_rows(made["dyads"].head(_SHOWN_DYADS)),
        dyad_count=len(made["dyads"]),
        classes=_rows(made["quad_classes"]),
        quad_names=codebook.meta.quad_class_names,
        countries=_rows(made["countries"].head(_SHOWN_COUNTRIES)),
        country_count=len(made["countries"]),
        events=_event_rows(frame, articles),
        shown_first=_SHOWN_FIRST,
        event_count=len(frame),
        has_articles=articles is not None,
        publishers=_rows(made["publishers"]),
        coders=_rows(made["coders"]),
        bases=_rows(made["date_basis"]) if frame["date_basis"].notna().any() else (),
        quality=quality(frame, codebook, articles) if len(frame) else (),
        codebook=codebook,
        schema_version=SCHEMA_VERSION,
        version=__version__,
    )
    return rendered.rstrip("\n") + "\n"


def _drawn(figure: _Figure) -> dict[str, object]:
    pages: dict[str, Page] = {"narrow": figure.draw(_NARROW, None)}
    if figure.is_wide:
        pages["wide"] = figure.draw(_WIDE, None)
    svgs = {
        # Our own drawing: words from the codebook are escaped where matplotlib writes them.
        size: Markup(to_svg(page, f"{figure.name}-{size}", figure.description))
        for size, page in pages.items()
    }
    return {"name": figure.name, "title": figure.title, "note": figure.note, "is_wide": figure.is_wide, "svgs": svgs}


def _key_figures(frame: pd.DataFrame) -> dict[str, object]:
    classed = frame["quad_class"].dropna()
    conflict = int(classed.isin(tables.CONFLICT).sum())
    return {
        "events": len(frame),
        "articles": int(frame["article_id"].nunique()),
        "actors": len({*frame["actor"], *frame["target"]}),
        "first": frame["date"].min().date().isoformat() if len(frame) else "",
        "last": frame["date"].max().date().isoformat() if len(frame) else "",
        "conflict": conflict / len(classed) if len(classed) else None,
        "coders": int(frame["coder"].nunique()),
        "publishers": int(frame["publisher"].nunique()),
        "is_imported": is_imported(frame.columns),
    }


def _brief(frame: pd.DataFrame, made: Mapping[str, pd.DataFrame], codebook: Codebook) -> tuple[str, ...]:
    """What a reader would say of the events after a first look, a sentence each."""
    unit = fitting_unit(frame["date"], finest="day")
    periods = tables.over_time(frame, unit)
    sentences = []
    if len(periods) > 1:
        busiest = periods.iloc[int(periods["events"].argmax())]
        sentences.append(f"The busiest {unit} is {busiest['period']}, with {_events(busiest['events'])}.")
    dyad = made["dyads"].iloc[0]
    sentences.append(f"The most frequent dyad is {dyad['actor']} to {dyad['target']}, with {_events(dyad['events'])}.")
    root = made["roots"].iloc[int(made["roots"]["events"].argmax())]
    named = tables.code_and_label(str(root["root"]), root["label"])
    sentences.append(f"The commonest root is {named}, with {_percent(root['share'])} of all events.")
    scores = frame["goldstein"].astype("float64").mean()
    if not pd.isna(scores):
        sentences.append(f"The mean Goldstein score is {_score(scores)}, on a scale from −10 (conflict) to +10.")
    return tuple(sentences)


def _events(number: int) -> str:
    return f"{number:,} event{'' if number == 1 else 's'}"


def _event_rows(frame: pd.DataFrame, articles: Mapping[str, Article] | None) -> list[dict[str, object]]:
    """The first events by date, then in the table's own order, with their sentence where it can be shown."""
    shown = frame.sort_values("date", kind="stable").head(SHOWN_EVENTS)
    rows = []
    for row in shown.to_dict("records"):
        article = articles.get(str(row["article_id"])) if articles is not None else None
        rows.append(
            {
                **{name: row[name] for name in ("actor", "action", "target", "coder")},
                "article_id": _text(row["article_id"]),
                "date": row["date"].date().isoformat(),
                "label": None if pd.isna(row["action_label"]) else row["action_label"],
                "quad_class": 0 if pd.isna(row["quad_class"]) else int(row["quad_class"]),
                "texts": _words(row),
                "sentence": marked_sentence(article.text, row) if article is not None else None,
            }
        )
    return rows


def _words(row: Mapping[Any, Any]) -> list[Piece]:
    """The marked words of a row; of an imported event, the names that its dataset gives to actor and target."""
    texts = [(role, row.get(f"{role}_text")) for role in ("actor", "action", "target")]
    if "original_id" in row:
        texts = [(role, row.get(f"{role}_name")) for role in ("actor", "target")]
    return [Piece(str(words), (role,)) for role, words in texts if not pd.isna(words)]


def _text(value: object) -> str:
    return "" if pd.isna(value) else str(value)  # type: ignore[call-overload]


def _rows(table: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of a table for the template, with None for every kind of null."""
    return [
        {str(name): None if pd.isna(value) else value for name, value in row.items()}
        for row in table.to_dict("records")
    ]


def _count(number: int) -> str:
    return f"{number:,}"


def _percent(share: float | None) -> str:
    if share is None:
        return "–"
    return "under 1%" if 0 < share < 0.01 else "over 99%" if 0.99 < share < 1 else f"{share:.0%}"


def _score(value: float | None) -> str:
    return "–" if value is None else f"{value:+.1f}".replace("-", "−").replace("+0.0", "0.0").replace("−0.0", "0.0")
