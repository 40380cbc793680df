"""Work on several processes: results in order, a bounded number of tasks under way, no process left behind."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from typing import Any, TypeVar

from whodid.errors import CoderError
from whodid.garbage import settle, unsearched

Task = TypeVar("Task")
Result = TypeVar("Result")

# Tasks under way for each worker: the next one waits at hand, and no more than that wait in memory.
_AHEAD = 2


def in_processes(
    work: Callable[[Task], Result],
    tasks: Iterable[Task],
    workers: int,
    *,
    start: Callable[..., None],
    arguments: tuple[Any, ...],
) -> Iterator[Result]:
    """work(task) of each task, in the order of the tasks, computed on some processes.

    start(*arguments) is called once in each process. tasks are taken only as they are needed. If it is left early, by an
    error or by Ctrl-C, tasks under way are finished and the processes end.
    Raises CoderError if a process is ended from outside; what work raises is raised here.
    """
    waiting = iter(tasks)
    # Spawned, not forked: the same on every platform, and no half-copied threads of numeric libraries.
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(workers, mp_context=context, initializer=_begin, initargs=(start, arguments))
    try:
        running: deque[Future[Result]] = deque(pool.submit(work, task) for task in islice(waiting, workers * _AHEAD))
        while running:
            result = running.popleft().result()
            running.extend(pool.submit(work, task) for task in islice(waiting, 1))
            yield result
    except BrokenProcessPool as error:
        fix = "Give fewer --workers, for memory is the usual reason; --resume goes on with what is done."
        raise CoderError("A worker process was ended from outside.", fix=fix, rule="worker-ended") from error
    finally:
        pool.shutdown(cancel_futures=True)


def _begin(start: Callable[..., None], arguments: tuple[Any, ...]) -> None:
    # Ctrl-C reaches every process of a terminal; the first one says what happens then.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    with unsearched():
        start(*arguments)
    settle()


def _end_with_parent() -> None:
    """Workers whose first process was killed would wait for tasks for ever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
