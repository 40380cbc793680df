"""What tests of all rooms use: the codebook, an article, and a builder of valid event tables."""

from __future__ import annotations

import gc
from datetime import date

import pytest
from hypothesis import settings

import event_samples
from event_samples import MakeEvents
from whodid.articles.model import Article
from whodid.codebook.load import load_codebook
from whodid.codebook.model import Codebook

# The same cases in every run, however slow the machine is: what is new is looked for by scripts/fuzz.py, not in CI.
settings.register_profile("whodid", deadline=None, derandomize=True)
settings.load_profile("whodid")
# A quarter of the suite's time went into searching for garbage through codebooks and parses that tests keep.
gc.set_threshold(50_000, 20, 20)


@pytest.fixture(scope="session")
def codebook() -> Codebook:
    """whodid's own codebook."""
    return load_codebook()


@pytest.fixture
def article() -> Article:
    """The article that the rows of make_events were read in."""
    text = "South Korea accused Russia on Friday of breaking the sanctions. Moscow said that South Korea was wrong."
    return Article("seoul-2024", text, date(2024, 6, 22), publisher="Example Wire", origin="seoul-2024.md")


@pytest.fixture
def make_events() -> MakeEvents:
    """make_events(**overrides): a valid event table; see event_samples.py."""
    return event_samples.make_events
