"""Resolve the dependencies of pyproject.toml anew and write requirements.lock and requirements-dev.lock.

Run it (`make lock`) after changing a dependency, then read the diff. The first lock is what whodid needs, the second holds that
and what tests need; the first constrains the second, so that a version never differs between them. Locks hold exact
versions with hashes for every platform and Python from 3.11 on, and no addresses: where packages come from is the
installing machine's business.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


LOCKS = {
    "requirements.lock": ["--extra", "build"],
    "requirements-dev.lock": ["--extra", "dev", "--constraint", "requirements.lock"],
}


def main() -> int:
    for lock, options in LOCKS.items():
        command = ["uv", "pip", "compile", "pyproject.toml", "--universal", "--python-version", "3.11"]
        command += ["--generate-hashes", "--no-annotate", "--no-header", "--quiet", *options, "-o", lock, *sys.argv[1:]]
        status = subprocess.run(command, cwd=ROOT, check=False).returncode
        if status:
            return status
    return 0


if __name__ == "__main__":
    sys.exit(main())
