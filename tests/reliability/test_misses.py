"""Missed, wrong and extra rows with their sentences, and the files that hold them."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

import whodid as wd
from event_samples import MakeEvents
from whodid.articles.model import Article
from whodid.codebook.model import Codebook
from whodid.errors import OutputError
from whodid.reliability.evaluation_files import evaluation_json, write_evaluation
from whodid.reliability.misses import COLUMNS

# In the article of the fixture: its second sentence.
SECOND = {
    "actor_start": 64,
    "actor_end": 70,
    "action_start": 71,
    "action_end": 75,
    "target_start": 81,
    "target_end": 92,
}
SAID = {"sentence": 1, "actor_text": "Moscow", "action_text": "said", "target_text": "South Korea", "action": "112"}


def _three(make_events: MakeEvents) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Coded and gold: one pair that differs in action and date, one gold row missed, one coded row extra."""
    day = pd.Timestamp("2024-06-20").date()
    far = {
        "actor_start": 500,
        "actor_end": 503,
        "action_start": 504,
        "action_end": 509,
        "target_start": 510,
        "target_end": 514,
    }
    coded = pd.concat(
        [make_events(action="111", date=day), make_events(sentence=9, actor="FRA", target="MLI", action="073", **far)]
    )
    gold = pd.concat([make_events(), make_events(actor="RUSGOV", target="KOR", **SAID, **SECOND)])
    return coded.reset_index(drop=True), gold.reset_index(drop=True)


def test_each_miss_has_its_kind_both_codings_and_what_differs(make_events: MakeEvents, codebook: Codebook) -> None:
    misses = wd.evaluate(*_three(make_events), codebook).misses
    assert tuple(misses.columns) == COLUMNS
    assert misses["kind"].tolist() == ["wrong", "missed", "extra"]
    wrong, missed, extra = misses.to_dict("records")
    assert (wrong["gold_action"], wrong["coded_action"], wrong["differs"]) == ("112", "111", "action date")
    assert (wrong["gold_date"], wrong["coded_date"]) == (pd.Timestamp("2024-06-21"), pd.Timestamp("2024-06-20"))
    assert (missed["gold_actor"], missed["action_text"], missed["sentence"]) == ("RUSGOV", "said", 1)
    assert pd.isna(missed["coded_actor"])
    assert pd.isna(missed["coded_date"])
    assert pd.isna(missed["differs"])
    assert extra["coded_actor"] == "FRA"
    assert pd.isna(extra["gold_event_id"])
    assert misses["sentence_text"].isna().all()


def test_rows_that_are_equal_are_no_misses(make_events: MakeEvents, codebook: Codebook) -> None:
    misses = wd.evaluate(make_events(), make_events(), codebook).misses
    assert (len(misses), tuple(misses.columns)) == (0, COLUMNS)


@pytest.mark.model
def test_with_articles_each_miss_has_its_sentence(
    make_events: MakeEvents, codebook: Codebook, article: Article
) -> None:
    coded, gold = _three(make_events)
    texts = wd.evaluate(coded, gold, codebook, articles=[article]).misses["sentence_text"]
    assert texts[0] == "South Korea accused Russia on Friday of breaking the sanctions."
    assert texts[1] == "Moscow said that South Korea was wrong."
    # The extra row's words are not in the article.
    assert pd.isna(texts[2])


@pytest.mark.model
def test_an_article_with_other_words_gives_no_sentence(
    make_events: MakeEvents, codebook: Codebook, article: Article
) -> None:
    other = replace(article, text=f"Corrected: {article.text}")
    coded, gold = _three(make_events)
    assert wd.evaluate(coded, gold, codebook, articles=[other]).misses["sentence_text"].isna().all()


def test_json_has_the_documented_keys(make_events: MakeEvents, codebook: Codebook) -> None:
    result = wd.evaluate(*_three(make_events), codebook)
    found = json.loads(evaluation_json(result))
    assert list(found) == [
        "n_coded", "n_gold", "n_matched", "n_left_out", "intervals", "scores", "confusion", "most_confused", "misses",
    ]  # fmt: skip
    assert (found["n_coded"], found["n_gold"], found["n_matched"], found["n_left_out"]) == (2, 2, 1, 0)
    assert list(found["intervals"]) == ["unit", "n_units", "resamples", "seed", "level", "reason"]
    assert found["scores"][0] | {"precision": 0} == found["scores"][0]
    assert list(found["scores"][0]) == list(result.scores.columns)
    assert found["misses"][0]["gold_date"] == "2024-06-21"
    assert found["misses"][1]["coded_date"] is None
    assert found["most_confused"][0] | {"gold": "112", "coded": "111", "n": 1} == found["most_confused"][0]


def test_json_without_rows_is_json(make_events: MakeEvents, codebook: Codebook) -> None:
    none = make_events().iloc[:0]
    text = evaluation_json(wd.evaluate(none, none, codebook))
    assert "NaN" not in text
    found = json.loads(text)
    assert found["scores"][0]["precision"] is None
    assert found["intervals"]["reason"] == "there are no rows"
    assert found["misses"] == found["confusion"] == []


def test_the_tables_are_written_as_csv(make_events: MakeEvents, codebook: Codebook, tmp_path: Path) -> None:
    result = wd.evaluate(*_three(make_events), codebook)
    paths = write_evaluation(result, tmp_path / "new")
    assert {name: path.name for name, path in paths.items()} == {
        "scores": "scores.csv", "confusion": "confusion.csv", "misses": "misses.csv",
    }  # fmt: skip
    for name, path in paths.items():
        table = getattr(result, name)
        with path.open(encoding="utf-8", newline="") as file:
            header, *rows = list(csv.reader(file))
        assert header == list(table.columns)
        assert len(rows) == len(table)
    confusion = paths["confusion"].read_text(encoding="utf-8").splitlines()
    assert f"code,112,{codebook.actions['112'].label},111,{codebook.actions['111'].label},wrong,1" in confusion
    assert "2024-06-20," in paths["misses"].read_text(encoding="utf-8")


@pytest.mark.parametrize("words", ["=1+1", "+1+1", "-1-1", "@x", "\t=1", "＝1", "  =1"])
def test_a_cell_that_a_spreadsheet_would_run_begins_with_an_apostrophe(
    words: str, make_events: MakeEvents, codebook: Codebook, tmp_path: Path
) -> None:
    gold = make_events(actor_text=words, article_id=words)
    result = wd.evaluate(gold.iloc[:0], gold, codebook)
    with write_evaluation(result, tmp_path)["misses"].open(encoding="utf-8", newline="") as file:
        [row] = csv.DictReader(file)
    assert (row["actor_text"], row["article_id"], row["target_text"]) == (f"'{words}", f"'{words}", "Russia")


def test_a_folder_that_cannot_be_written_is_a_sentence(
    make_events: MakeEvents, codebook: Codebook, tmp_path: Path
) -> None:
    (tmp_path / "out").write_text("kept", encoding="utf-8")
    with pytest.raises(OutputError, match="cannot be written"):
        write_evaluation(wd.evaluate(make_events(), make_events(), codebook), tmp_path / "out")
    assert (tmp_path / "out").read_text(encoding="utf-8") == "kept"
