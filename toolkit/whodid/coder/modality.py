"""Whether a predicate says that something happened: negation, future, possibility, obligation, condition."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from whodid.coder.parsed import Token, kept

_NEGATIONS = {"not", "n't", "never", "no", "neither", "nor", "without"}
_POSSIBLE = {"may", "might", "could", "can"}
_LATER = {"will", "'ll", "would", "shall", "wo"}
_OBLIGED = {"must", "should", "ought", "shall"}
_CONDITIONS = {"if", "unless", "whether", "should", "lest", "provided", "until"}
# To weigh whether to do something is to consider it; to be asked whether one did it is nothing yet.
_WEIGHING = frozenset("consider contemplate debate decide discuss mull ponder review study weigh".split())
_NECESSARY = {"need", "have"}
_ASKING = frozenset({"ask", "inquire", "question", "wonder"})
# Who warns that it may do something threatens to.
_WARNING = frozenset({"caution", "threaten", "warn"})
_PRONOUNS = frozenset("he i it she they we".split())
_NOBODY = frozenset({"nobody", "none"})
_NO = frozenset({"no", "neither"})
# Verbs that say of the noun of action in their object, or as their subject, that it comes about.
_HAPPENING = frozenset(
    "attempt begin carry commence conduct continue convene deliver face follow give happen have hold host impose issue "
    "launch make mediate mount occur open organise organize pay proceed provide receive restart resume send stage start "
    "stop take undertake wage".split()
)
_SPEECH = frozenset(
    "say tell state announce declare report add note stress emphasize emphasise insist claim warn affirm reiterate "
    "maintain argue explain confirm acknowledge write tweet believe think".split()
)


@dataclass(frozen=True, slots=True)
class Modality:
    """How a predicate is asserted. One of is_future, is_obligation, is_possible may hold, with is_negated beside it."""

    is_negated: bool = False
    is_future: bool = False
    is_obligation: bool = False
    is_possible: bool = False
    is_condition: bool = False

    @property
    def is_fact(self) -> bool:
        return not (self.is_negated or self.is_future or self.is_obligation or self.is_possible or self.is_condition)


# There are but a few different ones, and one is asked for at every predicate.
_modality = cache(Modality)


@kept
def modality(token: Token) -> Modality:
    """How the clause of a verb, or of the verb that a noun depends on, is asserted."""
    if token.pos_ not in {"VERB", "AUX"}:
        no = any(child.dep_ in {"det", "neg"} and child.lower_ in {"no", "not", "neither"} for child in token.children)
        possible = token.pos_ in {"NOUN", "PROPN"} and _may_not_come_about(token)
        return _modality(no or (token.dep_ == "pobj" and token.head.lower_ == "without"), False, False, possible)
    helpers = [c for c in token.children if c.dep_ in _HELPING]
    words = {c.lower_ for c in helpers}
    negated = _is_denied(token)
    future = not words.isdisjoint(_LATER) or _is_going_to(token) or ("to" in words and _is_headline_infinitive(token))
    # "Would have attacked" says that it did not; "would attack if" says it of a world that is not ours, unless the
    # speaker says it of itself.
    unreal = "would" in words and (
        any(c.lower_ == "have" for c in helpers) or (_hangs_on_condition(token) and not _says_of_itself(token))
    )
    possible = (not negated and not words.isdisjoint(_POSSIBLE)) or unreal or _only_asks(token)
    if possible and not unreal and token.head.lemma_lower in _WARNING and _says_of_itself(token):
        possible, future = False, True
    obliged = not words.isdisjoint(_OBLIGED) or _is_needed(token)
    condition = not words.isdisjoint(_CONDITIONS) and (
        any(c.dep_ in {"mark", "advmod", "aux"} and c.lower_ in _CONDITIONS for c in helpers if c.i < token.i)
        and token.dep_ in {"advcl", "ccomp", "ROOT"}
        and any(c.dep_ in {"mark", "advmod"} and c.lower_ in _CONDITIONS for c in helpers)
    )
    if helpers and _is_inverted(token):
        condition, obliged = True, False
    if condition and "whether" in words and token.head.lemma_lower in _WEIGHING:
        condition = False
    if token.dep_ == "conj" and token.head.pos_ in {"VERB", "AUX"} and not helpers and not _own_subject(token):
        above = modality(token.head)
        return _modality(
            negated or above.is_negated, above.is_future, above.is_obligation, above.is_possible, above.is_condition
        )
    return _modality(negated, future, obliged, possible, condition)


def _is_denied(verb: Token) -> bool:
    if verb.dep_ == "pcomp" and verb.head.lower_ == "without":
        return True
    for child in verb.children:
        relation = child.dep_
        if relation == "neg" or (relation in _HELPING and child.lower_ in {"never", "nor"}):
            return True
        if relation in _PARTIES:
            if child.lower_ in _NOBODY:
                return True
            for word in child.children:
                if word.lower_ in _NO and word.dep_ in {"det", "cc", "preconj"}:
                    return True
    return False


_HELPING = frozenset({"aux", "auxpass", "neg", "advmod", "mark"})
_PARTIES = frozenset({"dobj", "nsubj", "nsubjpass"})


def is_speech(token: Token) -> bool:
    """True for verbs that only report: "said", "announced"."""
    return token.lemma_lower in _SPEECH


def _may_not_come_about(noun: Token) -> bool:
    """ "May host talks", "talks could resume": the verb that brings a noun of action about is only possible."""
    verb = noun.head
    if noun.dep_ not in {"dobj", "nsubj", "nsubjpass"} or verb.pos_ not in {"VERB", "AUX"}:
        return False
    return str(verb.lemma_lower) in _HAPPENING and modality(verb).is_possible


def _hangs_on_condition(token: Token) -> bool:
    return any(
        child.dep_ == "advcl"
        and (
            _is_inverted(child) or any(c.dep_ in {"mark", "advmod"} and c.lower_ in _CONDITIONS for c in child.children)
        )
        for child in token.children
    )


def _is_inverted(token: Token) -> bool:
    """ "Should Iran close the strait", "had Iraq attacked", "were they to leave": a condition without "if"."""
    if token.dep_ != "advcl":
        return False
    subject = next((c.i for c in token.children if c.dep_ in {"nsubj", "nsubjpass"}), -1)
    return any(
        c.dep_ in {"aux", "auxpass"} and c.lower_ in {"had", "should", "were"} and c.i < subject for c in token.children
    )


def _says_of_itself(token: Token) -> bool:
    subjects = [c for c in token.children if c.dep_ in {"nsubj", "nsubjpass"}]
    return all(c.lower_ in _PRONOUNS for c in subjects)


def _only_asks(token: Token) -> bool:
    """ "Asked whether Iran had attacked": a question, not a request."""
    return token.lemma_lower in _ASKING and any(
        child.dep_ == "ccomp"
        and any(c.lower_ in {"whether", "if", "why", "how"} and c.i < child.i for c in child.children)
        for child in token.children
    )


def _own_subject(token: Token) -> bool:
    return any(c.dep_ in {"nsubj", "nsubjpass"} for c in token.children)


def _is_going_to(token: Token) -> bool:
    return (
        token.dep_ == "xcomp"
        and token.head.lower_ == "going"
        and any(c.lower_ in {"is", "are", "'s", "'re", "was", "were"} for c in token.head.children)
    )


def _is_headline_infinitive(token: Token) -> bool:
    """ "Iran to hold talks with Iraq": an infinitive that governs the sentence."""
    has_to = any(c.dep_ == "aux" and c.lower_ == "to" for c in token.children)
    return has_to and token.dep_ == "ROOT"


def _is_needed(token: Token) -> bool:
    return (
        token.dep_ == "xcomp" and token.head.lemma_lower in _NECESSARY and any(c.lower_ == "to" for c in token.children)
    )
