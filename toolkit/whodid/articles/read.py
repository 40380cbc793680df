"""Reading articles of every form from files and folders: what users call."""

from __future__ import annotations

import stat
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path

from whodid.articles.days import default_day
from whodid.articles.entry import Entry, to_article
from whodid.articles.front_matter import read_text_file
from whodid.articles.html import read_page
from whodid.articles.model import Article, ArticleSet, Refused
from whodid.articles.paths import ArticleFile, as_paths, find_files, path_order
from whodid.articles.tables import read_csv, read_json, read_jsonl, read_parquet
from whodid.errors import Fault

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
    ".parquet": read_parquet,
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
    `published` is no day.
    """
    day = default_day(published)
    files, aside = find_files(as_paths(paths))
    refused = list(aside)
    first: dict[str, Article] = {}
    for file in files:
        for found in _entries(file):
            read = [found] if isinstance(found, Refused) else to_article(found, published=day, publisher=publisher)
            if isinstance(read, Article):
                known = first.setdefault(read.article_id, read)
                read = [] if known is read else [_duplicate(read, known, found)]
            refused += read
    refused.sort(key=lambda item: _order(item.fault))
    return ArticleSet(tuple(first[key] for key in sorted(first)), tuple(refused))


def _entries(file: ArticleFile) -> Iterator[Entry | Refused]:
    try:
        about = file.path.stat()
        if not stat.S_ISREG(about.st_mode):
            # Opening a pipe or a device would wait for ever.
            yield _refused_file(file, "unreadable", "This is no ordinary file.", "Take it out of the folder.")
            return
        if about.st_size > LARGEST_BYTES and file.ending != ".parquet":
            message = f"The file has {about.st_size:,} bytes; text files of articles have at most {LARGEST_BYTES:,}."
            yield _refused_file(file, "too-large", message, "Split it, or save a table as Parquet, which has no limit.")
            return
        data = file.path.read_bytes()
    except OSError as error:
        message = f"The file cannot be read: {error.strerror or error}."
        yield _refused_file(file, "unreadable", message, "Make it readable, or take it out.")
        return
    yield from _READERS[file.ending](data, file.shown, file.own_id)


def _refused_file(file: ArticleFile, rule: str, message: str, fix: str) -> Refused:
    return Refused(file.shown, Fault(rule, message, fix, file.shown))


def _duplicate(article: Article, known: Article, entry: Entry | Refused) -> Refused:
    path, line, row = (entry.path, entry.line, entry.row) if isinstance(entry, Entry) else (article.origin, None, None)
    where, shown = (path, line, row), article.article_id
    if article.text == known.text:
        message = f"The article {shown!r} was already read from {known.origin}, with the same text."
        return Refused(article.origin, Fault("duplicate-article", message, "Keep one of them.", *where, None, shown))
    message = f"Two different texts have the id {shown!r}: {known.origin} and {article.origin}. The first was kept."
    return Refused(article.origin, Fault("duplicate-id", message, "Give one of them another id.", *where, None, shown))


def _order(fault: Fault) -> tuple[tuple[str, ...], int, int]:
    return path_order(Path(str(fault.path))), fault.row or 0, fault.line or 0
