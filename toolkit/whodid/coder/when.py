"""When a deed was done: which of the times in a sentence belongs to an action; else the dateline, or the day of publication."""

from __future__ import annotations

from datetime import date

from whodid.coder.actions import Action
from whodid.coder.clauses import verb_of
from whodid.coder.dates import When, resolve_dates
from whodid.coder.parsed import Span, Token


def when_done(action: Action, sentence: Span, published: date, line: When | None) -> tuple[When, str]:
    """The action's date: the time expression nearest to it in its own clause, then in its sentence; else the dateline."""
    whens = resolve_dates(sentence.text, published)
    # A day ahead is what was announced, not when: "will meet on Tuesday" is an announcement of today.
    usable = [when for when in whens if when.day <= published and not _in_dateline(when, sentence, line)]
    if usable:
        position = action.head.idx - sentence.start_char
        best = min(usable, key=lambda w: (_clause_distance(w, action.head, sentence), abs(w.start - position)))
        if _clause_distance(best, action.head, sentence) <= 1:
            return best, f"{best.words!r} read against {published.isoformat()}"
    if line is not None:
        return line, f"dateline {line.words!r}"
    return When(published, "published"), "no date in the sentence: the day of publication"


def _in_dateline(when: When, sentence: Span, line: When | None) -> bool:
    return line is not None and sentence.start_char + when.start < line.end


def _clause_distance(when: When, head: Token, sentence: Span) -> int:
    """0 if the time expression hangs on the action's own verb or noun, 1 on the verb above it, 2 if it is another's.

    A time inside another noun phrase ("the treaty of 1942") or a relative clause says nothing of the action.
    """
    span = sentence.doc.char_span(
        sentence.start_char + when.start, sentence.start_char + when.end, alignment_mode="expand"
    )
    if span is None:
        return 2
    inside = set(range(span.start, span.end))
    clause = verb_of(head)
    anchor = span.root
    while anchor.i in inside or anchor.pos_ not in {"VERB", "AUX"}:
        if anchor.i == head.i:
            return 0
        if anchor.i not in inside and anchor.pos_ in {"NOUN", "PROPN"}:
            return 2
        if anchor.head == anchor:
            return 0
        anchor = anchor.head
    if anchor in (clause, head):
        return 0
    if not anchor.is_ancestor(clause):
        return 2
    step = clause
    while step != anchor:
        if step.dep_ in {"relcl", "acl"}:
            return 2
        step = step.head
    return 1
