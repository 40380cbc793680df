"""`whodid code` and `whodid validate` on a cluster give the bytes that they give here, also when a worker dies on the way."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

import whodid as wd
from cluster.conftest import Cluster
from event_samples import make_events
from whodid.articles.read import read_articles
from whodid.articles.spool import spool_articles
from whodid.cli.app import app
from whodid.codebook.model import Codebook
from whodid.coder.stream import code_to_file
from whodid.events.files import write_events

RAW = Path(__file__).parents[2] / "data" / "raw"


def run(*arguments: object) -> str:
    result = CliRunner().invoke(app, [str(argument) for argument in arguments], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.stdout


@pytest.mark.model
def test_code_on_a_cluster_survives_a_killed_worker_and_writes_the_same_bytes(
    cluster: Cluster, codebook: Codebook, tmp_path: Path
) -> None:
    samples = read_articles(RAW).articles
    lines = [
        json.dumps({"id": f"{a.article_id}-{copy}", "date": a.published.isoformat(), "text": a.text}) + "\n"
        for copy in range(4)
        for a in samples[:12]
    ]
    (tmp_path / "articles.jsonl").write_text("".join(lines), encoding="utf-8")
    articles, here, there = spool_articles([tmp_path]), tmp_path / "here.parquet", tmp_path / "there.parquet"
    code_to_file(articles, here, codebook=codebook)
    killed: list[int] = []

    def kill_one_of_two(done: int) -> None:
        if done and not killed:
            killed.append(cluster.workers[-1].pid)
            cluster.workers[-1].kill()

    code_to_file(articles, there, codebook=codebook, scheduler=cluster.address, progress=kill_one_of_two)
    assert killed
    assert there.read_bytes() == here.read_bytes()
    cluster.start_worker()


@pytest.mark.model
def test_the_command_codes_on_the_cluster(cluster: Cluster, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Seoul accused Moscow.")
    given = ["code", tmp_path / "a.txt", "-o", tmp_path / "e.csv", "--published", "2024-06-21", "--quiet"]
    assert run(*given, "--engine", "dask", "--scheduler", cluster.address).startswith("1 events from 1 articles")


def test_validate_on_a_cluster_says_what_is_said_here(cluster: Cluster, codebook: Codebook, tmp_path: Path) -> None:
    for number in range(5):
        frame = make_events(sentence=[number * 10, number * 10 + 1, 3])
        write_events(frame, tmp_path / f"part-{number}.parquet")
    bad = make_events(confidence=[2.0, 0.5], target=["QQQ", "RUS"], sentence=[90, 91])
    bad.to_parquet(tmp_path / "part-5.parquet")
    (tmp_path / "part-6.parquet").write_bytes(b"PAR1 and then nothing")
    here = wd.validate(tmp_path, codebook=codebook, engine="duckdb")
    there = wd.validate(tmp_path, codebook=codebook, engine="dask", scheduler=cluster.address)
    assert there.counts.keys() >= {"bad-confidence", "unknown-actor", "duplicate-id", "not-parquet"}
    assert there == here


@pytest.mark.parametrize("command", ["code", "validate"])
def test_the_engine_and_the_scheduler_belong_together(command: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Seoul.")
    given = [command, str(tmp_path), *(["-o", str(tmp_path / "e.csv")] if command == "code" else [])]
    result = CliRunner().invoke(app, [*given, "--engine", "dask"])
    assert "--engine dask needs a scheduler. Give --scheduler with the address" in str(result.exception)
    result = CliRunner().invoke(app, [*given, "--scheduler", "tcp://127.0.0.1:1"])
    assert "A scheduler is for --engine dask. Give both, or neither." in str(result.exception)
