"""Parts of speech and lemmas, remembered: spaCy's own rules decide once for each word, tag and relation, and are then reused.

spaCy's attribute_ruler and lemmatizer cost as much as half the parsing, although their answer for a token depends on its
form, tag and relation alone (but for a few two-word colloquialisms, "gonna", that no event hangs on).
"""

from __future__ import annotations

from typing import Any

import numpy as np
from spacy.attrs import DEP, LEMMA, ORTH, POS, TAG
from spacy.language import Language
from spacy.tokens import Doc

NAME = "whodid_morphology"
# Names come without end in a long run; a memory of this many forms is 100 MB, after which it starts anew.
_LARGEST = 500_000


class Morphology:
    """A pipeline component that sets each token's part of speech and lemma as the two components it stands for would."""

    def __init__(self, nlp: Language) -> None:
        self._vocab = nlp.vocab
        self._rules: list[Any] = []
        self._known: dict[tuple[int, int, int], tuple[int, int]] = {}

    def take_over(self, components: list[Any]) -> None:
        """The components whose answers are remembered, in their order."""
        self._rules = components

    def __call__(self, doc: Doc) -> Doc:
        keys = [tuple(row) for row in doc.to_array([ORTH, TAG, DEP]).tolist()]
        unknown = sorted({key for key in keys if key not in self._known})
        if unknown:
            self._learn(unknown)
        if keys:
            doc.from_array([POS, LEMMA], np.array([self._known[key] for key in keys], dtype=np.uint64))
        return doc

    def _learn(self, keys: list[tuple[int, int, int]]) -> None:
        if len(self._known) > _LARGEST:
            self._known.clear()
        strings = self._vocab.strings
        # A full stop between them keeps rules for two words from seeing neighbours that never stood together.
        words = [word for orth, _, _ in keys for word in (str(strings[orth]), ".")]
        tags = [name for _, tag, _ in keys for name in (str(strings[tag]), ".")]
        deps = [name for _, _, dep in keys for name in (str(strings[dep]), "punct")]
        doc = Doc(self._vocab, words=words, tags=tags, deps=deps, heads=list(range(len(words))))
        for rule in self._rules:
            doc = rule(doc)
        for key, token in zip(keys, list(doc)[::2], strict=True):
            self._known[key] = (token.pos, token.lemma)


def _make(nlp: Language, name: str) -> Morphology:
    return Morphology(nlp)


Language.factory(NAME, func=_make)


def remember(nlp: Language) -> Language:
    """The pipeline with its attribute_ruler and rule lemmatizer replaced by their memory; others stay as they are."""
    if not {"attribute_ruler", "lemmatizer"} <= set(nlp.pipe_names):
        return nlp
    taken = [nlp.remove_pipe(name)[1] for name in ("attribute_ruler", "lemmatizer")]
    nlp.add_pipe(NAME).take_over(taken)
    return nlp
