"""Parses kept between runs: a changed codebook is then recoded without parsing anything again.

A cache is a folder. In it each parser (model, version, settings, weights) has a folder of its own, and in that are shards: files
with the parses of some dozens of texts, each under the hash of its text. A shard is written once, whole, and never changed, so
that several runs can share a cache.
"""

from __future__ import annotations

import hashlib
import json
import struct
from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import spacy
from spacy.language import Language

from whodid.atomic import write_bytes
from whodid.coder.parse import PARSE_VERSION, missing_model, parse_readable, readable
from whodid.coder.parsed import Doc
from whodid.errors import OutputError

_MAGIC = b"whodid parses 1\n"
_ENDING = ".parses"
_HASH_BYTES = 16
# Behind the magic: bytes of the keys, of the packed and of the plain body, and a hash of keys and of body.
_HEAD = struct.Struct(f"<III{_HASH_BYTES}s{_HASH_BYTES}s")
# Shards kept in memory; articles that come in the order in which they were parsed need one.
_OPEN = 4
# A token in a shard: length of its word, whether a space follows, whether it begins a sentence, its lemma, part of speech,
# tag and relation as numbers of names, and how far away the word above it stands.
_TOKEN = np.dtype(
    [("length", "<u4"), ("space", "u1"), ("begins", "u1"), ("names", "<u4", (4,)), ("head", "<i4")], align=False
)

Warn = Callable[[str], None]


@dataclass(slots=True)
class _Shard:
    tokens: np.ndarray
    ends: list[int]
    names: list[str]


class ParseCache:
    """The parses of one parser in a folder of its own, cache / parser_name(model).

    warn is called with a sentence for each file that cannot be used; its parses are made and written anew.
    """

    def __init__(self, folder: Path | str, nlp: Language, warn: Warn) -> None:
        self._nlp, self._warn = nlp, warn
        self.folder = Path(folder)
        self._shards: list[Path] = []
        self._index, self._where = self._read_index()
        self._open: OrderedDict[int, _Shard] = OrderedDict()
        self._can_write = True
        self.found = self.parsed = 0

    def parse(self, texts: Sequence[str]) -> Iterator[Doc]:
        """The parse of each text, in order: from the cache, or made now and kept in a new shard."""
        plain = [readable(text) for text in texts]
        keys = [_key(text) for text in plain]
        kept = [self._find(key, text) for key, text in zip(keys, plain, strict=True)]
        missing = [number for number, doc in enumerate(kept) if doc is None]
        made = list(parse_readable(self._nlp, [plain[number] for number in missing]))
        if made:
            self._keep([keys[number] for number in missing], made)
        self.found += len(texts) - len(made)
        self.parsed += len(made)
        fresh = iter(made)
        for doc in kept:
            yield next(fresh) if doc is None else doc

    def _read_index(self) -> tuple[np.ndarray, np.ndarray]:
        """The keys of all shards, sorted, and for each the number of its shard and its place there."""
        keys: list[np.ndarray] = []
        where: list[np.ndarray] = []
        for path in sorted(self.folder.glob(f"*{_ENDING}")) if self.folder.is_dir() else []:
            found = self._read_keys(path)
            if found is not None:
                keys.append(np.frombuffer(found, dtype=f"S{_HASH_BYTES}"))
                places = np.empty((len(keys[-1]), 2), dtype=np.uint32)
                places[:, 0], places[:, 1] = len(self._shards), np.arange(len(keys[-1]))
                where.append(places)
                self._shards.append(path)
        if not keys:
            return np.empty(0, dtype=f"S{_HASH_BYTES}"), np.empty((0, 2), dtype=np.uint32)
        joined = np.concatenate(keys)
        order = np.argsort(joined, kind="stable")
        return joined[order], np.concatenate(where)[order]

    def _read_keys(self, path: Path) -> bytes | None:
        try:
            with path.open("rb") as file:
                if file.read(len(_MAGIC)) != _MAGIC:
                    self._warn(f"{path} is no file of this cache and is passed over. Move it elsewhere.")
                    return None
                size, packed, _, digest, _ = _HEAD.unpack(file.read(_HEAD.size))
                keys = file.read(size)
                if _digest(keys) == digest and path.stat().st_size == len(_MAGIC) + _HEAD.size + size + packed:
                    return keys
        except (OSError, struct.error):
            pass  # Whatever is wrong with it, the answer is the same: parse again.
        self._drop(path)
        return None

    def _drop(self, path: Path) -> None:
        self._warn(f"{path} is damaged; its articles are parsed again.")
        try:
            path.unlink(missing_ok=True)
        except OSError:
            self._warn(f"{path} cannot be removed. Remove it, or give another --cache.")

    def _find(self, key: bytes, text: str) -> Doc | None:
        stripped = key.rstrip(b"\0")  # As NumPy keeps fixed strings of bytes.
        place = int(np.searchsorted(self._index, np.bytes_(stripped)))
        if place >= len(self._index) or self._index[place] != stripped:
            return None
        number, position = map(int, self._where[place])
        shard = self._shard(number)
        return None if shard is None else _doc(shard, position, text)

    def _shard(self, number: int) -> _Shard | None:
        if number in self._open:
            self._open.move_to_end(number)
            return self._open[number]
        path = self._shards[number]
        try:
            shard = _unpack(path.read_bytes())
        except (OSError, ValueError, struct.error, pa.ArrowException):
            self._drop(path)
            gone = self._where[:, 0] == number
            self._index, self._where = self._index[~gone], self._where[~gone]
            return None
        self._open[number] = shard
        if len(self._open) > _OPEN:
            self._open.popitem(last=False)
        return shard

    def _keep(self, keys: list[bytes], docs: list[Doc]) -> None:
        if not self._can_write:
            return
        name = hashlib.blake2b(b"".join(keys), digest_size=_HASH_BYTES).hexdigest()
        try:
            write_bytes(self.folder / f"{name}{_ENDING}", _pack(keys, docs))
        except OutputError as error:
            # A cache that cannot be written costs time at the next run, and nothing else.
            self._can_write = False
            self._warn(f"Parses are not kept: {error}")


def parser_name(model: str) -> str:
    """Name, version and hash of a pipeline: another version, setting, weight or reading of its output has another name.

    Raises CoderError if the model is not installed.
    """
    folder = Path(model) if Path(model).is_dir() else _package_folder(model)
    total = hashlib.blake2b(f"{PARSE_VERSION} {spacy.__version__}".encode(), digest_size=6)
    for path in sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc"):
        total.update(path.relative_to(folder).as_posix().encode())
        with path.open("rb") as file:
            total.update(hashlib.file_digest(file, "blake2b").digest())
    return f"{folder.name}-{total.hexdigest()}"


def _package_folder(model: str) -> Path:
    try:
        return Path(spacy.util.get_package_path(model))
    except ImportError as error:
        raise missing_model(model) from error


def _key(text: str) -> bytes:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=_HASH_BYTES).digest()


def _digest(data: bytes) -> bytes:
    return hashlib.blake2b(data, digest_size=_HASH_BYTES).digest()


def _pack(keys: list[bytes], docs: list[Doc]) -> bytes:
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
    plain = struct.pack("<I", len(about)) + about + columns
    body = pa.compress(plain, codec="zstd", asbytes=True)
    listed = b"".join(keys)
    return b"".join(
        [_MAGIC, _HEAD.pack(len(listed), len(body), len(plain), _digest(listed), _digest(body)), listed, body]
    )


def _unpack(data: bytes) -> _Shard:
    """The tokens of a shard. Raises ValueError, struct.error or an error of Arrow if it is damaged."""
    if not data.startswith(_MAGIC):
        raise ValueError("no shard")
    size, packed, plain_size, _, digest = _HEAD.unpack_from(data, len(_MAGIC))
    body = data[len(_MAGIC) + _HEAD.size + size :]
    if len(body) != packed or _digest(body) != digest:
        raise ValueError("damaged")
    plain = pa.decompress(body, decompressed_size=plain_size, codec="zstd", asbytes=True)
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
