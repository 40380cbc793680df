"""Articles, with what is coded in them, as files that other annotation tools import."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

import pandas as pd

from whodid.annotation.exchange.brat import to_brat
from whodid.annotation.exchange.doccano import to_doccano
from whodid.annotation.exchange.draft import SIDES
from whodid.annotation.exchange.forms import check_form
from whodid.annotation.exchange.label_studio import to_label_studio
from whodid.annotation.exchange.label_studio_config import labelling_config
from whodid.articles.model import Article
from whodid.atomic import write_text
from whodid.codebook.load import load_codebook
from whodid.codebook.model import Codebook
from whodid.errors import ExchangeError, Fault
from whodid.events.record import CodedEvent
from whodid.events.table import table_to_events


def export_annotations(
    articles: Iterable[Article],
    path: Path | str,
    form: str,
    *,
    events: pd.DataFrame | None = None,
    codebook: Codebook | Path | str | None = None,
) -> tuple[Path, ...]:
    """Write articles, and the events coded in them if given, for another tool; gives the files written.

    form: label-studio (a JSON file, and beside it the labelling configuration as .xml), doccano (a JSONL file) or brat
    (a new folder). Only rows of one coder can go to doccano and brat, which do not say who coded.
    Raises ExchangeError with every row that does not fit its article, and if brat's folder is not empty.
    """
    check_form(form)
    target = Path(path)
    book = codebook if isinstance(codebook, Codebook) else load_codebook(codebook)
    listed = sorted(articles, key=lambda article: article.article_id)
    rows = list(table_to_events(events)) if events is not None else []
    _check(rows, listed, form)
    by_article: dict[str, list[CodedEvent]] = defaultdict(list)
    for row in rows:
        by_article[row.article_id].append(row)
    if form == "brat":
        if target.exists() and (not target.is_dir() or any(target.iterdir())):
            fix = "Give a new folder, so that nobody's annotations are overwritten."
            raise ExchangeError("The folder holds files already.", fix=fix, path=target, rule="not-empty")
        files = {target / name: text for name, text in to_brat(listed, by_article, book).items()}
    elif form == "doccano":
        files = {target: to_doccano(listed, by_article)}
    else:
        config = target.with_suffix(".xml")
        files = {target: to_label_studio(listed, by_article), config: labelling_config(book)}
    for file, text in files.items():
        write_text(file, text)
    return tuple(files)


def _check(rows: Sequence[CodedEvent], articles: Sequence[Article], form: str) -> None:
    texts = {article.article_id: article.text for article in articles}
    faults: list[Fault] = []
    for number, row in enumerate(rows):
        if row.article_id not in texts:
            message = f"The article {row.article_id!r} is not among those given."
            fix = "Give the articles that the rows were coded from."
            faults.append(Fault("unknown-article", message, fix, row=number, column="article_id", value=row.article_id))
            continue
        for side in SIDES:
            words = getattr(row, f"{side}_text")
            start, end = getattr(row, f"{side}_start"), getattr(row, f"{side}_end")
            there = texts[row.article_id][start:end]
            if there != words:
                message = (
                    f"{side}_text is {words!r}, but at {start} to {end} the article {row.article_id!r} has {there!r}."
                )
                fix = "Give the articles as they were coded, or code them again."
                faults.append(Fault("offset-mismatch", message, fix, row=number, column=f"{side}_text", value=words))
    coders = sorted({row.coder for row in rows})
    if form != "label-studio" and len(coders) > 1:
        message = f"The rows are of {len(coders)} coders ({', '.join(coders)}), and {form} does not say who coded."
        faults.append(Fault("many-coders", message, "Export one coder's rows at a time.", column="coder"))
    if faults:
        raise ExchangeError.of(faults)
