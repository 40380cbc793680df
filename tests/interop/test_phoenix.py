"""Phoenix: lost zeros, quad classes from 0, lists of sentences, rows with commas and line breaks."""

from __future__ import annotations

import pytest

from interop.conftest import Convert, only, reasons
from interop.foreign import PHOENIX_PLAIN, phoenix, tabbed


def test_a_row_as_r_writes_it_becomes_an_event(convert: Convert) -> None:
    row = only(convert("phoenix", phoenix({})).events)
    assert [row[name] for name in ("actor", "action", "target", "coder")] == ["GHAGOV", "036", "TGO", "phoenix"]
    assert (row["article_id"], row["sentence"], row["publisher"]) == ("53acd0ad", 3, "harbour_wire")
    assert (row["original_row_names"], row["original_x"], row["original_root_code"]) == ("1", "1", "3")


def test_the_original_file_without_a_header_has_26_columns(convert: Convert) -> None:
    assert len(PHOENIX_PLAIN) == 26
    cells = {"GID": "1", "Date": "20140627", "Source": "GHA", "Target": "TGO", "CAMEO": "010", "RootCode": "01"}
    assert only(convert("phoenix", tabbed(PHOENIX_PLAIN, cells)).events)["action"] == "010"


@pytest.mark.parametrize("quad_class", ["0", "1", "2", "3", "4", "NA", ""])
def test_quad_classes_go_from_0_to_4_and_ours_is_derived_from_the_action(convert: Convert, quad_class: str) -> None:
    row = only(convert("phoenix", phoenix({"QuadClass": quad_class})).events)
    assert row.get("original_quad_class", "") == quad_class
    assert "quad_class" not in row


def test_a_fifth_quad_class_means_that_the_row_is_damaged(convert: Convert) -> None:
    assert reasons(convert("phoenix", phoenix({"QuadClass": "5"}))) == [(2, "bad-quad-class")]


def test_an_event_read_in_several_sentences_names_the_first_and_keeps_the_list(convert: Convert) -> None:
    row = only(convert("phoenix", phoenix({"ID": "55bc_3;55bd_0", "sourcetxt": "wire;press;wire"})).events)
    assert (row["article_id"], row["sentence"], row["original_id_cell"]) == ("55bc", 3, "55bc_3;55bd_0")
    assert (row["publisher"], row["original_sourcetxt"]) == ("wire|press", "wire;press;wire")


def test_a_code_that_is_in_no_codebook_is_refused_and_not_shortened(convert: Convert) -> None:
    (row,) = convert("phoenix", phoenix({"CAMEO": "110", "RootCode": "1"})).refused
    assert (row.why.rule, row.why.value) == ("unknown-action", "0110")


@pytest.mark.parametrize("nothing", ["", "NA", "---", "None"])
def test_every_word_for_nothing_is_nothing(convert: Convert, nothing: str) -> None:
    assert reasons(convert("phoenix", phoenix({"CAMEO": nothing}))) == [(2, "missing-action")]
    assert reasons(convert("phoenix", phoenix({"Source": nothing}))) == [(2, "missing-actor")]


def test_a_government_of_no_known_country_is_a_role(convert: Convert) -> None:
    row = only(convert("phoenix", phoenix({"Source": "---GOV"})).events)
    assert (row["actor"], row["original_source"]) == ("GOV", "---GOV")


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        ("ROUGOV", "ROMGOV"),
        ("TLS", "TMP"),
        ("MNEMIL", "MTNMIL"),
        ("IMN", "IMY"),
        ("IGOROU", "IGOROM"),
        ("ROMGOV", "ROMGOV"),
        ("DEU", "DEU"),
        ("YEM", "YEM"),
        ("SUNREB", "SUNREB"),
        ("NAM", "NAM"),
    ],
)
def test_iso_countries_become_the_codebooks_where_a_country_stands(convert: Convert, theirs: str, ours: str) -> None:
    row = only(convert("phoenix", phoenix({"Target": theirs})).events)
    assert (row["target"], row["original_target"]) == (ours, theirs)


def test_a_code_with_a_coders_remark_in_it_is_refused(convert: Convert) -> None:
    (row,) = convert("phoenix", phoenix({"Target": "NLDGOVBUS >081004"})).refused
    assert (row.why.rule, row.why.fix) == ("bad-target", "Correct the code, as in KORGOV.")


def test_a_cell_may_hold_commas_quotes_and_line_breaks(convert: Convert) -> None:
    strange = 'TERROR,2\n"x"'
    done = convert("phoenix", phoenix({"None": strange}, {"GID": "2", "Source": ""}))
    assert only(done.events)["original_none"] == strange
    assert reasons(done) == [(4, "missing-actor")]  # the row before it takes two lines


def test_a_row_with_a_stray_quote_costs_only_itself(convert: Convert) -> None:
    text = phoenix({"GID": "1"}, {"GID": "2"}, {"GID": "3"})
    head, first, second, third = text.splitlines()
    done = convert("phoenix", "\n".join([head, first, second.replace("harbour_wire", '"har"bour'), third, ""]))
    assert set(done.events["original_id"]) == {"1", "3"}
    assert reasons(done) == [(3, "not-csv")]


def test_a_row_with_too_few_cells_is_refused(convert: Convert) -> None:
    done = convert("phoenix", phoenix({}) + "1,2,3\n")
    assert reasons(done) == [(3, "wrong-cells")]
    assert done.refused[0].why.message == "The row has 3 cells, and the file 28 columns."
