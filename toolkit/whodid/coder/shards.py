"""A folder of shards: files that keep something about some dozens of texts each, found by the hashes of the texts.

A shard is written whole or not at all, so that several runs and processes can share a folder. What is damaged is removed and
counts as not there; foreign files are passed over, both with a sentence. It is safe to delete any of it at any time.
"""

from __future__ import annotations

import hashlib
import struct
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

import numpy as np
import pyarrow as pa

from whodid.atomic import write_bytes
from whodid.errors import OutputError

HASH_BYTES = 16
# Behind the magic: bytes of the keys and of the body, the label, a hash of keys and label, and one of the body.
_HEAD = struct.Struct(f"<II{2 * HASH_BYTES}s{HASH_BYTES}s{HASH_BYTES}s")
_BLOCK = struct.Struct("<II")
# Shards kept in memory; texts that come in the order in which they were kept need one.
_OPEN = 4

Warn = Callable[[str], None]
Shard = TypeVar("Shard")


@dataclass(frozen=True, slots=True)
class Kind(Generic[Shard]):
    """A kind of shard: its first bytes, its ending, how its blocks are read (ValueError if they cannot be), and for people
    what is kept and what happens where it is damaged.
    """

    magic: bytes
    ending: str
    read: Callable[[list[bytes]], Shard]
    what: str
    then: str


class Shards(Generic[Shard]):
    """The shards of one kind in a folder. warn is called with a sentence for each file that cannot be used.

    preferred: the label of shards that come first where several have a text; else the order of names decides.
    """

    def __init__(self, folder: Path, kind: Kind[Shard], warn: Warn, preferred: bytes = b"") -> None:
        self.folder, self._kind, self._warn = folder, kind, warn
        self.paths: list[Path] = []
        self.labels: list[bytes] = []
        self._keys, self._where = self._read_index(preferred.ljust(2 * HASH_BYTES, b"\0"))
        self._open: OrderedDict[int, Shard] = OrderedDict()
        self._can_write = True

    def find(self, key: bytes) -> tuple[int, int] | None:
        """The number of the shard that has a text, and the text's place in it."""
        stripped = key.rstrip(b"\0")  # As NumPy keeps fixed strings of bytes.
        at = int(np.searchsorted(self._keys, np.bytes_(stripped)))
        if at >= len(self._keys) or self._keys[at] != stripped:
            return None
        return int(self._where[at, 0]), int(self._where[at, 1])

    def load(self, number: int) -> Shard | None:
        """A shard, read; None if it turns out to be damaged or gone: its texts are not found from then on."""
        if number in self._open:
            self._open.move_to_end(number)
            return self._open[number]
        try:
            shard = self._kind.read(self._blocks(self.paths[number].read_bytes()))
        except (OSError, ValueError, TypeError, LookupError, struct.error, pa.ArrowException):
            self.drop(number)
            return None
        self._open[number] = shard
        if len(self._open) > _OPEN:
            self._open.popitem(last=False)
        return shard

    def drop(self, number: int) -> None:
        """Take away a shard that cannot be used; its texts are not found from then on."""
        self._drop(self.paths[number])
        self._open.pop(number, None)
        gone = self._where[:, 0] == number
        self._keys, self._where = self._keys[~gone], self._where[~gone]

    def keep(self, keys: Sequence[bytes], blocks: Sequence[bytes], label: bytes = b"") -> None:
        """Write a shard; it takes the place of one with the same keys."""
        if not self._can_write:
            return
        listed, label = b"".join(keys), label.ljust(2 * HASH_BYTES, b"\0")
        packed = [pa.compress(block, codec="zstd", asbytes=True) for block in blocks]
        body = b"".join(_BLOCK.pack(len(p), len(b)) + p for p, b in zip(packed, blocks, strict=True))
        head = _HEAD.pack(len(listed), len(body), label, digest(label + listed), digest(body))
        path = self.folder / f"{digest(listed).hex()}{self._kind.ending}"
        try:
            write_bytes(path, b"".join([self._kind.magic, head, listed, body]))
        except OutputError as error:
            # A cache that cannot be written costs time at the next run, and nothing else.
            self._can_write = False
            self._warn(f"{self._kind.what} are not kept: {error}")

    def listed(self) -> list[tuple[Path, list[bytes]]]:
        """Each shard with the keys of the texts that are found in it."""
        out: list[tuple[Path, list[bytes]]] = [(path, []) for path in self.paths]
        for key, number in zip(self._keys.tolist(), self._where[:, 0].tolist(), strict=True):
            out[number][1].append(key.ljust(HASH_BYTES, b"\0"))
        return out

    def outdated(self) -> list[Path]:
        """The shards of which most texts are found in another one."""
        found = np.bincount(self._where[:, 0], minlength=len(self.paths)) if len(self.paths) else np.empty(0)
        return [path for path, size, own in zip(self.paths, self._sizes, found, strict=True) if own * 2 < size]

    def _read_index(self, preferred: bytes) -> tuple[np.ndarray, np.ndarray]:
        """The keys of all shards, sorted, each once, and for each the number of its shard and its place there."""
        self._sizes: list[int] = []
        keys: list[np.ndarray] = []
        where: list[np.ndarray] = []
        for path in sorted(self.folder.glob(f"*{self._kind.ending}")) if self.folder.is_dir() else []:
            found = self._read_keys(path)
            if found is None:
                continue
            label, listed = found
            keys.append(np.frombuffer(listed, dtype=f"S{HASH_BYTES}"))
            places = np.empty((len(keys[-1]), 2), dtype=np.uint32)
            places[:, 0], places[:, 1] = len(self.paths), np.arange(len(keys[-1]))
            where.append(places)
            self.paths.append(path)
            self.labels.append(label)
            self._sizes.append(len(keys[-1]))
        if not keys:
            return np.empty(0, dtype=f"S{HASH_BYTES}"), np.empty((0, 2), dtype=np.uint32)
        joined, places = np.concatenate(keys), np.concatenate(where)
        later = np.array([label != preferred for label in self.labels])[places[:, 0]]
        order = np.lexsort((later, joined))
        joined, places = joined[order], places[order]
        first = np.ones(len(joined), dtype=bool)
        first[1:] = joined[1:] != joined[:-1]
        return joined[first], places[first]

    def _read_keys(self, path: Path) -> tuple[bytes, bytes] | None:
        magic = self._kind.magic
        try:
            with path.open("rb") as file:
                if file.read(len(magic)) != magic:
                    self._warn(f"{path} is no file of this cache and is passed over. Move it elsewhere.")
                    return None
                size, packed, label, hashed, _ = _HEAD.unpack(file.read(_HEAD.size))
                keys = file.read(size)
                is_whole = path.stat().st_size == len(magic) + _HEAD.size + size + packed
                if is_whole and size % HASH_BYTES == 0 and digest(label + keys) == hashed:
                    return label, keys
        except (OSError, struct.error):
            pass  # Whatever is wrong with it, the answer is the same: do it again.
        self._drop(path)
        return None

    def _blocks(self, data: bytes) -> list[bytes]:
        """The blocks of a shard. Raises ValueError, struct.error or an error of Arrow if it is damaged."""
        magic = self._kind.magic
        if not data.startswith(magic):
            raise ValueError("no shard")
        size, packed, _, _, hashed = _HEAD.unpack_from(data, len(magic))
        body = data[len(magic) + _HEAD.size + size :]
        if len(body) != packed or digest(body) != hashed:
            raise ValueError("damaged")
        blocks, at = [], 0
        while at < len(body):
            length, plain = _BLOCK.unpack_from(body, at)
            at += _BLOCK.size + length
            blocks.append(pa.decompress(body[at - length : at], decompressed_size=plain, codec="zstd", asbytes=True))
        return blocks

    def _drop(self, path: Path) -> None:
        if not path.exists():
            return  # Another run has tidied up.
        self._warn(f"{path} is damaged; {self._kind.then}.")
        try:
            path.unlink(missing_ok=True)
        except OSError:
            self._warn(f"{path} cannot be removed. Remove it, or give another --cache.")


def digest(data: bytes) -> bytes:
    """The hash by which texts and shards are known."""
    return hashlib.blake2b(data, digest_size=HASH_BYTES).digest()
