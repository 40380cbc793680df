"""Text to parse: the one module that loads spaCy."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import islice
from typing import Any

import numpy as np
import spacy
from spacy.attrs import DEP, HEAD, LEMMA, ORTH, POS, SENT_START, SPACY, TAG
from spacy.language import Language
from spacy.vocab import Vocab
from thinc.api import Model, NumpyOps
from threadpoolctl import ThreadpoolController  # type: ignore[import-untyped]

from whodid.coder.embedding import remember_embeddings
from whodid.coder.morphology import remember
from whodid.coder.parsed import Doc
from whodid.coder.plain_text import readable as readable
from whodid.coder.plain_text import sentences as sentences
from whodid.coder.versions import DEFAULT_MODEL as DEFAULT_MODEL
from whodid.coder.versions import LONGEST_TEXT as LONGEST_TEXT
from whodid.coder.versions import missing_model

BATCH = 64
# Names come without end in a long run: after as many the memory of them starts anew.
_MANY_NAMES = 500_000


@cache
def load_model(name: str = DEFAULT_MODEL) -> Language:
    """The spaCy pipeline of that name, without named-entity recognition, which the coder does not use.

    Raises CoderError with the command that installs the model if it is missing.
    """
    try:
        return remember_embeddings(with_numpy_products(remember(spacy.load(name, exclude=["ner"]))))
    except OSError as error:
        raise missing_model(name) from error


def with_numpy_products(nlp: Language) -> Language:
    """The pipeline with its matrices multiplied by NumPy, which takes a third of the time of spaCy's own library.

    Pipelines on a graphics card, or on a Mac's own library, stay as they are.
    """
    for _, component in nlp.pipeline:
        model = getattr(component, "model", None)
        for layer in model.walk() if isinstance(model, Model) else ():
            if type(layer.ops) is NumpyOps:
                layer.ops = NumpyOps(use_blis=False)
    return nlp


def parse_texts(nlp: Language, texts: Iterable[str]) -> Iterator[Doc]:
    """The parse of each text, in order. Character offsets are those of the text as given."""
    yield from parse_readable(nlp, map(readable, texts))


def parse_readable(nlp: Language, texts: Iterable[str]) -> Iterator[Doc]:
    """The parse of each text that is readable already, in order."""
    waiting = iter(texts)
    while batch := list(islice(waiting, BATCH)):
        # One thread: a second one would save little of such small products, and steal from other workers.
        with _threads().limit(limits=1, user_api="blas"):
            parsed = list(nlp.pipe(batch, batch_size=BATCH))
        for text, doc in zip(batch, parsed, strict=True):
            yield _plain(text, doc)


@cache
def _threads() -> ThreadpoolController:
    return ThreadpoolController()


class _Names(dict[int, str]):
    """The strings behind spaCy's numbers, as far as they have been asked for."""

    def __init__(self, vocab: Vocab) -> None:
        super().__init__()
        self._vocab = vocab

    def __missing__(self, number: int) -> str:
        if len(self) > _MANY_NAMES:
            self.clear()
        name = self[number] = str(self._vocab.strings[number])
        return name


@cache
def _names(vocab: Vocab) -> _Names:
    return _Names(vocab)


def _plain(text: str, doc: spacy.tokens.Doc) -> Doc:
    """A spaCy parse in plain Python. All values at once: a call for each token would cost more than the parser."""
    names = _names(doc.vocab)
    columns = doc.to_array([ORTH, LEMMA, POS, TAG, DEP, SPACY, SENT_START, HEAD]).astype(np.int64)
    words, lemmas, parts, tags, relations = (
        list(map(names.__getitem__, numbers)) for numbers in columns.view(np.uint64).T[:5].tolist()
    )
    heads = (columns[:, 7] + np.arange(len(columns))).tolist()
    begins = columns[:, 6] == 1
    begins[:1] = True
    return Doc(
        text, words, columns[:, 5].tolist(), lemmas, parts, tags, relations, heads, np.flatnonzero(begins).tolist()
    )


def model_version(nlp: Language) -> str:
    """Name and version of the pipeline, for the codings' provenance."""
    meta: dict[str, Any] = nlp.meta
    return f"{meta['lang']}_{meta['name']}@{meta['version']}"
