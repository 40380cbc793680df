"""Every row that is not as the gold has it, with the sentence in which it was read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd

from whodid.articles.model import Article
from whodid.coder.parse import DEFAULT_MODEL, LONGEST_TEXT, load_model, parse_texts, sentences

PARTS = ("actor", "action", "target", "date")
TEXTS = ("actor_text", "action_text", "target_text")
COLUMNS = (
    "kind", "article_id", "sentence", "sentence_text", "differs",
    *(f"gold_{part}" for part in PARTS), *(f"coded_{part}" for part in PARTS), *TEXTS,
    "gold_event_id", "coded_event_id",
)  # fmt: skip

Row = dict[Any, Any]


def misses_of(
    couples: Sequence[tuple[Row | None, Row | None]],
    articles: Iterable[Article] | None = None,
    model: str = DEFAULT_MODEL,
) -> pd.DataFrame:
    """The couples (coded row, gold row; None where there is none) that are not equal, one line for each.

    kind: missed (no coded row), wrong (both, and they differ), extra (no gold row). differs: for wrong ones, which of
    actor, action, target and date differ, with blanks between; null otherwise. gold_ and coded_ columns are null where
    there is no such row. sentence and the words are the coded row's, for missed ones the gold row's.
    sentence_text: the sentence that holds the action's words, on one line; null without articles, and where the row's
    article is not among them or has other words there. Order: article, sentence, place of the action's words.
    Raises CoderError if articles are given and the spaCy model, which tells where sentences end, is missing.
    """
    found = [(coded, gold) for coded, gold in couples if coded is None or gold is None or differing(coded, gold)]
    rows = [coded if coded is not None else gold for coded, gold in found]
    order = sorted(range(len(found)), key=lambda i: _place(rows[i]))
    texts = _sentence_texts([rows[i] for i in order], articles, model)
    lines = [_line(*found[i], text) for i, text in zip(order, texts, strict=True)]
    frame = pd.DataFrame(lines, columns=list(COLUMNS))
    dates = ("gold_date", "coded_date")
    kinds = {name: "str" for name in COLUMNS if name not in {"sentence", *dates}}
    return frame.astype({**kinds, "sentence": "int64", **dict.fromkeys(dates, "datetime64[s]")})


def differing(coded: Row, gold: Row) -> list[str]:
    """Which of actor, action, target and date differ between two rows."""
    return [part for part in PARTS if coded[part] != gold[part]]


def _place(row: Row | None) -> tuple[Any, ...]:
    assert row is not None
    return row["article_id"], row["sentence"], row["action_start"], row["event_id"]


def _line(coded: Row | None, gold: Row | None, text: str | None) -> dict[str, Any]:
    row = coded if coded is not None else gold
    assert row is not None
    kind = "missed" if coded is None else "extra" if gold is None else "wrong"
    parts = " ".join(differing(coded, gold)) if coded is not None and gold is not None else None
    line = {"kind": kind, "differs": parts, "sentence_text": text}
    line |= {name: row[name] for name in ("article_id", "sentence", *TEXTS)}
    for side, its in (("gold", gold), ("coded", coded)):
        line |= {f"{side}_{part}": None if its is None else its[part] for part in (*PARTS, "event_id")}
    return line


def _sentence_texts(rows: Sequence[Any], articles: Iterable[Article] | None, model: str) -> list[str | None]:
    needed = {row["article_id"] for row in rows}
    texts = {a.article_id: a.text for a in articles or () if a.article_id in needed and len(a.text) <= LONGEST_TEXT}
    if not texts:
        return [None] * len(rows)
    ends: dict[str, list[tuple[int, int]]] = {}
    for article_id, doc in zip(texts, parse_texts(load_model(model), texts.values()), strict=True):
        ends[article_id] = [(s.start_char, s.end_char) for s in sentences(doc)]
    return [_sentence_text(row, texts.get(row["article_id"]), ends.get(row["article_id"], [])) for row in rows]


def _sentence_text(row: Row, text: str | None, spans: Sequence[tuple[int, int]]) -> str | None:
    start, end = int(row["action_start"]), int(row["action_end"])
    if text is None or text[start:end] != row["action_text"]:
        return None
    # A person's words may reach over the parser's sentence end: then both sentences are shown.
    touched = [(a, b) for a, b in spans if a < end and start < b]
    return " ".join(text[touched[0][0] : touched[-1][1]].split()) if touched else None
