"""A file that is something else than its ending says is called what it is, with what to do about it."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from whodid.events.files import open_events

LFS = b"version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n"


@pytest.mark.parametrize(
    ("name", "data", "rule", "sentence"),
    [
        (
            "e.parquet",
            LFS,
            "not-parquet",
            "This is a pointer of Git LFS, and not a Parquet file. Fetch the file with `git lfs pull`; in GitHub Actions, "
            "give actions/checkout `lfs: true`.",
        ),
        (
            "e.csv",
            gzip.compress(b"actor,action\n", mtime=0),
            "not-csv",
            "This is a file compressed with gzip, and not CSV in UTF-8. Unpack it first, with `gunzip`.",
        ),
        (
            "e.jsonl",
            b"PK\x03\x04rest",
            "not-json",
            "This is a zip archive or an Excel workbook, and not JSON Lines in UTF-8. Unpack it, or save the sheet as CSV "
            "UTF-8.",
        ),
        (
            "e.csv",
            "actor,action\n".encode("utf-16"),
            "not-utf8",
            "This is text in UTF-16, and not CSV in UTF-8. Save it as UTF-8; a spreadsheet calls that CSV UTF-8.",
        ),
        (
            "e.parquet",
            b"<!DOCTYPE html><html>Not found",
            "not-parquet",
            "This is a web page, and not a Parquet file. Download the file itself: the page may say why it was not given.",
        ),
    ],
    ids=["Git LFS", "gzip", "zip", "UTF-16", "web page"],
)
def test_what_the_file_is_and_what_to_do(name: str, data: bytes, rule: str, sentence: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    [fault] = open_events(path).faults
    assert (fault.rule, f"{fault.message} {fault.fix}") == (rule, sentence)


@pytest.mark.parametrize(
    ("name", "text", "line", "sentence"),
    [
        (
            "e.csv",
            "actor,action\n<<<<<<< HEAD\nKOR,112\n",
            2,
            "The line is the mark of a conflict in git. Settle the conflict: make the file anew from its articles, or keep "
            "the rows of both sides once.",
        ),
        (
            "e.jsonl",
            '{"actor": "KOR"}\n=======\n',
            2,
            "The line is the mark of a conflict in git. Settle the conflict: make the file anew from its articles, or keep "
            "the rows of both sides once.",
        ),
        (
            "e.jsonl",
            '{"actor": "KOR", "confidence": NaN}\n',
            1,
            "This is not JSON: NaN is no value there. Write null where there is no value.",
        ),
        (
            "e.jsonl",
            '{"actor": "KOR", "actor": "RUS"}\n',
            1,
            "The column 'actor' stands twice. Keep one of them.",
        ),
    ],
)
def test_lines_that_json_and_csv_readers_often_pass(
    name: str, text: str, line: int, sentence: str, tmp_path: Path
) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    [fault] = open_events(path).faults
    assert (fault.line, f"{fault.message} {fault.fix}") == (line, sentence)


@pytest.mark.parametrize(
    ("header", "fix"),
    [
        ("ACTOR", "Rename it to 'actor'."),
        (" target", "Rename it to 'target'."),
        ("Article ID", "Rename it to 'article_id'."),
        ("publishd", "Rename it to 'published'."),
        ("", "It is the index of a pandas table: write it with index=False."),
        ("comment", "Drop it, or rename it to a column of the schema; remarks go into note."),
    ],
)
def test_an_unknown_column_is_named_with_what_was_probably_meant(header: str, fix: str, tmp_path: Path) -> None:
    path = tmp_path / "e.csv"
    path.write_text(f"action,{header}\n112,x\n", encoding="utf-8")
    assert [f.fix for f in open_events(path).faults if f.rule == "unknown-column"] == [fix]
