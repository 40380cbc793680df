"""How long checking takes against reading, and in how much memory, at one, ten and a hundred million rows.

    python benchmarks/validate.py [ROWS ...] [--folder DIR] [--keep]

For each number of rows a table is generated (benchmarks/generate.py), each measurement runs in a process of its own, and
the file is deleted. A "plain read" is pyarrow reading every column of every row group, and doing nothing with them. Both
sides have two threads. Times are of one run; absolute ones on shared machines are noise, their ratios are not.
"""

from __future__ import annotations

import argparse
import json
import platform
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from generate import write_generated
from whodid.checks.engine import validate
from whodid.checks.sql.scan import Against, FileScan
from whodid.checks.sql.source import open_source
from whodid.checks.sql.twins import duplicate_ids
from whodid.checks.sql.validate import opened, validate_parquet
from whodid.codebook.load import load_codebook

SIZES = (1_000_000, 10_000_000, 100_000_000)
TODAY = date(2026, 1, 1)
# The checks in memory take two kilobytes a row; they are measured where that fits.
MOST_FOR_PANDAS = 1_000_000


def read(path: Path) -> None:
    """The plain read."""
    pa.set_cpu_count(2)
    with pq.ParquetFile(path) as file:
        for number in range(file.num_row_groups):
            file.read_row_group(number)


def rows(path: Path) -> None:
    """Every check that looks at one row: shape, codebook, dates, spans; not ids."""
    source, _, _ = open_source(path)

    def check(connection: duckdb.DuckDBPyConnection) -> None:
        checked = FileScan(source, Against(load_codebook(), today=TODAY), connection)
        checked.check_rows()
        assert not checked.totals, checked.totals

    with opened() as database:
        database.run(check)


def rows_and_unique(path: Path) -> None:
    """The same, and that no id stands twice."""
    rows(path)
    source, _, _ = open_source(path)
    with opened() as database:
        assert not database.run_large(lambda connection: duplicate_ids([source], connection, 1000)).findings


def everything(path: Path) -> None:
    """What `whodid validate` does: also makes every event_id anew, and looks at the dataset as a whole."""
    report = validate_parquet(path, today=TODAY)
    assert not report.findings, report.findings[:5]


def in_memory(path: Path) -> None:
    """The checks of a frame in memory, for comparison."""
    assert validate(path, today=TODAY, engine="pandas").is_valid


MEASURED: dict[str, Callable[[Path], None]] = {
    "read": read,
    "rows": rows,
    "rows_and_unique": rows_and_unique,
    "everything": everything,
    "in_memory": in_memory,
}


def measured(name: str, path: Path) -> tuple[float, float, float]:
    """Seconds of wall and processor time, and peak memory in megabytes, of one measurement in its own process."""
    command = [sys.executable, __file__, "--measure", name, "--folder", str(path)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    wall, processor, peak = json.loads(done.stdout)
    return wall, processor, peak


def measure(name: str, path: Path) -> None:
    """Run one measurement here, and print its numbers."""
    before, start = _processor_seconds(), time.perf_counter()
    MEASURED[name](path)
    wall, processor = time.perf_counter() - start, _processor_seconds() - before
    print(json.dumps([wall, processor, _peak_kilobytes() / 1024]))


def _processor_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def _peak_kilobytes() -> int:
    # ru_maxrss begins with the peak of the process that started this one.
    status = Path("/proc/self/status")
    if status.exists():
        return int(status.read_text().split("VmHWM:")[1].split()[0])
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=SIZES)
    parser.add_argument("--folder", type=Path, default=Path("/tmp"))
    parser.add_argument("--keep", action="store_true")
    parser.add_argument("--measure", choices=MEASURED)
    given = parser.parse_args()
    if given.measure:
        measure(given.measure, given.folder)
        return
    print(f"Python {platform.python_version()}, duckdb {duckdb.__version__}, pyarrow {pa.__version__}")
    for size in given.sizes:
        path = given.folder / f"whodid-bench-{size}.parquet"
        try:
            if not path.exists():
                start = time.perf_counter()
                write_generated(size, path)
                print(f"generated {size:,} rows, {path.stat().st_size:,} bytes, in {time.perf_counter() - start:.0f} s")
            names = [name for name in MEASURED if name != "in_memory" or size <= MOST_FOR_PANDAS]
            measured("read", path)  # Not counted: it brings the file into the disk's cache for all of them.
            results = {name: measured(name, path) for name in names}
            base = results["read"]
            for name, (wall, processor, peak) in results.items():
                print(
                    f"{size:>12,}  {name:16s} {wall:8.1f} s  {wall / base[0]:6.2f} times the read "
                    f"({processor / base[1]:6.2f} of its processor time)  peak {peak:6.0f} MB",
                    flush=True,
                )
        finally:
            if not given.keep:
                path.unlink(missing_ok=True)


if __name__ == "__main__":
    main()
