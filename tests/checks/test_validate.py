"""The whole validation of a dataset."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd
import pytest

import whodid as wd
from event_samples import MakeEvents
from whodid.articles.model import Article, ArticleSet, Refused
from whodid.checks.report import NotRun
from whodid.codebook.model import Codebook
from whodid.errors import Fault, UsageError
from whodid.events.enrich import enrich
from whodid.events.files import write_events


def test_a_valid_file_is_valid(make_events: MakeEvents, codebook: Codebook, article: Article, tmp_path: Path) -> None:
    path = tmp_path / "events.parquet"
    write_events(enrich(make_events(sentence=[0, 1]), codebook), path)
    report = wd.validate(path, codebook=codebook, articles=ArticleSet((article,)), today=date(2024, 7, 1))
    assert report.is_valid
    assert (report.findings, report.files, report.rows, report.counts) == ((), (path,), 2, {})
    ran = (
        "shape",
        "spans",
        "text",
        "dates",
        "today",
        "codebook",
        "derived",
        "articles",
        "identity",
        "coverage",
        "months",
    )
    assert report.checks_run == ran[:-1]
    assert [check.check for check in report.checks_not_run] == ["coverage by coder", "months", "drift"]


def test_without_a_codebook_whodids_own_is_used(make_events: MakeEvents, codebook: Codebook, tmp_path: Path) -> None:
    write_events(make_events(action="999"), tmp_path / "events.parquet")
    assert wd.validate(str(tmp_path)).counts == {"unknown-action": 1}


def test_checks_that_did_not_run_are_named_with_the_reason(
    make_events: MakeEvents, codebook: Codebook, tmp_path: Path
) -> None:
    write_events(make_events(), tmp_path / "events.parquet")
    (tmp_path / "broken.parquet").write_text("no")
    report = wd.validate(tmp_path, codebook=codebook)
    assert report.checks_not_run == (
        NotRun("articles", "no article folder was given"),
        NotRun("today", "no day was given to compare dates of publication with"),
        NotRun("derived", "there are no derived columns"),
        NotRun(f"the rows of {tmp_path / 'broken.parquet'}", "the file could not be read"),
        NotRun("coverage by coder", "there is one coder only"),
        NotRun("months", "the events lie within fewer than 12 months"),
        NotRun("drift", "no earlier dataset was given (--against)"),
    )
    assert report.checks_run == ("shape", "spans", "text", "dates", "codebook", "identity", "coverage")
    assert report.counts == {"not-parquet": 1}
    assert report.rows == 1


def test_articles_that_were_refused_are_named(
    make_events: MakeEvents, codebook: Codebook, article: Article, tmp_path: Path
) -> None:
    write_events(make_events(), tmp_path / "events.parquet")
    refused = Refused("raw/x.md", Fault("no-date", "The article has no date."))
    report = wd.validate(tmp_path, codebook=codebook, articles=ArticleSet((article,), (refused,)))
    assert NotRun("the articles of raw/x.md", "they could not be read") in report.checks_not_run
    assert "articles" in report.checks_run


def test_all_findings_of_all_files_come_at_once_and_sorted(
    make_events: MakeEvents, codebook: Codebook, tmp_path: Path
) -> None:
    # Written by pandas: write_events would refuse the faults of shape.
    first = make_events(target=["RUS", None, "RUS"], action=["112", "112", "999"], confidence=[0.5, 1.5, 0.5])
    first.to_parquet(tmp_path / "b.parquet")
    second = make_events(coder="ben", date_basis="published", actor="ROUGOV")
    second.to_csv(tmp_path / "a.csv", index=False)
    report = wd.validate([tmp_path / "b.parquet", tmp_path / "a.csv"], codebook=codebook)
    found = [(Path(f.path or "").name, f.line, f.row, f.column, f.rule) for f in report.findings]
    assert found == [
        ("a.csv", 2, 0, "actor", "variant-actor"),
        ("a.csv", 2, 0, "date_basis", "date-basis"),
        ("b.parquet", None, 1, "confidence", "bad-confidence"),
        ("b.parquet", None, 1, "target", "null"),
        ("b.parquet", None, 2, "action", "unknown-action"),
    ]
    assert report.counts == {"bad-confidence": 1, "date-basis": 1, "null": 1, "unknown-action": 1, "variant-actor": 1}
    assert (report.is_valid, report.rows) == (False, 4)


def test_a_malformed_code_is_one_finding_with_the_code_that_was_meant(
    make_events: MakeEvents, codebook: Codebook, tmp_path: Path
) -> None:
    label = codebook.actions["036"].label
    make_events(action=label, target="KORG").to_parquet(tmp_path / "events.parquet")
    findings = wd.validate(tmp_path, codebook=codebook).findings
    assert [(f.rule, f.fix) for f in findings if f.column in {"action", "target"}] == [
        ("bad-action", f"Did you mean '036' ({label})?"),
        ("bad-target", "Compose it of three-letter groups, such as KOR + GOV."),
    ]


def test_words_in_the_wrong_place_are_one_finding(
    make_events: MakeEvents, codebook: Codebook, article: Article, tmp_path: Path
) -> None:
    write_events(make_events(actor_text="Korea"), tmp_path / "events.parquet")
    assert wd.validate(tmp_path, codebook=codebook).counts == {"span-length": 1}
    assert wd.validate(tmp_path, codebook=codebook, articles=ArticleSet((article,))).counts == {"offset-mismatch": 1}


def test_a_file_given_twice_is_looked_at_once(make_events: MakeEvents, codebook: Codebook, tmp_path: Path) -> None:
    path = tmp_path / "events.parquet"
    write_events(make_events(), path)
    report = wd.validate([tmp_path, path], codebook=codebook)
    assert report.is_valid
    assert report.files == (path,)


def test_a_file_that_lacks_most_columns_is_still_checked_for_the_others(codebook: Codebook, tmp_path: Path) -> None:
    pd.DataFrame({"actor": ["KOR"], "action": ["999"], "date": ["21 June"]}).to_csv(tmp_path / "e.csv", index=False)
    counts = wd.validate(tmp_path, codebook=codebook).counts
    assert counts == {"missing-column": 19, "unknown-action": 1, "wrong-type": 1}


def test_an_action_column_of_numbers_stops_no_other_check(
    make_events: MakeEvents, codebook: Codebook, tmp_path: Path
) -> None:
    make_events(actor="ROUGOV").assign(action=10).to_parquet(tmp_path / "events.parquet")
    assert wd.validate(tmp_path, codebook=codebook).counts == {"variant-actor": 1, "wrong-type": 1}


def test_a_path_that_does_not_exist_raises(codebook: Codebook, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="There is no such file or folder"):
        wd.validate(tmp_path / "absent.parquet", codebook=codebook)


def test_a_frame_in_memory_is_validated_like_a_file(make_events: MakeEvents, codebook: Codebook) -> None:
    assert wd.validate(make_events(), codebook=codebook).is_valid
    report = wd.validate(make_events(action="999"), codebook=codebook)
    assert "unknown-action" in {finding.rule for finding in report.findings}
    assert "table, row 0" in str(report.findings[0])
