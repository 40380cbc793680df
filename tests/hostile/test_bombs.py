"""Files that unpack, expand or nest without end, and files that would run a program: refused, at once, with the fix."""

from __future__ import annotations

import gzip
import io
import os
import pickle
import resource
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import whodid as wd
from event_samples import make_events
from whodid.articles.front_matter import read_text_file
from whodid.articles.model import Refused
from whodid.codebook.files import parse_yaml
from whodid.coder.linear import load_linear
from whodid.errors import CoderError, WhodidError
from whodid.interop.convert import convert

BOMB = "a: &a [x, x, x, x]\n" + "".join(
    f"{b}: &{b} [*{a}, *{a}, *{a}, *{a}]\n" for a, b in zip("abcdefghijklm", "bcdefghijklmn", strict=True)
)


@pytest.fixture(autouse=True)
def little_memory() -> Iterator[None]:
    """No test here may take more than two gigabytes beyond what is taken already."""
    before = resource.getrlimit(resource.RLIMIT_AS)
    taken = int(Path("/proc/self/statm").read_text().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    resource.setrlimit(resource.RLIMIT_AS, (taken + 2 * 1024**3, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_AS, before)


def test_yaml_that_refers_to_itself_is_refused_in_codebooks_and_front_matter() -> None:
    assert [(fault.rule, fault.line) for fault in parse_yaml(BOMB, "x.yaml").faults] == [("yaml-alias", 1)]
    refused = next(read_text_file(f"---\n{BOMB}---\nText.".encode(), "x.md", "x"))
    assert isinstance(refused, Refused)
    assert str(refused.fault) == "x.md:2: Anchors and aliases are not used here. Write the value out."


@pytest.mark.parametrize("tag", ["!!python/object/apply:os.system", "!!python/name:os.system", "!!python/module:os"])
def test_yaml_builds_no_objects(tag: str, tmp_path: Path) -> None:
    made = tmp_path / "made"
    text = f'{tag} ["touch {made}"]\n'
    assert [fault.rule for fault in parse_yaml(text, "x.yaml").faults] == ["yaml-tag"]
    found = list(read_text_file(f"---\nid: {text}---\nText.".encode(), "x.md", "x"))
    assert [item.fault.rule for item in found if isinstance(item, Refused)] == ["yaml-tag"]
    assert not made.exists()


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? "])
def test_yaml_that_nests_without_end_is_refused(opening: str) -> None:
    assert parse_yaml(opening * 100_000, "x.yaml").faults[0].rule in {"yaml-depth", "yaml-syntax"}
    assert isinstance(next(read_text_file(f"---\n{opening * 20_000}\n---\nText.".encode(), "x.md", "x")), Refused)


@pytest.mark.parametrize("opening", ["[", '{"a":'])
def test_json_that_nests_without_end_is_refused(opening: str, tmp_path: Path) -> None:
    for name in ("a.json", "a.jsonl"):
        (tmp_path / name).write_text(opening * 1_000_000)
    read = wd.read_articles(tmp_path)
    assert {item.fault.rule for item in read.refused} == {"bad-json"}
    (tmp_path / "events.jsonl").write_text(opening * 1_000_000)
    with pytest.raises(WhodidError, match="nested too deeply"):
        wd.read_events(tmp_path / "events.jsonl")


class RunsAProgram:
    """What a pickle can do to whoever loads it."""

    def __init__(self, made: Path) -> None:
        self._made = made

    def __reduce__(self) -> tuple[object, ...]:
        return (os.system, (f"touch {self._made}",))


def test_a_model_file_cannot_run_a_program(tmp_path: Path) -> None:
    made, path = tmp_path / "made", tmp_path / "model.npz"
    payload = np.array([RunsAProgram(made)], dtype=object)
    np.savez(path, allow_pickle=True, format=payload, vocabulary=payload)
    with pytest.raises(CoderError, match=r"The file is no whodid model\. Give a file that `whodid train` wrote\."):
        load_linear(path)
    path.write_bytes(pickle.dumps(RunsAProgram(made)))
    with pytest.raises(CoderError, match="The file is no whodid model"):
        load_linear(path)
    assert not made.exists()
    np.load(io.BytesIO(_pickled(payload)), allow_pickle=True)
    assert made.exists(), "the payload is harmless, so this test shows nothing"


def _pickled(payload: np.ndarray) -> bytes:
    out = io.BytesIO()
    np.save(out, payload, allow_pickle=True)
    return out.getvalue()


def test_a_model_that_unpacks_to_gigabytes_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "model.npz"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("format.npy", "w") as item:
        for _ in range(300):
            item.write(bytes(1_000_000))
    assert path.stat().st_size < 1_000_000
    with pytest.raises(CoderError, match="The model is too large to be one"):
        load_linear(path)


def test_a_model_whose_header_claims_a_terabyte_is_refused(tmp_path: Path) -> None:
    header = b"{'descr': '<f8', 'fortran_order': False, 'shape': (1000000000000,), }"
    array = b"\x93NUMPY\x01\x00" + len(header).to_bytes(2, "little") + header
    with zipfile.ZipFile(tmp_path / "model.npz", "w") as archive:
        archive.writestr("format.npy", array)
    with pytest.raises(CoderError, match="The file is no whodid model"):
        load_linear(tmp_path / "model.npz")


@pytest.mark.parametrize("ending", [".gz", ".zip"])
def test_an_archive_that_unpacks_to_gigabytes_is_refused(ending: str, tmp_path: Path) -> None:
    path = tmp_path / f"20240621.export{ending}"
    piece = bytes(10_000_000)
    if ending == ".gz":
        with gzip.open(path, "wb") as packed:
            for _ in range(30):
                packed.write(piece)
    else:
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("x.csv", "w") as item:
            for _ in range(30):
                item.write(piece)
    with pytest.raises(WhodidError, match=r"The archive unpacks to more than 200 times its size\."):
        convert("gdelt", path)


def test_a_zip_with_a_password_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("x.csv", "a,b")
    # The first flag of an entry says that it is encrypted; it stands in both of its heads.
    data = path.read_bytes().replace(b"PK\x03\x04\x14\x00\x00", b"PK\x03\x04\x14\x00\x01")
    path.write_bytes(data.replace(b"PK\x01\x02\x14\x03\x14\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01"))
    with pytest.raises(WhodidError, match="The archive has a password, or is packed in a way"):
        convert("gdelt", path)


def test_a_page_whose_entities_expand_without_end_is_read_in_little_memory(tmp_path: Path) -> None:
    entities = "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefghijkl", "bcdefghijklm", strict=True))
    page = f'<!DOCTYPE html [<!ENTITY a "aaaaaaaaaa">{entities}]><html><body><p>&m; and words.</p></body></html>'
    (tmp_path / "a.html").write_text(page)
    read = wd.read_articles(tmp_path, published="2024-06-21")
    assert all(len(article.text) < 10_000 for article in read.articles)


def test_a_page_does_not_read_other_files(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the password is swordfish")
    page = f'<?xml version="1.0"?><!DOCTYPE html [<!ENTITY s SYSTEM "{secret.as_uri()}">]><html><body><p>'
    (tmp_path / "a.html").write_text(f"{page}{'Words of the article. ' * 20}&s;</p></body></html>")
    read = wd.read_articles(tmp_path / "a.html", published="2024-06-21")
    assert all("swordfish" not in article.text for article in read.articles)


def test_a_sentence_of_ten_megabytes_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Seoul accused Moscow and " * 400_000)
    read = wd.read_articles(tmp_path, published=date(2024, 6, 21))
    assert [item.fault.rule for item in read.refused] == ["too-long"]
    assert "an article has at most 1,000,000. Split it into its articles." in str(read.refused[0].fault)


def test_an_id_of_ten_megabytes_breaks_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"id": "' + "a" * 10_000_000 + '", "text": "Seoul.", "date": "never"}\n')
    fault = wd.read_articles(tmp_path).refused[0].fault
    assert len(str(fault)) < 1000


@pytest.mark.parametrize("engine", ["pandas", "duckdb"])
def test_a_parquet_file_that_claims_more_rows_than_it_has_bytes_is_refused(engine: str, tmp_path: Path) -> None:
    path = tmp_path / "events.parquet"
    make_events(sentence=[0, 1]).to_parquet(path, compression=None)
    data = path.read_bytes()
    start = len(data) - 8 - int.from_bytes(data[-8:-4], "little")
    # Counts in the footer are integers of variable length; 2 becomes a hundred million wherever it stands.
    footer = data[start:-8].replace(b"\x16\x04", b"\x16\xfe\xff\xff\x7f")
    assert footer != data[start:-8]
    path.write_bytes(data[:start] + footer + len(footer).to_bytes(4, "little") + b"PAR1")
    program = "import sys, whodid as wd; print(sorted(wd.validate(sys.argv[1], engine=sys.argv[2]).counts))"
    command = [sys.executable, "-c", program, str(path), engine]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert done.stdout == "['not-parquet']\n", done.stderr


def test_a_table_of_few_bytes_and_many_rows_is_checked_in_little_memory(tmp_path: Path) -> None:
    one = pa.Table.from_pandas(make_events(note="x" * 1000), preserve_index=False)
    many = pa.concat_tables([one] * 30_000).combine_chunks()
    pq.write_table(many, tmp_path / "events.parquet", compression="zstd")
    assert (tmp_path / "events.parquet").stat().st_size < 1_000_000
    report = wd.validate(tmp_path, engine="duckdb")
    assert report.counts == {"duplicate-id": 30_000}
