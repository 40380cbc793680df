"""Kept readings: with whatever codebook, what comes out is what reading everything anew gives; and damage costs time only."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import whodid as wd
from whodid.articles.model import Article
from whodid.codebook.model import Agent, Codebook, Leader, NamedActor, Role, Wording
from whodid.coder import reading_cache
from whodid.coder.actions import ActionFinder
from whodid.coder.code import CODER, Coder
from whodid.coder.codings import ArticleCodings
from whodid.coder.decide import shipped_linear
from whodid.coder.gazetteer import Gazetteer
from whodid.coder.parse import load_model, parse_texts
from whodid.coder.parsed import Doc
from whodid.coder.reader import read_article
from whodid.coder.reading_cache import ReadingCache
from whodid.coder.spelling import load_gazetteer

pytestmark = pytest.mark.model

TEXTS = [
    "Sweden summoned the Turkish ambassador on Monday. Peru hugged Chile.",
    "Kenya and Chad signed a treaty last week. Kenya later praised Chad.",
    "France will not send troops to Mali. Peru threatened to attack Chile.",
    "The wanderers condemned Chile. The wanderers met Peru. The Blue Cloaks praised Peru.",
    "Ana Quispe said nothing. On Friday Quispe praised Chile, and President Ana Quispe visited Mali.",
    "Nigeria said that Nigerians were safe. Nigeria welcomed it. The Senate condemned Chad.",
    "Peru accused Chile of hugging Mali. Egypt agreed to hug Chad. Egypt promised that it would hug Peru.",
    "Nothing happened.",
]
RAW = wd.read_articles(Path(__file__).resolve().parents[2] / "data" / "raw")
FEW = [Article(f"t{i}", text, date(2024, 6, 1 + i)) for i, text in enumerate(TEXTS)]
ARTICLES = [*FEW, *RAW]


def changed(codebook: Codebook, **values: object) -> Codebook:
    """A codebook with other values, and nothing that was made of the old ones."""
    other = codebook.model_copy(update={**values, "hash": "changed"})
    other.__dict__.pop("patterns", None)
    return other


def with_wordings(codebook: Codebook, change: Callable[[Wording], list[Wording]]) -> Codebook:
    return changed(codebook, wordings=tuple(new for old in codebook.wordings for new in change(old)))


def adding(code: str, source: str) -> Callable[[Codebook], Codebook]:
    return lambda book: changed(book, wordings=(*book.wordings, Wording(code=code, source=source)))


def adding_row(table: str, row: object) -> Callable[[Codebook], Codebook]:
    return lambda book: changed(book, **{table: (*getattr(book, table), row)})


def without_row(table: str, is_out: Callable[[Any], bool]) -> Callable[[Codebook], Codebook]:
    def change(book: Codebook) -> Codebook:
        left = tuple(row for row in getattr(book, table) if not is_out(row))
        assert len(left) < len(getattr(book, table))
        return changed(book, **{table: left})

    return change


def with_wordset(book: Codebook) -> Codebook:
    """Treaties are agreements no more."""
    return changed(book, wordsets={name: words - {"treaty", "pact"} for name, words in book.wordsets.items()})


def with_operators(book: Codebook) -> Codebook:
    """Nothing that is promised or threatened is one."""
    cut = [
        o.model_copy(
            update={"sources": tuple(w for w in o.sources if not w.source.startswith(("promise", "threaten")))}
        )
        for o in book.operators
    ]
    return changed(book, operators=tuple(cut))


def with_composition(book: Codebook) -> Codebook:
    rows = [r.model_copy(update={"action": "139"}) if r.operator == "threaten" else r for r in book.compositions]
    return changed(book, compositions=tuple(rows))


def with_label(book: Codebook) -> Codebook:
    actions = {code: action.model_copy(update={"label": "Another"}) for code, action in book.actions.items()}
    return changed(book, actions=actions)


def is_summons(wording: Wording) -> bool:
    return wording.source.startswith("summon")


QUISPE = Leader(country="PER", name="Ana Quispe", office="president", roles="GOV", start=date(2020, 1, 1))
CLOAKS = NamedActor(code="NGOHRI", name="Blue Cloaks")
# What is changed, and which articles are read anew for it: some, all, or none.
CHANGES: dict[str, tuple[Callable[[Codebook], Codebook], str]] = {
    "a wording is added": (adding("050", "hug"), "some"),
    "a wording is removed": (lambda b: with_wordings(b, lambda w: [] if is_summons(w) else [w]), "some"),
    "a wording is moved": (
        lambda b: with_wordings(b, lambda w: [w.model_copy(update={"code": "112"}) if is_summons(w) else w]),
        "some",
    ),
    "an exception is added": (adding("none", "summon ambassador|envoy"), "some"),
    "a new code": (adding("0599", "hug"), "some"),
    "a wording with a word set, which is cut": (with_wordset, "some"),
    "a wording of which a word stands nowhere": (adding("050", "hug zebra"), "none but of its head"),
    "a wording of which no word stands anywhere": (adding("050", "hoodwink zebra"), "none"),
    "labels": (with_label, "none"),
    "an actor is added": (adding_row("organisations", CLOAKS), "some"),
    "a leader is added": (adding_row("leaders", QUISPE), "some"),
    "a country goes": (without_row("countries", lambda c: c.code == "PER"), "some"),
    "an agent noun is added": (adding_row("agents", Agent(noun="wanderer", roles="REB")), "some"),
    "a noun that is a name too goes": (without_row("agents", lambda a: a.noun == "senate"), "some"),
    "operators": (with_operators, "some"),
    "the composition table": (with_composition, "all"),
    "a role is added": (adding_row("roles", Role(code="XYZ", label="x", tier="primary")), "all but of its rows"),
}


@pytest.fixture(scope="module")
def docs() -> list[Doc]:
    return list(parse_texts(load_model(), [article.text for article in ARTICLES]))


@pytest.fixture(scope="module")
def gazetteer(codebook: Codebook) -> Gazetteer:
    return load_gazetteer(codebook)


@pytest.fixture(scope="module")
def kept(codebook: Codebook, gazetteer: Gazetteer, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache with the articles in it."""
    folder = tmp_path_factory.mktemp("cache")
    opened(codebook, folder, gazetteer).code(ARTICLES)
    return folder


@pytest.fixture
def cache(kept: Path, tmp_path: Path) -> Path:
    """A cache with the articles in it, for a test to spoil."""
    return Path(shutil.copytree(kept, tmp_path / "cache"))


@pytest.fixture(scope="module")
def before(codebook: Codebook, gazetteer: Gazetteer, docs: list[Doc]) -> list[ArticleCodings]:
    return read_anew(codebook, gazetteer, docs)


def opened(codebook: Codebook, cache: Path, gazetteer: Gazetteer, said: list[str] | None = None) -> Coder:
    """A coder that need not make the gazetteer anew where the tables are the same."""

    class Ready(Coder):
        _gazetteer = gazetteer  # type: ignore[assignment]

    return Ready(codebook, cache=cache, warn=(said if said is not None else []).append)


def readings(coder: Coder) -> ReadingCache:
    assert coder._readings is not None
    return coder._readings


def read_anew(codebook: Codebook, gazetteer: Gazetteer, docs: list[Doc]) -> list[ArticleCodings]:
    finder = ActionFinder(codebook)
    pairs = zip(ARTICLES, docs, strict=True)
    return [ArticleCodings.of(read_article(a, doc, finder, gazetteer, CODER)) for a, doc in pairs]


@pytest.mark.parametrize("what", CHANGES)
def test_with_a_changed_codebook_all_is_as_if_read_anew(
    what: str, codebook: Codebook, gazetteer: Gazetteer, cache: Path, docs: list[Doc], before: list[ArticleCodings]
) -> None:
    change, which = CHANGES[what]
    book = change(codebook)
    tables = ("countries", "organisations", "leaders", "agents", "roles")
    is_same = all(getattr(book, table) == getattr(codebook, table) for table in tables)
    own = gazetteer if is_same else load_gazetteer(book)
    coder = opened(book, cache, own)
    expected = read_anew(book, own, docs)
    assert coder.code(ARTICLES) == expected
    if which in {"some", "all"}:
        assert expected != before
    read = readings(coder).read
    assert read == 0 if which == "none" else read > 0
    assert read == len(ARTICLES) if which.startswith("all") else read < len(ARTICLES)
    again = opened(book, cache, own)
    assert again.code(ARTICLES) == expected
    assert readings(again).read == 0
    back = opened(codebook, cache, gazetteer)
    assert back.code(ARTICLES) == before
    assert readings(back).read == read


def test_an_article_is_known_by_its_text_and_date_and_takes_the_rest_from_itself(
    codebook: Codebook, gazetteer: Gazetteer, cache: Path
) -> None:
    coder = opened(codebook, cache, gazetteer)
    first = ARTICLES[0]
    later = [
        replace(first, text=first.text.replace("Peru", "Mali")),
        replace(first, published=date(2021, 1, 1)),
        replace(first, article_id="other", publisher="Wire"),
    ]
    made = coder.code([*later, *ARTICLES[1:]])
    assert (readings(coder).found, readings(coder).read) == (len(ARTICLES), 2)
    fresh = opened(codebook, cache / "new", gazetteer)
    assert made == fresh.code([*later, *ARTICLES[1:]])
    assert made[0].events != made[1].events
    assert {(e.article_id, e.publisher) for e in made[2].events} == {("other", "Wire")}


def test_a_linear_model_has_readings_of_its_own(codebook: Codebook, gazetteer: Gazetteer, cache: Path) -> None:
    plain = opened(codebook, cache, gazetteer)
    judged = Coder(codebook, linear=shipped_linear(), cache=cache)
    judged.__dict__["_gazetteer"] = gazetteer
    made = judged.code(ARTICLES[:8])
    assert readings(judged).folder != readings(plain).folder
    assert readings(judged).read == 8
    again = Coder(codebook, linear=shipped_linear(), cache=cache)
    assert again.code(ARTICLES[:8]) == made
    assert readings(again).read == 0


def test_nothing_is_loaded_where_all_is_known(codebook: Codebook, kept: Path) -> None:
    coder = Coder(codebook, cache=kept)
    coder.code(ARTICLES)
    assert not {"_nlp", "_gazetteer", "_finder"} & set(coder.__dict__)


@pytest.mark.parametrize("ending", [".readings", ".facts", ".codebook"])
@pytest.mark.parametrize("where", [60, -3])
def test_a_damaged_file_is_named_and_made_anew(
    ending: str, where: int, codebook: Codebook, gazetteer: Gazetteer, cache: Path, before: list[ArticleCodings]
) -> None:
    spoiled = {path: path.read_bytes() for path in cache.glob(f"readings-*/*{ending}")}
    for path, whole in spoiled.items():
        data = bytearray(whole)
        data[where] ^= 0xFF
        path.write_bytes(bytes(data))
    said: list[str] = []
    # Facts are looked at where something changed.
    opened(adding("050", "hoodwink")(codebook), cache, gazetteer, said).code(FEW)
    assert opened(codebook, cache, gazetteer, said).code(FEW) == before[: len(FEW)]
    assert said
    then = {
        ".readings": "its articles are read again",
        ".facts": "they are listed again",
        ".codebook": "it is made again",
    }
    assert set(said) <= {f"{path} is damaged; {then[ending]}." for path in spoiled}
    quiet: list[str] = []
    opened(codebook, cache, gazetteer, quiet).code(FEW)
    assert quiet == []


@pytest.mark.parametrize("size", [0, 40])
def test_a_file_that_was_cut_off_never_harms(
    size: int, codebook: Codebook, gazetteer: Gazetteer, cache: Path, before: list[ArticleCodings]
) -> None:
    for path in cache.glob("readings-*/*"):
        path.write_bytes(path.read_bytes()[:size])
    said: list[str] = []
    assert opened(codebook, cache, gazetteer, said).code(FEW) == before[: len(FEW)]
    assert len(said) == 5


@pytest.mark.parametrize("values", [[], [[]] * 31, [[[["KOR"]], []]] * 31, {"a": 1}, "x"])
def test_a_whole_file_with_other_values_is_made_anew(
    values: object, codebook: Codebook, gazetteer: Gazetteer, cache: Path, before: list[ArticleCodings]
) -> None:
    coder = opened(codebook, cache, gazetteer)
    shards = readings(coder)._shards
    ((path, keys),) = shards.listed()
    shard = shards.load(0)
    assert shard is not None
    assert len(shard.values) == len(keys) == len(ARTICLES)
    given = values * (len(keys) // 31) if isinstance(values, list) else values
    shards.keep(keys, [json.dumps(given).encode(), *shard.words.blocks()], shards.labels[0])
    said: list[str] = []
    assert opened(codebook, cache, gazetteer, said).code(FEW) == before[: len(FEW)]
    assert said == [f"{path} is damaged; its articles are read again."]


def test_readings_of_facts_that_nobody_knows_any_more_are_not_trusted(
    codebook: Codebook, gazetteer: Gazetteer, cache: Path
) -> None:
    for path in [*cache.glob("readings-*/*.facts"), *cache.glob("readings-*/*.codebook")]:
        path.unlink()
    coder = opened(adding("050", "hoodwink zebra")(codebook), cache, gazetteer)
    coder.code(FEW)
    assert readings(coder).read == len(FEW)


def test_a_cache_that_cannot_be_written_costs_time_only(
    codebook: Codebook, gazetteer: Gazetteer, tmp_path: Path, before: list[ArticleCodings]
) -> None:
    (tmp_path / "file").write_text("a file where the folder would be")
    said: list[str] = []
    coder = opened(codebook, tmp_path / "file", gazetteer, said)
    assert coder.code(FEW) == before[: len(FEW)]
    assert {sentence.split(" are not kept: ")[0] for sentence in said} == {
        "Parses",
        "Readings",
        "Facts of the codebook",
        "Notes on the codebook",
    }


def test_other_code_of_whodid_reads_anew_and_the_oldest_versions_go(
    codebook: Codebook, gazetteer: Gazetteer, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (first,) = cache.glob("readings-*")
    for number in range(4):
        monkeypatch.setattr(reading_cache, "own_hash", lambda number=number: f"version {number}")
        coder = opened(codebook, cache, gazetteer)
        coder.code(ARTICLES[:2])
        assert readings(coder).read == 2
    opened(codebook, cache, gazetteer)
    assert not first.exists()
    assert len(list(cache.glob("readings-*"))) == 4


def test_shards_do_not_pile_up(codebook: Codebook, gazetteer: Gazetteer, cache: Path) -> None:
    for number in range(9, 0, -1):
        book = adding("050", f"hug {'zebra' * number}")(codebook)
        # Other articles at each turn, so that chunks never are the same ones.
        opened(book, cache, gazetteer).code(FEW[number % 3 :])
    opened(codebook, cache, gazetteer)
    assert len(list(cache.glob("readings-*/*.readings"))) <= 3
    assert len(list(cache.glob("readings-*/*.facts"))) <= 12
    assert len(list(cache.glob("readings-*/*.codebook"))) <= 10
