"""Who judged which sentence, as a table: what tells "no event here" from "not read", wherever the coding was done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from whodid.annotation.side_table import read_side_table
from whodid.errors import EventTableError, UsageError
from whodid.events.files import ENDINGS
from whodid.events.record import CodedEvent

JUDGED_COLUMNS = ("article_id", "sentence", "coder", "judgement", "n_events")
_NEEDED = ("coder", "article_id")
_SENTENCE = "sentence"
_FIX = "Give a .csv, .jsonl or .parquet file with the columns coder and article_id."


def judged_of(looked: Iterable[tuple[str, int, str]], events: Iterable[CodedEvent]) -> pd.DataFrame:
    """The table of judged sentences, sorted: article_id, sentence, coder, judgement ("events" or "no event"), n_events.

    looked: article, sentence and coder of what was judged; the sentences of the events are judged in any case.
    """
    counts = Counter((event.article_id, event.sentence, event.coder) for event in events)
    rows = [(*one, "events" if counts[one] else "no event", counts[one]) for one in sorted({*looked, *counts})]
    frame = pd.DataFrame(rows, columns=list(JUDGED_COLUMNS))
    text = dict.fromkeys(("article_id", "coder", "judgement"), "str")
    return frame.astype({**text, "sentence": "int32", "n_events": "int32"})


def read_judged(path: Path | str) -> pd.DataFrame:
    """Who judged what, from a .csv, .jsonl or .parquet file: see check_judged.

    Raises UsageError if the file cannot be read, or lacks a column or a value.
    """
    file = Path(path)
    if file.suffix not in ENDINGS:
        message = f"{file.suffix or 'A file without an ending'} is no format of a table of judged articles."
        raise UsageError(message, fix=_FIX, path=file, rule="bad-format")
    try:
        table = read_side_table(file)
    except EventTableError as error:
        [fault] = error.faults
        message = fault.message.replace("The table", "The table of judged articles", 1)
        raise UsageError(message, fix=_FIX, path=file, rule="cannot-read") from error
    return check_judged(table, file)


def check_judged(table: pd.DataFrame, path: Path | str | None = None) -> pd.DataFrame:
    """The columns coder and article_id as text, and sentence as Int64 if the table has it; each line once.

    A line says that a coder judged an article; with a sentence, that sentence of it. Other columns are ignored. Raises
    UsageError if a column or a value is missing, or a sentence is no whole number from 0 on.
    """
    for column in _NEEDED:
        if column not in table.columns:
            message = f"The table of judged articles has no column {column!r}."
            fix = "Give it the columns coder and article_id, one line for each article that a coder judged."
            raise UsageError(message, fix=fix, path=path, column=column, rule="missing-column")
        if table[column].isna().any():
            message = f"The table of judged articles has {int(table[column].isna().sum())} empty cells."
            fix = "Fill in who judged which article, or drop the line."
            raise UsageError(message, fix=fix, path=path, column=column, rule="null")
    out = table[list(_NEEDED)].astype("str")
    if _SENTENCE in table.columns:
        numbers = pd.to_numeric(table[_SENTENCE], errors="coerce")
        is_bad = table[_SENTENCE].notna() & ((numbers < 0) | numbers.isna() | (numbers % 1 != 0))
        if is_bad.any():
            value = str(table.loc[is_bad, _SENTENCE].iloc[0])
            fix = "Count sentences from 0; leave the cell empty for a whole article."
            raise UsageError(
                f"{value!r} is no sentence.", fix=fix, path=path, column=_SENTENCE, value=value, rule="bad-sentence"
            )
        out[_SENTENCE] = numbers.astype("Int64")
    return out.drop_duplicates(ignore_index=True)
