"""`whodid codebook` as a user sees it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from whodid.cli.app import app
from whodid.codebook.load import default_codebook_path
from whodid.codebook.model import Codebook
from whodid.codebook.render import codebook_csv, codebook_html
from whodid.errors import WhodidError


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["codebook", *map(str, arguments)])


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """The codebook with an unquoted code in one file and a country code of two letters in another."""
    folder = tmp_path / "codebook"
    shutil.copytree(default_codebook_path(), folder)
    for name, old, new in (("actions/11.yaml", 'code: "114"', "code: 114"), ("actors/roles.csv", "\nGOV,", "\nGO,")):
        text = (folder / name).read_text(encoding="utf-8")
        assert old in text
        (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")
    return folder


def test_a_sound_codebook_gives_one_line_with_its_counts(codebook: Codebook) -> None:
    result = run("check")
    assert result.exit_code == 0, result.stdout
    [line] = result.stdout.splitlines()
    assert line.startswith(f"sound: {codebook.label}, 318 codes, ")
    assert line.endswith(f"{len(codebook.patterns)} patterns, {len(codebook.leaders)} terms of office")


def test_a_broken_codebook_gives_all_faults_and_exit_code_1(broken: Path) -> None:
    result = run("check", broken)
    assert result.exit_code == 1
    first, second, last = result.stdout.splitlines()
    assert first.startswith(f"{broken}/actions/11.yaml:")
    assert "column 'code': 114 is a number here, and codes are strings." in first
    assert second.startswith(f"{broken}/actors/roles.csv:")
    assert "column 'code': 'GO' does not fit: a code has three letters. Correct it." in second
    assert last == "not sound: 2 faults"


def test_check_of_an_unknown_folder_says_so(tmp_path: Path) -> None:
    result = run("check", tmp_path / "absent")
    assert result.exit_code == 1
    assert "There is no such codebook folder." in result.stdout
    assert result.stdout.endswith("not sound: 1 fault\n")


def test_show_prints_the_entry() -> None:
    result = run("show", "114")
    assert result.exit_code == 0
    assert result.stdout.startswith("114  Complain officially\nbelow 11  ")


def test_show_of_an_unknown_code_names_the_nearest(codebook: Codebook) -> None:
    result = run("show", "231")
    assert isinstance(result.exception, WhodidError)
    assert str(result.exception) == f"'231' is not in the codebook {codebook.label}. Did you mean 0231?"


def test_search_prints_codes_and_labels() -> None:
    result = run("search", "summoned", "ambassadors")
    assert result.exit_code == 0
    assert result.stdout.splitlines()[0] == "114   Complain officially"
    assert len(run("search", "protest", "--limit", 3).stdout.splitlines()) == 3


def test_search_without_a_result_gives_exit_code_1() -> None:
    result = run("search", "xyzzy")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "whodid: no code fits 'xyzzy'. Try fewer or other words.\n"


def test_export_writes_what_is_asked_for(codebook: Codebook, tmp_path: Path) -> None:
    page, table = tmp_path / "new" / "codebook.html", tmp_path / "codebook.csv"
    result = run("export", "--html", page, "--csv", table)
    assert result.exit_code == 0
    assert result.stdout == f"{codebook.label} in {page}\n{codebook.label} in {table}\n"
    assert page.read_text(encoding="utf-8") == codebook_html(codebook)
    assert table.read_bytes().decode() == codebook_csv(codebook)


def test_export_of_nothing_says_what_to_give() -> None:
    result = run("export")
    assert str(result.exception) == "Nothing to write. Give --html FILE, --csv FILE, or both."


def test_path_prints_the_folder_of_the_codebook() -> None:
    result = run("path")
    assert Path(result.stdout.strip()) == default_codebook_path()
