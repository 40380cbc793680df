"""Articles in JSON Lines, JSON, CSV and Parquet."""

from __future__ import annotations

import csv
import json
from datetime import UTC, date, datetime
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from whodid.articles.model import Article
from whodid.articles.read import read_articles

from .conftest import Write

TEXT = "South Korea summoned the Russian ambassador."
DAY = date(2024, 6, 21)


def _line(article_id: str, **more: object) -> str:
    return json.dumps({"article_id": article_id, "text": f"{TEXT} {article_id}", "published": "2024-06-21", **more})


def test_json_lines_are_read_with_their_lines_as_origin(write: Write) -> None:
    path = write(
        "all.jsonl", _line("b") + "\r\n\n" + _line("a", publisher="Wire", title="T", url="u", extra=[1]) + "\n"
    )
    assert list(read_articles(path)) == [
        Article("a", f"{TEXT} a", DAY, "T", "Wire", "u", f"{path}:3"),
        Article("b", f"{TEXT} b", DAY, "", None, "", f"{path}:1"),
    ]


def test_a_broken_line_is_refused_with_its_number_and_the_others_are_read(write: Write) -> None:
    path = write("all.jsonl", "\n".join([_line("a"), '{"article_id": "b", "text": ', _line("c"), "[1]"]))
    read = read_articles(path)
    assert [article.article_id for article in read] == ["a", "c"]
    assert [refused.origin for refused in read.refused] == [f"{path}:2", f"{path}:4"]
    assert str(read.refused[0].fault) == (
        f"{path}:2: This line is not JSON: Expecting value at character 29. "
        "Correct the line: each holds one whole JSON object."
    )
    assert read.refused[1].fault.message == "This is a list; expected an object with the article's fields."


def test_unicode_line_separators_do_not_break_a_json_line(write: Write) -> None:
    path = write("all.jsonl", '{"id": "a", "body": "One.\u2028Two.", "date": "2024-06-21"}\n')
    (article,) = read_articles(path)
    assert article.text == "One.\u2028Two."


@pytest.mark.parametrize("content", ["[" * 100_000, '{"id": ' + "9" * 10_000 + "}", '{"id": "a", "id": "b"}'])
def test_json_that_would_break_or_mislead_a_reader_is_refused(write: Write, content: str) -> None:
    for name in ("a.jsonl", "a.json"):
        assert [refused.fault.rule for refused in read_articles(write(name, content)).refused] == ["bad-json"]


@pytest.mark.parametrize("wrap", [lambda items: items, lambda items: {"articles": items, "version": 2}])
def test_json_may_be_a_list_or_an_object_with_articles(write: Write, wrap) -> None:  # type: ignore[no-untyped-def]
    items = [
        {"id": "a", "content": TEXT, "date": 20240621, "source": "Wire"},
        {"id": 7, "body": TEXT + "!", "date": None},
    ]
    path = write("all.json", json.dumps(wrap(items)))
    read = read_articles(path)
    assert list(read) == [Article("a", TEXT, DAY, "", "Wire", "", f"{path}, row 0")]
    assert str(read.refused[0].fault) == (
        f"{path}, row 1: The article has no date. Fill its `published` field, "
        "or give --published 2024-06-21 for all articles without one."
    )


def test_json_that_is_not_json_names_the_line(write: Write) -> None:
    (refused,) = read_articles(write("all.json", '[\n{"id": "a"},\noops]')).refused
    assert refused.fault.line == 3
    (refused,) = read_articles(write("all.json", '{"id": "a"}')).refused
    assert refused.fault.message == "The file holds no list of articles."


def test_a_table_row_without_an_id_is_refused(write: Write) -> None:
    (refused,) = read_articles(write("all.jsonl", json.dumps({"text": TEXT, "date": "2024-06-21"}))).refused
    assert str(refused.fault).endswith("all.jsonl:1: The article has no id. Fill its `article_id` (or `id`) field.")


def test_all_faults_of_an_article_are_named_at_once(write: Write) -> None:
    path = write("all.jsonl", json.dumps({"text": TEXT, "date": "21.6.2024", "title": {"en": "x"}}))
    read = read_articles(path)
    assert [refused.fault.rule for refused in read.refused] == ["bad-value", "no-id", "bad-date"]
    assert read.refused[2].fault.message == (
        "'21.6.2024' is not a date that can be read; "
        "expected a day such as 2024-06-21 (20240621 and 2024-06-21T18:30:00Z are read too)."
    )
    assert (read.refused[2].fault.column, read.refused[2].fault.value) == ("date", "21.6.2024")


@pytest.mark.parametrize(("escape", "rule"), [("\\u0000", "binary"), ("\\ud83d", "bad-character")])
def test_characters_that_no_file_can_hold_are_refused(write: Write, escape: str, rule: str) -> None:
    path = write("all.jsonl", f'{{"id": "a", "text": "half {escape} here", "date": "2024-06-21"}}')
    assert [refused.fault.rule for refused in read_articles(path).refused] == [rule]


def test_mojibake_behind_json_escapes_is_undone(write: Write) -> None:
    (article,) = read_articles(write("all.jsonl", json.dumps({"id": "a", "text": "Russiaâ€™s", "date": "2024-06-21"})))
    assert article.text == "Russia’s"


def test_csv_cells_are_text_and_only_empty_ones_are_missing(write: Write) -> None:
    path = write(
        "all.csv",
        "Article_ID,text,published,publisher,title,other\n007,NA today,2024-06-21,NA,null,x\n"
        '08,"Two, ""lines""\nhere",20240622,,,\n',
    )
    assert list(read_articles(path)) == [
        Article("007", "NA today", DAY, "null", "NA", "", f"{path}:2"),
        Article("08", 'Two, "lines"\nhere', date(2024, 6, 22), "", None, "", f"{path}:3"),
    ]


def test_csv_from_a_spreadsheet_with_semicolons_is_read(write: Write) -> None:
    path = write("all.csv", "\ufeffid;text;date\r\n1;Müller, again;2024-06-21\r\n".encode())
    (article,) = read_articles(path)
    assert (article.article_id, article.text) == ("1", "Müller, again")


def test_csv_rows_of_the_wrong_length_are_refused_with_their_line_and_the_others_are_read(write: Write) -> None:
    path = write("all.csv", 'id,text,date\n1,"one\nmore",2024-06-21\n2,two, too,2024-06-21\n\n3,three,2024-06-21\n')
    read = read_articles(path)
    assert [article.article_id for article in read] == ["1", "3"]
    (refused,) = read.refused
    assert str(refused.fault) == (
        f"{path}:4: The row has 4 cells, the header 3. Put cells that hold ',' or a line end between double quotes."
    )


def test_csv_with_an_open_quote_keeps_the_rows_before_it(write: Write) -> None:
    path = write("all.csv", 'id,text,date\n1,one,2024-06-21\n2,"two,2024-06-21\n3,three,2024-06-21\n')
    read = read_articles(path)
    assert [article.article_id for article in read] == ["1"]
    (refused,) = read.refused
    assert (refused.fault.rule, refused.fault.line) == ("csv-syntax", 3)
    assert refused.fault.message.endswith("The rows from this line on were not read.")


def test_csv_cells_longer_than_the_csv_modules_limit_are_read(write: Write) -> None:
    before = csv.field_size_limit()
    (article,) = read_articles(write("all.csv", f"id,text,date\n1,{'word ' * 40_000},2024-06-21\n"))
    assert len(article.text) == 200_000
    assert csv.field_size_limit() == before


def test_a_table_without_the_columns_it_needs_is_refused_once(write: Write) -> None:
    read = read_articles(write("all.csv", "headline,date\na,2024-06-21\nb,2024-06-21\n"))
    assert [refused.fault.message for refused in read.refused] == [
        "No column holds the articles' ids.",
        "No column holds the articles' texts.",
    ]


def test_a_column_that_stands_twice_is_refused(write: Write) -> None:
    read = read_articles(write("all.csv", "id,text,text,date\n1,a,b,2024-06-21\n"))
    assert [refused.fault.message for refused in read.refused] == ["The column 'text' stands twice."]


@pytest.mark.parametrize(
    ("name", "content"), [("a.csv", "id,text,date\n"), ("a.jsonl", "\n\n"), ("a.json", "[]"), ("b.csv", "")]
)
def test_a_table_without_rows_is_refused_as_empty(write: Write, name: str, content: str) -> None:
    (refused,) = read_articles(write(name, content)).refused
    assert (refused.fault.rule, refused.fault.message) == ("empty", "The file holds no articles.")


@pytest.mark.parametrize(
    "days",
    [
        pa.array([DAY, DAY]),
        pa.array([datetime(2024, 6, 21, 18, 30), datetime(2024, 6, 21)], pa.timestamp("ns")),
        pa.array([datetime(2024, 6, 21, 18, tzinfo=UTC)] * 2, pa.timestamp("us", "UTC")),
        pa.array(["2024-06-21", "20240621"]).dictionary_encode(),
        pa.array([20240621, 20240621]),
        pa.array([20240621.0, 20240621.0]),
    ],
)
def test_parquet_days_of_every_type_are_read(tmp_path: Path, days: pa.Array) -> None:
    table = pa.table({"id": [1, 2], "text": [TEXT, f"{TEXT} Again."], "date": days})
    pq.write_table(table, tmp_path / "all.parquet")
    read = read_articles(tmp_path)
    assert [(article.article_id, article.published) for article in read] == [("1", DAY), ("2", DAY)]


def test_parquet_from_pandas_with_missing_cells_is_read(tmp_path: Path) -> None:
    frame = pd.DataFrame(
        {
            "article_id": [12.0, float("nan")],
            "text": [TEXT, "NA"],
            "published": pd.to_datetime(["2024-06-21", None]),
            "publisher": [None, "NA"],
            "vector": [[1], [2]],
        }
    )
    frame.to_parquet(tmp_path / "all.parquet")
    read = read_articles(tmp_path / "all.parquet", published="2024-06-30")
    assert list(read) == [Article("12", TEXT, DAY, "", None, "", f"{tmp_path / 'all.parquet'}, row 0")]
    assert [(refused.fault.rule, refused.fault.row) for refused in read.refused] == [("no-id", 1)]


def test_parquet_rows_without_texts_and_files_that_are_not_parquet_are_refused(tmp_path: Path) -> None:
    pq.write_table(pa.table({"id": ["a"], "text": [["no", "text"]], "date": [DAY]}), tmp_path / "a.parquet")
    (tmp_path / "b.parquet").write_bytes(b"PAR1 not really")
    pq.write_table(pa.table({"id": ["a"], "words": ["b"]}), tmp_path / "c.parquet")
    pq.write_table(pa.table({"id": ["a"], "text": ["b"]}).slice(0, 0), tmp_path / "d.parquet")
    read = read_articles(tmp_path)
    assert [refused.fault.rule for refused in read.refused] == ["bad-value", "bad-parquet", "missing-column", "empty"]
