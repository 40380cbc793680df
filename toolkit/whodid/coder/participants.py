"""Who takes part in a predicate: its subjects and objects, seen through passives, control, conjunction and nominals."""

from __future__ import annotations

from collections.abc import Iterable
from operator import attrgetter
from typing import NamedTuple

from whodid.coder.parsed import Token, kept

_SUBJECTS = {"nsubj", "csubj", "expl"}
# How many steps into a noun phrase an actor is looked for.
_DEEPEST = 3
_RELATIVE = {"who", "which", "that", "whom", "whose"}
# Verbs whose object is the subject of the clause below them: "urged Russia to withdraw".
OBJECT_CONTROL = frozenset(
    "accuse advise allow appeal ask authorise authorize ban bar blame call cause charge compel condemn convince "
    "criticise criticize denounce direct enable encourage force forbid get help instruct invite lead let make order "
    "permit persuade press pressure prevent prohibit prompt push request require stop suspect task tell train urge "
    "warn want".split()
)
# Verbs that lend their subject to the noun they take: "held talks", "launched an attack", "paid a visit".
LIGHT = frozenset(
    "announce begin carry commit complete conclude conduct continue convene deliver do embark engage express extend "
    "file give have hold host impose initiate issue kick launch lead lift lodge make mount offer open order organise "
    "organize participate pay plan perform prepare pursue raise reach receive resume send sign stage start step sustain "
    "take undertake unleash wage wrap".split()
)
_NOUN_TARGET_PREPOSITIONS = {
    "of": 1,
    "on": 0,
    "against": 0,
    "with": 0,
    "to": 0,
    "into": 0,
    "in": 2,
    "at": 1,
    "over": 1,
    "upon": 0,
    "toward": 0,
    "towards": 0,
    "for": 1,
    "from": 1,
    "between": 0,
    "among": 1,
}
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


class Participant(NamedTuple):
    """A word that takes part: the head of a noun phrase, how it stands to the predicate, and how close (0 closest).

    No dataclass, since a frozen one takes three times as long to make, and a predicate has half a dozen.
    """

    token: Token
    relation: str
    rank: int


@kept
def is_passive(verb: Token) -> bool:
    """True for "was arrested", "the pact signed by both" and "got beaten"; False for "has arrested"."""
    below = {child.dep_ for child in verb.children}
    if not below.isdisjoint(_PASSIVE):
        return True
    if verb.tag_ != "VBN" or ("aux" in below and any(c.dep_ == "aux" and c.lemma_ == "have" for c in verb.children)):
        return False
    if "agent" in below:
        return True
    if verb.dep_ in {"acl", "advcl"} and below.isdisjoint(_SUBJECTS) and "dobj" not in below:
        return True
    return (
        verb.dep_ == "conj"
        and verb.head.pos_ in {"VERB", "AUX"}
        and below.isdisjoint(_SUBJECTS)
        and is_passive(verb.head)
    )


_PASSIVE = frozenset({"auxpass", "nsubjpass", "csubjpass"})


def expand(token: Token) -> list[Token]:
    """The token and what is joined to it by "and": "Russia and China" gives both."""
    out = [token]
    for child in token.children:
        if child.dep_ == "conj" and child.pos_ in {"NOUN", "PROPN", "PRON", "NUM", "ADJ"}:
            out += expand(child)
    return out


@kept
def actors_of(verb: Token, depth: int = 0) -> list[Participant]:
    """Who does what the verb says, closest first; empty for a passive without an agent."""
    if depth > 6:
        return []
    if verb.pos_ == "ADJ" and verb.dep_ in {"acomp", "oprd", "attr"} and verb.head.pos_ in {"VERB", "AUX"}:
        return actors_of(verb.head, depth + 1)
    if is_passive(verb):
        agents = [
            c
            for a in verb.children
            if a.dep_ in {"agent", "prep"} and a.lower_ == "by"
            for c in a.children
            if c.dep_ == "pobj"
        ]
        found = [Participant(t, "by", 0) for agent in agents for t in expand(agent)]
        if not found and lemma(verb) in _DEPLOYING:
            return patients_of_passive(verb)
        if not found and verb.dep_ == "conj":
            return actors_of(verb.head, depth + 1) if is_passive(verb.head) else []
        return found
    received = giver(verb)
    if received:
        return received
    own = [c for c in verb.children if c.dep_ in {"nsubj", "csubj"}] or _before_aside(verb) or _misread_subject(verb)
    if own:
        return [p for subject in own for p in _through_relative(subject, verb, "subject")]
    head = verb.head
    if verb.dep_ == "conj" and head.pos_ in {"VERB", "AUX"}:
        return patients_of_passive(head) if is_passive(head) else actors_of(head, depth + 1)
    if verb.dep_ == "xcomp":
        return _controller(head, depth)
    if verb.dep_ in {"ccomp", "advcl"} and head.pos_ in {"VERB", "AUX"}:
        return patients_of_passive(head) if is_passive(head) else actors_of(head, depth + 1)
    if verb.dep_ == "pcomp":
        governor = head.head
        if governor.pos_ in {"VERB", "AUX"}:
            return _controller(governor, depth)
        return owners(governor, depth)
    if verb.dep_ == "relcl":
        return [Participant(t, "subject", 0) for t in expand(head)]
    if verb.dep_ == "acl":
        if verb.tag_ == "VBG":
            found = [Participant(t, "subject", 0) for t in expand(head)]
            if lemma(head) in _UTTERANCES:
                # "Amnesty put out a report accusing the army": who put it out accuses.
                found += [Participant(p.token, p.relation, 1) for p in owners(head, depth)]
            return _unique(found)
        # Pressure to do something is put on others.
        return [] if lemma(head) == "pressure" else owners(head, depth)
    return []


_UTTERANCES = frozenset(
    "appeal article bill communique complaint decree declaration document edict editorial lawsuit law letter memo memorandum "
    "message motion note order petition post release report resolution ruling speech statement suit telegram tweet "
    "verdict video".split()
)
# Who is deployed acts, whoever gave the order: "peacekeepers were deployed to Mali".
_DEPLOYING = frozenset("deploy dispatch mass mobilise mobilize redeploy station".split())


def _is_deployed(verb: Token) -> bool:
    """True for a passive of deploying that does not say by whom."""
    return lemma(verb) in _DEPLOYING and not any(c.dep_ == "agent" for c in verb.children)


def _misread_subject(verb: Token) -> list[Token]:
    """ "Nauru sued", "USAID sent": a rare name that begins the clause of a finite verb, and that the parser takes for an
    adverb.
    """
    if verb.tag_ not in {"VBD", "VBZ", "VBP"}:
        return []
    return [
        c
        for c in verb.children
        if c.i < verb.i
        and ((c.dep_ == "npadvmod" and c.pos_ == "PROPN") or (c.dep_ == "advmod" and c.text.isupper()))
        and lemma(c) not in _DAYS
    ][:1]


_DAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())


def _before_aside(verb: Token) -> list[Token]:
    """ "Peru, the minister said, expelled": the parser gives both subjects to the aside."""
    for child in verb.children:
        if child.dep_ == "parataxis" and child.i < verb.i:
            subjects = [c for c in child.children if c.dep_ == "nsubj"]
            if len(subjects) > 1:
                return subjects[:1]
    return []


def _controller(governor: Token, depth: int) -> list[Participant]:
    if is_passive(governor):
        return patients_of_passive(governor) or actors_of(governor, depth + 1)
    if governor.lemma_lower in OBJECT_CONTROL:
        objects = [c for c in governor.children if c.dep_ in {"dobj", "dative"}]
        objects += [
            c
            for p in governor.children
            if p.dep_ == "prep" and p.lower_ in {"on", "upon", "to"}
            for c in p.children
            if c.dep_ == "pobj"
        ]
        if objects:
            return [Participant(t, "controlled", 0) for o in objects for t in expand(o)]
    return actors_of(governor, depth + 1)


def patients_of_passive(verb: Token) -> list[Participant]:
    """Whom a passive verb is about: "the men who were arrested" gives the men."""
    own = [c for c in verb.children if c.dep_ in {"nsubjpass", "csubjpass"}]
    if own:
        return [p for subject in own for p in _through_relative(subject, verb, "patient")]
    if verb.dep_ in {"acl", "relcl"}:
        return [Participant(t, "patient", 0) for t in expand(verb.head)]
    if verb.dep_ == "conj" and verb.head.pos_ in {"VERB", "AUX"} and is_passive(verb.head):
        return patients_of_passive(verb.head)
    if verb.dep_ == "xcomp" and verb.head.pos_ in {"VERB", "AUX"}:
        return actors_of(verb.head)
    if verb.dep_ == "advcl" and verb.head.pos_ in {"VERB", "AUX"}:
        return patients_of_passive(verb.head) if is_passive(verb.head) else actors_of(verb.head)
    return []


def _through_relative(subject: Token, verb: Token, relation: str) -> list[Participant]:
    if subject.lower_ in _RELATIVE:
        clause = verb
        while clause.dep_ == "conj" and clause.head.pos_ in {"VERB", "AUX"}:
            clause = clause.head
        if clause.dep_ == "relcl":
            return [Participant(t, relation, 0) for t in expand(clause.head)]
    return [Participant(t, relation, 0) for t in expand(subject)]


@kept
def targets_of(verb: Token, depth: int = 0) -> list[Participant]:
    """Whom the verb affects, closest first: objects, then prepositional objects, then what belongs to an object."""
    found: list[Participant] = []
    if is_passive(verb) and not _is_deployed(verb):
        found += patients_of_passive(verb)
    if giver(verb):
        found += _receivers(verb)
    for child in verb.children:
        if child.dep_ not in _AFFECTED:
            continue
        if child.dep_ in {"dobj", "dative", "oprd", "attr"} and child.pos_ != "ADP":
            rank = 1 if child.dep_ == "attr" else 0
            if verb.dep_ == "relcl" and child.lower_ in _RELATIVE:
                child = verb.head
            found += [Participant(t, "object", rank) for t in expand(child)]
            found += _purposes(child)
        elif child.dep_ in {"prep", "dative", "agent"} and child.lower_ in _VERB_PREPOSITIONS:
            if child.dep_ == "agent" and is_passive(verb):
                continue
            found += _pobjects(child, _VERB_PREPOSITIONS[child.lower_])
        elif child.dep_ in {"ccomp", "xcomp"} and depth == 0:
            found += [
                Participant(t, "inner subject", 1)
                for c in child.children
                if c.dep_ in {"nsubj", "nsubjpass"} and c.lower_ not in _SPEAKERS and not _is_the_speakers(c)
                for t in expand(c)
            ]
        if depth < 2 and (
            child.dep_ == "xcomp"
            or (child.dep_ == "advcl" and _is_purpose(child))
            or (child.dep_ == "ccomp" and lemma(verb) in _BINDING and _is_own_deed(child))
        ):
            # The purpose names whom it was against: "fired shots to repel soldiers", "threatened to sanction Turkey".
            found += [Participant(p.token, p.relation, p.rank + 2) for p in targets_of(child, depth + 1) if p.rank <= 2]
        if depth == 0 and child.dep_ == "advcl" and child.tag_ == "VBG" and lemma(child) in _AIMING:
            found += [Participant(p.token, p.relation, p.rank + 1) for p in targets_of(child, 1) if p.rank <= 1]
        if depth == 0 and child.dep_ == "advcl" and any(c.lower_ in _UNTIL for c in child.children):
            # "Will not lift the embargo until Cuba reforms": the condition says to whom it is said.
            subjects = [c for c in child.children if c.dep_ == "nsubj"]
            found += [Participant(t, "condition", 5) for c in subjects for t in expand(c) if c.pos_ != "PRON"]
    if verb.dep_ == "relcl" and not is_passive(verb) and not any(p.rank == 0 for p in found):
        pronoun = next((c for c in verb.children if c.dep_ in {"nsubj", "nsubjpass"}), None)
        if pronoun is not None and pronoun.lower_ not in _RELATIVE:
            found += [Participant(t, "object", 0) for t in expand(verb.head)]
    if verb.dep_ == "relcl" and any(c.lower_ == "where" for c in verb.children):
        found += [Participant(t, "in", 3) for t in expand(verb.head)]
    if all(p.rank > 1 for p in found) and not any(
        c.dep_ in {"dobj", "dative", "xcomp", "ccomp", "prep", "oprd"} for c in verb.children
    ):
        for child in verb.children:
            if child.dep_ == "conj" and child.pos_ == "VERB" and not any(c.dep_ in _SUBJECTS for c in child.children):
                found += [p for p in targets_of(child, 1) if p.relation == "object"]
    if depth == 0:
        for participant in list(found):
            if participant.token.children:
                found += belongings(participant)
        found += _implied(verb)
    return _unique(found)


# Relations through which a verb affects anybody.
_AFFECTED = frozenset({"dobj", "dative", "oprd", "attr", "prep", "agent", "ccomp", "xcomp", "advcl"})


def _purposes(noun: Token) -> list[Participant]:
    """Whom an effort, a plan or a demand is about: "an effort to reconcile A with B", "its demand that the US leave"."""
    out: list[Participant] = []
    for clause in noun.children:
        if clause.dep_ == "acl" and _is_purpose(clause):
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


# Verbs whose subject is at the receiving end of their object: "drew criticism from Germany", "came under attack".
_RECEIVING = frozenset("attract draw earn encounter face gain get incur obtain receive secure suffer win".split())
# Who receives these acts: "received the ambassador" is not "received aid".
_GUESTS = frozenset(
    "ambassador chief delegate delegation diplomat envoy general governor guest king leader lawmaker minister mission "
    "official parliamentarian president premier prince queen secretary team visit visitor".split()
)


def giver(verb: Token) -> list[Participant]:
    """Who acts where the subject receives: Germany in "Poland drew criticism from Germany"; empty for other verbs."""
    does = verb.lemma_lower
    if (does not in _RECEIVING and does != "come") or is_passive(verb):
        return []
    if does == "come":
        under = [c for c in verb.children if c.dep_ == "prep" and c.lower_ == "under"]
        objects = [c for preposition in under for c in preposition.children if c.dep_ == "pobj"]
    else:
        objects = [c for c in verb.children if c.dep_ == "dobj"]
    if not objects or any(lemma(o) in _GUESTS or o.pos_ not in {"NOUN", "PROPN"} for o in objects):
        return []
    sources = [
        preposition
        for place in (verb, *objects)
        for preposition in place.children
        if preposition.dep_ == "prep" and preposition.lower_ == "from"
    ]
    return [Participant(p.token, "giver", 0) for source in sources for p in _pobjects(source, 0)]


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
    if verb.dep_ == "conj" and not any(child.dep_ in _SUBJECTS for child in verb.children):
        return [Participant(p.token, "shared", p.rank + 3) for p in targets_of(head, 1) if p.rank == 0]
    if verb.dep_ in {"xcomp", "ccomp"} and lemma(head) in _CAUSING:
        return [Participant(p.token, "cause", 4) for p in actors_of(head)]
    if verb.dep_ in {"pcomp", "advcl"} and any(child.dep_ == "nsubj" for child in verb.children) and verb.tag_ == "VBG":
        return [Participant(p.token, "answered", 5) for p in actors_of(head)]
    return []


def lemma(token: Token) -> str:
    return token.lemma_lower


def _is_purpose(verb: Token) -> bool:
    return any(child.lower_ == "to" and child.dep_ == "aux" for child in verb.children)


def _pobjects(preposition: Token, rank: int) -> list[Participant]:
    out: list[Participant] = []
    for child in preposition.children:
        if child.dep_ == "pobj":
            out += [Participant(t, preposition.lower_, rank) for t in expand(child)]
        elif child.dep_ == "prep":
            out += _pobjects(child, rank)
    return out


def belongings(participant: Participant, depth: int = 0) -> list[Participant]:
    """Actors inside a noun phrase that is no actor itself: "the sovereignty of Ukraine", "Israel's declaration".

    Each step down costs: a possessor or modifier 2 or 3 ranks, a prepositional object 1 or 2.
    """
    out: list[Participant] = []
    if depth > _DEEPEST:
        return out
    for child in participant.token.children:
        if child.dep_ == "poss" and child.pos_ != "PRON":
            out += [Participant(t, "owner", participant.rank + 2) for t in expand(child)]
        elif child.dep_ in {"prep", "agent"} and (child.lower_ in _NOUN_TARGET_PREPOSITIONS or child.lower_ == "by"):
            # To condemn an attack by somebody is to condemn them, before those who suffered it.
            extra = 1 if child.lower_ in {"by", "on", "against", "with", "to", "from", "into"} else 2
            for found in _pobjects(child, participant.rank + extra):
                if participant.relation in _PLACING and child.lower_ == "of":
                    # "In the Great Hall of the People" is a place, not the people.
                    found = Participant(found.token, participant.relation, found.rank)
                out.append(found)
                out += belongings(found, depth + 1)
        elif child.dep_ in {"amod", "compound", "nmod"} and child.text[:1].isupper():
            out.append(Participant(child, "modifier", participant.rank + 3))
    return out


_PLACING = frozenset({"at", "in", "near", "outside"})


# Prepositions through which a verb lends its parties to a noun of action: "engaged in talks", "replied with an attack".
# After others ("after the rally", "despite the talks") the noun is something else that happened.
_CARRYING = frozenset({"in", "into", "on", "with", "to", "upon"})
# One goes somewhere for talks that one holds there.
_GOING = frozenset(
    "arrive assemble come convene fly gather go head host invite journey land meet return sit travel visit".split()
)
# Nouns after which "from" names what is left; after others ("a threat from Iran") it names who acts.
_LEAVING = frozenset(
    "departure deportation eviction exclusion exit expulsion extradition "
    "import independence protection removal rescue release retreat "
    "return secession withdrawal".split()
)


@kept
def owners(noun: Token, depth: int = 0) -> list[Participant]:
    """Who acts in a noun of action: "Russia's invasion", "the invasion by Russia", "Russia launched an invasion"."""
    found: list[Participant] = []
    for child in noun.children:
        if child.dep_ == "poss":
            found += [Participant(t, "poss", 0) for t in expand(child)]
        elif child.dep_ == "prep" and child.lower_ == "of":
            found += _agent_inside(child)
        elif (child.dep_ in {"prep", "agent"} and child.lower_ == "by") or (
            child.dep_ == "prep" and child.lower_ in {"between", "among"}
        ):
            found += _pobjects(child, 0)
        elif child.dep_ == "prep" and child.lower_ == "from" and lemma(noun) not in _LEAVING:
            found += _pobjects(child, 1)
        elif child.dep_ in {"amod", "compound", "nmod"} and child.text[:1].isupper():
            found += [Participant(t, "modifier", 1) for t in expand(child)]
    governor = noun.head
    if depth < 4:
        if governor.pos_ in {"VERB", "AUX"} and noun.dep_ in {"dobj", "nsubjpass", "attr", "oprd"}:
            # Who receives an act does not do it.
            if not (noun.dep_ == "dobj" and lemma(governor) in _RECEIVING and found):
                found += [Participant(p.token, p.relation, 1) for p in actors_of(governor, depth + 1)]
        elif (
            governor.dep_ == "prep"
            and noun.dep_ == "pobj"
            and (governor.lower_ in _CARRYING or (governor.lower_ == "for" and lemma(governor.head) in _GOING))
        ):
            above = governor.head
            if above.pos_ in {"VERB", "AUX"}:
                found += [Participant(p.token, p.relation, 2) for p in actors_of(above, depth + 1)]
            elif above.pos_ in {"NOUN", "PROPN"} and depth < 2:
                found += [Participant(p.token, p.relation, 3) for p in owners(above, depth + 2)]
        elif noun.dep_ == "conj" and governor.pos_ in {"NOUN", "PROPN"}:
            found += [Participant(p.token, p.relation, p.rank + 1) for p in owners(governor, depth + 1)]
    return _unique(found)


# Nouns that do not do anything by themselves: behind others "by" tells who did that ("criticism of the attack by Iran").
_DEEDS = ("tion", "sion", "ment", "ing", "attack", "strike", "raid", "plan", "visit", "coup", "threat", "claim", "bid")


def _agent_inside(of: Token) -> list[Participant]:
    """ "The expulsion of diplomats by Bulgaria", where the parser hangs "by" on the diplomats."""
    return [
        Participant(t, "by", 0)
        for child in of.children
        if child.dep_ == "pobj" and not lemma(child).endswith(_DEEDS)
        for by in child.children
        if by.dep_ in {"prep", "agent"} and by.lower_ == "by"
        for t in (p.token for p in _pobjects(by, 0))
    ]


@kept
def noun_targets(noun: Token) -> list[Participant]:
    """Whom a noun of action affects: "the invasion of Ukraine", "sanctions on Iran", "talks with Egypt"."""
    found: list[Participant] = []
    for child in noun.children:
        if child.dep_ == "prep" and child.lower_ in _NOUN_TARGET_PREPOSITIONS:
            parties = _pobjects(child, _NOUN_TARGET_PREPOSITIONS[child.lower_])
            if child.lower_ == "between" and (
                len(parties) > 1 or any(p.token.tag_ in {"NNS", "NNPS"} for p in parties)
            ):
                return _unique(parties)
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
                for inner in _pobjects(preposition, 1)
            ]
    governor = noun.head
    if governor.pos_ in {"VERB", "AUX"} and noun.dep_ in {"dobj", "nsubjpass", "attr", "nsubj"}:
        found += [
            # What the deed itself led to ("the arrest angered Moscow") tells less of it than its own objects.
            Participant(p.token, p.relation, p.rank + (3 if noun.dep_ == "nsubj" else 1))
            for p in targets_of(governor)
            if p.token != noun and p.rank <= 3
        ]
    elif governor.dep_ == "prep" and governor.lower_ == "under" and lemma(governor.head) in {"come", "be", "remain"}:
        found += _receivers(governor.head)
    elif governor.dep_ == "prep" and governor.lower_ in _CARRYING and governor.head.pos_ in {"VERB", "AUX"}:
        found += [
            Participant(p.token, p.relation, p.rank + 1)
            for p in targets_of(governor.head)
            if p.token != noun and p.rank <= 2 and not p.token.is_ancestor(noun)
        ]
    return _unique(found)


def _unique(participants: Iterable[Participant]) -> list[Participant]:
    """Each word once, as it stands closest; closest first."""
    seen: dict[int, Participant] = {}
    for participant in sorted(participants, key=_RANK):
        seen.setdefault(participant.token.i, participant)
    return list(seen.values())


_RANK = attrgetter("rank")
