"""Articles put aside on disk: what read_articles gives, in the same order, without holding it in memory."""

from __future__ import annotations

import json
import sqlite3
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from whodid.articles import large
from whodid.articles.model import Article
from whodid.articles.read import each_article, read_articles
from whodid.articles.spool import Spool, spool_articles
from whodid.errors import ArticleError, OutputError

RAW = Path(__file__).resolve().parents[2] / "data" / "raw"
ROWS = [
    {
        "id": f"{'é' if i % 3 else 'z'}{i:03d}",
        "text": f"Mali’s army\u2028met “{i}”.\nSo it said.",
        "published": "2024-06-21",
    }
    for i in range(50)
]


@pytest.fixture
def streamed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every table is large."""
    monkeypatch.setattr(large, "STREAMED_BYTES", 0)


def written(folder: Path, ending: str) -> Path:
    """The rows as a table of some form, among them one twice, one without a date and, where there is such, broken lines."""
    path = folder / f"a{ending}"
    rows = [*ROWS, {**ROWS[3], "text": "Another text."}, ROWS[4], {**ROWS[5], "id": "new", "published": ""}]
    if ending == ".parquet":
        pq.write_table(pa.Table.from_pylist(rows), path, row_group_size=7)
    elif ending == ".jsonl":
        lines = [json.dumps(row, ensure_ascii=False) for row in rows]
        path.write_bytes(("\ufeff" + "\r\n".join([*lines[:9], "{", "", "[1]", *lines[9:]])).encode())
    else:
        lines = ['"' + '","'.join(str(v).replace('"', '""') for v in row.values()) + '"' for row in rows]
        path.write_bytes("\r\n".join(["id,text,published", *lines[:9], "x,y", "", *lines[9:], 'z,"']).encode())
    return path


def test_the_sample_is_read_the_same(tmp_path: Path) -> None:
    spool = spool_articles(RAW)
    assert tuple(spool) == read_articles(RAW).articles
    assert len(spool) == len(read_articles(RAW))


@pytest.mark.parametrize("ending", [".jsonl", ".csv", ".parquet"])
def test_a_large_table_is_read_as_a_small_one(ending: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(tmp_path, ending)
    small = read_articles(path)
    monkeypatch.setattr(large, "STREAMED_BYTES", 0)
    spool = spool_articles(path)
    assert len(small) == len(ROWS)
    assert tuple(spool) == small.articles
    assert spool.refused == small.refused
    rules = [item.fault.rule for item in spool.refused]
    assert {"duplicate-id", "duplicate-article", "no-date"} <= set(rules)
    assert len(rules) > 4 or ending == ".parquet"


@pytest.mark.usefixtures("streamed")
@pytest.mark.parametrize("ending", [".jsonl", ".csv"])
def test_a_large_table_in_another_encoding_is_read_whole(ending: str, tmp_path: Path) -> None:
    path = tmp_path / f"a{ending}"
    text = {
        ".jsonl": '{"id": "1", "text": "Perú met Chad.", "published": "2024-06-21"}',
        ".csv": "id,text,published\n1,Perú,2024-06-21",
    }
    path.write_bytes(text[ending].encode("cp1252"))
    assert "Perú" in next(iter(spool_articles(path))).text


@pytest.mark.usefixtures("streamed")
@pytest.mark.parametrize("ending", [".jsonl", ".csv"])
def test_a_large_table_without_rows_is_refused(ending: str, tmp_path: Path) -> None:
    path = tmp_path / f"a{ending}"
    path.write_text("\n\n")
    (refused, *_) = spool_articles(path).refused
    assert refused.fault.rule in {"empty", "missing-column"}


@pytest.mark.usefixtures("streamed")
@pytest.mark.parametrize("ending", [".jsonl", ".csv", ".parquet"])
def test_a_table_that_changes_while_it_is_read_is_an_error(ending: str, tmp_path: Path) -> None:
    path = written(tmp_path, ending)
    entries = each_article(path)
    next(entries)
    with path.open("ab") as handle:
        handle.write(b"\n")
    with pytest.raises(ArticleError, match=r"a\.\w+: The file changed while it was read. Run the command again when"):
        list(entries)


@pytest.mark.usefixtures("streamed")
def test_a_table_that_goes_away_while_it_is_read_is_an_error(tmp_path: Path) -> None:
    path = written(tmp_path, ".jsonl")
    entries = each_article(path)
    next(entries)
    path.unlink()
    with pytest.raises(ArticleError, match="The file went away while it was read"):
        list(entries)


def test_a_file_that_goes_away_before_it_is_read_is_an_error(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("Mali met Chad.")
    entries = each_article(tmp_path, published="2024-06-21")
    next(entries)
    (tmp_path / "b.txt").unlink()
    with pytest.raises(ArticleError, match=r"b.txt: The file went away before it was read"):
        list(entries)


@pytest.mark.usefixtures("streamed")
def test_a_line_without_end_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(large, "_LONGEST_LINE", 100)
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps({"id": "1", "text": "x" * 200, "published": "2024-06-21"}))
    with pytest.raises(
        ArticleError, match=r"A line has more than 100 characters. Write each article on a line of its own"
    ):
        spool_articles(path)


def test_the_digest_tells_what_codings_depend_on() -> None:
    def digest(*articles: Article) -> str:
        spool = Spool()
        for article in articles:
            spool.add(article)
        return spool.digest()

    one, two = (Article(name, "Mali met Chad.", date(2024, 6, 21), origin="x") for name in "ab")
    assert digest(one, two) == digest(two, one)
    assert digest(one) == digest(Article("a", one.text, one.published, title="T", origin="elsewhere"))
    assert len({digest(one), digest(two), digest(one, two), digest(), digest(Article("a", "x", one.published))}) == 5


def test_a_full_disk_for_temporary_files_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    class Full:
        def execute(self, *_: object) -> None:
            raise sqlite3.OperationalError("database or disk is full")

    spool = Spool()
    spool._base = Full()  # type: ignore[assignment]
    with pytest.raises(
        OutputError, match=r"cannot be put aside: database or disk is full. Free space in the folder for temp"
    ):
        spool.add(Article("a", "x", date(2024, 6, 21)))
