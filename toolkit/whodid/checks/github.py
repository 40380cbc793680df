"""The report as workflow commands, which GitHub shows as annotations beside the lines of a pull request."""

from __future__ import annotations

from whodid.checks.report import ValidationReport, summary
from whodid.errors import Fault


def render_github(report: ValidationReport, limit: int = 50) -> str:
    """One command for each finding up to limit, errors first, then the counts by rule and the verdict as plain lines.

    GitHub shows ten errors and ten warnings of a step; the log has all of these lines.
    """
    errors, warnings = report.errors, report.warnings
    ordered = [*(("error", f) for f in errors), *(("warning", f) for f in warnings)]
    lines = [_command(kind, finding) for kind, finding in ordered[:limit]]
    if len(ordered) > limit:
        lines.append(f"::notice title=whodid::{len(ordered) - limit:,} more findings are not shown; see --limit")
    lines += [f"{rule}: {count:,}" for rule, count in report.counts.items()]
    return "\n".join([*lines, summary(report)]) + "\n"


def _command(kind: str, finding: Fault) -> str:
    properties = [("title", finding.rule)]
    if finding.path is not None:
        properties.insert(0, ("file", str(finding.path)))
    if finding.line is not None:
        properties.insert(1, ("line", str(finding.line)))
    # A row of Parquet has no line that an annotation could stand at.
    row = f"row {finding.row}: " if finding.row is not None and finding.line is None else ""
    column = f"column {finding.column!r}: " if finding.column is not None else ""
    written = ",".join(f"{name}={_property(value)}" for name, value in properties)
    return f"::{kind} {written}::{_data(f'{row}{column}{finding.message} {finding.fix}'.strip())}"


def _data(text: str) -> str:
    """Percent signs and line ends, which would end the command, as GitHub wants them written."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
