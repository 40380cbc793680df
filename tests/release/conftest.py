"""A project with the sample events, and a release of it that is built once for all tests of the folder."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

import whodid as wd
from whodid.events.files import read_events, write_events
from whodid.release import plan
from whodid.release.checksums import SUMS_FILE, sums_text

ROOT = Path(__file__).resolve().parents[2]
DATASET = """\
title: Sample events
description: The events of the sample articles.
licence: CC-BY-4.0
authors:
  - family: Carberry
    given: Josiah
    orcid: 0000-0002-1825-0097
    affiliation: Brown University
  - name: Example Lab
limits:
  - The articles were written for the sample.
"""
VERSION = "1.0.0"
# What a release of the sample must hold, counted by other means than the code under test.
with (ROOT / "data" / "coded" / "events.csv").open(encoding="utf-8", newline="") as _file:
    SAMPLE = sorted(csv.DictReader(_file), key=lambda row: (row["date"], row["article_id"], int(row["sentence"])))
RECENT = [row for row in SAMPLE if row["date"] >= "2018-01-01"]


def make_project(folder: Path) -> Path:
    """A folder with data/coded and dataset.yaml."""
    (folder / "data").mkdir(parents=True)
    shutil.copytree(ROOT / "data" / "coded", folder / "data" / "coded")
    (folder / "dataset.yaml").write_text(DATASET, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The release of the sample events; tests must not change it."""
    project = make_project(tmp_path_factory.mktemp("project") / "sample")
    wd.release(project / "data" / "coded", project / "dist", VERSION)
    return project / "dist"


def make_small_project(folder: Path) -> Path:
    """The same with the events since 2018 in both forms, of some years."""
    project = make_project(folder)
    coded = project / "data" / "coded"
    rows = read_events(coded / "events.parquet")
    for name in ("events.parquet", "events.csv"):
        write_events(rows[rows["date"] >= "2018-01-01"], coded / name)
    return project


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A small project of its own for a test."""
    return make_small_project(tmp_path / "project")


@pytest.fixture
def copy(dist: Path, tmp_path: Path) -> Path:
    """A copy of the release that a test may damage."""
    return Path(shutil.copytree(dist, tmp_path / "copy"))


def leave_pages_out(patch: pytest.MonkeyPatch) -> None:
    """Build releases without the pages that take most of the time: those are built for real in the fixture dist."""

    def page(name: str) -> Callable[[Path], None]:
        def write(folder: Path) -> None:
            (folder / name).mkdir()
            (folder / name / "index.html").write_text("not built here", encoding="utf-8")

        return write

    patch.setattr(plan, "_docs_writer", lambda contents, made: page("data_docs"))
    patch.setattr(plan, "_summary_writer", lambda contents: page("summary"))
    patch.setattr(plan, "codebook_html", lambda book: "not built here")


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Releases without their pages, see leave_pages_out."""
    leave_pages_out(monkeypatch)


def sum_again(folder: Path) -> None:
    """Write the checksums anew, as someone would who changed a file on purpose."""
    (folder / SUMS_FILE).write_text(sums_text(folder), encoding="utf-8")
