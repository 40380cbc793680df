"""Build a release: read, validate, plan, write beside the place, and put it there whole."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from whodid.articles.model import ArticleSet
from whodid.atomic import replacing_folder
from whodid.checks.engine import validate
from whodid.codebook.load import codebook_files, default_codebook_path, hash_files, load_codebook
from whodid.codebook.project import DATASET_FILE, find_codebook
from whodid.errors import ReleaseError
from whodid.events.enrich import enrich
from whodid.release.changelog import CHANGELOG_FILE, changelog
from whodid.release.contents import Contents
from whodid.release.dataset import Dataset, find_dataset, read_dataset
from whodid.release.diff import compare
from whodid.release.inputs import EventSet, event_files, package_of, read_event_set
from whodid.release.plan import ReleasePlan, execute, plan_release
from whodid.release.tables import Partition, release_order
from whodid.unchanged import unchanged

_VERSION = re.compile(r"(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(?:-[0-9A-Za-z.-]+)?")


class NotValid(ReleaseError):
    """The events have findings, so nothing was built; faults are the findings."""

    @property
    def summary(self) -> str:
        """The verdict in one sentence."""
        count = len(self.faults)
        return (
            f"Nothing was built: the events have {count:,} finding{'' if count == 1 else 's'}. "
            "Correct them, and check with `whodid validate`."
        )


def release(
    events: Path | str,
    out: Path | str,
    version: str,
    *,
    dataset: Dataset | None = None,
    codebook: Path | str | None = None,
    articles: ArticleSet | None = None,
    day: date | None = None,
    partition: Partition = "none",
    previous: Path | str | None = None,
    agreement: dict[str, Any] | None = None,
) -> ReleasePlan:
    """Build a release of EVENTS (a file, or a folder of event files) in the folder OUT, and give what was written.

    dataset: title, authors, licence; from the project's dataset.yaml if none is given. codebook: its folder; by default
    the one beside dataset.yaml, else whodid's own. articles: with them each row is checked against its words. day: the
    date of the release; the newest `published` of the rows by default, because no clock is read. previous: the release
    before, for the changelog. agreement: what read_agreement gives, for the card.

    The same input gives the same bytes. Raises NotValid with the findings if the events are not valid, ReleaseError if
    the description is missing or OUT holds something else; OUT then stays as it was.
    """
    contents = read_contents(
        events,
        version,
        dataset=dataset,
        codebook=codebook,
        articles=articles,
        day=day,
        partition=partition,
        previous=previous,
        agreement=agreement,
    )
    plan = plan_release(contents)
    build(plan, out)
    return plan


def build(plan: ReleasePlan, out: Path | str, progress: Callable[[int], None] | None = None) -> None:
    """Write a plan to the folder OUT, whole or not at all; progress is told of each file of the plan.

    Raises ReleaseError if OUT holds something else.
    """
    place = Path(out)
    _check_place(place, plan)
    with replacing_folder(place) as folder:
        execute(plan, folder, progress)


def read_contents(
    events: Path | str,
    version: str,
    *,
    dataset: Dataset | None = None,
    codebook: Path | str | None = None,
    articles: ArticleSet | None = None,
    day: date | None = None,
    partition: Partition = "none",
    previous: Path | str | None = None,
    agreement: dict[str, Any] | None = None,
) -> Contents:
    """What a release would hold, read and validated; see release()."""
    _check_version(version)
    described = dataset if dataset is not None else _found_dataset(events)
    folder = Path(codebook) if codebook is not None else find_codebook(events) or default_codebook_path()
    book = load_codebook(folder)
    files = codebook_files(folder)
    if hash_files(files) != book.hash:
        fix = "Wait until nobody writes to it, and build again."
        raise ReleaseError("The codebook changed while it was read.", fix=fix, path=folder, rule="codebook-changed")
    if (folder / "SOURCES.md").is_file():
        files["SOURCES.md"] = (folder / "SOURCES.md").read_bytes()
    before = None if previous is None else _previous(previous, version)
    read = [forms[0] for forms in event_files(events)]
    against = None if before is None else before.frame
    with unchanged(read, ReleaseError):
        report = validate(read, codebook=book, articles=articles, against=against)
        if not report.is_valid:
            raise NotValid.of(report.errors)
        found = read_event_set(events)
    difference = None if before is None else compare(before, found, new_codebook=book)
    frame = found.frame
    # Of a large table there is room for a few copies, and each step makes one.
    del found
    frame = enrich(frame, book)
    frame = release_order(frame)
    released = day or _newest(frame, Path(events))
    history = "" if previous is None else _read(Path(previous) / CHANGELOG_FILE)
    return Contents(
        dataset=described,
        version=version,
        day=released,
        partition=partition,
        events=frame,
        codebook=book,
        codebook_files=dict(sorted(files.items())),
        validation=report,
        changes=changelog(version, released, len(frame), difference, history),
        previous_version=before.version if before else None,
        agreement=agreement,
    )


def _check_place(place: Path, plan: ReleasePlan) -> None:
    """Raises ReleaseError unless the folder is free, empty, or holds an earlier build of this very version."""
    if not place.exists() and not place.is_symlink():
        return
    if not place.is_dir():
        raise ReleaseError("It is a file.", fix="Choose another folder.", path=place, rule="place-taken")
    if not any(place.iterdir()):
        return
    package = package_of(place)
    if package is None:
        fix = "Choose a folder that does not exist yet; nothing there was changed."
        raise ReleaseError("The folder is not empty, and no release.", fix=fix, path=place, rule="place-taken")
    there = (package.get("name"), package.get("version"))
    if there != (plan.dataset, plan.version):
        message = f"The folder holds the release {there[0]} {there[1]}, not {plan.dataset} {plan.version}."
        fix = "Choose another folder, such as dist/VERSION: a release that exists is never overwritten by another."
        raise ReleaseError(message, fix=fix, path=place, rule="place-taken")


def _check_version(version: str) -> None:
    if not _VERSION.fullmatch(version):
        fix = "Write three numbers, such as 1.0.0; a first draft is 0.1.0."
        raise ReleaseError(f"{version!r} is no version.", fix=fix, value=version, rule="bad-version")


def _found_dataset(events: Path | str) -> Dataset:
    file = find_dataset(events)
    if file is None:
        message = f"There is no {DATASET_FILE} for these events, so nobody knows their title and licence."
        fix = f"Write {DATASET_FILE} with the lines title: and licence:, or give --title and --licence."
        raise ReleaseError(message, fix=fix, path=events, rule="no-dataset")
    return read_dataset(file)


def _newest(frame: pd.DataFrame, path: Path) -> date:
    if frame.empty:
        fix = "Give --date, such as --date 2024-06-21."
        raise ReleaseError("Without events a release has no date.", fix=fix, path=path, rule="no-date")
    newest: Any = frame["published"].max()
    day: date = newest.date()
    return day


def _previous(path: Path | str, version: str) -> EventSet:
    before = read_event_set(path)
    if before.version is None:
        fix = "Give the folder that `whodid release` wrote."
        raise ReleaseError("The previous release is none.", fix=fix, path=path, rule="no-release")
    if _order(before.version) >= _order(version):
        message = f"The previous release is {before.version}, which does not come before {version}."
        fix = "Give a higher version, or the release before this one."
        raise ReleaseError(message, fix=fix, path=path, rule="bad-version", value=version)
    return before


def _order(version: str) -> tuple[list[int], bool, str]:
    numbers, _, draft = version.partition("-")
    return [int(part) for part in numbers.split(".")], not draft, draft


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.is_file() else ""
