"""Articles in, event file out, in bounded memory: coded chunk after chunk, each written down as soon as it is done.

A run that is killed leaves the old output whole, and beside it what it has finished (journal.py); with resume, the next run goes
on from there. The bytes of the output depend on the articles, the codebook, the model and whodid's own code, and on nothing else.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

import pyarrow as pa

from whodid.articles.model import Article
from whodid.articles.spool import Spool
from whodid.atomic import replacing
from whodid.cluster.run import on_cluster
from whodid.codebook.model import Codebook
from whodid.coder.code import CODER, Coder, coding_start, the_coder
from whodid.coder.journal import Journal, journal
from whodid.coder.linear import LinearModel
from whodid.coder.unknown import Count, add_up, count_unknown, counts_to_csv
from whodid.coder.versions import DEFAULT_MODEL, own_hash, parser_name
from whodid.coder.workers import in_processes
from whodid.events.files import check_ending
from whodid.events.stream import piece_of, write_pieces
from whodid.garbage import settle, settling

# Articles that are coded, and written down, at once. Few articles make small chunks, so that all workers have some.
_SMALL, _LARGE, _MANY = 16, 64, 4_096
_UNKNOWN = b"whodid.unknown"


@dataclass(frozen=True, slots=True)
class Coded:
    """What a run wrote: the number of events, of articles, and of those that an earlier run had coded."""

    events: int
    articles: int
    resumed: int


@dataclass(frozen=True, slots=True)
class _Chunk:
    number: int
    articles: tuple[Article, ...]


@dataclass(frozen=True, slots=True)
class _Done:
    number: int
    articles: int
    data: bytes
    warnings: tuple[str, ...] = ()


def code_to_file(
    articles: Spool,
    out: Path,
    *,
    codebook: Codebook,
    model: str = DEFAULT_MODEL,
    linear: LinearModel | None = None,
    workers: int = 1,
    scheduler: str | None = None,
    cache: Path | None = None,
    resume: bool = False,
    restart: bool = False,
    unresolved: Path | None = None,
    progress: Callable[[int], None] = lambda done: None,
    warn: Callable[[str], None] = lambda sentence: None,
) -> Coded:
    """Code articles and write the events to a file: .parquet, .csv or .jsonl; whole or not at all.

    workers: processes; scheduler: the address of a Dask scheduler, whose workers code instead (cluster/run.py); neither
    changes a byte. cache: a folder that keeps parses and readings between runs. resume: go on with an
    unfinished run of the same articles, codebook and options; restart: forget it. unresolved: a CSV file for the actors
    that no table knows. progress is called with the number of articles done since the last call, warn with a sentence
    for people.
    Raises UsageError, before anything is coded, where an unfinished run stands in the way; CoderError if the model is
    missing; OutputError if something cannot be written: the old output is then still there, and what is coded as well.
    """
    check_ending(out)
    count = len(articles)
    size = _SMALL if count < _MANY else _LARGE
    total = -(-count // size)
    about = _about(articles.digest(), codebook, model, linear)
    with journal(out, about, resume=resume, restart=restart, chunks=total) as kept:
        resumed = sum(min(size, count - number * size) for number in kept.done)
        progress(resumed)
        chunks = _chunks(articles, size, kept.done)
        is_alone = workers == 1 and scheduler is None
        arguments = (codebook if is_alone else codebook.model_dump_json(), model, linear, cache)
        for done in _coded(chunks, workers, scheduler, arguments, total - len(kept.done), warn):
            kept.keep(done.number, done.data)
            progress(done.articles)
        events = _write(kept, total, out, codebook, linear)
        if unresolved is not None:
            found = (json.loads(_table(kept, i).schema.metadata[_UNKNOWN]) for i in range(total))
            counts_to_csv(add_up(Count(*one) for some in found for one in some), unresolved)
        kept.remove()
    return Coded(events, count, resumed)


def _about(digest: str, codebook: Codebook, model: str, linear: LinearModel | None) -> dict[str, str]:
    """All that the result depends on, by the names in which a message says what changed."""
    return {
        "articles": digest,
        "codebook": f"{codebook.label} {codebook.hash}",
        "model": parser_name(model),
        "coder": linear.name if linear else CODER,
        "whodid": own_hash(),
    }


def _chunks(articles: Spool, size: int, done: frozenset[int]) -> Iterator[_Chunk]:
    waiting = iter(articles)
    number = 0
    while some := tuple(islice(waiting, size)):
        if number not in done:
            yield _Chunk(number, some)
        number += 1


def _coded(
    chunks: Iterator[_Chunk],
    workers: int,
    scheduler: str | None,
    arguments: tuple[Codebook | str, str, LinearModel | None, Path | None],
    left: int,
    warn: Callable[[str], None],
) -> Iterator[_Done]:
    if not left:
        return
    if scheduler is None and (workers == 1 or left == 1):
        book, model, linear, cache = arguments
        read = Codebook.model_validate_json(book) if isinstance(book, str) else book
        with settling():
            coder = Coder(read, model, linear, cache=cache, warn=warn, loaded=settle)
            for chunk in chunks:
                yield _code_chunk(coder, chunk)
        return
    said: set[str] = set()
    if scheduler is not None:
        found = on_cluster(_work, chunks, scheduler, start=coding_start, arguments=arguments, version=own_hash)
    else:
        found = in_processes(_work, chunks, min(workers, left), start=coding_start, arguments=arguments)
    for done in found:
        for sentence in done.warnings:
            if sentence not in said:
                said.add(sentence)
                warn(sentence)
        yield done


def _work(chunk: _Chunk) -> _Done:
    coder, warnings = the_coder()
    done = _code_chunk(coder, chunk)
    return replace(done, warnings=tuple(warnings))


def _code_chunk(coder: Coder, chunk: _Chunk) -> _Done:
    coded = coder.code(chunk.articles)
    table = piece_of(event for codings in coded for event in codings.events)
    unknown = json.dumps([list(one) for one in count_unknown(coded)])
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema.with_metadata({_UNKNOWN: unknown})) as stream:
        stream.write_table(table)
    return _Done(chunk.number, len(chunk.articles), sink.getvalue().to_pybytes())


def _table(kept: Journal, number: int) -> pa.Table:
    with pa.ipc.open_stream(kept.read(number)) as stream:
        return stream.read_all()


def _write(kept: Journal, total: int, out: Path, codebook: Codebook, linear: LinearModel | None) -> int:
    def pieces() -> Iterator[pa.Table]:
        return (_table(kept, number).replace_schema_metadata(None) for number in range(total))

    labels = {"codebook": codebook.label, "codebook_hash": codebook.hash, "coder": linear.name if linear else CODER}
    # In the journal's folder, where a run that is killed leaves nothing that the next one would not take away.
    with replacing(out, folder=kept.folder) as temporary:
        return write_pieces(pieces, temporary, out.suffix, **labels)
