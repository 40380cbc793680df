"""What goes wrong becomes sentences on stderr and exit code 1, never a traceback."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from event_samples import MakeEvents
from whodid.codebook.load import default_codebook_path
from whodid.events.files import write_events

ARTICLE = "---\nid: a1\npublished: 2024-06-21\n---\nFrance condemned Russia on Friday.\n"


def whodid(*arguments: object, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run the command line as a program, as a shell does."""
    python = [sys.executable, "-m", "whodid"]
    paths = os.pathsep.join(str(Path(p).resolve()) for p in os.environ.get("PYTHONPATH", "").split(os.pathsep) if p)
    environment = {**os.environ, "PYTHONPATH": paths}
    return subprocess.run(
        [*python, *map(str, arguments)], cwd=cwd, env=environment, capture_output=True, text=True, check=False
    )


def sentences(done: subprocess.CompletedProcess[str], code: int = 1) -> list[str]:
    """The lines on stderr, each a sentence of ours."""
    assert done.returncode == code, done.stderr
    lines = done.stderr.splitlines()
    assert lines, "nothing on stderr"
    assert all(line.startswith("whodid: ") for line in lines), done.stderr
    return [line.removeprefix("whodid: ") for line in lines]


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    folder = tmp_path / "raw"
    folder.mkdir()
    (folder / "a1.md").write_text(ARTICLE, encoding="utf-8")
    return folder


def test_an_unknown_ending_of_the_output_is_refused_before_any_work(raw: Path, tmp_path: Path) -> None:
    done = whodid("code", raw, "-o", "events.xlsx", cwd=tmp_path)
    [sentence] = sentences(done)
    assert sentence.startswith("events.xlsx: ")
    assert ".parquet" in sentence
    assert not (tmp_path / "events.xlsx").exists()


@pytest.mark.model
def test_an_output_folder_that_is_a_file_is_refused(raw: Path, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("kept", encoding="utf-8")
    [sentence] = sentences(whodid("code", raw, "-o", "out/events.parquet", "--quiet", cwd=tmp_path))
    assert sentence == (
        "out/events.parquet: The file cannot be written: "
        + sentence.split("written: ")[1].split(".")[0]
        + ". Choose a folder that you can write to, or free space on the disk. Nothing was changed."
    )
    assert (tmp_path / "out").read_text(encoding="utf-8") == "kept"


def test_a_report_folder_that_is_a_file_is_refused(make_events: MakeEvents, tmp_path: Path) -> None:
    write_events(make_events(), tmp_path / "events.parquet")
    (tmp_path / "out").write_text("kept", encoding="utf-8")
    [sentence] = sentences(whodid("summarize", "events.parquet", "-o", "out", cwd=tmp_path))
    assert sentence.startswith("out")
    assert "cannot be written" in sentence
    assert (tmp_path / "out").read_text(encoding="utf-8") == "kept"


def test_a_page_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("kept", encoding="utf-8")
    [sentence] = sentences(whodid("codebook", "export", "--html", "out/page.html", cwd=tmp_path))
    assert sentence.startswith("out/page.html: The file cannot be written: ")


def test_an_empty_input_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    [sentence] = sentences(whodid("code", "empty", "-o", "events.parquet", cwd=tmp_path))
    assert sentence.startswith("empty: ")
    assert "no articles" in sentence
    assert list(tmp_path.iterdir()) == [tmp_path / "empty"]


def test_an_input_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    [sentence] = sentences(whodid("code", "absent", "-o", "events.parquet", cwd=tmp_path))
    assert sentence.startswith("absent: ")


def test_an_article_without_a_date_is_set_aside_with_the_fix(tmp_path: Path) -> None:
    (tmp_path / "bare.txt").write_text("France condemned Russia on Friday.\n", encoding="utf-8")
    done = whodid("code", "bare.txt", "-o", "events.parquet", cwd=tmp_path)
    aside, reason = sentences(done)
    assert aside.startswith("set aside: bare.txt: ")
    assert "--published" in aside
    assert reason == "None of the 1 articles could be read. The reasons are above and in events.parquet.refused.csv."
    assert "bare.txt" in (tmp_path / "events.parquet.refused.csv").read_text(encoding="utf-8")
    assert not (tmp_path / "events.parquet").exists()


@pytest.mark.model
def test_of_two_articles_the_one_with_a_date_is_coded(raw: Path, tmp_path: Path) -> None:
    (raw / "bare.txt").write_text("France condemned Russia on Friday.\n", encoding="utf-8")
    done = whodid("code", "raw", "-o", "out/events.csv", cwd=tmp_path)
    [aside] = sentences(done, code=0)
    assert aside.startswith("set aside: raw/bare.txt: ")
    assert done.stdout == "1 events from 1 articles in out/events.csv, 1 set aside (see out/events.csv.refused.csv)\n"
    assert "FRA" in (tmp_path / "out" / "events.csv").read_text(encoding="utf-8").splitlines()[1]


def test_a_published_date_that_is_none_is_refused(raw: Path, tmp_path: Path) -> None:
    done = whodid("code", raw, "--published", "21.6.2024", "-o", "events.parquet", cwd=tmp_path)
    assert "'21.6.2024' is no date. Write it as 2024-06-21." in sentences(done)[0]


def test_every_fault_of_a_broken_codebook_is_one_line(raw: Path, tmp_path: Path) -> None:
    folder = tmp_path / "codebook"
    shutil.copytree(default_codebook_path(), folder)
    text = (folder / "actions" / "11.yaml").read_text(encoding="utf-8")
    (folder / "actions" / "11.yaml").write_text(text.replace('code: "114"', "code: 114", 1), encoding="utf-8")
    with (folder / "actions" / "17.yaml").open("a", encoding="utf-8") as file:
        file.write('  - code: "open\n')
    for arguments in (
        ("code", raw, "-o", "events.parquet", "--codebook", "codebook"),
        ("codebook", "show", "114", "--codebook", "codebook"),
    ):
        first, second = sorted(sentences(whodid(*arguments, cwd=tmp_path)))
        assert first.startswith("codebook/actions/11.yaml:")
        assert "column 'code': 114 is a number here, and codes are strings." in first
        assert second.startswith("codebook/actions/17.yaml:")
        assert "This is not YAML: " in second
    assert not (tmp_path / "events.parquet").exists()


def test_a_folder_that_is_no_codebook_names_what_is_missing(tmp_path: Path) -> None:
    (tmp_path / "book").mkdir()
    found = sentences(whodid("codebook", "show", "114", "--codebook", "book", cwd=tmp_path))
    assert any(sentence.startswith("book/codebook.yaml: The codebook lacks this file.") for sentence in found)


def test_of_thousands_of_faults_fifty_are_shown(tmp_path: Path) -> None:
    folder = tmp_path / "codebook"
    shutil.copytree(default_codebook_path(), folder)
    with (folder / "actors" / "roles.csv").open("a", encoding="utf-8") as file:
        file.writelines(f"X{n:04d},label,primary,\n" for n in range(1000))
    found = sentences(whodid("codebook", "show", "114", "--codebook", "codebook", cwd=tmp_path))
    assert len(found) == 51
    assert found[-1] == "and 950 more faults"


@pytest.mark.parametrize("content", [b"not parquet", b"", b"PAR1" + bytes(20)])
def test_summarize_of_what_is_no_event_file_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "events.parquet").write_bytes(content)
    found = sentences(whodid("summarize", "events.parquet", "-o", "out", cwd=tmp_path))
    assert found[0].startswith("events.parquet: ")


def test_evaluate_of_a_missing_file_is_refused(make_events: MakeEvents, tmp_path: Path) -> None:
    write_events(make_events(), tmp_path / "gold.parquet")
    [sentence] = sentences(whodid("evaluate", "absent.parquet", "gold.parquet", cwd=tmp_path))
    assert sentence.startswith("absent.parquet: There is no such file")


@pytest.mark.model
def test_a_model_that_is_not_installed_is_refused_with_the_command(raw: Path, tmp_path: Path) -> None:
    [sentence] = sentences(whodid("code", raw, "-o", "e.csv", "--model", "xx_absent_model", cwd=tmp_path))
    assert sentence == (
        "The spaCy model 'xx_absent_model' is not installed. "
        "Install it with `pip install xx-absent-model`, or name another with --model."
    )


def test_validate_gives_2_for_what_it_could_not_check(tmp_path: Path) -> None:
    [sentence] = sentences(whodid("validate", "absent.parquet", cwd=tmp_path), code=2)
    assert sentence == "absent.parquet: There is no such file or folder. Check the path."
