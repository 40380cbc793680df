"""Derived files are kept between runs, each under a hash of all that it is made of: parsed codebooks, and what follows from them.

Parsing YAML anew would cost every command a second. A file begins with a hash of the rest of it, for a disk that changed a byte
of a parsed codebook would change codings; what does not have its hash is made anew.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from pathlib import Path

from pydantic import ValidationError

from whodid.atomic import write_bytes
from whodid.codebook.model import Codebook
from whodid.errors import OutputError
from whodid.garbage import unsearched


def cache_folder() -> Path:
    """Where derived files are kept: WHODID_CACHE, else the user's cache folder. Safe to delete at any time."""
    chosen = os.environ.get("WHODID_CACHE")
    if chosen:
        return Path(chosen)
    base = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    return (Path(base) if base else Path.home() / ".cache") / "whodid"


def kept(name: str) -> bytes | None:
    """The content of a file of the cache folder; None if it is not there, cannot be read or is damaged."""
    try:
        hashed, _, data = (cache_folder() / name).read_bytes().partition(b"\n")
    except (OSError, RuntimeError):
        return None
    return data if hashed == _hash_of(data) else None


def keep(name: str, data: bytes) -> None:
    """Keep a file. A folder that cannot be written costs time, not correctness, so it is no error."""
    with contextlib.suppress(OSError, OutputError, RuntimeError):
        write_bytes(cache_folder() / name, _hash_of(data) + b"\n" + data)


def get(digest: str, folder: Path) -> Codebook | None:
    """The codebook with these bytes if it was parsed before by this very version of the parser."""
    data = kept(_name(digest, folder))
    try:
        with unsearched():
            return None if data is None else Codebook.model_validate_json(data)
    except ValidationError:
        return None


def put(codebook: Codebook, folder: Path) -> None:
    """Keep a parsed codebook."""
    keep(_name(codebook.hash, folder), codebook.model_dump_json().encode())


def _name(digest: str, folder: Path) -> str:
    # Findings name the file as the user gave it, so the folder is part of the key; so is the parser's own code.
    key = hashlib.sha256(f"{digest}\0{folder}\0{_parser_hash()}".encode()).hexdigest()
    return f"codebook-{key[:32]}.json"


def _hash_of(data: bytes) -> bytes:
    return hashlib.blake2b(data, digest_size=16).hexdigest().encode()


def _parser_hash() -> str:
    here = Path(__file__).parent
    total = hashlib.sha256()
    for name in ("model.py", "load.py", "files.py", "marks.py", "wording.py", "cache.py"):
        total.update((here / name).read_bytes())
    return total.hexdigest()
