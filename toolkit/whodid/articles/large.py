"""Article tables that need not fit into memory: JSON Lines, CSV and Parquet, read a piece at a time."""

from __future__ import annotations

import codecs
import io
import os
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from whodid.articles.entry import Entry
from whodid.articles.model import Refused
from whodid.articles.tables import csv_entries, jsonl_entries, no_articles, parquet_entries
from whodid.errors import ArticleError
from whodid.unchanged import check_unchanged

# Larger tables are read a piece at a time; smaller ones whole, which also finds out their encoding.
STREAMED_BYTES = 4_000_000
STREAMED = frozenset({".jsonl", ".csv", ".parquet"})
_PIECE = 1 << 20
# A line of more than this holds no article that could be read (entry.LONGEST_TEXT_CHARS).
_LONGEST_LINE = 16_000_000


def is_streamed(path: Path, ending: str, size: int) -> bool:
    """True for tables that are read a piece at a time: Parquet always, other tables from 4 MB if they are UTF-8."""
    return ending == ".parquet" or (ending in STREAMED and size > STREAMED_BYTES and _is_utf8(path))


def stream_table(path: Path, shown: str, ending: str) -> Iterator[Entry | Refused]:
    """The entries of a table, in bounded memory.

    Raises ArticleError if the file changes or goes away while it is read: what was read then belongs to no file. An
    OSError on opening it is the caller's.
    """
    with path.open("rb") as handle:
        before = os.fstat(handle.fileno())
        if ending == ".parquet":
            yield from parquet_entries(handle, shown)
        else:
            yield from _of_lines(handle, shown, ending)
        check_unchanged(path, shown, before, ArticleError)


def _of_lines(handle: BinaryIO, shown: str, ending: str) -> Iterator[Entry | Refused]:
    has_any = False
    lines = _lines(handle, shown)
    for entry in jsonl_entries(lines, shown) if ending == ".jsonl" else csv_entries(lines, shown):
        has_any = True
        yield entry
    if not has_any:
        yield no_articles(shown)


def _lines(handle: BinaryIO, shown: str) -> Iterator[str]:
    """The lines of UTF-8 text with plain line ends, the last one perhaps without."""
    text = io.TextIOWrapper(handle, encoding="utf-8-sig", newline=None)
    try:
        while line := text.readline(_LONGEST_LINE):
            if len(line) == _LONGEST_LINE and not line.endswith("\n"):
                message = f"A line has more than {_LONGEST_LINE:,} characters."
                fix = "Write each article on a line of its own."
                raise ArticleError(message, fix=fix, path=shown, rule="too-large")
            yield line
    except UnicodeDecodeError as error:
        fix = "Run the command again when nothing else writes there."
        message = f"The file changed while it was read: {error.reason}."
        raise ArticleError(message, fix=fix, path=shown, rule="changed") from error
    finally:
        text.detach()


def _is_utf8(path: Path) -> bool:
    """True if the whole file is UTF-8 text; a gigabyte takes a second. Raises OSError if it cannot be read."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    with path.open("rb") as handle:
        try:
            while piece := handle.read(_PIECE):
                if b"\0" in piece:
                    return False
                decoder.decode(piece)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return False
    return True
