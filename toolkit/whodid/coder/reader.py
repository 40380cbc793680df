"""From an article's parse to its codings: actions joined to actors, targets and dates, with a trace that says why."""

from __future__ import annotations

from datetime import date

from whodid.articles.model import Article
from whodid.coder.actions import Action, ActionFinder
from whodid.coder.actors import Resolver, note_subjects
from whodid.coder.choice import Choice, choose
from whodid.coder.dateline import dateline
from whodid.coder.dates import When
from whodid.coder.gazetteer import Gazetteer
from whodid.coder.linear import LinearModel
from whodid.coder.pairs import pairs_of
from whodid.coder.parsed import Doc, Span
from whodid.coder.patterns import antecedent
from whodid.coder.plain_text import sentences
from whodid.coder.reading import Reading, Skipped, Trace, UnknownActor
from whodid.coder.sides import Side, sides_of
from whodid.coder.spans import edges, tight, without_edges
from whodid.coder.when import when_done
from whodid.coder.where import where_done
from whodid.events.record import CodedEvent

# Reading takes the square of a sentence's length; what is longer is a table or a list, or an attack.
_LONGEST_SENTENCE = 1_000


def read_article(
    article: Article, doc: Doc, finder: ActionFinder, gazetteer: Gazetteer, coder: str, model: LinearModel | None = None
) -> Reading:
    """The codings of one parsed article, sentence after sentence. With a model, it decides on the codes (choice.py)."""
    resolver = Resolver(doc, gazetteer, article.published)
    reading = Reading(article, [], [], [])
    line = dateline(article.text, article.published)
    for number, sentence in enumerate(sentences(doc)):
        if len(sentence) > _LONGEST_SENTENCE:
            first, last = sentence[0], sentence[len(sentence) - 1]
            reason = f"the sentence has {len(sentence):,} words and marks; one that is read has {_LONGEST_SENTENCE:,}"
            reading.skipped.append(Skipped(number, "", first.idx, last.idx + len(last), reason))
            continue
        note_subjects(sentence, resolver)
        actions, rejected = finder.find(sentence)
        for no in rejected:
            reading.skipped.append(Skipped(number, no.head.text, no.head.idx, no.head.idx + len(no.head), no.reason))
        for action in actions:
            _code_action(action, number, sentence, resolver, reading, coder, line, (model, actions))
    reading.traces = _unique(reading.traces)
    return reading


def _code_action(
    action: Action,
    number: int,
    sentence: Span,
    resolver: Resolver,
    reading: Reading,
    coder: str,
    line: When | None,
    judge: tuple[LinearModel | None, list[Action]],
) -> None:
    article, doc = reading.article, sentence.doc
    actors = sides_of(action.actors, resolver, action, is_target=False)
    targets = sides_of(action.targets, resolver, action, is_target=True)
    if not targets or (actors and all(t.code == actors[0].code for t in targets)):
        targets += where_done(action, resolver, {t.start for t in targets})
    # The noun before a relative clause helps to know what is done; it is no part of the words that say so.
    before = antecedent(action.head)
    span = tight(tuple(sorted((w for w in action.words if w != before), key=lambda t: t.i)))
    pairs = pairs_of(action, actors, targets, resolver)
    if not pairs:
        reason = _why_none(action, actors, targets)
        head = action.head
        said = doc.between(*span)
        reading.skipped.append(Skipped(number, said, head.idx, head.idx + len(head), f"{action.code}: {reason}"))
        _note_unknown(action, actors, targets, resolver, reading, number)
        return
    when, date_why = when_done(action, sentence, article.published, line)
    for actor, target in pairs:
        words = without_edges(span, actor, target)
        choice = Choice(action.code)
        if _is_official_protest(action, actor):
            choice = Choice(_COMPLAINT, (f"a government that protests complains officially: {_COMPLAINT}",))
        if judge[0] is not None:
            sides = (doc[actor.start : actor.end], doc[target.start : target.end])
            choice = choose(action, judge[1], *sides, judge[0])
        if choice.code is None:
            head = action.head
            reason = f"{action.code}: the model takes it for no event"
            reading.skipped.append(Skipped(number, doc.between(*span), head.idx, head.idx + len(head), reason))
            continue
        places = [edges(doc, *side) for side in ((actor.start, actor.end), words, (target.start, target.end))]
        event = CodedEvent(
            actor=actor.code,
            action=choice.code,
            target=target.code,
            date=when.day,
            date_basis=when.basis,
            article_id=article.article_id,
            sentence=number,
            actor_text=article.text[slice(*places[0])],
            action_text=article.text[slice(*places[1])],
            target_text=article.text[slice(*places[2])],
            actor_start=places[0][0],
            actor_end=places[0][1],
            action_start=places[1][0],
            action_end=places[1][1],
            target_start=places[2][0],
            target_end=places[2][1],
            published=article.published,
            publisher=article.publisher,
            coder=coder,
            confidence=_confidence(action, actor, target),
        )
        start = sentence.start_char
        text = article.text[start : sentence.end_char]
        steps = (*action.steps, *choice.steps)
        whys = (actor.why, target.why, date_why)
        reading.traces.append(Trace(event, text, start, steps, *whys, choice.alternatives, choice.evidence))


_COMPLAINT = "114"


def _is_official_protest(action: Action, actor: Side) -> bool:
    """ "Canada protested to Spain", "summoned the envoy to protest": governments do not take to the streets."""
    is_government = bool(actor.names) and (actor.code[3:6] == "GOV" or (len(actor.code) == 3 and actor.code.isupper()))
    return action.code[:2] == "14" and action.head.lemma_lower == "protest" and is_government


def _confidence(action: Action, actor: Side, target: Side) -> float:
    """From 0 to 1: specific wording and close, named parties give more. A rank, not a probability."""
    score = 0.45 + 0.1 * min(action.weight, 3.0)
    score += 0.08 if len(actor.code) >= 3 and actor.rank == 0 else 0.0
    score += 0.08 if target.rank <= 1 else -0.04 * min(target.rank - 1, 3)
    score -= 0.05 if action.is_composed else 0.0
    return round(min(max(score, 0.05), 0.95), 3)


def _why_none(action: Action, actors: list[Side], targets: list[Side]) -> str:
    if not actors and not targets:
        return "neither actor nor target is known"
    return "no actor is known" if not actors else "no target is known"


def _note_unknown(
    action: Action, actors: list[Side], targets: list[Side], resolver: Resolver, reading: Reading, number: int
) -> None:
    for role, sides, participants in (("actor", actors, action.actors), ("target", targets, action.targets)):
        if sides or not participants:
            continue
        token = participants[0].token
        if token.pos_ in {"PROPN", "NOUN"}:
            start, end = resolver.phrase(token)
            reading.unknown.append(UnknownActor(number, resolver.doc.between(start, end), role))


def _unique(traces: list[Trace]) -> list[Trace]:
    """One row for each actor, action, target and day in a sentence; the most confident wording stays."""
    best: dict[tuple[str, str, str, date, int], Trace] = {}
    for trace in traces:
        e = trace.event
        key = (e.actor, e.action, e.target, e.date, e.sentence)
        if key not in best or (e.confidence or 0) > (best[key].event.confidence or 0):
            best[key] = trace
    return list(best.values())
