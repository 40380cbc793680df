"""What operators make of the actions below them."""

from __future__ import annotations

import pytest

from hand_parse import parse, word
from whodid.codebook.model import Codebook, Composition
from whodid.coder.composition import CompositionTable, Operators, governor

TABLE = CompositionTable(
    [
        Composition(operator="threaten", inner="", action=""),
        Composition(operator="threaten", inner="17", action="130"),
        Composition(operator="threaten", inner="172", action="132"),
        Composition(operator="threaten", inner="1724", action=""),
    ]
)


@pytest.mark.parametrize(
    ("inner", "action"), [("172", "132"), ("1721", "132"), ("173", "130"), ("17", "130"), ("1724", None), ("036", None)]
)
def test_the_longest_inner_prefix_decides(inner: str, action: str | None) -> None:
    assert TABLE.compose("threaten", inner) == action


def test_an_operator_that_the_table_does_not_have_gives_no_event() -> None:
    assert TABLE.compose("promise", "172") is None


def test_whatever_the_codebook_composes_is_one_of_its_actions(codebook: Codebook) -> None:
    table = CompositionTable(codebook.compositions)
    operators = {row.operator for row in codebook.compositions}
    made = {table.compose(operator, code) for operator in operators for code in codebook.actions}
    assert made - {None} <= set(codebook.actions)


def test_threats_are_never_the_threatened_act(codebook: Codebook) -> None:
    table = CompositionTable(codebook.compositions)
    made = {table.compose("threaten", code) for code in codebook.actions if code[:2] >= "14"}
    assert {code[:2] for code in made if code} == {"13"}


THREATENED = """
    Iran       NNP nsubj threatened
    threatened VBD ROOT  threatened threaten
    to         TO  aux   attack
    attack     VB  xcomp threatened
    and        CC  cc    attack
    occupy     VB  conj  attack
    Iraq       NNP dobj  occupy
"""
ACCUSED = """
    Iran      NNP nsubj  accused
    accused   VBD ROOT   accused accuse
    Iraq      NNP dobj   accused
    of        IN  prep   accused
    supplying VBG pcomp  of supply
    arms      NNS dobj   supplying arm
"""
CALL = """
    A     DT  det   call
    call  NN  nsubj came
    for   IN  prep  call
    talks NNS pobj  for talk
    came  VBD ROOT  came come
"""


@pytest.mark.parametrize(
    ("lines", "text", "above"),
    [
        (THREATENED, "attack", "threatened"),
        (THREATENED, "occupy", "threatened"),
        (THREATENED, "threatened", None),
        (ACCUSED, "supplying", "accused"),
        (ACCUSED, "arms", "supplying"),
        (CALL, "talks", "call"),
    ],
)
def test_a_predicate_is_governed_by_whose_complement_it_is(lines: str, text: str, above: str | None) -> None:
    found = governor(word(parse(lines), text))
    assert (found.text if found is not None else None) == above


def test_an_operator_is_recognised_by_the_codebooks_wordings(codebook: Codebook) -> None:
    operators = Operators(codebook)
    doc = parse(THREATENED)
    assert operators.at(word(doc, "threatened"))[0] == "threaten"
    assert operators.at(word(doc, "Iraq")) is None
    assert operators.at(word(parse(CALL), "call"))[0] == "appeal"
