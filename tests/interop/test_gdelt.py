"""GDELT 1.0 and 2.0: layouts told apart by their columns, codes and dates as they are."""

from __future__ import annotations

import pytest

from interop.conftest import Convert, only, reasons
from interop.foreign import GDELT_NEW, GDELT_OLD, gdelt
from whodid.errors import ConversionError


def test_a_row_of_gdelt_1_becomes_an_event_and_keeps_what_we_do_not_read(convert: Convert) -> None:
    row = only(convert("gdelt", gdelt({})).events)
    assert [row[name] for name in ("actor", "action", "target")] == ["GHAGOV", "036", "TGO"]
    assert row["date"].isoformat()[:10] == "2016-07-21"  # type: ignore[attr-defined]
    assert (row["coder"], row["original_id"], row["original_line"]) == ("gdelt@1.0", "900000001", 1)
    assert (row["actor_name"], row["target_name"], row["publisher"]) == ("ACCRA", "TOGO", "harbourwire.example")
    assert row["article_id"] == "http://www.harbourwire.example/2016/07/accra-lome"
    assert (row["original_quad_class"], row["original_goldstein_scale"], row["original_avg_tone"]) == (
        "1",
        "4.0",
        "-1.5",
    )


def test_what_gdelt_does_not_say_is_null(convert: Convert) -> None:
    row = only(convert("gdelt", gdelt({})).events)
    absent = {"date_basis", "sentence", "actor_text", "action_start", "target_end", "published", "confidence", "note"}
    assert not absent & set(row)


def test_gdelt_2_is_known_by_its_61_columns_and_its_date_added_of_14_digits(convert: Convert) -> None:
    assert (len(GDELT_OLD), len(GDELT_NEW)) == (58, 61)
    added = {"DATEADDED": "20170101073000", "ActionGeo_ADM2Code": "GH01"}
    row = only(convert("gdelt", gdelt(added, names=GDELT_NEW)).events)
    assert (row["coder"], row["original_dateadded"]) == ("gdelt@2.0", "20170101073000")
    assert row["original_action_geo_adm2_code"] == "GH01"


def test_rows_from_before_gdelt_had_addresses_have_57_columns_and_no_article(convert: Convert) -> None:
    whole = gdelt({"GLOBALEVENTID": "1"})
    short = gdelt({"GLOBALEVENTID": "2"}, names=GDELT_OLD[:-1])
    for text in (whole + short, short + whole):
        events = convert("gdelt", text).events.set_index("original_id")
        assert events["article_id"].isna().to_dict() == {"1": False, "2": True}


def test_a_file_with_a_header_is_read_by_its_names_in_whatever_order(convert: Convert) -> None:
    names = tuple(reversed(GDELT_OLD))
    row = only(convert("gdelt", gdelt({}, names=names, has_header=True)).events)
    assert (row["actor"], row["original_line"]) == ("GHAGOV", 2)


def test_a_header_of_a_spreadsheet_with_commas_and_other_case_is_read_too(convert: Convert) -> None:
    text = gdelt({}, has_header=True).replace("\t", ",").replace("GLOBALEVENTID", "GlobalEventID")
    assert only(convert("gdelt", text).events)["action"] == "036"


def test_rows_without_an_actor_or_a_target_are_refused_with_their_line(convert: Convert) -> None:
    done = convert("gdelt", gdelt({"Actor1Code": ""}, {"GLOBALEVENTID": "2"}, {"Actor2Code": "---"}))
    assert reasons(done) == [(1, "missing-actor"), (3, "missing-target")]
    assert len(done.events) == 1


@pytest.mark.parametrize(
    ("code", "root", "expected"),
    [
        ("10", "1", "010"),
        ("10", "10", "10"),
        ("20", "2", "020"),
        ("20", "20", "20"),
        ("311", "3", "0311"),
        ("010", "01", "010"),
    ],
)
def test_a_lost_zero_is_restored_from_the_root_beside_it(convert: Convert, code: str, root: str, expected: str) -> None:
    row = only(convert("gdelt", gdelt({"EventCode": code, "EventRootCode": root})).events)
    assert (row["action"], row["original_event_code"]) == (expected, code)


def test_a_code_that_is_not_of_its_root_is_refused(convert: Convert) -> None:
    done = convert("gdelt", gdelt({"EventCode": "112", "EventRootCode": "14"}))
    (row,) = done.refused
    assert row.why.message == "The action '112' is not of the root '14' that stands beside it."


def test_shifted_cells_show_in_the_quad_class(convert: Convert) -> None:
    done = convert("gdelt", gdelt({"QuadClass": "-5.0"}))
    assert reasons(done) == [(1, "bad-quad-class")]


def test_a_file_of_another_kind_is_refused_as_a_whole(convert: Convert) -> None:
    with pytest.raises(ConversionError) as error:
        convert("gdelt", "a\tb\tc\n")
    assert str(error.value).endswith(
        "foreign.csv:1: The file does not look like GDELT: its first line has 3 cells and is no header. "
        "GDELT has 58 or 61 columns without a header, or a header with its names."
    )
