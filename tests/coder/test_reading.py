"""Readings of whole articles that no golden folder covers."""

from __future__ import annotations

from datetime import date

import pytest

from whodid.articles.model import Article
from whodid.coder.code import default_coder


@pytest.mark.model
@pytest.mark.parametrize(
    "text",
    [
        "A Russian attack on Kyiv on Monday.",
        "Talks between Iran and Iraq last week, according to Tehran.",
        "Sanctions on Iran by the United States in May 2018, and then silence.",
    ],
)
def test_a_fragment_whose_root_is_a_noun_is_read_like_a_sentence(text: str) -> None:
    article = Article(article_id="fragment", text=text, published=date(2022, 6, 1))
    reading = next(default_coder().read([article]))
    assert reading.events, reading.skipped
    assert {event.date_basis for event in reading.events} == {"text"}
