"""An article: a text with an identity, a date and a publisher."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from whodid.errors import Fault


@dataclass(frozen=True, slots=True)
class Article:
    """What coders read. Offsets in event rows count characters (Unicode code points, not bytes) of `text`, from 0.

    `text` is the text as the reader gives it, not the file: decoded, repaired, in composed form (NFC), with plain line
    ends, without front matter and without blank lines at its beginning and end (see encoding.py).

    origin says where it was read (a path, with a line for files of many articles), for messages only: it is no part
    of any row, so that the same article gives the same rows wherever it lies.
    """

    article_id: str
    text: str
    published: date
    title: str = ""
    publisher: str | None = None
    url: str = ""
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Refused:
    """An article, or a file, that was set aside, and why.

    What has several faults stands here once for each of them, with the same origin.
    """

    origin: str
    fault: Fault


@dataclass(frozen=True, slots=True)
class ArticleSet:
    """The articles of some paths in the order of their ids, and what was refused."""

    articles: tuple[Article, ...]
    refused: tuple[Refused, ...] = ()

    def __iter__(self) -> Iterator[Article]:
        return iter(self.articles)

    def __len__(self) -> int:
        return len(self.articles)
