"""The table of who judged which article, from a file."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from whodid.annotation.judged import read_judged
from whodid.errors import UsageError

TABLE = pd.DataFrame({"article_id": ["007", "b"], "coder": ["anna", "nan"], "when": ["2024-06-21", "2024-06-22"]})


@pytest.mark.parametrize("ending", [".csv", ".jsonl", ".parquet"])
def test_coder_and_article_are_read_as_text_each_pair_once(ending: str, tmp_path: Path) -> None:
    path = tmp_path / f"judged{ending}"
    table = pd.concat([TABLE, TABLE])
    if ending == ".csv":
        table.to_csv(path, index=False)
    elif ending == ".jsonl":
        table.to_json(path, orient="records", lines=True)
    else:
        table.to_parquet(path)
    assert read_judged(path).to_dict("list") == {"coder": ["anna", "nan"], "article_id": ["007", "b"]}


def test_sentences_are_numbers_and_null_for_a_whole_article(tmp_path: Path) -> None:
    path = tmp_path / "judged.csv"
    path.write_text("coder,article_id,sentence\nanna,a,3\nben,a,\n", encoding="utf-8")
    assert read_judged(path)["sentence"].tolist() == [3, pd.NA]


FIX = "Give a .csv, .jsonl or .parquet file with the columns coder and article_id."


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("no.csv", None, f"The table of judged articles cannot be read: No such file or directory. {FIX}"),
        ("a.xlsx", b"", f".xlsx is no format of a table of judged articles. {FIX}"),
        ("a.parquet", b"not parquet", "The table of judged articles cannot be read: "),
        ("a.jsonl", b"{", "The table of judged articles cannot be read: "),
        ("a.csv", b"", f"The table of judged articles cannot be read: No columns to parse from file. {FIX}"),
        ("a.csv", b"coder\nanna\n", "The table of judged articles has no column 'article_id'. Give it the columns"),
        (
            "a.csv",
            b"coder,article_id,sentence\nanna,x,-1\n",
            "'-1' is no sentence. Count sentences from 0; leave the cell",
        ),
        ("a.csv", b"coder,article_id\nanna,\n", "The table of judged articles has 1 empty cells. Fill in who judged"),
    ],
)
def test_a_table_that_cannot_be_used_is_a_sentence(
    name: str, content: bytes | None, sentence: str, tmp_path: Path
) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(UsageError) as caught:
        read_judged(path)
    assert sentence in str(caught.value)
    assert str(caught.value).startswith(str(path))
