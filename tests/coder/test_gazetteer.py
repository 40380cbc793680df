"""Known words in a text: longest first, and what they stood for on a day."""

from __future__ import annotations

from datetime import date

import pytest
import spacy
from spacy.language import Language

from whodid.codebook.model import Codebook
from whodid.coder.cities import cities
from whodid.coder.gazetteer import Entry, Gazetteer, Hit
from whodid.coder.parsed import Doc
from whodid.coder.provinces import provinces
from whodid.coder.spelling import load_gazetteer

TODAY = date(2024, 6, 21)


@pytest.fixture(scope="module")
def nlp() -> Language:
    return spacy.blank("en")


@pytest.fixture(scope="module")
def gazetteer(codebook: Codebook) -> Gazetteer:
    return load_gazetteer(codebook)


def _doc(nlp: Language, text: str) -> Doc:
    """The words of a text without a parse; lemmas are the words without a plural s."""
    words = [token.text for token in nlp(text)]
    spaces = [len(token.whitespace_) for token in nlp(text)]
    lemmas, none, heads = [word.removesuffix("s") for word in words], [""] * len(words), range(len(words))
    return Doc(text, words, spaces, lemmas, none, none, none, heads, starts=[0])


def _found(gazetteer: Gazetteer, nlp: Language, text: str, day: date = TODAY) -> list[tuple[str, str, str]]:
    """Words, kind and code of what holds on a day."""
    doc = _doc(nlp, text)
    hits = [(hit, hit.on(day)) for hit in gazetteer.find(doc)]
    return [(doc[hit.start : hit.end].text, entry.kind, entry.code) for hit, entry in hits if entry is not None]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("North Korea met Korea.", ("North Korea", "country", "PRK")),
        ("South Sudan met Sudan.", ("South Sudan", "country", "SSD")),
        ("The Pakistani Taliban struck.", ("Pakistani Taliban", "group", "PAKINS")),
        ("The Kremlin spoke.", ("Kremlin", "government", "RUSGOV")),
        ("Pyongyang spoke.", ("Pyongyang", "capital", "PRKGOV")),
        ("Shells fell on Kharkiv.", ("Kharkiv", "city", "UKR")),
        ("Ambassadors met.", ("Ambassadors", "agent", "GOV")),
        ("The foreign minister left.", ("foreign minister", "agent", "GOV")),
        ("The Foreign Minister left.", ("Foreign Minister", "agent", "GOV")),
    ],
)
def test_the_longest_known_words_are_found(
    text: str, found: tuple[str, str, str], gazetteer: Gazetteer, nlp: Language
) -> None:
    assert _found(gazetteer, nlp, text)[0] == found


def test_names_ask_for_their_capitals(gazetteer: Gazetteer, nlp: Language) -> None:
    assert _found(gazetteer, nlp, "They ate turkey from china.") == []


@pytest.mark.parametrize(
    ("text", "day", "code"),
    [
        ("George H.W. Bush", date(1990, 5, 1), "USAGOV"),
        ("George W. Bush", date(2005, 5, 1), "USAGOV"),
        ("George W. Bush", date(2015, 5, 1), "USAELI"),
        ("Vladimir Putin", date(2024, 5, 1), "RUSGOV"),
        ("Angela Merkel", date(2010, 5, 1), "DEUGOV"),
        ("Angela Merkel", date(2023, 5, 1), "DEUELI"),
    ],
)
def test_a_leader_is_what_the_office_of_the_day_says(
    text: str, day: date, code: str, gazetteer: Gazetteer, nlp: Language
) -> None:
    assert [found[2] for found in _found(gazetteer, nlp, f"{text} spoke.", day)] == [code]


@pytest.mark.parametrize("day", [date(1990, 5, 1), date(2005, 5, 1)])
def test_a_surname_alone_is_the_leader_in_office(day: date, gazetteer: Gazetteer, nlp: Language) -> None:
    assert [found[2] for found in _found(gazetteer, nlp, "Bush spoke.", day)] == ["USAGOV"]


def test_a_surname_alone_is_nobody_when_no_such_leader_is_in_office(gazetteer: Gazetteer, nlp: Language) -> None:
    assert _found(gazetteer, nlp, "Bush spoke.", date(2015, 5, 1)) == []


def test_a_state_that_is_gone_is_found_in_its_time_only(gazetteer: Gazetteer, nlp: Language) -> None:
    assert _found(gazetteer, nlp, "Soviet forces", date(1985, 5, 1))[0] == ("Soviet", "adjective", "USR")
    assert "Soviet" not in [words for words, _, _ in _found(gazetteer, nlp, "Soviet forces", date(1995, 5, 1))]
    assert _found(gazetteer, nlp, "Russia spoke.", date(1995, 5, 1)) == [("Russia", "country", "RUS")]


def test_hits_do_not_overlap_and_stand_in_order(gazetteer: Gazetteer, nlp: Language) -> None:
    text = "The North Korean foreign minister and the United States secretary of state met United Nations officials."
    hits = gazetteer.find(_doc(nlp, text))
    assert len(hits) > 3
    assert all(one.end <= other.start for one, other in zip(hits, hits[1:], strict=False))  # noqa: RUF007


def test_of_two_meanings_that_hold_the_surer_kind_is_taken() -> None:
    city, country = Entry("city", "GEO", "Georgia"), Entry("country", "USA", "Georgia")
    assert Hit(0, 1, (city, country)).on(TODAY) == country


def test_of_two_offices_the_later_one_is_taken() -> None:
    old = Entry("leader", "RUSGOV", "x", date(2000, 1, 1), date(2024, 12, 31), "RUS")
    new = Entry("leader", "RUSMIL", "x", date(2020, 1, 1), None, "RUS")
    assert Hit(0, 1, (old, new)).on(TODAY) == new


def test_a_large_city_has_its_country_and_ambiguous_ones_are_left_out(codebook: Codebook) -> None:
    found = dict(cities(codebook))
    assert (found["Kharkiv"], found["Mosul"], found["Chicago"]) == ("UKR", "IRQ", "USA")
    assert not {"Nice", "Reading", "Mobile", "Victoria"} & set(found)


@pytest.mark.parametrize(
    ("text", "day", "code"),
    [
        ("The Organization of African Unity met.", TODAY, "IGOAFROAU"),
        ("The Oromo Liberation Front spoke.", TODAY, "ETHSEP"),
        ("East Germany agreed.", TODAY, "GME"),
    ],
)
def test_a_long_name_out_of_its_time_is_still_nobody_else(
    text: str, day: date, code: str, gazetteer: Gazetteer, nlp: Language
) -> None:
    assert [found[2] for found in _found(gazetteer, nlp, text, day)] == [code]


def test_parts_of_countries_are_known_and_lie_in_countries_of_the_codebook(codebook: Codebook) -> None:
    found = dict(cities(codebook))
    assert (found["Gujarat"], found["Borno"], found["Xinjiang"], found["Texas"]) == ("IND", "NGA", "CHN", "USA")
    current = {c.code for c in codebook.countries if c.status not in {"variant", "historic", "subregion"}}
    assert {code for _, code in provinces()} <= current
    names = [name for name, _ in provinces()]
    assert len(names) == len(set(names))


def test_given_names_are_no_titles_places_or_nouns(gazetteer: Gazetteer) -> None:
    assert {"Maria", "Ahmed", "Yulia"} <= gazetteer.given_names
    assert not {"King", "General", "Jordan", "Chad", "Van"} & gazetteer.given_names


def test_a_name_at_the_end_of_a_text_ends_with_the_text(gazetteer: Gazetteer, nlp: Language) -> None:
    # Longer names begin with the same word ("South Sudan" and longer ones): fewer words are left than these have.
    for text in ("The pact was signed by United Nations", "It came from South Africa", "He flew to New York"):
        assert all(hit.end <= len(nlp(text)) for hit in gazetteer.find(_doc(nlp, text)))
