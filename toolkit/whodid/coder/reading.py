"""From an article's parse to its codings: actions joined to actors, targets and dates, with a trace that says why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from whodid.articles.model import Article
from whodid.coder.actions import Action, ActionFinder
from whodid.coder.actors import Resolved, Resolver, Unresolved
from whodid.coder.choice import Choice, choose
from whodid.coder.clauses import is_purpose, verb_of
from whodid.coder.dateline import dateline
from whodid.coder.dates import When, resolve_dates
from whodid.coder.gazetteer import Gazetteer
from whodid.coder.linear import LinearModel
from whodid.coder.modality import is_speech
from whodid.coder.parsed import Doc, Span, Token
from whodid.coder.participants import Participant
from whodid.coder.patterns import antecedent
from whodid.coder.plain_text import sentences
from whodid.events.record import CodedEvent

# Roots in which both sides do the same: "A and B met" is A with B and B with A.
_RECIPROCAL = (
    *("030", "031", "032", "0356", "036", "037", "040", "041", "044", "046", "050", "057", "06", "0871", "164"),
    *("190", "193", "194"),
)
# After these a name is where something happened, or what it was about, before it is whom it happened to.
_PLACES = frozenset("in at near on over about outside inside along".split())
_GIVING = ("031", "033", "061", "062", "063", "064", "07")
_RECIPIENT = frozenset({"to", "with"})
# "Attacked passengers at a station": there a word of the wording is whom it was done to.
_SUFFERING = frozenset({"object", "patient"})
_DONE_TO = frozenset({"17", "18", "19", "20"})
# Behind these a word of the wording is a party: "opened its borders to refugees", but not "sent troops".
_TOWARDS = frozenset({"to", "with", "for", "against", "from"})
_CONFLICT = frozenset({"14", "17", "18", "19", "20"})
_VERBAL = frozenset({"01", "02", "03", "04", "05", "10", "11", "12", "13"})
_COMPLAINT = "114"
_AGREEMENTS = frozenset("accord agreement compromise consensus deal settlement understanding".split())
_DONE_SOMEWHERE = frozenset({"07", "08", "13", "14", "15", "17", "18", "19", "20"})
_AT = frozenset(
    "across against along around at for in inside into near of on onto outside over throughout to toward towards".split()
)
_WITH_ONES_OWN = frozenset({"03", "07", "08", "15"})
_CONTEXT_ROLES = {
    "COP",
    "MIL",
    "GOV",
    "OPP",
    "CVL",
    "JUD",
    "LEG",
    "REB",
    "LAB",
    "EDU",
    "MED",
    "BUS",
    "HLH",
    "AGR",
    "SPY",
    "INS",
    "SEP",
    "REF",
    "CRM",
    "HRI",
    "ELI",
    "UAF",
}


@dataclass(frozen=True, slots=True)
class Trace:
    """Why a row is there, in the order of the decisions: rule, operators, actor, target, date.

    alternatives are the codes that came next with their probabilities, best first; evidence is what the model saw and
    how much each thing spoke for the code (log odds). Both are empty where patterns alone decided.
    """

    event: CodedEvent
    sentence_text: str
    sentence_start: int
    action_steps: tuple[str, ...]
    actor_why: str
    target_why: str
    date_why: str
    alternatives: tuple[tuple[str, float], ...] = ()
    evidence: tuple[tuple[str, float], ...] = ()


# Reading takes the square of a sentence's length; what is longer is a table or a list, or an attack.
_LONGEST_SENTENCE = 1_000


class Skipped(NamedTuple):
    """A predicate that gave no row, and why."""

    sentence: int
    words: str
    start: int
    end: int
    reason: str


@dataclass(frozen=True, slots=True)
class UnknownActor:
    """Words in an actor's place that no table knows."""

    sentence: int
    words: str
    role: str


@dataclass(slots=True)
class Reading:
    """All that the coder made of one article."""

    article: Article
    traces: list[Trace]
    skipped: list[Skipped]
    unknown: list[UnknownActor]

    @property
    def events(self) -> list[CodedEvent]:
        return [trace.event for trace in self.traces]


class _Side(NamedTuple):
    code: str
    start: int
    end: int
    why: str
    rank: int
    relation: str
    doc: Doc | None = (
        None  # the text of parties that were named, rather than only the place or the modifier of another word
    )

    @property
    def names(self) -> tuple[str, ...]:
        if self.doc is None:
            return ()
        return tuple(t.lower_ for t in self.doc.tokens[self.start : self.end] if t.pos_ == "PROPN")


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


_NAMING = frozenset({"nsubj", "nsubjpass", "pobj"})


def note_subjects(sentence: Span, resolver: Resolver) -> None:
    """Resolve the subjects of a sentence first: later clauses refer back to them by pronoun."""
    for token in sentence:
        if token.dep_ in _NAMING and token.pos_ in {"PROPN", "NOUN"}:
            if token.dep_ == "pobj" and token.head.dep_ != "agent":
                continue
            found = resolver.resolve(token)
            if not isinstance(found, Unresolved):
                resolver.memory.note_subject(token, found[0].code, resolver.country_at(token) is not None)


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
    actors = _sides(action.actors, resolver, action, is_target=False)
    targets = _sides(action.targets, resolver, action, is_target=True)
    if not targets or (actors and all(t.code == actors[0].code for t in targets)):
        targets += _where(action, resolver, {t.start for t in targets})
    # The noun before a relative clause helps to know what is done; it is no part of the words that say so.
    before = antecedent(action.head)
    span = _tight(tuple(sorted((w for w in action.words if w != before), key=lambda t: t.i)))
    is_nobody = (not targets or targets[0].relation in _PLACES) and not any(a.relation == "by" for a in actors)
    if is_nobody and len({a.code for a in actors}) > 1 and (_is_reciprocal(action.code) or _is_mutual_failure(action)):
        pairs = [(a, b) for a in actors for b in actors if a.code != b.code]
    elif not actors and _is_reciprocal(action.code):
        # "The Russian-North Korean pact was signed": nobody is said to act, but the thing done names both.
        both = _inside(action, resolver)
        pairs = [(a, b) for a in both for b in both if a.code != b.code] if len({s.code for s in both}) == 2 else []
    else:
        chosen = _best(actors)
        pairs = [
            (a, t)
            for a in chosen
            for t in _rather_than_a_place(
                action,
                [
                    t
                    for t in targets
                    if t.code not in {c.code for c in chosen} or (t.code == a.code and _apart(a, t, action.code))
                ],
            )
        ]
        is_agent = any(a.relation == "by" for a in chosen)
        if len({a.code for a in chosen}) > 1 and _is_reciprocal(action.code) and not pairs and not is_agent:
            pairs = [(a, b) for a in chosen for b in chosen if a.code != b.code]
    pairs = [
        (a, t)
        for a, t in pairs
        if _apart(a, t, action.code) or (_is_reciprocal(action.code) and t.code not in {a.code, a.code[:3]})
    ]
    if not pairs:
        reason = _why_none(action, actors, targets)
        head = action.head
        said = doc.between(*span)
        reading.skipped.append(Skipped(number, said, head.idx, head.idx + len(head), f"{action.code}: {reason}"))
        _note_unknown(action, actors, targets, resolver, reading, number)
        return
    when, date_why = _when(action, sentence, article.published, line)
    for actor, target in pairs:
        words = _without_edges(span, actor, target)
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
        places = [_edges(doc, *side) for side in ((actor.start, actor.end), words, (target.start, target.end))]
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


def _sides(participants: tuple[Participant, ...], resolver: Resolver, action: Action, is_target: bool) -> list[_Side]:
    """The resolved parties of one side, best first. An action's own words are nobody's name."""
    if not participants:
        return []
    own = {word.i for word in action.words if word.pos_ != "PROPN"}
    out: list[_Side] = []
    for participant in participants:
        if participant.token.i in own and not is_target:
            continue
        if participant.relation == "owner" and participant.token.pos_ == "PRON":
            continue
        if is_target and participant.relation == "inner subject" and action.code == "010":
            # To say something about somebody is not to say it to them.
            continue
        if participant.relation == "modifier" and participant.token.pos_ not in {"ADJ", "PROPN", "NOUN"}:
            continue
        if is_target and (_is_speaker(participant.token, action) or _is_instrument(participant.token, action)):
            continue
        found = resolver.resolve(participant.token)
        if isinstance(found, Unresolved):
            continue
        for resolved in found:
            rank = participant.rank
            if participant.token.i in own and not _holds_more(resolved, own):
                # "Clashed with police": a word of the wording is whom it names, if nobody else is; "sent troops" is not.
                if action.code[:2] not in _CONFLICT and participant.relation not in _TOWARDS:
                    continue
                is_sent = participant.token.head.lemma_lower in _SENDING
                rank += 0 if participant.relation in _SUFFERING and action.code[:2] in _DONE_TO and not is_sent else 4
            code = _placed(resolved, action, resolver)
            if is_target and participant.relation in _RECIPIENT and action.code.startswith(_GIVING):
                # Who is given something, or cooperated with, is the target; what is given is not.
                rank = -1
            if is_target and participant.relation == "object" and _is_sent(participant.token, action):
                rank += 4
            start, end, why = resolved.start, resolved.end, resolved.why
            out.append(_Side(code, start, end, why, rank, participant.relation, resolver.doc))
    if len(out) < 2:
        return out
    unique: dict[tuple[str, int], _Side] = {}
    for side in out:
        unique.setdefault((side.code, side.start), side)
    return sorted(unique.values(), key=lambda s: s.rank)


def _where(action: Action, resolver: Resolver, known: set[int]) -> list[_Side]:
    """The place where a deed was done, however deep in its clause, for deeds that are done to whoever is there: "shelled
    positions along the line in Kashmir", "food for children in Afar". The nearest one behind the action.
    """
    if action.code[:2] not in _DONE_SOMEWHERE:
        return []
    clause = verb_of(action.head)
    place = _place_in(clause, action.head.i, action, resolver, known)
    while place is None and clause.dep_ in {"advcl", "xcomp"} and clause.head.pos_ == "VERB" and is_purpose(clause):
        # "Waded ashore in Somalia to guard convoys": the place stands with what was done for that end.
        clause = clause.head
        place = _place_in(clause, clause.i, action, resolver, known)
    return [] if place is None else [place]


def _place_in(clause: Token, first: int, action: Action, resolver: Resolver, known: set[int]) -> _Side | None:
    """The first place in a clause at or behind token `first`."""
    for token in clause.subtree:
        if token.i < first or token.i in known or token.dep_ not in {"pobj", "compound", "nmod", "amod", "poss"}:
            continue
        place = token
        while place.dep_ in {"compound", "nmod", "amod", "poss", "conj"}:
            place = place.head
        is_placed = place.dep_ == "pobj" and place.head.lower_ in _AT
        country = resolver.country_at(token) if is_placed and not _is_elsewhere(token, clause) else None
        if country:
            own = {word.i for word in action.words}
            things = [p.token for p in action.targets if p.rank <= 1 and p.token.i not in own]
            thing = next((t for t in things if resolver.is_thing(t)), place)
            start, end = resolver.phrase(thing)
            if thing != place:
                why = f"{resolver.doc.between(start, end)!r} lies in {token.text!r}, {country}"
                return _Side(country, start, end, why, 6, "where")
            why = f"no target is named; it was done in {resolver.doc.between(start, end)!r}, {country}"
            return _Side(country, start, max(end, token.i + 1), why, 6, "where")
    return None


def _is_elsewhere(token: Token, clause: Token) -> bool:
    """True for places of other clauses: of what somebody said, of what happened before."""
    step = token
    while step != clause:
        if step.dep_ in {"ccomp", "parataxis", "advcl", "conj"} and step.pos_ in {"VERB", "AUX"}:
            return True
        if step.dep_ == "prep" and step.lower_ in {"after", "before", "amid", "during", "since", "following"}:
            return True
        step = step.head
    return False


def _is_speaker(token: Token, action: Action) -> bool:
    """ "..., the Pentagon said": who reports the deed is not whom it was done to, wherever the parser hangs it."""
    if token.i < action.head.i or token.i + 1 >= len(token.doc):
        return False
    after = token.doc.tokens[token.i + 1]
    return after.tag_ in {"VBD", "VBZ", "VBN"} and is_speech(after) and after != action.head and token.dep_ != "pobj"


def _is_instrument(token: Token, action: Action) -> bool:
    """ "Withdraw its troops": with what one acts is not whom one acts on, where the act is a promise, help or a yielding."""
    if action.code[:2] not in _WITH_ONES_OWN:
        return False
    own = [token, *(c for of in token.children if of.lower_ == "of" for c in of.children)]
    return any(c.dep_ == "poss" and c.lower_ in {"its", "their", "his", "her"} for noun in own for c in noun.children)


def _is_sent(token: Token, action: Action) -> bool:
    """ "Sent 200 troops to Mali": who is sent somewhere is not whom it is done to, if there is anybody else."""
    return (
        token.head.lemma_lower in _SENDING
        and action.code[:2] in _BY_SENDING
        and any(c.dep_ in {"prep", "dative"} and c.lower_ in _THITHER for c in (*token.head.children, *token.children))
    )


_SENDING = frozenset(
    "airlift commit contribute deploy despatch dispatch fly lend mobilise mobilize move post rush send ship station "
    "supply transfer".split()
)
_BY_SENDING = frozenset({"03", "06", "07", "09", "15"})
_THITHER = frozenset({"to", "into", "in", "for", "at", "near", "along"})


def _inside(action: Action, resolver: Resolver) -> list[_Side]:
    """The actors that stand as modifiers in the noun phrase that an action is about, from left to right."""
    out: list[_Side] = []
    for participant in action.targets:
        if participant.rank == 0 and participant.token.pos_ in {"NOUN", "PROPN"}:
            out += [
                _Side(r.code, r.start, r.end, r.why, 0, "modifier") for r in resolver.names_within(participant.token)
            ]
    return out


def _holds_more(resolved: Resolved, own: set[int]) -> bool:
    return any(index not in own for index in range(resolved.start, resolved.end))


def _placed(resolved: Resolved, action: Action, resolver: Resolver) -> str:
    """A role without a country gets that of the place where the clause says it happened: "police in Nairobi"."""
    if len(resolved.code) != 3 or resolved.code not in _CONTEXT_ROLES:
        return resolved.code
    for token in [action.head, *action.head.children]:
        for child in token.children:
            if child.dep_ == "prep" and child.lower_ in {"in", "at", "near", "outside", "across"}:
                for noun in child.children:
                    country = resolver.country_at(noun) if noun.dep_ == "pobj" else None
                    if country:
                        return country + resolved.code
    return resolved.code


def _best(sides: list[_Side]) -> list[_Side]:
    """The closest parties, all those that share the best rank ("France and Germany")."""
    if not sides:
        return []
    top = sides[0].rank
    return [side for side in sides if side.rank == top]


def _rather_than_a_place(action: Action, targets: list[_Side]) -> list[_Side]:
    """The closest targets; of "with the president at Camp David" the president, unless it was shot at."""
    best = _best(targets)
    if action.code[:2] in _CONFLICT:
        return best
    return [side for side in best if side.relation not in {"at", "in", "near"}] or best


def _apart(a: _Side, b: _Side, code: str) -> bool:
    """Two parties, not one: other words; and in what is only said, not a country's government with the bare country.

    A government does impose a curfew on its country, or send help to one of its cities.
    """
    if not (a.end <= b.start or b.end <= a.start):
        return False
    if b.code == a.code and code[:2] not in _CONFLICT:
        return _are_two_names(a, b)
    return not (b.code == a.code[:3] and code[:2] in _VERBAL)


def _are_two_names(a: _Side, b: _Side) -> bool:
    """Two parties of one code that have a name each: a premier and the president, two governments of one federation."""
    return bool(a.names and b.names) and a.names[-1] not in b.names and b.names[-1] not in a.names


def _is_reciprocal(code: str) -> bool:
    return code.startswith(_RECIPROCAL)


def _is_official_protest(action: Action, actor: _Side) -> bool:
    """ "Canada protested to Spain", "summoned the envoy to protest": governments do not take to the streets."""
    is_government = bool(actor.names) and (actor.code[3:6] == "GOV" or (len(actor.code) == 3 and actor.code.isupper()))
    return action.code[:2] == "14" and action.head.lemma_lower == "protest" and is_government


def _is_mutual_failure(action: Action) -> bool:
    """ "Both failed to reach agreement": each side refuses the other, if no third party is named."""
    said = {word.lemma_lower for word in action.words}
    return action.code.startswith(("12", "164")) and bool(said & _AGREEMENTS)


def _why_none(action: Action, actors: list[_Side], targets: list[_Side]) -> str:
    if not actors and not targets:
        return "neither actor nor target is known"
    return "no actor is known" if not actors else "no target is known"


def _note_unknown(
    action: Action, actors: list[_Side], targets: list[_Side], resolver: Resolver, reading: Reading, number: int
) -> None:
    for role, sides, participants in (("actor", actors, action.actors), ("target", targets, action.targets)):
        if sides or not participants:
            continue
        token = participants[0].token
        if token.pos_ in {"PROPN", "NOUN"}:
            start, end = resolver.phrase(token)
            reading.unknown.append(UnknownActor(number, resolver.doc.between(start, end), role))


def _when(action: Action, sentence: Span, published: date, line: When | None) -> tuple[When, str]:
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


def _confidence(action: Action, actor: _Side, target: _Side) -> float:
    """From 0 to 1: specific wording and close, named parties give more. A rank, not a probability."""
    score = 0.45 + 0.1 * min(action.weight, 3.0)
    score += 0.08 if len(actor.code) >= 3 and actor.rank == 0 else 0.0
    score += 0.08 if target.rank <= 1 else -0.04 * min(target.rank - 1, 3)
    score -= 0.05 if action.is_composed else 0.0
    return round(min(max(score, 0.05), 0.95), 3)


def _tight(words: tuple[Token, ...]) -> tuple[int, int]:
    """First and last token of the action's words that stand together with its head; far words are left out."""
    indices = [word.i for word in words]
    return min(indices), max(indices) + 1


def _without_edges(span: tuple[int, int], actor: _Side, target: _Side) -> tuple[int, int]:
    """The action's span without a party that stands at its edge: "summoned", not "summoned the ambassador"."""
    start, end = span
    for side in (actor, target, actor):
        if start < side.start < end <= side.end:
            end = side.start
        if side.start <= start < side.end < end:
            start = side.end
    return start, end


def _edges(doc: Doc, start: int, end: int) -> tuple[int, int]:
    """The characters of some tokens."""
    last = doc.tokens[end - 1]
    return doc.tokens[start].idx, last.idx + len(last.text)


def _unique(traces: list[Trace]) -> list[Trace]:
    """One row for each actor, action, target and day in a sentence; the most confident wording stays."""
    best: dict[tuple[str, str, str, date, int], Trace] = {}
    for trace in traces:
        e = trace.event
        key = (e.actor, e.action, e.target, e.date, e.sentence)
        if key not in best or (e.confidence or 0) > (best[key].event.confidence or 0):
            best[key] = trace
    return list(best.values())
