"""Articles into sentences, numbered as the automatic coder numbers them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from whodid.articles.model import Article, Refused
from whodid.coder.parse import DEFAULT_MODEL, LONGEST_TEXT, load_model, parse_texts, sentences
from whodid.errors import Fault


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence without the space around it: number from 0, and the half-open place of its characters."""

    number: int
    start: int
    end: int


def split_articles(
    articles: Iterable[Article], model: str = DEFAULT_MODEL
) -> Iterator[tuple[Article, tuple[Sentence, ...] | Refused]]:
    """Each article with its sentences, in the order given; refused if it is longer than the parser takes.

    Numbers are those of the rows that `code` writes. Raises CoderError if the spaCy model is missing.
    """
    listed = list(articles)
    texts = [a.text if len(a.text) <= LONGEST_TEXT else "" for a in listed]
    for article, doc in zip(listed, parse_texts(load_model(model), texts), strict=True):
        if len(article.text) > LONGEST_TEXT:
            message = f"The article has {len(article.text):,} characters; the parser takes {LONGEST_TEXT:,}."
            fault = Fault("too-long", message, "Split it into several articles.", article.origin or article.article_id)
            yield article, Refused(article.origin or article.article_id, fault)
            continue
        yield article, numbered(article.text, [(span.start_char, span.end_char) for span in sentences(doc)])


def numbered(text: str, spans: Iterable[tuple[int, int]]) -> tuple[Sentence, ...]:
    """The sentences of a text from their spans as a parser gives them, without the space around them."""
    out = []
    for number, (first, end) in enumerate(spans):
        words = text[first:end]
        start = first + len(words) - len(words.lstrip())
        out.append(Sentence(number, start, start + len(words.strip())))
    return tuple(out)


def sentence_at(found: Iterable[Sentence], position: int) -> int | None:
    """The number of the sentence that holds a character; the one before it if it stands between two; None if none does."""
    number: int | None = None
    for sentence in found:
        if sentence.start > position:
            break
        number = sentence.number
    return number
