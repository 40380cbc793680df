"""Articles in, event table out: the pattern coder over many articles, on one or several processes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from whodid import __version__
from whodid.articles.model import Article
from whodid.codebook.load import load_codebook
from whodid.codebook.model import Codebook
from whodid.coder.actions import ActionFinder
from whodid.coder.codings import ArticleCodings
from whodid.coder.facts import facts_of_names, facts_of_wordings, words_of
from whodid.coder.gazetteer import Gazetteer
from whodid.coder.linear import LinearModel
from whodid.coder.parse_cache import ParseCache
from whodid.coder.parsed import Doc
from whodid.coder.reader import read_article
from whodid.coder.reading import Reading, Skipped
from whodid.coder.reading_cache import Part, Read, ReadingCache, content_of_names, content_of_wordings, readings_name
from whodid.coder.spelling import load_gazetteer
from whodid.coder.versions import DEFAULT_MODEL, LONGEST_TEXT, parser_name
from whodid.coder.workers import in_processes
from whodid.errors import CoderError
from whodid.garbage import settle, unsearched

if TYPE_CHECKING:
    import pandas as pd
    from spacy.language import Language

CODER = f"pattern@{__version__}"
_CHUNK = 16
Made = TypeVar("Made")


class Coder:
    """The pattern coder: spaCy's pipeline, the codebook's words and patterns.

    cache: a folder that keeps parses and readings between runs; with one, each part is loaded when it is needed
    first, which may be never. loaded is called after each part. warn is called with a sentence where the cache cannot be used.
    """

    def __init__(
        self,
        codebook: Codebook,
        model: str = DEFAULT_MODEL,
        linear: LinearModel | None = None,
        *,
        cache: Path | None = None,
        warn: Callable[[str], None] = lambda sentence: None,
        loaded: Callable[[], None] = lambda: None,
    ) -> None:
        self.codebook, self.name = codebook, linear.name if linear else CODER
        self._model, self._linear, self._warn, self._loaded = model, linear, warn, loaded
        self.use(cache)
        if cache is None:
            _ = self._nlp, self._finder, self._gazetteer

    def use(self, cache: Path | None) -> None:
        """Keep parses and readings in another folder from now on; None for nowhere."""
        self._cache: ParseCache | None = None
        self._readings: ReadingCache | None = None
        if cache is not None:
            with unsearched():
                self._open(cache)

    def _open(self, cache: Path) -> None:
        wordings = Part(content_of_wordings(self.codebook), lambda: facts_of_wordings(self.codebook))
        names = Part(content_of_names(self.codebook), lambda: facts_of_names(self._gazetteer))
        folder = cache / readings_name(self._model, self._linear)
        self._cache = ParseCache(cache / parser_name(self._model), lambda: self._nlp, self._warn)
        self._readings = ReadingCache(folder, (wordings, names), self.name, self._warn)

    @cached_property
    def _nlp(self) -> Language:
        def load() -> Language:
            from whodid.coder.parse import load_model

            return load_model(self._model)

        return self._load(load)

    @cached_property
    def _finder(self) -> ActionFinder:
        return self._load(lambda: ActionFinder(self.codebook))

    @cached_property
    def _gazetteer(self) -> Gazetteer:
        return self._load(lambda: load_gazetteer(self.codebook, self._model, lambda: self._nlp))

    def _load(self, load: Callable[[], Made]) -> Made:
        with unsearched():
            made = load()
        self._loaded()
        return made

    def read(self, articles: Iterable[Article]) -> Iterator[Reading]:
        """What the coder makes of each article, in order; an article that is too long is skipped with its reason."""
        for reading, _ in self._read(list(articles)):
            yield reading

    def code(self, articles: Iterable[Article]) -> list[ArticleCodings]:
        """The rows of each article, in order: from the cache, or read now and kept there."""
        listed = list(articles)
        if self._readings is None:
            return [ArticleCodings.of(reading) for reading in self.read(listed)]
        found = self._readings.find(listed)
        missing = [article for article, codings in zip(listed, found, strict=True) if codings is None]
        read = [Read(ArticleCodings.of(reading), words_of(doc)) for reading, doc in self._read(missing)]
        self._readings.keep(read)
        fresh = iter(read)
        return [next(fresh).codings if codings is None else codings for codings in found]

    def _read(self, listed: list[Article]) -> Iterator[tuple[Reading, Doc]]:
        if not listed:
            return
        texts = [a.text if len(a.text) <= LONGEST_TEXT else "" for a in listed]
        finder, gazetteer = self._finder, self._gazetteer
        for article, doc in zip(listed, self._parse(texts), strict=True):
            if len(article.text) > LONGEST_TEXT:
                reason = f"the article has {len(article.text):,} characters; the parser takes {LONGEST_TEXT:,}"
                yield Reading(article, [], [Skipped(0, "", 0, 0, reason)], []), doc
            else:
                yield read_article(article, doc, finder, gazetteer, self.name, self._linear), doc

    def _parse(self, texts: list[str]) -> Iterator[Doc]:
        if self._cache is not None:
            return self._cache.parse(texts)
        from whodid.coder.parse import parse_texts

        return parse_texts(self._nlp, texts)


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
    keeps parses and readings, so that the same articles are coded with a changed codebook in a fraction of the time. progress
    is called with the number of articles done since the last call.
    Raises CodebookError if the codebook is broken, CoderError if the spaCy model is missing.
    """
    from whodid.events.table import events_to_table

    coded = _all(Coder.code, articles, codebook, model, linear, workers, cache, progress)
    return events_to_table(event for codings in coded for event in codings.events)


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
    """The reading of each article, in order of their ids: rows with traces, what was skipped, unknown actors.

    cache: a folder that keeps parses; readings with traces are not kept.
    """
    return _all(Coder.read, articles, codebook, model, linear, workers, cache, progress)


def _all(
    work: Callable[[Coder, Sequence[Article]], Iterable[Made]],
    articles: Iterable[Article],
    codebook: Codebook | Path | str | None,
    model: str,
    linear: LinearModel | None,
    workers: int,
    cache: Path | str | None,
    progress: Callable[[int], None] | None,
) -> Iterator[Made]:
    if workers < 1:
        raise CoderError(f"{workers} workers cannot code.", fix="Give --workers 1 or more.", rule="bad-workers")
    ordered = sorted(articles, key=lambda a: a.article_id)
    chunks = [ordered[i : i + _CHUNK] for i in range(0, len(ordered), _CHUNK)]
    book = codebook if isinstance(codebook, Codebook) else load_codebook(codebook)
    folder = Path(cache) if cache else None
    if workers == 1 or len(chunks) < 2:
        coder = Coder(book, model, linear, cache=folder)
        made: Iterable[Iterable[Made]] = (work(coder, chunk) for chunk in chunks)
    else:
        arguments = (book.model_dump_json(), model, linear, folder)
        made = in_processes(partial(_work, work), chunks, workers, start=coding_start, arguments=arguments)
    for chunk, some in zip(chunks, made, strict=True):
        yield from some
        if progress:
            progress(len(chunk))


_own: list[Coder] = []
_warnings: list[str] = []


def coding_start(codebook: Codebook | str, model: str, linear: LinearModel | None, cache: Path | None) -> None:
    """Make the coder of a worker process; the codebook as its JSON."""
    book = codebook if isinstance(codebook, Codebook) else Codebook.model_validate_json(codebook)
    _own[:] = [Coder(book, model, linear, cache=cache, warn=_warnings.append, loaded=settle)]


def the_coder() -> tuple[Coder, list[str]]:
    """The coder of a worker process, and what it had to warn of so far."""
    return _own[0], _warnings


def _work(work: Callable[[Coder, Sequence[Article]], Iterable[Made]], chunk: Sequence[Article]) -> list[Made]:
    return list(work(_own[0], chunk))


@cache
def default_coder() -> Coder:
    """The coder with whodid's own codebook, made once in a process."""
    return Coder(load_codebook())
