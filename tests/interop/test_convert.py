"""Conversion as a whole: every row is accounted for, the same files give the same bytes, and tools take the result."""

from __future__ import annotations

import csv
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import whodid as wd
from interop.conftest import Convert
from interop.foreign import gdelt, icews, keds_lines, phoenix, polecat
from whodid.codebook.model import Codebook
from whodid.errors import UsageError
from whodid.interop import convert as module
from whodid.interop.seen import Seen

SAMPLES = {
    "gdelt": gdelt(
        {}, {"GLOBALEVENTID": "2", "Actor2Code": ""}, {"GLOBALEVENTID": "3", "EventCode": "999", "EventRootCode": "99"}
    ),
    "icews": icews({}, {"Event ID": "2", "Source Country": "Ruritania"}),
    "phoenix": phoenix({}, {"GID": "2", "CAMEO": ""}),
    "polecat": polecat({}, {"Event ID": "2", "Event Type": "None"}),
    "keds": keds_lines("790415\tJOR\tEGY\t112", "790415\tJOR\t---\t112"),
}


@pytest.mark.parametrize("form", sorted(SAMPLES))
def test_every_row_is_converted_or_refused(form: str, convert: Convert) -> None:
    done = convert(form, SAMPLES[form])
    (count,) = done.files
    assert count.rows == count.converted + sum(count.refused.values()) == len(done.events) + len(done.refused)
    assert count.converted == 1


@pytest.mark.parametrize("form", sorted(SAMPLES))
@pytest.mark.parametrize("ending", [".parquet", ".csv", ".jsonl"])
def test_what_is_written_is_read_back_and_validates(form: str, ending: str, tmp_path: Path, codebook: Codebook) -> None:
    source, out = tmp_path / "foreign.csv", tmp_path / f"events{ending}"
    source.write_text(SAMPLES[form], "utf-8")
    wd.convert_to_file(form, source, out, refused=tmp_path / "refused.csv", codebook=codebook)
    events = wd.read_events(out, imported=True)
    pd.testing.assert_frame_equal(
        events.reindex(columns=sorted(events)),
        wd.convert(form, source, codebook=codebook).events.reindex(columns=sorted(events)),
    )
    assert wd.validate(out, codebook=codebook).is_valid
    wd.write_events(events, tmp_path / "again.parquet")
    pd.testing.assert_frame_equal(wd.read_events(tmp_path / "again.parquet", imported=True), events)


def test_the_same_files_give_the_same_bytes_and_batches_change_no_row(
    tmp_path: Path, codebook: Codebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = tmp_path / "a.csv"
    source.write_text(gdelt(*({"GLOBALEVENTID": str(n), "AvgTone": str(n % 7)} for n in range(50))), "utf-8")
    for name in ("one", "two", "small"):
        if name == "small":
            monkeypatch.setattr(module, "_BATCH", 7)
        wd.convert_to_file("gdelt", source, tmp_path / f"{name}.parquet", refused=tmp_path / "r.csv", codebook=codebook)
    assert (tmp_path / "one.parquet").read_bytes() == (tmp_path / "two.parquet").read_bytes()
    assert pq.ParquetFile(tmp_path / "small.parquet").num_row_groups == 8
    one, small = (wd.read_events(tmp_path / f"{name}.parquet", imported=True) for name in ("one", "small"))
    pd.testing.assert_frame_equal(one, small)


def test_files_of_two_versions_make_one_table(tmp_path: Path, codebook: Codebook) -> None:
    from interop.foreign import GDELT_NEW

    old, new = tmp_path / "old.csv", tmp_path / "new.csv"
    old.write_text(gdelt({}), "utf-8")
    new.write_text(gdelt({"DATEADDED": "20170101073000"}, names=GDELT_NEW), "utf-8")
    events = wd.convert("gdelt", [old, new], codebook=codebook).events
    assert sorted(zip(events["original_file"], events["coder"], strict=True)) == [
        ("new.csv", "gdelt@2.0"),
        ("old.csv", "gdelt@1.0"),
    ]
    assert "original_action_geo_adm2_code" in events


def test_parquet_metadata_says_what_kind_of_table_it_is(tmp_path: Path, codebook: Codebook) -> None:
    source = tmp_path / "a.csv"
    source.write_text(gdelt({}), "utf-8")
    wd.convert_to_file("gdelt", source, tmp_path / "e.parquet", refused=tmp_path / "r.csv", codebook=codebook)
    metadata = pq.read_schema(tmp_path / "e.parquet").metadata
    assert metadata[b"whodid.form"] == b"imported events"
    assert metadata[b"whodid.codebook"] == codebook.label.encode()
    assert metadata[b"whodid.coder"] == b"gdelt"


def test_na_in_a_column_that_we_do_not_read_stays_what_it_is(tmp_path: Path, codebook: Codebook) -> None:
    # ISO's two letters for Namibia, and what pandas would make null of.
    source = tmp_path / "a.csv"
    source.write_text(gdelt({"ActionGeo_CountryCode": "NA"}), "utf-8")
    for name in ("e.parquet", "e.csv", "e.jsonl"):
        wd.convert_to_file("gdelt", source, tmp_path / name, refused=tmp_path / "r.csv", codebook=codebook)
        events = wd.read_events(tmp_path / name, imported=True)
        assert events["original_action_geo_country_code"].tolist() == ["NA"]


def test_refused_rows_are_listed_with_line_reason_fix_and_their_own_text(tmp_path: Path, codebook: Codebook) -> None:
    source = tmp_path / "a.csv"
    source.write_text(SAMPLES["keds"] + "=cmd()\n", "utf-8")
    wd.convert_to_file("keds", source, tmp_path / "e.csv", refused=tmp_path / "r.csv", codebook=codebook)
    with (tmp_path / "r.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [(row["file"], row["line"], row["rule"]) for row in rows] == [
        ("a.csv", "2", "missing-target"),
        ("a.csv", "3", "not-a-row"),
    ]
    assert (rows[0]["reason"], rows[0]["row"]) == ("The row has no target.", "790415\tJOR\t---\t112")
    assert rows[1]["row"] == "'=cmd()"  # a spreadsheet would run it
    assert rows[1]["fix"] == "Expected: day, actor, target and code, as in 790415 JOR EGY 190 (USE FORCE)."


def test_words_are_asked_of_the_table_only_where_they_are_wanted(tmp_path: Path, codebook: Codebook) -> None:
    source = tmp_path / "a.csv"
    source.write_text(SAMPLES["keds"], "utf-8")
    wd.convert_to_file("keds", source, tmp_path / "e.csv", refused=tmp_path / "r.csv", codebook=codebook)
    with pytest.raises(UsageError) as error:
        wd.read_events(tmp_path / "e.csv")
    assert str(error.value).endswith(
        "e.csv: The file holds imported events, which have no words and no offsets. Give coded events here; "
        "`whodid validate`, `summarize`, `oneaday` and `aggregate` take both."
    )


def test_a_folder_with_both_kinds_of_events_makes_no_table(tmp_path: Path, codebook: Codebook, make_events) -> None:
    source, folder = tmp_path / "a.txt", tmp_path / "both"
    source.write_text(SAMPLES["keds"], "utf-8")
    wd.convert_to_file("keds", source, folder / "e.parquet", refused=tmp_path / "r.csv", codebook=codebook)
    wd.write_events(make_events(), folder / "coded.parquet")
    with pytest.raises(UsageError, match=r"others in the folder hold coded ones. Give one kind of file at a time"):
        wd.read_events(folder, imported=True)


def test_a_format_that_does_not_exist_is_refused_with_those_that_do(tmp_path: Path, codebook: Codebook) -> None:
    with pytest.raises(
        UsageError, match=r"There is no format 'acled'. The formats are: gdelt, icews, phoenix, polecat, keds"
    ):
        wd.convert("acled", tmp_path / "x", codebook=codebook)


def test_a_changed_row_is_found_by_its_id_and_checks_without_words_are_named(
    convert: Convert, codebook: Codebook
) -> None:
    events = convert("icews", icews({})).events
    report = wd.validate(events.assign(action="112"), codebook=codebook)
    assert report.counts == {"wrong-id": 1}
    assert [(skipped.check, skipped.reason) for skipped in report.checks_not_run][:2] == [
        ("spans", "imported events have no words and no offsets"),
        ("articles", "imported events have no words and no offsets"),
    ]


def test_codes_that_the_codebook_does_not_know_are_for_validation_to_say(convert: Convert, codebook: Codebook) -> None:
    events = convert("phoenix", phoenix({"Source": "IMGMUSISI"})).events
    report = wd.validate(events, codebook=codebook)
    assert report.counts == {"unknown-actor": 1}


@settings(max_examples=30)
@given(st.lists(st.integers(0, 40), max_size=120))
def test_ids_are_remembered_however_many_blocks_they_fill(numbers: list[int]) -> None:
    seen, known = Seen(recent=5, blocks=2), set()
    for number in numbers:
        assert seen.add(f"{number:016x}") == (number not in known)
        known.add(number)
