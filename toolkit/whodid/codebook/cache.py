"""A parsed codebook is kept between runs, under the hash of its files: parsing YAML would cost every command a second."""

from __future__ import annotations

import contextlib
import hashlib
import os
from pathlib import Path

from pydantic import ValidationError

from whodid.atomic import write_text
from whodid.codebook.model import Codebook
from whodid.errors import OutputError


def cache_folder() -> Path:
    """Where derived files are kept: WHODID_CACHE, else the user's cache folder. Safe to delete at any time."""
    chosen = os.environ.get("WHODID_CACHE")
    if chosen:
        return Path(chosen)
    base = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    return (Path(base) if base else Path.home() / ".cache") / "whodid"


def get(digest: str, folder: Path) -> Codebook | None:
    """The codebook with these bytes if it was parsed before by this very version of the parser."""
    try:
        return Codebook.model_validate_json(_path(digest, folder).read_bytes())
    except (OSError, RuntimeError, ValidationError):
        return None


def put(codebook: Codebook, folder: Path) -> None:
    """Keep a parsed codebook. A folder that cannot be written costs time, not correctness, so it is no error."""
    with contextlib.suppress(OSError, OutputError, RuntimeError):
        write_text(_path(codebook.hash, folder), codebook.model_dump_json())


def _path(digest: str, folder: Path) -> Path:
    # Findings name the file as the user gave it, so the folder is part of the key; so is the parser's own code.
    key = hashlib.sha256(f"{digest}\0{folder}\0{_parser_hash()}".encode()).hexdigest()
    return cache_folder() / f"codebook-{key[:32]}.json"


def _parser_hash() -> str:
    here = Path(__file__).parent
    total = hashlib.sha256()
    for name in ("model.py", "load.py", "files.py", "marks.py", "wording.py"):
        total.update((here / name).read_bytes())
    return total.hexdigest()
