"""`whodid validate` as a user and a CI job see it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from event_samples import MakeEvents
from whodid.articles.model import Article
from whodid.cli.validate import validate
from whodid.errors import WhodidError
from whodid.events.files import write_events

app = typer.Typer(rich_markup_mode=None)
app.command(name="validate")(validate)


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


@pytest.fixture
def events(make_events: MakeEvents, tmp_path: Path) -> Path:
    path = tmp_path / "coded" / "events.parquet"
    write_events(make_events(sentence=[0, 1]), path)
    return path


@pytest.fixture
def raw(article: Article, tmp_path: Path) -> Path:
    folder = tmp_path / "raw"
    folder.mkdir()
    head = f"---\nid: {article.article_id}\npublished: {article.published}\npublisher: {article.publisher}\n---\n"
    (folder / "seoul.md").write_text(f"{head}{article.text}\n", encoding="utf-8")
    return folder


def test_a_valid_file_gives_exit_code_0_and_says_what_was_not_checked(events: Path) -> None:
    result = run(events)
    assert result.exit_code == 0
    assert result.stdout == (
        "not checked: articles: no article folder was given\n"
        "not checked: derived: there are no derived columns\n"
        "not checked: coverage by coder: there is one coder only\n"
        "not checked: months: the events lie within fewer than 12 months\n"
        "not checked: drift: no earlier dataset was given (--against)\n"
        "valid: 2 rows in 1 file\n"
    )


def test_a_finding_gives_exit_code_1_and_a_sentence(make_events: MakeEvents, events: Path) -> None:
    write_events(make_events(target="ROUGOV"), events)
    result = run(events)
    assert result.exit_code == 1
    assert result.stdout.splitlines()[0] == (
        f"{events}, row 0: column 'target': 'ROU' (in 'ROUGOV') is a variant of a country code: "
        "ISO code; the codebook's own is ROM. Write 'ROMGOV'."
    )
    assert result.stdout.endswith("not valid: 1 finding in 1 row of 1 file\n")


def test_with_articles_the_words_are_looked_up(make_events: MakeEvents, events: Path, raw: Path) -> None:
    assert run(events, "--articles", raw).exit_code == 0
    write_events(make_events(actor_start=1, actor_end=12), events)
    result = run(events, "--articles", raw)
    assert result.exit_code == 1
    assert "actor_text is 'South Korea', but at 1 to 12 the article 'seoul-2024' has 'outh Korea '" in result.stdout


def test_limit_shortens_the_list_and_not_the_counts(make_events: MakeEvents, events: Path) -> None:
    write_events(make_events(target=["ROUGOV"] * 60), events)
    assert run(events).stdout.count("column 'target'") == 50
    shortened = run(events, "--limit", 2).stdout
    assert shortened.count("column 'target'") == 2
    assert "  variant-actor  60\n" in shortened


def test_json_goes_to_stdout_alone(make_events: MakeEvents, events: Path) -> None:
    write_events(make_events(target=["ROUGOV"] * 60), events)
    result = run(events, "--format", "json", "--limit", 1)
    content = json.loads(result.stdout)
    assert result.exit_code == 1
    assert result.stderr == ""
    assert content["valid"] is False
    assert len(content["findings"]) == 60


@pytest.mark.parametrize("content", [b"actor,action\n", b"PAR1 and then nothing", b""])
def test_a_file_that_is_no_parquet_is_not_valid(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "events.parquet").write_bytes(content)
    result = run(tmp_path)
    assert result.exit_code == 1
    assert "not-parquet" in result.stdout
    assert "not valid: 1 finding in 0 rows of 1 file\n" in result.stdout


def could_not_check(result: Result) -> str:
    # The command line's one place for errors prints the sentence and takes this exit code from the error.
    assert isinstance(result.exception, WhodidError), result.exception
    assert getattr(result.exception, "exit_code", 1) == 2
    return str(result.exception)


def test_what_cannot_be_checked_gives_exit_code_2(events: Path, tmp_path: Path) -> None:
    absent, empty = tmp_path / "absent", tmp_path / "empty"
    empty.mkdir()
    assert could_not_check(run(absent)) == f"{absent}: There is no such file or folder. Check the path."
    assert could_not_check(run(empty)).startswith(f"{empty}: The folder holds no event files.")
    assert "There is no such codebook folder" in could_not_check(run(events, "--codebook", absent))
    assert "codebook.yaml" in could_not_check(run(events, "--codebook", empty))
    assert str(absent) in could_not_check(run(events, "--articles", absent))


def test_the_command_line_says_on_stderr_why_it_could_not_check(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "whodid", "validate", str(tmp_path / "absent"), "--format", "json"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr == f"whodid: {tmp_path / 'absent'}: There is no such file or folder. Check the path.\n"


def test_a_file_that_may_not_be_read_gives_exit_code_2(
    events: Path, codebook: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_file = Path.open

    def refuse(path: Path, *arguments: object, **options: object) -> object:
        if path == events:
            raise PermissionError(13, "Permission denied")
        return open_file(path, *arguments, **options)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", refuse)
    result = run(events)
    assert result.exit_code == 2
    assert f"{events}: The file cannot be read: Permission denied." in result.stdout


def test_help_and_import_load_nothing_heavy() -> None:
    heavy = "{'pandas', 'pyarrow', 'pandera', 'spacy', 'trafilatura', 'great_expectations'}"
    program = f"import sys, whodid.cli.validate; print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_a_small_file_is_checked_quickly_and_without_the_coder(events: Path, raw: Path, codebook: object) -> None:
    program = (
        "import sys, typer; from whodid.cli.validate import validate; app = typer.Typer(); app.command()(validate)\n"
        "app(sys.argv[1:], standalone_mode=False)\n"
        "print(sorted({'spacy', 'trafilatura', 'great_expectations', 'matplotlib'} & set(sys.modules)))"
    )
    command = [sys.executable, "-c", program, str(events), "--articles", str(raw)]
    before = os.times()
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    after = os.times()
    seconds = after.children_user - before.children_user + after.children_system - before.children_system
    assert done.stdout.endswith("valid: 2 rows in 1 file\n[]\n")
    # The promise is 1.5 s. Processor time, because a busy machine says nothing about the program; and twice as much,
    # because hypothesis, which only tests install, is imported by pandera where it is there.
    assert seconds < 3


def test_a_report_can_go_to_a_file_and_the_verdict_to_the_screen(
    make_events: MakeEvents, events: Path, tmp_path: Path
) -> None:
    write_events(make_events(target="ROUGOV"), events)
    out = tmp_path / "report.xml"
    result = run(events, "--format", "junit", "-o", out)
    assert (result.exit_code, result.stdout) == (1, "not valid: 1 finding in 1 row of 1 file\n")
    assert out.read_text(encoding="utf-8").startswith('<?xml version="1.0" encoding="UTF-8"?>\n<testsuites')


def test_a_warning_leaves_exit_code_0_and_strict_makes_it_1(make_events: MakeEvents, events: Path) -> None:
    write_events(make_events(coder=["anna", "Anna"]), events)
    result = run(events, "--level", "set")
    assert result.exit_code == 0
    assert result.stdout.startswith(
        f"warning: {events}: column 'coder': The coder 'anna' may be 'Anna'; rows: 1 and 1."
    )
    assert result.stdout.endswith("valid: 2 rows in 1 file, 1 warning\n")
    assert run(events, "--level", "set", "--strict").exit_code == 1


@pytest.mark.parametrize("form", ["text", "json", "junit", "github", "sarif"])
def test_every_format_is_written_for_a_valid_and_for_an_invalid_file(
    make_events: MakeEvents, events: Path, form: str
) -> None:
    assert run(events, "--format", form).exit_code == 0
    write_events(make_events(target="ROUGOV"), events)
    result = run(events, "--format", form)
    assert result.exit_code == 1
    assert "variant-actor" in result.stdout


def test_an_earlier_dataset_that_is_not_there_gives_exit_code_2(events: Path, tmp_path: Path) -> None:
    result = run(events, "--against", tmp_path / "absent.parquet")
    assert result.exception.exit_code == 2
    assert str(result.exception).startswith(f"{tmp_path / 'absent.parquet'}: There is no such file or folder.")


def test_the_level_of_articles_without_articles_could_not_be_checked(events: Path, raw: Path) -> None:
    result = run(events, "--level", "articles")
    assert result.exception.exit_code == 2
    assert str(result.exception) == (
        "column '--level': The level 'articles' needs articles. Give their folder with --articles."
    )
    assert run(events, "--level", "articles", "--articles", raw).exit_code == 0


def test_good_and_bad_rows_are_not_written_to_one_file(events: Path, tmp_path: Path) -> None:
    both = tmp_path / "rows.csv"
    result = run(events, "--quarantine", both, "--clean", both)
    assert str(result.exception) == f"{both}: Good and bad rows cannot go to one file. Give two names."
    assert not both.exists()
