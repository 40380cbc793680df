"""Who acts, in a verb or in a noun of action: subjects, agents and possessors, through passives, control and conjunction."""

from __future__ import annotations

from whodid.coder.clauses import RELATIVE, expand, is_passive
from whodid.coder.parsed import Token, kept
from whodid.coder.participants import Participant, closest, objects_of
from whodid.coder.receiving import RECEIVING, giver

# Verbs whose object is the subject of the clause below them: "urged Russia to withdraw".
_OBJECT_CONTROL = frozenset(
    "accuse advise allow appeal ask authorise authorize ban bar blame call cause charge compel condemn convince "
    "criticise criticize denounce direct enable encourage force forbid get help instruct invite lead let make order "
    "permit persuade press pressure prevent prohibit prompt push request require stop suspect task tell train urge "
    "warn want".split()
)


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
        if not found and verb.lemma_lower in _DEPLOYING:
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
            if head.lemma_lower in _UTTERANCES:
                # "Amnesty put out a report accusing the army": who put it out accuses.
                found += [Participant(p.token, p.relation, 1) for p in owners(head, depth)]
            return closest(found)
        # Pressure to do something is put on others.
        return [] if head.lemma_lower == "pressure" else owners(head, depth)
    return []


_UTTERANCES = frozenset(
    "appeal article bill communique complaint decree declaration document edict editorial lawsuit law letter memo memorandum "
    "message motion note order petition post release report resolution ruling speech statement suit telegram tweet "
    "verdict video".split()
)
# Who is deployed acts, whoever gave the order: "peacekeepers were deployed to Mali".
_DEPLOYING = frozenset("deploy dispatch mass mobilise mobilize redeploy station".split())


def is_deployed(verb: Token) -> bool:
    """True for a passive of deploying that does not say by whom."""
    return verb.lemma_lower in _DEPLOYING and not any(c.dep_ == "agent" for c in verb.children)


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
        and c.lemma_lower not in _DAYS
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
    if governor.lemma_lower in _OBJECT_CONTROL:
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
    if subject.lower_ in RELATIVE:
        clause = verb
        while clause.dep_ == "conj" and clause.head.pos_ in {"VERB", "AUX"}:
            clause = clause.head
        if clause.dep_ == "relcl":
            return [Participant(t, relation, 0) for t in expand(clause.head)]
    return [Participant(t, relation, 0) for t in expand(subject)]


# Prepositions through which a verb lends its parties to a noun of action: "engaged in talks", "replied with an attack".
# After others ("after the rally", "despite the talks") the noun is something else that happened.
CARRYING = frozenset({"in", "into", "on", "with", "to", "upon"})
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
            found += objects_of(child, 0)
        elif child.dep_ == "prep" and child.lower_ == "from" and noun.lemma_lower not in _LEAVING:
            found += objects_of(child, 1)
        elif child.dep_ in {"amod", "compound", "nmod"} and child.text[:1].isupper():
            found += [Participant(t, "modifier", 1) for t in expand(child)]
    governor = noun.head
    if depth < 4:
        if governor.pos_ in {"VERB", "AUX"} and noun.dep_ in {"dobj", "nsubjpass", "attr", "oprd"}:
            # Who receives an act does not do it.
            if not (noun.dep_ == "dobj" and governor.lemma_lower in RECEIVING and found):
                found += [Participant(p.token, p.relation, 1) for p in actors_of(governor, depth + 1)]
        elif (
            governor.dep_ == "prep"
            and noun.dep_ == "pobj"
            and (governor.lower_ in CARRYING or (governor.lower_ == "for" and governor.head.lemma_lower in _GOING))
        ):
            above = governor.head
            if above.pos_ in {"VERB", "AUX"}:
                found += [Participant(p.token, p.relation, 2) for p in actors_of(above, depth + 1)]
            elif above.pos_ in {"NOUN", "PROPN"} and depth < 2:
                found += [Participant(p.token, p.relation, 3) for p in owners(above, depth + 2)]
        elif noun.dep_ == "conj" and governor.pos_ in {"NOUN", "PROPN"}:
            found += [Participant(p.token, p.relation, p.rank + 1) for p in owners(governor, depth + 1)]
    return closest(found)


# Nouns that do not do anything by themselves: behind others "by" tells who did that ("criticism of the attack by Iran").
_DEEDS = ("tion", "sion", "ment", "ing", "attack", "strike", "raid", "plan", "visit", "coup", "threat", "claim", "bid")


def _agent_inside(of: Token) -> list[Participant]:
    """ "The expulsion of diplomats by Bulgaria", where the parser hangs "by" on the diplomats."""
    return [
        Participant(t, "by", 0)
        for child in of.children
        if child.dep_ == "pobj" and not child.lemma_lower.endswith(_DEEDS)
        for by in child.children
        if by.dep_ in {"prep", "agent"} and by.lower_ == "by"
        for t in (p.token for p in objects_of(by, 0))
    ]
