"""A small transformer that reads a sentence with its two parties marked, in NumPy alone: no framework, no download.

The encoder is all-MiniLM-L6-v2 (Wang et al. 2020, MiniLM; Reimers and Gurevych 2019, Sentence-BERT; Apache 2.0),
trained further on the codebook's examples by scripts/build_encoder.py. Its weights are stored as whole numbers with one
scale a row, and its vocabulary is cut down to common word pieces, so that the file stays under 10 MB.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy.special import erf

Array = npt.NDArray[np.float32]

# Marks around the parties, and how many word pieces of a text are read.
MARKS = {"actor": "#", "target": "*"}
LONGEST = 96
_BATCH = 32


def mark_parties(text: str, actor: Iterable[tuple[int, int]], target: Iterable[tuple[int, int]]) -> str:
    """The text with "#" around each span of the actor and "*" around each of the target."""
    cuts = [
        (at, f" {MARKS[role]} ") for role, spans in (("actor", actor), ("target", target)) for s in spans for at in s
    ]
    for at, mark in sorted(cuts, key=lambda cut: -cut[0]):
        text = text[:at] + mark + text[at:]
    return text


class WordPieces:
    """BERT's uncased tokenization over a given list of pieces (Devlin et al. 2019)."""

    def __init__(self, pieces: Sequence[str]) -> None:
        self._id = {piece: number for number, piece in enumerate(pieces)}
        self._unknown, self._first, self._last = (self._id[name] for name in ("[UNK]", "[CLS]", "[SEP]"))

    def ids(self, text: str) -> list[int]:
        """The numbers of a text's pieces with the marks of its beginning and end, at most LONGEST of them."""
        out = [self._first]
        for word in _words(text):
            out += self._split(word)
            if len(out) >= LONGEST - 1:
                break
        return [*out[: LONGEST - 1], self._last]

    def _split(self, word: str) -> list[int]:
        if len(word) > 100:
            return [self._unknown]  # As BERT does; pieces of a word of a million letters would take for ever.
        out: list[int] = []
        start = 0
        while start < len(word):
            end = len(word)
            while end > start:
                piece = word[start:end] if start == 0 else f"##{word[start:end]}"
                if piece in self._id:
                    break
                end -= 1
            if end == start:
                return [self._unknown]
            out.append(self._id[piece])
            start = end
        return out


def _words(text: str) -> list[str]:
    plain = "".join(c for c in unicodedata.normalize("NFD", text.lower()) if unicodedata.category(c) != "Mn")
    spaced = "".join(f" {c} " if _is_punctuation(c) else c if c.isprintable() else " " for c in plain)
    return spaced.split()


def _is_punctuation(c: str) -> bool:
    return (c.isascii() and not c.isalnum() and not c.isspace() and c.isprintable()) or unicodedata.category(c)[
        0
    ] == "P"


@dataclass(frozen=True, slots=True)
class _Layer:
    query: tuple[Array, Array]
    key: tuple[Array, Array]
    value: tuple[Array, Array]
    output: tuple[Array, Array]
    after_attention: tuple[Array, Array]
    inner: tuple[Array, Array]
    outer: tuple[Array, Array]
    after_inner: tuple[Array, Array]


class Encoder:
    """The encoder with its two heads: probabilities of roots and of codes for marked sentences."""

    def __init__(self, arrays: Mapping[str, npt.NDArray[np.generic]]) -> None:
        self._arrays = arrays
        self.roots = _lines(arrays["roots"])
        self.codes = _lines(arrays["codes"])
        self._pieces = WordPieces(_lines(arrays["pieces"]))
        self._words = self._matrix("words")
        self._positions = self._matrix("positions")
        self._start = self._norm("start")
        self._heads = int(arrays["attention_heads"])
        self._layers = [self._layer(f"layer{n}") for n in range(int(arrays["layers"]))]
        self._root_head, self._code_head = self._linear("root_head"), self._linear("code_head")

    @classmethod
    def load(cls, path: Path) -> Encoder:
        """Read an encoder from its file. The file holds arrays of numbers only; loading it runs no code."""
        with np.load(path, allow_pickle=False) as file:
            return cls({name: file[name] for name in file.files})

    def probabilities(self, marked: Sequence[str]) -> tuple[Array, Array]:
        """For each marked sentence the probabilities of the roots and of the codes: (n, roots) and (n, codes)."""
        ids = [self._pieces.ids(text) for text in marked]
        order = sorted(range(len(ids)), key=lambda i: len(ids[i]))
        roots = np.zeros((len(ids), len(self.roots)), dtype=np.float32)
        codes = np.zeros((len(ids), len(self.codes)), dtype=np.float32)
        for at in range(0, len(order), _BATCH):
            batch = order[at : at + _BATCH]
            pooled = self._pooled([ids[i] for i in batch])
            roots[batch] = _softmax(_apply(self._root_head, pooled))
            codes[batch] = _softmax(_apply(self._code_head, pooled))
        return roots, codes

    def _pooled(self, ids: list[list[int]]) -> Array:
        length = max(map(len, ids))
        numbers = np.zeros((len(ids), length), dtype=np.int64)
        mask = np.zeros((len(ids), length), dtype=np.float32)
        for row, pieces in enumerate(ids):
            numbers[row, : len(pieces)] = pieces
            mask[row, : len(pieces)] = 1.0
        x = _normalise(self._start, self._words[numbers] + self._positions[:length])
        hidden = (1.0 - mask)[:, None, None, :] * np.float32(-1e9)
        for layer in self._layers:
            x = self._through(layer, x, hidden)
        mean = (x * mask[:, :, None]).sum(axis=1) / mask.sum(axis=1, keepdims=True)
        return np.concatenate([x[:, 0], mean], axis=1)

    def _through(self, layer: _Layer, x: Array, hidden: Array) -> Array:
        n, length, width = x.shape

        def split(part: tuple[Array, Array]) -> Array:
            return _apply(part, x).reshape(n, length, self._heads, -1).transpose(0, 2, 1, 3)

        query, key, value = split(layer.query), split(layer.key), split(layer.value)
        scores = query @ key.transpose(0, 1, 3, 2) / np.float32(np.sqrt(query.shape[-1])) + hidden
        mixed = (_softmax(scores) @ value).transpose(0, 2, 1, 3).reshape(n, length, width)
        x = _normalise(layer.after_attention, x + _apply(layer.output, mixed))
        inner = _apply(layer.inner, x)
        inner = inner * np.float32(0.5) * (1 + erf(inner / np.float32(np.sqrt(2))))
        return _normalise(layer.after_inner, x + _apply(layer.outer, inner))

    def _layer(self, name: str) -> _Layer:
        parts = {key: self._linear(f"{name}.{key}") for key in ("query", "key", "value", "output", "inner", "outer")}
        norms = {key: self._norm(f"{name}.{key}") for key in ("after_attention", "after_inner")}
        return _Layer(**parts, **norms)

    def _matrix(self, name: str) -> Array:
        scaled = self._arrays[f"{name}.scale"].astype(np.float32)[:, None]
        return np.asarray(self._arrays[f"{name}.weight"].astype(np.float32) * scaled, dtype=np.float32)

    def _linear(self, name: str) -> tuple[Array, Array]:
        return np.ascontiguousarray(self._matrix(name).T), self._arrays[f"{name}.bias"].astype(np.float32)

    def _norm(self, name: str) -> tuple[Array, Array]:
        return self._arrays[f"{name}.weight"].astype(np.float32), self._arrays[f"{name}.bias"].astype(np.float32)


def _lines(array: npt.NDArray[np.generic]) -> list[str]:
    return array.tobytes().decode("utf-8").split("\n")


def _apply(part: tuple[Array, Array], x: Array) -> Array:
    # One product of two plain matrices: NumPy is ten times slower with a stack of them.
    flat = x.reshape(-1, x.shape[-1]) @ part[0]
    flat += part[1]
    return np.asarray(flat.reshape(*x.shape[:-1], -1), dtype=np.float32)


def _softmax(x: Array) -> Array:
    e = np.exp(x - x.max(axis=-1, keepdims=True))
    return np.asarray(e / e.sum(axis=-1, keepdims=True), dtype=np.float32)


def _normalise(part: tuple[Array, Array], x: Array) -> Array:
    centred = x - x.mean(axis=-1, keepdims=True)
    variance = (centred * centred).mean(axis=-1, keepdims=True)
    return np.asarray(centred / np.sqrt(variance + 1e-12) * part[0] + part[1], dtype=np.float32)
