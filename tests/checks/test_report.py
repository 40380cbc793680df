"""The report as people and as programs read it."""

from __future__ import annotations

import json
from pathlib import Path

from whodid.checks.report import NotRun, ValidationReport, render_json, render_text
from whodid.errors import Fault

PATH = Path("data/events.parquet")
FAULTS = (
    Fault("null", "target is null.", "Code it.", PATH, None, 3, "target"),
    Fault("unknown-action", "'999' is not in the codebook.", "Choose one.", PATH, None, 12, "action", "999"),
    Fault("unknown-action", "'998' is not in the codebook.", "Choose one.", PATH, None, 13, "action", "998"),
)
SKIPPED = (NotRun("articles", "no article folder was given"),)


def test_a_valid_dataset_is_one_line_and_what_was_not_checked() -> None:
    report = ValidationReport((), (PATH,), 63, ("shape",), SKIPPED)
    assert render_text(report) == ("not checked: articles: no article folder was given\nvalid: 63 rows in 1 file\n")


def test_each_finding_is_one_line_with_the_counts_at_the_end() -> None:
    report = ValidationReport(FAULTS, (PATH,), 63, ("shape",), SKIPPED)
    assert render_text(report) == (
        "data/events.parquet, row 3: column 'target': target is null. Code it.\n"
        "data/events.parquet, row 12: column 'action': '999' is not in the codebook. Choose one.\n"
        "data/events.parquet, row 13: column 'action': '998' is not in the codebook. Choose one.\n"
        "\n"
        "findings by rule:\n"
        "  null            1\n"
        "  unknown-action  2\n"
        "\n"
        "not checked: articles: no article folder was given\n"
        "not valid: 3 findings in 63 rows of 1 file\n"
    )


def test_beyond_the_limit_findings_are_counted_and_not_shown() -> None:
    text = render_text(ValidationReport(FAULTS, (PATH,), 63, ("shape",)), limit=1)
    assert "... and 2 more findings: see them with --limit or --format json\n" in text
    assert "row 12" not in text
    assert "unknown-action  2" in text
    assert text.endswith("not valid: 3 findings in 63 rows of 1 file\n")


def test_a_finding_stays_on_one_line() -> None:
    fault = Fault("null", "two\nlines", "", PATH)
    assert render_text(ValidationReport((fault,), (PATH,), 1, ())).splitlines()[0] == "data/events.parquet: two lines"


def test_json_has_stable_keys_and_every_finding() -> None:
    content = json.loads(render_json(ValidationReport(FAULTS, (PATH,), 63, ("shape",), SKIPPED)))
    assert list(content) == [
        "valid",
        "files",
        "rows",
        "counts",
        "errors",
        "warnings",
        "checks",
        "not_listed",
        "findings",
    ]
    assert content["valid"] is False
    assert content["files"] == ["data/events.parquet"]
    assert content["rows"] == 63
    assert content["counts"] == {"null": 1, "unknown-action": 2}
    assert content["checks"] == {
        "run": ["shape"],
        "not_run": [{"check": "articles", "reason": "no article folder was given"}],
    }
    assert len(content["findings"]) == 3
    assert (content["errors"], content["warnings"]) == (3, 0)
    assert content["findings"][1] == {
        "rule": "unknown-action",
        "severity": "error",
        "level": "codebook",
        "path": "data/events.parquet",
        "row": 12,
        "line": None,
        "column": "action",
        "value": "999",
        "message": "'999' is not in the codebook.",
        "fix": "Choose one.",
    }


def test_findings_that_were_only_counted_are_in_the_counts_and_said_so() -> None:
    report = ValidationReport(FAULTS, (PATH,), 63, ("shape",), not_listed=(("null", 7), ("mojibake", 2)))
    assert report.counts["null"] == 7 + sum(fault.rule == "null" for fault in FAULTS)
    text = render_text(report, limit=1)
    assert f"{len(FAULTS)} are listed with --limit or --format json, all are counted" in text
    assert "and 2 warnings in 63 rows of 1 file" in text
    assert json.loads(render_json(report))["not_listed"] == {"null": 7, "mojibake": 2}
