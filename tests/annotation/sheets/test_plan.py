"""Articles become lines of a sheet, with the sentence numbers of the automatic coder."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from whodid.annotation.sentences import Sentence, sentence_at, split_articles
from whodid.annotation.sheets.make import make_sheet
from whodid.annotation.sheets.plan import LONGEST_SENTENCE, plan_sheet
from whodid.articles.model import Article, Refused
from whodid.codebook.model import Codebook
from whodid.errors import SheetError

DAY = date(2024, 6, 22)


@pytest.mark.model
def test_a_line_is_a_sentence_without_the_space_around_it(codebook: Codebook) -> None:
    article = Article("b", "  Ghana met Togo.\n\nA title\n\nThey parted.  ", DAY)
    plan = plan_sheet([article, Article("a", "Chile thanked Peru.", DAY)], codebook)
    assert [(line.article_id, line.sentence, line.text) for line in plan.lines] == [
        *(("a", 0, "Chile thanked Peru."), ("b", 0, "Ghana met Togo."), ("b", 1, "A title"), ("b", 2, "They parted.")),
    ]
    assert all(article.text[line.start :].startswith(line.text) for line in plan.lines[1:])
    assert plan.suggested is None


@pytest.mark.model
def test_what_no_cell_or_parser_can_hold_is_refused_with_its_reason(
    codebook: Codebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("whodid.annotation.sentences.LONGEST_TEXT", 400)
    monkeypatch.setattr("whodid.annotation.sheets.plan.LONGEST_SENTENCE", 20)
    articles = [
        Article("a", "Ghana met Togo. Ghana then met Togo in Accra.", DAY, origin="a.md"),
        Article("b", "x" * 401, DAY),
    ]
    plan = plan_sheet(articles, codebook)
    assert [line.text for line in plan.lines] == ["Ghana met Togo."]
    assert [str(item.fault) for item in plan.refused] == [
        "a.md: Sentence 1 of 'a' has 29 characters; a cell takes 20. It is no sentence but a table or a list: clean the "
        "article, or code it in the notebook widget.",
        "b: The article has 401 characters; the parser takes 400. Split it into several articles.",
    ]
    assert LONGEST_SENTENCE < 32767


@pytest.mark.model
def test_articles_without_a_sentence_make_no_sheet(tmp_path: Path, codebook: Codebook) -> None:
    with pytest.raises(SheetError, match=r"There is no sentence to code\. Give articles with text\."):
        make_sheet([], tmp_path / "s.xlsx", codebook=codebook)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.model
def test_sentences_are_split_in_the_order_given() -> None:
    found = list(split_articles([Article("b", "A. B.", DAY), Article("a", "Ghana met Togo.", DAY)]))
    assert [article.article_id for article, _ in found] == ["b", "a"]
    assert not isinstance(found[1][1], Refused)
    assert found[1][1] == (Sentence(0, 0, 15),)


def test_a_character_belongs_to_the_sentence_that_starts_before_it() -> None:
    found = (Sentence(0, 2, 10), Sentence(1, 12, 20))
    assert [sentence_at(found, position) for position in (0, 2, 11, 12, 99)] == [None, 0, 0, 1, 1]
