"""Whether a clause says that something happened."""

from __future__ import annotations

import pytest

from hand_parse import parse, word
from whodid.coder.modality import Modality, is_speech, modality


def _helped(*helpers: str, verb: str = "attack VB ROOT") -> str:
    """ "Iran <helpers> attack", each helper as "word tag relation"."""
    form, tag, relation = verb.split()
    lines = [
        f"Iran NNP nsubj {form}",
        *(f"{helper} {form}" for helper in helpers),
        f"{form} {tag} {relation} {form} attack",
    ]
    return "\n".join(lines)


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (_helped(verb="attacked VBD ROOT"), Modality()),
        (_helped("did VBD aux", "not RB neg"), Modality(is_negated=True)),
        (_helped("has VBZ aux", "never RB neg", verb="attacked VBN ROOT"), Modality(is_negated=True)),
        (_helped("will MD aux"), Modality(is_future=True)),
        (_helped("wo MD aux", "n't RB neg"), Modality(is_negated=True, is_future=True)),
        (_helped("may MD aux"), Modality(is_possible=True)),
        (_helped("could MD aux"), Modality(is_possible=True)),
        (_helped("must MD aux"), Modality(is_obligation=True)),
        (_helped("to TO aux"), Modality(is_future=True)),
    ],
)
def test_helping_verbs_tell_how_a_clause_is_asserted(lines: str, expected: Modality) -> None:
    verb = next(token for token in parse(lines) if token.dep_ == "ROOT")
    assert modality(verb) == expected
    assert modality(verb).is_fact == (expected == Modality())


def test_an_if_clause_is_a_condition() -> None:
    lines = """
        If       IN  mark  attacks
        Iran     NNP nsubj attacks
        attacks  VBZ advcl answers attack
        Iraq     NNP nsubj answers
        answers  VBZ ROOT  answers answer
    """
    doc = parse(lines)
    assert modality(word(doc, "attacks")).is_condition
    assert modality(word(doc, "answers")).is_fact


def test_a_joined_verb_shares_the_helpers_of_the_first() -> None:
    lines = """
        Iran   NNP nsubj attack
        will   MD  aux   attack
        attack VB  ROOT  attack
        and    CC  cc    attack
        occupy VB  conj  attack
        Iraq   NNP dobj  occupy
    """
    assert modality(word(parse(lines), "occupy")).is_future


def test_a_joined_verb_with_its_own_subject_does_not() -> None:
    lines = """
        Iran   NNP nsubj attack
        will   MD  aux   attack
        attack VB  ROOT  attack
        and    CC  cc    attack
        Iraq   NNP nsubj fled
        fled   VBD conj  attack flee
    """
    assert modality(word(parse(lines), "fled")).is_fact


def test_no_attack_and_without_attacks_are_negated() -> None:
    assert modality(word(parse("No DT det attack\nattack NN nsubj came\ncame VBD ROOT came come"), "attack")).is_negated
    lines = "They PRP nsubj left\nleft VBD ROOT left leave\nwithout IN prep left\nattacks NNS pobj without attack"
    assert modality(word(parse(lines), "attacks")).is_negated


def test_going_to_is_future_and_has_to_is_an_obligation() -> None:
    going = (
        "Iran NNP nsubj going\nis VBZ aux going be\ngoing VBG ROOT going go\nto TO aux attack\nattack VB xcomp going"
    )
    assert modality(word(parse(going), "attack")).is_future
    has = "Iran NNP nsubj has\nhas VBZ ROOT has have\nto TO aux leave\nleave VB xcomp has"
    assert modality(word(parse(has), "leave")).is_obligation


def test_verbs_that_only_report_are_speech() -> None:
    doc = parse("Iran NNP nsubj said\nsaid VBD ROOT said say\nattacked VBD ccomp said attack")
    assert is_speech(word(doc, "said"))
    assert not is_speech(word(doc, "attacked"))
