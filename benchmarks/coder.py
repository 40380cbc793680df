"""How fast the coder is against spaCy's full pipeline, and what everything but parsing costs, as ratios within one run.

Run it with `make bench`. Articles are the sample articles with their sentences recombined from a fixed seed, so that texts
differ and names return, as in real news. Times are CPU seconds of one process on one thread: absolute ones are noise on shared
machines, their ratios are not. Each side is measured in turns, and the least time of each counts.
"""

from __future__ import annotations

import os

os.environ.setdefault("OMP_NUM_THREADS", "1")

import random
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import spacy

from whodid.articles.model import Article
from whodid.articles.read import read_articles
from whodid.codebook.load import load_codebook
from whodid.coder.actions import ActionFinder
from whodid.coder.cities import cities
from whodid.coder.gazetteer import Gazetteer
from whodid.coder.parse import DEFAULT_MODEL, load_model, parse_texts
from whodid.coder.reading import read_article

ARTICLES = 300
ROUNDS = 3
RAW = Path(__file__).resolve().parents[1] / "data" / "raw"


def recombined(count: int) -> list[Article]:
    """Articles made of sentences of the sample articles, twelve each, from a fixed seed."""
    samples = read_articles(RAW).articles
    pool = [s.strip() for article in samples for s in article.text.replace("\n", " ").split(". ") if len(s) > 20]
    chance = random.Random(1)
    return [
        replace(samples[i % len(samples)], article_id=f"bench-{i:04d}", text=". ".join(chance.sample(pool, 12)) + ".")
        for i in range(count)
    ]


def cpu_seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def main() -> None:
    articles = recombined(ARTICLES)
    texts = [article.text for article in articles]
    words = sum(len(text.split()) for text in texts)
    full, own, codebook = spacy.load(DEFAULT_MODEL), load_model(), load_codebook()
    finder, gazetteer = ActionFinder(codebook), Gazetteer(codebook, own, cities(codebook))

    def read_all() -> None:
        for article, doc in zip(articles, parsed, strict=True):
            read_article(article, doc, finder, gazetteer, "bench")

    list(full.pipe(texts[:20]))
    list(parse_texts(own, texts[:20]))
    times: dict[str, list[float]] = {"full": [], "parse": [], "read": []}
    for _ in range(ROUNDS):
        times["full"].append(cpu_seconds(lambda: list(full.pipe(texts, batch_size=64))))
        times["parse"].append(cpu_seconds(lambda: list(parse_texts(own, texts))))
        parsed = list(parse_texts(own, texts))
        times["read"].append(cpu_seconds(read_all))
    least = {name: min(values) for name, values in times.items()}
    coder = least["parse"] + least["read"]
    print(f"{len(texts)} articles, {words:,} words; spaCy {spacy.__version__}, {DEFAULT_MODEL}")
    print(f"words per CPU second: spaCy's full pipeline {words / least['full']:,.0f}, the coder {words / coder:,.0f}")
    print(f"coder against the full pipeline: {least['full'] / coder:.2f} times the words per CPU second")
    print(f"all that is not parsing: {least['read'] / least['parse']:.1%} of the parsing")


if __name__ == "__main__":
    main()
