"""Why each row is there, and why others are not: the trace of a reading as text."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable

from whodid.codebook.model import Codebook
from whodid.coder.reading import Reading, Trace

_WIDTH = 96


def explain(readings: Iterable[Reading], codebook: Codebook, *, with_skipped: bool = True) -> str:
    """The readings of some articles as text for people.

    For each row: the sentence with the actor, action and target marked, the codes with their labels, the rules that led
    to the action, how the actors were found, and where the date comes from. with_skipped adds the predicates that gave
    no row, and why.
    """
    out: list[str] = []
    for reading in readings:
        out.append(f"# {reading.article.article_id} ({reading.article.published.isoformat()})")
        if not reading.traces:
            out.append("\nNo events.")
        for trace in reading.traces:
            out.append("\n" + _of_trace(trace, codebook))
        if with_skipped and reading.skipped:
            out.append("\nNo row came of:")
            for skip in reading.skipped:
                words = " ".join(skip.words.split())
                out.append(f"  sentence {skip.sentence}: {words!r}: {skip.reason}")
        out.append("")
    return "\n".join(out)


def _of_trace(trace: Trace, codebook: Codebook) -> str:
    event = trace.event
    action = codebook.actions.get(event.action)
    label = action.label if action else "not in the codebook"
    lines = [f"{event.date.isoformat()}  {event.actor}  {event.action} {label}  {event.target}   [{event.event_id}]"]
    lines += textwrap.wrap(marked_sentence(trace), _WIDTH, initial_indent="  ", subsequent_indent="  ")
    for step in trace.action_steps:
        lines.append(f"  action: {step}")
    lines.append(f"  actor:  {trace.actor_why}")
    lines.append(f"  target: {trace.target_why}")
    lines.append(f"  date:   {trace.date_why} ({event.date_basis})")
    lines.append(f"  confidence {event.confidence}")
    return "\n".join(lines)


def marked_sentence(trace: Trace) -> str:
    """The sentence of a row with its words in brackets: "[actor: ...] [action: ...] [target: ...]"."""
    event = trace.event
    spans = [
        (event.actor_start, event.actor_end, "actor"),
        (event.action_start, event.action_end, "action"),
        (event.target_start, event.target_end, "target"),
    ]
    openings: dict[int, list[str]] = {}
    closings: dict[int, int] = {}
    for start, end, role in sorted(spans, key=lambda span: (span[0], -span[1])):
        openings.setdefault(start, []).append(f"[{role}: ")
        closings[end] = closings.get(end, 0) + 1
    out: list[str] = []
    for offset, character in enumerate(trace.sentence_text, start=trace.sentence_start):
        out.append("]" * closings.pop(offset, 0))
        out += openings.pop(offset, [])
        out.append(character)
    out.append("]" * sum(closings.values()))
    return " ".join("".join(out).split())
