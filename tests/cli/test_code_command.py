"""`whodid code` as a shell runs it: where it writes, how it stops, and how it goes on."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import whodid as wd
from whodid.articles.spool import spool_articles
from whodid.codebook.model import Codebook
from whodid.coder.stream import code_to_file

pytestmark = pytest.mark.model

ROOT = Path(__file__).resolve().parents[2]
ARTICLE = "---\nid: a{0}\npublished: 2024-06-21\n---\nFrance condemned Russia on Friday.\n"


def started(*arguments: object, before: str = "") -> subprocess.Popen[str]:
    """The command under way; before: Python that its process runs first."""
    program = f"{before}\nfrom whodid.cli.app import main\nmain()"
    paths = os.pathsep.join([str(ROOT / "toolkit"), os.environ.get("PYTHONPATH", "")])
    return subprocess.Popen(
        [sys.executable, "-c", program, *map(str, arguments)],
        env={**os.environ, "PYTHONPATH": paths},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def whodid(*arguments: object, before: str = "") -> tuple[int, str, str]:
    """Exit code, stdout and stderr of the command."""
    process = started(*arguments, before=before)
    out, error = process.communicate(timeout=120)
    return process.returncode, out, error


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    folder = tmp_path / "raw"
    folder.mkdir()
    for number in range(40):
        (folder / f"{number:02d}.md").write_text(ARTICLE.format(f"{number:02d}"))
    return folder


class Stop(Exception):
    """Stands for whatever ends a run."""


def stopped(raw: Path, out: Path, codebook: Codebook) -> None:
    """A run on these articles that ended behind its first chunk."""

    def stop(done: int) -> None:
        if done:
            raise Stop

    with pytest.raises(Stop):
        code_to_file(spool_articles(raw), out, codebook=codebook, progress=stop)


def test_a_stopped_run_is_named_and_goes_on_with_resume(raw: Path, tmp_path: Path, codebook: Codebook) -> None:
    out = tmp_path / "results"
    out.mkdir()
    (out / "events.parquet").write_bytes(b"older")
    stopped(raw, out / "events.parquet", codebook)
    code, _, error = whodid("code", raw, "-o", out)
    said = (
        "An unfinished run is there: 1 of 3 parts are coded. Add --resume to go on with it, or --restart to begin anew."
    )
    assert (code, error) == (1, f"whodid: {out}/events.parquet: {said}\n")
    assert (out / "events.parquet").read_bytes() == b"older"
    code, printed, error = whodid("code", raw, "-o", f"{out}/", "--resume")
    assert (code, error) == (0, "")
    assert printed == f"40 events from 40 articles in {out}/events.parquet, 16 of them coded before\n"
    assert len(wd.read_events(out / "events.parquet")) == 40


def test_resume_and_restart_exclude_each_other(raw: Path, tmp_path: Path) -> None:
    code, _, error = whodid("code", raw, "-o", tmp_path / "e.csv", "--resume", "--restart")
    assert code == 1
    assert error.startswith("whodid: --resume and --restart exclude each other. Give --resume to go on with")


@pytest.mark.skipif(sys.platform == "win32", reason="signals are those of POSIX systems")
@pytest.mark.parametrize("workers", [1, 2])
def test_ctrl_c_ends_cleanly_and_says_how_to_go_on(workers: int, raw: Path, tmp_path: Path) -> None:
    out = tmp_path / "e.csv"
    # Each chunk takes a while, so that the signal comes between two of them.
    slow = (
        "import time\nfrom whodid.coder import journal as j\nkeep = j.Journal.keep\n"
        "j.Journal.keep = lambda *a: (keep(*a), time.sleep(30))"
    )
    process = started("code", raw, "-o", out, "--workers", workers, before=slow)
    wait_for(lambda: list(tmp_path.glob(".e.csv.unfinished/*.chunk")))
    process.send_signal(signal.SIGINT)
    _, error = process.communicate(timeout=60)
    assert process.returncode == 130
    said = f"whodid: Interrupted; {out} is as it was before. The same command with --resume goes on from here.\n"
    assert error == said
    assert not out.exists()


@pytest.mark.skipif(sys.platform != "linux", reason="limits and /proc are Linux's")
def test_workers_end_with_the_process_that_started_them(raw: Path, tmp_path: Path) -> None:
    slow = "from whodid.coder import journal as j\nimport time\nj.Journal.keep = lambda *a: time.sleep(60)"
    process = started("code", raw, "-o", tmp_path / "e.csv", "--workers", 2, before=slow)
    wait_for(lambda: len(children(process.pid)) >= 2)
    workers = children(process.pid)
    process.kill()
    process.communicate(timeout=60)
    wait_for(lambda: not any(Path(f"/proc/{worker}").exists() for worker in workers))


@pytest.mark.skipif(sys.platform != "linux", reason="limits and /proc are Linux's")
def test_a_full_disk_is_said_and_leaves_the_old_output(raw: Path, tmp_path: Path) -> None:
    out = tmp_path / "e.csv"
    out.write_text("older")
    limit = "import resource, signal\nsignal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
    limit += "resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))"
    code, _, error = whodid("code", raw, "-o", out, before=limit)
    assert code == 1
    assert re.fullmatch(
        r"whodid: \S*/\.e\.csv\.unfinished/0000000\.chunk: The file cannot be written: File too large\. "
        r"Free space on the disk, and add --resume: what is coded is kept\.\n",
        error,
    ), error
    assert out.read_text() == "older"


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="runs are forked")
def test_killed_runs_give_the_same_bytes_when_they_go_on() -> None:
    script = [sys.executable, ROOT / "benchmarks" / "kill_resume.py", "--rounds", "6", "--articles", "120"]
    paths = os.pathsep.join([str(ROOT / "toolkit"), os.environ.get("PYTHONPATH", "")])
    done = subprocess.run(
        script, env={**os.environ, "PYTHONPATH": paths}, capture_output=True, text=True, check=False, timeout=300
    )
    assert done.stdout.startswith("6 of 6 results identical after "), done.stdout + done.stderr


def children(process: int) -> list[int]:
    """The worker processes of a process (not the one that watches over shared memory)."""
    found = []
    for path in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((path / "stat").read_text().rpartition(")")[2].split()[1])
            if parent == process and b"spawn_main" in (path / "cmdline").read_bytes():
                found.append(int(path.name))
        except (OSError, ValueError):
            pass
    return found


def wait_for(is_so: object, seconds: float = 240) -> None:
    end = time.monotonic() + seconds
    while not is_so():  # type: ignore[operator]
        assert time.monotonic() < end, "it did not come about"
        time.sleep(0.1)
