"""Work on several processes when one of them is ended from outside."""

from __future__ import annotations

import gc
import os

import pytest

from whodid.coder.workers import in_processes
from whodid.errors import CoderError


def test_a_worker_that_is_ended_from_outside_is_said_with_the_fix() -> None:
    # os._exit ends the process as a kill does: nothing is cleaned up, and nothing is given back.
    with pytest.raises(CoderError) as caught:
        list(in_processes(os._exit, [1, 1, 1], 2, start=gc.collect, arguments=()))
    assert str(caught.value) == (
        "A worker process was ended from outside. Give fewer --workers, for memory is the usual reason; --resume goes on "
        "with what is done."
    )
