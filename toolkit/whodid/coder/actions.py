"""What is done in a sentence: the predicates that the codebook's patterns know, with operators and modality applied."""

from __future__ import annotations

import re
from typing import NamedTuple

from whodid.codebook.model import Codebook
from whodid.codebook.wording import NOTHING
from whodid.coder.acting import actors_of, owners
from whodid.coder.affected import noun_targets, targets_of
from whodid.coder.composition import CompositionTable, Operators, governor
from whodid.coder.modality import Modality, is_speech, modality
from whodid.coder.parsed import Span, Token
from whodid.coder.participants import Participant
from whodid.coder.patterns import Match, PatternIndex

# An operator applies to what is close below it; a chain longer than this is not a reading but a parse error.
_LONGEST_CHAIN = 4
_PREDICATES = frozenset({"VERB", "AUX", "NOUN", "PROPN", "ADJ"})


class Action(NamedTuple):
    """One thing done: its code, the words, who may have done it to whom, and the steps that led to the code.

    actors and targets are words of the sentence, best first, not yet resolved.
    """

    code: str
    head: Token
    words: tuple[Token, ...]
    actors: tuple[Participant, ...]
    targets: tuple[Participant, ...]
    steps: tuple[str, ...]
    weight: float
    is_composed: bool = False
    inner: Token | None = None  # the head of the action that an operator was applied to


class NoAction(NamedTuple):
    """A predicate that is no event, and why: negated, hypothetical, a condition."""

    head: Token
    reason: str


class ActionFinder:
    """Finds the actions of a sentence with one codebook's patterns, operators and composition table."""

    def __init__(self, codebook: Codebook) -> None:
        self.patterns = PatternIndex(codebook.patterns)
        self.operators = Operators(codebook)
        self.table = CompositionTable(codebook.compositions)

    def find(self, sentence: Span) -> tuple[list[Action], list[NoAction]]:
        """The actions of a sentence in the order of their heads, and the predicates that were no event."""
        actions: list[Action] = []
        rejected: list[NoAction] = []
        for token in sentence:
            outcome = self.at(token) if token.pos_ in _PREDICATES else None
            if outcome is None:
                continue
            if isinstance(outcome, Action):
                actions.append(outcome)
            else:
                rejected.append(outcome)
        return self._without_consumed(_with_aims(actions)), rejected

    def at(self, token: Token) -> Action | NoAction | None:
        """What one word says was done, whatever stands beside it; None if it is no predicate that the patterns know."""
        if token.pos_ not in _PREDICATES or token.dep_ in {"aux", "auxpass"}:
            return None
        if not self.patterns.starts_at(token):
            if token.pos_ in {"NOUN", "PROPN"}:
                return None
            return self._said_to_be_due(token) or self._unspecified(token)
        if token.dep_ == "pcomp" and token.head.lower_ == "for" and token.head.head.lemma_lower in _PUNISHING:
            return NoAction(token, f"it is the reason that is given for {token.head.head.text!r}")
        if token.pos_ == "VERB" and token.dep_ == "amod":
            return NoAction(token, "it only describes somebody or something")
        if _is_of_a_decade(token):
            return NoAction(token, "it is of a decade, not of a day")
        how = modality(token)
        if how.is_negated:
            denied = self.patterns.best(token, is_negated=True)
            if denied:
                return self._plain(denied, Modality(), token)
        match = self.patterns.best(token)
        if match is None:
            return self._said_to_be_due(token) or self._unspecified(token)
        if match.code == NOTHING:
            return NoAction(token, f"{match.pattern.source!r} is no event")
        return self._plain(match, how, token)

    def _said_to_be_due(self, token: Token) -> Action | None:
        """ "X said that Y must act": a demand, whatever the act is, if no pattern knows it."""
        if token.pos_ not in {"VERB", "AUX"} or token.dep_ != "ccomp" or not is_speech(token.head):
            return None
        how = modality(token)
        if not how.is_obligation or how.is_negated or how.is_condition:
            return None
        above = token.head
        targets = [*actors_of(token), *targets_of(token)]
        step = f"{above.text!r} over what must be done gives {_DEMAND}"
        words = (above, token) if above.i < token.i else (token, above)
        return Action(_DEMAND, above, words, tuple(actors_of(above)), tuple(targets), (step,), 0.5, True)

    def _unspecified(self, token: Token) -> Action | None:
        """ "Agreed to V", "refused to V" where no pattern knows V: what the operator means whatever V is."""
        code = _UNSPECIFIED.get(token.lemma_lower)
        if code is None or token.pos_ not in {"VERB", "ADJ"}:
            return None
        below = next((c for c in token.children if c.dep_ == "xcomp" and c.pos_ == "VERB"), None)
        if below is None or self.patterns.best(below):
            return None
        if any(c.pos_ == "NOUN" and self.patterns.best(c) for c in below.children if c.dep_ == "dobj"):
            return None
        if not modality(token).is_fact:
            return None
        step = f"{token.text!r} over what no pattern knows gives {code}"
        targets = tuple(targets_of(token))
        return Action(code, token, (token, below), tuple(actors_of(token)), targets, (step,), 0.5, True)

    def _plain(self, match: Match, how: Modality, token: Token) -> Action | NoAction:
        if how.is_condition or how.is_possible:
            # Who it might have been is not asked.
            return self._imagined(token, how)
        is_noun = token.pos_ in {"NOUN", "PROPN"}
        actors = tuple(owners(token) if is_noun else actors_of(token))
        targets = tuple(noun_targets(token) if is_noun else targets_of(token))
        steps = [f"{match.pattern.source!r} means {match.code}"]
        action = Action(match.code, token, (token, *match.words), actors, targets, tuple(steps), match.weight)
        return self._composed(action, how)

    def _composed(self, action: Action, how: Modality) -> Action | NoAction:
        """Apply what stands above the predicate: its own negation and modal verbs, then each operator, inside out."""
        changed = self._apply_modality(action, how)
        if isinstance(changed, NoAction):
            return changed
        action, token = changed, action.head
        for _ in range(_LONGEST_CHAIN):
            above = governor(token)
            if above is None:
                break
            found = None if _is_no_operator(above, token) else self.operators.at(above)
            if found and above.lemma_lower == "order" and token.pos_ == "NOUN" and action.code[:2] in _DONE_BY_ORDER:
                # "A court ordered the arrest of X": whoever can order it does it; ordering somebody to act is a demand.
                found = None
            if found is None:
                if (is_speech(above) and token.pos_ in {"VERB", "AUX"}) or above.pos_ not in {
                    "VERB",
                    "AUX",
                    "NOUN",
                    "ADJ",
                }:
                    break
                if above.pos_ in {"VERB", "AUX"} and token.pos_ in {"NOUN", "PROPN"}:
                    how_above = modality(above)
                    if above.lemma_lower in _CARRIERS or not self.patterns.best(above):
                        changed = self._apply_modality(action, how_above)
                        if isinstance(changed, NoAction):
                            return changed
                        action, token = changed, above
                        continue
                break
            name, match = found
            if match.head.i in {w.i for w in action.words}:
                token = above
                continue
            how_above = modality(above)
            if how_above.is_negated and name in {"intend", "threaten"}:
                name = "reject" if name == "intend" else "not"
            elif how_above.is_negated and name not in {"fail", "deny"}:
                return NoAction(action.head, f"{above.text!r} is negated")
            code = self.table.compose(name, action.code)
            if code is None:
                return NoAction(action.head, f"below {above.text!r} ({name}) it is no event")
            action = self._under(action, name, above, code)
            token = above
        return action

    def _under(self, action: Action, name: str, above: Token, code: str) -> Action:
        is_noun = above.pos_ in {"NOUN", "PROPN"}
        actors = tuple(owners(above) if is_noun else actors_of(above))
        own = tuple(noun_targets(above) if is_noun else targets_of(above))
        if name in {"appeal", "demand", "accuse", "threaten", "reject", "deny"}:
            # Whom one urges or accuses is the target; whom the inner action was aimed at comes after that.
            inner = action.actors if name in {"appeal", "demand", "accuse"} else ()
            targets = _ranked(
                [
                    *((p, 0) for p in own if p.rank <= 1),
                    *((p, 1) for p in inner),
                    *((p, 2) for p in action.targets),
                    *((p, 3) for p in own),
                ]
            )
        else:
            targets = _ranked([*((p, 0) for p in action.targets), *((p, 2) for p in own)])
        words = tuple(sorted({above, *action.words}, key=lambda t: t.i))
        step = f"{above.text!r} ({name}) over {action.code} gives {code}"
        steps, innermost = (*action.steps, step), action.inner or action.head
        return Action(code, above, words, actors, targets, steps, action.weight + 1.0, True, innermost)

    def _apply_modality(self, action: Action, how: Modality) -> Action | NoAction:
        if how.is_condition or how.is_possible:
            return self._imagined(action.head, how)
        if how.is_obligation and not how.is_negated:
            return self._obligation(action)
        if how.is_negated:
            name = "reject" if how.is_future else "not"
            code = self.table.compose(name, action.code)
            if code is None:
                return NoAction(action.head, "it is negated")
            return _recoded(action, code, f"negated ({name}) {action.code} gives {code}")
        if how.is_future:
            if action.code[:2] in {"01", "03", "13", "12", "11", "10", "02"}:
                return action
            code = self.table.compose("intend", action.code)
            if code is None:
                return NoAction(action.head, "it lies in the future")
            return _recoded(action, code, f"future (intend) {action.code} gives {code}")
        return action

    def _imagined(self, head: Token, how: Modality) -> NoAction:
        return NoAction(head, "it stands in a condition" if how.is_condition else "it is only possible")

    def _obligation(self, action: Action) -> Action | NoAction:
        """ "X said that Y must withdraw" is X's demand to Y; an obligation that nobody utters is no event."""
        clause = action.head
        while clause.pos_ not in {"VERB", "AUX"} and clause.head != clause:
            clause = clause.head
        above = clause.head
        if above == clause or not is_speech(above):
            return NoAction(action.head, "it is only said to be necessary")
        code = self.table.compose("demand", action.code)
        if code is None:
            return NoAction(action.head, "it is only said to be necessary")
        step = f"{above.text!r} over what must be done ({action.code}) gives {code}"
        targets = _ranked([*((p, 0) for p in action.actors), *((p, 1) for p in action.targets)])
        words = tuple(sorted({above, *action.words}, key=lambda t: t.i))
        return Action(
            code, above, words, tuple(actors_of(above)), targets, (*action.steps, step), action.weight + 0.5, True
        )

    def _without_consumed(self, actions: list[Action]) -> list[Action]:
        """Drop what is part of a larger reading: the pact in "signed the pact", the attack in "threatened to attack".

        Of two actions with one head the heavier stays; of two that share a head word the one higher in the parse does.
        """
        if len(actions) < 2:
            return actions
        # "Cancelled a planned visit": a wording that names both verb and noun says more than verb over noun does.
        whole = {(a.head.i, word.i): a.weight for a in actions if not a.is_composed for word in a.words}
        actions = [a for a in actions if a.inner is None or whole.get((a.head.i, a.inner.i), 0.0) < a.weight - _WHOLE]
        order = sorted(actions, key=lambda a: (_height(a.head), -a.weight, -len(a.words), a.code))
        kept: list[Action] = []
        taken: set[int] = set()
        objects = {a.head.i: a for a in actions if a.head.pos_ in {"NOUN", "PROPN"}}
        for action in order:
            if action.head.i in taken:
                continue
            # "signed a ceasefire": where the verb's wording does not name its object, the object's own wording says more.
            telling = [objects[c.i] for c in action.head.children if c.dep_ == "dobj" and c.i in objects]
            words = {word.i for word in action.words}
            # What is condemned, demanded, refused or threatened did not thereby happen: there the verb says it all.
            if action.code[:2] not in _ABOUT_ACTS and any(
                noun.head.i not in words and noun.weight >= action.weight for noun in telling
            ):
                continue
            kept.append(action)
            taken |= words | {noun.head.i for noun in telling}
        return sorted(kept, key=lambda a: a.head.i)


def _with_aims(actions: list[Action]) -> list[Action]:
    """Protests with the demand that they are for as their fourth digit: "marched to demand that he resign" is 1411.

    CAMEO gives demands for reform (104) and protests the same last digits: leadership, policy, rights, institutions.
    """
    aims = [a for a in actions if a.code.startswith(_REFORM) and len(a.code) == 4]
    if not aims:
        return actions
    spent: set[int] = set()
    out: list[Action] = []
    for action in actions:
        aim = None
        if action.code in _PROTESTS:
            aim = next((a for a in aims if action.head.is_ancestor(a.head) and a.head.i not in spent), None)
        if aim is None:
            out.append(action)
            continue
        spent.add(aim.head.i)
        code = action.code + aim.code[-1]
        step = f"for {aim.code}: {action.code} is {code}"
        targets = _ranked([*((p, 0) for p in action.targets), *((p, 1) for p in aim.targets)])
        words = tuple(sorted({*action.words, aim.head}, key=lambda t: t.i))
        steps = (*action.steps, *aim.steps, step)
        out.append(action._replace(code=code, words=words, targets=targets, steps=steps))
    return [a for a in out if a.head.i not in spent]


def _is_no_operator(above: Token, below: Token) -> bool:
    """ "Resolved the rift", "insists that it keeps the rules": words that are operators elsewhere."""
    if above.lemma_lower == "resolve":
        return below.pos_ in {"NOUN", "PROPN"}
    return (
        above.lemma_lower == "insist"
        and any(c.dep_ == "nsubj" and c.pos_ == "PRON" for c in below.children)
        and not modality(below).is_obligation
    )


def _is_of_a_decade(token: Token) -> bool:
    for preposition in token.children:
        if preposition.dep_ == "prep":
            for child in preposition.children:
                if _DECADE.fullmatch(child.text):
                    return True
    return False


def _height(token: Token) -> int:
    steps = 0
    while token.head is not token:
        token, steps = token.head, steps + 1
    return steps


# What somebody is punished or blamed for is a charge, and no event of its own.
_PUNISHING = frozenset(
    "accuse arrest ban blame charge condemn convict criticise criticize denounce detain execute expel fine imprison indict "
    "investigate jail kill prosecute punish sanction sentence sue suspect try".split()
)
_DONE_BY_ORDER = frozenset({"09", "15", "16", "17", "18", "19", "20"})
_ABOUT_ACTS = frozenset({"05", "10", "11", "12", "13"})
_WHOLE = 0.3
_DECADE = re.compile(r"(?:1[89]|20)\d0s")
_DEMAND = "100"
_PROTESTS = frozenset({"141", "142", "143", "144", "145"})
_REFORM = ("024", "104")
# What these words mean over an act that no pattern knows.
_UNSPECIFIED = {
    **dict.fromkeys(("agree", "consent", "pledge", "promise", "offer", "vow", "willing", "ready", "prepared"), "030"),
    **dict.fromkeys(("refuse", "decline"), "120"),
    "threaten": "130",
}
# Verbs that only carry the noun of action that they take; what they say of time and modality holds for the noun.
_CARRIERS = frozenset(
    "announce be begin carry commit complete conclude conduct continue do "
    "engage express have hold impose issue launch lead make mount "
    "open order receive resume send stage start take undertake voice wage".split()
)


def _recoded(action: Action, code: str, step: str) -> Action:
    return Action(
        code, action.head, action.words, action.actors, action.targets, (*action.steps, step), action.weight, True
    )


def _ranked(participants: list[tuple[Participant, int]]) -> tuple[Participant, ...]:
    best: dict[int, Participant] = {}
    for participant, extra in participants:
        rank = participant.rank + extra
        if participant.token.i not in best or rank < best[participant.token.i].rank:
            best[participant.token.i] = Participant(participant.token, participant.relation, rank)
    return tuple(sorted(best.values(), key=lambda p: (p.rank, p.token.i)))
