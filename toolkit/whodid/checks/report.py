"""What validation found, as a value, as text for people and as JSON for programs."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from whodid.errors import Fault

CANNOT_READ = "unreadable"


@dataclass(frozen=True, slots=True)
class NotRun:
    """A check that did not run, and why."""

    check: str
    reason: str


@dataclass(frozen=True, slots=True)
class ValidationReport:
    """Every finding, sorted by path, row, column and rule; what was looked at, and what was not.

    not_listed: how many further findings a rule has that were counted and are not among the findings (see sql/).
    """

    findings: tuple[Fault, ...]
    files: tuple[Path, ...]
    rows: int
    checks_run: tuple[str, ...]
    checks_not_run: tuple[NotRun, ...] = ()
    not_listed: tuple[tuple[str, int], ...] = ()

    @property
    def is_valid(self) -> bool:
        """True if nothing was found."""
        return not self.findings

    @property
    def counts(self) -> dict[str, int]:
        """How many findings each rule has, by name of rule."""
        return dict(sorted((Counter(f.rule for f in self.findings) + Counter(dict(self.not_listed))).items()))

    @property
    def has_unreadable(self) -> bool:
        """True if a file could not be read at all (rights, disk), so that nothing is known about it."""
        return any(finding.rule == CANNOT_READ for finding in self.findings)


def render_text(report: ValidationReport, limit: int = 50) -> str:
    """The report for people: a line for each finding up to limit, counts by rule, checks not run, and a summary."""
    lines = [_one_line(finding) for finding in report.findings[:limit]]
    all_findings = sum(report.counts.values())
    hidden = all_findings - len(lines)
    if hidden > 0:
        where = "see them with --limit or --format json"
        if report.not_listed:
            where = f"{len(report.findings):,} of them are listed with --limit or --format json"
        lines.append(f"... and {_counted(hidden, 'more finding', 'more findings')}: {where}")
    if report.findings:
        lines += ["", "findings by rule:"]
        width = max(len(rule) for rule in report.counts)
        lines += [f"  {rule:<{width}}  {count}" for rule, count in report.counts.items()]
        lines.append("")
    lines += [f"not checked: {skipped.check}: {skipped.reason}" for skipped in report.checks_not_run]
    rows, files = _counted(report.rows, "row"), _counted(len(report.files), "file")
    if report.is_valid:
        lines.append(f"valid: {rows} in {files}")
    else:
        lines.append(f"not valid: {_counted(all_findings, 'finding')} in {rows} of {files}")
    return "\n".join(lines) + "\n"


def render_json(report: ValidationReport) -> str:
    """The report for programs, with every finding; keys are stable and their order is fixed."""
    findings = [
        {
            "rule": finding.rule,
            "path": None if finding.path is None else str(finding.path),
            "row": finding.row,
            "line": finding.line,
            "column": finding.column,
            "value": finding.value,
            "message": finding.message,
            "fix": finding.fix,
        }
        for finding in report.findings
    ]
    content = {
        "valid": report.is_valid,
        "files": [str(path) for path in report.files],
        "rows": report.rows,
        "counts": report.counts,
        "checks": {
            "run": list(report.checks_run),
            "not_run": [{"check": skipped.check, "reason": skipped.reason} for skipped in report.checks_not_run],
        },
        "not_listed": dict(report.not_listed),
        "findings": findings,
    }
    # ASCII, so that a terminal or a pipe with another encoding cannot break it.
    return json.dumps(content, indent=2) + "\n"


def _one_line(finding: Fault) -> str:
    return " ".join(str(finding).splitlines())


def _counted(number: int, one: str, many: str = "") -> str:
    return f"{number:,} {one if number == 1 else many or one + 's'}"
