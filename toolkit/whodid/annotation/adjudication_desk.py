"""Adjudication by hand as a state machine, and the clerk that runs it over a store: open units, one after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from itertools import pairwise
from typing import Any

from whodid.annotation.adjudicate import ADJUDICATED
from whodid.annotation.codes import CodeDesk
from whodid.annotation.decisions import Decision, decision_body, decisions_of
from whodid.annotation.entry import DECIDE, UNDO
from whodid.annotation.session import ROLES, Notice
from whodid.annotation.store import CoderLog
from whodid.annotation.units import Unit
from whodid.articles.model import Article
from whodid.errors import AdjudicationError, WhodidError
from whodid.events.record import CodedEvent

# How much of the article is shown before and behind what anybody marked.
_CONTEXT_CHARS = 400


@dataclass(frozen=True, slots=True)
class AdjudicationDesk:
    """Where an adjudicator stands: the unit, and the codes and day of a coding of their own, by part, if they make one.

    base is the coder whose words that coding takes.
    """

    unit: int = 0
    base: str = ""
    own: Mapping[str, str] = field(default_factory=dict)
    note: str = ""
    notice: Notice | None = None
    wrong: Mapping[str, str] = field(default_factory=dict)


class AdjudicationClerk:
    """One adjudicator at one desk. A decision is on disk before the desk shows it."""

    def __init__(
        self,
        units: Sequence[Unit],
        articles: Iterable[Article],
        codes: CodeDesk,
        log: CoderLog,
        now: Callable[[], str],
    ) -> None:
        if not units:
            fix = "Take the events of wd.adjudicate(...): every unit is settled."
            raise AdjudicationError("No unit is open: there is nothing to decide.", fix=fix, rule="nothing-open")
        self._units, self._codes, self._log, self._now = tuple(units), codes, log, now
        self._texts = {article.article_id: article for article in articles}
        self._decisions, self._last = decisions_of(log.entries)
        self.desk = AdjudicationDesk(self._next_open(-1) or 0)

    @property
    def decisions(self) -> tuple[Decision, ...]:
        """The adjudicator's decisions on these units so far."""
        return tuple(self._decisions[unit.key] for unit in self._units if unit.key in self._decisions)

    def handle(self, message: Mapping[str, Any]) -> None:
        """Do what a message asks for. What goes wrong stands in the desk's notice; nothing is raised for it."""
        self.desk = replace(self.desk, notice=None)
        handlers: dict[str, Callable[[Mapping[str, Any]], None]] = {
            "next": lambda m: self._go(self.desk.unit + 1),
            "back": lambda m: self._go(self.desk.unit - 1),
            "todo": lambda m: self._todo(),
            "take": self._take,
            "none": lambda m: self._decide(Decision(self._unit.key, self._log.coder, note=self.desk.note)),
            "own": self._own,
            "code": self._code,
            "day": lambda m: self._set("date", str(m["date"])),
            "note": self._note,
            "clear": lambda m: self._clear(),
            "save": lambda m: self._save(),
            "undo": lambda m: self._undo(),
        }
        handler = handlers.get(str(message.get("type")))
        try:
            if handler is None:
                self._say(f"The message {message.get('type')!r} is unknown.")
            else:
                handler(message)
        except (KeyError, TypeError, ValueError) as error:
            self._say(f"The message {message.get('type')!r} cannot be understood: {error}.")
        except WhodidError as error:
            self._say(str(error))

    def search(self, role: str, query: str) -> list[dict[str, Any]]:
        """Codes that fit what was typed; for nothing, those that the coders gave."""
        if not query.strip() and role in ROLES:
            given: dict[str, list[str]] = {}
            for coder, event in self._unit.answers.items():
                if event:
                    given.setdefault(getattr(event, role), []).append(coder)
            offer = self._codes.offer_action if role == "action" else self._codes.offer_actor
            known = self._codes.wrong_action if role == "action" else self._codes.wrong_actor
            return [asdict(offer(code, ", ".join(who))) for code, who in given.items() if known(code) is None]
        if role == "action":
            return [asdict(one) for one in self._codes.actions(query)]
        return [asdict(one) for one in self._codes.actors(query, self._unit.events[0].published)]

    def article(self) -> dict[str, Any]:
        """The words around the unit, cut where any coder's mark begins or ends: each piece says who marked it as what."""
        unit = self._unit
        article = self._texts.get(unit.article_id)
        first = unit.events[0]
        about = {
            "index": self.desk.unit,
            "id": unit.article_id,
            "title": article.title if article else "",
            "published": first.published.isoformat(),
            "publisher": first.publisher or "",
            "sentence": unit.sentence,
            "pieces": [],
        }
        if article is None:
            return about
        marks = [(*_span(event, role), role, coder) for coder, event in _given(unit) for role in ROLES]
        text = article.text
        start, end = _window(text, min(m[0] for m in marks), max(m[1] for m in marks))
        cuts = sorted({start, end, *(n for m in marks for n in m[:2] if start <= n <= end)})
        pieces = []
        for a, b in pairwise(cuts):
            on = [(role, coder) for s, e, role, coder in marks if s <= a and b <= e]
            roles = {role: sorted(coder for r, coder in on if r == role) for role in ROLES}
            pieces.append({"text": text[a:b], "roles": {role: who for role, who in roles.items() if who}})
        return {**about, "pieces": pieces, "is_begun": start > 0, "goes_on": end < len(text)}

    def picture(self) -> dict[str, Any]:
        """The desk as the page shows it; values that JSON has."""
        unit, desk = self._unit, self.desk
        versions = [self._version(coder, event) for coder, event in unit.answers.items()]
        decision = self._decisions.get(unit.key)
        return {
            "coder": self._log.coder,
            "n_units": len(self._units),
            "n_done": len(self.decisions),
            "unit": desk.unit,
            "versions": versions,
            "differ": [
                part for part in (*ROLES, "date") if len({v[part]["code"] for v in versions if v["has_event"]}) > 1
            ],
            "decision": None if decision is None else self._shown(unit, decision),
            "base": desk.base,
            "own": {part: {"code": code, "label": self._label(part, code)} for part, code in desk.own.items()},
            "note": desk.note,
            "notice": asdict(desk.notice) if desk.notice else None,
            "wrong": dict(desk.wrong),
            "can_undo": self._last is not None,
        }

    @property
    def _unit(self) -> Unit:
        return self._units[self.desk.unit]

    def _next_open(self, after: int) -> int | None:
        order = [*range(after + 1, len(self._units)), *range(max(after, 0) + 1)]
        return next((n for n in order if n < len(self._units) and self._units[n].key not in self._decisions), None)

    def _go(self, unit: int) -> None:
        if not 0 <= unit < len(self._units):
            return self._say("This is the last unit." if unit > 0 else "This is the first unit.")
        self.desk = AdjudicationDesk(unit)
        return None

    def _todo(self, done: str = "") -> None:
        found = self._next_open(self.desk.unit)
        text = f"{done} All units are decided." if found is None else done
        unit = self.desk.unit if found is None else found
        self.desk = AdjudicationDesk(unit, notice=Notice("done", text.strip()) if text else None)

    def _take(self, message: Mapping[str, Any]) -> None:
        coder = str(message["coder"])
        if coder not in self._unit.answers:
            return self._say(f"{coder!r} did not judge this unit.")
        event = self._unit.answers[coder]
        take = None if event is None else event.event_id
        return self._decide(Decision(self._unit.key, self._log.coder, take=take, note=self.desk.note))

    def _own(self, message: Mapping[str, Any]) -> None:
        """Begin a coding of one's own from a coder's."""
        given = dict(_given(self._unit))
        coder = str(message.get("coder") or next(iter(given)))
        if coder not in given:
            return self._say(f"{coder!r} coded no event here: there are no words to start from.")
        event = given[coder]
        own = {**{role: getattr(event, role) for role in ROLES}, "date": event.date.isoformat()}
        self.desk = replace(self.desk, base=coder, own=own, wrong={})
        return None

    def _code(self, message: Mapping[str, Any]) -> None:
        role = str(message["role"])
        if role not in ROLES:
            raise ValueError(f"the role {role!r} is unknown")
        self._set(role, str(message["code"]).strip())

    def _set(self, part: str, value: str) -> None:
        if not self.desk.own:
            self._own({})
        self.desk = replace(self.desk, own={**self.desk.own, part: value})
        wrong = self._wrong()
        self.desk = replace(
            self.desk, wrong={p: text for p, text in wrong.items() if p == part or p in self.desk.wrong}
        )

    def _note(self, message: Mapping[str, Any]) -> None:
        self.desk = replace(self.desk, note=str(message["text"]))

    def _clear(self) -> None:
        self.desk = AdjudicationDesk(self.desk.unit)

    def _wrong(self) -> dict[str, str]:
        own, found = self.desk.own, {}
        for role in ROLES:
            code = own.get(role, "")
            said = self._codes.wrong_action(code) if role == "action" else self._codes.wrong_actor(code)
            if said:
                found[role] = said
        try:
            date.fromisoformat(own.get("date", ""))
        except ValueError:
            found["date"] = f"{own.get('date', '')!r} is no day. Write it as 2024-06-21."
        return found

    def _save(self) -> None:
        if not self.desk.own:
            return self._say("Take a version, say that there is no event, or change one.")
        wrong = self._wrong()
        if wrong:
            self.desk = replace(self.desk, wrong=wrong)
            return self._say(next(iter(wrong.values())))
        event = dict(_given(self._unit))[self.desk.base]
        own = self.desk.own
        day = date.fromisoformat(own["date"])
        same = next((e for e in self._unit.events if e.date == day), None)
        changed = replace(
            event,
            coder=ADJUDICATED,
            actor=own["actor"],
            action=own["action"],
            target=own["target"],
            date=day,
            date_basis=same.date_basis if same else "text",
        )
        return self._decide(Decision(self._unit.key, self._log.coder, own=changed, note=self.desk.note))

    def _decide(self, decision: Decision) -> None:
        self._log.add(DECIDE, decision_body(decision), self._now())
        self._decisions, self._last = decisions_of(self._log.entries)
        self._todo(f"Decided: {self._shown(self._unit, decision)['text']}.")

    def _undo(self) -> None:
        if self._last is None:
            return self._say("There is nothing to undo.")
        last = self._last
        self._log.add(UNDO, {"session": last.session, "number": last.number}, self._now())
        self._decisions, self._last = decisions_of(self._log.entries)
        unit = next((n for n, u in enumerate(self._units) if u.key == last.body.get("unit")), self.desk.unit)
        self.desk = AdjudicationDesk(unit, notice=Notice("done", "Undone: the last decision."))
        return None

    def _say(self, text: str) -> None:
        self.desk = replace(self.desk, notice=Notice("problem", text))

    def _version(self, coder: str, event: CodedEvent | None) -> dict[str, Any]:
        if event is None:
            return {
                "coder": coder,
                "has_event": False,
                **{part: {"code": "", "label": "", "text": ""} for part in (*ROLES, "date")},
            }
        parts = {
            role: {
                "code": getattr(event, role),
                "label": self._label(role, getattr(event, role)),
                "text": getattr(event, f"{role}_text"),
            }
            for role in ROLES
        }
        day = {"code": event.date.isoformat(), "label": event.date_basis, "text": ""}
        return {
            "coder": coder,
            "has_event": True,
            **parts,
            "date": day,
            "confidence": event.confidence,
            "note": event.note or "",
        }

    def _shown(self, unit: Unit, decision: Decision) -> dict[str, Any]:
        if decision.own is not None:
            event, who = decision.own, ""
        elif decision.take is not None:
            found = [(c, e) for c, e in _given(unit) if e.event_id == decision.take]
            if not found:
                return {"text": "a coding that is not there any more", "coder": ""}
            who, event = found[0]
        else:
            return {"text": "no event", "coder": ""}
        said = f"{event.actor} {event.action} {event.target}, {event.date.isoformat()}"
        return {"text": f"{said} (as {who})" if who else said, "coder": who}

    def _label(self, part: str, code: str) -> str:
        if part == "date":
            return ""
        return self._codes.action_label(code) if part == "action" else self._codes.actor_label(code)


def _given(unit: Unit) -> list[tuple[str, CodedEvent]]:
    return [(coder, event) for coder, event in unit.answers.items() if event is not None]


def _span(event: CodedEvent, role: str) -> tuple[int, int]:
    return getattr(event, f"{role}_start"), getattr(event, f"{role}_end")


def _window(text: str, first: int, last: int) -> tuple[int, int]:
    """What is shown: whole paragraphs around the marks, if they are not too long; else whole words."""
    start, end = text.rfind("\n\n", 0, first) + 1, text.find("\n\n", last)
    start = start + 1 if start else 0
    end = len(text) if end < 0 else end
    if first - start > _CONTEXT_CHARS:
        start = text.find(" ", first - _CONTEXT_CHARS, first) + 1 or first
    if end - last > _CONTEXT_CHARS:
        end = text.rfind(" ", last, last + _CONTEXT_CHARS)
        end = last if end < 0 else end
    return start, end
