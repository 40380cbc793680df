"""The article that the files of other tools are of, and its two events."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from event_samples import EVENT
from whodid.annotation.sentences import Sentence
from whodid.articles.model import Article
from whodid.codebook.model import Codebook

FILES = Path(__file__).parent / "files"
TEXT = "South Korea accused Russia on Friday of breaking the sanctions. 🙂 Moscow said that South Korea was wrong."
ARTICLE = Article("seoul-2024", TEXT, date(2024, 6, 22), publisher="Example Wire", origin="seoul-2024.md")
ACCUSED = EVENT
SAID = replace(
    EVENT,
    actor="RUSGOV",
    action="111",
    target="KOR",
    date=date(2024, 6, 22),
    date_basis="published",
    sentence=1,
    actor_text="Moscow",
    action_text="said",
    target_text="South Korea",
    actor_start=66,
    actor_end=72,
    action_start=73,
    action_end=77,
    target_start=83,
    target_end=94,
    confidence=None,
)


@pytest.fixture(autouse=True)
def _without_models(codebook: Codebook, monkeypatch: pytest.MonkeyPatch) -> None:
    """One codebook for all, and sentences that end at full stops: how they are split is tested elsewhere."""
    for module in ("read", "write"):
        monkeypatch.setattr(f"whodid.annotation.exchange.{module}.load_codebook", lambda path: codebook)
    found = (Sentence(0, 0, 63), Sentence(1, 64, len(TEXT)))
    monkeypatch.setattr(
        "whodid.annotation.exchange.read.split_articles", lambda articles, model: [(a, found) for a in articles]
    )
