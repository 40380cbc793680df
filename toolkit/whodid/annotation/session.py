"""Coding by hand as a state machine: what a coder sees, and what each thing they do makes of it. No files, no browser.

A desk (where one stands, and the event being coded) and a message give a new desk and the entries to be stored. Whoever
runs it stores the entries first and takes the new desk over only when they are on disk.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Literal

from whodid.annotation.codes import CodeDesk
from whodid.annotation.entry import EVENT, NO_EVENT, REMOVE, UNDO
from whodid.annotation.passage import Passage, ReadPassage
from whodid.annotation.work import Place, Work, body_of
from whodid.articles.model import Article
from whodid.errors import StoreError
from whodid.events.record import DATE_BASES, CodedEvent

ROLES = ("actor", "action", "target")
Role = Literal["actor", "action", "target"]
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Draft:
    """The event being coded: marked words, codes and the rest, each empty until the coder gives it.

    day is None while the coder takes what the text says first (with suggestions) or has not chosen (without).
    replaces is the event_id of the coding that is being corrected.
    """

    spans: Mapping[str, Span] = field(default_factory=dict)
    codes: Mapping[str, str] = field(default_factory=dict)
    day: date | None = None
    basis: str = ""
    confidence: float | None = None
    note: str = ""
    replaces: str | None = None

    @property
    def is_empty(self) -> bool:
        return self == Draft()


@dataclass(frozen=True, slots=True)
class Notice:
    """What just happened, in a sentence; kind is done or problem."""

    kind: Literal["done", "problem"]
    text: str


@dataclass(frozen=True, slots=True)
class Desk:
    """Where a coder stands: article and sentence (by position), the draft, the last notice.

    wrong says by field what keeps the draft from being saved, after somebody tried.
    """

    article: int = 0
    sentence: int = 0
    draft: Draft = field(default_factory=Draft)
    notice: Notice | None = None
    wrong: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Outcome:
    """The desk after a message, and the entries (kind and body) that must be on disk before it counts."""

    desk: Desk
    entries: tuple[tuple[str, dict[str, Any]], ...] = ()


class CodingSession:
    """The rules of coding some articles: pure, so that each message can be tested without browser, kernel or disk.

    read gives the passage of an article. with_suggestions: the day that the text names is taken unless the coder
    chooses another one; without, nothing is chosen for them.
    """

    def __init__(
        self,
        articles: Sequence[Article],
        read: ReadPassage,
        codes: CodeDesk,
        coder: str,
        *,
        with_suggestions: bool = True,
    ) -> None:
        if not articles:
            raise StoreError(
                "There are no articles to code.", fix="Give some: wd.read_articles(...).", rule="no-articles"
            )
        self.articles, self.read, self.codes = tuple(articles), read, codes
        self.coder, self.with_suggestions = coder, with_suggestions
        self._handlers: dict[str, Callable[[Desk, Work, Mapping[str, Any]], Outcome]] = {
            "go": self._go,
            "next": lambda desk, work, message: self._step(desk, work, 1),
            "back": lambda desk, work, message: self._step(desk, work, -1),
            "todo": lambda desk, work, message: Outcome(self._next_to_do(desk, work, desk.article)),
            "mark": self._mark,
            "unmark": self._unmark,
            "code": self._code,
            "day": self._day,
            "confidence": self._confidence,
            "note": self._note,
            "clear": lambda desk, work, message: Outcome(replace(desk, draft=Draft(), wrong={})),
            "save": self._save,
            "no_event": self._no_event,
            "no_more": self._no_more,
            "edit": self._edit,
            "remove": self._remove,
            "undo": self._undo,
        }

    def start(self, work: Work) -> Desk:
        """The desk of somebody who sits down: at the first sentence that they have not judged."""
        return replace(self._next_to_do(Desk(), work, -1), notice=None)

    def act(self, desk: Desk, work: Work, message: Mapping[str, Any]) -> Outcome:
        """What a message makes of the desk. Messages that make no sense change nothing but the notice."""
        handler = self._handlers.get(str(message.get("type")))
        desk = replace(desk, notice=None)
        if handler is None:
            return _problem(desk, f"The message {message.get('type')!r} is unknown.")
        try:
            return handler(desk, work, message)
        except (KeyError, TypeError, ValueError) as error:
            return _problem(desk, f"The message {message.get('type')!r} cannot be understood: {error}.")

    def passage(self, desk: Desk) -> Passage:
        """The article on the desk."""
        return self.read(self.articles[desk.article])

    def place(self, desk: Desk) -> Place:
        """The sentence that one stands at."""
        return self.articles[desk.article].article_id, desk.sentence

    def sentence_of(self, desk: Desk) -> int:
        """The sentence that the draft is about: that of its action, else the one that one stands at."""
        span = desk.draft.spans.get("action")
        found = self.passage(desk).sentence_at(span[0]) if span else None
        return desk.sentence if found is None else found

    def day_of(self, desk: Desk) -> tuple[date | None, str]:
        """The draft's day and its basis: what the coder chose, else, with suggestions, what the text says."""
        draft = desk.draft
        if draft.day is not None or not self.with_suggestions:
            return draft.day, draft.basis
        published = self.articles[desk.article].published
        said = self.passage(desk).days_for(self.sentence_of(desk))
        # A day ahead is what was announced, not when.
        best = next(when for when in said if when.day <= published)
        return best.day, best.basis

    def is_done(self, article: Article, work: Work) -> bool:
        """True if each sentence of an article was judged."""
        judged = work.judged.get(article.article_id)
        # Articles that nobody touched, and those of earlier sessions, need not be parsed to know that.
        return bool(judged) and len(judged or ()) >= self._size(article, work)

    def _size(self, article: Article, work: Work) -> int:
        known = work.sizes.get(article.article_id)
        return len(self.read(article).sentences) if known is None else known

    def n_done(self, work: Work) -> int:
        """How many of the articles are done."""
        return sum(self.is_done(article, work) for article in self.articles)

    def wrong(self, desk: Desk) -> dict[str, str]:
        """What keeps the draft from being a row, by field; empty if it can be saved."""
        draft, found = desk.draft, {}
        passage = self.passage(desk)
        for role in ROLES:
            if role not in draft.spans:
                found[role] = f"Mark the words of the {role}."
                continue
            code = draft.codes.get(role, "")
            said = self.codes.wrong_action(code) if role == "action" else self.codes.wrong_actor(code)
            if said:
                found[role] = said
        if {"actor", "target"} <= draft.spans.keys() and draft.spans["actor"] == draft.spans["target"]:
            found.setdefault("target", "Actor and target are the same words. Mark whom it was done to.")
        if self.day_of(desk)[0] is None:
            found["date"] = "Choose the day on which it happened."
        if not passage.sentences:
            found["action"] = "The article has no sentence."
        return found

    def event(self, desk: Desk) -> CodedEvent:
        """The row that the draft makes; ask wrong first."""
        article, draft = self.articles[desk.article], desk.draft
        spans = {role: draft.spans[role] for role in ROLES}
        day, basis = self.day_of(desk)
        if day is None:
            raise ValueError("the draft has no day")
        words = {role: article.text[start:end] for role, (start, end) in spans.items()}
        return CodedEvent(
            actor=draft.codes["actor"],
            action=draft.codes["action"],
            target=draft.codes["target"],
            date=day,
            date_basis=basis,
            article_id=article.article_id,
            sentence=self.sentence_of(desk),
            actor_text=words["actor"],
            action_text=words["action"],
            target_text=words["target"],
            actor_start=spans["actor"][0],
            actor_end=spans["actor"][1],
            action_start=spans["action"][0],
            action_end=spans["action"][1],
            target_start=spans["target"][0],
            target_end=spans["target"][1],
            published=article.published,
            publisher=article.publisher,
            coder=self.coder,
            confidence=None if draft.confidence is None else round(draft.confidence, 3),
            note=draft.note.strip() or None,
        )

    def _go(self, desk: Desk, work: Work, message: Mapping[str, Any]) -> Outcome:
        article = int(message.get("article", desk.article))
        if not 0 <= article < len(self.articles):
            return _problem(desk, f"There is no article {article + 1}; there are {len(self.articles)}.")
        if article != desk.article:
            return Outcome(Desk(article, self._first_to_do(article, work)))
        last = len(self.passage(desk).sentences) - 1
        return Outcome(replace(desk, sentence=max(0, min(int(message.get("sentence", desk.sentence)), last))))

    def _step(self, desk: Desk, work: Work, by: int) -> Outcome:
        if not 0 <= desk.article + by < len(self.articles):
            return _problem(desk, "This is the last article." if by > 0 else "This is the first article.")
        return self._go(desk, work, {"article": desk.article + by})

    def _first_to_do(self, article: int, work: Work) -> int:
        chosen = self.articles[article]
        numbers = [s.number for s in self.read(chosen).sentences]
        return next((n for n in numbers if n not in work.judged.get(chosen.article_id, ())), 0)

    def _next_to_do(self, desk: Desk, work: Work, after: int) -> Desk:
        """The desk at the next article, going round, that is not done; the same one if all are."""
        order = [*range(after + 1, len(self.articles)), *range(max(after, 0) + 1)]
        found = next((n for n in order if n < len(self.articles) and not self.is_done(self.articles[n], work)), None)
        if found is None:
            return replace(desk, draft=Draft(), wrong={}, notice=Notice("done", "All articles are done."))
        return Desk(found, self._first_to_do(found, work))

    def _mark(self, desk: Desk, work: Work, message: Mapping[str, Any]) -> Outcome:
        role = _role(message)
        passage = self.passage(desk)
        span = passage.snapped(int(message["start"]), int(message["end"]))
        if span is None:
            return _problem(desk, "There are no words. Select some, then press a, e or t.")
        at = passage.sentence_at(span[0])
        if role == "action" and at != passage.sentence_at(span[1] - 1):
            return _problem(desk, "The words of an action stand in one sentence. Mark fewer.")
        spans = {**desk.draft.spans, role: span}
        # New words are another party: a code that was chosen for the old ones must not stay by oversight.
        codes = {r: c for r, c in desk.draft.codes.items() if r != role or desk.draft.spans.get(role) == span}
        draft = replace(desk.draft, spans=spans, codes=codes)
        # The desk goes where the event is: to the action, and before it is marked, to what was marked.
        moved = passage.sentence_at(spans["action"][0]) if "action" in spans else at
        sentence = desk.sentence if moved is None else moved
        return Outcome(replace(desk, sentence=sentence, draft=draft, wrong=_less(desk.wrong, role)))

    def _unmark(self, desk: Desk, work: Work, message: Mapping[str, Any]) -> Outcome:
        role = _role(message)
        spans = {r: s for r, s in desk.draft.spans.items() if r != role}
        codes = {r: c for r, c in desk.draft.codes.items() if r != role}
        return Outcome(
            replace(desk, draft=replace(desk.draft, spans=spans, codes=codes), wrong=_less(desk.wrong, role))
        )

    def _code(self, desk: Desk, work: Work, message: Mapping[str, Any]) -> Outcome:
        role, code = _role(message), str(message["code"]).strip()
        codes = {**desk.draft.codes, role: code}
        if not code:
            del codes[role]
        said = None
        if code:
            said = self.codes.wrong_action(code) if role == "action" else self.codes.wrong_actor(code)
        wrong = {**_less(desk.wrong, role), **({role: said} if said else {})}
        return Outcome(replace(desk, draft=replace(desk.draft, codes=codes), wrong=wrong))

    def _day(self, desk: Desk, work: Work, message: Mapping[str, Any]) -> Outcome:
        text, basis = str(message["date"]), str(message["basis"])
        try:
            day = date.fromisoformat(text)
        except ValueError:
            wrong = {**desk.wrong, "date": f"{text!r} is no day. Write it as 2024-06-21."}
            return Outcome(replace(desk, wrong=wrong))
        if basis not in DATE_BASES:
            raise ValueError(f"the basis {basis!r} is unknown")
        draft = replace(desk.draft, day=day, basis=basis)
        return Outcome(replace(desk, draft=draft, wrong=_less(desk.wrong, "date")))

    def _confidence(self, desk: Desk, work: Work, message: Mapping[str, Any]) -> Outcome:
        value = message["value"]
        confidence = None if value is None else float(value)
        if confidence is not None and not 0 <= confidence <= 1:
            return _problem(desk, "Confidence goes from 0 to 1.")
        return Outcome(replace(desk, draft=replace(desk.draft, confidence=confidence)))

    def _note(self, desk: Desk, work: Work, message: Mapping[str, Any]) -> Outcome:
        return Outcome(replace(desk, draft=replace(desk.draft, note=str(message["text"]))))

    def _save(self, desk: Desk, work: Work, message: Mapping[str, Any]) -> Outcome:
        wrong = self.wrong(desk)
        if wrong:
            return Outcome(replace(desk, wrong=wrong, notice=Notice("problem", next(iter(wrong.values())))))
        event, old = self.event(desk), desk.draft.replaces
        if event.event_id in work.events and event.event_id != old:
            return _problem(desk, "You have coded this event already: same words, codes and day.")
        body: dict[str, Any] = {"event": body_of(event), "n_sentences": len(self.passage(desk).sentences)}
        if old is not None:
            body["replaces"] = old
        said = "Corrected" if old else "Saved"
        notice = Notice("done", f"{said}: {event.actor} {event.action} {event.target}, {event.date.isoformat()}.")
        return Outcome(replace(desk, sentence=event.sentence, draft=Draft(), wrong={}, notice=notice), ((EVENT, body),))

    def _no_event(self, desk: Desk, work: Work, message: Mapping[str, Any]) -> Outcome:
        place = self.place(desk)
        if place in work.by_place:
            return _problem(desk, "You coded an event in this sentence. Delete it first if there is none.")
        if desk.draft.spans:
            return _problem(
                desk, "You have marked words. Save the event, or clear it (x), then say that there is none."
            )
        numbers = [s.number for s in self.passage(desk).sentences]
        judged = {*work.judged.get(place[0], ()), desk.sentence}
        later = [n for n in numbers if n > desk.sentence and n not in judged]
        left = later or [n for n in numbers if n not in judged]
        text = f"No event in sentence {desk.sentence + 1}." + ("" if left else " The article is done.")
        sentence = left[0] if left else min(desk.sentence + 1, max(numbers, default=0))
        body = {"article_id": place[0], "sentences": [desk.sentence], "n_sentences": len(numbers)}
        entries = () if place in work.no_event else ((NO_EVENT, body),)
        return Outcome(replace(desk, sentence=sentence, draft=Draft(), wrong={}, notice=Notice("done", text)), entries)

    def _no_more(self, desk: Desk, work: Work, message: Mapping[str, Any]) -> Outcome:
        """No events in all the sentences of the article that were not judged yet; then on to the next article."""
        if desk.draft.spans:
            return _problem(
                desk, "You have marked words. Save the event, or clear it (x), before you leave the article."
            )
        article_id = self.place(desk)[0]
        numbers = [s.number for s in self.passage(desk).sentences]
        rest = [n for n in numbers if n not in work.judged.get(article_id, ())]
        body = {"article_id": article_id, "sentences": rest, "n_sentences": len(numbers)}
        settled = replace(work, no_event=work.no_event | {(article_id, n) for n in rest})
        after = self._next_to_do(desk, settled, desk.article)
        text = f"No more events in {article_id!r}." + (f" {after.notice.text}" if after.notice else "")
        return Outcome(replace(after, notice=Notice("done", text)), ((NO_EVENT, body),) if rest else ())

    def _edit(self, desk: Desk, work: Work, message: Mapping[str, Any]) -> Outcome:
        """Take a coding back onto the desk, to correct it, or (as_new) to code another one with the same words."""
        event = work.events.get(str(message["event_id"]))
        if event is None or event.article_id != self.place(desk)[0]:
            return _problem(desk, "This coding is not there any more.")
        draft = Draft(
            {role: (getattr(event, f"{role}_start"), getattr(event, f"{role}_end")) for role in ROLES},
            {role: getattr(event, role) for role in ROLES},
            event.date,
            event.date_basis,
            event.confidence,
            event.note or "",
            None if message.get("as_new") else event.event_id,
        )
        return Outcome(replace(desk, sentence=event.sentence, draft=draft, wrong={}))

    def _remove(self, desk: Desk, work: Work, message: Mapping[str, Any]) -> Outcome:
        event = work.events.get(str(message["event_id"]))
        if event is None:
            return _problem(desk, "This coding is not there any more.")
        notice = Notice("done", f"Deleted: {event.actor} {event.action} {event.target}. Undo brings it back.")
        draft = Draft() if desk.draft.replaces == event.event_id else desk.draft
        return Outcome(replace(desk, draft=draft, notice=notice), ((REMOVE, {"replaces": event.event_id}),))

    def _undo(self, desk: Desk, work: Work, message: Mapping[str, Any]) -> Outcome:
        if work.last is None:
            return _problem(desk, "There is nothing to undo.")
        last = work.last
        place = _place_of(last.body, work)
        where = next((n for n, a in enumerate(self.articles) if place and a.article_id == place[0]), None)
        undone = {EVENT: "the last coding", REMOVE: "the deletion", NO_EVENT: "“no event”"}[last.kind]
        notice = Notice("done", f"Undone: {undone}.")
        moved = replace(desk, notice=notice, wrong={})
        if where is not None and place is not None:
            same = where == desk.article
            moved = Desk(where, place[1], desk.draft if same else Draft(), notice)
        return Outcome(moved, ((UNDO, {"session": last.session, "number": last.number}),))


def _place_of(body: Mapping[str, Any], work: Work) -> Place | None:
    if "event" in body:
        return str(body["event"]["article_id"]), int(body["event"]["sentence"])
    if body.get("sentences"):
        return str(body["article_id"]), int(min(body["sentences"]))
    return None


def _role(message: Mapping[str, Any]) -> str:
    role = str(message["role"])
    if role not in ROLES:
        raise ValueError(f"the role {role!r} is unknown")
    return role


def _less(wrong: Mapping[str, str], name: str) -> dict[str, str]:
    return {key: text for key, text in wrong.items() if key != name}


def _problem(desk: Desk, text: str) -> Outcome:
    return Outcome(replace(desk, notice=Notice("problem", text)))
