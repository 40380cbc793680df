"""A copy of the real codebook that a test may break: two roots of it, so that it loads in a blink."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from whodid.codebook.check import check_codebook
from whodid.codebook.load import default_codebook_path, read_codebook

ROOTS = ("11", "17")
_BY_CODE = {
    "patterns/composition.csv": ("inner", "action"),
    "crosswalks/goldstein.csv": ("code",),
    "crosswalks/plover.csv": ("code",),
}


class Book:
    """A codebook folder with the faults it had before the test edited it."""

    def __init__(self, folder: Path, before: frozenset[str] = frozenset()) -> None:
        self.folder, self._before = folder, before

    def append(self, name: str, text: str) -> int:
        """Add text at the end of a file; gives the line on which it starts."""
        path = self.folder / name
        old = path.read_text(encoding="utf-8").rstrip("\n") + "\n"
        path.write_text(f"{old}{text}\n", encoding="utf-8")
        return old.count("\n") + 1

    def replace(self, name: str, old: str, new: str) -> int:
        """Replace the first occurrence of some words; gives their line."""
        path = self.folder / name
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{name} no longer holds {old!r}"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return text.count("\n", 0, text.index(old)) + 1

    def structural_faults(self) -> list[str]:
        """The sentences of the faults that prevent its use, with paths from the codebook's folder."""
        return self._sentences(str(fault) for fault in read_codebook(self.folder)[1])

    def faults(self) -> list[str]:
        """The sentences that the test's edits caused, with paths from the codebook's folder."""
        found = self._sentences(str(fault) for fault in check_codebook(self.folder))
        return [sentence for sentence in found if sentence not in self._before]

    def _sentences(self, faults: object) -> list[str]:
        return [sentence.replace(f"{self.folder}/", "") for sentence in faults]  # type: ignore[attr-defined]


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """No test of the codebook reads or fills the user's cache."""
    cache = tmp_path / "cache"
    monkeypatch.setenv("WHODID_CACHE", str(cache))
    return cache


@pytest.fixture(scope="session")
def small_codebook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real codebook with only the roots 11 and 17 of its actions, patterns and crosswalks."""
    folder = tmp_path_factory.mktemp("small") / "codebook"
    shutil.copytree(default_codebook_path(), folder)
    for kind in ("actions", "patterns"):
        for file in (folder / kind).glob("[0-9][0-9].yaml"):
            if file.stem not in ROOTS:
                file.unlink()
    for name, columns in _BY_CODE.items():
        _keep_rows(folder / name, lambda row, columns=columns: all(row[c][:2] in ("", *ROOTS) for c in columns))  # type: ignore[misc]
    return folder


def _keep_rows(path: Path, is_kept: Callable[[dict[str, str]], bool]) -> None:
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(row for row in rows if is_kept(row))
    path.write_text(out.getvalue(), encoding="utf-8")


@pytest.fixture(scope="session")
def faults_before(small_codebook: Path, tmp_path_factory: pytest.TempPathFactory) -> frozenset[str]:
    """What check finds in the small codebook as it is: near misses that name codes of the roots left out."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WHODID_CACHE", str(tmp_path_factory.mktemp("cache")))
        book = Book(small_codebook)
        assert book.structural_faults() == []
        return frozenset(book.faults())


@pytest.fixture
def book(small_codebook: Path, faults_before: frozenset[str], tmp_path: Path) -> Book:
    """A copy to break."""
    folder = tmp_path / "codebook"
    shutil.copytree(small_codebook, folder)
    return Book(folder, faults_before)
