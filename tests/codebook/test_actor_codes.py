"""The grammar of composed actor codes."""

from __future__ import annotations

import pytest

from whodid.codebook.actor_codes import ActorCodes, ActorParts, InvalidActor
from whodid.codebook.model import Codebook


@pytest.fixture(scope="module")
def codes(codebook: Codebook) -> ActorCodes:
    return ActorCodes(codebook)


def reason(codes: ActorCodes, code: str) -> str:
    found = codes.parse(code)
    assert isinstance(found, InvalidActor), found
    return f"{found.reason} {found.fix}"


@pytest.mark.parametrize(
    ("code", "parts"),
    [
        ("KOR", ActorParts("domestic", country="KOR")),
        ("KORGOV", ActorParts("domestic", country="KOR", roles=("GOV",))),
        ("KORGOVMIL", ActorParts("domestic", country="KOR", roles=("GOV", "MIL"))),
        ("USAGOVPTY", ActorParts("domestic", country="USA", roles=("GOV", "PTY"))),
        ("USAOPPPTY", ActorParts("domestic", country="USA", roles=("OPP", "PTY"))),
        ("TURkur", ActorParts("domestic", country="TUR", identities=("kur",))),
        ("IRQSUN", ActorParts("domestic", country="IRQ", identities=("SUN",))),
        ("IRQREBSUN", ActorParts("domestic", country="IRQ", roles=("REB",), identities=("SUN",))),
        ("SRBKSV", ActorParts("domestic", country="SRB", region="KSV")),
        ("IGOUNO", ActorParts("international", roles=("IGO",), organisations=("UNO",))),
        ("IGOEUR", ActorParts("international", region="EUR", roles=("IGO",))),
        ("MNCUSA", ActorParts("international", country="USA", roles=("MNC",))),
        ("NGOHLH", ActorParts("international", roles=("NGO", "HLH"))),
        ("EUR", ActorParts("region", region="EUR")),
        ("INT", ActorParts("international", roles=("INT",))),
        ("UIS", ActorParts("international", roles=("UIS",))),
        ("REB", ActorParts("role", roles=("REB",))),
        ("SUN", ActorParts("identity", identities=("SUN",))),
    ],
)
def test_each_group_is_read_in_its_position(codes: ActorCodes, code: str, parts: ActorParts) -> None:
    assert codes.parse(code) == parts


@pytest.mark.parametrize("code", ["USAPTY", "USAREBPTY", "USAGOVMILPTY"])
def test_a_party_stands_only_after_gov_or_opp(codes: ActorCodes, code: str) -> None:
    previous = code[-6:-3]
    assert reason(codes, code) == (
        f"PTY in '{code}' follows {previous}; a party follows GOV or OPP. Write GOVPTY or OPPPTY."
    )


def test_ethnic_groups_are_lower_case(codes: ActorCodes) -> None:
    assert codes.identities["kur"].startswith("Kurd")
    assert "KUR" not in codes.identities


def test_med_is_the_media_behind_a_country_and_alone(codes: ActorCodes) -> None:
    assert codes.parse("IRQMED") == ActorParts("domestic", country="IRQ", roles=("MED",))
    assert codes.parse("MED") == ActorParts("role", roles=("MED",))
    assert reason(codes, "MEDITA") == (
        "'ITA' (in 'MEDITA') is no role, identity or organisation that can stand there. "
        "ITA is a country, which stands in front, or after IGO, IMG, MNC, NGO or NGM."
    )


def test_slv_is_el_salvador_in_front_and_nothing_behind_a_country(codes: ActorCodes) -> None:
    assert codes.parse("SLVGOV") == ActorParts("domestic", country="SLV", roles=("GOV",))
    assert reason(codes, "RUSSLV").startswith("'SLV' (in 'RUSSLV') is no role, identity or organisation")


def test_two_countries_make_no_actor(codes: ActorCodes) -> None:
    assert reason(codes, "KORUSA").endswith(
        "USA is a country, which stands in front, or after IGO, IMG, MNC, NGO or NGM."
    )


@pytest.mark.parametrize("first", ["INT", "UIS"])
def test_unspecified_actors_stand_alone(codes: ActorCodes, first: str) -> None:
    assert reason(codes, f"{first}GOV") == f"{first} stands alone, but '{first}GOV' goes on. Write {first}."


def test_an_iso_code_gives_the_codebooks_own(codes: ActorCodes) -> None:
    assert reason(codes, "TLSGOV") == (
        "'TLS' (in 'TLSGOV') is no country, region, role or group. TLS is the ISO code; the codebook's is 'TMP'."
    )


def test_rou_is_read_as_a_variant_of_rom(codes: ActorCodes) -> None:
    assert codes.parse("ROUGOV") == ActorParts("domestic", country="ROU", roles=("GOV",))
    assert codes.variants["ROU"] == "ISO code; the codebook's own is ROM"
    assert codes.iso_to_cameo["ROU"] == "ROM"


def test_a_code_in_small_letters_is_corrected(codes: ActorCodes) -> None:
    assert reason(codes, "korgov") == (
        "'kor' (in 'korgov') is no country, region, role or group. Codes are in capitals: did you mean 'KOR'?"
    )


def test_a_mistyped_group_is_corrected(codes: ActorCodes) -> None:
    assert reason(codes, "KORGOX") == (
        "'GOX' (in 'KORGOX') is no role, identity or organisation that can stand there. Did you mean 'GOV'? "
        "Correct it, or add the code to codebook/actors with its source."
    )


@pytest.mark.parametrize("code", ["K", "KO", "KORGO"])
def test_a_code_is_composed_of_three_letter_groups(codes: ActorCodes, code: str) -> None:
    assert reason(codes, code) == (
        f"The actor code '{code}' has {len(code)} characters, which is no multiple of three. "
        "Compose it of three-letter groups, such as KOR + GOV."
    )


def test_an_empty_code_is_no_actor(codes: ActorCodes) -> None:
    assert reason(codes, "") == "The actor code is empty. Give a code, or set the row aside as not codable."


def test_every_code_that_the_codebook_itself_uses_is_valid(codes: ActorCodes, codebook: Codebook) -> None:
    named = {actor.code for actor in (*codebook.bodies, *codebook.organisations, *codebook.groups)}
    held = {f"{leader.country}{leader.roles}" for leader in codebook.leaders}
    assert sorted(code for code in named | held if isinstance(codes.parse(code), InvalidActor)) == []
