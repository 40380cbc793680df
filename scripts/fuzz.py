"""Feed made-up bytes to each reader of untrusted files, for a while, and keep what breaks one. Linux on x86 only.

    python scripts/fuzz.py --seconds 60 [TARGET ...]

Run it after a change of a reader, and with --seconds 600 before a release. Targets are those of tests/hostile/targets.py;
each starts from tests/hostile/corpus/TARGET. Anything but a result or one of our own errors is a finding, and so are more
than five seconds or a gigabyte for one input. A finding is kept in that folder, where test_corpus.py repeats it for ever.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import re
import subprocess
import sys
import tempfile
import traceback
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CORPUS = ROOT / "tests" / "hostile" / "corpus"
MOST_SECONDS, MOST_MEGABYTES, LONGEST = 5, 1024, 65_536


def fuzz(target: str, found: Path, arguments: list[str]) -> None:
    """Run libFuzzer on one target in this process; it ends the process itself."""
    import atheris

    with atheris.instrument_imports(include=["whodid"]):
        from hostile.targets import TARGETS, load_once
    load_once()

    def keep_what_breaks_it(data: bytes) -> None:
        try:
            TARGETS[target](data)
        except Exception:
            # Python's own end of the process can be overtaken by the fuzzer's alarm, and the input would be lost.
            traceback.print_exc()
            (found / "crash-input").write_bytes(data)
            os._exit(1)

    atheris.Setup([sys.argv[0], f"-artifact_prefix={found}/", *arguments], keep_what_breaks_it)
    atheris.Fuzz()


def run(target: str, seconds: int) -> tuple[int, list[Path]]:
    """Fuzz one target in a process of its own; gives the number of inputs tried and the files of new findings."""
    seeds = CORPUS / target
    seeds.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        made, found = Path(folder) / "made", Path(folder) / "found"
        made.mkdir()
        found.mkdir()
        options = [
            *(f"-max_total_time={seconds}", f"-timeout={MOST_SECONDS}", f"-rss_limit_mb={MOST_MEGABYTES}"),
            *(f"-max_len={LONGEST}", "-print_final_stats=1", str(made), str(seeds)),
        ]
        command = [sys.executable, __file__, "--child", target, str(found), *options]
        environment = {"PYTHONPATH": f"{ROOT / 'toolkit'}:{ROOT / 'tests'}", "PATH": "/usr/bin:/bin", "HOME": folder}
        done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment, errors="replace")
        counted = re.findall(r"number_of_executed_units:\s*(\d+)|^#(\d+)", done.stderr, re.MULTILINE)
        tried = max((int(a or b) for a, b in counted), default=0)
        kept = []
        for file in sorted(found.iterdir()):
            data = file.read_bytes()
            kept.append(seeds / f"{file.name.split('-')[0]}-{hashlib.sha256(data).hexdigest()[:8]}")
            kept[-1].write_bytes(data)
        if kept or not tried or done.returncode:
            progress = re.compile(r"#[0-9]+|INFO:")
            said = [line for line in done.stderr.splitlines() if not progress.match(line)]
            print("\n".join(said[-30:]))
    return tried, kept


def main() -> None:
    if "--child" in sys.argv:
        _, _, target, found, *arguments = sys.argv
        fuzz(target, Path(found), arguments)
        return
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("targets", nargs="*")
    parser.add_argument("--seconds", type=int, default=60)
    given = parser.parse_args()
    sys.path[:0] = [str(ROOT / "toolkit"), str(ROOT / "tests")]
    from hostile.targets import TARGETS

    unknown = set(given.targets) - set(TARGETS)
    if unknown:
        parser.error(f"there is no target {', '.join(sorted(unknown))}; the targets are {', '.join(TARGETS)}")
    findings = 0
    for target in given.targets or TARGETS:
        tried, kept = run(target, given.seconds)
        findings += len(kept) + (not tried)  # A fuzzer that tries nothing is broken.
        print(
            f"{target:14s} {tried:>9,} inputs, {len(kept)} findings {' '.join(path.name for path in kept)}", flush=True
        )
    sys.exit(1 if findings else 0)


if __name__ == "__main__":
    main()
