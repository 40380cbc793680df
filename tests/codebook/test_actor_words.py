"""The words of other datasets for actors: the table is optional, and its codes are held against the grammar."""

from __future__ import annotations

import pytest

from codebook.conftest import Book
from whodid.codebook.actor_codes import ActorCodes, ActorParts
from whodid.codebook.load import load_codebook
from whodid.codebook.model import Codebook

FILE = "crosswalks/actor_words.csv"


def test_every_code_of_the_table_is_valid_and_every_line_has_a_source(codebook: Codebook) -> None:
    codes = ActorCodes(codebook)
    assert {row.scheme for row in codebook.actor_words} == {"icews", "polecat"}
    assert all(isinstance(codes.parse(row.code), ActorParts) and row.source for row in codebook.actor_words)


def test_a_codebook_from_before_the_table_can_still_be_used(book: Book) -> None:
    (book.folder / FILE).unlink()
    assert book.structural_faults() == []
    assert load_codebook(book.folder).actor_words == ()


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (
            "icews,sector,Wizards,WIZ,3,test",
            "column 'code': 'WIZ' (in 'WIZ') is no country, region, role or group.",
        ),
        ("icews,country,Ghana,GHA,,test", "column 'words': The country 'Ghana' of icews already stands in line "),
    ],
)
def test_a_line_that_cannot_be_right_is_found(book: Book, line: str, said: str) -> None:
    number = book.append(FILE, line)
    (fault,) = book.faults()
    assert fault.startswith(f"{FILE}:{number}: {said}")
