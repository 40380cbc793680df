"""The whole validation of a dataset."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

import whodid as wd
from event_samples import MakeEvents
from whodid.articles.model import Article, ArticleSet, Refused
from whodid.checks.report import NotRun
from whodid.checks.rules import RULES
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
        "forms",
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
    assert report.checks_run == ("shape", "spans", "text", "dates", "codebook", "identity", "forms", "coverage")
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


def test_each_level_can_be_asked_for_alone(make_events: MakeEvents, codebook: Codebook, tmp_path: Path) -> None:
    table = make_events(action=["999", "112"], confidence=[0.5, 1.5], sentence=[0, 0], event_id=["0" * 16] * 2)
    table.to_parquet(tmp_path / "e.parquet")
    found = {
        level: set(wd.validate(tmp_path, codebook=codebook, levels=[level]).counts)
        for level in ("rows", "codebook", "articles", "set")
    }
    assert found["rows"] == {"bad-confidence", "wrong-id", "row-order"}
    assert found["codebook"] == {"unknown-action"}
    assert found["articles"] == set()
    assert found["set"] == {"duplicate-id", "double-coding"}
    assert set(wd.validate(tmp_path, codebook=codebook).counts) == set().union(*found.values())
    both = wd.validate(tmp_path, codebook=codebook, levels=["rows", "set"])
    assert set(both.counts) == found["rows"] | found["set"]
    assert "codebook" not in both.checks_run


def test_a_file_that_cannot_be_read_is_a_finding_at_every_level(codebook: Codebook, tmp_path: Path) -> None:
    (tmp_path / "e.parquet").write_text("no")
    assert wd.validate(tmp_path, codebook=codebook, levels=["articles"]).counts == {"not-parquet": 1}


def test_an_unknown_level_is_refused(make_events: MakeEvents, codebook: Codebook) -> None:
    with pytest.raises(UsageError, match=r"There is no level 'row'\. The levels are rows, codebook, articles, set\."):
        wd.validate(make_events(), codebook=codebook, levels=["row"])


def test_what_is_odd_is_a_warning_and_an_error_only_if_strict(make_events: MakeEvents, codebook: Codebook) -> None:
    odd = make_events(coder=["anna", "Anna"])
    report = wd.validate(odd, codebook=codebook)
    assert (report.is_valid, len(report.errors), len(report.warnings)) == (True, 0, 1)
    strict = wd.validate(odd, codebook=codebook, is_strict=True)
    assert (strict.is_valid, len(strict.errors), len(strict.warnings)) == (False, 1, 0)


def test_findings_of_the_set_stand_in_the_file_and_row_they_are_about(
    make_events: MakeEvents, codebook: Codebook, tmp_path: Path
) -> None:
    write_events(make_events(sentence=[0, 1]), tmp_path / "a.csv")
    write_events(make_events(sentence=[1, 2], action=["130", "112"]), tmp_path / "b.csv")
    [fault] = wd.validate(tmp_path, codebook=codebook).findings
    assert (fault.rule, fault.path, fault.row, fault.line) == ("double-coding", tmp_path / "b.csv", 0, 2)


def test_an_earlier_dataset_that_cannot_be_read_raises(
    make_events: MakeEvents, codebook: Codebook, tmp_path: Path
) -> None:
    with pytest.raises(UsageError, match="There is no such file or folder"):
        wd.validate(make_events(), codebook=codebook, against=tmp_path / "absent.parquet")


def test_every_rule_that_the_code_names_is_in_the_list_of_rules() -> None:
    package = Path(wd.__file__).parent
    text = "".join(
        path.read_text(encoding="utf-8") for room in ("checks", "events") for path in (package / room).glob("*.py")
    )
    named = set(re.findall(r'Fault\(\s*"([a-z-]+)"', text))
    assert len(named) > 30
    assert sorted(named - set(RULES)) == []


def test_two_forms_of_one_file_are_read_once_and_must_say_the_same(tmp_path: Path, make_events: MakeEvents) -> None:
    events = make_events()
    write_events(events, tmp_path / "events.parquet")
    write_events(events, tmp_path / "events.csv")
    assert wd.validate(tmp_path, levels=["rows", "set"]).rows == len(events)
    write_events(events.iloc[:0], tmp_path / "events.csv")
    [finding] = [f for f in wd.validate(tmp_path, levels=["rows", "set"]).findings if f.rule == "two-forms"]
    assert str(finding) == (
        f"{tmp_path / 'events.csv'}: It does not hold the same events as events.parquet: {len(events)} rows stand in one "
        "of them only. Make it anew from the one that is right, or remove it: events.parquet is the one that is read."
    )
