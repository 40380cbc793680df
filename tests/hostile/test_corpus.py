"""Every input that a fuzzer started from or found is read again: a result or one of our own errors, within seconds."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from hostile.targets import TARGETS

CORPUS = Path(__file__).parent / "corpus"
INPUTS = sorted(path for path in CORPUS.rglob("*") if path.is_file())


@pytest.mark.parametrize("path", INPUTS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_the_reader_ends_with_a_result_or_our_own_error(path: Path) -> None:
    start = time.process_time()
    TARGETS[path.parent.name](path.read_bytes())
    # A page needs a tenth of a second; whatever needs fifty of these grows with something that it should not.
    assert time.process_time() - start < 5


def test_every_target_has_a_seed_and_every_folder_is_a_target() -> None:
    assert {path.parent.name for path in INPUTS} == set(TARGETS)
