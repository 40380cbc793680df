"""Does a run that is killed at any moment, and gone on with, give the same bytes? Kills `whodid code` for real, many times.

    python benchmarks/kill_resume.py --rounds 100

In each round a run is killed with SIGKILL at a random moment (from a fixed seed), in every third round what goes on with it is
killed as well, and --resume finishes it. The output is then compared byte by byte with that of a run that nobody disturbed; until
then an older output must be whole, and afterwards nothing else may be left beside it. Starting Python takes longer than coding
the few articles used here, so most rounds fork a process that has everything loaded, and kills fall into the work; every tenth
round starts the command in a process of its own, every twentieth with two workers.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import recombine
from whodid.coder.code import Coder

OLD = b"an older output"


@dataclass(frozen=True)
class Outcome:
    """What came of some rounds: how many were identical, how many kills met a living process, and what went wrong."""

    identical: int
    kills: int
    stages: Counter[str]
    wrong: tuple[str, ...]


def rounds(count: int, folder: Path, articles: int, seed: int = 1, every_shell: int = 10) -> Outcome:
    """Kill and resume so many times in an empty folder; see the module."""
    source = folder / "articles.jsonl"
    lines = (
        json.dumps({"id": a.article_id, "text": a.text, "published": a.published.isoformat()})
        for a in recombine.articles(articles, sentences=3)
    )
    source.write_text("\n".join(lines) + "\n", encoding="utf-8")
    out = folder / "out" / "events.parquet"
    command = ["code", str(source), "-o", str(out), "--cache", str(folder / "cache"), "--quiet"]
    _run(command)
    expected = out.read_bytes()
    lasting = {shell: _lasting([*command, "--restart"], shell) for shell in (False, True)}
    chance = random.Random(seed)
    wrong: list[str] = []
    stages: Counter[str] = Counter()
    kills = identical = 0
    for number in range(1, count + 1):
        is_shell = every_shell > 0 and number % every_shell == 0
        more = ["--workers", "2"] if is_shell and number % (2 * every_shell) == 0 else []
        out.write_bytes(OLD)
        for _ in range(2 if number % 3 == 0 else 1):
            process = _start([*command, *more, "--resume"], is_shell)
            time.sleep(chance.uniform(0, 1.1) * lasting[is_shell])
            kills += _kill(process)
            stage = _stage(out, expected)
            stages[stage] += 1
            if stage == "broken":
                wrong.append(f"round {number}: the old output was not whole after the kill")
        _run([*command, "--resume"])
        left = sorted(path.name for path in out.parent.iterdir())
        if out.read_bytes() != expected:
            wrong.append(f"round {number}: other bytes")
        elif left != [out.name]:
            wrong.append(f"round {number}: left behind: {', '.join(left)}")
        else:
            identical += 1
        if number % 10 == 0:
            print(f"{number} rounds, {identical} identical", file=sys.stderr, flush=True)
    return Outcome(identical, kills, stages, tuple(wrong))


def _stage(out: Path, expected: bytes) -> str:
    """How far a killed run had come."""
    now = out.read_bytes()
    if now not in (OLD, expected):
        return "broken"
    if now == expected:
        return "output written"
    finished = len(list(out.parent.glob(f".{out.name}.unfinished/*.chunk")))
    return "some parts coded" if finished else "nothing coded"


def _start(command: list[str], is_shell: bool) -> int:
    if is_shell:
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        return subprocess.Popen([sys.executable, "-m", "whodid", *command], **quiet).pid
    child = os.fork()
    if child == 0:
        code = 1
        with contextlib.suppress(BaseException), contextlib.redirect_stdout(io.StringIO()):
            from whodid.cli.app import app

            app(command, standalone_mode=False)
            code = 0
        os._exit(code)
    return child


def _kill(process: int) -> bool:
    """Kill a process; False if it had ended before."""
    ended, status = os.waitpid(process, os.WNOHANG)
    if ended:
        if status:
            raise RuntimeError(f"a run ended by itself with status {status}")
        return False
    os.kill(process, signal.SIGKILL)
    os.waitpid(process, 0)
    return True


def _run(command: list[str]) -> None:
    process = _start(command, is_shell=False)
    _, status = os.waitpid(process, 0)
    if status:
        raise RuntimeError(f"whodid {' '.join(command)} ended with status {status}")


def _lasting(command: list[str], is_shell: bool) -> float:
    start = time.monotonic()
    os.waitpid(_start(command, is_shell), 0)
    return time.monotonic() - start


def _load() -> None:
    """Load all that a run loads, so that forked runs have it."""
    from whodid.codebook.load import load_codebook
    from whodid.coder import stream

    codebook = load_codebook()
    coder = Coder(codebook)
    # The runs' own coder then costs nothing; what it does is the same.
    stream.Coder = lambda *arguments, cache, warn, **rest: _with_cache(coder, cache)  # type: ignore[misc,assignment]
    import whodid.codebook.load

    whodid.codebook.load.load_codebook = lambda path=None: codebook  # type: ignore[assignment]


def _with_cache(coder: Coder, cache: Path | None) -> Coder:
    coder.use(cache)
    return coder


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=100)
    parser.add_argument("--articles", type=int, default=320)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    _load()
    with tempfile.TemporaryDirectory() as name:
        start = time.monotonic()
        outcome = rounds(given.rounds, Path(name), given.articles, given.seed)
    where = ", ".join(f"{stage} {count}" for stage, count in outcome.stages.most_common())
    print(f"{outcome.identical} of {given.rounds} results identical after {outcome.kills} SIGKILLs ({where})")
    print(f"{time.monotonic() - start:,.0f} s")
    print("\n".join(outcome.wrong), end="\n" if outcome.wrong else "")
    return 0 if outcome.identical == given.rounds else 1


if __name__ == "__main__":
    sys.exit(main())
