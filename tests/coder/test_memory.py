"""What an article has said so far."""

from __future__ import annotations

from hand_parse import parse, word
from whodid.coder.memory import Memory
from whodid.coder.parsed import Doc

PUTIN = """
    Vladimir NNP compound Putin
    Putin    NNP nsubj    said
    said     VBD ROOT     said  say
    he       PRP nsubj    left
    left     VBD ccomp    said  leave
"""
ENVOY = """
    Iran   NNP poss  envoys
    's     POS case  Iran
    envoys NNS nsubj left  envoy
    left   VBD ROOT  left  leave
"""
THE_ENVOYS = ENVOY.replace("Iran   NNP poss ", "the DT det").replace("'s     POS case  Iran\n", "")


def _noted(lines: str, head: str, code: str, start: int = 0) -> tuple[Memory, Doc]:
    memory, doc = Memory(), parse(lines)
    token = word(doc, head)
    memory.note(doc[start : token.i + 1], token, code)
    return memory, doc


def test_each_part_of_a_persons_name_is_remembered() -> None:
    memory, doc = _noted(PUTIN, "Putin", "RUSGOV")
    assert memory.name(word(doc, "Vladimir")) == memory.name(word(doc, "Putin")) == "RUSGOV"


def test_a_word_in_lower_case_is_no_name() -> None:
    memory, _ = _noted(PUTIN, "Putin", "RUSGOV")
    assert memory.name(parse("putin NN ROOT putin")[0]) is None


def test_the_north_is_the_korea_that_was_named_first() -> None:
    lines = "North NNP compound Korea\nKorea NNP nsubj left\nleft VBD ROOT left leave"
    memory, doc = _noted(lines, "Korea", "PRK")
    assert memory.name(word(doc, "North")) == "PRK"


def test_a_role_noun_is_remembered_for_the_definite_article_only() -> None:
    memory, doc = _noted(ENVOY, "envoys", "IRNGOV")
    definite = parse(THE_ENVOYS)
    assert memory.role_noun(word(definite, "envoys"), "GOV") == "IRNGOV"
    assert memory.role_noun(word(definite, "envoys"), "MIL") is None
    assert memory.role_noun(word(doc, "envoys"), "GOV") is None


def test_he_is_a_person_and_it_is_not() -> None:
    memory, doc = Memory(), parse(PUTIN)
    memory.note_subject(word(doc, "Putin"), "RUSGOV")
    found = memory.pronoun(word(doc, "he"))
    assert found is not None
    assert (found[0], found[1].text) == ("RUSGOV", "Putin")
    it = parse(PUTIN.replace("he ", "it ").replace("Vladimir NNP", "Vladimir NNP"))
    assert memory.pronoun(word(it, "it")) is None


def test_it_is_the_nearest_state_before_it() -> None:
    lines = """
        Iran NNP nsubj said
        said VBD ROOT  said say
        Iraq NNP nsubj knew
        knew VBD ccomp said know
        it   PRP nsubj lost
        lost VBD ccomp knew lose
    """
    memory, doc = Memory(), parse(lines)
    memory.note_subject(word(doc, "Iran"), "IRN")
    memory.note_subject(word(doc, "Iraq"), "IRQ")
    found = memory.pronoun(word(doc, "it"))
    assert found is not None
    assert found[0] == "IRQ"


def test_them_is_never_the_subject_of_its_own_clause() -> None:
    lines = """
        Rebels   NNS nsubj fled   rebel
        fled     VBD ROOT  fled   flee
        and      CC  cc    fled
        soldiers NNS nsubj warned soldier
        warned   VBD conj  fled   warn
        them     PRP dobj  warned they
    """
    memory, doc = Memory(), parse(lines)
    for text, code in (("Rebels", "SYRREB"), ("soldiers", "SYRMIL")):
        token = word(doc, text)
        memory.note(doc[token.i : token.i + 1], token, code)
    found = memory.pronoun(word(doc, "them"))
    assert found is not None
    assert found[0] == "SYRREB"


def test_before_anybody_was_named_a_pronoun_stands_for_nobody() -> None:
    assert Memory().pronoun(word(parse(PUTIN), "he")) is None


def test_a_group_with_a_name_is_it_later_on() -> None:
    lines = """
        The  DT  det   ELN
        ELN  NNP nsubj said
        said VBD ROOT  said  say
        it   PRP nsubj left
        left VBD ccomp said  leave
    """
    memory, doc = Memory(), parse(lines)
    memory.note_subject(word(doc, "ELN"), "COLREB")
    found = memory.pronoun(word(doc, "it"))
    assert found is not None
    assert found[0] == "COLREB"
