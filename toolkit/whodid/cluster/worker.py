"""What happens in a worker process of a cluster: what comes before its first task, and the task."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any, TypeVar

from distributed import WorkerPlugin

Task = TypeVar("Task")
Result = TypeVar("Result")

_beginnings: dict[str, tuple[Callable[..., None], tuple[Any, ...]]] = {}
_begun: list[str] = []
_one_at_a_time = threading.Lock()


class Beginning(WorkerPlugin):
    """What a worker has to know before its first task. Workers that join later get it as well."""

    idempotent = True

    def __init__(self, token: str, start: Callable[..., None], arguments: tuple[Any, ...]) -> None:
        self._token, self._start, self._arguments = token, start, arguments

    def setup(self, worker: object) -> None:
        """Keep it; it takes seconds, and is done when a task comes."""
        _beginnings[self._token] = (self._start, self._arguments)

    def teardown(self, worker: object) -> None:
        """Forget it."""
        _beginnings.pop(self._token, None)


def run(token: str | None, work: Callable[[Task], Result], task: Task) -> Result:
    """The task, after what has to happen once in this process; one at a time then, for it is the process's state."""
    if token is None:
        return work(task)
    with _one_at_a_time:
        if _begun != [token]:
            start, arguments = _beginnings[token]
            _begun.clear()
            start(*arguments)
            _begun.append(token)
        return work(task)
