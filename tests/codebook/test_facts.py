"""Facts of the codebook, held against what their sources say."""

from __future__ import annotations

import pytest

from whodid.codebook.model import Codebook

# CAMEO manual 1.1b3 (2012), chapter 2: all 318 event codes, root by root.
CAMEO = """
01 010 011 012 013 014 015 016 017 018 019
02 020 021 0211 0212 0213 0214 022 023 0231 0232 0233 0234 024 0241 0242 0243 0244 025 0251 0252 0253 0254 0255 0256 026 027
028
03 030 031 0311 0312 0313 0314 032 033 0331 0332 0333 0334 034 0341 0342 0343 0344 035 0351 0352 0353 0354 0355 0356 036 037
038 039
04 040 041 042 043 044 045 046
05 050 051 052 053 054 055 056 057
06 060 061 062 063 064
07 070 071 072 073 074 075
08 080 081 0811 0812 0813 0814 082 083 0831 0832 0833 0834 084 0841 0842 085 086 0861 0862 0863 087 0871 0872 0873 0874
09 090 091 092 093 094
10 100 101 1011 1012 1013 1014 102 103 1031 1032 1033 1034 104 1041 1042 1043 1044 105 1051 1052 1053 1054 1055 1056 106 107
108
11 110 111 112 1121 1122 1123 1124 1125 113 114 115 116
12 120 121 1211 1212 1213 1214 122 1221 1222 1223 1224 123 1231 1232 1233 1234 124 1241 1242 1243 1244 1245 1246 125 126 127
128 129
13 130 131 1311 1312 1313 132 1321 1322 1323 1324 133 134 135 136 137 138 1381 1382 1383 1384 1385 139
14 140 141 1411 1412 1413 1414 142 1421 1422 1423 1424 143 1431 1432 1433 1434 144 1441 1442 1443 1444 145 1451 1452 1453
1454
15 150 151 152 153 154 155
16 160 161 162 1621 1622 1623 163 164 165 166 1661 1662 1663
17 170 171 1711 1712 172 1721 1722 1723 1724 173 174 175 176
18 180 181 182 1821 1822 1823 183 1831 1832 1833 1834 184 185 186
19 190 191 192 193 194 195 1951 1952 196
20 200 201 202 203 204 2041 2042
"""

# Goldstein: GDELT's CAMEO scale lookup, ICEWS intensities. Quad class: GDELT event codebook 2.0, ICEWS.
# PLOVER: the Open Event Data Alliance's conversion table (event, mode, context).
VALUES = [
    # code, Goldstein by GDELT and ICEWS, quad class by GDELT and ICEWS, PLOVER
    ("016", -2.0, -5.0, 1, 1, None),
    ("022", 3.2, 3.4, 1, 1, None),
    ("036", 4.0, 4.0, 1, 1, ("AGREE", "", "diplomatic")),
    ("042", 1.9, 1.9, 1, 1, ("CONSULT", "visit", "")),
    ("09", -2.0, -2.0, 2, 3, ("ACCUSE", "", "")),
    ("1031", -5.0, -5.0, 3, 3, ("REQUEST", "assist", "economic")),
    ("114", -2.0, -2.0, 3, 3, ("ACCUSE", "allege", "diplomatic")),
    ("14", -6.5, -6.5, 3, 4, ("PROTEST", "", "")),
    ("163", -8.0, -8.0, 4, 4, ("COERCE", "restrict", "diplomatic")),
    ("164", -7.0, -6.5, 4, 4, ("SANCTION", "withdraw", "diplomatic")),
    ("165", -6.5, -7.0, 4, 4, ("SANCTION", "withdraw", "diplomatic")),
    ("173", -5.0, -5.0, 4, 4, ("COERCE", "arrest", "legal")),
    ("195", -10.0, -10.0, 4, 4, ("ASSAULT", "heavy-weapons", "military")),
    ("203", -10.0, -10.0, 4, 4, ("ASSAULT", "cleansing", "religion_ethnicity")),
]

# CAMEO manual, chapter 3, and ISO 3166-1: the codebook's code, and ISO's where there is one.
NOT_ISO = {
    "BAG": "", "CZA": "CSK", "FRY": "YUG", "GME": "DDR", "GMW": "DEU", "GZS": "", "IMY": "IMN", "KAS": "", "KSV": "XKX",
    "MTN": "MNE", "ROM": "ROU", "TER": "", "TMP": "TLS", "USR": "SUN", "WSB": "", "YMN": "YEM", "YMS": "YMD",
}  # fmt: skip


def test_all_318_codes_of_cameo_are_there_and_no_others(codebook: Codebook) -> None:
    assert len(CAMEO.split()) == 318
    assert sorted(codebook.actions) == sorted(CAMEO.split())


def test_the_codes_come_root_by_root(codebook: Codebook) -> None:
    roots = [action.root for action in codebook.actions.values()]
    assert roots == sorted(roots)
    assert len(set(roots)) == 20


def test_every_code_says_what_it_means_when_to_use_it_and_when_not(codebook: Codebook) -> None:
    for action in codebook.actions.values():
        texts = (action.label, action.definition, action.use, action.not_for)
        assert all(text.strip() for text in texts), action.code
        assert len(set(texts)) == 4, action.code


def test_every_code_without_sub_codes_has_two_examples_with_all_three_marks(codebook: Codebook) -> None:
    for action in codebook.actions.values():
        if codebook.is_leaf(action.code):
            assert len(action.examples) >= 2, action.code
        for example in action.examples:
            assert all(example.spans(role) for role in ("actor", "action", "target")), (example.file, example.line)


def test_no_sentence_is_an_example_of_two_codes(codebook: Codebook) -> None:
    texts = [
        example.text for action in codebook.actions.values() for example in (*action.examples, *action.near_misses)
    ]
    assert sorted(text for text in set(texts) if texts.count(text) > 1) == []


@pytest.mark.parametrize(("code", "gdelt", "icews", "quad_gdelt", "quad_icews", "plover"), VALUES)
def test_scores_quad_classes_and_plover_are_those_of_the_sources(
    codebook: Codebook, code: str, gdelt: float, icews: float, quad_gdelt: int, quad_icews: int, plover: object
) -> None:
    assert codebook.goldstein_score(code, "gdelt") == gdelt
    assert codebook.goldstein_score(code, "icews") == icews
    assert codebook.quad_class(code, "gdelt") == quad_gdelt
    assert codebook.quad_class(code, "icews") == quad_icews
    row = codebook.plover_of(code)
    assert (row and (row.event, row.mode, row.context)) == plover


@pytest.mark.parametrize(
    ("code", "parent"),
    [("155", "15"), ("176", "17"), ("1214", "121"), ("1834", "183"), ("1951", "195"), ("1952", "195")],
)
def test_a_code_without_a_published_score_has_its_parents(codebook: Codebook, code: str, parent: str) -> None:
    assert codebook.goldstein_score(code) == codebook.goldstein_score(parent)


def test_the_scheme_that_codebook_yaml_names_is_the_default(codebook: Codebook) -> None:
    assert (codebook.meta.goldstein_scheme, codebook.meta.quad_class_scheme) == ("gdelt", "icews")
    assert codebook.goldstein_score("016") == -2.0
    assert codebook.quad_class("141") == 4


def test_roots_01_and_02_have_no_plover_event_and_all_others_have_one(codebook: Codebook) -> None:
    without = {action.root for action in codebook.actions.values() if codebook.plover_of(action.code) is None}
    assert without == {"01", "02"}


def test_there_are_260_country_codes_each_once(codebook: Codebook) -> None:
    codes = [country.code for country in codebook.countries]
    assert len(codes) == len(set(codes)) == 260


def test_the_codes_that_differ_from_iso_are_these(codebook: Codebook) -> None:
    assert {c.code: c.iso3 for c in codebook.countries if c.code != c.iso3} == NOT_ISO


def test_iso_codes_that_cameo_data_hold_as_well_are_variants(codebook: Codebook) -> None:
    assert {c.code for c in codebook.countries if c.status == "variant"} == {"CSK", "DDR", "MNE", "ROU"}


@pytest.mark.parametrize(
    ("code", "words"),
    [("RUS", "Kremlin"), ("USA", "White House"), ("KOR", "Blue House"), ("GBR", "Downing Street")],
)
def test_words_for_governments_are_there(codebook: Codebook, code: str, words: str) -> None:
    [country] = [country for country in codebook.countries if country.code == code]
    assert words in country.government_words


@pytest.mark.parametrize("noun", ["ambassador", "soldier", "protester", "rebel", "police"])
def test_agent_nouns_are_there(codebook: Codebook, noun: str) -> None:
    assert noun in {agent.noun for agent in codebook.agents}
