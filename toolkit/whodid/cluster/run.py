"""Work on several machines: results in order from the workers of a Dask scheduler, whichever of them come and go.

Who starts the scheduler and the workers is not our business: docs/clusters.md says how it is done by hand, on SLURM and on
Kubernetes.
"""

from __future__ import annotations

import contextlib
import hashlib
import pickle
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any, TypeVar

from whodid import __version__
from whodid.errors import WhodidError

Task = TypeVar("Task")
Result = TypeVar("Result")

# Tasks under way for each thread of the workers: the next one is there when one is done, and no more wait in memory.
_AHEAD = 2
_SECONDS_TO_CONNECT = 15


class ClusterError(WhodidError):
    """The cluster cannot be reached, does not fit, or gave up on a task."""


def own_version() -> str:
    """The version of whodid in this process."""
    return __version__


def on_cluster(
    work: Callable[[Task], Result],
    tasks: Iterable[Task],
    scheduler: str,
    *,
    start: Callable[..., None] | None = None,
    arguments: tuple[Any, ...] = (),
    version: Callable[[], str] = own_version,
) -> Iterator[Result]:
    """work(task) of each task, in the order of the tasks, computed by the workers of a Dask scheduler.

    start(*arguments) is called once in each worker process before its first task; the tasks of a process then follow
    each other, whatever its number of threads. tasks are taken only as they are needed. A task whose worker dies is done
    by another: work must give the same for the same task. What work raises is raised here. version: what must be equal
    here and on each worker.
    Raises ClusterError if Dask is missing, the scheduler cannot be reached or goes away, a worker has another version,
    or a task has ended several workers.
    """
    try:
        import distributed
        from distributed.client import FutureCancelledError
        from distributed.comm.core import CommClosedError

        from whodid.cluster.worker import Beginning, run
    except ImportError as error:
        fix = "Install it with `pip install 'whodid[cluster]'`, here and on the workers."
        raise ClusterError("Dask is not installed.", fix=fix, rule="no-dask") from error
    with _connected(distributed, scheduler) as client:
        _check_versions(client, scheduler, version)
        token = None
        if start is not None:
            token = hashlib.sha256(pickle.dumps((start, arguments))).hexdigest()[:16]
            client.register_plugin(Beginning(token, start, arguments), name=f"whodid-{token}")
        waiting = iter(tasks)
        running: deque[Any] = deque()
        try:
            while True:
                # Counted anew each time, for workers join and leave.
                room = max(sum(client.nthreads().values()), 1) * _AHEAD - len(running)
                for task in islice(waiting, max(room, 0)):
                    running.append(client.submit(run, token, work, task, pure=False))
                if not running:
                    return
                yield running.popleft().result()
        except distributed.KilledWorker as error:
            message = "A task has ended every worker that took it."
            fix = "Give the workers more memory; that is the usual reason."
            raise ClusterError(message, fix=fix, value=scheduler, rule="worker-ended") from error
        except (CommClosedError, FutureCancelledError) as error:
            message = f"The scheduler {scheduler} went away while tasks were under way."
            fix = "Start it, and run the command again."
            raise ClusterError(message, fix=fix, value=scheduler, rule="no-scheduler") from error
        finally:
            client.cancel(list(running))


@contextlib.contextmanager
def _connected(distributed: Any, scheduler: str) -> Iterator[Any]:
    try:
        client = distributed.Client(scheduler, timeout=_SECONDS_TO_CONNECT, set_as_default=False)
    except (OSError, ValueError, TypeError) as error:
        fix = "Give --scheduler the address that `dask scheduler` printed, such as tcp://10.0.0.5:8786."
        message = f"There is no Dask scheduler at {scheduler}."
        raise ClusterError(message, fix=fix, value=scheduler, rule="no-scheduler") from error
    try:
        yield client
    finally:
        client.close(timeout=2)


def _check_versions(client: Any, scheduler: str, version: Callable[[], str]) -> None:
    """Another version on a worker would code otherwise, and nobody would see it in the file."""
    found = client.run(version, on_error="return")
    # A worker that has just died is no longer one.
    found = {address: other for address, other in found.items() if not isinstance(other, OSError)}
    if not found:
        fix = f"Start some with `dask worker {scheduler}`."
        raise ClusterError(f"The scheduler {scheduler} has no workers.", fix=fix, value=scheduler, rule="no-workers")
    for address, other in sorted(found.items()):
        if other != version():
            what = f"has whodid {other}, this machine {version()}" if isinstance(other, str) else "cannot load whodid"
            fix = f"Install whodid {__version__} there, from the same files."
            raise ClusterError(f"The worker {address} {what}.", fix=fix, value=address, rule="other-version")
