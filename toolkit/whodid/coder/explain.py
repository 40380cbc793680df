"""Why each row is there, and why others are not: the trace of a reading as text."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence

from whodid.codebook.model import Codebook
from whodid.coder.explain_spans import Mark, event_spans, nested
from whodid.coder.reading import Reading, Trace

_WIDTH = 96
_NEXT, _SEEN = 3, 6


def explain(readings: Iterable[Reading], codebook: Codebook, *, with_skipped: bool = True) -> str:
    """The readings of some articles as text for people.

    For each row: the sentence with the actor, action and target marked, the codes with their labels, the rules that led
    to the action, the codes that came next and what the model saw (where a model decided), how the actors were found,
    and where the date comes from. with_skipped adds the predicates that gave no row, and why, and the words in an
    actor's place that no table knows. Control characters of an article are shown as "?": a terminal would obey them.

    From articles rather than readings: explain_articles. For programs: explain_json; as a page: explain_html.
    """
    out: list[str] = []
    for reading in readings:
        out.append(f"# {_printable(reading.article.article_id)} ({reading.article.published.isoformat()})")
        if not reading.traces:
            out.append("\nNo events.")
        for trace in reading.traces:
            out.append("\n" + _of_trace(trace, codebook))
        if with_skipped and reading.skipped:
            out.append("\nNo row came of:")
            for skip in reading.skipped:
                words = _printable(skip.words)
                out.append(f"  sentence {skip.sentence}: {words!r}: {_printable(skip.reason)}")
        if with_skipped and reading.unknown:
            out.append("\nNo table knows:")
            for unknown in reading.unknown:
                out.append(f"  sentence {unknown.sentence}: {_printable(unknown.words)!r} as {unknown.role}")
        out.append("")
    return "\n".join(out)


def _of_trace(trace: Trace, codebook: Codebook) -> str:
    event = trace.event
    head = f"{event.date.isoformat()}  {event.actor}  {_labelled(event.action, codebook)}  {event.target}"
    lines = [f"{head}   [{event.event_id}]"]
    lines += textwrap.wrap(
        _printable(marked_sentence(trace)), _WIDTH, initial_indent="  ", subsequent_indent="  ", break_on_hyphens=False
    )
    for step in trace.action_steps:
        lines.append(f"  action: {_printable(step)}")
    for code, probability in trace.alternatives[:_NEXT]:
        lines.append(f"  next:   {_labelled(code, codebook)} ({probability:.0%})")
    if trace.evidence:
        seen = ", ".join(f"{_printable(words)} {odds:+.2f}" for words, odds in trace.evidence[:_SEEN])
        lines += textwrap.wrap(f"seen:   {seen}", _WIDTH, initial_indent="  ", subsequent_indent=" " * 10)
    lines.append(f"  actor:  {_printable(trace.actor_why)}")
    lines.append(f"  target: {_printable(trace.target_why)}")
    lines.append(f"  date:   {_printable(trace.date_why)} ({event.date_basis})")
    if event.confidence is not None:
        lines.append(f"  confidence {event.confidence}")
    return "\n".join(lines)


def _labelled(code: str, codebook: Codebook) -> str:
    action = codebook.actions.get(code)
    return f"{code} {action.label if action else 'not in the codebook'}"


def marked_sentence(trace: Trace) -> str:
    """The sentence of a row with its words in brackets: "[actor: ...] [action: ...] [target: ...]".

    Brackets nest; of two marks that cross, the later one is cut in two, and its second part begins "[...action: ".
    """
    marks = nested(trace.sentence_text, trace.sentence_start, event_spans(trace))
    return " ".join(_bracketed(marks).split())


def _bracketed(parts: Sequence[str | Mark]) -> str:
    return "".join(
        part if isinstance(part, str) else f"[{'...' * part.is_continued}{part.role}: {_bracketed(part.parts)}]"
        for part in parts
    )


def _printable(words: str) -> str:
    """On one line, and without what a terminal would take for a command."""
    return "".join(letter if letter.isprintable() else "?" for letter in " ".join(words.split()))
