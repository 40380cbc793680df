"""The suite for Great Expectations finds what it should, and leaves nothing behind."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from event_samples import MakeEvents
from whodid.checks.expectations import expectation_suite, run_expectations
from whodid.codebook.model import Codebook
from whodid.events.schema import COLUMNS

PREFIX = "expect_column_values_to_"


def failures(frame: pd.DataFrame, codebook: Codebook) -> set[tuple[str, str]]:
    result = run_expectations(frame, codebook)
    configs = [r.expectation_config for r in result.results if not r.success]
    assert result.success is (not configs)
    return {(c.kwargs.get("column", "table"), c.type.removeprefix(PREFIX)) for c in configs if c is not None}


def test_a_good_table_passes(make_events: MakeEvents, codebook: Codebook) -> None:
    frame = make_events(target=["RUS", "PRK"], publisher=[None, "Wire"], confidence=[None, 1.0], note=["x", None])
    assert failures(frame, codebook) == set()


@pytest.mark.parametrize(
    ("overrides", "failure"),
    [
        ({"target": [None, "RUS"]}, ("target", "not_be_null")),
        ({"action": ["112", "999"]}, ("action", "be_in_set")),
        ({"action": ["112", "114\n"]}, ("action", "match_regex")),
        ({"actor": ["KORG", "KOR"]}, ("actor", "match_regex")),
        ({"event_id": ["0" * 16] * 2}, ("event_id", "be_unique")),
        ({"confidence": [0.5, 1.5]}, ("confidence", "be_between")),
        ({"date_basis": ["guess", "text"]}, ("date_basis", "be_in_set")),
    ],
    ids=["null target", "unknown action", "line end", "odd actor", "duplicate id", "confidence 1.5", "date basis"],
)
def test_each_injected_fault_is_found(
    make_events: MakeEvents, codebook: Codebook, overrides: dict[str, Any], failure: tuple[str, str]
) -> None:
    assert failure in failures(make_events(**overrides), codebook)


def test_a_missing_column_and_a_wrong_type_are_found(make_events: MakeEvents, codebook: Codebook) -> None:
    frame = make_events().drop(columns="coder").assign(sentence=0.5)
    found = failures(frame, codebook)
    assert ("coder", "expect_column_to_exist") in found
    assert ("sentence", "be_of_type") in found


def test_the_suite_has_a_rule_for_every_column_and_names_the_codebook(codebook: Codebook) -> None:
    suite = expectation_suite(codebook, name="ours")
    assert suite.name == "ours"
    assert suite.meta["codebook"] == codebook.label
    assert {e.column for e in suite.expectations if hasattr(e, "column")} == {column.name for column in COLUMNS}


def test_nothing_is_written_or_shown_and_the_users_own_context_stays(
    make_events: MakeEvents,
    codebook: Codebook,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    from great_expectations.data_context.data_context.context_factory import project_manager

    (tmp_path / "home").mkdir()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    theirs = object()
    project_manager.set_project(theirs)  # type: ignore[arg-type]
    try:
        run_expectations(make_events(), codebook)
        assert project_manager.get_current_project() is theirs
    finally:
        project_manager.set_project(None)
    assert sorted(tmp_path.rglob("*")) == [tmp_path / "home"]
    assert capfd.readouterr() == ("", "")
