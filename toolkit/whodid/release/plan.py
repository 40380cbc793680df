"""The plan of a release: every file with what it is and how it is made, in the order in which it is written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

import pyarrow as pa

from whodid.codebook.project import DATASET_FILE
from whodid.codebook.render import codebook_csv, codebook_html
from whodid.release.agreement import AGREEMENT_FILE
from whodid.release.card import CARD_FILE, card_text
from whodid.release.changelog import CHANGELOG_FILE
from whodid.release.checksums import SUMS_FILE, sums_text
from whodid.release.citation import CITATION_FILE, ZENODO_FILE, citation_cff, zenodo_json
from whodid.release.contents import Contents
from whodid.release.croissant import CROISSANT_FILE, croissant_text
from whodid.release.datapackage import PACKAGE_FILE, json_text, package_text
from whodid.release.dataset import dataset_yaml
from whodid.release.tables import TableFile, table_files, table_metadata, write_table

Write = Callable[[Path], None]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class PlannedFile:
    """A file of the release, or a folder if its path ends in a slash; write makes it in the folder of the release."""

    path: str
    what: str
    write: Write = field(repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class ReleasePlan:
    """What will be written, in this order: descriptions come after what they describe, the checksums last."""

    dataset: str
    version: str
    day: date
    rows: int
    files: tuple[PlannedFile, ...]
    left_out: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        width = max(len(file.path) for file in self.files)
        lines = [f"{self.dataset} {self.version} ({self.day.isoformat()}), {self.rows:,} rows"]
        lines += [f"  {file.path:<{width}}  {file.what}" for file in self.files]
        lines += [f"  {name:<{width}}  left out: {why}" for name, why in self.left_out]
        return "\n".join(lines)


def plan_release(contents: Contents) -> ReleasePlan:
    """The plan for some contents. Nothing is written."""
    dataset, book = contents.dataset, contents.codebook
    metadata = table_metadata(book.label, book.hash, contents.coders, dataset.name, contents.version)
    made = table_files(contents.events, contents.partition, metadata)
    rows_of = {file.path: file.table.num_rows for file in made}
    files = [PlannedFile(file.path, _rows_of(file, contents), _table_writer(file)) for file in made]
    files += [
        PlannedFile(
            "codebook/",
            f"The codebook {book.label}, as it is edited: YAML and CSV",
            _files_writer(contents.codebook_files),
        ),
        PlannedFile(
            "codebook.csv", "The codebook's actions, one line for each", _text("codebook.csv", codebook_csv, book)
        ),
        PlannedFile("codebook.html", "The codebook as one page to read", _text("codebook.html", codebook_html, book)),
        PlannedFile("summary/", "Tables, figures and a report to open in a browser", _summary_writer(contents)),
        PlannedFile(
            "data_docs/", "What Great Expectations checked, as pages to open in a browser", _docs_writer(contents, made)
        ),
        PlannedFile(
            DATASET_FILE, "Title, authors, licence and limits, as given", _text(DATASET_FILE, dataset_yaml, dataset)
        ),
        PlannedFile(
            CHANGELOG_FILE, "What changed from release to release", _text(CHANGELOG_FILE, lambda c: c.changes, contents)
        ),
    ]
    if contents.agreement is not None:
        what = "Agreement between the coders, as `whodid agree` measured it"
        files.append(PlannedFile(AGREEMENT_FILE, what, _text(AGREEMENT_FILE, json_text, contents.agreement)))
    left_out: list[tuple[str, str]] = []
    for name, what, render in (
        (CITATION_FILE, "How to cite it, for GitHub and reference managers", citation_cff),
        (ZENODO_FILE, "What Zenodo takes as the record's metadata", zenodo_json),
    ):
        if dataset.authors:
            files.append(PlannedFile(name, what, _text(name, render, contents)))
        else:
            left_out.append((name, "no author is named; add authors: to dataset.yaml, or give --author"))
    files += [
        PlannedFile(
            PACKAGE_FILE,
            "Every column and file, for Frictionless tools and whodid verify",
            lambda folder: _put(folder / PACKAGE_FILE, package_text(contents, rows_of, folder)),
        ),
        PlannedFile(
            CROISSANT_FILE,
            "The same for dataset search and machine-learning loaders (Croissant)",
            lambda folder: _put(folder / CROISSANT_FILE, croissant_text(contents, rows_of, folder)),
        ),
    ]
    card = PlannedFile(CARD_FILE, "This card", lambda folder: _put_card(folder, contents, made, listed))
    sums = PlannedFile(
        SUMS_FILE, "Checksums of all other files", lambda folder: _put(folder / SUMS_FILE, sums_text(folder))
    )
    files += [card, sums]
    listed = [(file.path, file.what) for file in files]
    return ReleasePlan(
        dataset.name, contents.version, contents.day, len(contents.events), tuple(files), tuple(left_out)
    )


def execute(plan: ReleasePlan, folder: Path, progress: Callable[[int], None] | None = None) -> None:
    """Write every file of the plan into an empty folder, in the plan's order; progress is told of each."""
    for file in plan.files:
        file.write(folder)
        if progress is not None:
            progress(1)


def _rows_of(file: TableFile, contents: Contents) -> str:
    year = "" if contents.partition == "none" or contents.events.empty else f" of {file.path[-12:-8]}"
    return f"The events{year}: {file.table.num_rows:,} rows, raw and derived columns"


def _table_writer(file: TableFile) -> Write:
    def write(folder: Path) -> None:
        target = folder / file.path
        target.parent.mkdir(exist_ok=True)
        write_table(file.table, target)

    return write


def _files_writer(files: dict[str, bytes]) -> Write:
    def write(folder: Path) -> None:
        for name, data in files.items():
            target = folder / "codebook" / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)

    return write


def _text(name: str, render: Callable[[T], str], value: T) -> Write:
    return lambda folder: _put(folder / name, render(value))


def _put(path: Path, text: str) -> None:
    path.write_bytes(text.encode("utf-8"))


def _summary_writer(contents: Contents) -> Write:
    def write(folder: Path) -> None:
        from whodid.summary.report import summarize

        title = f"{contents.dataset.title}, {contents.version}"
        summarize(contents.events, folder / "summary", codebook=contents.codebook, title=title)

    return write


def _docs_writer(contents: Contents, made: list[TableFile]) -> Write:
    def write(folder: Path) -> None:
        from whodid.checks.data_docs import build_data_docs

        if len(made) == 1:
            build_data_docs(folder / made[0].path, contents.codebook, folder / "data_docs")
            return
        # Ids are unique over all years: the expectations are of the whole table.
        with TemporaryDirectory() as temporary:
            whole = Path(temporary) / "events.parquet"
            write_table(pa.concat_tables([file.table for file in made]), whole)
            build_data_docs(whole, contents.codebook, folder / "data_docs")

    return write


def _put_card(folder: Path, contents: Contents, made: list[TableFile], listed: list[tuple[str, str]]) -> None:
    from whodid.summary.report import FIGURES

    figures = [name for name in FIGURES if (folder / "summary" / "figures" / f"{name}.png").is_file()]
    _put(folder / CARD_FILE, card_text(contents, made, listed, figures))
