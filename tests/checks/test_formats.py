"""The report for CI systems: JUnit XML, GitHub annotations, SARIF."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from whodid.checks.github import render_github
from whodid.checks.junit import render_junit
from whodid.checks.report import NotRun, ValidationReport
from whodid.checks.rules import CHECK_OF, CHECKS, RULES
from whodid.checks.sarif import render_sarif
from whodid.errors import Fault

PARQUET, CSV = Path("data/a b.parquet"), Path("data/events.csv")
FAULTS = (
    Fault("empty-month", "There are no events in 2020-07.", "Look.", PARQUET, None, None, "date", "2020-07"),
    Fault("null", "target is null.", "Code it.", PARQUET, None, 3, "target"),
    Fault("unknown-action", "'9\x00<9>' is 100% unknown,\nat all: yes.", "Choose.", CSV, 14, 12, "action", "9"),
    Fault("unknown-action", "'998' is unknown.", "Choose.", CSV, 15, 13, "action", "998"),
)
RAN = tuple(check for check in CHECKS if check not in {"articles", "drift"})
SKIPPED = (NotRun("articles", "no article folder was given"), NotRun("drift", "no earlier dataset"))
REPORT = ValidationReport(FAULTS, (PARQUET, CSV), 63, RAN, SKIPPED)
VALID = ValidationReport((), (PARQUET,), 63, RAN, SKIPPED)


def cases(text: str) -> dict[str, ElementTree.Element]:
    return {case.attrib["name"]: case for case in ElementTree.fromstring(text.encode()).iter("testcase")}


def test_junit_has_a_case_for_each_rule_and_a_failure_where_it_is_broken() -> None:
    text = render_junit(REPORT)
    found = cases(text)
    assert set(found) == set(RULES)
    assert {name for name, case in found.items() if case.find("failure") is not None} == {"null", "unknown-action"}
    failure = found["unknown-action"].find("failure")
    assert failure is not None
    assert failure.attrib == {"message": "2 findings", "type": "unknown-action"}
    assert (failure.text or "").splitlines() == [
        "data/events.csv:14, row 12: column 'action': '9\ufffd<9>' is 100% unknown, at all: yes. Choose.",
        "data/events.csv:15, row 13: column 'action': '998' is unknown. Choose.",
    ]


def test_junit_counts_add_up() -> None:
    root = ElementTree.fromstring(render_junit(REPORT).encode())
    assert root.attrib["failures"] == "2"
    for key in ("tests", "failures", "skipped", "errors"):
        assert int(root.attrib[key]) == sum(int(suite.attrib[key]) for suite in root.iter("testsuite"))
    for suite in root.iter("testsuite"):
        assert int(suite.attrib["tests"]) == len(suite.findall("testcase"))
        assert int(suite.attrib["failures"]) == len(suite.findall("testcase/failure"))
        assert int(suite.attrib["skipped"]) == len(suite.findall("testcase/skipped"))


def test_in_junit_a_warning_passes_and_what_did_not_run_is_skipped() -> None:
    found = cases(render_junit(REPORT))
    assert found["empty-month"].find("failure") is None
    assert (found["empty-month"].findtext("system-out") or "").startswith("1 warnings\ndata/a b.parquet: column 'date'")
    for name in (*(rule for rule, check in CHECK_OF.items() if check == "articles"), "drift"):
        assert found[name].find("skipped") is not None, name
    strict = cases(render_junit(ValidationReport(FAULTS, (PARQUET,), 63, RAN, (), is_strict=True)))
    assert strict["empty-month"].find("failure") is not None


def test_junit_shows_up_to_the_limit_and_counts_the_rest() -> None:
    failure = cases(render_junit(REPORT, limit=1))["unknown-action"].find("failure")
    assert failure is not None
    assert (failure.text or "").splitlines()[1:] == ["... and 1 more"]
    assert failure.attrib["message"] == "2 findings"


def test_junit_of_one_level_has_its_rules_only() -> None:
    report = ValidationReport((), (PARQUET,), 1, ("codebook",), (NotRun("derived", "there are none"),))
    assert set(cases(render_junit(report))) == {rule.name for rule in RULES.values() if rule.level == "codebook"}


def test_github_commands_are_escaped_and_errors_come_first() -> None:
    assert render_github(REPORT).splitlines() == [
        "::error file=data/a b.parquet,title=null::row 3: column 'target': target is null. Code it.",
        "::error file=data/events.csv,line=14,title=unknown-action::column 'action': '9\x00<9>' is 100%25 unknown,%0Aat "
        "all: yes. Choose.",
        "::error file=data/events.csv,line=15,title=unknown-action::column 'action': '998' is unknown. Choose.",
        "::warning file=data/a b.parquet,title=empty-month::column 'date': There are no events in 2020-07. Look.",
        "empty-month: 1",
        "null: 1",
        "unknown-action: 2",
        "not valid: 3 findings and 1 warning in 63 rows of 2 files",
    ]


def test_no_value_can_begin_a_github_command_of_its_own() -> None:
    fault = Fault("null", "x\n::set-output name=a::b\r\n::error::c", "", "a,b:c\nd.csv", 1)
    lines = render_github(ValidationReport((fault,), (), 1, ())).splitlines()
    assert lines[0] == ("::error file=a%2Cb%3Ac%0Ad.csv,line=1,title=null::x%0A::set-output name=a::b%0D%0A::error::c")
    assert not any(line.startswith("::") for line in lines[1:])


def test_github_says_how_many_are_not_shown() -> None:
    lines = render_github(REPORT, limit=1).splitlines()
    assert lines[1] == "::notice title=whodid::3 more findings are not shown; see --limit"
    assert render_github(VALID) == "valid: 63 rows in 1 file\n"


# What the specification (OASIS, SARIF 2.1.0, sections 3.13 to 3.28) requires of the parts that we write.
TEXT = {"type": "object", "required": ["text"], "properties": {"text": {"type": "string", "minLength": 1}}}
LOCATION = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "physicalLocation": {
            "type": "object",
            "required": ["artifactLocation"],
            "properties": {
                "artifactLocation": {
                    "type": "object",
                    "required": ["uri"],
                    "properties": {"uri": {"type": "string", "pattern": r"^[A-Za-z0-9._~:/%-]+$"}},
                },
                "region": {"type": "object", "properties": {"startLine": {"type": "integer", "minimum": 1}}},
            },
        },
        "logicalLocations": {"type": "array", "minItems": 1},
    },
}
RESULT = {
    "type": "object",
    "required": ["ruleId", "ruleIndex", "level", "message"],
    "properties": {
        "level": {"enum": ["none", "note", "warning", "error"]},
        "message": TEXT,
        "locations": {"type": "array", "items": LOCATION},
    },
}
SARIF = {
    "type": "object",
    "required": ["$schema", "version", "runs"],
    "properties": {
        "version": {"const": "2.1.0"},
        "runs": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["tool", "results"],
                "properties": {
                    "tool": {
                        "type": "object",
                        "required": ["driver"],
                        "properties": {
                            "driver": {
                                "type": "object",
                                "required": ["name"],
                                "properties": {
                                    "rules": {
                                        "type": "array",
                                        "uniqueItems": True,
                                        "items": {"type": "object", "required": ["id"]},
                                    }
                                },
                            }
                        },
                    },
                    "results": {"type": "array", "items": RESULT},
                    "invocations": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "required": ["executionSuccessful"],
                            "properties": {
                                "toolExecutionNotifications": {
                                    "type": "array",
                                    "items": {
                                        "type": "object",
                                        "required": ["message"],
                                        "properties": {"message": TEXT},
                                    },
                                }
                            },
                        },
                    },
                },
            },
        },
    },
}


@pytest.mark.parametrize("report", [REPORT, VALID], ids=["findings", "valid"])
def test_sarif_has_what_the_specification_requires(report: ValidationReport) -> None:
    import jsonschema

    content = json.loads(render_sarif(report, "1.2.3"))
    jsonschema.Draft202012Validator(SARIF).validate(content)
    [run] = content["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert all(rules[result["ruleIndex"]]["id"] == result["ruleId"] for result in run["results"])
    assert len(run["results"]) == len(report.findings)
    assert run["tool"]["driver"]["version"] == "1.2.3"
    assert run["properties"]["valid"] is report.is_valid


def test_sarif_gives_places_lines_and_severity() -> None:
    results = json.loads(render_sarif(REPORT, "1"))["runs"][0]["results"]
    assert [result["level"] for result in results] == ["warning", "error", "error", "error"]
    assert results[1]["locations"] == [
        {
            "physicalLocation": {"artifactLocation": {"uri": "data/a%20b.parquet"}},
            "logicalLocations": [{"fullyQualifiedName": "row 3, column target"}],
        }
    ]
    assert results[2]["locations"][0]["physicalLocation"]["region"] == {"startLine": 14}
    absolute = ValidationReport((Fault("null", "x", "", Path("/a/b c.csv")),), (), 1, ())
    [result] = json.loads(render_sarif(absolute, "1"))["runs"][0]["results"]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "file:///a/b%20c.csv"


def test_sarif_can_be_cut_and_still_counts_all() -> None:
    [run] = json.loads(render_sarif(REPORT, "1", limit=1))["runs"]
    assert len(run["results"]) == 1
    assert run["properties"]["findings"] == 4
    assert run["properties"]["counts"] == {"empty-month": 1, "null": 1, "unknown-action": 2}
