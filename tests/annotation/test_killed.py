"""Killing the process at 200 random moments while two coders write loses no confirmed coding."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import whodid

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="writers are forked, which Windows cannot")


def kill_writers(store: Path, kills: int, *how: str) -> dict[str, int]:
    program = Path(__file__).with_name("killed_writers.py")
    done = subprocess.run(
        [sys.executable, program, store, str(kills), "20240621", *how],
        env={**os.environ, "PYTHONPATH": str(Path(whodid.__file__).parents[1])},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_two_hundred_kills_while_two_coders_write_lose_no_confirmed_coding(tmp_path: Path) -> None:
    count = kill_writers(tmp_path / "coding", 200)
    assert (count["kills"], count["lost"], count["damaged"], count["unread"]) == (200, 0, 0, 0)
    assert count["confirmed"] > 200


def test_the_count_of_lost_codings_would_notice_a_writer_that_confirms_too_early(tmp_path: Path) -> None:
    assert kill_writers(tmp_path / "coding", 40, "careless")["lost"] > 0
