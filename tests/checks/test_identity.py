"""Ids that are not their rows', and codings that stand twice."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from event_samples import EVENT, MakeEvents
from whodid.checks.identity import identity_faults
from whodid.events.files import EventFile


def sentences(*frames: pd.DataFrame) -> list[str]:
    files = [EventFile(Path(f"{name}.parquet"), frame) for name, frame in zip("ab", frames, strict=False)]
    return [str(fault) for fault in identity_faults(files)]


def test_ids_that_follow_from_their_rows_are_no_findings(make_events: MakeEvents) -> None:
    assert sentences(make_events(target=["RUS", "PRK"]), make_events(coder="ben")) == []


def test_a_row_that_was_edited_has_the_wrong_id(make_events: MakeEvents) -> None:
    frame = make_events().assign(target="PRK")
    right = make_events(target="PRK")["event_id"][0]
    assert sentences(frame) == [
        f"a.parquet, row 0: column 'event_id': event_id is '{EVENT.event_id}', but the row's identifying columns give "
        f"'{right}'. The row was changed after its id was made: undo that, or set event_id to '{right}'."
    ]


def test_one_id_in_two_files_is_found(make_events: MakeEvents) -> None:
    assert sentences(make_events(), make_events()) == [
        f"b.parquet, row 0: column 'event_id': The event_id '{EVENT.event_id}' also stands in a.parquet, row 0. "
        "Keep one of the rows; if one file is a copy of the other, give only one of them."
    ]


def test_one_coding_under_two_ids_is_found(make_events: MakeEvents) -> None:
    frame = make_events(sentence=0, event_id=[EVENT.event_id, "0" * 16])
    assert sentences(frame)[1] == (
        f"a.parquet, row 1: column 'event_id': The coder 'anna' has the same coding in row 0 under the event_id "
        f"'{EVENT.event_id}'. Keep one of the rows."
    )


def test_two_coders_may_agree(make_events: MakeEvents) -> None:
    assert sentences(make_events(sentence=0, coder=["anna", "ben"])) == []


def test_rows_with_nulls_have_no_id_to_compare(make_events: MakeEvents) -> None:
    assert sentences(make_events(target=[None, "RUS"], actor_end=[None, 11])) == []
