"""Large tables are kept out of the search for garbage, and nothing stays switched off."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from whodid.garbage import settle, settling, unsearched


@pytest.fixture(autouse=True)
def _as_it_was() -> Iterator[None]:
    yield
    gc.unfreeze()
    gc.enable()


def test_nothing_is_searched_while_something_is_loaded_and_all_is_again_afterwards() -> None:
    assert gc.isenabled()
    with unsearched():
        with unsearched():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()


def test_an_error_while_something_is_loaded_leaves_the_search_on() -> None:
    with pytest.raises(ValueError, match="broken"), unsearched():
        raise ValueError("broken")
    assert gc.isenabled()


def test_who_has_switched_the_search_off_finds_it_off() -> None:
    gc.disable()
    with unsearched():
        pass
    assert not gc.isenabled()


def test_what_is_settled_is_searched_no_more_until_the_span_ends() -> None:
    with settling():
        settle()
        assert gc.get_freeze_count() > 1_000
    assert gc.get_freeze_count() == 0
