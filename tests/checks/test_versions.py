"""What a file says of the schema and the codebook that it was written with."""

from __future__ import annotations

from pathlib import Path

import pytest

from event_samples import MakeEvents
from whodid.checks.validate import validate
from whodid.checks.versions import codebook_faults, schema_version_faults
from whodid.codebook.model import Codebook
from whodid.events.files import EventFile, open_events, write_events


def test_the_codebook_that_a_file_was_coded_with_is_no_finding(
    make_events: MakeEvents, codebook: Codebook, tmp_path: Path
) -> None:
    path = tmp_path / "e.parquet"
    write_events(make_events(), path, codebook=codebook.label, codebook_hash=codebook.hash)
    assert codebook_faults(open_events(path), codebook) == []
    assert schema_version_faults(open_events(path)) == []


def test_another_state_of_the_codebook_is_a_warning(
    make_events: MakeEvents, codebook: Codebook, tmp_path: Path
) -> None:
    path = tmp_path / "e.parquet"
    write_events(make_events(), path, codebook=codebook.label, codebook_hash="f" * 64)
    report = validate(path, codebook=codebook)
    assert report.is_valid
    assert [str(finding) for finding in report.warnings] == [
        f"{path}: The file was coded with {codebook.label} (ffffffffffff...); it is checked with {codebook.label} "
        f"({codebook.hash[:12]}...). Give that codebook with --codebook, or code the articles again."
    ]
    assert not validate(path, codebook=codebook, is_strict=True).is_valid


@pytest.mark.parametrize(
    ("metadata", "sentence"),
    [
        ({"codebook": "other@9.0.0"}, "The file was coded with other@9.0.0; it is checked with {label}. Give that "),
        (
            {"codebook_hash": "ab" * 32},
            "The file was coded with one with the hash abababababab...; it is checked with ",
        ),
    ],
)
def test_a_name_or_a_hash_alone_is_compared_too(codebook: Codebook, metadata: dict[str, str], sentence: str) -> None:
    [fault] = codebook_faults(EventFile(Path("e.parquet"), None, metadata), codebook)
    assert str(fault).startswith(sentence.format(label=codebook.label))


def test_a_file_without_metadata_says_nothing(codebook: Codebook) -> None:
    bare = EventFile(Path("e.csv"), None)
    assert codebook_faults(bare, codebook) + schema_version_faults(bare) == []


def test_another_schema_version_is_named() -> None:
    [fault] = schema_version_faults(EventFile(Path("e.parquet"), None, {"schema_version": "0.9.0"}))
    assert str(fault) == (
        "The file was written with schema version 0.9.0; this program checks 1.0.0. Use the version of whodid that it "
        "names, or write it again with this one."
    )
