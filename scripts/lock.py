"""Resolve the dependencies of pyproject.toml anew and write requirements.lock.

Run it (`make lock`) after changing a dependency, then read the diff. The lock holds exact versions with hashes for every
platform and Python from 3.11 on, and no addresses: where packages come from is the installing machine's business.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def main() -> int:
    command = ["uv", "pip", "compile", "pyproject.toml", "--extra", "dev", "--universal", "--python-version", "3.11"]
    command += ["--generate-hashes", "--no-annotate", "--no-header"]
    command += ["--quiet", "-o", "requirements.lock", *sys.argv[1:]]
    return subprocess.run(command, cwd=ROOT, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
