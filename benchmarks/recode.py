"""How fast a changed codebook is recoded with kept readings: nothing changed, one rare code, one common code, everything.

    python benchmarks/recode.py [--articles 1024] [--rare 0234] [--common 190]

CPU seconds on one thread, each change in a process of its own, as it is for users. "start" is opening the cache, comparing the
codebooks, and loading what is needed if some article has to be read (parser, gazetteer, patterns); it does not grow with the
number of articles. The rest does, and its ratio is that of a long run. Each result is compared with that of reading everything
anew. Articles are recombined from the sample, whose sentences nearly all hold an event: in real news a code's words stand in
fewer articles.
"""

from __future__ import annotations

import os

os.environ.setdefault("OMP_NUM_THREADS", "1")

import argparse
import multiprocessing
import shutil
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import recombine
from whodid.articles.model import Article
from whodid.codebook.load import load_codebook
from whodid.codebook.model import Codebook
from whodid.coder.code import Coder
from whodid.coder.codings import ArticleCodings
from whodid.garbage import settle

CHUNK = 64


@dataclass(frozen=True, slots=True)
class Run:
    """CPU seconds of what does not grow with the articles and of what does; articles read; the codings."""

    start: float
    rest: float
    read: int
    codings: list[ArticleCodings]


def changed(codebook: Codebook, **values: object) -> Codebook:
    """A codebook with other values, and nothing that was made of the old ones."""
    other = codebook.model_copy(update=values)
    other.__dict__.pop("patterns", None)
    return other


def without(codebook: Codebook, action: str) -> Codebook:
    return changed(codebook, wordings=tuple(w for w in codebook.wordings if w.code != action))


def code(codebook: Codebook, articles: list[Article], cache: Path) -> Run:
    """Code some articles, and tell apart what is loaded once."""
    settle()
    begin = time.process_time()
    loading = [0.0]

    class Timed(Coder):
        def _load(self, load):  # type: ignore[no-untyped-def]
            begin, inside = time.process_time(), loading[0]
            made = super()._load(load)
            # What is loaded for another part (the parser for the gazetteer) is counted once.
            loading[0] = inside + time.process_time() - begin
            return made

    coder = Timed(codebook, cache=cache, loaded=settle)
    opened = time.process_time()
    loading[0] = 0.0
    out: list[ArticleCodings] = []
    for at in range(0, len(articles), CHUNK):
        out += coder.code(articles[at : at + CHUNK])
    ended = time.process_time()
    assert coder._readings is not None
    return Run(opened - begin + loading[0], ended - opened - loading[0], coder._readings.read, out)


def in_a_process(codebook: Codebook, articles: list[Article], cache: Path) -> Run:
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(code, (codebook, articles, cache))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=1024)
    parser.add_argument("--rare", default="0234")
    parser.add_argument("--common", default="190")
    given = parser.parse_args()
    articles, codebook = list(recombine.articles(given.articles)), load_codebook()
    rows = [r.model_copy(update={"action": "139"}) if r.operator == "threaten" else r for r in codebook.compositions]
    books = {
        "coding": codebook,
        "nothing changed": codebook,
        f"no wordings of {given.rare} any more": without(codebook, given.rare),
        f"no wordings of {given.common} any more": without(codebook, given.common),
        "the composition table changed": changed(codebook, compositions=tuple(rows)),
    }
    with tempfile.TemporaryDirectory() as name:
        filled, coding = Path(name) / "filled", 0.0
        for number, (what, book) in enumerate(books.items()):
            # Each change is one from the codebook that ships.
            cache = filled if not number else Path(shutil.copytree(filled, Path(name) / str(number)))
            run = in_a_process(book, articles, cache)
            coding = coding or run.rest
            parses = Path(shutil.copytree(filled, Path(name) / "anew", ignore=shutil.ignore_patterns("*.readings")))
            same = run.codings == in_a_process(book, articles, parses).codings
            shutil.rmtree(parses)
            print(
                f"{what}: {run.read / len(articles):.1%} of the articles read; start {run.start:.2f}, rest {run.rest:.2f} CPU s: "
                f"{coding / run.rest:.1f} times the speed of coding; {'as' if same else 'OTHERWISE THAN'} read anew",
                flush=True,
            )


if __name__ == "__main__":
    main()
