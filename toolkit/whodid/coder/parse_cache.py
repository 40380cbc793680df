"""Parses kept between runs: a changed codebook is then recoded without parsing anything again.

A cache is a folder. In it each parser (model, version, settings, weights) has a folder of its own, and in that are shards
(shards.py) with the parses of some dozens of texts, each under the hash of its text.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from whodid.coder.parsed import Doc
from whodid.coder.plain_text import readable
from whodid.coder.shards import Kind, Shards, Warn, digest

if TYPE_CHECKING:
    from spacy.language import Language

# A token in a shard: length of its word, whether a space follows, whether it begins a sentence, its lemma, part of speech,
# tag and relation as numbers of names, and how far away the word above it stands.
_TOKEN = np.dtype(
    [("length", "<u4"), ("space", "u1"), ("begins", "u1"), ("names", "<u4", (4,)), ("head", "<i4")], align=False
)


@dataclass(slots=True)
class _Shard:
    tokens: np.ndarray
    ends: list[int]
    names: list[str]


class ParseCache:
    """The parses of one parser in a folder of its own, cache / parser_name(model).

    nlp gives the pipeline, and is called when a text has to be parsed. warn is called with a sentence for each file that
    cannot be used; its parses are made and written anew.
    """

    def __init__(self, folder: Path | str, nlp: Callable[[], Language], warn: Warn) -> None:
        self._nlp = nlp
        self.folder = Path(folder)
        self._shards = Shards(self.folder, _KIND, warn)
        self.found = self.parsed = 0

    def parse(self, texts: Sequence[str]) -> Iterator[Doc]:
        """The parse of each text, in order: from the cache, or made now and kept in a new shard."""
        plain = [readable(text) for text in texts]
        keys = [_key(text) for text in plain]
        kept = [self._find(key, text) for key, text in zip(keys, plain, strict=True)]
        missing = [number for number, doc in enumerate(kept) if doc is None]
        made: list[Doc] = []
        if missing:
            from whodid.coder.parse import parse_readable

            made += parse_readable(self._nlp(), [plain[number] for number in missing])
            self._shards.keep([keys[number] for number in missing], [_pack(made)])
        self.found += len(texts) - len(made)
        self.parsed += len(made)
        fresh = iter(made)
        for doc in kept:
            yield next(fresh) if doc is None else doc

    def _find(self, key: bytes, text: str) -> Doc | None:
        place = self._shards.find(key)
        shard = None if place is None else self._shards.load(place[0])
        return None if place is None or shard is None else _doc(shard, place[1], text)


def _key(text: str) -> bytes:
    return digest(text.encode("utf-8", "surrogatepass"))


def _pack(docs: list[Doc]) -> bytes:
    names: dict[str, int] = {}
    rows = np.zeros(sum(map(len, docs)), dtype=_TOKEN)
    place = 0
    for doc in docs:
        part = rows[place : place + len(doc)]
        part["length"] = [len(token.text) for token in doc]
        part["space"] = [len(token.whitespace_) for token in doc]
        part["begins"][list(doc.starts)] = 1
        part["head"] = [token.head.i - token.i for token in doc]
        for column, values in enumerate(
            ([t.lemma_ for t in doc], [t.pos_ for t in doc], [t.tag_ for t in doc], [t.dep_ for t in doc])
        ):
            part["names"][:, column] = [names.setdefault(value, len(names)) for value in values]
        place += len(doc)
    about = json.dumps([[len(doc) for doc in docs], list(names)]).encode("utf-8", "surrogatepass")
    # Column after column packs better than token after token.
    columns = b"".join(np.ascontiguousarray(rows[name]).tobytes() for name in rows.dtype.names or ())
    return struct.pack("<I", len(about)) + about + columns


def _unpack(blocks: list[bytes]) -> _Shard:
    """The tokens of a shard. Raises ValueError or struct.error if they cannot be read."""
    (plain,) = blocks
    (about_size,) = struct.unpack_from("<I", plain)
    counts, names = json.loads(plain[4 : 4 + about_size])
    total, place = sum(counts), 4 + about_size
    rows = np.empty(total, dtype=_TOKEN)
    for name in _TOKEN.names or ():
        kind = _TOKEN[name]
        values = np.frombuffer(plain, dtype=kind.base, count=total * max(1, int(np.prod(kind.shape))), offset=place)
        rows[name] = values.reshape(total, *kind.shape)
        place += values.nbytes
    return _Shard(rows, np.cumsum(counts).tolist(), names)


_KIND = Kind(b"whodid parses 2\n", ".parses", _unpack, "Parses", "its articles are parsed again")


def _doc(shard: _Shard, position: int, text: str) -> Doc:
    start = shard.ends[position - 1] if position else 0
    rows = shard.tokens[start : shard.ends[position]]
    lengths, spaces = rows["length"].astype(np.int64), rows["space"].astype(np.int64)
    ends = np.cumsum(lengths + spaces)
    first = (ends - lengths - spaces).tolist()
    words = [text[a:b] for a, b in zip(first, (ends - spaces).tolist(), strict=True)]
    get = shard.names.__getitem__
    lemmas, parts, tags, relations = (list(map(get, numbers)) for numbers in rows["names"].T.tolist())
    heads = (rows["head"] + np.arange(len(rows))).tolist()
    starts = np.flatnonzero(rows["begins"]).tolist()
    return Doc(text, words, spaces.tolist(), lemmas, parts, tags, relations, heads, starts)
