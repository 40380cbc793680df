"""whodid codings and whodid adjudicate, as one types them."""

from __future__ import annotations

import csv
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner

from annotation.store_samples import fill_store
from event_samples import MakeEvents
from whodid.annotation.store import read_store
from whodid.cli.app import app
from whodid.events.files import open_events, read_events, write_events


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return fill_store(tmp_path / "coding")


def run(*arguments: object, code: int = 0) -> tuple[str, str]:
    """What a command printed on stdout and stderr."""
    done = CliRunner().invoke(app, [str(argument) for argument in arguments])
    assert done.exit_code == code, done.output or repr(done.exception)
    return done.stdout, done.stderr


def test_codings_writes_the_events_and_who_judged_what(store: Path, tmp_path: Path) -> None:
    out = tmp_path / "hand.parquet"
    printed, said = run("codings", store, "-o", out)
    assert printed == f"4 events in {out}, 5 judged sentences in {tmp_path / 'hand.judged.parquet'}, by anna, ben\n"
    assert said == ""
    assert open_events(out).metadata["codebook"].startswith("whodid-cameo@")
    assert len(read_events(out)) == 4
    printed, _ = run("codings", store, "-o", out, "--coder", "ben")
    assert printed.startswith("2 events in ")


def test_codings_names_damaged_lines_writes_the_others_and_exits_with_1(store: Path, tmp_path: Path) -> None:
    [path] = (store / "anna").iterdir()
    path.write_bytes(path.read_bytes().replace(b'"111"', b'"112"') + b'{"sum":"0')
    printed, said = run("codings", store, "-o", tmp_path / "hand.csv", code=1)
    assert printed.startswith("3 events in ")
    assert said.splitlines() == [
        "whodid: left out 1 line that was cut off before anybody was told it was saved",
        f"whodid: {path}:2: The line is damaged: its checksum does not fit. "
        "Take the file from a backup, or code anew what is missing. All other lines were read.",
    ]


def test_adjudicate_settles_by_rule_then_by_the_decided_sheet(store: Path, tmp_path: Path) -> None:
    out, sheet = tmp_path / "agreed.csv", tmp_path / "open.csv"
    printed, _ = run("adjudicate", store, "-o", out, "--open", sheet)
    assert printed.splitlines() == [
        f"1 events in {out}, links in {tmp_path / 'agreed.links.csv'}",
        "settled 1 units (1 unanimous), open 1",
        f"1 open units in {sheet}",
    ]
    with sheet.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    rows[0]["decision"] = "ben"
    with sheet.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    printed, said = run("adjudicate", store, "-o", out, "--decisions", sheet, "--adjudicator", "carla")
    assert printed.splitlines()[1] == "settled 2 units (1 by hand, 1 unanimous), open 0"
    assert said == ""
    assert read_events(out)["action"].tolist() == ["112", "112"]
    links = pd.read_csv(tmp_path / "agreed.links.csv")
    assert links["policy"].tolist() == ["unanimous", "unanimous", "by hand", "by hand"]
    rows[0]["decision"] = "zoe"
    with sheet.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    printed, said = run("adjudicate", store, "-o", out, "--decisions", sheet, "--adjudicator", "carla", code=1)
    assert printed.splitlines()[1] == "settled 1 units (1 unanimous), open 1"
    assert said == (
        f"whodid: {sheet}:2: column 'decision': 'zoe' is no decision about this unit. Write one of: anna, ben, no event.\n"
    )


def test_adjudicate_takes_event_files_with_a_table_of_who_judged_what(tmp_path: Path, make_events: MakeEvents) -> None:
    for coder, sentences in (("anna", [0, 1]), ("ben", [0])):
        write_events(make_events(coder=coder, sentence=sentences), tmp_path / f"{coder}.parquet")
    judged = tmp_path / "judged.csv"
    judged.write_text(
        "coder,article_id,sentence\nanna,seoul-2024,0\nanna,seoul-2024,1\nben,seoul-2024,0\n", encoding="utf-8"
    )
    files = (tmp_path / "anna.parquet", tmp_path / "ben.parquet")
    printed, _ = run("adjudicate", *files, "-o", tmp_path / "agreed.parquet", "--judged", judged)
    assert printed.splitlines()[1] == "settled 2 units (1 single, 1 unanimous), open 0"
    printed, _ = run("adjudicate", *files, "-o", tmp_path / "agreed.parquet", "--policy", "expert", "--expert", "ben")
    assert printed.splitlines()[1] == "settled 2 units (1 expert, 1 unanimous), open 0"
    assert open_events(tmp_path / "agreed.parquet").metadata["policy"] == "expert:ben"
    assert len(read_events(tmp_path / "agreed.parquet")) == 1


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (
            ("codings", "{store}", "-o", "x.txt"),
            "x.txt: The ending '.txt' is unknown. Let it end in .parquet, .csv or .jsonl.",
        ),
        (
            ("adjudicate", "{store}", "-o", "x.csv", "--decisions", "open.csv"),
            "column '--adjudicator': A sheet of decisions needs a name. Add --adjudicator NAME: the links say who decided.",
        ),
        (
            ("adjudicate", "{store}", "-o", "x.csv", "--policy", "vote"),
            "The policy 'vote' is unknown. Choose one of unanimous, majority, expert.",
        ),
    ],
)
def test_what_makes_no_sense_is_refused_before_anything_is_written(
    store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], sentence: str
) -> None:
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(app, [argument.format(store=store) for argument in arguments])
    assert str(done.exception) == sentence
    assert not list(tmp_path.glob("x.*"))
    assert len(read_store(store).entries) == 5
