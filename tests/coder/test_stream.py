"""Coding in a stream: the same bytes on any number of processes, from the cache, and after an interruption."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

import whodid as wd
from whodid.articles.model import Article
from whodid.articles.spool import Spool
from whodid.codebook.model import Codebook
from whodid.coder import stream
from whodid.coder.code import CODER
from whodid.coder.journal import journal_folder
from whodid.coder.stream import Coded, code_to_file
from whodid.coder.unknown import unknown_to_csv
from whodid.errors import OutputError, UsageError

pytestmark = pytest.mark.model

TEXTS = [
    "Sweden summoned the Turkish ambassador on Monday.",
    "Kenya and Chad signed a treaty last week. Kenya later praised Chad.",
    "France will not send troops to Mali.",
    "Peru threatened to impose sanctions on Chile.",
    "The wanderers condemned Chile. The wanderers met Peru.",
    "Nothing happened.",
]
ARTICLES = [Article(f"a{i:02d}", TEXTS[i % len(TEXTS)], date(2024, 6, 1 + i % 28), publisher="Wire") for i in range(40)]


def spool(articles: list[Article]) -> Spool:
    """The articles put aside, in another order than that of their ids."""
    aside = Spool()
    for article in articles[::-1]:
        assert aside.add(article) is None
    return aside


@pytest.fixture(autouse=True)
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stream, "_SMALL", 4)


@pytest.fixture(scope="module")
def expected(codebook: Codebook, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What coding all at once in memory writes: events in every form, and the unknown actors."""
    folder = tmp_path_factory.mktemp("expected")
    events = wd.code(ARTICLES, codebook=codebook)
    assert len(events) > 20
    for name in ("e.parquet", "e.csv", "e.jsonl"):
        labels = {"codebook": codebook.label, "codebook_hash": codebook.hash, "coder": CODER}
        wd.write_events(events, folder / name, **labels)
    from whodid.coder.code import read_all

    unknown_to_csv(read_all(ARTICLES, codebook=codebook), folder / "unknown.csv")
    assert len((folder / "unknown.csv").read_text().splitlines()) > 1
    return folder


@pytest.mark.parametrize("name", ["e.parquet", "e.csv", "e.jsonl"])
def test_a_stream_writes_the_bytes_of_coding_at_once(
    name: str, expected: Path, codebook: Codebook, tmp_path: Path
) -> None:
    done: list[int] = []
    out = tmp_path / "new" / name
    coded = code_to_file(spool(ARTICLES), out, codebook=codebook, progress=done.append, unresolved=tmp_path / "u.csv")
    assert out.read_bytes() == (expected / name).read_bytes()
    assert (tmp_path / "u.csv").read_bytes() == (expected / "unknown.csv").read_bytes()
    assert coded == Coded(len(wd.read_events(out)), len(ARTICLES), 0)
    assert sum(done) == len(ARTICLES)
    assert [path.name for path in out.parent.iterdir()] == [name]


def test_two_processes_and_a_cache_change_no_byte(expected: Path, codebook: Codebook, tmp_path: Path) -> None:
    out, cache = tmp_path / "e.parquet", tmp_path / "cache"
    for workers in (2, 1):
        code_to_file(spool(ARTICLES), out, codebook=codebook, workers=workers, cache=cache)
        assert out.read_bytes() == (expected / "e.parquet").read_bytes()
    assert len(list(cache.glob("*/*.parses"))) > 1


def test_a_damaged_cache_is_said_once_by_all_workers(expected: Path, codebook: Codebook, tmp_path: Path) -> None:
    out, cache, said = tmp_path / "e.parquet", tmp_path / "cache", list[str]()
    code_to_file(spool(ARTICLES), out, codebook=codebook, cache=cache)
    damaged = [min(cache.glob("*/*.parses")), *cache.glob("*/*.readings")]
    for path in damaged:
        path.write_bytes(path.read_bytes()[:-5] + b"12345")
    code_to_file(spool(ARTICLES), out, codebook=codebook, cache=cache, workers=2, warn=said.append)
    assert out.read_bytes() == (expected / "e.parquet").read_bytes()
    then = {".parses": "its articles are parsed again", ".readings": "its articles are read again"}
    assert sorted(said) == sorted(f"{path} is damaged; {then[path.suffix]}." for path in damaged)


def test_a_changed_codebook_writes_the_bytes_of_coding_anew(codebook: Codebook, tmp_path: Path) -> None:
    """Rows of readings that are kept and of those made anew, with what no table knows, on one process and on two."""
    cache, out = tmp_path / "cache", tmp_path / "e.parquet"
    code_to_file(spool(ARTICLES), out, codebook=codebook, cache=cache)
    old = out.read_bytes()
    left = tuple(w for w in codebook.wordings if not w.source.startswith(("praise", "condemn")))
    other = codebook.model_copy(update={"wordings": left, "hash": "other"})
    other.__dict__.pop("patterns", None)
    made: dict[str, tuple[bytes, bytes]] = {}
    for name, folder, workers in (("anew", None, 1), ("two", cache, 2), ("one", cache, 1)):
        code_to_file(spool(ARTICLES), out, codebook=other, cache=folder, workers=workers, unresolved=tmp_path / "u.csv")
        made[name] = out.read_bytes(), (tmp_path / "u.csv").read_bytes()
    assert made["anew"] == made["two"] == made["one"]
    assert made["anew"][0] != old


class Stop(Exception):
    """Stands for whatever ends a run."""


def stopped(out: Path, articles: list[Article], codebook: Codebook, after: int) -> None:
    """A run that ends when so many articles are coded."""
    done = 0

    def count(more: int) -> None:
        nonlocal done
        done += more
        if done >= after:
            raise Stop

    with pytest.raises(Stop):
        code_to_file(spool(articles), out, codebook=codebook, progress=count)


def test_a_stopped_run_goes_on_where_it_was(
    expected: Path, codebook: Codebook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "e.parquet"
    out.write_bytes(b"an older output")
    stopped(out, ARTICLES, codebook, after=12)
    assert out.read_bytes() == b"an older output"
    read: list[str] = []
    inner = stream._code_chunk
    monkeypatch.setattr(
        stream,
        "_code_chunk",
        lambda coder, chunk: read.extend(a.article_id for a in chunk.articles) or inner(coder, chunk),
    )
    coded = code_to_file(spool(ARTICLES), out, codebook=codebook, resume=True)
    assert coded.resumed == 12
    assert read == [a.article_id for a in ARTICLES[12:]]
    assert out.read_bytes() == (expected / "e.parquet").read_bytes()
    assert not journal_folder(out).exists()


def test_a_run_stopped_behind_its_last_chunk_only_writes(expected: Path, codebook: Codebook, tmp_path: Path) -> None:
    out = tmp_path / "e.parquet"
    stopped(out, ARTICLES, codebook, after=len(ARTICLES))
    assert code_to_file(spool(ARTICLES), out, codebook=codebook, resume=True, workers=2).resumed == len(ARTICLES)
    assert out.read_bytes() == (expected / "e.parquet").read_bytes()


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({"text": "Sweden praised Turkey."}, "articles"),
        ({"published": date(2020, 1, 1)}, "articles"),
        ({"publisher": "Other"}, "articles"),
    ],
)
def test_a_changed_article_is_noticed(change: dict[str, object], what: str, codebook: Codebook, tmp_path: Path) -> None:
    out = tmp_path / "e.parquet"
    stopped(out, ARTICLES, codebook, after=8)
    other = [replace(ARTICLES[0], **change), *ARTICLES[1:]]  # type: ignore[arg-type]
    with pytest.raises(UsageError, match=f"it was of something else: {what} changed. Undo that, or add --restart"):
        code_to_file(spool(other), out, codebook=codebook, resume=True)
    assert code_to_file(spool(other), out, codebook=codebook, restart=True).resumed == 0


def test_a_changed_codebook_or_coder_is_noticed(
    codebook: Codebook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "e.parquet"
    stopped(out, ARTICLES, codebook, after=8)
    with pytest.raises(UsageError, match="something else: codebook changed"):
        code_to_file(spool(ARTICLES), out, codebook=codebook.model_copy(update={"hash": "0"}), resume=True)
    monkeypatch.setattr(stream, "own_hash", lambda: "a later version")
    with pytest.raises(UsageError, match="something else: whodid changed"):
        code_to_file(spool(ARTICLES), out, codebook=codebook, resume=True)


def test_an_output_that_cannot_take_its_place_leaves_what_is_coded(
    expected: Path, codebook: Codebook, tmp_path: Path
) -> None:
    out = tmp_path / "e.parquet"
    out.mkdir()
    with pytest.raises(OutputError, match="The file cannot be written: it is a folder"):
        code_to_file(spool(ARTICLES), out, codebook=codebook)
    out.rmdir()
    assert code_to_file(spool(ARTICLES), out, codebook=codebook, resume=True).resumed == len(ARTICLES)
    assert out.read_bytes() == (expected / "e.parquet").read_bytes()
