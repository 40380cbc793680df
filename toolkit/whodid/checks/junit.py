"""The report as JUnit XML, which CI systems show as a list of tests: one for each rule that was looked at."""

from __future__ import annotations

import re
from xml.etree import ElementTree

from whodid.checks.report import ValidationReport, one_line, summary
from whodid.checks.rules import CHECK_OF, CHECKS, RULES, Level, Severity
from whodid.errors import Fault

# XML 1.0 has no way to write these, not even escaped.
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render_junit(report: ValidationReport, limit: int = 50) -> str:
    """JUnit XML: a suite for each level, a case for each rule, a failure where it is broken.

    A failure counts all findings and shows up to limit. Warnings are written to a passing case's output, and checks that
    did not run are skipped cases.
    """
    by_rule: dict[str, list[Fault]] = {}
    for finding in report.findings:
        by_rule.setdefault(finding.rule, []).append(finding)
    root = ElementTree.Element("testsuites", name="whodid validate")
    total = {"tests": 0, "failures": 0, "skipped": 0}
    reasons = {check.check: check.reason for check in report.checks_not_run}
    looked_at = {CHECKS[check] for check in (*report.checks_run, *reasons) if check in CHECKS}
    for level in Level:
        names = [rule.name for rule in RULES.values() if rule.level is level and level in looked_at]
        names += sorted(name for name in set(by_rule) - set(names) if _level(name) is level)
        cases = [(name, by_rule.get(name, []), reasons.get(CHECK_OF.get(name, ""), "")) for name in names]
        if cases:
            _suite(root, level.value, cases, report, limit, total)
    rest = {check: reason for check, reason in reasons.items() if check not in CHECK_OF.values()}
    if rest:
        suite = ElementTree.SubElement(root, "testsuite", name="not checked")
        for check, reason in rest.items():
            case = ElementTree.SubElement(suite, "testcase", name=_clean(check), classname="whodid.not_checked")
            ElementTree.SubElement(case, "skipped", message=_clean(reason))
        _count(suite, len(rest), 0, len(rest), total)
    root.attrib.update({key: str(value) for key, value in total.items()}, errors="0")
    ElementTree.SubElement(root, "system-out").text = _clean(summary(report))
    ElementTree.indent(root)
    body = ElementTree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{body}\n'


def _level(name: str) -> Level:
    return RULES[name].level if name in RULES else Level.rows


def _suite(
    root: ElementTree.Element,
    name: str,
    cases: list[tuple[str, list[Fault], str]],
    report: ValidationReport,
    limit: int,
    total: dict[str, int],
) -> None:
    suite = ElementTree.SubElement(root, "testsuite", name=name)
    failures = skipped = 0
    for rule, findings, reason in cases:
        case = ElementTree.SubElement(suite, "testcase", name=rule, classname=f"whodid.{name}")
        if not findings:
            if reason:
                skipped += 1
                ElementTree.SubElement(case, "skipped", message=_clean(reason))
            continue
        lines = [one_line(finding) for finding in findings[:limit]]
        if len(findings) > limit:
            lines.append(f"... and {len(findings) - limit:,} more")
        text = _clean("\n".join(lines))
        if report.severity(findings[0]) is Severity.error:
            failures += 1
            message = f"{len(findings):,} {'finding' if len(findings) == 1 else 'findings'}"
            ElementTree.SubElement(case, "failure", message=message, type=rule).text = text
        else:
            ElementTree.SubElement(case, "system-out").text = f"{len(findings):,} warnings\n{text}"
    _count(suite, len(cases), failures, skipped, total)


def _count(suite: ElementTree.Element, tests: int, failures: int, skipped: int, total: dict[str, int]) -> None:
    suite.attrib.update(tests=str(tests), failures=str(failures), errors="0", skipped=str(skipped))
    total["tests"] += tests
    total["failures"] += failures
    total["skipped"] += skipped


def _clean(text: str) -> str:
    return _FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", text)
