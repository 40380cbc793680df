"""Runs a coding session over a store: messages in, pictures of the desk out. All of the widget but the browser."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, replace
from typing import Any

from whodid.annotation.codes import CodeOffer
from whodid.annotation.reader import Adviser, Offers
from whodid.annotation.session import ROLES, CodingSession, Desk, Notice
from whodid.annotation.store import CoderLog
from whodid.annotation.work import Work, add_up
from whodid.errors import WhodidError
from whodid.events.record import CodedEvent


class Clerk:
    """One coder at one desk. An entry is on disk before the desk shows what it did.

    adviser: None for coding without suggestions. now gives the time in UTC as text, for the store alone.
    """

    def __init__(
        self, session: CodingSession, log: CoderLog, now: Callable[[], str], adviser: Adviser | None = None
    ) -> None:
        self._session, self._log, self._now, self._adviser = session, log, now, adviser
        self.work: Work = add_up(log.entries)
        self.desk: Desk = session.start(self.work)
        faults = [*log.faults, *self.work.faults]
        if faults:
            more = f" (and {len(faults) - 1} more)" if len(faults) > 1 else ""
            self.desk = replace(self.desk, notice=Notice("problem", f"{faults[0]}{more}"))

    def handle(self, message: Mapping[str, Any]) -> None:
        """Do what a message asks for. What goes wrong stands in the desk's notice; nothing is raised for it."""
        try:
            if self._log.refresh():
                self.work = add_up(self._log.entries)
            outcome = self._session.act(self.desk, self.work, message)
            for kind, body in outcome.entries:
                self._log.add(kind, body, self._now())
        except WhodidError as error:
            # The draft stays on the desk, so that it can be saved once the disk is there again.
            self.desk = replace(self.desk, notice=Notice("problem", str(error)))
            return
        if outcome.entries:
            self.work = add_up(self._log.entries)
        self.desk = outcome.desk

    def search(self, role: str, query: str) -> list[dict[str, Any]]:
        """Codes that fit what was typed into a code box, those first that the machine offers too.

        For nothing typed: what the machine offers; else the roots, for an action.
        """
        offered: tuple[CodeOffer, ...] = getattr(self.offers(), role) if role in ROLES else ()
        if not query.strip() and offered:
            return [asdict(one) for one in offered]
        if role == "action":
            found = self._session.codes.actions(query)
        else:
            found = self._session.codes.actors(query, self._session.passage(self.desk).article.published)
        fitting = {one.code for one in found}
        first = {one.code: one for one in offered if one.code in fitting}
        return [asdict(one) for one in (*first.values(), *(one for one in found if one.code not in first))]

    def offers(self) -> Offers:
        """The machine's codes for the words marked so far; none without suggestions."""
        if self._adviser is None:
            return Offers()
        return self._adviser.offers(self._session.passage(self.desk), self.desk.draft.spans)

    def article(self) -> dict[str, Any]:
        """The article as the page needs it: words with their offsets and what stands between them."""
        passage = self._session.passage(self.desk)
        article = passage.article
        text, at, out = article.text, 0, []
        for sentence in passage.sentences:
            words = []
            for start, end in sentence.words:
                words.append([start, end, text[start:end], text[at:start]])
                at = end
            out.append({"number": sentence.number, "words": words})
        return {
            "index": self.desk.article,
            "id": article.article_id,
            "title": article.title,
            "published": article.published.isoformat(),
            "publisher": article.publisher or "",
            "sentences": out,
        }

    def picture(self) -> dict[str, Any]:
        """The desk as the page shows it; values that JSON has."""
        session, desk, work = self._session, self.desk, self.work
        article = session.articles[desk.article]
        passage = session.passage(desk)
        number = session.sentence_of(desk)
        day, basis = session.day_of(desk)
        events = [e for e in work.events.values() if e.article_id == article.article_id]
        return {
            "coder": session.coder,
            "n_articles": len(session.articles),
            "n_done": session.n_done(work),
            "is_done": session.is_done(article, work),
            "article": desk.article,
            "sentence": desk.sentence,
            "draft": self._draft(),
            "days": [
                {
                    "date": when.day.isoformat(),
                    "weekday": when.day.strftime("%A"),
                    "basis": when.basis,
                    "words": when.words,
                    "start": when.start,
                    "end": when.end,
                }
                for when in passage.days_for(number)
            ],
            "day": day.isoformat() if day else "",
            "basis": basis,
            "events": [self._event(e) for e in sorted(events, key=lambda e: (e.sentence, e.action_start))],
            "no_event": sorted(n for article_id, n in work.no_event if article_id == article.article_id),
            "n_events": len(work.events),
            "notice": asdict(desk.notice) if desk.notice else None,
            "wrong": dict(desk.wrong),
            "can_undo": work.last is not None,
            "has_suggestions": self._adviser is not None,
        }

    def _draft(self) -> dict[str, Any]:
        draft, text = self.desk.draft, self._session.passage(self.desk).article.text
        return {
            "spans": {role: [*span, text[span[0] : span[1]]] for role, span in draft.spans.items()},
            "codes": {role: {"code": code, "label": self._label(role, code)} for role, code in draft.codes.items()},
            "confidence": draft.confidence,
            "note": draft.note,
            "replaces": draft.replaces,
            "is_empty": draft.is_empty,
        }

    def _event(self, event: CodedEvent) -> dict[str, Any]:
        return {
            "event_id": event.event_id,
            "sentence": event.sentence,
            "date": event.date.isoformat(),
            "date_basis": event.date_basis,
            "confidence": event.confidence,
            "note": event.note or "",
            **{
                role: {
                    "code": getattr(event, role),
                    "label": self._label(role, getattr(event, role)),
                    "text": getattr(event, f"{role}_text"),
                    "start": getattr(event, f"{role}_start"),
                    "end": getattr(event, f"{role}_end"),
                }
                for role in ROLES
            },
        }

    def _label(self, role: str, code: str) -> str:
        return self._session.codes.action_label(code) if role == "action" else self._session.codes.actor_label(code)
