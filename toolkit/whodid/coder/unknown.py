"""The actors that no table knows, counted, so that a researcher can add the commonest ones to the codebook."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from whodid.atomic import write_text
from whodid.coder.reading import Reading
from whodid.formulas import shown


def count_unknown(readings: Iterable[Reading]) -> list[tuple[str, str, int, str]]:
    """Words, role, count and the first article in which they stand; commonest first, then by words."""
    counts: Counter[tuple[str, str]] = Counter()
    first: dict[tuple[str, str], str] = {}
    for reading in readings:
        for unknown in reading.unknown:
            key = (unknown.words, unknown.role)
            counts[key] += 1
            first.setdefault(key, reading.article.article_id)
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return [(words, role, count, first[words, role]) for (words, role), count in ordered]


def unknown_to_csv(readings: Iterable[Reading], path: Path | str) -> None:
    """Write count_unknown as CSV: words, role, count, article_id. Cells that a spreadsheet would run are quoted."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["words", "role", "count", "article_id"])
    for words, role, count, article in count_unknown(readings):
        writer.writerow([shown(words), role, count, shown(article)])
    write_text(path, out.getvalue())
