"""whodid annotations export and import as a user runs them."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from whodid.cli.app import app
from whodid.events.files import read_events

ROOT = Path(__file__).resolve().parents[2]
RAW = ROOT / "data" / "raw" / "2015-havana-flag.md"


def run(*arguments: object) -> str:
    result = CliRunner().invoke(app, [str(a) for a in arguments])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.output


@pytest.mark.model
@pytest.mark.parametrize(("form", "name"), [("label-studio", "t.json"), ("doccano", "d.jsonl"), ("brat", "b")])
def test_coded_events_go_out_and_come_back_with_their_sentence_numbers(form: str, name: str, tmp_path: Path) -> None:
    coded, out, back = tmp_path / "coded.parquet", tmp_path / name, tmp_path / "back.parquet"
    run("code", RAW, "-o", coded, "-q")
    events = read_events(coded)
    printed = run("annotations", "export", RAW, "--format", form, "--events", coded, "-o", out)
    files = {"label-studio": f"{out} and {tmp_path / 't.xml'}", "doccano": str(out), "brat": f"3 files in {out}"}[form]
    assert printed == f"1 article with {len(events)} events: {files}\n"
    options = ["--predictions"] if form == "label-studio" else ["--coder", events["coder"][0]]
    printed = run("annotations", "import", out, "--format", form, "--articles", RAW, "-o", back, *options)
    assert printed.startswith(f"{len(events)} events of 1 document in ")
    assert read_events(back).equals(events)


@pytest.mark.model
def test_faults_are_printed_and_listed_in_a_file_beside_the_events(tmp_path: Path) -> None:
    run("annotations", "export", RAW, "--format", "brat", "-o", tmp_path / "b")
    ann = tmp_path / "b" / "2015-havana-flag.ann"
    ann.write_text("T1\tperson 0 3\tabc\n", encoding="utf-8")
    arguments = ("annotations", "import", tmp_path / "b", "--format", "brat", "--articles", RAW, "--coder", "ben", "-o")
    out = tmp_path / "ben.csv"
    printed = run(*arguments, out)
    assert f"whodid: set aside: {ann}:1: The line 'T1\\tperson 0 3\\tabc' cannot be read." in printed
    assert printed.endswith(f"0 events of 1 document in {out}; 1 fault (see {out}.refused.csv)\n")
    assert "bad-line,1" in (tmp_path / "ben.csv.refused.csv").read_text(encoding="utf-8")
    ann.write_text("", encoding="utf-8")
    assert run(*arguments, out) == f"0 events of 1 document in {out}\n"
    assert not (tmp_path / "ben.csv.refused.csv").exists()


def test_an_unknown_format_is_refused() -> None:
    result = CliRunner().invoke(app, ["annotations", "export", str(RAW), "--format", "prodigy", "-o", "x"])
    assert result.exit_code != 0
    assert "'prodigy' is no format of an annotation tool." in str(result.exception)
