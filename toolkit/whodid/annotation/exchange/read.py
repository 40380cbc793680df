"""What other tools exported, as rows of the table, and everything that could not be taken."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from whodid.annotation.codings import Codings
from whodid.annotation.exchange.brat import read_brat
from whodid.annotation.exchange.doccano import read_doccano
from whodid.annotation.exchange.draft import Document
from whodid.annotation.exchange.forms import check_form
from whodid.annotation.exchange.label_studio import read_label_studio
from whodid.annotation.exchange.settle import Settler, find_article
from whodid.annotation.judged import judged_of
from whodid.annotation.sentences import Sentence, split_articles
from whodid.annotation.store import check_coder
from whodid.articles.model import Article, Refused
from whodid.codebook.actor_codes import ActorCodes
from whodid.codebook.load import load_codebook
from whodid.codebook.model import Codebook
from whodid.coder.parse import DEFAULT_MODEL
from whodid.errors import ExchangeError, Fault
from whodid.events.record import CodedEvent
from whodid.events.table import events_to_table


@dataclass(frozen=True, slots=True)
class Imported:
    """What a file of another tool held: events, and the faults of what gave none. documents: how many it has.

    looked: article, sentence and coder of all sentences of the documents that somebody annotated without a fault.
    """

    events: tuple[CodedEvent, ...]
    faults: tuple[Fault, ...]
    documents: int
    looked: tuple[tuple[str, int, str], ...] = ()

    def codings(self) -> Codings:
        """The events and the judged sentences, as a store gives them: for wd.agree and wd.adjudicate."""
        return Codings(self.table, self.judged)

    @property
    def table(self) -> pd.DataFrame:
        return events_to_table(self.events)

    @property
    def judged(self) -> pd.DataFrame:
        """Which sentences were judged, like Codings.judged."""
        return judged_of(self.looked, self.events)


def import_annotations(
    path: Path | str,
    form: str,
    articles: Iterable[Article],
    *,
    coder: str | None = None,
    codebook: Codebook | Path | str | None = None,
    with_predictions: bool = False,
    model: str = DEFAULT_MODEL,
) -> Imported:
    """The events in a file that another tool exported; brat's form is a folder.

    form: label-studio, doccano or brat. articles: those that were marked. coder: who coded; without it, who the file
    says did, which only Label Studio does. with_predictions: Label Studio's predictions, too.
    What cannot be taken is a fault, the rest is kept. Raises ExchangeError with every fault if the file is of another
    form, UsageError for an unknown form, StoreError if the coder has no proper name.
    """
    check_form(form)
    name = check_coder(coder) if coder is not None else None
    book = codebook if isinstance(codebook, Codebook) else load_codebook(codebook)
    documents = _documents(Path(path), form, with_predictions)
    _check_coders(documents, name, Path(path))
    by_id = {article.article_id: article for article in articles}
    by_text = {article.text.rstrip(): article.article_id for article in by_id.values()}
    codes = ActorCodes(book)
    faults: list[Fault] = []
    settled: list[tuple[Document, Article]] = []
    for document in documents:
        faults += document.faults
        if document.text or not document.faults:
            article = find_article(document, by_id, by_text)
            if isinstance(article, Fault):
                faults.append(article)
            else:
                settled.append((document, article))
    events: dict[str, CodedEvent] = {}
    looked: list[tuple[str, int, str]] = []
    for document, article, found in _with_sentences(settled, model, faults):
        by = name or document.coder or ""
        one_by_one = list(Settler(document, article, found, by, book, codes).settle())
        wrong = [one for one in one_by_one if isinstance(one, Fault)]
        faults += wrong
        events.update((one.event_id, one) for one in one_by_one if not isinstance(one, Fault))
        if not wrong and not document.faults:
            looked += [(article.article_id, sentence.number, by) for sentence in found]
    return Imported(tuple(events.values()), tuple(faults), len(documents), tuple(looked))


def _documents(path: Path, form: str, with_predictions: bool) -> list[Document]:
    if form == "brat":
        return list(read_brat(path))
    if form == "doccano":
        return list(read_doccano(path))
    return list(read_label_studio(path, with_predictions=with_predictions))


def _check_coders(documents: list[Document], coder: str | None, path: Path) -> None:
    named = sorted({document.coder for document in documents if document.coder is not None})
    if coder is None and any(document.coder is None for document in documents):
        fix = "Say it: --coder ben."
        raise ExchangeError("The file does not say who coded.", fix=fix, path=path, rule="no-coder")
    if coder is not None and len(named) > 1:
        message = f"The file has codings of {', '.join(named)}, which would all become {coder}'s."
        raise ExchangeError(message, fix="Leave out --coder, or export one of them.", path=path, rule="many-coders")


def _with_sentences(
    settled: list[tuple[Document, Article]], model: str, faults: list[Fault]
) -> Iterator[tuple[Document, Article, tuple[Sentence, ...]]]:
    """The documents that somebody annotated with their articles' sentences; each article is parsed once."""
    wanted = {article.article_id: article for document, article in settled if document.is_annotated}
    found: dict[str, tuple[Sentence, ...]] = {}
    for article, sentences in split_articles(wanted.values(), model) if wanted else ():
        if isinstance(sentences, Refused):
            faults.append(sentences.fault)
        else:
            found[article.article_id] = sentences
    for document, article in settled:
        if document.is_annotated and article.article_id in found:
            yield document, article, found[article.article_id]
