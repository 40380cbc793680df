"""What a stopped run leaves, and what the next one makes of it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from whodid.coder.journal import journal, journal_folder
from whodid.errors import OutputError, UsageError

ABOUT = {"articles": "a", "codebook": "b"}


def stopped(out: Path, *numbers: int) -> Path:
    """A run that was stopped after some chunks; gives the journal's folder."""
    with pytest.raises(KeyboardInterrupt), journal(out, ABOUT, chunks=9) as kept:  # noqa: PT012
        for number in numbers:
            kept.keep(number, f"chunk {number}".encode())
        raise KeyboardInterrupt
    return journal_folder(out)


def test_a_run_that_ends_well_leaves_nothing(tmp_path: Path) -> None:
    with journal(tmp_path / "e.csv", ABOUT, chunks=9) as kept:
        kept.keep(0, b"data")
        assert kept.read(0) == b"data"
        kept.remove()
    assert list(tmp_path.iterdir()) == []


def test_what_was_finished_is_there_for_the_next_run(tmp_path: Path) -> None:
    stopped(tmp_path / "e.csv", 0, 3)
    with journal(tmp_path / "e.csv", ABOUT, resume=True, chunks=9) as kept:
        assert kept.done == {0, 3}
        assert kept.read(3) == b"chunk 3"


def test_an_unfinished_run_is_not_lost_by_forgetting_to_resume(tmp_path: Path) -> None:
    out = tmp_path / "e.csv"
    stopped(out, 0, 3)
    said = f"{out}: An unfinished run is there: 2 of 9 parts are coded. Add --resume to go on with it, or --restart"
    with pytest.raises(UsageError, match=said), journal(out, ABOUT, chunks=9):
        pass
    with journal(out, ABOUT, restart=True, chunks=9) as kept:
        assert kept.done == frozenset()


def test_a_run_that_finished_nothing_stands_in_nobodys_way(tmp_path: Path) -> None:
    stopped(tmp_path / "e.csv")
    with journal(tmp_path / "e.csv", {"articles": "other"}, chunks=9) as kept:
        assert kept.done == frozenset()


def test_a_run_of_something_else_cannot_go_on(tmp_path: Path) -> None:
    out = tmp_path / "e.csv"
    stopped(out, 0)
    said = (
        f"{out}: The unfinished run cannot go on, for it was of something else: articles and model changed. Undo that"
    )
    with (
        pytest.raises(UsageError, match=said),
        journal(out, {"articles": "x", "codebook": "b", "model": "m"}, resume=True, chunks=9),
    ):
        pass


@pytest.mark.parametrize("content", [b"", b"short", b"0123456789abcdef but another text"])
def test_a_chunk_that_is_not_whole_is_done_again(content: bytes, tmp_path: Path) -> None:
    folder = stopped(tmp_path / "e.csv", 0, 1)
    (folder / "0000000.chunk").write_bytes(content)
    (folder / "notes.chunk").write_bytes(content)
    with journal(tmp_path / "e.csv", ABOUT, resume=True, chunks=9) as kept:
        assert kept.done == {1}


def test_a_chunk_that_is_damaged_later_is_an_error_that_resume_mends(tmp_path: Path) -> None:
    with journal(tmp_path / "e.csv", ABOUT, chunks=9) as kept:
        kept.keep(0, b"data")
        (kept.folder / "0000000.chunk").write_bytes(b"?")
        with pytest.raises(OutputError, match=r"A finished part is damaged. Run the command again with --resume"):
            kept.read(0)


@pytest.mark.parametrize("content", ["", "[]", "{", "null"])
def test_a_folder_that_is_no_journal_is_begun_anew(content: str, tmp_path: Path) -> None:
    folder = stopped(tmp_path / "e.csv", 0)
    (folder / "run.json").write_text(content)
    with journal(tmp_path / "e.csv", ABOUT, resume=True, chunks=9) as kept:
        assert kept.done == frozenset()
        assert not list(folder.glob("*.chunk"))


@pytest.mark.skipif(sys.platform == "win32", reason="locks are those of POSIX systems")
def test_two_runs_cannot_write_one_output(tmp_path: Path) -> None:
    out = tmp_path / "e.csv"
    program = (
        "import sys; from whodid.coder.journal import journal; from pathlib import Path\n"
        "with journal(Path(sys.argv[1]), {}, chunks=1): pass"
    )
    with journal(out, ABOUT, chunks=9):
        other = subprocess.run([sys.executable, "-c", program, str(out)], capture_output=True, text=True, check=False)
    assert f"{out}: Another run writes this file. Wait until it is done, or give another --out." in other.stderr


def test_where_nothing_can_be_written_the_output_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    out = tmp_path / "file" / "e.csv"
    with (
        pytest.raises(OutputError, match=f"{out}: The file cannot be written: Not a directory. Choose a folder"),
        journal(out, ABOUT, chunks=1),
    ):
        pass
