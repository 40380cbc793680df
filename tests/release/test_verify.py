"""Whoever changes a release is found out, byte by byte; whoever rewrites the checksums too, by what the table says."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import whodid as wd
from missing import missing
from release.conftest import SAMPLE, VERSION, sum_again
from whodid.release.checksums import SUMS_FILE, files_below, parse_sums
from whodid.release.verify import NoRelease, verification_json, verification_text

PARQUET = "data/events.parquet"


def rules(folder: Path) -> list[tuple[str, str]]:
    """The rule and the file of each finding."""
    return [(f.rule, Path(str(f.path)).relative_to(folder).as_posix()) for f in wd.verify(folder).findings]


def test_a_release_is_sound(dist: Path) -> None:
    found = wd.verify(dist)
    assert found.findings == ()
    assert (found.name, found.version, found.rows) == ("sample-events", VERSION, len(SAMPLE))
    assert (
        verification_text(found) == f"sound: sample-events 1.0.0: {len(files_below(dist))} files, {len(SAMPLE)} rows\n"
    )
    assert json.loads(verification_json(found))["sound"] is True


def test_other_tools_accept_the_checksums(dist: Path) -> None:
    if shutil.which("sha256sum") is None:
        missing("there is no sha256sum, so its verdict was not asked")
    done = subprocess.run(["sha256sum", "--check", "--strict", "--quiet", SUMS_FILE], cwd=dist, capture_output=True)
    assert (done.returncode, done.stdout) == (0, b"")


def test_a_flipped_bit_in_any_file_is_found_and_the_file_named(copy: Path) -> None:
    names = files_below(copy)
    assert len(names) > 60
    for number, name in enumerate(names):
        file = copy / name
        whole = file.read_bytes()
        # Another place and another bit in each file; the first, the middle and the last byte take turns.
        place = (0, len(whole) // 2, len(whole) - 1)[number % 3]
        file.write_bytes(whole[:place] + bytes([whole[place] ^ (1 << number % 8)]) + whole[place + 1 :])
        text = verification_text(wd.verify(copy))
        assert "not sound" in text, name
        assert str(file) in text or name == SUMS_FILE, f"{name} is not named:\n{text}"
        assert SUMS_FILE in text
        file.write_bytes(whole)
    assert wd.verify(copy).is_sound


def test_any_flipped_byte_of_the_checksums_is_found_and_they_are_named(copy: Path) -> None:
    sums = copy / SUMS_FILE
    whole = sums.read_bytes()
    listed, _ = parse_sums(whole, sums)
    # The first line and the last, byte by byte: hash digits, spaces, the path, the line's end.
    first, last = whole.index(b"\n") + 1, whole.rstrip(b"\n").rindex(b"\n") + 1
    for place in [*range(first), *range(last, len(whole))]:
        for bit in (0, 5):
            changed = whole[:place] + bytes([whole[place] ^ (1 << bit)]) + whole[place + 1 :]
            again, faults = parse_sums(changed, sums)
            assert faults or again != listed, (place, bit)
    for place in (0, 65, 67, first - 1, len(whole) - 1):
        sums.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        found = wd.verify(copy)
        assert not found.is_sound
        assert SUMS_FILE in verification_text(found)


def test_the_message_names_the_file_the_line_and_the_fix(copy: Path) -> None:
    (copy / "README.md").write_text("changed")
    [finding] = wd.verify(copy).findings
    assert re.sub(r"[0-9a-f]{12}…", "HASH", str(finding)) == (
        f"{copy / 'README.md'}: The file's checksum is HASH, and SHA256SUMS:4 says HASH: one of the two was changed. "
        "Get the release again from where it was published; if it is the same there, tell its makers."
    )
    assert verification_text(wd.verify(copy)).splitlines()[1:] == [
        "not checked: schema, codebook, rows and descriptions, because files are not those of the release",
        f"not sound: 1 finding in sample-events 1.0.0: {len(files_below(copy))} files",
    ]
    report = json.loads(verification_json(wd.verify(copy)))
    assert (report["sound"], report["whole"], report["findings"][0]["rule"]) == (False, False, "checksum")


def test_line_ends_that_git_changed_are_called_so(copy: Path) -> None:
    for name in ("README.md", SUMS_FILE):
        (copy / name).write_bytes((copy / name).read_bytes().replace(b"\n", b"\r\n"))
    fix = "Git does that where core.autocrlf is true: put the line `* -text` into .gitattributes, and get the release again."
    assert [str(finding) for finding in wd.verify(copy).findings] == [
        f"{copy / SUMS_FILE}:1: The lines end as in Windows, and not as whodid writes them. {fix}",
        f"{copy / 'README.md'}: Its lines end as in Windows; with plain line ends it is the file that was released. {fix}",
    ]


def test_missing_and_extra_files_are_named(copy: Path) -> None:
    (copy / "codebook" / "actions" / "11.yaml").unlink()
    (copy / "data" / "more.txt").write_text("x")
    assert rules(copy) == [("extra-file", "data/more.txt"), ("missing-file", "codebook/actions/11.yaml")]
    (copy / SUMS_FILE).unlink()
    assert rules(copy) == [("missing-file", SUMS_FILE)]


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_a_link_is_no_file_of_a_release(copy: Path, tmp_path: Path) -> None:
    shutil.move(copy / "README.md", tmp_path / "elsewhere.md")
    (copy / "README.md").symlink_to(tmp_path / "elsewhere.md")
    assert rules(copy) == [("not-a-file", "README.md")]


def test_what_git_and_the_hub_add_to_a_copy_is_not_counted(copy: Path) -> None:
    (copy / ".git").mkdir()
    (copy / ".git" / "HEAD").write_text("ref")
    (copy / ".gitattributes").write_text("*.parquet filter=lfs")
    assert wd.verify(copy).is_sound


@pytest.mark.parametrize("name", ["../outside", "/etc/hosts", "data//events.parquet", "./README.md"])
def test_a_listed_path_that_leaves_the_folder_is_refused(name: str, copy: Path) -> None:
    sums = copy / SUMS_FILE
    sums.write_text(f"{'0' * 64}  {name}\n" + sums.read_text(encoding="utf-8"), encoding="utf-8")
    assert f"'{name}' is no path within the release." in verification_text(wd.verify(copy))


def test_a_folder_without_a_release_cannot_be_verified(tmp_path: Path) -> None:
    with pytest.raises(NoRelease) as caught:
        wd.verify(tmp_path)
    assert str(caught.value) == (
        f"{tmp_path}: There is no release: no SHA256SUMS. Give the folder that `whodid release` wrote."
    )
    assert caught.value.exit_code == 2


def rewrite(folder: Path, change: Callable[[pa.Table], pa.Table]) -> None:
    table = pq.read_table(folder / PARQUET, partitioning=None)
    pq.write_table(change(table), folder / PARQUET, compression="zstd")


def with_first(name: str, value: object) -> Callable[[pa.Table], pa.Table]:
    """A change of one value in the first row."""

    def change(table: pa.Table) -> pa.Table:
        place = table.column_names.index(name)
        values = [value, *table.column(name).to_pylist()[1:]]
        return table.set_column(place, table.schema.field(name), pa.array(values, type=table.schema.field(name).type))

    return change


def edit(name: str, old: str, new: str) -> Callable[[Path], None]:
    """A change of some words in a file."""

    def change(folder: Path) -> None:
        text = (folder / name).read_text(encoding="utf-8")
        assert old in text
        (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")

    return change


FORGERIES: dict[str, tuple[Callable[[Path], None], set[tuple[str, str]]]] = {
    "a derived value": (
        lambda folder: rewrite(folder, with_first("goldstein", -10.0)),
        {("stale-derived", PARQUET), ("described-hash", "datapackage.json"), ("described-hash", "croissant.json")},
    ),
    "an action": (lambda folder: rewrite(folder, with_first("action", "190")), {("wrong-id", PARQUET)}),
    "a row less": (
        lambda folder: rewrite(folder, lambda table: table.slice(1)),
        {("row-count", "datapackage.json"), ("card", "README.md")},
    ),
    "rows in another order": (
        lambda folder: rewrite(folder, lambda table: table.take(list(range(table.num_rows - 1, -1, -1)))),
        {("not-sorted", PARQUET)},
    ),
    "a column less": (
        lambda folder: rewrite(folder, lambda table: table.drop_columns(["plover_event"])),
        {("columns", PARQUET)},
    ),
    "metadata of the table": (
        lambda folder: rewrite(folder, lambda table: table.replace_schema_metadata({"whodid.codebook_hash": "0" * 64})),
        {("metadata", PARQUET)},
    ),
    "no Parquet file at all": (
        lambda folder: (folder / PARQUET).unlink(),
        {("missing-file", "data"), ("row-count", "datapackage.json"), ("croissant", "croissant.json")},
    ),
    "no Parquet inside": (
        lambda folder: (folder / PARQUET).write_bytes(b"PAR1 and no more"),
        {("not-parquet", PARQUET)},
    ),
    "a definition": (
        edit("codebook/actions/11.yaml", "label: ", "label: No "),
        {("codebook-hash", "codebook"), ("metadata", PARQUET)},
    ),
    "a broken codebook": (
        edit("codebook/codebook.yaml", "version:", "verzion:"),
        {("bad-value", "codebook/codebook.yaml")},
    ),
    "the schema of a column": (
        edit(
            "datapackage.json",
            '"name": "goldstein",\n            "type": "number"',
            '"name": "goldstein",\n            "type": "any"',
        ),
        {("schema", "datapackage.json")},
    ),
    "the version of the schema": (
        edit("datapackage.json", '"schema_version": "1', '"schema_version": "2'),
        {("schema-version", "datapackage.json")},
    ),
    "the version in one place": (
        edit("datapackage.json", '"version": "1.0.0"', '"version": "1.0.1"'),
        {("described", name) for name in ("croissant.json", "README.md", ".zenodo.json", "CITATION.cff")},
    ),
    "a type in Croissant": (
        edit("croissant.json", '"dataType": "sc:Float"', '"dataType": "sc:Text"'),
        {("croissant", "croissant.json")},
    ),
    "a size in Croissant": (
        edit("croissant.json", '"contentSize": "', '"contentSize": "9'),
        {("described-hash", "croissant.json")},
    ),
    "JSON that is none": (edit("croissant.json", "{", "["), {("bad-json", "croissant.json")}),
    "a card without a head": (edit("README.md", "---\n", ""), {("card", "README.md")}),
    "a feature on the card": (edit("README.md", "dtype: date32", "dtype: string"), {("card", "README.md")}),
    "another file on the card": (
        edit("README.md", "path: data/events.parquet", "path: data/*.csv"),
        {("card", "README.md")},
    ),
    "the title in one place": (
        edit("dataset.yaml", "title: Sample events", "title: Other events"),
        {("described", name) for name in ("datapackage.json", ".zenodo.json", "CITATION.cff")},
    ),
    "the citation": (edit("CITATION.cff", "cff-version", "[cff"), {("citation", "CITATION.cff")}),
}


@pytest.mark.parametrize("what", FORGERIES)
def test_a_change_with_new_checksums_is_still_found(what: str, copy: Path) -> None:
    change, wanted = FORGERIES[what]
    change(copy)
    sum_again(copy)
    assert wanted <= set(rules(copy))


def test_of_many_findings_in_the_rows_the_first_are_shown_and_all_counted(copy: Path) -> None:
    rewrite(copy, lambda t: t.set_column(24, t.schema.field("quad_class"), pa.array([1] * t.num_rows, pa.int8())))
    sum_again(copy)
    text = verification_text(wd.verify(copy), limit=3)
    assert text.count("stale-derived") == 0
    assert re.search(r"\.\.\. and \d+ more: see them with --limit or --format json", text)
    findings = [f for f in wd.verify(copy).findings if f.rule in {"stale-derived", "more-findings"}]
    assert len(findings) == 21
    assert re.match(r"The table has \d+ more findings\.", findings[-1].message)
