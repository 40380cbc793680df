"""Articles in, event table out: the pattern coder over many articles, on one or several processes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path

import pandas as pd

from whodid import __version__
from whodid.articles.model import Article
from whodid.codebook.load import load_codebook
from whodid.codebook.model import Codebook
from whodid.coder.actions import ActionFinder
from whodid.coder.cities import cities
from whodid.coder.gazetteer import Gazetteer
from whodid.coder.linear import LinearModel
from whodid.coder.parse import DEFAULT_MODEL, LONGEST_TEXT, load_model, parse_texts
from whodid.coder.parse_cache import ParseCache, parser_name
from whodid.coder.reading import Reading, Skipped, read_article
from whodid.coder.workers import in_processes
from whodid.errors import CoderError
from whodid.events.table import events_to_table

CODER = f"pattern@{__version__}"
_CHUNK = 16


class Coder:
    """The pattern coder, ready: spaCy's pipeline, the codebook's words and patterns.

    cache: a folder that keeps parses between runs; warn is called with a sentence where it cannot be used.
    """

    def __init__(
        self,
        codebook: Codebook,
        model: str = DEFAULT_MODEL,
        linear: LinearModel | None = None,
        *,
        cache: Path | None = None,
        warn: Callable[[str], None] = lambda sentence: None,
    ) -> None:
        self.codebook, self.name = codebook, linear.name if linear else CODER
        self._linear = linear
        self._nlp = load_model(model)
        self._cache = ParseCache(cache / parser_name(model), self._nlp, warn) if cache else None
        self._gazetteer = Gazetteer(codebook, self._nlp, cities(codebook))
        self._finder = ActionFinder(codebook)

    def read(self, articles: Iterable[Article]) -> Iterator[Reading]:
        """What the coder makes of each article, in order; an article that is too long is skipped with its reason."""
        listed = list(articles)
        texts = [a.text if len(a.text) <= LONGEST_TEXT else "" for a in listed]
        parsed = self._cache.parse(texts) if self._cache else parse_texts(self._nlp, texts)
        for article, doc in zip(listed, parsed, strict=True):
            if len(article.text) > LONGEST_TEXT:
                reason = f"the article has {len(article.text):,} characters; the parser takes {LONGEST_TEXT:,}"
                yield Reading(article, [], [Skipped(0, "", 0, 0, reason)], [])
            else:
                yield read_article(article, doc, self._finder, self._gazetteer, self.name, self._linear)


def code(
    articles: Iterable[Article],
    *,
    codebook: Codebook | Path | str | None = None,
    model: str = DEFAULT_MODEL,
    linear: LinearModel | None = None,
    workers: int = 1,
    cache: Path | str | None = None,
    progress: Callable[[int], None] | None = None,
) -> pd.DataFrame:
    """The events in some articles as a table with the schema's 22 columns (see events/schema.py), in canonical order.

    articles: what read_articles gives, or any Article values. codebook: a loaded one, its folder, or None for
    whodid's own. linear: a model (load_linear, train) that overrules patterns where it is surer; its name is then the
    rows' coder. workers: processes; the rows do not depend on it, nor on the order of the articles. cache: a folder that
    keeps parses, so that the same articles are coded with a changed codebook in a fraction of the time. progress is called
    with the number of articles done since the last call.
    Raises CodebookError if the codebook is broken, CoderError if the spaCy model is missing.
    """
    return events_to_table(
        event
        for reading in read_all(
            articles,
            codebook=codebook,
            model=model,
            linear=linear,
            workers=workers,
            cache=Path(cache) if cache else None,
            progress=progress,
        )
        for event in reading.events
    )


def read_all(
    articles: Iterable[Article],
    *,
    codebook: Codebook | Path | str | None = None,
    model: str = DEFAULT_MODEL,
    linear: LinearModel | None = None,
    workers: int = 1,
    cache: Path | str | None = None,
    progress: Callable[[int], None] | None = None,
) -> Iterator[Reading]:
    """The reading of each article, in order of their ids: rows with traces, what was skipped, unknown actors."""
    if workers < 1:
        raise CoderError(f"{workers} workers cannot code.", fix="Give --workers 1 or more.", rule="bad-workers")
    ordered = sorted(articles, key=lambda a: a.article_id)
    chunks = [ordered[i : i + _CHUNK] for i in range(0, len(ordered), _CHUNK)]
    if workers == 1 or len(chunks) < 2:
        book = codebook if isinstance(codebook, Codebook) else load_codebook(codebook)
        coder = Coder(book, model, linear, cache=Path(cache) if cache else None)
        for chunk in chunks:
            yield from coder.read(chunk)
            if progress:
                progress(len(chunk))
        return
    book = codebook if isinstance(codebook, Codebook) else load_codebook(codebook)
    arguments = (book.model_dump_json(), model, linear, Path(cache) if cache else None)
    for chunk, readings in zip(
        chunks, in_processes(_work, chunks, workers, start=coding_start, arguments=arguments), strict=True
    ):
        yield from readings
        if progress:
            progress(len(chunk))


_own: list[Coder] = []
_warnings: list[str] = []


def coding_start(codebook: Codebook | str, model: str, linear: LinearModel | None, cache: Path | None) -> None:
    """Make the coder of a worker process; the codebook as its JSON."""
    book = codebook if isinstance(codebook, Codebook) else Codebook.model_validate_json(codebook)
    _own[:] = [Coder(book, model, linear, cache=cache, warn=_warnings.append)]


def the_coder() -> tuple[Coder, list[str]]:
    """The coder of a worker process, and what it had to warn of so far."""
    return _own[0], _warnings


def _work(chunk: Sequence[Article]) -> list[Reading]:
    return list(_own[0].read(chunk))


@cache
def default_coder() -> Coder:
    """The coder with whodid's own codebook, made once in a process."""
    return Coder(load_codebook())
