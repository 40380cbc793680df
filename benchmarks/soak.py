"""A million articles through code, validate, summarize and release, one after the other, and the memory of each over time.

    python benchmarks/soak.py [--articles 1000000] [--distinct 2000] [--plot docs/soak.png]

What is tried is the flow: a million articles and their events through every stage, on one machine, in memory that is seen
to stay or seen to grow. The texts are far fewer than the articles: so many distinct ones of three sentences, recombined from
the sample, are coded once to fill the cache, and the million repeats them under ids of their own, as newswire repeats itself.
Memory is the resident set of the command and its children, looked at four times a second. The number of events is checked
against that of the distinct texts, stage by stage.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

import matplotlib as mpl
import psutil
import pyarrow as pa
import pyarrow.parquet as pq
from matplotlib.figure import Figure

import recombine
from whodid.articles.model import Article

SENTENCES = 3
EVERY_SECONDS = 0.25
_WRITTEN_AT_ONCE = 10_000
_MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class Stage:
    """A command that ran: when it began, its seconds, and the megabytes of each look at it, with the time of the look."""

    name: str
    start: float
    wall: float
    cpu: float
    samples: tuple[tuple[float, float], ...]

    @property
    def peak(self) -> float:
        return max(megabytes for _, megabytes in self.samples)


def run(name: str, begun: float, *arguments: object) -> Stage:
    """Run `whodid` with some arguments, and look at its memory until it ends. An exit code other than 0 ends the soak."""
    start = time.monotonic()
    command = [sys.executable, "-m", "whodid", *map(str, arguments)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    watched = psutil.Process(process.pid)
    samples = []
    while True:
        samples.append((time.monotonic() - begun, _resident(watched)))
        ended, status, used = os.wait4(process.pid, os.WNOHANG)
        if ended:
            # The last look may have met a process that had ended already.
            samples = [sample for sample in samples if sample[1]]
            break
        time.sleep(EVERY_SECONDS)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"whodid {' '.join(map(str, arguments))} ended with exit code {process.returncode}")
    stage = Stage(name, start - begun, time.monotonic() - start, used.ru_utime + used.ru_stime, tuple(samples))
    print(f"{name}: {stage.wall:,.0f} s, {stage.cpu:,.0f} CPU s, {stage.peak:,.0f} MB at most", flush=True)
    return stage


def _resident(process: psutil.Process) -> float:
    total = 0
    with contextlib.suppress(psutil.NoSuchProcess):
        for one in (process, *process.children(recursive=True)):
            total += one.memory_info().rss
    return total / _MEGABYTE


def repeated(distinct: list[Article], count: int) -> Iterator[Article]:
    """So many articles: the distinct ones again and again, under ids of their own."""
    for number in range(count):
        yield replace(distinct[number % len(distinct)], article_id=f"soak-{number:08d}")


def write(path: Path, articles: Iterator[Article]) -> Path:
    """Write articles as Parquet, some at a time."""
    names = ("id", "text", "published", "publisher")
    schema = pa.schema([pa.field(name, pa.string()) for name in names])
    with pq.ParquetWriter(path, schema, compression="zstd") as out:
        while some := list(islice(articles, _WRITTEN_AT_ONCE)):
            rows = [(a.article_id, a.text, a.published.isoformat(), a.publisher) for a in some]
            columns = [pa.array(list(column), pa.string()) for column in zip(*rows, strict=True)]
            out.write_table(pa.table(columns, schema=schema))
    return path


def expected_events(coded: Path, distinct: list[Article], count: int) -> int:
    """How many events so many articles must have, by those that each distinct one has."""
    found = pq.read_table(coded, columns=["article_id"]).column("article_id").value_counts()
    of_article = {pair["values"]: pair["counts"] for pair in found.to_pylist()}
    return sum(of_article.get(distinct[number % len(distinct)].article_id, 0) for number in range(count))


def soak(articles: int, distinct: int, folder: Path) -> tuple[list[Stage], int]:
    """Run every stage in an empty folder; gives the stages and the number of events."""
    texts = list(recombine.articles(min(distinct, articles), sentences=SENTENCES))
    few, many = write(folder / "distinct.parquet", iter(texts)), folder / "articles.parquet"
    write(many, repeated(texts, articles))
    coded, cache, dist = folder / "events.parquet", folder / "cache", folder / "dist"
    options = ("--cache", cache, "--quiet")
    begun = time.monotonic()
    stages = [run(f"code {len(texts):,} texts", begun, "code", few, "-o", folder / "few.parquet", *options)]
    stages.append(run(f"code {articles:,} articles", begun, "code", many, "-o", coded, *options))
    events = pq.read_metadata(coded).num_rows
    expected = expected_events(folder / "few.parquet", texts, articles)
    if events != expected:
        raise SystemExit(f"{events:,} events were coded, and by the distinct texts there are {expected:,}")
    stages.append(run("validate", begun, "validate", coded))
    stages.append(run("summarize", begun, "summarize", coded, "-o", folder / "report"))
    about = ("--version", "1.0.0", "--title", "A soak", "--licence", "CC0-1.0")
    stages.append(run("release", begun, "release", coded, "-o", dist, *about))
    released = sum(pq.read_metadata(path).num_rows for path in sorted((dist / "data").rglob("*.parquet")))
    if released != events:
        raise SystemExit(f"{released:,} events were released of {events:,}")
    return stages, events


def plot(stages: list[Stage], title: str, path: Path) -> None:
    """The memory of every stage over time, as a PNG."""
    with mpl.rc_context(
        {"font.family": ["DejaVu Sans"], "font.size": 9, "axes.spines.top": False, "axes.spines.right": False}
    ):
        figure = Figure(figsize=(9, 4.4), layout="constrained")
        axes = figure.add_subplot()
        top = max(stage.peak for stage in stages)
        for number, stage in enumerate(stages):
            minutes = [seconds / 60 for seconds, _ in stage.samples]
            megabytes = [size for _, size in stage.samples]
            axes.fill_between(minutes, megabytes, alpha=0.25, color=f"C{number}", linewidth=0)
            axes.plot(
                minutes, megabytes, color=f"C{number}", linewidth=1, label=f"{stage.name}: {stage.peak:,.0f} MB at most"
            )
        axes.set(xlabel="minutes", ylabel="resident memory, MB", ylim=(0, top * 1.08), xlim=(0, None))
        axes.yaxis.set_major_formatter(mpl.ticker.StrMethodFormatter("{x:,.0f}"))
        axes.set_title(title, loc="left", fontsize=10)
        figure.legend(loc="outside lower left", ncols=3, frameon=False)
        figure.savefig(path, dpi=120, metadata={"Software": None})


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=1_000_000)
    parser.add_argument("--distinct", type=int, default=2_000)
    parser.add_argument("--plot", type=Path, help="PNG file for memory over time")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        stages, events = soak(given.articles, given.distinct, Path(name))
    title = f"{given.articles:,} articles ({min(given.distinct, given.articles):,} distinct texts), {events:,} events"
    print(title)
    if given.plot:
        plot(stages, title, given.plot)


if __name__ == "__main__":
    main()
