"""Reading articles of every form from files and folders: what users call."""

from __future__ import annotations

import stat
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from whodid.articles.days import default_day
from whodid.articles.entry import Entry, to_article
from whodid.articles.front_matter import read_text_file
from whodid.articles.html import read_page
from whodid.articles.large import is_streamed, stream_table
from whodid.articles.model import Article, ArticleSet, Refused
from whodid.articles.paths import ArticleFile, as_paths, find_files, path_order
from whodid.articles.tables import read_csv, read_json, read_jsonl
from whodid.cluster import storage
from whodid.errors import ArticleError, Fault
from whodid.unchanged import check_unchanged

LARGEST_BYTES = 50_000_000

_Reader = Callable[[bytes, str, str], Iterator[Entry | Refused]]
_READERS: dict[str, _Reader] = {
    ".txt": read_text_file,
    ".md": read_text_file,
    ".html": read_page,
    ".htm": read_page,
    ".jsonl": read_jsonl,
    ".json": read_json,
    ".csv": read_csv,
}


def read_articles(
    paths: Path | str | Sequence[Path | str],
    *,
    published: date | str | None = None,
    publisher: str | None = None,
) -> ArticleSet:
    """The articles in files and folders (with all folders below), in the order of their ids, and what was refused.

    Forms, by ending: .txt and .md with optional YAML front matter, .html and .htm, .jsonl, .json, .csv, .parquet.
    published and publisher stand in for articles that have none of their own. An article without an id is called by
    its path below the given folder, without ending; in tables an id is required.
    One bad article never stops the others: it is in `refused` with the reason, in the order of paths and lines. Of two
    articles with one id the first in that order stays. The result does not depend on the order of the paths.
    Raises UsageError if a path does not exist, a folder holds no articles, a single file has another ending, or
    `published` is no day; ArticleError if a file changes or goes away while it is read.
    """
    refused: list[Refused] = []
    first: dict[str, Article] = {}
    for read, fault in each_article(paths, published=published, publisher=publisher):
        if isinstance(read, Refused):
            refused.append(read)
            continue
        known = first.setdefault(read.article_id, read)
        if known is not read:
            refused.append(duplicate(read, known, fault))
    return ArticleSet(tuple(first[key] for key in sorted(first)), in_order(refused))


def each_article(
    paths: Path | str | Sequence[Path | str], *, published: date | str | None = None, publisher: str | None = None
) -> Iterator[tuple[Article | Refused, Fault]]:
    """Each article and each thing refused, in the order of paths and lines, with its place; see read_articles.

    Two articles may have the same id: who keeps the articles says which of them stays.
    """
    day = default_day(published)
    with storage.here(as_paths(paths)) as places:
        for read, place in _each_here(places.paths, day, publisher):
            if isinstance(read, Refused):
                yield Refused(places.name(read.origin), places.fault(read.fault)), places.fault(place)
            else:
                yield replace(read, origin=places.name(read.origin)), places.fault(place)


def _each_here(
    paths: Sequence[Path], day: date | None, publisher: str | None
) -> Iterator[tuple[Article | Refused, Fault]]:
    files, aside = find_files(paths)
    yield from ((refused, refused.fault) for refused in aside)
    for file in files:
        for found in _entries(file):
            if isinstance(found, Refused):
                yield found, found.fault
                continue
            place = Fault("", "", path=found.path, line=found.line, row=found.row)
            read = to_article(found, published=day, publisher=publisher)
            for one in [read] if isinstance(read, Article) else read:
                yield one, place


def in_order(refused: Iterable[Refused]) -> tuple[Refused, ...]:
    """What was refused, in the order of paths, rows and lines."""
    return tuple(sorted(refused, key=lambda item: _order(item.fault)))


def _entries(file: ArticleFile) -> Iterator[Entry | Refused]:
    try:
        about = file.path.stat()
        if not stat.S_ISREG(about.st_mode):
            # Opening a pipe or a device would wait for ever.
            yield _refused_file(file, "unreadable", "This is no ordinary file.", "Take it out of the folder.")
            return
        if is_streamed(file.path, file.ending, about.st_size):
            yield from stream_table(file.path, file.shown, file.ending)
            return
        if about.st_size > LARGEST_BYTES:
            message = f"The file has {about.st_size:,} bytes; text files of articles have at most {LARGEST_BYTES:,}."
            fix = "Split it, or save a table as Parquet, or as CSV or JSON Lines in UTF-8, which have no limit."
            yield _refused_file(file, "too-large", message, fix)
            return
        data = file.path.read_bytes()
    except OSError as error:
        if isinstance(error, FileNotFoundError) and not file.path.is_symlink():
            fix = "Run the command again when nothing else changes the folder. Nothing was written."
            message = "The file went away before it was read."
            raise ArticleError(message, fix=fix, path=file.shown, rule="gone") from error
        message = f"The file cannot be read: {error.strerror or error}."
        yield _refused_file(file, "unreadable", message, "Make it readable, or take it out.")
        return
    check_unchanged(file.path, file.shown, about, ArticleError)
    yield from _READERS[file.ending](data, file.shown, file.own_id)


def _refused_file(file: ArticleFile, rule: str, message: str, fix: str) -> Refused:
    return Refused(file.shown, Fault(rule, message, fix, file.shown))


def duplicate(article: Article, known: Article, place: Fault) -> Refused:
    """The second of two articles with one id as refused; place is where it stands."""
    where, shown = (place.path, place.line, place.row), article.article_id
    if article.text == known.text:
        message = f"The article {shown!r} was already read from {known.origin}, with the same text."
        return Refused(article.origin, Fault("duplicate-article", message, "Keep one of them.", *where, None, shown))
    message = f"Two different texts have the id {shown!r}: {known.origin} and {article.origin}. The first was kept."
    return Refused(article.origin, Fault("duplicate-id", message, "Give one of them another id.", *where, None, shown))


def _order(fault: Fault) -> tuple[tuple[str, ...], int, int]:
    return path_order(Path(str(fault.path))), fault.row or 0, fault.line or 0
