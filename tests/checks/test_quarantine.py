"""Good and bad rows apart: every row is in one of the files, and the bad ones stand there as they were."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from event_samples import MakeEvents
from whodid.checks.quarantine import Separated, separate, write_bad
from whodid.checks.validate import check_files, opened
from whodid.cli.app import app
from whodid.codebook.model import Codebook
from whodid.errors import UsageError
from whodid.events.files import open_events, write_events


def apart(path: Path, codebook: Codebook, *, is_strict: bool = False) -> Separated:
    files = opened(path)
    return separate(files, check_files(files, codebook=codebook, is_strict=is_strict))


def test_bad_rows_go_to_one_file_with_their_reasons_and_the_others_to_another(
    make_events: MakeEvents, codebook: Codebook, tmp_path: Path
) -> None:
    events, bad, clean = tmp_path / "events.parquet", tmp_path / "out" / "bad.csv", tmp_path / "out" / "clean.parquet"
    write_events(make_events(action=["112", "999", "114"]), events, codebook="c@1", codebook_hash="h", coder="anna")
    result = CliRunner().invoke(app, ["validate", str(events), "--quarantine", str(bad), "--clean", str(clean)])
    assert result.exit_code == 1
    assert result.stderr == f"whodid: 1 bad rows in {bad}\nwhodid: 2 good rows in {clean}\n"
    rows = pd.read_csv(bad, dtype=str, keep_default_na=False)
    assert list(rows.columns[:6]) == ["from_file", "from_row", "from_line", "rules", "reasons", "actor"]
    [row] = rows.to_dict("records")
    assert (row["from_file"], row["from_row"], row["rules"]) == (str(events), "1", "unknown-action")
    assert row["reasons"].startswith("'999' is not in the codebook")
    kept = open_events(clean)
    assert kept.frame is not None
    assert kept.frame["action"].tolist() == ["112", "114"]
    assert kept.metadata["codebook_hash"] == "h"
    assert kept.faults == []


def test_a_value_that_could_not_be_read_is_kept_as_it_stood(
    make_events: MakeEvents, codebook: Codebook, tmp_path: Path
) -> None:
    path = tmp_path / "events.csv"
    write_events(make_events(sentence=[0, 1]), path)
    path.write_text(path.read_text(encoding="utf-8").replace("2024-06-21", "21.6.24", 1), encoding="utf-8")
    separated = apart(path, codebook)
    [row] = separated.bad
    assert (row["date"], row["rules"], row["from_line"]) == ("21.6.24", "wrong-type", 2)
    assert separated.clean["sentence"].tolist() == [1]


def test_of_rows_that_are_one_coding_the_first_stays(
    make_events: MakeEvents, codebook: Codebook, tmp_path: Path
) -> None:
    table = make_events(sentence=[0, 1])
    pd.concat([table, table, table], ignore_index=True).to_parquet(tmp_path / "a.parquet")
    write_events(table, tmp_path / "b.csv")
    separated = apart(tmp_path, codebook)
    assert separated.clean["sentence"].tolist() == [0, 1]
    assert [row["rules"] for row in separated.bad] == ["duplicate-id"] * 6


@pytest.mark.parametrize("damage", ["missing", "type", "unknown"])
def test_a_fault_of_a_whole_column_concerns_each_row(
    make_events: MakeEvents, codebook: Codebook, tmp_path: Path, damage: str
) -> None:
    table = make_events(sentence=[0, 1])
    changes = {
        "missing": table.drop(columns="coder"),
        "type": table.assign(action=112),
        "unknown": table.assign(from_row="mine"),
    }
    changes[damage].to_parquet(tmp_path / "e.parquet")
    separated = apart(tmp_path / "e.parquet", codebook)
    assert len(separated.clean) == 0
    assert len(separated.bad) == 2
    if damage == "type":
        assert separated.bad[0]["action"] == 112
    if damage == "unknown":
        assert (separated.bad[1]["from_row"], separated.bad[1]["from_row (column)"]) == (1, "mine")


def test_warnings_leave_rows_where_they_are_unless_validation_is_strict(
    make_events: MakeEvents, codebook: Codebook, tmp_path: Path
) -> None:
    write_events(make_events(note=["Z\ufffdrich", "fine"]), tmp_path / "e.csv")
    assert len(apart(tmp_path / "e.csv", codebook).clean) == 2
    strict = apart(tmp_path / "e.csv", codebook, is_strict=True)
    assert ([row["rules"] for row in strict.bad], len(strict.clean)) == (["mojibake"], 1)


def test_a_file_that_cannot_be_opened_is_named_and_the_rest_is_separated(
    make_events: MakeEvents, codebook: Codebook, tmp_path: Path
) -> None:
    (tmp_path / "in").mkdir()
    write_events(make_events(), tmp_path / "in" / "good.parquet")
    (tmp_path / "in" / "torn.parquet").write_bytes(b"PAR1")
    clean = tmp_path / "clean.csv"
    result = CliRunner().invoke(app, ["validate", str(tmp_path / "in"), "--clean", str(clean)])
    assert result.exit_code == 1
    torn = tmp_path / "in" / "torn.parquet"
    assert f"whodid: {torn} could not be opened: its rows are in neither file\n" in result.stderr
    assert len(clean.read_text(encoding="utf-8").splitlines()) == 2


@pytest.mark.parametrize("ending", [".csv", ".jsonl", ".parquet"])
def test_without_bad_rows_the_file_is_written_without_rows(
    make_events: MakeEvents, codebook: Codebook, tmp_path: Path, ending: str
) -> None:
    write_events(make_events(), tmp_path / "e.parquet")
    separated = apart(tmp_path / "e.parquet", codebook)
    target = tmp_path / f"bad{ending}"
    write_bad(separated, target)
    if ending == ".parquet":
        assert pq.read_table(target).num_rows == 0
    else:
        assert len(target.read_text(encoding="utf-8").splitlines()) == (1 if ending == ".csv" else 0)


def test_a_target_that_would_be_validated_next_time_is_refused(make_events: MakeEvents, tmp_path: Path) -> None:
    write_events(make_events(), tmp_path / "e.parquet")
    result = CliRunner().invoke(app, ["validate", str(tmp_path), "--quarantine", str(tmp_path / "bad.csv")])
    assert result.exit_code == 1
    assert str(result.exception) == (
        f"{tmp_path / 'bad.csv'}: The file lies in {tmp_path.name!r}, which is validated: it would be read as events the "
        "next time. Write it to another folder."
    )
    assert result.exception.exit_code == 2  # type: ignore[union-attr]
    with pytest.raises(UsageError, match=r"The ending '\.xlsx' is unknown"):
        write_bad(Separated(make_events(), (), (), ()), tmp_path / "bad.xlsx")
