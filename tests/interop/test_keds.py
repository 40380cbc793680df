"""KEDS: lines without columns, short years, no ids, and files that are coded in WEIS."""

from __future__ import annotations

import pytest

import whodid as wd
from interop.conftest import Convert, only, reasons
from whodid.codebook.model import Codebook
from whodid.errors import ConversionError

LINE = "790415\tJOR\tEGYGOV\t112\t(ACCUSE)\tBREAK RELATIONS\n"


def test_a_line_becomes_an_event_and_keeps_label_and_remark(convert: Convert) -> None:
    row = only(convert("keds", LINE).events)
    assert [row[name] for name in ("actor", "action", "target", "coder")] == ["JOR", "112", "EGYGOV", "keds"]
    assert str(row["date"])[:10] == "1979-04-15"
    assert (row["original_label"], row["original_remark"], row["original_date"]) == (
        "ACCUSE",
        "BREAK RELATIONS",
        "790415",
    )
    assert "original_id" not in row


@pytest.mark.parametrize(("written", "year"), [("460101", 1946), ("991231", 1999), ("000101", 2000), ("450101", 2045)])
def test_short_years_begin_in_1946(convert: Convert, written: str, year: int) -> None:
    row = only(convert("keds", LINE.replace("790415", written)).events)
    assert row["date"].year == year  # type: ignore[attr-defined]


def test_long_dates_and_spaces_for_tabs_are_read(convert: Convert) -> None:
    assert str(only(convert("keds", "20040229 JOR EGY 040\n").events)["date"])[:10] == "2004-02-29"


def test_lines_that_are_no_events_are_refused_and_blank_ones_are_none(convert: Convert) -> None:
    done = convert("keds", f"Levant, events\n\n{LINE}790415\tJOR\t---\t112\n791332\tJOR\tEGY\t112\n")
    assert (len(done.events), done.files[0].rows) == (1, 4)
    assert reasons(done) == [(1, "not-a-row"), (4, "missing-target"), (5, "bad-date")]


def test_equal_lines_are_two_events_because_there_are_no_ids_to_tell(convert: Convert, codebook: Codebook) -> None:
    events = convert("keds", LINE * 3).events
    assert (len(events), events["event_id"].nunique()) == (3, 3)
    assert len(wd.one_a_day(events)) == 1
    assert wd.validate(events, codebook=codebook).is_valid


def test_a_file_in_weis_is_refused_because_its_numbers_mean_other_things(convert: Convert) -> None:
    with pytest.raises(ConversionError) as error:
        convert("keds", LINE + "790416\tISR\tPAL\t223\t(MIL ENGAGEMENT)\n")
    assert str(error.value).endswith(
        "foreign.csv:2: The file is coded in WEIS, not in CAMEO: the action '223' is WEIS's alone. "
        "Translate it to CAMEO first; the same number means another thing there."
    )


def test_a_code_without_a_root_beside_it_is_not_repaired(convert: Convert) -> None:
    assert reasons(convert("keds", "790415\tJOR\tEGY\t10\n")) == [(1, "ambiguous-action")]
