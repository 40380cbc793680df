"""A real Dask scheduler with two worker processes, each started as a user starts it, and ended with the tests."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

TESTS, TOOLKIT = Path(__file__).parents[1], Path(__file__).parents[2] / "toolkit"


@dataclass
class Cluster:
    """address: what --scheduler takes. workers: the processes, which a test may kill."""

    address: str
    folder: Path
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def start_worker(self) -> None:
        command = [sys.executable, "-m", "distributed.cli.dask_worker", self.address, "--nthreads", "1", "--no-nanny"]
        self.workers.append(start([*command, "--no-dashboard", "--local-directory", str(self.folder)], self.folder))


def start(command: list[str], folder: Path) -> subprocess.Popen[bytes]:
    environment = {**os.environ, "PYTHONPATH": f"{TOOLKIT}{os.pathsep}{TESTS}"}
    log = (folder / "log.txt").open("ab")
    return subprocess.Popen(command, cwd=folder, env=environment, stdout=log, stderr=log)


@pytest.fixture(scope="session")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    folder = tmp_path_factory.mktemp("cluster")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", str(port)]
    scheduler = start([*command, "--no-dashboard"], folder)
    made = Cluster(f"tcp://127.0.0.1:{port}", folder)
    try:
        wait_until(lambda: is_open(port), scheduler, folder)
        made.start_worker()
        made.start_worker()
        wait_until(lambda: b"Starting established" in (folder / "log.txt").read_bytes(), scheduler, folder)
        yield made
    finally:
        for process in (*made.workers, scheduler):
            process.kill()
            process.wait()


def is_open(port: int) -> bool:
    with socket.socket() as one:
        return one.connect_ex(("127.0.0.1", port)) == 0


def wait_until(is_so: Callable[[], bool], process: subprocess.Popen[bytes], folder: Path, seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while not is_so():
        assert process.poll() is None, (folder / "log.txt").read_text()
        assert time.monotonic() < until, (folder / "log.txt").read_text()
        time.sleep(0.1)
