"""Files that change or go away while a command reads them: an error that says so, and nothing is written."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import whodid as wd
from event_samples import make_events
from interop.foreign import gdelt
from whodid.checks.sql import validate as in_sql
from whodid.checks.sql.validate import validate_parquet
from whodid.codebook.model import Codebook
from whodid.errors import ConversionError, EventTableError, ReleaseError
from whodid.events.files import write_events
from whodid.interop.rows import Row, Source
from whodid.interop.write import convert_to_file
from whodid.release import build
from whodid.release.dataset import dataset_with

FIX = "Run the command again when nothing else writes there. Nothing was written."


def appended(path: Path) -> None:
    with path.open("ab") as handle:
        handle.write(b"\n")


def replaced(path: Path) -> None:
    """As whodid itself replaces a file: another one of the same name."""
    write_events(make_events(action="114"), path)


@pytest.fixture
def events(tmp_path: Path) -> Path:
    path = tmp_path / "events.parquet"
    write_events(make_events(), path)
    return path


@pytest.mark.parametrize(
    ("change", "is_first", "said"),
    [
        (replaced, False, "The file changed while it was read."),
        (Path.unlink, False, "The file went away while it was read."),
        (Path.unlink, True, "The file went away while it was read."),
    ],
)
def test_a_validation_that_takes_long_notices_another_file(
    change: Callable[[Path], None],
    is_first: bool,
    said: str,
    events: Path,
    codebook: Codebook,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    scan = in_sql.scan

    def disturbed(path: Path, *arguments: Any) -> Any:
        if is_first:
            change(path)
        scanned = scan(path, *arguments)
        if not is_first:
            change(path)
        return scanned

    monkeypatch.setattr(in_sql, "scan", disturbed)
    with pytest.raises(EventTableError) as caught:
        validate_parquet(events, codebook=codebook)
    assert str(caught.value) == f"{events}: {said} {FIX}"


def test_a_conversion_of_a_file_that_grows_writes_nothing(
    tmp_path: Path, codebook: Codebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, out = tmp_path / "day.csv", tmp_path / "out" / "e.parquet"
    path.write_text(gdelt({}), encoding="utf-8")
    rows = Source.rows

    def growing(source: Source) -> Iterator[Row]:
        yield from rows(source)
        appended(source.path)

    monkeypatch.setattr(Source, "rows", growing)
    with pytest.raises(ConversionError) as caught:
        convert_to_file("gdelt", path, out, refused=tmp_path / "out" / "refused.csv", codebook=codebook)
    assert str(caught.value) == f"{path}: The file changed while it was read. {FIX}"
    assert [found.name for found in tmp_path.iterdir()] == ["day.csv"]


def test_a_release_is_not_built_of_rows_that_came_after_the_validation(
    events: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    validate = build.validate

    def disturbed(*arguments: Any, **options: Any) -> Any:
        report = validate(*arguments, **options)
        replaced(events)
        return report

    monkeypatch.setattr(build, "validate", disturbed)
    about = dataset_with(None, title="X", licence="CC0-1.0", description=None, authors=None)
    with pytest.raises(ReleaseError) as caught:
        wd.release(events, tmp_path / "dist", "1.0.0", dataset=about)
    assert str(caught.value) == f"{events}: The file changed while it was read. {FIX}"
    assert not (tmp_path / "dist").exists()
