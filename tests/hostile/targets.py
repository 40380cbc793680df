"""What the fuzzers call: each reader of untrusted bytes as a function that must end with a result or one of our own errors.

scripts/fuzz.py feeds them with inputs that it makes up; test_corpus.py with those that were kept.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path

from whodid.annotation.exchange.doccano import read_doccano
from whodid.annotation.exchange.label_studio import read_label_studio
from whodid.annotation.sheets.read import read_sheet
from whodid.articles.entry import Entry, to_article
from whodid.articles.front_matter import read_text_file
from whodid.articles.html import read_page
from whodid.articles.read import read_articles
from whodid.codebook.files import parse_yaml
from whodid.codebook.load import build_codebook, load_codebook
from whodid.codebook.marks import parse_marks
from whodid.codebook.model import Codebook
from whodid.codebook.wording import parse_pattern
from whodid.coder.dates import resolve_dates
from whodid.coder.linear import load_linear
from whodid.errors import WhodidError
from whodid.events.files import open_events
from whodid.interop.convert import FORMATS, convert

DAY = date(2024, 6, 21)
_FILES = (
    *("codebook.yaml", "actions/11.yaml", "patterns/11.yaml", "patterns/operators.yaml", "patterns/wordsets.yaml"),
    *("actors/countries.csv", "actors/leaders.csv", "crosswalks/goldstein.csv"),
)


def front_matter(data: bytes) -> None:
    """An article in a text file, with its front matter."""
    _articles(read_text_file(data, "x.md", "x"))


def html(data: bytes) -> None:
    """A saved web page."""
    _articles(read_page(data, "x.html", "x"))


def tables(data: bytes) -> None:
    """Articles in a table; the first byte says in which form."""
    if data:
        with _file(data[1:], (".jsonl", ".json", ".csv", ".parquet")[data[0] % 4]) as path:
            read = read_articles(path, published=DAY)
        _check_faults([str(refused.fault) for refused in read.refused])
        for article in read:
            article.text.encode("utf-8")
            assert article.article_id, "an article without an id"


def events(data: bytes) -> None:
    """A file of events; the first byte says in which form."""
    if data:
        ending = (".csv", ".jsonl", ".parquet")[data[0] % 3]
        with _file(data[1:], ending) as path:
            opened = open_events(path)
        _check_faults([str(fault) for fault in opened.faults])


def codebook(data: bytes) -> None:
    """A file of a codebook; the first byte says which."""
    if data:
        _, faults = build_codebook({_FILES[data[0] % len(_FILES)]: data[1:]}, "", Path("codebook"))
        _check_faults([str(fault) for fault in faults])


def yaml(data: bytes) -> None:
    """YAML as the codebook has it."""
    parse_yaml(data.decode("utf-8", "replace"), "x.yaml")


def wording(data: bytes) -> None:
    """A pattern, and a sentence with its marks."""
    text = data.decode("utf-8", "replace")
    for read in (lambda: parse_pattern(text, "112", {"set": frozenset({"a"})}), lambda: parse_marks(text)):
        try:
            read()
        except ValueError as error:
            _check_faults([str(error)])  # The loader makes the sentence of it.


def dates(data: bytes) -> None:
    """The days that a sentence names."""
    for when in resolve_dates(data.decode("utf-8", "replace"), DAY):
        assert isinstance(when.day, date)


def models(data: bytes) -> None:
    """A file that claims to be a trained model."""
    with _file(data, ".npz") as path:
        try:
            load_linear(path)
        except WhodidError as error:
            _check_faults([str(error)])


def foreign(data: bytes) -> None:
    """A file of another dataset; the first byte says of which, and how it is packed."""
    if data:
        forms, endings = list(FORMATS), (".csv", ".tab", ".gz", ".zip")
        with _file(data[1:], endings[data[0] // len(forms) % len(endings)]) as path:
            try:
                converted = convert(forms[data[0] % len(forms)], path, codebook=_codebook())
            except WhodidError as error:
                _check_faults([str(fault) for fault in error.faults])
            else:
                _check_faults([str(row.why) for row in converted.refused])


def sheets(data: bytes) -> None:
    """A coding sheet; the first byte says in which form."""
    if data:
        with _file(data[1:], (".csv", ".xlsx")[data[0] % 2]) as path:
            try:
                read_sheet(path, coder="anna", codebook=_codebook())
            except WhodidError as error:
                _check_faults([str(fault) for fault in error.faults])


def exchange(data: bytes) -> None:
    """A file of another annotation tool; the first byte says of which."""
    if data:
        readers = (read_label_studio, read_doccano)
        with _file(data[1:], ".json") as path:
            try:
                for document in readers[data[0] % 2](path):
                    _check_faults([str(fault) for fault in document.faults])
            except WhodidError as error:
                _check_faults([str(fault) for fault in error.faults])


def load_once() -> None:
    """Load what takes seconds, so that no input is blamed for it."""
    _codebook()


@cache
def _codebook() -> Codebook:
    return load_codebook()


TARGETS: dict[str, Callable[[bytes], None]] = {
    function.__name__: function
    for function in (
        *(front_matter, html, tables, events, codebook, yaml, wording, dates, models),
        *(foreign, sheets, exchange),
    )
}


def _articles(found: object) -> None:
    for item in found:  # type: ignore[attr-defined]
        read = to_article(item, published=DAY, publisher=None) if isinstance(item, Entry) else [item]
        if isinstance(read, list):
            _check_faults([str(refused.fault) for refused in read])
        else:
            read.text.encode("utf-8")
            assert read.article_id, "an article without an id"


def _check_faults(sentences: list[str]) -> None:
    assert all(sentence.strip() for sentence in sentences), "a fault without a word"


class _file:
    """A file with some bytes, in memory where the system has such a folder."""

    def __init__(self, data: bytes, ending: str) -> None:
        folder = "/dev/shm" if Path("/dev/shm").is_dir() else None
        self._handle = tempfile.NamedTemporaryFile(suffix=ending, dir=folder)  # noqa: SIM115
        self._handle.write(data)
        self._handle.flush()

    def __enter__(self) -> Path:
        return Path(self._handle.name)

    def __exit__(self, *_: object) -> None:
        self._handle.close()
