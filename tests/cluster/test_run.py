"""Work on a real scheduler with two worker processes: order, beginnings, errors, and a worker that is killed."""

from __future__ import annotations

import builtins
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cluster import work
from cluster.conftest import Cluster
from whodid.cluster.run import ClusterError, on_cluster
from whodid.errors import CoderError


def test_results_come_in_the_order_of_the_tasks_from_all_workers(cluster: Cluster) -> None:
    found = list(on_cluster(work.square, range(20), cluster.address))
    assert [square for square, _, _ in found] == [number * number for number in range(20)]
    assert len({process for _, process, _ in found}) == 2


def test_each_process_begins_once(cluster: Cluster) -> None:
    found = list(on_cluster(work.square, range(8), cluster.address, start=work.begin, arguments=("one",)))
    assert {tuple(begun) for _, _, begun in found} == {("one",)}
    found = list(on_cluster(work.square, range(8), cluster.address, start=work.begin, arguments=("two",)))
    assert {tuple(begun) for _, _, begun in found} == {("one", "two")}


def test_tasks_are_taken_only_as_they_are_needed(cluster: Cluster) -> None:
    taken: list[int] = []

    def tasks() -> Iterator[int]:
        for number in range(1000):
            taken.append(number)
            yield number

    results = on_cluster(work.slowly, tasks(), cluster.address)
    assert [next(results) for _ in range(3)] == [0, 1, 2]
    results.close()  # type: ignore[attr-defined]
    assert len(taken) < 12


def test_an_error_of_ours_arrives_with_its_fields(cluster: Cluster) -> None:
    with pytest.raises(CoderError, match=r"7 is too much\. Give less\.") as caught:
        list(on_cluster(work.fail, [7], cluster.address))
    assert caught.value.faults[0].value == "7"


def test_a_task_whose_worker_was_killed_is_done_by_another(cluster: Cluster, tmp_path: Path) -> None:
    assert list(on_cluster(work.end_the_first_time, [tmp_path / "mark"], cluster.address)) == ["done"]
    cluster.start_worker()


def test_another_version_on_a_worker_is_refused(cluster: Cluster) -> None:
    with pytest.raises(ClusterError, match=r"The worker tcp://\S+ has whodid version of \d+, this machine version of"):
        list(on_cluster(work.slowly, [1], cluster.address, version=work.other_version))


def test_an_address_without_a_scheduler_is_said_to_be_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("whodid.cluster.run._SECONDS_TO_CONNECT", 1)
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{closed.getsockname()[1]}"
        with pytest.raises(
            ClusterError, match=rf"There is no Dask scheduler at {address}\. Give --scheduler the address"
        ):
            list(on_cluster(work.slowly, [1], address))
    with pytest.raises(ClusterError, match="There is no Dask scheduler at nonsense"):
        list(on_cluster(work.slowly, [1], "nonsense"))


def test_without_dask_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    load = builtins.__import__

    def without(name: str, *rest: Any, **options: Any) -> Any:
        if name.startswith("distributed"):
            raise ImportError(name)
        return load(name, *rest, **options)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(
        ClusterError, match=r"Dask is not installed\. Install it with `pip install 'whodid\[cluster\]'`"
    ):
        list(on_cluster(work.slowly, [1], "tcp://127.0.0.1:1"))
