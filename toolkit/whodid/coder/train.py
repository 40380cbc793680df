"""A model from a researcher's own coded rows and their articles, with figures on rows that it was not fitted to."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from whodid.articles.model import Article
from whodid.codebook.load import load_codebook
from whodid.codebook.model import Codebook
from whodid.coder.fit import FOLDS, Held, cross_validate, fit, read_features
from whodid.coder.linear import LinearModel
from whodid.coder.parse import DEFAULT_MODEL, load_model, parse_texts, sentences
from whodid.coder.parsed import Doc
from whodid.coder.training import Marked, examples_of
from whodid.errors import CoderError, Fault


@dataclass(frozen=True, slots=True)
class Trained:
    """A model, how many rows it learnt from, and what it said of rows that it was not fitted to.

    alone: fitted to the other rows only; None where the codebook's examples were left out, or where rows lack the
    variety to be held out. held: as the model itself is fitted.
    """

    model: LinearModel
    rows: int
    examples: int
    held: Held | None
    alone: Held | None


def train(
    coded: pd.DataFrame,
    articles: Iterable[Article],
    *,
    codebook: Codebook | Path | str | None = None,
    with_examples: bool = True,
    model: str = DEFAULT_MODEL,
    folds: int = FOLDS,
    progress: Callable[[int], None] | None = None,
) -> Trained:
    """Fit a model to coded rows, and to the codebook's examples unless with_examples is False.

    coded: an event table (its article_id, offsets and action are used). articles: the texts that the offsets count in.
    Raises CoderError with one fault for each row whose article is missing or whose offsets lie outside it, and if
    fewer than two action roots are there.
    """
    book = codebook if isinstance(codebook, Codebook) else load_codebook(codebook)
    nlp = load_model(model)
    rows = marked_rows(coded, {a.article_id: a for a in articles}, lambda texts: parse_texts(nlp, texts))
    examples = [e for e in examples_of(book) if e.actor and e.target] if with_examples else []
    read = read_features([*rows, *examples], book, nlp, progress)
    own, other = read[: len(rows)], read[len(rows) :]
    fitted = fit([*rows, *examples], read)
    can_hold = len(rows) >= folds and len({m.action[:2] for m in rows if m.action}) > 1
    held = cross_validate(rows, own, folds, list(zip(examples, other, strict=True))) if can_hold else None
    alone = cross_validate(rows, own, folds) if can_hold and examples else None
    return Trained(fitted, len(rows), len(examples), held, alone)


def marked_rows(
    coded: pd.DataFrame, articles: dict[str, Article], parse: Callable[[list[str]], Iterable[Doc]]
) -> list[Marked]:
    """The rows as marked sentences, in the order of the table, each once.

    parse: gives the parse of each text; a row's sentence is the one in which its actor stands, up to that of its
    target. Raises CoderError with every row that does not fit its article.
    """
    faults: list[Fault] = []
    fix = "Give the articles that these rows were coded from (--articles)."
    used = sorted(set(coded["article_id"]) & set(articles))
    bounds: dict[str, list[tuple[int, int]]] = {}
    for name, doc in zip(used, parse([articles[name].text for name in used]), strict=True):
        bounds[name] = [(s.start_char, s.end_char) for s in sentences(doc)]
    out: dict[Marked, None] = {}
    for number, row in enumerate(coded.to_dict("records")):
        article = articles.get(row["article_id"])
        if article is None:
            message = f"The article {row['article_id']!r} is not among the articles given."
            faults.append(Fault("no-article", message, fix, row=number, column="article_id"))
            continue
        places = [(int(row[f"{part}_start"]), int(row[f"{part}_end"])) for part in ("actor", "target")]
        words = [row[f"{part}_text"] for part in ("actor", "target")]
        if [article.text[start:end] for start, end in places] != words:
            message = f"The offsets give {[article.text[s:e] for s, e in places]!r}, the row says {words!r}."
            faults.append(Fault("wrong-offsets", message, fix, row=number, column="actor_start"))
            continue
        low, high = min(start for start, _ in places), max(end for _, end in places)
        inside = [b for b in bounds[article.article_id] if b[1] > low and b[0] < high]
        start, end = (min(b[0] for b in inside), max(b[1] for b in inside)) if inside else (low, high)
        spans = [((s - start, e - start),) for s, e in places]
        out[Marked(article.text[start:end], spans[0], spans[1], str(row["action"]))] = None
    if faults:
        raise CoderError.of(faults)
    return list(out)
