"""An assignment as CSV: written, read back with every fault named, and the articles that it gives a coder."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from whodid.annotation.assign import COLUMNS, own_of
from whodid.articles.model import Article
from whodid.atomic import write_text
from whodid.errors import Fault, UsageError


def write_assignment(assignment: pd.DataFrame, path: Path | str) -> None:
    """Write an assignment as CSV. Raises OutputError if the file cannot be written."""
    write_text(path, str(assignment[list(COLUMNS)].to_csv(index=False, lineterminator="\n")))


def read_assignment(path: Path | str) -> pd.DataFrame:
    """What write_assignment wrote, or a table with its columns that somebody edited.

    Raises UsageError with every fault: a column or cell that is missing, a number that is none, a line that comes twice.
    """
    file = Path(path)
    try:
        table = pd.read_csv(file, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error).splitlines()[0]
        fix = "Give the file that `whodid assign make` wrote."
        raise UsageError(f"The assignment cannot be read: {reason}.", fix=fix, path=file, rule="cannot-read") from error
    faults = [
        Fault("missing-column", f"The column {name!r} is missing.", f"Add it: {', '.join(COLUMNS)}.", file, column=name)
        for name in COLUMNS
        if name not in table.columns
    ]
    if not faults:
        faults = _faults(table, file)
    if faults:
        raise UsageError.of(faults)
    numbers = dict.fromkeys(("place", "words", "coders"), "int64")
    return table[list(COLUMNS)].astype({**numbers, "coder": "str", "article_id": "str"})


def assigned_to(articles: Iterable[Article], assignment: pd.DataFrame | Path | str, coder: str) -> tuple[Article, ...]:
    """The articles that an assignment (a table or its file) gives a coder, in the coder's order.

    Raises UsageError for a coder without articles, and if articles of theirs are not among those given.
    """
    table = assignment if isinstance(assignment, pd.DataFrame) else read_assignment(assignment)
    by_id = {article.article_id: article for article in articles}
    own = own_of(table, coder)["article_id"].tolist()
    missing = [article for article in own if article not in by_id]
    if missing:
        shown = ", ".join(map(repr, missing[:3])) + (f" and {len(missing) - 3} more" if len(missing) > 3 else "")
        message = f"{len(missing)} of the {len(own)} articles of {coder} are not there: {shown}."
        fix = "Give the articles that were assigned, or assign anew."
        path = None if isinstance(assignment, pd.DataFrame) else Path(assignment)
        raise UsageError(message, fix=fix, path=path, value=missing[0], rule="no-article")
    return tuple(by_id[article] for article in own)


def _faults(table: pd.DataFrame, file: Path) -> list[Fault]:
    out = []
    seen: set[tuple[str, str]] = set()
    for line, row in enumerate(table.to_dict("records"), start=2):
        for name in ("coder", "article_id"):
            if not row[name]:
                out.append(Fault("null", f"{name} is empty.", "Fill it in, or drop the line.", file, line, column=name))
        for name in ("place", "words", "coders"):
            if not row[name].isascii() or not row[name].isdigit():
                fix = "Write a whole number."
                out.append(
                    Fault("bad-number", f"{row[name]!r} is no number.", fix, file, line, column=name, value=row[name])
                )
        key = (row["coder"], row["article_id"])
        if key in seen:
            message = f"{row['coder']} has the article {row['article_id']} twice."
            out.append(Fault("duplicate", message, "Drop one of the lines.", file, line, value=row["article_id"]))
        seen.add(key)
    return out
