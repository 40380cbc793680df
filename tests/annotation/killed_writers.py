"""Two coders write to one store and are killed at random moments; counts what was confirmed and is not there.

Run by test_killed.py as a program of its own, since it forks: `killed_writers.py STORE KILLS SEED [careless]`. A
careless writer confirms before it writes: the count must not be zero then, or it would prove nothing.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

from whodid.annotation.store import CoderLog, read_files, read_store

CODERS = ("anna", "ben")
LONGEST_S = 0.012


@dataclass
class Writer:
    """A process that writes entries with a running mark, and says each mark on a pipe once it is confirmed."""

    pid: int
    pipe: int
    heard: bytes = b""
    confirmed: set[int] = field(default_factory=set)

    def listen(self, *, to_end: bool = False) -> None:
        while True:
            try:
                data = os.read(self.pipe, 65536)
            except BlockingIOError:
                if not to_end:
                    return
                continue
            if not data:
                return
            *marks, self.heard = (self.heard + data).split(b"\n")
            self.confirmed |= {int(mark) for mark in marks}


def start(store: Path, coder: str, first: int, careless: bool) -> Writer:
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(reading)
        try:
            write(store, coder, first, careless, writing)
        finally:
            os._exit(1)
    os.close(writing)
    os.set_blocking(reading, False)
    return Writer(pid, reading)


def write(store: Path, coder: str, first: int, careless: bool, pipe: int) -> None:
    log = CoderLog(store, coder)
    mark = first
    while True:
        if careless:
            os.write(pipe, f"{mark}\n".encode())
        log.add("event", {"mark": mark, "words": "wörter " * (mark % 40)})
        if not careless:
            os.write(pipe, f"{mark}\n".encode())
        mark += 1


def main(store: Path, kills: int, seed: int, careless: bool) -> dict[str, int]:
    chance = random.Random(seed)
    confirmed: dict[str, set[int]] = {coder: set() for coder in CODERS}
    lost: dict[str, set[int]] = {coder: set() for coder in CODERS}
    writers = {coder: start(store, coder, 0, careless) for coder in CODERS}
    n_damaged = n_unread = 0

    def look(coders: tuple[str, ...], files: list[Path] | None) -> None:
        """Read some files, or the whole store, and note what was confirmed and is not there."""
        nonlocal n_damaged, n_unread
        try:
            found = read_store(store) if files is None else read_files(files)
        except Exception:
            n_unread += 1
            return
        n_damaged += len(found.faults)
        for coder in coders:
            certain = confirmed[coder] if files is None else writers[coder].confirmed
            lost[coder] |= certain - {entry.body["mark"] for entry in found.entries if entry.coder == coder}

    for kill in range(kills):
        coder = chance.choice(CODERS)
        time.sleep(chance.uniform(0.001, LONGEST_S))
        writer = writers[coder]
        os.kill(writer.pid, signal.SIGKILL)
        os.waitpid(writer.pid, 0)
        writer.listen(to_end=True)
        os.close(writer.pipe)
        confirmed[coder] |= writer.confirmed
        # Nobody else ever writes to the killed session's file, so that it alone can have suffered.
        look((coder,), sorted((store / coder).glob("*.jsonl"))[-1:])
        if kill % 20 == 0 or kill == kills - 1:
            look(CODERS, None)
        writers[coder] = start(store, coder, 1_000_000 * (kill + 1), careless)
    for coder, writer in writers.items():
        os.kill(writer.pid, signal.SIGKILL)
        os.waitpid(writer.pid, 0)
        writer.listen(to_end=True)
        confirmed[coder] |= writer.confirmed
    look(CODERS, None)
    n_confirmed, n_lost = (sum(map(len, counted.values())) for counted in (confirmed, lost))
    return {"kills": kills, "confirmed": n_confirmed, "lost": n_lost, "damaged": n_damaged, "unread": n_unread}


if __name__ == "__main__":
    where, number, seed_given, *how = sys.argv[1:]
    print(json.dumps(main(Path(where), int(number), int(seed_given), how == ["careless"])))
