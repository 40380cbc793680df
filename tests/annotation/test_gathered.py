"""Codings from tables, files, stores and readings come together, with all that is known of who judged what."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from annotation.store_samples import fill_store
from event_samples import EVENT, make_events
from whodid.annotation.adjudicate import adjudicate
from whodid.annotation.codings import read_codings, write_codings
from whodid.annotation.gathered import gather
from whodid.annotation.sheets.read import SheetReading
from whodid.codebook.model import Codebook
from whodid.errors import UsageError
from whodid.events.files import write_events
from whodid.reliability.agree import agree

ROLES = ("actor", "action", "target")


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return fill_store(tmp_path / "coding")


def _lines(judged: pd.DataFrame | None) -> list[tuple[str, str, int]]:
    assert judged is not None
    return sorted(judged[["coder", "article_id", "sentence"]].itertuples(index=False, name=None))


@pytest.mark.parametrize("ending", ["parquet", "csv", "jsonl"])
def test_a_store_and_the_files_made_of_it_say_the_same(store: Path, tmp_path: Path, ending: str) -> None:
    write_codings(read_codings(store), tmp_path / "out" / f"hand.{ending}")
    there, again, folder = gather(store), gather(tmp_path / "out" / f"hand.{ending}"), gather(tmp_path / "out")
    assert _lines(there.judged) == _lines(again.judged) == _lines(folder.judged)
    assert len(_lines(there.judged)) == 5
    assert there.tables[0]["event_id"].tolist() == again.tables[0]["event_id"].tolist()
    assert (there.stores, again.stores) == ((store,), ())


def test_a_sheet_that_was_read_brings_its_sentences_without_event_along() -> None:
    reading = SheetReading("carla", (EVENT,), without_event=((EVENT.article_id, 4),))
    found = gather([reading, make_events(coder="pattern@1.0.0")])
    assert [len(table) for table in found.tables] == [1, 1]
    assert ("carla", EVENT.article_id, 4) in _lines(found.judged)


def test_of_bare_tables_nothing_is_known(tmp_path: Path) -> None:
    write_events(make_events(), tmp_path / "events.csv")
    assert gather(make_events()).judged is None
    assert gather([make_events(), tmp_path / "events.csv"]).judged is None
    assert gather([]).tables == ()


def test_agree_and_adjudicate_take_the_same_things(store: Path, codebook: Codebook) -> None:
    """anna saw nothing in sentence 2, and the machine did: whoever compares or settles knows that anna judged it."""
    elsewhere = {f"{role}_{end}": getattr(EVENT, f"{role}_{end}") + 500 for role in ROLES for end in ("start", "end")}
    machine = make_events(coder="pattern@1.0.0", sentence=2, action="120", **elsewhere)
    found = agree([store, machine], codebook, resamples=0)
    assert found.coders == ("anna", "ben", "pattern@1.0.0")
    assert found.notes[-1].startswith("It is not known which articles pattern@1.0.0 judged: a coder counts as having")
    lacking = found.judgements()
    lacking = lacking[lacking["actor"].isna()]
    assert ("anna", EVENT.article_id) in set(zip(lacking["coder"], lacking["article_id"], strict=True))
    settled = adjudicate([store, machine])
    [unit] = [one for one in settled.open_units if one.sentence == 2]
    assert (unit.answers["anna"], unit.answers["pattern@1.0.0"] is None) == (None, False)
    # ben never came to that sentence.
    assert "ben" not in unit.answers


def test_damaged_lines_of_a_store_are_said_with_the_agreement(store: Path, codebook: Codebook) -> None:
    [path] = (store / "anna").iterdir()
    path.write_bytes(path.read_bytes().replace(b'"111"', b'"112"'))
    [note] = [note for note in agree(store, codebook, resamples=0).notes if "damaged" in note]
    assert note.startswith(f"{path}:2: The line is damaged")


def test_a_bad_table_beside_a_file_is_named(tmp_path: Path) -> None:
    write_events(make_events(), tmp_path / "ben.csv")
    (tmp_path / "ben.judged.csv").write_text("coder\nben\n", encoding="utf-8")
    with pytest.raises(UsageError) as caught:
        gather(tmp_path / "ben.csv")
    assert str(caught.value).startswith(
        f"{tmp_path / 'ben.judged.csv'}: column 'article_id': The table of judged articles"
    )
