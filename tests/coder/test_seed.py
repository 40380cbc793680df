"""The coder on the article that the project was started from, against its expert coding."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd
import pytest

import whodid as wd
from whodid.codebook.model import Codebook

SEEDS = Path(__file__).resolve().parents[2] / "seeds"
ARTICLE = SEEDS / "2024-06-21-seoul-summons-envoy.md"

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def coded(codebook: Codebook) -> pd.DataFrame:
    return wd.code(wd.read_articles(ARTICLE), codebook=codebook)


def _holds(coded: pd.DataFrame, actor: str, action: str, target: str) -> pd.DataFrame:
    return coded[
        coded["actor"].str.startswith(actor)
        & coded["action"].str.startswith(action)
        & coded["target"].str.startswith(target)
    ]


def test_the_coder_agrees_with_the_expert_at_least_as_much_as_it_did(coded: pd.DataFrame, codebook: Codebook) -> None:
    gold = wd.read_events(SEEDS / "2024-06-21-seoul-summons-envoy.gold.csv")
    scores = wd.evaluate(coded, gold, codebook).scores.set_index(["part", "level"])["f1"]
    # Floors a little below what version 0.1.0 reaches: a change that falls below them has broken something.
    floors = {("found", "any"): 0.60, ("action", "root"): 0.50, ("event", "code"): 0.38, ("date", "day"): 0.60}
    below = {key: float(scores[key]) for key, floor in floors.items() if scores[key] < floor}
    assert not below, scores.to_string()


@pytest.mark.parametrize(
    ("actor", "action", "target", "what"),
    [
        ("KOR", "114", "RUS", "South Korea protested to the Russian ambassador"),
        ("RUS", "057", "PRK", "Russia signed with North Korea"),
        ("PRK", "057", "RUS", "North Korea signed with Russia"),
        ("PRK", "130", "KOROPP", "North Korea threatened the activists"),
        ("PRKGOV", "111", "KOROPP", "Kim Yo Jong denounced the activists"),
        ("RUSGOV", "13", "KOR", "Putin warned South Korea"),
        ("KOR", "073", "UKR", "South Korea helped Ukraine"),
        ("KORMIL", "193", "PRKMIL", "South Korean troops fired at North Korean soldiers"),
    ],
)
def test_what_a_careful_reader_would_code_is_there(
    coded: pd.DataFrame, actor: str, action: str, target: str, what: str
) -> None:
    assert len(_holds(coded, actor, action, target)), f"{what} is missing:\n{coded[['actor', 'action', 'target']]}"


def test_the_treaty_is_dated_by_the_words_two_days_earlier(coded: pd.DataFrame) -> None:
    signed = _holds(coded, "RUS", "057", "PRK")
    assert pd.Timestamp(date(2024, 6, 19)) in set(signed["date"])
    assert "text" in set(signed["date_basis"])
