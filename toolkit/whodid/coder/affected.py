"""Whom a verb or a noun of action affects: objects, what prepositions add, purposes, and whom it answers."""

from __future__ import annotations

from whodid.coder.acting import CARRYING, actors_of, is_deployed, patients_of_passive
from whodid.coder.clauses import RELATIVE, SUBJECTS, expand, is_passive, is_purpose
from whodid.coder.parsed import Token, kept
from whodid.coder.participants import NOUN_PREPOSITIONS, Participant, belongings, closest, objects_of
from whodid.coder.receiving import giver

# Behind a verb, and how close a party stands that they lead to.
_VERB_PREPOSITIONS = {
    "against": 1,
    "alongside": 1,
    "with": 1,
    "on": 1,
    "to": 1,
    "at": 1,
    "from": 1,
    "into": 1,
    "upon": 1,
    "for": 2,
    "toward": 1,
    "towards": 1,
    "over": 2,
    "between": 1,
    "of": 1,
    "among": 2,
    "across": 2,
    "in": 3,
    "inside": 2,
    "through": 3,
    "about": 3,
    "near": 3,
    "along": 3,
    "around": 3,
    "outside": 3,
    "by": 3,
    "behind": 2,
    "under": 3,
    "before": 2,
    "onto": 2,
    "out": 1,
}


@kept
def targets_of(verb: Token, depth: int = 0) -> list[Participant]:
    """Whom the verb affects, closest first: objects, then prepositional objects, then what belongs to an object."""
    found: list[Participant] = []
    if is_passive(verb) and not is_deployed(verb):
        found += patients_of_passive(verb)
    if giver(verb):
        found += _receivers(verb)
    for child in verb.children:
        if child.dep_ not in _AFFECTED:
            continue
        if child.dep_ in {"dobj", "dative", "oprd", "attr"} and child.pos_ != "ADP":
            rank = 1 if child.dep_ == "attr" else 0
            if verb.dep_ == "relcl" and child.lower_ in RELATIVE:
                child = verb.head
            found += [Participant(t, "object", rank) for t in expand(child)]
            found += _purposes(child)
        elif child.dep_ in {"prep", "dative", "agent"} and child.lower_ in _VERB_PREPOSITIONS:
            if child.dep_ == "agent" and is_passive(verb):
                continue
            found += objects_of(child, _VERB_PREPOSITIONS[child.lower_])
        elif child.dep_ in {"ccomp", "xcomp"} and depth == 0:
            found += [
                Participant(t, "inner subject", 1)
                for c in child.children
                if c.dep_ in {"nsubj", "nsubjpass"} and c.lower_ not in _SPEAKERS and not _is_the_speakers(c)
                for t in expand(c)
            ]
        if depth < 2 and (
            child.dep_ == "xcomp"
            or (child.dep_ == "advcl" and is_purpose(child))
            or (child.dep_ == "ccomp" and verb.lemma_lower in _BINDING and _is_own_deed(child))
        ):
            # The purpose names whom it was against: "fired shots to repel soldiers", "threatened to sanction Turkey".
            found += [Participant(p.token, p.relation, p.rank + 2) for p in targets_of(child, depth + 1) if p.rank <= 2]
        if depth == 0 and child.dep_ == "advcl" and child.tag_ == "VBG" and child.lemma_lower in _AIMING:
            found += [Participant(p.token, p.relation, p.rank + 1) for p in targets_of(child, 1) if p.rank <= 1]
        if depth == 0 and child.dep_ == "advcl" and any(c.lower_ in _UNTIL for c in child.children):
            # "Will not lift the embargo until Cuba reforms": the condition says to whom it is said.
            subjects = [c for c in child.children if c.dep_ == "nsubj"]
            found += [Participant(t, "condition", 5) for c in subjects for t in expand(c) if c.pos_ != "PRON"]
    if verb.dep_ == "relcl" and not is_passive(verb) and not any(p.rank == 0 for p in found):
        pronoun = next((c for c in verb.children if c.dep_ in {"nsubj", "nsubjpass"}), None)
        if pronoun is not None and pronoun.lower_ not in RELATIVE:
            found += [Participant(t, "object", 0) for t in expand(verb.head)]
    if verb.dep_ == "relcl" and any(c.lower_ == "where" for c in verb.children):
        found += [Participant(t, "in", 3) for t in expand(verb.head)]
    if all(p.rank > 1 for p in found) and not any(
        c.dep_ in {"dobj", "dative", "xcomp", "ccomp", "prep", "oprd"} for c in verb.children
    ):
        for child in verb.children:
            if child.dep_ == "conj" and child.pos_ == "VERB" and not any(c.dep_ in SUBJECTS for c in child.children):
                found += [p for p in targets_of(child, 1) if p.relation == "object"]
    if depth == 0:
        for participant in list(found):
            if participant.token.children:
                found += belongings(participant)
        found += _implied(verb)
    return closest(found)


# Relations through which a verb affects anybody.
_AFFECTED = frozenset({"dobj", "dative", "oprd", "attr", "prep", "agent", "ccomp", "xcomp", "advcl"})


def _purposes(noun: Token) -> list[Participant]:
    """Whom an effort, a plan or a demand is about: "an effort to reconcile A with B", "its demand that the US leave"."""
    out: list[Participant] = []
    for clause in noun.children:
        if clause.dep_ == "acl" and is_purpose(clause):
            out += [Participant(p.token, p.relation, p.rank + 3) for p in targets_of(clause, 1) if p.rank <= 2]
        elif clause.dep_ in {"acl", "ccomp", "relcl"} and any(
            c.dep_ == "mark" and c.lower_ == "that" for c in clause.children
        ):
            subjects = [c for c in clause.children if c.dep_ in {"nsubj", "nsubjpass"} and c.pos_ != "PRON"]
            out += [Participant(t, "inner subject", 2) for c in subjects for t in expand(c)]
    return out


_AIMING = frozenset("aim hit kill strike target wound".split())
_UNTIL = frozenset({"if", "unless", "until"})
_SPEAKERS = frozenset("he i it she they we".split())
# Verbs of speech that are about what the speaker itself does: "warned that it might retaliate against India".
_BINDING = frozenset("deny pledge promise swear threaten vow warn".split())


def _is_own_deed(clause: Token) -> bool:
    return any(
        c.dep_ in {"nsubj", "nsubjpass"} and (c.lower_ in _SPEAKERS or _is_the_speakers(c)) for c in clause.children
    )


def _is_the_speakers(noun: Token) -> bool:
    """ "Its soldiers", below a verb of speech: the speaker's own."""
    return any(c.dep_ == "poss" and c.lower_ in {"its", "their", "his", "her", "our", "my"} for c in noun.children)


def _receivers(verb: Token) -> list[Participant]:
    if verb.dep_ == "relcl":
        return [Participant(t, "object", 0) for t in expand(verb.head)]
    subjects = [c for c in verb.children if c.dep_ == "nsubj"]
    if not subjects and verb.dep_ in {"conj", "xcomp"} and verb.head.pos_ in {"VERB", "AUX"}:
        return actors_of(verb.head)
    return [Participant(t, "object", 0) for subject in subjects for t in expand(subject)]


# Verbs whose subject brings about what their object then does: "the campaign prompted the North to threaten".
_CAUSING = frozenset("cause compel drive force lead prompt provoke push spur trigger".split())


def _implied(verb: Token) -> list[Participant]:
    """Whom an action without an object answers: the object of the verb before it, the subject of what caused it."""
    head = verb.head
    if head.pos_ not in {"VERB", "AUX"}:
        head = head.head if verb.dep_ == "pcomp" else head
    if head == verb or head.pos_ not in {"VERB", "AUX"}:
        return []
    if verb.dep_ == "conj" and not any(child.dep_ in SUBJECTS for child in verb.children):
        return [Participant(p.token, "shared", p.rank + 3) for p in targets_of(head, 1) if p.rank == 0]
    if verb.dep_ in {"xcomp", "ccomp"} and head.lemma_lower in _CAUSING:
        return [Participant(p.token, "cause", 4) for p in actors_of(head)]
    if verb.dep_ in {"pcomp", "advcl"} and any(child.dep_ == "nsubj" for child in verb.children) and verb.tag_ == "VBG":
        return [Participant(p.token, "answered", 5) for p in actors_of(head)]
    return []


@kept
def noun_targets(noun: Token) -> list[Participant]:
    """Whom a noun of action affects: "the invasion of Ukraine", "sanctions on Iran", "talks with Egypt"."""
    found: list[Participant] = []
    for child in noun.children:
        if child.dep_ == "prep" and child.lower_ in NOUN_PREPOSITIONS:
            parties = objects_of(child, NOUN_PREPOSITIONS[child.lower_])
            if child.lower_ == "between" and (
                len(parties) > 1 or any(p.token.tag_ in {"NNS", "NNPS"} for p in parties)
            ):
                return closest(parties)
            for participant in parties:
                found.append(participant)
                found += belongings(participant)
        elif child.dep_ in {"prep", "agent"} and child.lower_ == "by":
            # "Sanctions by Peru against Chile", where the parser hangs "against" on Peru.
            found += [
                inner
                for agent in child.children
                if agent.dep_ == "pobj"
                for preposition in agent.children
                if preposition.dep_ == "prep" and preposition.lower_ in {"against", "on", "upon", "to"}
                for inner in objects_of(preposition, 1)
            ]
    governor = noun.head
    if governor.pos_ in {"VERB", "AUX"} and noun.dep_ in {"dobj", "nsubjpass", "attr", "nsubj"}:
        found += [
            # What the deed itself led to ("the arrest angered Moscow") tells less of it than its own objects.
            Participant(p.token, p.relation, p.rank + (3 if noun.dep_ == "nsubj" else 1))
            for p in targets_of(governor)
            if p.token != noun and p.rank <= 3
        ]
    elif (
        governor.dep_ == "prep" and governor.lower_ == "under" and governor.head.lemma_lower in {"come", "be", "remain"}
    ):
        found += _receivers(governor.head)
    elif governor.dep_ == "prep" and governor.lower_ in CARRYING and governor.head.pos_ in {"VERB", "AUX"}:
        found += [
            Participant(p.token, p.relation, p.rank + 1)
            for p in targets_of(governor.head)
            if p.token != noun and p.rank <= 2 and not p.token.is_ancestor(noun)
        ]
    return closest(found)
