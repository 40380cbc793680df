"""Bodies of entries, and a store with some: what tests of the store, of reading it back, and of adjudication use."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from event_samples import EVENT
from whodid.annotation.entry import EVENT as CODED
from whodid.annotation.entry import NO_EVENT
from whodid.annotation.store import CoderLog
from whodid.annotation.work import body_of

SENTENCES = 6


def event_body(**changes: Any) -> dict[str, Any]:
    """The body of an entry for an event like the sample one."""
    return {"event": body_of(replace(EVENT, **changes)), "n_sentences": SENTENCES}


def no_event_body(*sentences: int, article_id: str = EVENT.article_id) -> dict[str, Any]:
    return {"article_id": article_id, "sentences": list(sentences), "n_sentences": SENTENCES}


def fill_store(path: Path) -> Path:
    """A store in which anna and ben coded one article: the same in sentence 0, not the same in 1; anna saw nothing in 2."""
    anna, ben = CoderLog(path, "anna"), CoderLog(path, "ben")
    for log in (anna, ben):
        log.add(CODED, event_body())
    anna.add(CODED, event_body(sentence=1, action="111"))
    ben.add(CODED, event_body(sentence=1, action="112"))
    anna.add(NO_EVENT, no_event_body(2))
    for log in (anna, ben):
        log.close()
    return path
