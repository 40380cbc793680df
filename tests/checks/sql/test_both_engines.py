"""The two ways of checking find the same: each fault is put into a valid table and looked for by both.

pandera's other backends would be shorter than whodid's own SQL, and are not offered because they would not pass here:
its ibis backend ignores unique=True, and its polars backend does not look at the values of a LazyFrame.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import whodid as wd
from event_samples import MakeEvents, make_events
from whodid.articles.model import Article, ArticleSet, Refused
from whodid.checks.report import ValidationReport
from whodid.checks.sql.rules import id_rules, row_rules
from whodid.checks.sql.validate import validate_parquet
from whodid.codebook.model import Codebook
from whodid.errors import Fault, UsageError
from whodid.events.enrich import enrich
from whodid.events.schema import COLUMNS, DERIVED
from whodid.events.table import plain_type

TODAY = date(2024, 7, 1)
ENGINES = ("pandas", "duckdb")


def write(frame: pd.DataFrame, path: Path, **columns: pa.Array) -> Path:
    """The frame as Parquet with the schema's types but none of its rules, as another program may write it."""
    arrays = {}
    for column in (*COLUMNS, *DERIVED):
        if column.name in frame.columns:
            values = frame[column.name]
            if pa.types.is_date(column.arrow):
                days = pa.array(values, from_pandas=True)
                arrays[column.name] = days.cast(pa.timestamp("s")).cast(pa.date32())
            else:
                arrays[column.name] = pa.array(values, plain_type(column.arrow), from_pandas=True)
    pq.write_table(pa.table({**arrays, **columns}), path)
    return path


def by_engine(path: Path | list[Path], codebook: Codebook, **options: Any) -> tuple[ValidationReport, ValidationReport]:
    reports = [wd.validate(path, codebook=codebook, today=TODAY, engine=engine, **options) for engine in ENGINES]
    return reports[0], reports[1]


# What is put into the second of three rows, and the rule and column under which it must be found.
FAULTS: list[tuple[str, Any, str, str]] = [
    *((c.name, None, "null", c.name) for c in COLUMNS if not c.is_nullable),
    ("actor", "KORG", "bad-actor", "actor"),
    ("actor", "", "bad-actor", "actor"),
    ("actor", "QQQGOV", "unknown-actor", "actor"),
    ("actor", "korgov", "unknown-actor", "actor"),
    ("actor", "ROUGOV", "variant-actor", "actor"),
    ("target", "RUS-GOV", "bad-target", "target"),
    ("target", "KORXXX", "unknown-actor", "target"),
    ("action", "1", "bad-action", "action"),
    ("action", "114\n", "bad-action", "action"),
    ("action", "١١٤", "bad-action", "action"),
    ("action", "999", "unknown-action", "action"),
    ("date_basis", "guess", "bad-date-basis", "date_basis"),
    ("event_id", "XYZ", "bad-event-id", "event_id"),
    ("event_id", "ABCDEF0123456789", "bad-event-id", "event_id"),
    ("event_id", "0123456789abcdef\n", "bad-event-id", "event_id"),
    ("event_id", "0123456789abcdef", "wrong-id", "event_id"),
    ("article_id", "", "bad-article-id", "article_id"),
    ("sentence", -1, "bad-sentence", "sentence"),
    *((f"{side}_text", "", f"bad-{side}-text", f"{side}_text") for side in ("actor", "action", "target")),
    *((f"{side}_start", -3, f"bad-{side}-start", f"{side}_start") for side in ("actor", "action", "target")),
    *((f"{side}_end", 0, "empty-span", f"{side}_end") for side in ("actor", "action", "target")),
    *((f"{side}_end", 0, f"bad-{side}-end", f"{side}_end") for side in ("actor", "action", "target")),
    *((f"{side}_text", "Süd👨‍👩‍👧", "span-length", f"{side}_text") for side in ("actor", "action", "target")),
    ("actor_end", 2**31 - 1, "span-length", "actor_text"),
    ("coder", " anna", "bad-coder", "coder"),
    ("coder", "\u00a0anna", "bad-coder", "coder"),
    ("coder", "an\nna", "bad-coder", "coder"),
    ("confidence", 1.5, "bad-confidence", "confidence"),
    ("confidence", -0.1, "bad-confidence", "confidence"),
    ("confidence", float("inf"), "bad-confidence", "confidence"),
    ("date", date(24, 6, 21), "early-date", "date"),
    ("date", date(2025, 6, 24), "future-date", "date"),
    ("date_basis", "published", "date-basis", "date_basis"),
    ("published", date(1024, 6, 22), "early-date", "published"),
    ("published", date(2024, 8, 1), "future-published", "published"),
    *((f"{side}_text", "NaN ", "null-as-text", f"{side}_text") for side in ("actor", "action", "target")),
    *((name, "#N/A", "null-as-text", name) for name in ("article_id", "publisher", "coder", "note")),
    *((name, "nan", "null-as-text", name) for name in ("actor", "action", "target")),
    ("note", "\u2003<NA>\n", "null-as-text", "note"),
    ("article_id", "seoul\u3000", "stray-space", "article_id"),
    ("publisher", "\tWire", "stray-space", "publisher"),
    ("publisher", "CafÃ©", "mojibake", "publisher"),
    ("note", "Stra\ufffde", "mojibake", "note"),
    ("confidence", 0.12345, "confidence-decimals", "confidence"),
    ("target_start", 5, "shared-words", "target_text"),
]


def with_faults(faults: list[tuple[str, Any, str, str]]) -> pd.DataFrame:
    """A table with one of the faults in each row; everything else in it is valid."""
    rows = [make_events(**{"sentence": number, column: value}) for number, (column, value, _, _) in enumerate(faults)]
    return pd.concat(rows, ignore_index=True)


@pytest.mark.parametrize("column", sorted({column for column, _, _, _ in FAULTS}))
def test_both_engines_find_each_fault_of_a_column_and_say_the_same(
    column: str, codebook: Codebook, tmp_path: Path
) -> None:
    faults = [fault for fault in FAULTS if fault[0] == column]
    small, large = by_engine(write(with_faults(faults), tmp_path / "events.parquet"), codebook)
    found = {(f.row, f.rule, f.column) for f in large.findings}
    assert [fault for row, fault in enumerate(faults) if (row, fault[2], fault[3]) not in found] == []
    assert large == small


def test_nothing_is_found_in_a_valid_table(codebook: Codebook, tmp_path: Path) -> None:
    frame = make_events(confidence=[0.5, None, 1.0], publisher=[None, "A", ""], note=["", None, "=1+1"])
    small, large = by_engine(write(enrich(frame, codebook), tmp_path / "events.parquet"), codebook)
    assert large.is_valid
    assert large == small
    assert large.rows == 3


def test_days_outside_of_the_calendar_and_numbers_that_are_none_break_neither(
    codebook: Codebook, tmp_path: Path
) -> None:
    days = pa.array([2**31 - 1, -(2**31) + 1, 3_000_000], pa.int32()).cast(pa.date32())
    nan = pa.array([np.nan] * 3, pa.float32())
    path = write(make_events(sentence=[0, 1, 2]), tmp_path / "events.parquet", date=days, confidence=nan)
    small, large = by_engine(path, codebook)
    assert large == small


STALE: list[tuple[str, object]] = [
    *(("root", None), ("root", "1"), ("root", "19"), ("action_label", "Something else"), ("action_label", None)),
    *(("quad_class", 2), ("quad_class", 5), ("quad_class", None)),
    *(("goldstein", 9.5), ("goldstein", None), ("goldstein", 11.0)),
    *(("plover_event", "AID"), ("plover_mode", "x"), ("plover_context", "military")),
    *(("actor_country", "FRA"), ("actor_role", None), ("target_country", None), ("target_role", "MIL")),
]


def test_both_engines_find_each_stale_derived_value(codebook: Codebook, tmp_path: Path) -> None:
    frame = enrich(make_events(sentence=list(range(len(STALE) + 1))), codebook)
    for row, (column, value) in enumerate(STALE):
        cells = frame[column].tolist()
        frame[column] = pd.Series([*cells[:row], value, *cells[row + 1 :]], dtype=frame[column].dtype)
    small, large = by_engine(write(frame, tmp_path / "events.parquet"), codebook)
    found = {(f.row, f.column) for f in large.findings if f.rule == "stale-derived"}
    assert found == {(row, column) for row, (column, _) in enumerate(STALE)}
    assert large == small


def test_derived_values_of_codes_that_nobody_knows_are_not_compared(codebook: Codebook, tmp_path: Path) -> None:
    frame = enrich(make_events(action=["112", "999"], actor=["KORGOV", "QQQ"]), codebook)
    small, large = by_engine(write(frame, tmp_path / "events.parquet"), codebook)
    assert large.counts == {"unknown-action": 1, "unknown-actor": 1}
    assert large == small


@pytest.mark.parametrize(
    ("overrides", "rule"),
    [
        ({"article_id": "other"}, "unknown-article"),
        ({"actor_start": 1, "actor_end": 12}, "offset-mismatch"),
        ({"actor_text": "Korea"}, "offset-mismatch"),
        ({"target_start": 5000, "target_end": 5006}, "offset-mismatch"),
        ({"action_start": -1}, "offset-mismatch"),
        ({"published": date(2024, 6, 20), "date": date(2024, 6, 19)}, "wrong-published"),
    ],
)
def test_both_engines_compare_with_the_articles(
    overrides: dict[str, Any], rule: str, article: Article, codebook: Codebook, tmp_path: Path
) -> None:
    frame = pd.concat([make_events(sentence=[0, 0], coder=["a", "b"]), make_events(**overrides)], ignore_index=True)
    articles = ArticleSet(
        (article, replace(article, article_id="ü", text="ü")), (Refused("x", Fault("empty", "Empty.")),)
    )
    small, large = by_engine(write(frame, tmp_path / "events.parquet"), codebook, articles=articles)
    assert rule in {f.rule for f in large.findings if f.row == 2}
    assert large == small


def test_words_are_compared_by_character_and_not_by_byte(codebook: Codebook, tmp_path: Path) -> None:
    text = "Ünter 👨‍👩‍👧 der Süden"
    article = Article("seoul-2024", text, date(2024, 6, 22))
    words = {"actor_text": "👨‍👩‍👧", "actor_start": 6, "actor_end": 11, "action_text": "der", "action_start": 12}
    words |= {"action_end": 15, "target_text": "Süden", "target_start": 16, "target_end": 21}
    path = write(make_events(**words), tmp_path / "events.parquet")
    small, large = by_engine(path, codebook, articles=ArticleSet((article,)))
    assert large.is_valid
    assert large == small


def test_both_engines_find_the_same_id_within_and_across_files(codebook: Codebook, tmp_path: Path) -> None:
    one, two = make_events(sentence=[0, 1, 2]), make_events(sentence=[2, 3, 4])
    write(pd.concat([one, one.iloc[[1]], one.iloc[[1]]], ignore_index=True), tmp_path / "a.parquet")
    write(pd.concat([two, two.iloc[[1]]], ignore_index=True), tmp_path / "b.parquet")
    write(make_events(sentence=[9]), tmp_path / "c.parquet")
    small, large = by_engine(tmp_path, codebook)
    assert large.counts == {"duplicate-id": 6, "row-order": 2}
    assert large == small


def test_both_engines_find_a_malformed_id_twice(codebook: Codebook, tmp_path: Path) -> None:
    path = write(make_events(sentence=[0, 1, 2], event_id=["xyz", "ABCDEF0123456789", "xyz"]), tmp_path / "e.parquet")
    small, large = by_engine(path, codebook)
    assert large.counts == {"bad-event-id": 3, "duplicate-id": 2, "wrong-id": 3}
    assert large == small


def test_both_engines_find_one_coding_under_two_ids(codebook: Codebook, tmp_path: Path) -> None:
    good = make_events(sentence=[0, 1, 2])
    write(good, tmp_path / "a.parquet")
    write(make_events(sentence=[1, 1], event_id=["0" * 16, "1" * 16]), tmp_path / "b.parquet")
    small, large = by_engine(tmp_path, codebook)
    assert large.counts == {"same-coding": 2, "wrong-id": 2}
    assert large == small


def test_columns_that_are_missing_unknown_or_of_another_type_are_found(codebook: Codebook, tmp_path: Path) -> None:
    frame = make_events(sentence=[0, 1, 2])
    path = tmp_path / "events.parquet"
    extra = {"action": pa.array([10, 20, 30]), "mood": pa.array(["x"] * 3), "date": pa.array(["2024-06-21"] * 3)}
    write(frame.drop(columns=["target"]), path, **extra)
    small, large = by_engine(path, codebook)
    assert large.counts == {"missing-column": 1, "unknown-column": 1, "wrong-type": 2}
    assert large == small


@pytest.mark.parametrize(
    ("column", "values"),
    [
        ("sentence", pa.array([0, 1, 2], pa.int64())),
        ("sentence", pa.array([0.0, 1.0, 2.0])),
        ("sentence", pa.nulls(3)),
        ("actor", pa.array(["KORGOV"] * 3).dictionary_encode()),
        ("actor_text", pa.array(["South Korea"] * 3, pa.large_string())),
        ("confidence", pa.array([0.5, 0.25, None], pa.float64())),
        ("confidence", pa.array([1, 0, None], pa.int64())),
        ("date", pa.array([datetime(2024, 6, 21)] * 3, pa.timestamp("us"))),
        ("date", pa.array([datetime(2024, 6, 20, 15)] * 3, pa.timestamp("us", "Asia/Tokyo"))),
    ],
    ids=lambda value: str(value.type) if isinstance(value, pa.Array) else value,
)
def test_other_types_that_hold_the_same_values_are_read(
    column: str, values: pa.Array, codebook: Codebook, tmp_path: Path
) -> None:
    path = write(make_events(sentence=[0, 1, 2]), tmp_path / "events.parquet", **{column: values})
    small, large = by_engine(path, codebook)
    assert large == small


@pytest.mark.parametrize(
    ("column", "values"),
    [
        ("sentence", pa.array([0, 2**40, 2])),
        ("sentence", pa.array([0.0, 1.5, 2.0])),
        ("date", pa.array([True] * 3)),
        ("date", pa.array([datetime(2024, 6, 21, 12)] * 3, pa.timestamp("ms"))),
        ("date", pa.array([datetime(2024, 6, 21)] * 3, pa.timestamp("us", "Asia/Tokyo"))),
    ],
    ids=["too large", "a fraction", "truth", "a time of day", "a time of day elsewhere"],
)
def test_other_types_with_a_value_that_does_not_fit_are_found(
    column: str, values: pa.Array, codebook: Codebook, tmp_path: Path
) -> None:
    path = write(make_events(sentence=[0, 1, 2]), tmp_path / "events.parquet", **{column: values})
    small, large = by_engine(path, codebook)
    # The words differ: one engine knows the first such value, the other how many there are.
    assert [(f.rule, f.column) for f in large.findings] == [("wrong-type", column)]
    assert large.counts == small.counts


@pytest.mark.parametrize("content", [b"actor,action\n", b"PAR1 and then nothing", b""])
def test_what_is_no_parquet_is_a_finding(content: bytes, codebook: Codebook, tmp_path: Path) -> None:
    (tmp_path / "broken.parquet").write_bytes(content)
    write(make_events(), tmp_path / "events.parquet")
    small, large = by_engine(tmp_path, codebook)
    assert large.counts == {"not-parquet": 1}
    assert large == small


def test_a_file_damaged_in_its_pages_is_a_finding(codebook: Codebook, tmp_path: Path) -> None:
    path = write(make_events(sentence=list(range(2000))), tmp_path / "events.parquet")
    data = bytearray(path.read_bytes())
    data[40 : len(data) // 2] = b"\xff" * (len(data) // 2 - 40)
    path.write_bytes(bytes(data))
    small, large = by_engine(path, codebook)
    assert large.counts == {"not-parquet": 1}
    assert large == small


def test_a_path_with_quotes_is_a_path(codebook: Codebook, tmp_path: Path) -> None:
    folder = tmp_path / 'it\'s "here"; year=2024'
    folder.mkdir()
    small, large = by_engine(write(make_events(), folder / "e'.parquet"), codebook)
    assert large.is_valid
    assert large == small


def test_every_rule_of_the_schema_has_its_condition() -> None:
    names = [column.name for column in COLUMNS]
    rules = {(rule.name, rule.column) for rule in (*row_rules(names, TODAY), *id_rules(names))}
    plain = [c for c in COLUMNS if not pa.types.is_dictionary(c.arrow)]
    assert {("null", c.name) for c in plain if not c.is_nullable} <= rules
    bounded = {c.name for c in plain if c.pattern or c.allowed or c.minimum is not None or c.maximum is not None}
    assert {column for name, column in rules if name.startswith("bad-")} == bounded


def test_all_findings_are_counted_and_the_first_are_listed(codebook: Codebook, tmp_path: Path) -> None:
    count = 50
    frame = make_events(sentence=list(range(count)), confidence=[2.0] * count, target=["QQQ"] * count)
    frame = pd.concat([frame, frame], ignore_index=True)
    report = validate_parquet(write(frame, tmp_path / "events.parquet"), codebook=codebook, listed=4)
    assert report.counts == {"bad-confidence": 100, "duplicate-id": 100, "row-order": 1, "unknown-actor": 100}
    assert dict(report.not_listed) == {"bad-confidence": 96, "duplicate-id": 96, "unknown-actor": 96}
    assert [f.row for f in report.findings if f.rule == "bad-confidence"] == [0, 1, 2, 3]
    assert not report.is_valid


def test_duckdb_is_for_parquet_files_alone(codebook: Codebook, tmp_path: Path) -> None:
    make_events().to_csv(tmp_path / "events.csv", index=False)
    with pytest.raises(UsageError, match=r"The engine duckdb checks Parquet files only\. Leave --engine out"):
        wd.validate(tmp_path, codebook=codebook, engine="duckdb")
    with pytest.raises(UsageError, match="checks Parquet files, not a table in memory"):
        wd.validate(make_events(), codebook=codebook, engine="duckdb")


def test_many_rows_of_parquet_are_checked_by_duckdb_without_being_asked(
    make_events: MakeEvents, codebook: Codebook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(make_events(confidence=[2.0] * 4), tmp_path / "events.parquet")
    monkeypatch.setattr("whodid.checks.engine.MOST_ROWS_IN_MEMORY", 3)
    monkeypatch.setattr("whodid.checks.engine.validate_frames", lambda *_, **__: pytest.fail("read into memory"))
    assert wd.validate(tmp_path, codebook=codebook).counts == {"bad-confidence": 4}
