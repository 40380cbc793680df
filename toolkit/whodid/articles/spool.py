"""Articles that need not fit into memory: put aside on disk in any order, taken out in the order of their ids."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from whodid.articles.model import Article, Refused
from whodid.articles.read import duplicate, each_article, in_order
from whodid.errors import OutputError

_COLUMNS = "article_id, text, published, title, publisher, url, origin"
# What a page of the database may keep in memory before it goes to disk.
_CACHE_KIB = 8_192
_AT_ONCE = 64


class Spool:
    """The articles of some paths on disk, in the order of their ids, and what was refused.

    The disk space (in the folder for temporary files, TMPDIR) is that of the texts; it is given back when the process
    ends, however it ends.
    """

    def __init__(self) -> None:
        # A database without a name is a temporary one: it has no file that a killed process would leave behind.
        self._base = sqlite3.connect("", isolation_level=None)
        self._base.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
        self._base.execute("PRAGMA journal_mode = OFF")
        self._base.execute("PRAGMA synchronous = OFF")
        self._base.execute(
            "CREATE TABLE articles (article_id TEXT PRIMARY KEY, text TEXT, published TEXT, title TEXT,"
            " publisher TEXT, url TEXT, origin TEXT)"
        )
        # One transaction without end: nobody else reads the base, and to end one is to write it out.
        self._base.execute("BEGIN")
        self.refused: tuple[Refused, ...] = ()

    def add(self, article: Article) -> Article | None:
        """Put an article aside; if there is one of its id already, that one stays and is given back."""
        row = (
            article.article_id,
            article.text,
            article.published.isoformat(),
            article.title,
            article.publisher,
            article.url,
            article.origin,
        )
        try:
            self._base.execute("INSERT INTO articles VALUES (?, ?, ?, ?, ?, ?, ?)", row)
        except sqlite3.IntegrityError:
            known = self._base.execute(f"SELECT {_COLUMNS} FROM articles WHERE article_id = ?", row[:1]).fetchone()
            return _article(known)
        except sqlite3.OperationalError as error:
            fix = "Free space in the folder for temporary files, or name another one: TMPDIR=/a/larger/folder."
            message = f"The articles cannot be put aside: {error}."
            raise OutputError(message, fix=fix, rule="cannot-write") from error
        return None

    def __len__(self) -> int:
        return int(self._base.execute("SELECT count(*) FROM articles").fetchone()[0])

    def __iter__(self) -> Iterator[Article]:
        # In UTF-8, which the database compares, texts have the order of their characters, as in Python.
        rows = self._base.execute(f"SELECT {_COLUMNS} FROM articles ORDER BY article_id")
        while some := rows.fetchmany(_AT_ONCE):
            yield from map(_article, some)

    def digest(self) -> str:
        """A hash of all that codings depend on: ids, texts, dates and publishers."""
        total = hashlib.blake2b(digest_size=16)
        for article in self:
            values = (article.article_id, article.text, article.published.isoformat(), article.publisher)
            total.update(repr(values).encode())
        return total.hexdigest()


def spool_articles(
    paths: Path | str | Sequence[Path | str], *, published: date | str | None = None, publisher: str | None = None
) -> Spool:
    """The articles that read_articles would give, on disk instead of in memory."""
    spool = Spool()
    refused: list[Refused] = []
    for read, place in each_article(paths, published=published, publisher=publisher):
        if isinstance(read, Refused):
            refused.append(read)
        elif (known := spool.add(read)) is not None:
            refused.append(duplicate(read, known, place))
    spool.refused = in_order(refused)
    return spool


def _article(row: tuple[str, str, str, str, str | None, str, str]) -> Article:
    article_id, text, published, title, publisher, url, origin = row
    return Article(article_id, text, date.fromisoformat(published), title, publisher, url, origin)
