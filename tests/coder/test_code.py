"""The coder over many articles: the rows, their explanation, and what did not become a row."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import whodid as wd
from whodid.articles.model import Article
from whodid.codebook.model import Codebook
from whodid.coder import code as coder_code
from whodid.coder.code import read_all
from whodid.coder.explain import explain, marked_sentence
from whodid.coder.unknown import count_unknown, unknown_to_csv
from whodid.errors import CoderError

pytestmark = pytest.mark.model
DAY = date(2024, 6, 21)


def _article(text: str, article_id: str = "a") -> Article:
    return Article(article_id, text, DAY)


def _rows(text: str, codebook: Codebook) -> list[tuple[str, str, str]]:
    frame = wd.code([_article(text)], codebook=codebook)
    return list(zip(frame["actor"], frame["action"], frame["target"], strict=True))


def test_the_explanation_names_rule_actor_target_and_date(codebook: Codebook) -> None:
    readings = list(read_all([_article("Sweden summoned the Turkish ambassador on Monday.")], codebook=codebook))
    text = explain(readings, codebook)
    assert "2024-06-17  SWE  114 Complain officially  TURGOV" in text
    assert "[actor: Sweden] [action: summoned] [target: the Turkish ambassador]" in text
    assert "means 114" in text
    assert "'Sweden' is SWE" in text
    assert "Monday" in text.split("date:")[1]
    assert "read against 2024-06-21 (text)" in text


def test_the_explanation_says_why_there_is_no_row(codebook: Codebook) -> None:
    readings = list(read_all([_article("Egypt did not attack Ethiopia.")], codebook=codebook))
    text = explain(readings, codebook)
    assert "No events." in text
    assert "'attack': it is negated" in text
    assert "negated" not in explain(readings, codebook, with_skipped=False)


def test_a_mark_inside_another_keeps_the_sentence_whole(codebook: Codebook) -> None:
    text = "Protesters called on the Peruvian president to step down."
    trace = next(iter(read_all([_article(text)], codebook=codebook))).traces[0]
    marked = marked_sentence(trace)
    assert marked.count("[") == marked.count("]") == 3
    for role in ("actor", "action", "target"):
        marked = marked.replace(f"[{role}: ", "")
    assert marked.replace("]", "") == text


def test_unknown_actors_are_counted_with_their_words(codebook: Codebook, tmp_path: Path) -> None:
    articles = [_article("Police arrested Zorblax Quim.", f"a{i}") for i in range(3)]
    readings = list(read_all(articles, codebook=codebook))
    words, role, count, article = count_unknown(readings)[0]
    assert (words, role, count, article) == ("Zorblax Quim", "target", 3, "a0")
    unknown_to_csv(readings, tmp_path / "unknown.csv")
    assert (tmp_path / "unknown.csv").read_text().splitlines()[:2] == [
        "words,role,count,article_id",
        "Zorblax Quim,target,3,a0",
    ]


def test_an_article_that_is_too_long_is_skipped_with_its_reason(
    codebook: Codebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(coder_code, "LONGEST_TEXT", 20)
    reading = next(iter(read_all([_article("Kenya attacked Somalia on Monday.")], codebook=codebook)))
    assert reading.events == []
    assert reading.skipped[0].reason == "the article has 33 characters; the parser takes 20"


def test_no_articles_give_an_empty_table(codebook: Codebook) -> None:
    assert len(wd.code([], codebook=codebook)) == 0


def test_no_workers_is_refused_with_the_fix(codebook: Codebook) -> None:
    with pytest.raises(CoderError, match=r"0 workers cannot code\. Give --workers 1 or more\."):
        wd.code([_article("x")], codebook=codebook, workers=0)


def test_a_missing_model_is_refused_with_the_command_that_installs_it(codebook: Codebook) -> None:
    with pytest.raises(CoderError, match=r"'no_such_model' is not installed\. Install it with"):
        wd.code([_article("x")], codebook=codebook, model="no_such_model")


def test_progress_counts_every_article(codebook: Codebook) -> None:
    done: list[int] = []
    wd.code([_article("Kenya met Chad.", f"a{i:02d}") for i in range(20)], codebook=codebook, progress=done.append)
    assert sum(done) == 20


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("Maria Lopez, the foreign minister of Ecuador, criticised Colombia.", ("ECUGOV", "111", "COL")),
        ("Soldiers loyal to the Libyan general shelled Tripoli.", ("LBYMIL", "194", "LBYGOV")),
        ("Pakistan's Supreme Court jailed two journalists.", ("PAKJUD", "173", "MED")),
        ("Kremlin spokesman Ivan Petrov denounced the United States.", ("RUSGOV", "111", "USA")),
        ("Mexico extradited two smugglers to the United States.", ("MEX", "063", "USA")),
        ("Germany promised to send tanks to Ukraine.", ("DEU", "0332", "UKR")),
    ],
)
def test_who_did_what_to_whom(text: str, row: tuple[str, str, str], codebook: Codebook) -> None:
    assert row in _rows(text, codebook)


@pytest.mark.parametrize(
    "text",
    [
        "If Turkey attacks Syria, Russia will lose.",
        "Peru may invade Chile.",
        "France has not imposed sanctions on Niger.",
        "Three journalists were arrested in the capital.",
    ],
)
def test_what_did_not_happen_or_has_no_actor_is_no_row(text: str, codebook: Codebook) -> None:
    assert _rows(text, codebook) == []


def test_a_country_out_of_its_time_is_not_coded(codebook: Codebook) -> None:
    past = wd.code([Article("a", "The Soviet army invaded Afghanistan.", date(1979, 12, 28))], codebook=codebook)
    assert list(past["actor"]) == ["USRMIL"]


def test_a_story_about_one_country_tells_whose_police_it_is(codebook: Codebook) -> None:
    text = "Kenya held a vote. Kenyan officials counted it in Nairobi. Police arrested two lawmakers."
    rows = _rows(text, codebook)
    assert ("KENCOP", "173", "KENLEG") in rows
