"""whodid sheet make and read as a user runs them."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

from whodid.articles.read import read_articles
from whodid.cli.app import app
from whodid.coder.code import code
from whodid.errors import ArticleError, SheetError, UsageError
from whodid.events.files import read_events

ROOT = Path(__file__).resolve().parents[2]
NAMES = ("2008-nairobi-power-sharing.md", "2015-havana-flag.md")
ANSWERS = ("actor_text", "actor", "action_text", "action", "target_text", "target", "date", "date_basis", "confidence")
pytestmark = pytest.mark.model


def run(*arguments: object) -> str:
    result = CliRunner().invoke(app, [str(a) for a in arguments])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code == 0, result.output
    return result.output


def test_what_the_machine_coded_comes_back_from_a_sheet_as_the_same_rows(tmp_path: Path) -> None:
    articles = read_articles([ROOT / "data" / "raw" / name for name in NAMES])
    wanted = code(articles)
    sheet, out = tmp_path / "sheet.xlsx", tmp_path / "ben.parquet"
    printed = run("sheet", "make", *(ROOT / "data" / "raw" / name for name in NAMES), "-o", sheet, "--suggest")
    book = load_workbook(sheet)
    coding, further = book["coding"], book["more events"]
    at = {cell.value: cell.column for cell in coding[1]}
    there = {cell.value: cell.column for cell in further[1]}
    rows = {
        (coding.cell(r, at["article_id"]).value, coding.cell(r, at["sentence"]).value): r
        for r in range(2, coding.max_row + 1)
    }
    assert printed == f"{len(rows)} sentences of 2 articles in {sheet}\n"
    used: set[int] = set()
    spare = iter(range(2, 500))
    for event in wanted.to_dict("records"):
        row = rows[event["article_id"], event["sentence"]]
        assert f"{event['actor']} {event['action']} {event['target']}" in coding.cell(row, at["machine"]).value
        tab, columns, to = (coding, at, row) if row not in used else (further, there, next(spare))
        if tab is further:
            tab.cell(to, 1).value = row - 1
        used.add(row)
        for name in ANSWERS:
            value = event[name]
            value = value.to_pydatetime() if name == "date" else float(value) if name == "confidence" else value
            tab.cell(to, columns[name]).value = value
    book.save(sheet)
    printed = run("sheet", "read", sheet, "--coder", "ben", "-o", out)
    assert printed == (
        f"{len(wanted)} events in {out}; 0 sentences without event, {len(rows) - len(used)} not read yet\n"
    )
    found = read_events(out)
    assert set(found["coder"]) == {"ben"}
    columns_alike = [c for c in wanted.columns if c not in {"coder", "event_id"}]
    keys = ["article_id", "sentence", "action_start", "actor_start", "target_start", "action", "actor", "target"]
    ours, theirs = (frame[columns_alike].sort_values(keys, ignore_index=True) for frame in (found, wanted))
    assert ours.equals(theirs)


def test_bad_rows_are_reported_and_go_to_a_sheet_of_their_own(tmp_path: Path) -> None:
    sheet, out = tmp_path / "sheet.csv", tmp_path / "ben.csv"
    run("sheet", "make", ROOT / "data" / "raw" / NAMES[1], "-o", sheet, "-q")
    lines = sheet.read_text(encoding="utf-8-sig").splitlines()
    lines[1] = lines[1].replace('"","","","","","","","","","",""', '"Cuba","CUBA","","","","","","","","",""')
    sheet.write_text("\n".join(lines), encoding="utf-8")
    printed = run("sheet", "read", sheet, "--coder", "ben", "-o", out)
    assert f"whodid: {sheet}:2: column 'actor': The actor code 'CUBA' has 4 characters" in printed
    assert f"1 row set aside (see {out}.refused.csv)" in printed
    assert (tmp_path / "ben.csv.refused.csv").is_file()
    run("sheet", "make", ROOT / "data" / "raw" / NAMES[1], "-o", sheet, "-q")
    run("sheet", "read", sheet, "--coder", "ben", "-o", out)
    assert not (tmp_path / "ben.csv.refused.csv").exists()


def test_make_refuses_other_endings_before_it_works_and_articles_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(SheetError, match=r"The ending '\.ods' is no coding sheet's\. Let it end in \.xlsx or \.csv\."):
        run("sheet", "make", tmp_path / "none", "-o", "sheet.ods")
    (tmp_path / "bad.md").write_text("no date", encoding="utf-8")
    with pytest.raises(ArticleError, match=r"None of the 1 articles could be read\. The reasons are above\."):
        run("sheet", "make", tmp_path, "-o", tmp_path / "sheet.xlsx")


def test_a_sheet_can_have_the_articles_of_one_coder(tmp_path: Path) -> None:
    paths = [ROOT / "data" / "raw" / name for name in NAMES]
    run("assign", "make", *paths, "--coder", "anna", "--coder", "ben", "--overlap", "0", "-o", tmp_path / "who.csv")
    whose = ("--assignment", tmp_path / "who.csv", "--coder", "ben")
    printed = run("sheet", "make", *paths, *whose, "-o", tmp_path / "ben.csv")
    assert " of 1 article in " in printed
    with pytest.raises(UsageError) as caught:
        run("sheet", "make", *paths, "--coder", "ben", "-o", tmp_path / "x.csv")
    assert str(caught.value) == (
        "--assignment and --coder belong together. Give both to take a coder's own articles, or neither to take all."
    )
