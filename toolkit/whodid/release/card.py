"""README.md of a release: a dataset card, with the front matter that Hugging Face reads and what people want to know."""

from __future__ import annotations

import re
from importlib.resources import files
from typing import Any

import jinja2
import pandas as pd

from whodid import __version__
from whodid.events.schema import COLUMNS, DERIVED, Column
from whodid.events.table import plain_type
from whodid.release.agreement import AGREEMENT_FILE, agreement_lines
from whodid.release.citation import citation_sentence
from whodid.release.contents import Contents
from whodid.release.licences import licence_of
from whodid.release.limits import known_limits
from whodid.release.table_schema import hub_features
from whodid.release.tables import TableFile
from whodid.summary import tables
from whodid.summary.quality import quality

CARD_FILE = "README.md"
_SHOWN = 10
_SPECIAL = re.compile(r"([\\`*_\[\]{}<>|#~])")


def card_text(contents: Contents, made: list[TableFile], listed: list[tuple[str, str]], figures: list[str]) -> str:
    """The card. listed: the release's files with what each is; figures: names of the pictures in summary/figures."""
    environment = jinja2.Environment(
        autoescape=False, trim_blocks=True, lstrip_blocks=True, undefined=jinja2.StrictUndefined
    )
    environment.filters.update(md=escaped, n=lambda number: f"{number:,}", percent=_percent, score=_score)
    environment.filters["coefficient"] = lambda value: "–" if value is None else f"{value:.2f}"
    template = environment.from_string(files("whodid.release").joinpath("card.md.j2").read_text("utf-8"))
    frame, book = contents.events, contents.codebook
    licence = licence_of(contents.dataset.licence)
    body = template.render(
        c=contents,
        dataset=contents.dataset,
        book=book,
        licence=licence,
        is_empty=frame.empty,
        key=_key(frame),
        is_one_file=len(made) == 1,
        glance=_glance(contents, licence.title),
        quad_classes=_rows(tables.by_quad_class(frame, book)),
        roots=_rows(tables.by_root(frame, book)),
        countries=_rows(tables.by_country(frame, book).head(_SHOWN)),
        dyads=_rows(tables.by_dyad(frame).head(_SHOWN)),
        years=_rows(tables.over_time(frame, "year")) if len(frame) else [],
        coders=_rows(tables.by_coder(frame)),
        publishers=_rows(tables.by_publisher(frame).head(_SHOWN)),
        n_publishers=frame["publisher"].nunique(),
        findings=quality(frame, book) if len(frame) else (),
        limits=known_limits(contents),
        own_columns=[_column(column) for column in COLUMNS],
        derived_columns=[_column(column) for column in DERIVED],
        figures=[(name, _FIGURES.get(name, name)) for name in figures],
        agreement=agreement_lines(contents.agreement) if contents.agreement else [],
        files=listed,
        checked=_checked(contents),
        rebuild=_rebuild(contents),
        citation=citation_sentence(contents),
        version=__version__,
    )
    return f"---\n{_front_matter(contents, made)}---\n\n{body.strip()}\n"


def escaped(text: object) -> str:
    """Text from data as Markdown shows it: nothing in it is markup, and it stays on its line."""
    return _SPECIAL.sub(r"\\\1", " ".join(str(text).split())).replace("&", "&amp;")


def front_matter(card: str) -> dict[str, Any]:
    """The front matter of a card as it is read back; empty if there is none."""
    import yaml

    match = re.match(r"---\n(.*?)\n---\n", card, re.DOTALL)
    value = yaml.safe_load(match.group(1)) if match else None
    return value if isinstance(value, dict) else {}


_FIGURES = {
    "events_over_time": "Events over time, by quad class",
    "quad_classes": "Events by quad class",
    "roots": "Events by root",
    "dyads": "Who acts on whom",
    "network": "Who deals with whom",
    "goldstein": "Mean Goldstein score over time",
}


def _front_matter(contents: Contents, made: list[TableFile]) -> str:
    import yaml

    dataset, licence = contents.dataset, licence_of(contents.dataset.licence)
    rows, size = len(contents.events), sum(file.table.nbytes for file in made)
    paths = "data/events.parquet" if len(made) == 1 and contents.partition == "none" else "data/events-*.parquet"
    if contents.events.empty:
        paths = "data/events.parquet"
    values: dict[str, Any] = {
        "pretty_name": dataset.title,
        "license": licence.hub,
        **({"license_name": licence.spdx, "license_link": licence.url} if licence.hub == "other" else {}),
        "language": list(dataset.languages),
        "task_categories": list(dataset.tasks),
        "tags": list(dict.fromkeys([*dataset.keywords, contents.codebook.meta.ontology.split()[0]])),
        "size_categories": [_size_category(rows)],
        "annotations_creators": _annotators(contents),
        "configs": [
            {"config_name": "events", "default": True, "data_files": [{"split": "train", "path": paths}]},
        ],
        "dataset_info": {
            "config_name": "events",
            "features": hub_features(),
            "splits": [{"name": "train", "num_bytes": size, "num_examples": rows}],
            "dataset_size": size,
        },
        "version": contents.version,
    }
    kept = {key: value for key, value in values.items() if value not in ("", [], None)}
    return str(yaml.safe_dump(kept, sort_keys=False, allow_unicode=True, width=100))


def _annotators(contents: Contents) -> list[str]:
    people = [coder for coder in contents.coders if "@" not in coder]
    return [*(["machine-generated"] if contents.machines else []), *(["expert-generated"] if people else [])]


def _size_category(rows: int) -> str:
    for limit, name in ((1_000, "n<1K"), (10_000, "1K<n<10K"), (100_000, "10K<n<100K"), (1_000_000, "100K<n<1M")):
        if rows < limit:
            return name
    return "1M<n<10M" if rows < 10_000_000 else "10M<n<100M" if rows < 100_000_000 else "100M<n<1B"


def _key(frame: pd.DataFrame) -> dict[str, Any]:
    if frame.empty:
        return {"events": 0, "articles": 0, "first": "", "last": ""}
    return {
        "events": len(frame),
        "articles": frame["article_id"].nunique(),
        "first": frame["date"].min().date().isoformat(),
        "last": frame["date"].max().date().isoformat(),
    }


def _glance(contents: Contents, licence: str) -> list[tuple[str, str]]:
    frame, book, key = contents.events, contents.codebook, _key(contents.events)
    actors = len({*frame["actor"], *frame["target"]})
    coders = ", ".join(f"`{escaped(coder)}`" for coder in contents.coders[:_SHOWN])
    more = len(contents.coders) - _SHOWN
    return [
        ("Version", f"{contents.version} ({contents.day.isoformat()})"),
        ("Events", f"{key['events']:,}, from {key['articles']:,} articles"),
        ("Dates", f"{key['first']} to {key['last']}" if key["events"] else "none"),
        ("Actors and targets", f"{actors:,} codes"),
        ("Publishers", f"{frame['publisher'].nunique():,}"),
        ("Coders", f"{coders}{f' and {more} more' if more > 0 else ''}" if coders else "none"),
        ("Codebook", f"{escaped(book.label)} ({escaped(book.meta.ontology)}), hash `{book.hash[:16]}…`"),
        (
            "Scales",
            f"Goldstein: {escaped(book.meta.goldstein_scheme)}; quad classes: {escaped(book.meta.quad_class_scheme)}",
        ),
        ("Licence", f"[{escaped(licence)}]({licence_of(contents.dataset.licence).url})"),
    ]


def _checked(contents: Contents) -> str:
    run = contents.checks
    named = f"Before the release was built, the events passed the checks {', '.join(run)}"
    if "articles" in run:
        return f"{named}: every row was compared with the words of its article."
    return f"{named}. Their articles were not given, so the words were not compared with them."


def _rebuild(contents: Contents) -> str:
    words = ["whodid release data -o ../rebuilt", f"--version {contents.version}", f"--date {contents.day.isoformat()}"]
    words += [f"--partition {contents.partition}"] if contents.partition != "none" else []
    words += ["--articles ARTICLES"] if "articles" in contents.checks else []
    words += ["--previous PREVIOUS"] if contents.previous_version else []
    words += [f"--agreement {AGREEMENT_FILE}"] if contents.agreement is not None else []
    return " ".join(words)


def _column(column: Column) -> tuple[str, str, str, str]:
    kind = {"date32[day]": "date", "float": "float32"}.get(str(plain_type(column.arrow)), str(plain_type(column.arrow)))
    return column.name, kind, "yes" if column.is_nullable else "no", escaped(column.description)


def _rows(table: pd.DataFrame) -> list[dict[str, Any]]:
    records = table.to_dict("records")
    return [{str(k): None if pd.isna(v) else v for k, v in row.items()} for row in records]


def _score(value: float | None) -> str:
    return "–" if value is None else f"{value:+.1f}".replace("+0.0", "0.0").replace("-0.0", "0.0")


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{share:.1%}"
