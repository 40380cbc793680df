"""Event files: what is written is what is read, byte for byte the same, and what is broken is told."""

from __future__ import annotations

import json
import tempfile
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from event_samples import MakeEvents, make_events
from whodid.codebook.model import Codebook
from whodid.errors import EventTableError, UsageError, WhodidError
from whodid.events.enrich import enrich
from whodid.events.files import event_paths, open_events, raw_rows, read_events, write_events
from whodid.events.schema import SCHEMA_VERSION, arrow_schema
from whodid.events.table import sort_events, to_arrow

ENDINGS = [".parquet", ".csv", ".jsonl"]

words = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), min_size=1, max_size=12)
groups = st.sampled_from(["KOR", "RUSGOV", "IGOUNO", "PRKMIL", "msl"])
rows = st.lists(
    st.fixed_dictionaries(
        {
            "actor": groups,
            "action": st.sampled_from(["010", "01", "112", "1041"]),
            "target": groups,
            "date": st.dates(date(1500, 1, 1), date(9999, 12, 31)),
            "article_id": words,
            "actor_text": words,
            "action_text": words,
            "publisher": st.none() | words,
            "coder": st.sampled_from(["anna", "pattern@0.1.0", "Жанна Д."]),
            "confidence": st.none() | st.integers(0, 1000).map(lambda n: n / 1000),
            "note": st.none() | words,
        }
    ),
    min_size=1,
    max_size=5,
)


def frame_of(drawn: list[dict[str, Any]]) -> pd.DataFrame:
    return make_events(**{name: [row[name] for row in drawn] for name in drawn[0]})


@settings(max_examples=40)
@given(drawn=rows, ending=st.sampled_from(ENDINGS))
def test_what_was_written_is_read_back(drawn: list[dict[str, Any]], ending: str) -> None:
    frame = frame_of(drawn)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"events{ending}"
        write_events(frame, path)
        pd.testing.assert_frame_equal(read_events(path), sort_events(frame))


@settings(max_examples=20)
@given(drawn=rows, ending=st.sampled_from(ENDINGS), data=st.data())
def test_the_same_rows_give_the_same_bytes_in_any_order(
    drawn: list[dict[str, Any]], ending: str, data: st.DataObject
) -> None:
    frame = frame_of(drawn)
    order = data.draw(st.permutations(range(len(frame))))
    with tempfile.TemporaryDirectory() as folder:
        first, second, third = (Path(folder) / f"{name}{ending}" for name in "abc")
        write_events(frame, first, codebook="whodid-cameo@0.1.0", coder="anna")
        write_events(frame, second, codebook="whodid-cameo@0.1.0", coder="anna")
        write_events(frame.iloc[order], third, codebook="whodid-cameo@0.1.0", coder="anna")
        assert first.read_bytes() == second.read_bytes() == third.read_bytes()


@pytest.mark.parametrize("ending", ENDINGS)
def test_derived_columns_are_read_back_too(
    make_events: MakeEvents, codebook: Codebook, tmp_path: Path, ending: str
) -> None:
    frame = enrich(make_events(action=["112", "010", "190"], target=["RUS", "IGOUNO", "INT"]), codebook)
    write_events(frame, tmp_path / f"events{ending}")
    pd.testing.assert_frame_equal(read_events(tmp_path / f"events{ending}"), frame)


@pytest.mark.parametrize("ending", ENDINGS)
def test_an_empty_table_is_written_and_read(make_events: MakeEvents, tmp_path: Path, ending: str) -> None:
    write_events(make_events().iloc[:0], tmp_path / f"events{ending}")
    frame = read_events(tmp_path / f"events{ending}")
    assert len(frame) == 0
    assert list(frame.columns) == arrow_schema().names


def test_parquet_carries_the_types_and_what_made_it(make_events: MakeEvents, tmp_path: Path) -> None:
    path = tmp_path / "events.parquet"
    write_events(make_events(), path, codebook="whodid-cameo@0.1.0", codebook_hash="ab12", coder="pattern@0.1.0")
    schema = pq.read_schema(path)
    assert schema.equals(arrow_schema())
    assert schema.metadata == {
        b"whodid.schema_version": SCHEMA_VERSION.encode(),
        b"whodid.codebook": b"whodid-cameo@0.1.0",
        b"whodid.codebook_hash": b"ab12",
        b"whodid.coder": b"pattern@0.1.0",
    }
    assert open_events(path).metadata == {
        "schema_version": SCHEMA_VERSION,
        "codebook": "whodid-cameo@0.1.0",
        "codebook_hash": "ab12",
        "coder": "pattern@0.1.0",
    }


def test_parquet_that_pandas_wrote_is_read(make_events: MakeEvents, tmp_path: Path) -> None:
    # A colleague's file: categories, nanoseconds, large integers, double precision.
    frame = make_events(target=["RUS", "PRK"])
    theirs = frame.astype({"actor": "category", "sentence": "int64", "confidence": "float64", "date": "datetime64[ns]"})
    theirs.to_parquet(tmp_path / "events.parquet")
    pd.testing.assert_frame_equal(read_events(tmp_path / "events.parquet"), frame)


def test_nothing_is_written_if_the_table_is_not_valid(make_events: MakeEvents, tmp_path: Path) -> None:
    path = tmp_path / "events.parquet"
    path.write_text("what was there")
    with pytest.raises(EventTableError, match="target is null"):
        write_events(make_events(target=None), path)
    assert path.read_text() == "what was there"
    assert list(tmp_path.iterdir()) == [path]


def test_another_ending_is_refused_with_the_fix(make_events: MakeEvents, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"The ending '.xlsx' is unknown. Let it end in .parquet, .csv or .jsonl."):
        write_events(make_events(), tmp_path / "events.xlsx")
    fault = open_events(tmp_path / "events.xlsx").faults[0]
    assert (fault.rule, fault.message) == ("ending", "The ending '.xlsx' is unknown.")


def only_fault(path: Path) -> str:
    opened = open_events(path)
    assert len(opened.faults) == 1, opened.faults
    return str(opened.faults[0]).removeprefix(f"{path.parent}/")


@pytest.mark.parametrize("kept", [5, 100, 0.3, 0.6, 0.9, -1])
def test_truncated_parquet_is_told_as_such(make_events: MakeEvents, tmp_path: Path, kept: float) -> None:
    path = tmp_path / "events.parquet"
    write_events(make_events(target=["RUS"] * 50), path)
    data = path.read_bytes()
    size = int(kept * len(data)) if 0 < kept < 1 else int(kept)
    path.write_bytes(data[:size])
    assert only_fault(path) == (
        f"events.parquet: The Parquet file is damaged or cut off ({path.stat().st_size:,} bytes). "
        "Copy or build it again; compare its checksum with the source's."
    )
    assert open_events(path).frame is None


def test_a_text_file_named_parquet_is_told_as_such(tmp_path: Path) -> None:
    path = tmp_path / "events.parquet"
    path.write_text("actor,action\nKOR,112\n")
    assert only_fault(path) == (
        "events.parquet: This is not a Parquet file. Check the path, or write it with `whodid code ... -o x.parquet`."
    )


def test_an_empty_file_is_told_as_such(tmp_path: Path) -> None:
    (tmp_path / "events.parquet").touch()
    (tmp_path / "events.csv").touch()
    assert only_fault(tmp_path / "events.parquet").startswith("events.parquet: The file is empty")
    assert only_fault(tmp_path / "events.csv") == (
        "events.csv:1: The file is empty. Give it a header with the columns' names."
    )


def test_a_file_that_may_not_be_read_is_no_damaged_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    for ending, method in ((".parquet", "open"), (".csv", "read_bytes")):
        (tmp_path / f"events{ending}").touch()
        monkeypatch.setattr(Path, method, refuse)
        fault = open_events(tmp_path / f"events{ending}").faults[0]
        assert fault.rule == "unreadable"
        assert fault.message == "The file cannot be read: Permission denied."


def test_action_as_a_number_in_parquet_is_told_about_leading_zeros(make_events: MakeEvents, tmp_path: Path) -> None:
    path = tmp_path / "events.parquet"
    table = to_arrow(make_events())
    at = table.column_names.index("action")
    pq.write_table(table.set_column(at, "action", pa.array([10])), path)
    assert only_fault(path) == (
        "events.parquet: column 'action': The column holds int64 (10), not text. "
        'Write codes as text, with their leading zeros: "010" is not 10.'
    )


def test_faults_of_columns_and_of_rows_come_together(make_events: MakeEvents, tmp_path: Path) -> None:
    path = tmp_path / "events.parquet"
    frame = make_events(target=["RUS", None], confidence=[0.5, 1.5]).drop(columns="coder").assign(mood="bad", action=10)
    frame.to_parquet(path)
    found = [(fault.rule, fault.row, fault.column) for fault in open_events(path).faults]
    assert found == [
        ("wrong-type", None, "action"),
        ("unknown-column", None, "mood"),
        ("missing-column", None, "coder"),
        ("null", 1, "target"),
        ("bad-confidence", 1, "confidence"),
    ]


def test_a_column_that_stands_twice_is_told_as_such(make_events: MakeEvents, tmp_path: Path) -> None:
    table = to_arrow(make_events())
    pq.write_table(table.append_column("actor", table["actor"]), tmp_path / "events.parquet")
    assert only_fault(tmp_path / "events.parquet") == (
        "events.parquet: column 'actor': The column 'actor' stands twice. Keep one of them."
    )
    (tmp_path / "events.csv").write_text("actor,actor\nKOR,KOR\n")
    assert only_fault(tmp_path / "events.csv") == (
        "events.csv:1: column 'actor': The column 'actor' stands twice. Keep one of them."
    )


def test_a_fault_in_csv_names_the_line_also_below_a_note_of_several_lines(
    make_events: MakeEvents, tmp_path: Path
) -> None:
    path = tmp_path / "events.csv"
    write_events(make_events(note=["first\nsecond", None], action=["112", "113"]), path)
    path.write_text(path.read_text().replace(",113,", ",x,"))
    assert only_fault(path).startswith("events.csv:4, row 1: column 'action': 'x' is not valid")


def test_a_date_in_another_style_is_told_with_its_line(make_events: MakeEvents, tmp_path: Path) -> None:
    path = tmp_path / "events.csv"
    write_events(make_events(date=[date(2024, 6, 20), date(2024, 6, 21)]), path)
    path.write_text(path.read_text().replace("2024-06-20", "20.06.2024"))
    assert only_fault(path) == (
        "events.csv:2, row 0: column 'date': '20.06.2024' is no date. Write dates as 2024-06-21."
    )
    assert open_events(path).frame is not None


def test_a_number_with_a_typo_is_told_with_its_line(make_events: MakeEvents, tmp_path: Path) -> None:
    path = tmp_path / "events.csv"
    write_events(make_events(actor_end=[11, 77]), path)
    path.write_text(path.read_text().replace(",77,", ",7x,"))
    assert only_fault(path) == (
        "events.csv:3, row 1: column 'actor_end': '7x' is no whole number. Write plain numbers."
    )


def test_csv_rows_of_the_wrong_length_are_all_named(make_events: MakeEvents, tmp_path: Path) -> None:
    path = tmp_path / "events.csv"
    write_events(make_events(sentence=[0, 1, 2]), path)
    lines = path.read_text().splitlines()
    lines[1] += ",extra"
    lines[3] = lines[3].rpartition(",")[0]
    path.write_text("\n".join(lines))
    assert [str(fault).removeprefix(f"{tmp_path}/") for fault in open_events(path).faults] == [
        f"events.csv:{line}: The row has {cells} cells, the header 22. "
        "Put cells that hold a comma or a line break between double quotes."
        for line, cells in ((2, 23), (4, 21))
    ]


def test_csv_with_an_open_quote_is_told_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "events.csv"
    path.write_text('actor,action\nKOR,"112\n')
    assert only_fault(path) == "events.csv:2: This is not CSV: unexpected end of data. Check the quotes there."


def test_csv_that_is_not_utf8_is_told_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "events.csv"
    path.write_bytes(b"actor,action\nKOR,caf\xe9\n")
    assert only_fault(path) == "events.csv:2: The file is not UTF-8: byte 0xe9 at offset 20. Save it as UTF-8."


def test_csv_that_excel_saved_is_read(make_events: MakeEvents, tmp_path: Path) -> None:
    path = tmp_path / "events.csv"
    write_events(make_events(), path)
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    pd.testing.assert_frame_equal(read_events(path), make_events())


def test_lines_that_are_no_json_are_all_named(tmp_path: Path) -> None:
    path = tmp_path / "events.jsonl"
    path.write_text('{"actor": "KOR"}\n{"actor": \n[1]\n')
    assert [str(fault).removeprefix(f"{tmp_path}/") for fault in open_events(path).faults] == [
        "events.jsonl:2: This is not JSON: Expecting value. Each line holds one whole JSON object.",
        "events.jsonl:3: The line is no JSON object. Write {...}.",
    ]


def test_one_action_as_a_number_in_json_is_told_with_its_line(make_events: MakeEvents, tmp_path: Path) -> None:
    path = tmp_path / "events.jsonl"
    write_events(make_events(action=["112", "113"]), path)
    path.write_text("\n" + path.read_text().replace('"113"', "113"))
    assert only_fault(path) == (
        "events.jsonl:3, row 1: column 'action': 113 is no text. Write it between double quotes."
    )


@pytest.mark.parametrize("value", [True, [1], {"a": 1}, 10**30, "\ud800", "x"])
@pytest.mark.parametrize("column", ["sentence", "actor", "date", "confidence", "mood"])
def test_no_json_value_raises(make_events: MakeEvents, tmp_path: Path, column: str, value: object) -> None:
    path = tmp_path / "events.jsonl"
    write_events(make_events(sentence=[0, 1]), path)
    lines = [json.loads(line) for line in path.read_text().splitlines()]
    lines[1][column] = value
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    assert any(fault.column == column for fault in open_events(path).faults) or (column, value) == ("actor", "x")


def test_files_of_a_folder_are_read_together_in_canonical_order(make_events: MakeEvents, tmp_path: Path) -> None:
    write_events(make_events(article_id="z"), tmp_path / "a.csv")
    write_events(make_events(article_id="a"), tmp_path / "more" / "b.parquet")
    assert list(read_events(tmp_path)["article_id"]) == ["a", "z"]


def test_the_same_coding_in_two_files_names_both(make_events: MakeEvents, tmp_path: Path) -> None:
    write_events(make_events(), tmp_path / "a.parquet")
    write_events(make_events(), tmp_path / "b.csv")
    with pytest.raises(EventTableError) as caught:
        read_events(tmp_path)
    assert str(caught.value).replace(f"{tmp_path}/", "") == (
        f"b.csv:2, row 0: column 'event_id': The event_id '{make_events()['event_id'][0]}' also stands in a.parquet, "
        "row 0. Keep one of the rows; if one file is a copy of the other, give only one of them."
    )


def test_hidden_files_and_lists_of_refused_articles_are_no_event_files(tmp_path: Path) -> None:
    for name in ("events.parquet", ".events.parquet.part", ".hidden.csv", "events.parquet.refused.csv", "notes.txt"):
        (tmp_path / name).touch()
    assert event_paths(tmp_path) == [tmp_path / "events.parquet"]


def test_a_path_without_event_files_is_told_with_the_fix(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"There is no such file or folder\. Check the path\."):
        event_paths(tmp_path / "absent")
    with pytest.raises(UsageError, match=r"The folder holds no event files\. Give a folder with \.parquet"):
        event_paths(tmp_path)


def test_a_folder_that_may_not_be_entered_is_an_error_of_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "is_dir", refuse)
    with pytest.raises(WhodidError, match="The path cannot be read: Permission denied"):
        event_paths(tmp_path)


def test_a_time_of_day_is_not_dropped_without_a_word(tmp_path: Path) -> None:
    path = tmp_path / "e.parquet"
    make_events().assign(date=pd.Timestamp("2024-06-21 17:30")).to_parquet(path)
    [fault] = open_events(path).faults
    assert str(fault) == (
        f"{path}: column 'date': The column holds timestamp[us] (2024-06-21 17:30:00), not date32[day]. "
        "Write dates as 2024-06-21."
    )
    make_events().to_parquet(path)
    assert open_events(path).faults == []


def test_nan_is_no_number_in_csv(tmp_path: Path) -> None:
    path = tmp_path / "e.csv"
    write_events(make_events(), path)
    path.write_text(path.read_text(encoding="utf-8").replace(",0.9,", ",NaN,"), encoding="utf-8")
    assert [str(fault) for fault in open_events(path).faults] == [
        f"{path}:2, row 0: column 'confidence': 'NaN' is no number. Write plain numbers."
    ]


@pytest.mark.parametrize("change", [lambda s: s.replace(",", ";"), lambda s: s.partition("\n")[2]])
def test_a_csv_file_without_a_header_that_names_columns_is_told_so(tmp_path: Path, change: Any) -> None:
    path = tmp_path / "e.csv"
    write_events(make_events(), path)
    path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")
    [fault] = open_events(path).faults
    assert fault.rule == "no-header"
    assert str(fault).startswith(f"{path}:1: The first line names no column: ")
    assert fault.fix == "Let it be actor,action,target,..., with commas between the names."


@pytest.mark.parametrize("ending", ENDINGS)
def test_raw_rows_are_those_of_the_file(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"e{ending}"
    write_events(make_events(sentence=[0, 1]), path)
    file = open_events(path)
    names, found = raw_rows(file)
    assert file.frame is not None
    assert names == list(file.frame.columns)
    assert [str(row[names.index("sentence")]) for row in found] == ["0", "1"]
    assert found[0][names.index("note")] is None
