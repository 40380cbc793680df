"""The first layers of spaCy's parser with a memory: what they make of a word depends on the word alone, not on its neighbours."""

from __future__ import annotations

from typing import Any

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc
from thinc.api import Model
from thinc.types import Ragged

# Names come without end in a long run; a memory of this many words is 40 MB, after which it starts anew.
_LARGEST = 100_000
# Words are computed so many at a time at least: libraries multiply small matrices in another order, with other last digits.
_AT_LEAST = 256


class Embeddings:
    """The vectors of words by what the parser sees of them: normal form, prefix, suffix, shape and spacing."""

    def __init__(self, features: Model[Any, Any], layers: list[Model[Any, Any]], width: int) -> None:
        self._features, self._layers = features, layers
        self._vectors = np.empty((1024, width), dtype=np.float32)
        self._known: dict[bytes, int] = {}

    def __call__(self, docs: list[Doc]) -> list[np.ndarray]:
        """The vectors of each text's words, as the layers give them."""
        seen = self._features.predict(docs)
        rows = np.ascontiguousarray(np.concatenate(seen)) if seen else np.empty((0, 1), dtype=np.uint64)
        keys = rows.view(f"V{rows.shape[1] * rows.itemsize}").ravel().tolist()
        if len(self._known) > _LARGEST:
            self._known.clear()
        fresh = {key: number for number, key in enumerate(keys) if key not in self._known}
        if fresh:
            self._learn(list(fresh), rows[list(fresh.values())])
        known = self._known
        found = self._vectors[[known[key] for key in keys]]
        return np.split(found, np.cumsum([len(one) for one in seen])[:-1])

    def _learn(self, keys: list[bytes], rows: np.ndarray) -> None:
        count, have = len(keys), len(self._known)
        padded: Any = np.resize(rows, (max(count, _AT_LEAST), rows.shape[1]))
        lengths: Any = np.array([len(padded)], dtype=np.int32)
        made: Any = Ragged(padded, lengths)
        for layer in self._layers:
            made = layer.predict(made)
        while have + count > len(self._vectors):
            self._vectors = np.concatenate([self._vectors, np.empty_like(self._vectors)])
        self._vectors[have : have + count] = made.dataXd[:count]
        self._known.update(zip(keys, range(have, have + count), strict=True))


def remember_embeddings(nlp: Language) -> Language:
    """The pipeline with the memory in place of the layers, if it has these layers; others stay as they are."""
    model = nlp.get_pipe("tok2vec").model if "tok2vec" in nlp.pipe_names else None
    if model is None or len(model.layers) != 2 or type(model.ops.xp.empty(0)) is not np.ndarray:
        return nlp
    embed = model.layers[0]
    names = [layer.name.partition("(")[0] for layer in embed.layers]
    if names != ["extract_features", "list2ragged", "with_array", "with_array", "ragged2list"]:
        return nlp
    memory = Embeddings(embed.layers[0], embed.layers[2:4], embed.get_dim("nO"))
    model.layers[0] = Model(
        "remembered", lambda own, docs, is_train: (memory(docs), lambda change: []), dims={"nO": embed.get_dim("nO")}
    )
    return nlp
