"""What the commands do on a disk that is full or read-only: a sentence with the fix, and all stays as it was."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from annotation.store_samples import fill_store
from event_samples import make_events
from interop.foreign import gdelt
from missing import missing
from release import conftest as release_conftest
from small_disk import SmallDisk, small_disk
from whodid.articles.spool import spool_articles
from whodid.checks.sql.validate import opened
from whodid.cli.app import main
from whodid.codebook.model import Codebook
from whodid.coder.stream import code_to_file
from whodid.errors import OutputError
from whodid.events.files import write_events

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

quick = release_conftest.quick
ARTICLE = {"published": "2024-06-21", "text": "France condemned Russia on Friday."}
FIX = r"Choose a folder that you can write to, or free space on the disk\. Nothing was changed\."
Run = Callable[..., tuple[int, str]]


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[SmallDisk]:
    folder = tmp_path / "disk"
    folder.mkdir()
    with small_disk(folder) as made:
        yield made


@pytest.fixture
def whodid(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Exit code and stderr of a command."""

    def run(*arguments: object) -> tuple[int, str]:
        monkeypatch.setattr(sys, "argv", ["whodid", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            main()
        return int(ended.value.code or 0), capsys.readouterr().err

    return run


@pytest.fixture
def inputs(tmp_path: Path) -> Path:
    """A folder with something for each command to read; what comes of it has more than some thousand bytes."""
    folder = tmp_path / "inputs"
    folder.mkdir()
    actions = ["111", "112", "114", "0231", "036", "190"] * 20
    for coder in ("anna", "ben"):
        rows = [f"{number:03d}" for number in range(len(actions))]
        events = make_events(action=actions, article_id=rows, coder=coder)
        write_events(events, folder / f"{coder}.parquet")
    (folder / "foreign.csv").write_text(gdelt(*({"GLOBALEVENTID": str(n)} for n in range(900))), encoding="utf-8")
    lines = [json.dumps({"id": f"{number:03d}", **ARTICLE}) for number in range(40)]
    (folder / "articles.jsonl").write_text("\n".join(lines), encoding="utf-8")
    fill_store(folder / "store")
    return folder


def older(folder: Path, *names: str) -> None:
    """Output of an earlier run."""
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("older", encoding="utf-8")


# What is typed, with the folder of inputs and the disk; what was there before; how many bytes are free.
COMMANDS: dict[str, tuple[tuple[str, ...], tuple[str, ...], int]] = {
    "aggregate": (("aggregate", "{inputs}/anna.parquet", "-o", "{disk}/a.csv"), ("a.csv",), 0),
    "agree": (
        ("agree", "{inputs}/anna.parquet", "{inputs}/ben.parquet", "-o", "{disk}/agreement"),
        ("agreement/scores.csv", "agreement/agreement.html", "agreement/notes.txt"),
        77_824,
    ),
    "codebook": (("codebook", "export", "--html", "{disk}/book.html"), ("book.html",), 4096),
    "codings": (
        ("codings", "{inputs}/store", "-o", "{disk}/hand.parquet"),
        ("hand.parquet", "hand.judged.parquet"),
        # Room for the smaller one of the two that belong together.
        4096,
    ),
    "convert": (
        ("convert", "gdelt", "{inputs}/foreign.csv", "-o", "{disk}/new/gdelt.parquet"),
        ("gdelt.parquet.refused.csv",),
        8192,
    ),
    "evaluate": (
        ("evaluate", "{inputs}/anna.parquet", "{inputs}/ben.parquet", "-o", "{disk}/evaluation"),
        ("evaluation/scores.csv",),
        0,
    ),
    "init": (("init", "{disk}/project"), (), 16_384),
    "release": (
        ("release", "{inputs}/anna.parquet", "-o", "{disk}/dist", "--version", "1.0.0", "--title", "X")
        + ("--licence", "cc0-1.0"),
        ("notes.txt",),
        49_152,
    ),
    "summarize": (
        ("summarize", "{inputs}/anna.parquet", "-o", "{disk}/report"),
        ("report/report.html", "report/tables/actions.csv", "report/figures/calendar.png", "report/notes.txt"),
        61_440,
    ),
    "validate": (
        ("validate", "{inputs}/anna.parquet", "--clean", "{disk}/good.csv"),
        ("good.csv",),
        8192,
    ),
}


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("name", COMMANDS)
def test_a_full_disk_is_said_with_the_fix_and_all_stays_as_it_was(
    name: str, disk: SmallDisk, inputs: Path, whodid: Run
) -> None:
    typed, before, left = COMMANDS[name]
    older(disk.folder, *before)
    was = disk.files()
    with disk.nearly_full(left):
        code, error = whodid(*(word.format(inputs=inputs, disk=disk.folder) for word in typed))
    assert code == 1
    said = rf"whodid: {re.escape(str(disk.folder))}/\S+: The (file|folder|project) cannot be written: {disk.error}\. {FIX}\n"
    assert re.fullmatch(said, error.splitlines(keepends=True)[-1]), error
    assert disk.files() == was


@pytest.mark.model
def test_coding_goes_on_when_there_is_room_and_nothing_is_coded_twice(
    disk: SmallDisk, inputs: Path, whodid: Run, codebook: Codebook
) -> None:
    source, out = inputs / "articles.jsonl", disk.folder / "e.jsonl"
    older(disk.folder, "e.jsonl")
    here = re.escape(str(disk.folder))

    def goes_wrong(left: int, where: str, fix: str, *options: str) -> None:
        with disk.nearly_full(left):
            code, error = whodid("code", source, "-o", out, "--quiet", *options)
        said = rf"whodid: {here}/{where}: The (file|folder) cannot be written: {disk.error}\. {fix}\n"
        assert code == 1
        assert re.fullmatch(said, error), error
        assert disk.files()["e.jsonl"] == b"older"
        assert not [name for name in disk.files() if name.endswith(".part")]

    # Room for one part of three, then for all of them but not for the output.
    part = r"\.e\.jsonl\.unfinished/\d+\.chunk"
    fix = r"Free space on the disk, and add --resume: what is coded is kept\."
    goes_wrong(16_384 if disk.is_real else 4096, part, fix)
    if disk.is_real:
        assert [path.name for path in disk.folder.glob("*/*.chunk")] == ["0000000.chunk"]
    goes_wrong(16_384 if disk.is_real else 8192, r"e\.jsonl", FIX, "--resume")
    assert code_to_file(spool_articles(source), out, codebook=codebook, resume=True).resumed == 40
    code_to_file(spool_articles(source), inputs / "undisturbed.jsonl", codebook=codebook)
    assert disk.files() == {"e.jsonl": (inputs / "undisturbed.jsonl").read_bytes()}


def test_a_full_folder_for_temporary_files_is_said_before_anything_is_coded(disk: SmallDisk, inputs: Path) -> None:
    rows = ({"id": str(number), **ARTICLE, "text": ARTICLE["text"] * 3000} for number in range(150))
    (inputs / "long.jsonl").write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    # In a process of its own: SQLite asks once where temporary files go.
    command = [sys.executable, "-m", "whodid", "code", inputs / "long.jsonl", "-o", inputs / "e.csv"]
    with disk.nearly_full(8192):
        done = subprocess.run(
            command,
            env={**os.environ, "TMPDIR": str(disk.folder)},
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
    assert done.returncode == 1
    assert re.fullmatch(
        r"whodid: The articles cannot be put aside: [A-Za-z /]+\. Free space in the folder for temporary files, or name another "
        r"one: TMPDIR=/a/larger/folder\.\n",
        done.stderr,
    ), done.stderr
    assert disk.files() == {}
    assert not list(inputs.glob("*e.csv*"))


@pytest.mark.model
def test_a_cache_on_a_full_disk_is_said_and_costs_no_events(disk: SmallDisk, inputs: Path, whodid: Run) -> None:
    if not disk.is_real:
        missing("no disk may be mounted, and a limit on files would meet the output too", fails_in_ci=False)
    with disk.nearly_full(4096):
        code, error = whodid(
            "code", inputs / "articles.jsonl", "-o", inputs / "e.csv", "--cache", disk.folder, "--quiet"
        )
    assert code == 0
    assert re.search(r"^whodid: .* not kept: .*" + disk.error, error, re.MULTILINE), error
    assert len((inputs / "e.csv").read_text(encoding="utf-8").splitlines()) == 41


def test_sql_that_finds_no_room_for_its_temporary_files_blames_the_disk_and_not_the_data(
    disk: SmallDisk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(disk.folder))
    query = "CREATE TEMP TABLE many AS SELECT hash(range) AS a, hash(range + 1) AS b FROM range(3000000)"

    def spill(connection: DuckDBPyConnection) -> None:
        # duckdb looks at what is free when it starts; something else may fill the disk after that.
        connection.execute("SET max_temp_directory_size = '1TB'")
        connection.execute(query)

    with disk.nearly_full(65_536), opened() as database, pytest.raises(OutputError) as caught:
        database.run(spill, ("24MB",))
    assert str(caught.value) == (
        f"{disk.folder}: The disk of temporary files is full. Free space there, or name another folder: TMPDIR=/a/larger/folder."
    )
    assert disk.files() == {}


@pytest.mark.parametrize("name", ["aggregate", "codings", "init"])
def test_a_read_only_folder_is_said_with_the_fix(name: str, disk: SmallDisk, inputs: Path, whodid: Run) -> None:
    if not disk.is_real and os.geteuid() == 0:
        missing("no disk may be mounted, and to root every folder can be written", fails_in_ci=False)
    typed, before, _ = COMMANDS[name]
    older(disk.folder, *before)
    was = disk.files()
    with disk.read_only():
        code, error = whodid(*(word.format(inputs=inputs, disk=disk.folder) for word in typed))
    assert code == 1
    assert re.fullmatch(
        rf"whodid: {re.escape(str(disk.folder))}/\S+: The (file|folder|project) cannot be written: "
        rf"(Read-only file system|Permission denied)\. {FIX}\n",
        error.splitlines(keepends=True)[-1],
    ), error
    assert disk.files() == was
