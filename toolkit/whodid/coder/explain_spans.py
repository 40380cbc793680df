"""The words of a row in its sentence: where actor, action, target and date stand, and how these marks nest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from whodid.articles.model import Article
from whodid.coder.dateline import dateline
from whodid.coder.dates import When, resolve_dates
from whodid.coder.plain_text import readable
from whodid.coder.reading import Trace

ROLES = ("actor", "action", "target", "date")


@dataclass(frozen=True, slots=True)
class MarkedSpan:
    """Words with a role; start and end are offsets in the article's text, half open."""

    role: str
    start: int
    end: int


@dataclass(slots=True)
class Mark:
    """Words with a role, as a tree: what it holds is text and other marks.

    is_continued: the words began in another mark, which ended before these did (marks that cross are cut in two).
    """

    role: str
    is_continued: bool = False
    parts: list[str | Mark] = field(default_factory=list)

    @property
    def height(self) -> int:
        """How many marks lie inside one another here, itself included."""
        return 1 + max((part.height for part in self.parts if isinstance(part, Mark)), default=0)


def event_spans(trace: Trace) -> list[MarkedSpan]:
    """The spans of a row's actor, action and target, in that order."""
    event = trace.event
    return [
        MarkedSpan("actor", event.actor_start, event.actor_end),
        MarkedSpan("action", event.action_start, event.action_end),
        MarkedSpan("target", event.target_start, event.target_end),
    ]


def date_span(trace: Trace, article: Article) -> MarkedSpan | None:
    """The words that gave a row its date, or None: the day is that of publication, or no words can be told.

    The words of a dateline stand at the beginning of the article, mostly outside the row's sentence.
    """
    event = trace.event
    if event.date_basis == "dateline":
        line = dateline(article.text, article.published)
        return MarkedSpan("date", line.start, line.end) if line is not None else None
    if event.date_basis != "text":
        return None
    start = trace.sentence_start
    # The coder read the dates in the parser's text, which has other quotes and dashes at the same offsets.
    read = readable(article.text)[start : start + len(trace.sentence_text)]
    found = [when for when in resolve_dates(read, article.published) if _gave(when, trace)]
    if not found:
        return None
    nearest = min(found, key=lambda when: abs(start + when.start - event.action_start))
    # "on Monday." keeps the stop that might belong to "Mon."; at the end of the sentence it is the sentence's.
    is_stop = nearest.words.endswith(".") and not read[nearest.end :].strip()
    return MarkedSpan("date", start + nearest.start, start + nearest.end - is_stop)


def _gave(when: When, trace: Trace) -> bool:
    return when.day == trace.event.date and trace.date_why.startswith(repr(when.words))


def nested(text: str, start: int, spans: Sequence[MarkedSpan]) -> list[str | Mark]:
    """A sentence as text and marks that nest properly; its letters, in order, are those of `text`.

    start is the sentence's offset in the article. A span that reaches out of the sentence is cut at its edge; one that
    lies outside, or holds nothing, is left out. Where two spans cross, the one that begins later is cut in two: the
    second part is_continued.
    """
    end = start + len(text)
    inside = [MarkedSpan(s.role, max(s.start, start), min(s.end, end)) for s in spans]
    # The longer of two that begin together is the outer one; of equal ones, the order of the roles decides.
    inside = sorted((s for s in inside if s.start < s.end), key=lambda s: (s.start, -s.end, ROLES.index(s.role)))
    out: list[str | Mark] = []
    open_spans: list[MarkedSpan] = []
    open_marks: list[Mark] = []
    cuts = sorted({start, end, *(s.start for s in inside), *(s.end for s in inside)})
    for left, right in pairwise(cuts):
        here = [s for s in inside if s.start <= left and right <= s.end]
        shared = 0
        while shared < min(len(here), len(open_spans)) and here[shared] is open_spans[shared]:
            shared += 1
        del open_spans[shared:], open_marks[shared:]
        for span in here[shared:]:
            mark = Mark(span.role, is_continued=span.start < left)
            (open_marks[-1].parts if open_marks else out).append(mark)
            open_spans.append(span)
            open_marks.append(mark)
        (open_marks[-1].parts if open_marks else out).append(text[left - start : right - start])
    return out
