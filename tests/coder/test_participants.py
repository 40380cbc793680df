"""Who acts and who suffers, through passives, relative clauses, control, conjunction and nouns of action."""

from __future__ import annotations

import pytest

from hand_parse import parse, word
from whodid.coder.acting import actors_of, owners, patients_of_passive
from whodid.coder.affected import noun_targets, targets_of
from whodid.coder.clauses import is_passive
from whodid.coder.parsed import Token

ACTIVE = """
    Russia   NNP nsubj attacked
    attacked VBD ROOT  attacked attack
    Ukraine  NNP dobj  attacked
"""
PASSIVE = """
    Ukraine  NNP nsubjpass attacked
    was      VBD auxpass   attacked be
    attacked VBN ROOT      attacked attack
    by       IN  agent     attacked
    Russia   NNP pobj      by
    and      CC  cc        Russia
    Belarus  NNP conj      Russia
"""
RELATIVE = """
    Police     NNS nsubj  left
    who        WP  nsubj  arrested
    arrested   VBD relcl  Police arrest
    protesters NNS dobj   arrested protester
    left       VBD ROOT   left leave
"""
RELATIVE_PASSIVE = """
    Men      NNS nsubj     left man
    who      WP  nsubjpass arrested
    were     VBD auxpass   arrested be
    arrested VBN relcl     Men arrest
    by       IN  agent     arrested
    police   NNS pobj      by
    left     VBD ROOT      left leave
"""
OBJECT_CONTROL = """
    France   NNP nsubj urged
    urged    VBD ROOT  urged urge
    Russia   NNP dobj  urged
    to       TO  aux   withdraw
    withdraw VB  xcomp urged
"""
SUBJECT_CONTROL = """
    France  NNP nsubj promised
    promised VBD ROOT promised promise
    Mali    NNP dobj  promised
    to      TO  aux   withdraw
    withdraw VB xcomp promised
"""
JOINED = """
    Iran     NNP nsubj criticised
    criticised VBD ROOT criticised criticise
    Iraq     NNP dobj criticised
    and      CC  cc   criticised
    attacked VBD conj criticised attack
    Syria    NNP dobj attacked
"""
OWNED = """
    Russia   NNP poss  invasion
    's       POS case  Russia
    invasion NN  nsubj went
    of       IN  prep  invasion
    Ukraine  NNP pobj  of
    went     VBD ROOT  went go
"""
BY_OWNER = """
    invasion NN  nsubj went
    of       IN  prep  invasion
    Ukraine  NNP pobj  of
    by       IN  prep  invasion
    Russia   NNP pobj  by
    went     VBD ROOT  went go
"""
LIGHT_VERB = """
    Israel   NNP nsubj launched
    launched VBD ROOT  launched launch
    an       DT  det   attack
    attack   NN  dobj  launched
    on       IN  prep  attack
    Gaza     NNP pobj  on
"""
BETWEEN = """
    talks NNS nsubj failed
    between IN prep talks
    Chad  NNP pobj between
    and   CC  cc   Chad
    Niger NNP conj Chad
    failed VBD ROOT failed fail
"""


def _texts(participants: list) -> list[str]:  # type: ignore[type-arg]
    return [p.token.text for p in sorted(participants, key=lambda p: (p.rank, p.token.i))]


def _at(lines: str, text: str) -> Token:
    return word(parse(lines), text)


@pytest.mark.parametrize(
    ("lines", "verb", "actors"),
    [
        (ACTIVE, "attacked", ["Russia"]),
        (PASSIVE, "attacked", ["Russia", "Belarus"]),
        (RELATIVE, "arrested", ["Police"]),
        (RELATIVE_PASSIVE, "arrested", ["police"]),
        (OBJECT_CONTROL, "withdraw", ["Russia"]),
        (SUBJECT_CONTROL, "withdraw", ["France"]),
        (JOINED, "attacked", ["Iran"]),
    ],
)
def test_the_actor_of_a_verb_is_found_through_its_clause(lines: str, verb: str, actors: list[str]) -> None:
    assert _texts(actors_of(_at(lines, verb))) == actors


@pytest.mark.parametrize(
    ("lines", "verb", "target"),
    [
        (ACTIVE, "attacked", "Ukraine"),
        (PASSIVE, "attacked", "Ukraine"),
        (RELATIVE, "arrested", "protesters"),
        (RELATIVE_PASSIVE, "arrested", "Men"),
        (OBJECT_CONTROL, "urged", "Russia"),
        (JOINED, "attacked", "Syria"),
    ],
)
def test_the_nearest_target_of_a_verb_is_whom_it_affects(lines: str, verb: str, target: str) -> None:
    assert _texts(targets_of(_at(lines, verb)))[0] == target


def test_a_passive_without_an_agent_has_no_actor() -> None:
    verb = _at(
        "Men NNS nsubjpass arrested man\nwere VBD auxpass arrested be\narrested VBN ROOT arrested arrest", "arrested"
    )
    assert is_passive(verb)
    assert actors_of(verb) == []
    assert _texts(patients_of_passive(verb)) == ["Men"]


def test_a_perfect_is_no_passive() -> None:
    lines = "Police NNS nsubj arrested\nhave VBP aux arrested\narrested VBN ROOT arrested arrest\nhim PRP dobj arrested"
    assert not is_passive(_at(lines, "arrested"))


@pytest.mark.parametrize(
    ("lines", "noun", "actors", "target"),
    [
        (OWNED, "invasion", ["Russia"], "Ukraine"),
        (BY_OWNER, "invasion", ["Russia"], "Ukraine"),
        (LIGHT_VERB, "attack", ["Israel"], "Gaza"),
    ],
)
def test_a_noun_of_action_has_owners_and_targets(lines: str, noun: str, actors: list[str], target: str) -> None:
    token = _at(lines, noun)
    assert _texts(owners(token)) == actors
    assert _texts(noun_targets(token))[0] == target


def test_talks_between_two_parties_are_both_of_theirs() -> None:
    talks = _at(BETWEEN, "talks")
    assert _texts(owners(talks)) == ["Chad", "Niger"]
    assert _texts(noun_targets(talks)) == ["Chad", "Niger"]
