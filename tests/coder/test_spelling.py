"""The tokens of names and the list of cities are found out once; the gazetteer made of what was kept is the same."""

from __future__ import annotations

from pathlib import Path
from typing import NoReturn

import pytest
from spacy.language import Language

from whodid.codebook.model import Codebook, NamedActor
from whodid.coder.gazetteer import Gazetteer
from whodid.coder.parse import load_model
from whodid.coder.spelling import load_gazetteer


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load_model()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("WHODID_CACHE", str(tmp_path / "kept"))
    return tmp_path / "kept"


def not_asked() -> NoReturn:
    raise AssertionError("the parser was asked")


def content(gazetteer: Gazetteer) -> list[object]:
    return [list(gazetteer.named()), list(gazetteer.agents()), gazetteer.given_names, gazetteer.agent_nouns]


def test_what_was_found_out_once_needs_no_parser_and_gives_the_same(
    codebook: Codebook, nlp: Language, folder: Path
) -> None:
    first = load_gazetteer(codebook, nlp=lambda: nlp)
    again = load_gazetteer(codebook, nlp=not_asked)
    assert content(again) == content(first)
    names = dict(first.named())
    # Tokens as the parser makes them, words of plain letters, and a city that stands in no table of the codebook.
    assert {("U.S.",), ("South", "Korea"), ("Côte", "d'Ivoire"), ("Rotterdam",)} <= names.keys()
    assert any("-" in key for key in names)


def test_another_name_is_found_out_anew(codebook: Codebook, nlp: Language, folder: Path) -> None:
    load_gazetteer(codebook, nlp=lambda: nlp)
    cloaks = NamedActor(code="NGOHRI", name="Blue-Cloaks")
    more = codebook.model_copy(update={"organisations": (*codebook.organisations, cloaks)})
    with pytest.raises(AssertionError, match="was asked"):
        load_gazetteer(more, nlp=not_asked)
    assert ("Blue", "-", "Cloaks") in dict(load_gazetteer(more, nlp=lambda: nlp).named())
    assert len(list(folder.glob("names-*.json"))) == 2


def test_a_damaged_file_is_made_anew(codebook: Codebook, nlp: Language, folder: Path) -> None:
    load_gazetteer(codebook, nlp=lambda: nlp)
    [path] = folder.glob("names-*.json")
    whole = path.read_bytes()
    for damaged in (b"", whole[:-1], whole.replace(b"Rotterdam", b"Roterodam")):
        path.write_bytes(damaged)
        assert ("Rotterdam",) in dict(load_gazetteer(codebook, nlp=lambda: nlp).named())
        assert path.read_bytes() == whole


def test_a_folder_that_cannot_be_written_is_no_error(
    codebook: Codebook, nlp: Language, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("WHODID_CACHE", str(tmp_path / "file" / "kept"))
    assert ("Rotterdam",) in dict(load_gazetteer(codebook, nlp=lambda: nlp).named())
