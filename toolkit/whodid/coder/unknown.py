"""The actors that no table knows, counted, so that a researcher can add the commonest ones to the codebook."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from whodid.atomic import write_text
from whodid.coder.codings import ArticleCodings
from whodid.coder.reading import Reading
from whodid.formulas import shown


class Count(NamedTuple):
    """Words that no table knows, the role in which they stand, how often, and the first article in which they do."""

    words: str
    role: str
    times: int
    article_id: str


def count_unknown(readings: Iterable[Reading | ArticleCodings]) -> list[Count]:
    """Words, role, count and the first article in which they stand; commonest first, then by words."""
    return add_up(
        Count(unknown.words, unknown.role, 1, reading.article.article_id)
        for reading in readings
        for unknown in reading.unknown
    )


def add_up(counts: Iterable[Count]) -> list[Count]:
    """The counts of the same words in the same role as one; commonest first, then by words."""
    totals: Counter[tuple[str, str]] = Counter()
    first: dict[tuple[str, str], str] = {}
    for one in counts:
        key = (one.words, one.role)
        totals[key] += one.times
        first.setdefault(key, one.article_id)
    ordered = sorted(totals.items(), key=lambda pair: (-pair[1], pair[0]))
    return [Count(words, role, count, first[words, role]) for (words, role), count in ordered]


def unknown_to_csv(readings: Iterable[Reading | ArticleCodings], path: Path | str) -> None:
    """Write count_unknown as CSV: words, role, count, article_id. Cells that a spreadsheet would run are quoted."""
    counts_to_csv(count_unknown(readings), path)


def counts_to_csv(counts: Iterable[Count], path: Path | str) -> None:
    """Write counts as unknown_to_csv does."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["words", "role", "count", "article_id"])
    for words, role, count, article in counts:
        writer.writerow([shown(words), role, count, shown(article)])
    write_text(path, out.getvalue())
