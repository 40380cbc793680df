"""A linear model over features of a relation: first the root, then the code below it. A file of numbers, no code in it."""

from __future__ import annotations

import hashlib
import io
import json
import struct
import tokenize
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from whodid.atomic import write_bytes
from whodid.coder.features import Features
from whodid.coder.training import NO_EVENT
from whodid.errors import CoderError

Array = npt.NDArray[np.float32]
_FORMAT = "whodid-linear-1"
# Codes below roots less likely than this are not told apart: they cannot come first, and most roots are such.
_UNLIKELY = 0.005
_LARGEST = 200_000_000
_ENCRYPTED = 0x1
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
# What NumPy and zipfile raise for bytes that no model has: MemoryError for an array whose header claims a terabyte, errors of
# syntax for a header, which NumPy reads as a Python literal.
_NO_MODEL = (
    *(SyntaxError, RecursionError, tokenize.TokenError),
    *(ValueError, KeyError, IndexError, TypeError, NotImplementedError, EOFError, MemoryError),
    *(zipfile.BadZipFile, zlib.error, struct.error),
)


@dataclass(frozen=True, slots=True)
class Layer:
    """One choice among labels: weights (features, labels) over the features in rows, and biases (labels)."""

    labels: tuple[str, ...]
    rows: npt.NDArray[np.int64]
    weights: Array
    biases: Array

    def scores(self, where: npt.NDArray[np.int64], values: Array) -> Array:
        """The log odds of the labels; where holds the places of the features in this layer, -1 for those it lacks."""
        known = where >= 0
        return np.asarray(values[known] @ self.weights[where[known]] + self.biases, dtype=np.float32)


class LinearModel:
    """Probabilities of codes for the features of a relation, and what spoke for them."""

    def __init__(self, vocabulary: list[str], roots: Layer, codes: dict[str, Layer], trained_on: str = "") -> None:
        self.vocabulary, self.roots, self.codes, self.trained_on = vocabulary, roots, codes, trained_on
        self._place = {name: number for number, name in enumerate(vocabulary)}
        self._inside: dict[str, npt.NDArray[np.int64]] = {}
        for root, layer in codes.items():
            inside = np.full(len(vocabulary), -1, dtype=np.int64)
            inside[layer.rows] = np.arange(len(layer.rows))
            self._inside[root] = inside
        self.name = ""

    def root_probabilities(self, found: Features) -> dict[str, float]:
        """The probability of each root and of no event ("none")."""
        places, values = self._known(found)
        p = _softmax(self.roots.scores(places, values))
        return {label: float(p[i]) for i, label in enumerate(self.roots.labels)}

    def probabilities(self, found: Features) -> dict[str, float]:
        """The probability of each code and of no event ("none"); codes of very unlikely roots are left out."""
        places, values = self._known(found)
        p = _softmax(self.roots.scores(places, values))
        out: dict[str, float] = {}
        for number, root in enumerate(self.roots.labels):
            layer = self.codes.get(root)
            if layer is None:
                out[root] = float(p[number])
            elif p[number] >= _UNLIKELY:
                inner = _softmax(layer.scores(self._inside[root][places], values))
                out.update({code: float(p[number] * inner[i]) for i, code in enumerate(layer.labels)})
        return out

    def evidence(self, found: Features, code: str, top: int = 6) -> tuple[tuple[str, float], ...]:
        """The features that spoke most for a code's root against the average root, in log odds, strongest first."""
        label = code if code == NO_EVENT else code[:2]
        if label not in self.roots.labels:
            return ()
        column = self.roots.labels.index(label)
        names = [name for name in found if name in self._place and name != "always"]
        said = []
        for name in names:
            weights = self.roots.weights[self._place[name]]
            said.append((name, round(float(found[name] * (weights[column] - weights.mean())), 3)))
        return tuple(sorted((s for s in said if s[1] > 0), key=lambda s: (-s[1], s[0]))[:top])

    def digest(self) -> str:
        """A hash of all that decides what the model says, and of its name."""
        total = hashlib.blake2b(json.dumps([self.name, self.vocabulary]).encode(), digest_size=16)
        for name, layer in (("roots", self.roots), *self.codes.items()):
            total.update(json.dumps([name, layer.labels]).encode())
            for array in (layer.rows, layer.weights, layer.biases):
                total.update(np.ascontiguousarray(array).tobytes())
        return total.hexdigest()

    def _known(self, found: Features) -> tuple[npt.NDArray[np.int64], Array]:
        pairs = [(self._place[name], value) for name, value in found.items() if name in self._place]
        places = np.array([place for place, _ in pairs], dtype=np.int64)
        return places, np.array([value for _, value in pairs], dtype=np.float32)

    def save(self, path: Path | str) -> None:
        """Write the model: a zip of NumPy arrays, the same bytes for the same model. Weights are rounded to 255 steps."""
        arrays: dict[str, npt.NDArray[np.generic]] = {
            "format": _text([_FORMAT]),
            "trained_on": _text([self.trained_on]),
            "vocabulary": _text(self.vocabulary),
        }
        for name, layer in (("roots", self.roots), *((f"codes {root}", layer) for root, layer in self.codes.items())):
            scale = np.maximum(np.abs(layer.weights).max(axis=0, initial=0.0), 1e-9) / 127
            arrays[f"{name}/labels"] = _text(list(layer.labels))
            arrays[f"{name}/rows"] = layer.rows.astype(np.int32)
            arrays[f"{name}/weights"] = np.rint(layer.weights / scale).astype(np.int8)
            arrays[f"{name}/scale"] = scale.astype(np.float32)
            arrays[f"{name}/biases"] = np.round(layer.biases, 4).astype(np.float32)
        out = io.BytesIO()
        np.savez_compressed(out, allow_pickle=False, **arrays)
        write_bytes(path, out.getvalue())


def load_linear(path: Path | str) -> LinearModel:
    """Read a model. Its name is linear@ and eight digits of the file's hash, which goes into the rows' coder column.

    Raises CoderError if the file is missing, is no model, or is larger than a model can be. Loading runs no code.
    """
    path = Path(path)
    fix = "Give a file that `whodid train` wrote."
    try:
        data = path.read_bytes()
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            items = archive.infolist()
            if sum(item.file_size for item in items) > _LARGEST:
                raise CoderError("The model is too large to be one.", fix=fix, path=path, rule="bad-model")
            if any(item.flag_bits & _ENCRYPTED or item.compress_type not in _METHODS for item in items):
                raise zipfile.BadZipFile("it is packed in a way that save does not use")
        with np.load(io.BytesIO(data), allow_pickle=False) as file:
            if _lines(_array(file, "format")) != [_FORMAT]:
                raise CoderError("The file has another format.", fix=fix, path=path, rule="bad-model")
            names = sorted({name.split("/")[0] for name in file.files if name.endswith("/labels")})
            layers = {name: _layer(file, name) for name in names}
            vocabulary, trained_on = _lines(_array(file, "vocabulary")), _lines(_array(file, "trained_on"))[0]
        roots = layers.pop("roots")
        model = LinearModel(vocabulary, roots, {n.removeprefix("codes "): v for n, v in layers.items()}, trained_on)
    except OSError as error:
        reason = error.strerror or str(error)
        raise CoderError(f"The model cannot be read: {reason}.", fix=fix, path=path, rule="no-model") from error
    except _NO_MODEL as error:
        raise CoderError("The file is no whodid model.", fix=fix, path=path, rule="bad-model") from error
    model.name = f"linear@{hashlib.sha256(data).hexdigest()[:8]}"
    return model


def _array(file: np.lib.npyio.NpzFile, name: str) -> npt.NDArray[Any]:
    found = file[name]
    if not isinstance(found, np.ndarray):
        raise ValueError(f"{name}: no array")  # NumPy gives the bytes of what it does not know.
    return found


def _layer(file: np.lib.npyio.NpzFile, name: str) -> Layer:
    weights = _array(file, f"{name}/weights").astype(np.float32) * _array(file, f"{name}/scale")
    rows, labels = _array(file, f"{name}/rows").astype(np.int64), tuple(_lines(_array(file, f"{name}/labels")))
    biases = _array(file, f"{name}/biases")
    if weights.shape != (len(rows), len(labels)) or biases.shape != (len(labels),):
        raise ValueError(f"{name}: the arrays do not fit together")
    return Layer(labels, rows, np.asarray(weights, dtype=np.float32), np.asarray(biases, dtype=np.float32))


def _text(lines: list[str]) -> npt.NDArray[np.uint8]:
    return np.frombuffer("\n".join(lines).encode("utf-8"), dtype=np.uint8)


def _lines(array: npt.NDArray[np.generic]) -> list[str]:
    return array.tobytes().decode("utf-8").split("\n")


def _softmax(x: Array) -> Array:
    e = np.exp(x - x.max())
    return np.asarray(e / e.sum(), dtype=np.float32)
