"""The parser's first layers with a memory give what they give without."""

from __future__ import annotations

import numpy as np
import pytest
import spacy

from whodid.coder import embedding
from whodid.coder.embedding import remember_embeddings
from whodid.coder.parse import DEFAULT_MODEL, with_numpy_products

pytestmark = pytest.mark.model

TEXTS = ["Go.", "", "Mali met Chad in Bamako on Monday, and Chad’s envoy left.", "Mali met Chad. " * 40, "\n\n"]


def test_vectors_are_the_same_when_words_come_again_and_when_the_memory_starts_anew(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with_memory = remember_embeddings(with_numpy_products(spacy.load(DEFAULT_MODEL, exclude=["ner"])))
    without = with_numpy_products(spacy.load(DEFAULT_MODEL, exclude=["ner"]))
    expected = [doc.tensor for doc in without.pipe(TEXTS)]
    assert with_memory.get_pipe("tok2vec").model.layers[0].name == "remembered"
    for _ in range(2):
        found = [doc.tensor for doc in with_memory.pipe(TEXTS)]
        assert all(np.allclose(a, b, atol=1e-5) and a.shape == b.shape for a, b in zip(found, expected, strict=True))
    monkeypatch.setattr(embedding, "_LARGEST", 3)
    again = [doc.tensor for doc in with_memory.pipe(TEXTS)]
    assert all((a == b).all() for a, b in zip(again, found, strict=True))


def test_other_pipelines_stay_as_they_are() -> None:
    blank = spacy.blank("en")
    assert remember_embeddings(blank) is blank
