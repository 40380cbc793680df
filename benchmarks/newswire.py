"""How often `whodid code` finds who did what to whom in benchmarks/newswire.txt, and where it fails.

A sentence is right if a row's actor and target overlap the marked words and its action is of the right kind (the PLOVER
event, concessions and retreats as one). The sets are told apart, since reading the errors of a set makes it easier.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from whodid.articles.model import Article
from whodid.codebook.load import load_codebook
from whodid.codebook.marks import Mark, parse_marks
from whodid.coder.code import Coder
from whodid.coder.decide import kind_of

SENTENCES = Path(__file__).with_suffix(".txt")
OUTCOMES = ("right", "other kind", "other words", "no row")


def main() -> None:
    codebook = load_codebook()
    lines = [line.split(" | ", 3) for line in SENTENCES.read_text().splitlines() if not line.startswith("#")]
    parsed = [parse_marks(marked) for _, _, _, marked in lines]
    articles = [
        Article(str(n), text, date.fromisoformat(day))
        for n, ((day, _, _, _), (text, _)) in enumerate(zip(lines, parsed, strict=True))
    ]
    counts: dict[str, Counter[str]] = {}
    for (_, part, action, _), (_, marks), reading in zip(lines, parsed, Coder(codebook).read(articles), strict=True):
        between = [
            e
            for e in reading.events
            if _overlaps(e.actor_start, e.actor_end, marks, "actor")
            and _overlaps(e.target_start, e.target_end, marks, "target")
        ]
        if any(kind_of(codebook, e.action) == kind_of(codebook, action) for e in between):
            outcome = "right"
        elif between:
            outcome = "other kind"
        else:
            outcome = "other words" if reading.events else "no row"
        counts.setdefault(part, Counter())[outcome] += 1
    for part, found in counts.items():
        total = sum(found.values())
        print(f"{part:7} {total:4} sentences  " + "  ".join(f"{o} {found[o] / total:.1%}" for o in OUTCOMES))


def _overlaps(start: int, end: int, marks: Iterable[Mark], role: str) -> bool:
    return any(m.role == role and start < m.end and m.start < end for m in marks)


if __name__ == "__main__":
    main()
