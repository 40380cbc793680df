"""How fast a changed codebook is recoded with kept readings: nothing changed, one rare code, one common code, everything.

    python benchmarks/recode.py [--articles 1024] [--rare 0234] [--common 190]

CPU seconds of one process on one thread. "open" is opening the cache and comparing the codebooks; "start" is what loads once if
some article has to be read (parser, gazetteer, patterns); neither grows with the number of articles. The rest does, and its ratio
is that of a long run. Each result is compared with that of reading everything anew. Articles are recombined from the sample,
whose sentences nearly all hold an event: in real news a code's words stand in fewer articles.
"""

from __future__ import annotations

import os

os.environ.setdefault("OMP_NUM_THREADS", "1")

import argparse
import shutil
import tempfile
import time
from pathlib import Path

import recombine
from whodid.articles.model import Article
from whodid.codebook.load import load_codebook
from whodid.codebook.model import Codebook
from whodid.coder.code import Coder
from whodid.coder.codings import ArticleCodings

CHUNK = 64


def changed(codebook: Codebook, **values: object) -> Codebook:
    """A codebook with other values, and nothing that was made of the old ones."""
    other = codebook.model_copy(update=values)
    other.__dict__.pop("patterns", None)
    return other


def without(codebook: Codebook, action: str) -> Codebook:
    return changed(codebook, wordings=tuple(w for w in codebook.wordings if w.code != action))


def code(coder: Coder, articles: list[Article]) -> tuple[float, float, list[ArticleCodings]]:
    """CPU seconds of what loads once, and of the rest; and the codings."""
    out: list[ArticleCodings] = []
    begin = time.process_time()
    started: list[float] = []
    coder._loaded = lambda: started.append(time.process_time())
    before = [begin]
    inner = coder._read

    def read(listed: list[Article]) -> object:
        if listed and not started:
            before[0] = time.process_time()
            _ = coder._ready
        return inner(listed)

    coder._read = read  # type: ignore[method-assign,assignment]
    for at in range(0, len(articles), CHUNK):
        out += coder.code(articles[at : at + CHUNK])
    total = time.process_time() - begin
    start = started[0] - before[0] if started else 0.0
    return start, total - start, out


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
    coding = 0.0
    with tempfile.TemporaryDirectory() as name:
        filled = Path(name) / "filled"
        for number, (what, book) in enumerate(books.items()):
            # Each change is one from the codebook that ships.
            cache = filled if not number else Path(shutil.copytree(filled, Path(name) / str(number)))
            begin = time.process_time()
            coder = Coder(book, cache=cache)
            opening = time.process_time() - begin
            start, rest, made = code(coder, articles)
            coding = coding or rest
            parses = Path(shutil.copytree(filled, Path(name) / "anew", ignore=shutil.ignore_patterns("*.readings")))
            same = made == code(Coder(book, cache=parses), articles)[2]
            shutil.rmtree(parses)
            assert coder._readings is not None
            print(
                f"{what}: {coder._readings.read / len(articles):.1%} of the articles read; open {opening:.2f}, start "
                f"{start:.2f}, rest {rest:.2f} CPU s: {coding / rest:.1f} times the speed of coding; "
                f"{'as' if same else 'OTHERWISE THAN'} read anew",
                flush=True,
            )


if __name__ == "__main__":
    main()
