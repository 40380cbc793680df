"""How fast the coder is against spaCy's full pipeline, what everything but parsing costs, and what a cache of parses saves.

Run it with `make bench`. All are ratios within one run: absolute times are noise on shared machines. Times are CPU seconds of
one process on one thread, each side measured in turns, and the least time of each counts. Articles are the sample articles
recombined (recombine.py); nearly all of their sentences hold an event, so that reading costs more than it does in real news.
"""

from __future__ import annotations

import os

os.environ.setdefault("OMP_NUM_THREADS", "1")

import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import spacy

import recombine
from whodid.codebook.load import load_codebook
from whodid.coder.code import Coder
from whodid.coder.parse import BATCH, load_model, parse_texts
from whodid.coder.parse_cache import ParseCache
from whodid.coder.plain_text import readable
from whodid.coder.reader import read_article
from whodid.coder.versions import DEFAULT_MODEL, parser_name
from whodid.garbage import settle

ARTICLES = 300
ROUNDS = 3


def cpu_seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def main() -> None:
    articles = list(recombine.articles(ARTICLES))
    texts = [readable(article.text) for article in articles]
    batches = [texts[i : i + BATCH] for i in range(0, len(texts), BATCH)]
    words = sum(len(text.split()) for text in texts)
    full, plain, codebook = spacy.load(DEFAULT_MODEL), spacy.load(DEFAULT_MODEL, exclude=["ner"]), load_codebook()
    own, coder = load_model(), Coder(codebook)
    with tempfile.TemporaryDirectory() as name:
        cache = ParseCache(Path(name) / parser_name(DEFAULT_MODEL), lambda: own, print)
        for some in batches:
            list(cache.parse(some))
        kept = ParseCache(cache.folder, lambda: own, print)

        def load() -> None:
            for some in batches:
                for _ in kept.parse(some):
                    pass

        def read() -> None:
            for article, doc in zip(articles, parsed, strict=True):
                # What an earlier turn found out about its words counts for no later one.
                doc.known.clear()
                read_article(article, doc, coder._finder, coder._gazetteer, "bench")

        work: dict[str, Callable[[], object]] = {
            "full": lambda: list(full.pipe(texts, batch_size=BATCH)),
            "plain": lambda: list(plain.pipe(texts, batch_size=BATCH)),
            "parse": lambda: [None for _ in parse_texts(own, texts)],
            "load": load,
            "read": read,
        }
        parsed = list(parse_texts(own, texts))
        settle()
        times: dict[str, list[float]] = {name: [] for name in work}
        for _ in range(ROUNDS):
            for name, task in work.items():
                times[name].append(cpu_seconds(task))
    least = {name: min(values) for name, values in times.items()}
    code, recode = least["parse"] + least["read"], least["load"] + least["read"]
    print(f"{len(texts)} articles, {words:,} words; spaCy {spacy.__version__}, {DEFAULT_MODEL}")
    print("CPU seconds: " + ", ".join(f"{name} {seconds:.2f}" for name, seconds in least.items()))
    print(f"coder against spaCy's full pipeline: {least['full'] / code:.2f} times the words per CPU second")
    print(f"parsing against spaCy's own without ner: {least['plain'] / least['parse']:.2f} times")
    print(
        f"all that is not parsing: {least['read'] / least['plain']:.1%} of spaCy's parsing without ner, "
        f"{least['read'] / least['parse']:.1%} of the coder's own, which is faster"
    )
    print(f"loading a parse: {least['load'] / least['parse']:.1%} of making it")
    print(f"recoding from the cache against coding: {code / recode:.1f} times the speed")


if __name__ == "__main__":
    main()
