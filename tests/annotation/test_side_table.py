"""Tables that lie beside an event file come back as they were written, in each format."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from annotation.store_samples import fill_store
from whodid.annotation.codings import read_codings, write_codings
from whodid.annotation.judged import JUDGED_COLUMNS
from whodid.annotation.side_table import read_side_table, side_path
from whodid.errors import EventTableError, StoreError, UsageError
from whodid.events.files import read_events


@pytest.mark.parametrize("ending", ["parquet", "csv", "jsonl"])
def test_codings_and_judged_sentences_are_written_side_by_side_and_come_back(tmp_path: Path, ending: str) -> None:
    found = read_codings(fill_store(tmp_path / "coding"))
    events, judged = write_codings(found, tmp_path / "out" / f"hand.{ending}")
    assert judged.name == f"hand.judged.{ending}"
    back = read_side_table(judged)
    assert tuple(back.columns) == JUDGED_COLUMNS
    assert back.astype(str).values.tolist() == found.judged.astype(str).values.tolist()
    # The folder reads as the events alone.
    assert read_events(events.parent)["event_id"].tolist() == found.events["event_id"].tolist()
    before = events.read_bytes(), judged.read_bytes()
    write_codings(read_codings(tmp_path / "coding"), events)
    assert (events.read_bytes(), judged.read_bytes()) == before


def test_codings_of_one_coder_can_be_read_and_an_unknown_one_is_named(tmp_path: Path) -> None:
    store = fill_store(tmp_path / "coding")
    assert set(read_codings(store, coders=["ben"]).events["coder"]) == {"ben"}
    with pytest.raises(StoreError) as caught:
        read_codings(store, coders=["zoe"])
    assert str(caught.value) == f"{store}: The store has no codings of 'zoe'. It has those of: anna, ben."


def test_ids_that_look_like_numbers_stay_text(tmp_path: Path) -> None:
    path = tmp_path / "judged.csv"
    path.write_text("coder,article_id,sentence\nNA,007,1\nnan,8,\n", encoding="utf-8")
    read = read_side_table(path)
    assert read["article_id"].tolist() == ["007", "8"]
    assert read["coder"].tolist() == ["NA", "nan"]
    assert read["sentence"].tolist()[0] == 1
    assert pd.isna(read["sentence"].tolist()[1])


def test_a_table_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "x.parquet").write_bytes(b"no")
    with pytest.raises(EventTableError, match="The table cannot be read: "):
        read_side_table(tmp_path / "x.parquet")
    with pytest.raises(EventTableError, match="The table cannot be read: No such file or directory"):
        read_side_table(tmp_path / "gone.csv")
    with pytest.raises(UsageError, match=r"The ending '\.txt' is unknown"):
        side_path("x.txt", "links")
