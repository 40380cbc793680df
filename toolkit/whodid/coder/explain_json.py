"""Why each row is there, for programs: the readings of some articles as JSON with stable keys."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from dataclasses import fields
from datetime import date
from typing import Any

from whodid.codebook.actor_codes import ActorCodes, ActorParts
from whodid.codebook.model import Codebook
from whodid.coder.explain_spans import date_span, event_spans
from whodid.coder.reading import Reading, Trace
from whodid.events.record import CodedEvent


def explain_json(readings: Iterable[Reading], codebook: Codebook, *, with_skipped: bool = True) -> str:
    """The readings of some articles as JSON, UTF-8, with a line end at the end.

    One object {"codebook": "id@version", "articles": [...]}; for the keys of an article see explanation_records. The
    same readings give the same text.
    """
    found = {"codebook": codebook.label, "articles": explanation_records(readings, codebook, with_skipped=with_skipped)}
    return json.dumps(found, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def explanation_records(
    readings: Iterable[Reading], codebook: Codebook, *, with_skipped: bool = True
) -> list[dict[str, Any]]:
    """One dict for each article, in the order given, of values that JSON has; every key is always there.

    article_id, title, published, publisher (null if unknown), and three lists:
    rows: for each row, in reading order,
        event: the fields of the event table (schema.py), dates as 2024-06-21; null where the table is null
        actor_label, action_label, target_label: what the codes mean; null if the codebook does not have them
        sentence: number (from 0), text, start and end in the article
        spans: role (actor, action, target; date if words gave it), start, end, text; offsets are the article's
        steps: the rules that led to the action, in the order in which they decided
        actor_why, target_why, date_why: how each was found
        alternatives: code, label, probability (0 to 1); best first, without the code of the row; may be empty
        evidence: words, log_odds (above 0 speaks for the code; null if infinite); may be empty
    skipped: sentence, words, start, end, reason of each predicate that gave no row
    unknown_actors: sentence, words, role of each phrase in an actor's place that no table knows
    Without with_skipped, skipped and unknown_actors are empty.
    """
    labels = ActorLabels(codebook)
    return [_of_reading(reading, codebook, labels, with_skipped) for reading in readings]


def _of_reading(reading: Reading, codebook: Codebook, labels: ActorLabels, with_skipped: bool) -> dict[str, Any]:
    article = reading.article
    return {
        "article_id": article.article_id,
        "title": article.title,
        "published": article.published.isoformat(),
        "publisher": article.publisher,
        "rows": [_of_trace(trace, reading, codebook, labels) for trace in reading.traces],
        "skipped": [
            {"sentence": s.sentence, "words": s.words, "start": s.start, "end": s.end, "reason": s.reason}
            for s in reading.skipped
            if with_skipped
        ],
        "unknown_actors": [
            {"sentence": u.sentence, "words": u.words, "role": u.role} for u in reading.unknown if with_skipped
        ],
    }


def _of_trace(trace: Trace, reading: Reading, codebook: Codebook, labels: ActorLabels) -> dict[str, Any]:
    event, text = trace.event, reading.article.text
    when = date_span(trace, reading.article)
    spans = [*event_spans(trace), *([when] if when is not None else [])]
    start = trace.sentence_start
    return {
        "event": _of_event(event),
        "actor_label": labels.of(event.actor),
        "action_label": _action_label(event.action, codebook),
        "target_label": labels.of(event.target),
        "sentence": {
            "number": event.sentence,
            "text": trace.sentence_text,
            "start": start,
            "end": start + len(trace.sentence_text),
        },
        "spans": [{"role": s.role, "start": s.start, "end": s.end, "text": text[s.start : s.end]} for s in spans],
        "steps": list(trace.action_steps),
        "actor_why": trace.actor_why,
        "target_why": trace.target_why,
        "date_why": trace.date_why,
        "alternatives": [
            {"code": code, "label": _action_label(code, codebook), "probability": _rounded(probability)}
            for code, probability in trace.alternatives
        ],
        "evidence": [{"words": words, "log_odds": _rounded(odds)} for words, odds in trace.evidence],
    }


def _of_event(event: CodedEvent) -> dict[str, Any]:
    out: dict[str, Any] = {"event_id": event.event_id}
    for field in fields(event):
        value = getattr(event, field.name)
        out[field.name] = value.isoformat() if isinstance(value, date) else value
    return out


def _action_label(code: str, codebook: Codebook) -> str | None:
    action = codebook.actions.get(code)
    return action.label if action else None


def _rounded(value: float) -> float | None:
    # Four decimals: another CPU must not change the bytes. JSON has no infinity.
    return round(float(value), 4) if math.isfinite(value) else None


class ActorLabels:
    """What actor codes mean, in words: KORGOV is "South Korea, Government (executive)". Built once, asked for each code."""

    def __init__(self, codebook: Codebook) -> None:
        self._codes = ActorCodes(codebook)
        names: dict[str, set[str]] = {}
        for named in (*codebook.organisations, *codebook.groups):
            names.setdefault(named.code, set()).add(named.name)
        # Many bodies share a code (all of the UN's are IGOUNO): a name that is only one of several would mislead.
        self._names = {code: found.pop() for code, found in names.items() if len(found) == 1}

    def of(self, code: str) -> str | None:
        """The name of the one organisation with that code, else the labels of its groups; None if it is not valid."""
        codes = self._codes
        parts = codes.parse(code)
        if not isinstance(parts, ActorParts):
            return None
        if parts.organisations and code in self._names:
            return self._names[code]
        places = {**codes.countries, **codes.regions, **codes.subregions}
        found = [places.get(group, group) for group in (parts.country, parts.region) if group]
        found += [codes.roles.get(group, group) for group in parts.roles]
        found += [codes.identities.get(group, group) for group in parts.identities]
        found += parts.organisations
        return ", ".join(found)
