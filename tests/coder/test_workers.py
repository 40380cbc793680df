"""The same rows in whatever order the articles come, and on however many processes."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

import whodid as wd
from whodid.articles.model import Article
from whodid.codebook.model import Codebook

pytestmark = pytest.mark.model

TEXTS = [
    "Sweden summoned the Turkish ambassador on Monday.",
    "Kenya and Chad signed a treaty last week. Kenya later praised Chad.",
    "France will not send troops to Mali.",
    "Peru threatened to impose sanctions on Chile.",
    "Nothing happened.",
]
ARTICLES = [Article(f"a{i:02d}", TEXTS[i % len(TEXTS)], date(2024, 6, 1 + i)) for i in range(20)]


@pytest.fixture(scope="module")
def rows(codebook: Codebook) -> pd.DataFrame:
    return wd.code(ARTICLES, codebook=codebook)


def test_the_order_of_the_articles_does_not_matter(rows: pd.DataFrame, codebook: Codebook) -> None:
    assert len(rows) > 8
    pd.testing.assert_frame_equal(wd.code(ARTICLES[::-1], codebook=codebook), rows)


def test_an_article_is_read_the_same_alone_and_among_others(rows: pd.DataFrame, codebook: Codebook) -> None:
    alone = wd.code([ARTICLES[6]], codebook=codebook)
    among = rows[rows["article_id"] == "a06"].reset_index(drop=True)
    assert list(alone["event_id"]) == list(among["event_id"])


def test_two_processes_give_the_same_rows_and_report_progress(rows: pd.DataFrame, codebook: Codebook) -> None:
    done: list[int] = []
    shared = wd.code(ARTICLES, codebook=codebook, workers=2, progress=done.append)
    pd.testing.assert_frame_equal(shared, rows)
    assert sum(done) == len(ARTICLES)
