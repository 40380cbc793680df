"""Settling the judgements of several coders: by rule where a policy allows it, by hand where it does not. See decision 11."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, Literal

import pandas as pd

from whodid.annotation.decisions import Decision, read_decisions
from whodid.annotation.gathered import Codable, Gathered, gather
from whodid.annotation.side_table import side_path, writing_side_table
from whodid.annotation.units import Unit, put_together, span_agreement
from whodid.errors import AdjudicationError, Fault
from whodid.events.files import write_events
from whodid.events.record import CodedEvent
from whodid.events.table import events_to_table, table_to_events

ADJUDICATED = "adjudicated"
POLICIES = ("unanimous", "majority", "expert")
LINK_COLUMNS = (
    "unit", "article_id", "sentence", "event_id", "coder", "settled_event_id", "policy", "adjudicator",
)  # fmt: skip
BY_HAND, SINGLE = "by hand", "single"

Single = Literal["keep", "open"]
_ROLES = ("actor", "action", "target")


@dataclass(frozen=True, slots=True)
class Settled:
    """A unit with what was settled (None: no event), by which policy, and who decided if it was by hand."""

    unit: Unit
    event: CodedEvent | None
    policy: str
    adjudicator: str = ""


@dataclass(frozen=True, slots=True)
class Adjudication:
    """What came of it. policy: the rule that was followed, as it stands in the metadata.

    settled and open_units hold every unit once. unused are decisions that fit no unit: its answers have changed since.
    contested are keys of open units on which two people decided differently. faults are damaged lines of the stores.
    """

    policy: str
    settled: tuple[Settled, ...]
    open_units: tuple[Unit, ...]
    unused: tuple[Decision, ...] = ()
    contested: tuple[str, ...] = ()
    faults: tuple[Fault, ...] = ()

    @property
    def events(self) -> pd.DataFrame:
        """The settled events as an event table, coder "adjudicated"."""
        return events_to_table(one.event for one in self.settled if one.event is not None)

    @property
    def links(self) -> pd.DataFrame:
        """One row for each judgement that was settled: unit, article_id, sentence, event_id of the settled row (null for
        "no event"), coder, settled_event_id (null where the coder said "no event"), policy, adjudicator (null if by rule).
        """
        rows: list[tuple[Any, ...]] = [
            (
                one.unit.key,
                one.unit.article_id,
                one.unit.sentence,
                one.event.event_id if one.event else None,
                coder,
                answer.event_id if answer else None,
                one.policy,
                one.adjudicator or None,
            )
            for one in self.settled
            for coder, answer in one.unit.answers.items()
        ]
        rows.sort(key=lambda row: (row[1], row[2], row[0], row[4]))
        frame = pd.DataFrame(rows, columns=list(LINK_COLUMNS))
        return frame.astype({name: "int32" if name == "sentence" else "str" for name in LINK_COLUMNS})


def adjudicate(
    codings: Codable | Iterable[Codable],
    *,
    policy: str = "unanimous",
    expert: str | None = None,
    judged: pd.DataFrame | None = None,
    single: Single = "keep",
    decisions: Iterable[Decision] = (),
    use_decisions: bool = True,
) -> Adjudication:
    """Settle what several coders say: by rule as far as the policy goes, then by the decisions of people.

    codings: event tables, their files, stores of hand codings, sheets that were read, widgets; several of them together.
    Rows of coder "adjudicated" are left aside. policy: "unanimous" (all who judged say the same actor, action, target and date),
    "majority" (more than half of them), or "expert" (unanimous, and otherwise what the coder `expert` said). judged: who
    judged which sentence (article_id, sentence, coder), or which article (without sentence); stores, sheets and the tables
    beside event files (ben.judged.csv) know it themselves. Of articles of which nothing is known, a coder judged those
    in which a row is theirs. single: whether units that one coder alone judged
    are kept, or left open. decisions: made in the widget or on a sheet; with use_decisions those in a store that is given
    count as well.
    Raises AdjudicationError for an unknown policy or expert, or if fewer than two coders are there.
    """
    given = gather(codings, judged)
    events, seen = _gathered(given)
    coders = sorted({event.coder for event in events} | {coder for coder, _, _ in seen})
    _check(policy, expert, coders, single)
    stores = given.stores if use_decisions else ()
    made = [*(decision for store in stores for decision in read_decisions(store)), *decisions]
    units = units_of(events, seen)
    chosen, contested = _by_unit(made)
    settled: list[Settled] = []
    still_open: list[Unit] = []
    for unit in units:
        decision = chosen.get(unit.key)
        # A person's decision goes before the rule: it was made with all versions in sight.
        outcome = _decided(unit, decision) if decision else _by_rule(unit, policy, expert, single)
        if outcome is None or unit.key in contested:
            still_open.append(unit)
        else:
            settled.append(outcome)
    known = {unit.key for unit in units}
    unused = tuple(d for key, d in sorted(chosen.items()) if key not in known)
    name = f"expert:{expert}" if policy == "expert" else policy
    return Adjudication(name, tuple(settled), tuple(still_open), unused, tuple(sorted(contested & known)), given.faults)


def units_of(events: Iterable[CodedEvent], seen: Iterable[tuple[str, str, int | None]]) -> list[Unit]:
    """The units of some codings. seen: coder, article and sentence (None: all of the article) that were judged."""
    looked: dict[tuple[str, int | None], set[str]] = {}
    for coder, article_id, sentence in seen:
        looked.setdefault((article_id, sentence), set()).add(coder)
    out = []
    for group in put_together(events):
        first = group[0]
        coders = looked.get((first.article_id, first.sentence), set()) | looked.get((first.article_id, None), set())
        answers: dict[str, CodedEvent | None] = dict.fromkeys(coders)
        answers |= {event.coder: event for event in group}
        out.append(Unit(first.article_id, first.sentence, dict(sorted(answers.items()))))
    return out


def write_adjudication(
    found: Adjudication, path: Path | str, *, codebook: str = "", codebook_hash: str = ""
) -> tuple[Path, Path]:
    """Write the settled events to path, with the policy in the metadata of Parquet, and the links beside it; both paths."""
    beside = side_path(path, "links")
    labels = {"codebook": codebook, "codebook_hash": codebook_hash, "coder": ADJUDICATED, "policy": found.policy}
    with writing_side_table(found.links, beside):
        write_events(found.events, path, **labels)
    return Path(path), beside


def _gathered(found: Gathered) -> tuple[list[CodedEvent], set[tuple[str, str, int | None]]]:
    """All codings but settled ones, and who judged what: coder, article, and sentence or None for all of the article.

    A coder with rows in an article of which nothing else is known judged all of it, as in `agree`.
    """
    events: dict[str, CodedEvent] = {}
    for table in found.tables:
        events |= {event.event_id: event for event in table_to_events(table) if event.coder != ADJUDICATED}
    seen = set() if found.judged is None else _seen(found.judged)
    known = {(coder, article_id) for coder, article_id, _ in seen}
    whole = {(event.coder, event.article_id) for event in events.values()} - known
    seen |= {(coder, article_id, None) for coder, article_id in whole}
    return list(events.values()), {one for one in seen if one[0] != ADJUDICATED}


def _seen(judged: pd.DataFrame) -> set[tuple[str, str, int | None]]:
    sentences: Iterable[Any] = judged["sentence"] if "sentence" in judged.columns else [None] * len(judged)
    return {
        (coder, article_id, None if sentence is None or pd.isna(sentence) else int(sentence))
        for coder, article_id, sentence in zip(judged["coder"], judged["article_id"], sentences, strict=True)
    }


def _check(policy: str, expert: str | None, coders: list[str], single: str) -> None:
    if policy not in POLICIES:
        fix = f"Choose one of {', '.join(POLICIES)}."
        raise AdjudicationError(f"The policy {policy!r} is unknown.", fix=fix, value=policy, rule="bad-policy")
    if single not in ("keep", "open"):
        message = f"{single!r} is no way to treat what one coder alone judged."
        raise AdjudicationError(message, fix="Choose keep or open.", value=single, rule="bad-single")
    if len(coders) < 2:
        whose = f"only those of {coders[0]!r}" if coders else "none"
        fix = "Give the codings of two coders or more, in one file or in several."
        raise AdjudicationError(
            f"There is nothing to settle: of codings, there are {whose}.", fix=fix, rule="one-coder"
        )
    if policy == "expert" and expert not in coders:
        message = (
            "The policy 'expert' needs the name of the expert." if expert is None else f"{expert!r} coded nothing."
        )
        fix = f"Name one of the coders: {', '.join(coders)}."
        raise AdjudicationError(message, fix=fix, value=expert, rule="bad-expert")
    if policy != "expert" and expert is not None:
        message = f"The policy {policy!r} asks no expert."
        fix = "Choose the policy expert, or leave the expert out."
        raise AdjudicationError(message, fix=fix, value=expert, rule="bad-expert")


_Answer = tuple[str, str, str, date] | None


def answer_of(event: CodedEvent | None) -> _Answer:
    """What counts as the answer: actor, action, target and date; None is "no event"."""
    return None if event is None else (event.actor, event.action, event.target, event.date)


def _by_rule(unit: Unit, policy: str, expert: str | None, single: Single) -> Settled | None:
    if len(unit.answers) == 1:
        return _settle(unit, answer_of(unit.events[0]), SINGLE) if single == "keep" else None
    count = Counter(answer_of(event) for event in unit.answers.values())
    answer, n = count.most_common(1)[0]
    if n == len(unit.answers):
        return _settle(unit, answer, "unanimous")
    if policy == "majority" and 2 * n > len(unit.answers):
        return _settle(unit, answer, "majority")
    if policy == "expert" and expert is not None and expert in unit.answers:
        own = unit.answers[expert]
        event = None if own is None else as_adjudicated(own)
        return Settled(unit, event, "expert")
    return None


def _settle(unit: Unit, answer: _Answer, policy: str) -> Settled:
    return Settled(unit, None if answer is None else _merged(unit, answer), policy)


def _merged(unit: Unit, answer: _Answer) -> CodedEvent:
    """The coding of those with this answer whose words agree most with the others'; confidence and notes of them all."""
    same = [event for event in unit.events if answer_of(event) == answer]
    best = max(same, key=lambda event: (round(_central(event, unit.events), 9), *_first(event)))
    sure = [event.confidence for event in same if event.confidence is not None]
    notes = list(dict.fromkeys(event.note for event in same if event.note))
    said = [f"{event.coder}: {event.note}" for event in same if event.note] if len(notes) > 1 else notes
    return replace(
        as_adjudicated(best),
        confidence=round(sum(sure) / len(sure), 3) if sure else None,
        note="; ".join(said) or None,
    )


def as_adjudicated(event: CodedEvent) -> CodedEvent:
    """A coding as a settled row: nothing changes but the coder, and with it the event_id."""
    return replace(event, coder=ADJUDICATED)


def _central(event: CodedEvent, others: Iterable[CodedEvent]) -> float:
    return sum(span_agreement(_span(event, r), _span(other, r)) for other in others for r in _ROLES)


def _first(event: CodedEvent) -> tuple[int, ...]:
    """Of words that agree equally well the fewest count, then the first; never a coder's name."""
    spans = [_span(event, role) for role in _ROLES]
    basis = -("text", "dateline", "published").index(event.date_basis)
    return (basis, -sum(end - start for start, end in spans), *(-n for span in spans for n in span))


def _span(event: CodedEvent, role: str) -> tuple[int, int]:
    return getattr(event, f"{role}_start"), getattr(event, f"{role}_end")


def _by_unit(decisions: Iterable[Decision]) -> tuple[dict[str, Decision], set[str]]:
    """The decision on each unit, and the units on which two people decided differently."""
    chosen: dict[str, Decision] = {}
    contested: set[str] = set()
    for decision in decisions:
        other = chosen.setdefault(decision.unit, decision)
        if other.adjudicator == decision.adjudicator:
            chosen[decision.unit] = decision  # The last word of one person counts.
        elif not other.says_the_same(decision):
            contested.add(decision.unit)
    return chosen, contested


def _decided(unit: Unit, decision: Decision) -> Settled | None:
    event: CodedEvent | None = None
    if decision.own is not None:
        event = as_adjudicated(decision.own)
    elif decision.take is not None:
        taken = next((e for e in unit.events if e.event_id == decision.take), None)
        if taken is None:
            return None
        # Who else said the same stands in the links; confidence and remarks are the taken coding's own.
        event = as_adjudicated(taken)
    if event is not None and decision.note:
        event = replace(event, note=decision.note)
    return Settled(unit, event, BY_HAND, decision.adjudicator)
