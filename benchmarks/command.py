"""`whodid code` as a whole: --workers 2 against 1, --cache against none, memory by number of articles; and every command's start.

    python benchmarks/command.py [--articles 1500] [--memory 1000,10000]

Wall times of a program that starts anew each time, so on a machine that does other work they are noise; ratios are of one run, in
turns. Memory is the largest resident set of the process, and of its children for the start-up.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import recombine
from whodid.codebook.load import default_codebook_path

WORDING = "seek peacekeeper"
COMMANDS = ("code", "explain", "suggest", "train", "evaluate", "validate", "summarize", "codebook")
RAW = Path(__file__).resolve().parents[1] / "data" / "raw"
CODED = RAW.parent / "coded" / "events.parquet"


def run(*arguments: object) -> tuple[float, float, int]:
    """Wall seconds, CPU seconds and megabytes at most of `whodid` with some arguments."""
    start = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, "-m", "whodid", *map(str, arguments)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    _, status, used = os.wait4(process.pid, 0)
    if status:
        raise RuntimeError(f"whodid {' '.join(map(str, arguments))} ended with status {status}")
    return time.monotonic() - start, used.ru_utime + used.ru_stime, used.ru_maxrss // 1024


def write(path: Path, count: int) -> Path:
    with path.open("w", encoding="utf-8") as out:
        for a in recombine.articles(count):
            row = {"id": a.article_id, "text": a.text, "published": a.published.isoformat(), "publisher": a.publisher}
            out.write(json.dumps(row) + "\n")
    return path


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=1500)
    parser.add_argument(
        "--memory", default="", help="numbers of articles, with commas between them; nothing else is measured"
    )
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        if given.memory:
            memory(Path(name), [int(count) for count in given.memory.split(",")])
        else:
            speed(Path(name), given.articles)
            starts(Path(name))


def memory(folder: Path, counts: list[int]) -> None:
    for count in counts:
        _, seconds, megabytes = run("code", write(folder / "many.jsonl", count), "-o", folder / "e.parquet")
        print(f"{count:,} distinct articles: {megabytes:,} MB at most, {seconds:,.0f} CPU s", flush=True)


def speed(folder: Path, count: int) -> None:
    few, out, cache = write(folder / "few.jsonl", count), folder / "e.parquet", folder / "cache"
    one, two = run("code", few, "-o", out), run("code", few, "-o", out, "-j", 2)
    print(f"{count:,} articles: --workers 2 against 1: {one[0] / two[0]:.2f} times the speed")
    with_cache = ("code", few, "-o", out, "--cache", cache)
    first, again = run(*with_cache), run(*with_cache)
    changed = run(*with_cache, "--codebook", without_a_wording(folder / "codebook"))
    print(f"the whole command: {one[1]:.1f} CPU s; with --cache {first[1]:.1f} when nothing is kept yet")
    for what, kept in (("all is kept", again), (f"all is kept, and {WORDING!r} has gone from the codebook", changed)):
        print(f"the whole command when {what}: {kept[1]:.1f} CPU s, {one[1] / kept[1]:.1f} times the speed")


def without_a_wording(folder: Path) -> Path:
    """A copy of the codebook that ships, without one wording."""
    shutil.copytree(default_codebook_path(), folder)
    patterns = folder / "patterns" / "02.yaml"
    text = patterns.read_text(encoding="utf-8")
    line = f"    - {WORDING}\n"
    if text.count(line) != 1:
        raise RuntimeError(f"{WORDING!r} stands {text.count(line)} times in {patterns}")
    patterns.write_text(text.replace(line, ""), encoding="utf-8")
    return folder


def starts(folder: Path) -> None:
    for command in COMMANDS:
        run(command, "--help")
        print(f"whodid {command} --help: {run(command, '--help')[1]:.2f} CPU s")
    tiny = write(folder / "tiny.jsonl", 1)
    for arguments in (
        ("code", tiny, "-o", folder / "e.parquet", "--quiet"),
        ("explain", tiny),
        ("validate", CODED),
        ("codebook", "show", "114"),
    ):
        print(f"whodid {arguments[0]}, a tiny run: {run(*arguments)[1]:.2f} CPU s")


if __name__ == "__main__":
    main()
