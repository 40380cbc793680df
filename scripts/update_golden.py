"""Rewrite tests/golden/coding/*/expected.csv with what the coder makes of article.json today.

Run it (`make golden`) after a change that is meant to alter codings, and read the diff as codings: each line is a claim
that a careful reader of the sentence must agree with.
"""

from __future__ import annotations

import sys
from pathlib import Path

from whodid.articles.read import read_articles
from whodid.coder.code import code

FOLDER = Path(__file__).resolve().parents[1] / "tests" / "golden" / "coding"
COLUMNS = [
    "article_id", "sentence", "date", "date_basis", "actor", "action", "target", "actor_text", "action_text", "target_text",
]  # fmt: skip


def main() -> int:
    for folder in sorted(path for path in FOLDER.iterdir() if path.is_dir()):
        events = code(read_articles(folder / "article.json"))
        events[COLUMNS].to_csv(folder / "expected.csv", index=False, lineterminator="\n")
        print(f"{folder.name}: {len(events)} events")
    return 0


if __name__ == "__main__":
    sys.exit(main())
