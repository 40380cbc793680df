"""Articles for measurements: the sentences of the sample articles recombined, so that texts differ and names return."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from whodid.articles.model import Article
from whodid.articles.read import read_articles

RAW = Path(__file__).resolve().parents[1] / "data" / "raw"


def articles(count: int, seed: int = 1, sentences: int = 12) -> Iterator[Article]:
    """So many articles of some sentences each, from a seed; as many as one likes, for they are made one by one."""
    samples = read_articles(RAW).articles
    pool = [s.strip() for article in samples for s in article.text.replace("\n", " ").split(". ") if len(s) > 20]
    chance = random.Random(seed)
    for i in range(count):
        text = ". ".join(chance.sample(pool, sentences)) + "."
        yield replace(samples[i % len(samples)], article_id=f"bench-{i:07d}", text=text)
