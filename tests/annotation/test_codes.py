"""Codes for people who type: what fits some letters, and what is wrong with a code."""

from __future__ import annotations

from datetime import date

import pytest

from whodid.annotation.codes import CodeDesk
from whodid.codebook.model import Codebook

DAY = date(2024, 6, 21)


@pytest.fixture(scope="module")
def desk(codebook: Codebook) -> CodeDesk:
    return CodeDesk(codebook)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("russia", "RUS"),
        ("korgov", "KORGOV"),
        ("russian gov", "RUSGOV"),
        ("n korea", "PRK"),
        ("north korean army", "PRKMIL"),
        ("putin", "RUSGOV"),
        ("hamas", "PSEREBHMS"),
        ("united nations", "IGOUNO"),
        ("police", "COP"),
    ],
)
def test_an_actor_is_found_by_name_code_adjective_and_role(desk: CodeDesk, typed: str, code: str) -> None:
    assert code in [offer.code for offer in desk.actors(typed, DAY)][:4]


def test_a_code_is_completed_while_it_is_being_typed(desk: CodeDesk) -> None:
    assert [offer.code for offer in desk.actors("GHA", DAY)][:3] == ["GHA", "GHAGOV", "GHAMIL"]
    assert [offer.code for offer in desk.actors("GHAG", DAY)] == ["GHAGOV"]
    assert desk.actors("korm", DAY)[0].code == "KORMIL"
    assert desk.actors("IGOU", DAY)[0].code == "IGOUNO"
    # A name goes before a code that happens to begin like it.
    assert desk.actors("cuba", DAY)[0].code == "CUB"


def test_a_leader_is_offered_only_while_in_office(desk: CodeDesk) -> None:
    assert "USAGOV" in [o.code for o in desk.actors("barack obama", date(2012, 1, 1))]
    assert "USAGOV" not in [o.code for o in desk.actors("barack obama", DAY)]


@pytest.mark.parametrize(
    ("typed", "code"), [("114", "114"), ("11", "110"), ("accus", "112"), ("mediat", "039"), ("occup", "192")]
)
def test_an_action_is_found_while_its_word_or_code_is_being_typed(desk: CodeDesk, typed: str, code: str) -> None:
    offers = desk.actions(typed)
    assert code in [offer.code for offer in offers]
    assert all(offer.label and offer.definition for offer in offers)


def test_nothing_typed_offers_the_roots_and_no_actors(desk: CodeDesk) -> None:
    assert [offer.code for offer in desk.actions("")] == [f"{n:02}" for n in range(1, 21)]
    assert desk.actors(" ", DAY) == []
    assert desk.actions("?!") == []


def test_every_offer_is_a_code_that_can_be_saved(desk: CodeDesk) -> None:
    for typed in ("a", "united", "ger", "rebels", "kurd", "church", "south africa police"):
        assert all(desk.wrong_actor(offer.code) is None for offer in desk.actors(typed, DAY, limit=50))


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("", "Choose who it is: type a name or a code."),
        (
            "RUSX",
            "The actor code 'RUSX' has 4 characters, which is no multiple of three. "
            "Compose it of three-letter groups, such as KOR + GOV.",
        ),
        ("ROUGOV", "'ROU' is a variant of a country code: ISO code; the codebook's own is ROM. Write 'ROMGOV'."),
    ],
)
def test_what_is_wrong_with_an_actor_is_said_with_the_fix(desk: CodeDesk, code: str, sentence: str) -> None:
    assert desk.wrong_actor(code) == sentence


def test_what_is_wrong_with_an_action_is_said_with_the_fix(desk: CodeDesk) -> None:
    assert desk.wrong_action("") == "Choose what was done: type a word or a code."
    assert desk.wrong_action("43") == "'43' is not in the codebook. Did you mean 043?"
    assert desk.wrong_action("9x9") == "'9x9' is not in the codebook. Type a word to find codes."
    assert desk.wrong_action("114") is None


def test_what_codes_mean_is_said_in_words(desk: CodeDesk) -> None:
    assert desk.action_label("114") == "Complain officially"
    assert desk.actor_label("KORGOV") == "South Korea, Government (executive)"
    assert (desk.action_label("999"), desk.actor_label("???")) == ("", "")
