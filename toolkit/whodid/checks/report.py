"""What validation found, as a value, as text for people and as JSON for programs."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from whodid.checks.rules import RULES, Severity
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

    is_strict: warnings count as errors. not_listed: how many more findings a rule has, which were counted and are not
    among the findings (checks/sql).
    """

    findings: tuple[Fault, ...]
    files: tuple[Path, ...]
    rows: int
    checks_run: tuple[str, ...]
    checks_not_run: tuple[NotRun, ...] = ()
    is_strict: bool = False
    not_listed: tuple[tuple[str, int], ...] = ()

    @property
    def is_valid(self) -> bool:
        """True if there is no error; with is_strict, if nothing was found at all."""
        return not self.errors

    def severity(self, finding: Fault) -> Severity:
        """Whether a finding makes the dataset invalid."""
        rule = RULES.get(finding.rule)
        return Severity.error if self.is_strict or rule is None else rule.severity

    @property
    def errors(self) -> tuple[Fault, ...]:
        """The findings that make the dataset invalid."""
        return tuple(f for f in self.findings if self.severity(f) is Severity.error)

    @property
    def warnings(self) -> tuple[Fault, ...]:
        """The findings that are odd and may be right."""
        return tuple(f for f in self.findings if self.severity(f) is Severity.warning)

    @property
    def counts(self) -> dict[str, int]:
        """How many findings each rule has, by name of rule."""
        return dict(sorted((Counter(f.rule for f in self.findings) + Counter(dict(self.not_listed))).items()))

    def total(self, severity: Severity) -> int:
        """How many findings of a severity there are, listed or not."""
        beyond = sum(count for rule, count in self.not_listed if self.severity(Fault(rule, "")) is severity)
        return len(self.errors if severity is Severity.error else self.warnings) + beyond

    @property
    def has_unreadable(self) -> bool:
        """True if a file could not be read at all (rights, disk), so that nothing is known about it."""
        return any(finding.rule == CANNOT_READ for finding in self.findings)


def render_text(report: ValidationReport, limit: int = 50) -> str:
    """The report for people: a line for each finding up to limit (errors first), counts by rule, and a summary."""
    lines = [_line(report, finding) for finding in (*report.errors, *report.warnings)[:limit]]
    hidden = sum(report.counts.values()) - len(lines)
    if hidden > 0:
        where = "see them with --limit or --format json"
        if report.not_listed:
            where = f"{len(report.findings):,} are listed with --limit or --format json, all are counted"
        lines.append(f"... and {_counted(hidden, 'more finding', 'more findings')}: {where}")
    if report.findings:
        lines += ["", "findings by rule:"]
        width = max(len(rule) for rule in report.counts)
        lines += [f"  {rule:<{width}}  {count}" for rule, count in report.counts.items()]
        lines.append("")
    lines += [f"not checked: {skipped.check}: {skipped.reason}" for skipped in report.checks_not_run]
    lines.append(summary(report))
    return "\n".join(lines) + "\n"


def summary(report: ValidationReport) -> str:
    """The verdict in one line: what was looked at, and how much was found."""
    place = f"{_counted(report.rows, 'row')} {{}} {_counted(len(report.files), 'file')}"
    odd = report.total(Severity.warning)
    warnings = _counted(odd, "warning")
    if report.is_valid:
        return f"valid: {place.format('in')}" + (f", {warnings}" if odd else "")
    found = _counted(report.total(Severity.error), "finding") + (f" and {warnings}" if odd else "")
    return f"not valid: {found} in {place.format('of')}"


def render_json(report: ValidationReport) -> str:
    """The report for programs, with every finding; keys are stable and their order is fixed."""
    findings = [
        {
            "rule": finding.rule,
            "severity": report.severity(finding).value,
            "level": RULES[finding.rule].level.value if finding.rule in RULES else None,
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
        "errors": report.total(Severity.error),
        "warnings": report.total(Severity.warning),
        "checks": {
            "run": list(report.checks_run),
            "not_run": [{"check": skipped.check, "reason": skipped.reason} for skipped in report.checks_not_run],
        },
        "not_listed": dict(report.not_listed),
        "findings": findings,
    }
    # ASCII, so that a terminal or a pipe with another encoding cannot break it.
    return json.dumps(content, indent=2) + "\n"


def _line(report: ValidationReport, finding: Fault) -> str:
    is_warning = report.severity(finding) is Severity.warning
    return f"warning: {one_line(finding)}" if is_warning else one_line(finding)


def one_line(finding: Fault) -> str:
    """A finding as a sentence without line breaks."""
    return " ".join(str(finding).splitlines())


def _counted(number: int, one: str, many: str = "") -> str:
    return f"{number:,} {one if number == 1 else many or one + 's'}"
