"""The report as SARIF 2.1.0, which code hosts and editors read as a list of problems."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import quote

from whodid.checks.report import ValidationReport
from whodid.checks.rules import RULES, Severity
from whodid.errors import Fault

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def render_sarif(report: ValidationReport, version: str, limit: int | None = None) -> str:
    """SARIF 2.1.0 with every finding, or the first ones up to limit; the counts of all stand in the run's properties.

    version: of whodid, as the driver's. Text files have lines; a row of Parquet is a logical location.
    """
    shown = report.findings if limit is None else report.findings[:limit]
    names = [*RULES, *sorted({finding.rule for finding in report.findings} - set(RULES))]
    index = {name: number for number, name in enumerate(names)}
    run = {
        "tool": {"driver": {"name": "whodid", "version": version, "rules": [_rule(name) for name in names]}},
        "columnKind": "unicodeCodePoints",
        "results": [_result(finding, index, report) for finding in shown],
        "invocations": [
            {
                "executionSuccessful": not report.has_unreadable,
                "toolExecutionNotifications": [
                    {"level": "note", "message": {"text": f"not checked: {check.check}: {check.reason}"}}
                    for check in report.checks_not_run
                ],
            }
        ],
        "properties": {
            "valid": report.is_valid,
            "rows": report.rows,
            "findings": len(report.findings),
            "counts": report.counts,
        },
    }
    content = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(content, indent=2) + "\n"


def _rule(name: str) -> dict[str, Any]:
    rule = RULES.get(name)
    described: dict[str, Any] = {"id": name}
    if rule is not None:
        described["shortDescription"] = {"text": rule.asks}
        described["defaultConfiguration"] = {"level": rule.severity.value}
        described["properties"] = {"level": rule.level.value}
    return described


def _result(finding: Fault, index: dict[str, int], report: ValidationReport) -> dict[str, Any]:
    text = f"{finding.message} {finding.fix}".strip()
    result: dict[str, Any] = {
        "ruleId": finding.rule,
        "ruleIndex": index[finding.rule],
        "level": "error" if report.severity(finding) is Severity.error else "warning",
        "message": {"text": text},
    }
    location: dict[str, Any] = {}
    if finding.path is not None:
        physical: dict[str, Any] = {"artifactLocation": {"uri": _uri(finding.path)}}
        if finding.line is not None:
            physical["region"] = {"startLine": finding.line}
        location["physicalLocation"] = physical
    names = [f"row {finding.row}"] if finding.row is not None else []
    names += [f"column {finding.column}"] if finding.column is not None else []
    if names:
        location["logicalLocations"] = [{"fullyQualifiedName": ", ".join(names)}]
    if location:
        result["locations"] = [location]
    if finding.value is not None:
        result["properties"] = {"value": finding.value}
    return result


def _uri(path: Path | str) -> str:
    given = Path(path)
    return given.as_uri() if given.is_absolute() else quote(given.as_posix())
