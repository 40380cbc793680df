"""ICEWS: countries and sectors in words, ids that start again, NA beside Namibia."""

from __future__ import annotations

import pytest

from interop.conftest import Convert, only, reasons
from interop.foreign import icews


def test_country_and_sectors_in_words_become_a_code(convert: Convert) -> None:
    row = only(convert("icews", icews({})).events)
    assert [row[name] for name in ("actor", "action", "target", "coder")] == ["GHAGOV", "040", "TGO", "icews"]
    assert (row["article_id"], row["publisher"], row["actor_name"]) == (
        "47000001",
        "Harbour Wire",
        "Foreign Affairs (Ghana)",
    )
    assert row["original_source_sectors"] == "Executive,Foreign Ministry,Government"


def test_sentences_count_from_zero(convert: Convert) -> None:
    events = convert(
        "icews", icews({}, {"Event ID": "2", "Sentence Number": "1"}, {"Event ID": "3", "Sentence Number": "NA"})
    )
    found = events.events.set_index("original_id")["sentence"]
    assert (found["32000001"], found["2"]) == (1, 0)
    assert found.isna()["3"]


@pytest.mark.parametrize(
    ("sectors", "role"),
    [
        ("NA", ""),
        ("Government,Police", "COP"),
        ("Police,Government", "COP"),
        ("Military,Government", "MIL"),
        ("Government,Marines,Executive,Defense / Security Ministry,Military", "GOV"),
        ("Dissident,Insurgents,International Religious,Muslim", "INS"),
        ("Parties,Opposition Major Party (Out Of Government),Center Left", "OPPPTY"),
        ("Legal,Social", "CVL"),
        ("Ideological,Center Right", ""),
    ],
)
def test_of_several_sectors_the_one_with_the_smallest_rank_gives_the_role(
    convert: Convert, sectors: str, role: str
) -> None:
    assert only(convert("icews", icews({"Source Sectors": sectors})).events)["actor"] == f"GHA{role}"


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("Romania", "ROM"),
        ("Montenegro", "MTN"),
        ("Timor-Leste", "TMP"),
        ("Namibia", "NAM"),
        ("Moldova, Republic of", "MDA"),
        ("the former Yugoslav Republic of Macedonia", "MKD"),
        ("Germany", "DEU"),
        ("Yemen", "YEM"),
    ],
)
def test_country_words_become_the_codebooks_codes_and_not_isos(convert: Convert, words: str, code: str) -> None:
    assert only(convert("icews", icews({"Target Country": words, "Target Name": "x"})).events)["target"] == code


def test_na_is_no_country_and_namibia_is_one(convert: Convert) -> None:
    nobody = {"Source Country": "NA", "Source Sectors": "NA", "Source Name": "Kim Example"}
    done = convert("icews", icews({"Source Country": "Namibia", "Source Sectors": "NA"}, nobody))
    assert only(done.events)["actor"] == "NAM"
    assert reasons(done) == [(3, "unknown-actor")]
    assert "'Kim Example' has no country, and no name or sector that the codebook knows." in done.refused[0].why.message


@pytest.mark.parametrize(
    ("name", "sectors", "code"),
    [
        ("United Nations", "International Government Organization,Global", "IGOUNO"),
        ("Someone of a bank", "International Government Organization,Global", "IGO"),
        ("Al-Example", "International Dissident,International Insurgents", "IMG"),
        ("Africa", "NA", "AFR"),
        ("Unidentified State Actor", "NA", "UIS"),
        ("Citizen (Unidentified State Actor)", "General Population / Civilian / Social,Social", "CVL"),
    ],
)
def test_actors_without_a_country_are_known_by_name_or_by_kind(
    convert: Convert, name: str, sectors: str, code: str
) -> None:
    change = {"Source Country": "NA", "Source Sectors": sectors, "Source Name": name}
    assert only(convert("icews", icews(change)).events)["actor"] == code


def test_a_country_that_no_table_knows_is_refused_with_the_fix(convert: Convert) -> None:
    (row,) = convert("icews", icews({"Target Country": "Ruritania"})).refused
    assert f"{row.why.message} {row.why.fix}" == (
        "The codebook knows no country 'Ruritania'. "
        "Add a line for it to codebook/crosswalks/actor_words.csv, with its source."
    )


def test_an_id_that_starts_again_in_another_year_is_another_event(convert: Convert) -> None:
    events = convert("icews", icews({}, {"Event Date": "2019-06-01"})).events
    assert events["original_id"].tolist() == ["32000001", "32000001"]
    assert events["event_id"].is_unique


def test_the_same_row_a_second_time_is_refused(convert: Convert) -> None:
    done = convert("icews", icews({}, {}, {"Event ID": "2"}))
    assert (len(done.events), reasons(done)) == (2, [(3, "duplicate")])


@pytest.mark.parametrize(
    ("code", "label", "expected"),
    [("10", "Make statement", "010"), ("20", "Make an appeal or request", "020"), ("190", "Use force", "190")],
)
def test_a_lost_zero_is_restored_from_the_printed_label(convert: Convert, code: str, label: str, expected: str) -> None:
    assert only(convert("icews", icews({"CAMEO Code": code, "Event Text": label})).events)["action"] == expected


def test_a_code_that_may_have_lost_a_zero_is_refused_where_nothing_tells(convert: Convert) -> None:
    done = convert("icews", icews({"CAMEO Code": "10", "Event Text": "NA"}, {"CAMEO Code": "311", "Event Text": ""}))
    assert [row.why.rule for row in done.refused] == ["ambiguous-action", "ambiguous-action"]
    assert done.refused[0].why.message == (
        "'10' may have lost a leading zero: it could be '10' or '010', and nothing else in the row says so."
    )


def test_a_header_without_a_column_that_is_needed_is_refused(convert: Convert) -> None:
    from whodid.errors import ConversionError

    with pytest.raises(ConversionError, match=r"lacks 'Source Country'. Give a file of ICEWS with all its columns"):
        convert("icews", icews({}).replace("Source Country", "Somewhere"))
