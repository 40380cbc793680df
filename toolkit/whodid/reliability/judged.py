"""Who judged what: a table that knows of articles and sentences in which a coder found nothing."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from whodid.errors import UsageError

COLUMNS = ("coder", "article_id")
SENTENCE = "sentence"
_FIX = "Give a .csv, .jsonl or .parquet file with the columns coder and article_id."


def read_judged(path: Path | str) -> pd.DataFrame:
    """Who judged what, from a .csv, .jsonl or .parquet file: see check_judged.

    Raises UsageError if the file cannot be read, or lacks a column or a value.
    """
    file = Path(path)
    try:
        if file.suffix == ".parquet":
            table = pd.read_parquet(file)
        elif file.suffix == ".jsonl":
            table = pd.read_json(file, lines=True, dtype=False)
        elif file.suffix == ".csv":
            # "nan" and "NA" are names that people have.
            table = pd.read_csv(file, dtype=str, keep_default_na=False, na_values=[""], encoding="utf-8-sig")
        else:
            message = f"{file.suffix or 'A file without an ending'} is no format of a table of judged articles."
            raise UsageError(message, fix=_FIX, path=file, rule="bad-format")
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error).splitlines()[0]
        message = f"The table of judged articles cannot be read: {reason}."
        raise UsageError(message, fix=_FIX, path=file, rule="cannot-read") from error
    return check_judged(table, file)


def check_judged(table: pd.DataFrame, path: Path | str | None = None) -> pd.DataFrame:
    """The columns coder and article_id as text, and sentence as Int64 if the table has it; each line once.

    A line says that a coder judged an article; with a sentence, that sentence of it. Other columns are ignored. Raises
    UsageError if a column or a value is missing, or a sentence is no whole number from 0 on.
    """
    for column in COLUMNS:
        if column not in table.columns:
            message = f"The table of judged articles has no column {column!r}."
            fix = "Give it the columns coder and article_id, one line for each article that a coder judged."
            raise UsageError(message, fix=fix, path=path, column=column, rule="missing-column")
        if table[column].isna().any():
            message = f"The table of judged articles has {int(table[column].isna().sum())} empty cells."
            fix = "Fill in who judged which article, or drop the line."
            raise UsageError(message, fix=fix, path=path, column=column, rule="null")
    out = table[list(COLUMNS)].astype("str")
    if SENTENCE in table.columns:
        numbers = pd.to_numeric(table[SENTENCE], errors="coerce")
        is_bad = table[SENTENCE].notna() & ((numbers < 0) | numbers.isna() | (numbers % 1 != 0))
        if is_bad.any():
            value = str(table.loc[is_bad, SENTENCE].iloc[0])
            fix = "Count sentences from 0; leave the cell empty for a whole article."
            raise UsageError(
                f"{value!r} is no sentence.", fix=fix, path=path, column=SENTENCE, value=value, rule="bad-sentence"
            )
        out[SENTENCE] = numbers.astype("Int64")
    return out.drop_duplicates(ignore_index=True)
