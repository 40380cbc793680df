"""Who a noun phrase means."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from whodid.codebook.model import Codebook
from whodid.coder.actors import Resolver
from whodid.coder.composed_codes import compose
from whodid.coder.parse import load_model, parse_texts
from whodid.coder.parsed import Doc
from whodid.coder.phrases import Unresolved
from whodid.coder.spelling import load_gazetteer

DAY = date(2024, 6, 21)
Resolve = Callable[..., list[str] | str]


@pytest.fixture(scope="module")
def resolver(codebook: Codebook) -> Callable[[str], Resolver]:
    nlp = load_model()
    gazetteer = load_gazetteer(codebook)

    def make(text: str) -> Resolver:
        doc: Doc = next(parse_texts(nlp, [text]))
        return Resolver(doc, gazetteer, DAY)

    return make


def _codes(resolver: Resolver, word: str) -> list[str] | str:
    token = next(token for token in resolver.doc if token.text == word)
    found = resolver.resolve(token)
    return found.reason if isinstance(found, Unresolved) else [actor.code for actor in found]


@pytest.mark.parametrize(
    ("owner", "roles", "code"),
    [
        ("KOR", "GOV", "KORGOV"),
        ("IGOUNO", "GOV", "IGOUNO"),
        ("IGOWSTNAT", "MIL", "IGOWSTNATMIL"),
        ("KORGOV", "MIL", "KORGOV"),
        ("GBR", "NGOENV", "GBRENV"),
        ("GBR", "NGO", "GBR"),
        ("IGOUNO", "NGO", "IGOUNO"),
        ("IGOUNO", "NGOHLH", "IGOUNOHLH"),
    ],
)
def test_owner_and_roles_make_one_code(owner: str, roles: str, code: str) -> None:
    assert compose(owner, roles) == code


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "word", "codes"),
    [
        ("Russia attacked.", "Russia", ["RUS"]),
        ("Iran-backed militias in Iraq attacked a base.", "militias", ["IRQUAF"]),
        ("The pro-Iranian militias attacked a base.", "militias", ["UAF"]),
        ("Three of the Chadian soldiers left.", "Three", ["TCDMIL"]),
        ("A Danish welder left.", "welder", ["DNKLAB"]),
        ("The Uruguayan capital was quiet.", "capital", ["URY"]),
        ("A Mossad agent left.", "agent", ["ISRSPY"]),
        ("Peter Baker left Kenya.", "Baker", ["KENCVL"]),
        ("The Russian ambassador left.", "ambassador", ["RUSGOV"]),
        ("Germany's chancellor left.", "chancellor", ["DEUGOV"]),
        ("Maria Lopez, the foreign minister of Ecuador, left.", "Lopez", ["ECUGOV"]),
        ("The presidents of Peru and Chile met.", "presidents", ["PERGOV", "CHLGOV"]),
        ("Soldiers loyal to Libya's general left.", "Soldiers", ["LBYMIL"]),
        ("Police arrested dozens of Hamas members.", "dozens", ["PSEREBHMS"]),
        ("Pakistan's Supreme Court spoke.", "Court", ["PAKJUD"]),
        ("NATO Secretary General Anna Muster spoke.", "Muster", ["IGOWSTNAT"]),
        ("Kremlin spokesman Ivan Petrov spoke.", "Petrov", ["RUSGOV"]),
        ("The police spoke.", "police", ["COP"]),
        ("Xylophonia spoke.", "Xylophonia", "no table knows these words"),
        ("It rained.", "It", "a pronoun that stands for nobody known"),
    ],
)
def test_a_phrase_means_whom_its_words_name(
    text: str, word: str, codes: list[str] | str, resolver: Callable[[str], Resolver]
) -> None:
    assert _codes(resolver(text), word) == codes


@pytest.mark.model
def test_the_reason_says_which_words_led_to_the_code(resolver: Callable[[str], Resolver]) -> None:
    reader = resolver("The Russian ambassador left.")
    found = reader.resolve(reader.doc[2])
    assert not isinstance(found, Unresolved)
    assert found[0].why == "'ambassador' is GOV, RUS stands before it"
    assert reader.doc[found[0].start : found[0].end].text == "The Russian ambassador"


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "first", "later", "code"),
    [
        ("Vladimir Petrov, Russia's envoy, spoke. Later Petrov left.", "envoy", 10, "RUSGOV"),
        ("The Russian Foreign Ministry spoke. The ministry left.", "Ministry", 7, "RUSGOV"),
        ("North Korea spoke. The North left.", "Korea", 5, "PRK"),
        ("South Korean activists marched. Police stopped the activists.", "activists", 8, "KOROPP"),
        ("Ecuador's ambassador spoke. Ambassador Juan Perez left.", "ambassador", 7, "ECUGOV"),
    ],
)
def test_what_was_named_once_is_known_later(
    text: str, first: str, later: int, code: str, resolver: Callable[[str], Resolver]
) -> None:
    reader = resolver(text)
    if first == "envoy":
        assert _codes(reader, "Petrov") == ["RUSGOV"]
    else:
        _codes(reader, first)
    found = reader.resolve(reader.doc[later])
    assert not isinstance(found, Unresolved), found
    assert found[0].code == code


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "word", "codes"),
    [
        # Things and places stand for whose they are, made or owned; places for where they lie, too.
        ("They seized an Iranian missile.", "missile", ["IRN"]),
        ("Jets bombed an army camp.", "camp", ["MIL"]),
        ("Jets bombed the positions of Hezbollah.", "positions", ["LBNREBHEZ"]),
        ("The villages of Mali burned.", "villages", ["MLICVL"]),
        ("They shelled an area near Aleppo.", "area", ["SYR"]),
        ("The missiles fired by the Israeli military fell.", "missiles", ["ISRMIL"]),
        ("The military plans changed.", "plans", "no table knows these words"),
        ("A rocket fell.", "rocket", "no table knows these words"),
        # Parts and members.
        ("NATO allies agreed.", "allies", ["IGOWSTNAT"]),
        ("Southeast Asian nations agreed.", "nations", ["SEA"]),
        ("A spokesman for the Afghan president spoke.", "spokesman", ["AFGGOV"]),
        ("Forces loyal to the Libyan general left.", "Forces", ["LBYMIL"]),
        ("The Syrian army command spoke.", "command", ["SYRMIL"]),
        ("They helped groups such as Oxfam.", "groups", ["NGOXFM"]),
        # Names that no table has, with a country in them or around them.
        ("The Estonian Muster Centre signed it.", "Centre", ["EST"]),
        ("A Danish court heard Maria Mustermann.", "Mustermann", ["DNKCVL"]),
        ("Mr. Mustermann met Mrs. Beispiel.", "Mustermann", ["CVL"]),
        ("They praised Falcon Mustermann.", "Mustermann", "no table knows these words"),
        ("Kenyan troops left the country.", "country", ["KEN"]),
        ("Kenyan and Somali troops left the country.", "country", "no table knows these words"),
        # People out of office.
        ("Gorbachev spoke.", "Gorbachev", ["USRELI"]),
        ("Obama spoke.", "Obama", ["USAELI"]),
        ("Falcon Obama spoke.", "Obama", "no table knows these words"),
        # Parts of countries.
        ("The Gujarat government spoke.", "government", ["INDGOV"]),
        ("Police in Borno spoke.", "Police", ["NGACOP"]),
        ("His Jordanian counterpart spoke.", "counterpart", ["JORGOV"]),
    ],
)
def test_what_no_table_names_is_whose_the_words_around_it_say(
    text: str, word: str, codes: list[str] | str, resolver: Callable[[str], Resolver]
) -> None:
    assert _codes(resolver(text), word) == codes


@pytest.mark.model
def test_a_person_named_in_full_is_known_by_the_surname_later(resolver: Callable[[str], Resolver]) -> None:
    reader = resolver("Norwegian police questioned Maria Mustermann. Mustermann left.")
    assert _codes(reader, "Mustermann") == ["NORCVL"]
    later = reader.resolve(reader.doc[6])
    assert not isinstance(later, Unresolved)
    assert later[0].code == "NORCVL"


@pytest.mark.model
def test_a_number_of_those_named_before_has_its_own_words(resolver: Callable[[str], Resolver]) -> None:
    reader = resolver("Kenyan soldiers left. Gunmen attacked two of them.")
    _codes(reader, "soldiers")
    number = next(token for token in reader.doc if token.text == "two")
    found = reader.resolve(number)
    assert not isinstance(found, Unresolved), found
    assert (found[0].code, found[0].start < found[0].end) == ("KENMIL", True)
