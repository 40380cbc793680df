"""Derived columns that no longer say what the codebook says."""

from __future__ import annotations

from event_samples import MakeEvents
from whodid.checks.derived import derived_faults, has_derived
from whodid.codebook.model import Codebook
from whodid.events.enrich import enrich


def test_what_enrich_made_is_no_finding(make_events: MakeEvents, codebook: Codebook) -> None:
    frame = enrich(make_events(action=["112", "016", "010"], target=["INT", "RUS", "IGOUNO"]), codebook)
    assert has_derived(frame)
    assert derived_faults(frame, codebook) == []


def test_a_table_without_derived_columns_has_nothing_to_compare(make_events: MakeEvents, codebook: Codebook) -> None:
    assert not has_derived(make_events())
    assert derived_faults(make_events(), codebook) == []


def test_a_typed_in_value_is_found(make_events: MakeEvents, codebook: Codebook) -> None:
    frame = enrich(make_events(action=["112", "190"]), codebook).assign(root=["11", "18"])
    assert [str(fault) for fault in derived_faults(frame, codebook)] == [
        f"row 1: column 'root': root is '18', but the codebook {codebook.label} gives '19'. "
        "Enrich the table again with this codebook, or leave the derived columns out."
    ]


def test_null_is_not_the_same_as_a_value(make_events: MakeEvents, codebook: Codebook) -> None:
    frame = enrich(make_events(), codebook).assign(actor_country=None, target_role="MIL")
    assert [(f.column, f.value, f.message.partition(", but")[0]) for f in derived_faults(frame, codebook)] == [
        ("actor_country", None, "actor_country is null"),
        ("target_role", "MIL", "target_role is 'MIL'"),
    ]


def test_a_value_of_another_scheme_is_told_as_such(make_events: MakeEvents, codebook: Codebook) -> None:
    frame = enrich(make_events(action="016"), codebook, goldstein_scheme="icews")
    assert [str(fault) for fault in derived_faults(frame, codebook)] == [
        f"row 0: column 'goldstein': goldstein is -5, but the codebook {codebook.label} gives -2. "
        "That is the value of the scheme 'icews', which is not the codebook's own. "
        "Enrich the table again with this codebook, or leave the derived columns out."
    ]


def test_rows_are_numbered_as_in_the_file_although_some_are_left_out(
    make_events: MakeEvents, codebook: Codebook
) -> None:
    frame = enrich(make_events(action=["999", "112", "190"]), codebook).assign(root=["99", "11", "00"])
    frame.loc[1, "target"] = None
    assert [(f.row, f.column) for f in derived_faults(frame, codebook)] == [(2, "root")]
