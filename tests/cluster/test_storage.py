"""Articles, events and reports at s3:// addresses, on a server of our own that speaks as Amazon's does."""

from __future__ import annotations

import builtins
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from typer.testing import CliRunner

import whodid as wd
from event_samples import make_events
from whodid.cli.app import app
from whodid.cluster import storage
from whodid.codebook.model import Codebook
from whodid.errors import OutputError, UsageError, WhodidError
from whodid.events.files import read_events, write_events

BUCKET = "s3://data"


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def bucket(server: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """An empty bucket; the address and the key are given as users give them: by their environment."""
    import s3fs

    for name, value in {
        "AWS_ENDPOINT_URL": server,
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_DEFAULT_REGION": "us-east-1",
    }.items():
        monkeypatch.setenv(name, value)
    s3fs.S3FileSystem.clear_instance_cache()
    system = s3fs.S3FileSystem()
    if system.exists("data"):
        system.rm("data", recursive=True)
    system.mkdir("data")
    return BUCKET


def test_events_are_written_to_an_address_and_read_from_it(bucket: str) -> None:
    frame = make_events(sentence=[0, 1])
    for ending in ("parquet", "csv", "jsonl"):
        write_events(frame, f"{bucket}/coded/e.{ending}")
        pd.testing.assert_frame_equal(read_events(f"{bucket}/coded/e.{ending}"), frame)


def test_a_path_that_was_an_address_is_still_one(bucket: str) -> None:
    write_events(make_events(), Path(f"{bucket}/e.parquet"))
    assert len(read_events(Path(f"{bucket}/e.parquet"))) == 1


def test_a_folder_of_articles_is_read_and_named_by_its_address(bucket: str, tmp_path: Path) -> None:
    import s3fs

    system = s3fs.S3FileSystem()
    system.pipe_file("data/raw/one.txt", b"Seoul accused Moscow.")
    system.pipe_file("data/raw/more/two.md", b"---\npublished: never\n---\nText.")
    read = wd.read_articles(f"{bucket}/raw", published="2024-06-21")
    assert [(article.article_id, article.origin) for article in read.articles] == [("one", f"{bucket}/raw/one.txt")]
    assert str(read.refused[0].fault).startswith(
        f"{bucket}/raw/more/two.md:2: column 'published': 'never' is not a date"
    )


@pytest.mark.parametrize("engine", ["pandas", "duckdb"])
def test_findings_name_the_address(engine: Any, bucket: str, codebook: Codebook) -> None:
    frame = make_events(sentence=[0, 1], target=["RUS", "QQQ"])
    write_events(frame, f"{bucket}/e/a.parquet")
    write_events(frame.iloc[[0]], f"{bucket}/e/b.parquet")
    report = wd.validate(f"{bucket}/e", codebook=codebook, engine=engine)
    assert [str(path) for path in report.files] == ["s3:/data/e/a.parquet", "s3:/data/e/b.parquet"]
    twice = next(f for f in report.findings if f.rule == "duplicate-id")
    assert str(twice).startswith(f"{bucket}/e/b.parquet, row 0: ")
    assert f"also stands in {bucket}/e/a.parquet, row 0." in str(twice)


def test_the_commands_take_addresses(bucket: str, tmp_path: Path) -> None:
    import s3fs

    system = s3fs.S3FileSystem()
    system.pipe_file("data/raw/one.txt", b"---\npublished: 2024-06-21\n---\nSeoul accused Moscow.")
    system.pipe_file("data/raw/two.txt", b"")
    given = ["code", f"{bucket}/raw", "-o", f"{bucket}/coded/e.parquet", "--quiet"]
    result = CliRunner().invoke(app, given, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    assert sorted(system.ls("data/coded")) == ["data/coded/e.parquet", "data/coded/e.parquet.refused.csv"]
    result = CliRunner().invoke(app, ["validate", f"{bucket}/coded/e.parquet", "--articles", f"{bucket}/raw"])
    assert result.exit_code == 0, result.output
    assert "valid: 1 row in 1 file" in result.output
    assert not Path("s3:").exists()


def test_what_is_not_there_is_said_to_be_so(bucket: str) -> None:
    with pytest.raises(UsageError, match=r"s3://data/absent: There is nothing at that address\. Check it\."):
        read_events(f"{bucket}/absent")
    with pytest.raises(WhodidError, match="s3://nowhere"):
        wd.read_articles("s3://nowhere/raw")


def test_an_object_that_goes_away_before_it_is_read_is_named(bucket: str, monkeypatch: pytest.MonkeyPatch) -> None:
    import s3fs

    for name in ("a", "b"):
        s3fs.S3FileSystem().pipe_file(f"data/raw/{name}.txt", b"Words.")
    get = s3fs.S3FileSystem._get_file

    async def slow(system: s3fs.S3FileSystem, address: str, *arguments: object, **options: object) -> None:
        await get(system, address, *arguments, **options)
        await system._rm_file("data/raw/b.txt")

    monkeypatch.setattr(s3fs.S3FileSystem, "_get_file", slow)
    s3fs.S3FileSystem.clear_instance_cache()
    with pytest.raises(
        UsageError, match=r"s3://data/raw/b\.txt: The address cannot be read: .*\. Check it, and that your"
    ):
        wd.read_articles(f"{bucket}/raw")


def test_what_cannot_be_written_leaves_the_old_object_whole(bucket: str, monkeypatch: pytest.MonkeyPatch) -> None:
    import s3fs

    write_events(make_events(), f"{bucket}/e.parquet")

    async def refuse(*_: object, **__: object) -> None:
        raise PermissionError("Access Denied")

    monkeypatch.setattr(s3fs.S3FileSystem, "_put_file", refuse)
    s3fs.S3FileSystem.clear_instance_cache()
    with pytest.raises(OutputError, match=r"s3://data/e\.parquet: The file cannot be written: Access Denied\."):
        write_events(make_events(sentence=[0, 1]), f"{bucket}/e.parquet")
    assert len(read_events(f"{bucket}/e.parquet")) == 1


def test_an_error_on_the_way_writes_nothing(bucket: str) -> None:
    def half(path: str) -> None:
        with storage.target(path) as file:
            file.write_bytes(b"half")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        half(f"{bucket}/e.parquet")
    with pytest.raises(UsageError, match="There is nothing"):
        read_events(f"{bucket}/e.parquet")


def test_a_key_does_not_lead_out_of_the_folder(bucket: str) -> None:
    import s3fs

    s3fs.S3FileSystem().pipe_file("data/raw/../../outside.txt", b"Words.")
    s3fs.S3FileSystem().pipe_file("data/raw/inside.txt", b"Words.")
    with storage.here([f"{bucket}/raw"]) as places:
        names = [path.relative_to(places.paths[0]).as_posix() for path in places.paths[0].rglob("*") if path.is_file()]
    assert names == ["inside.txt"]


def test_without_the_library_of_a_store_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    load = builtins.__import__

    def without(name: str, *rest: Any, **options: Any) -> Any:
        if name == "fsspec":
            raise ImportError(name)
        return load(name, *rest, **options)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(
        UsageError, match=r"What reads s3:// is not installed\. Install it with `pip install 'whodid\[cluster\]'`"
    ):
        read_events("s3://data/e.parquet")


@pytest.mark.parametrize("path", ["/a/b", "a/s3:/b", "s3", "C:/x", "s3:", "./s3://"])
def test_paths_of_this_machine_are_no_addresses(path: str) -> None:
    assert storage.address_of(path) is None
