"""Write data/coded from data/raw with what the coder makes of it today; with --check, only compare.

Run it (`make data`) after a change that is meant to alter codings, and read the diff of events.csv as codings.
`make test` runs it with --check, which names the file that is stale and leaves everything as it is.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from whodid.articles.read import read_articles
from whodid.codebook.load import load_codebook
from whodid.coder.code import CODER, code
from whodid.errors import WhodidError
from whodid.events.files import write_events

ROOT = Path(__file__).resolve().parents[1]
NAMES = ("events.parquet", "events.csv")


def write_coded(raw: Path, coded: Path, workers: int = 1) -> int:
    """Code the articles in raw and write both event files to coded; gives the number of events."""
    articles = read_articles(raw)
    if articles.refused:
        raise WhodidError.of([item.fault for item in articles.refused])
    codebook = load_codebook()
    events = code(articles, codebook=codebook, workers=workers)
    for name in NAMES:
        write_events(events, coded / name, codebook=codebook.label, codebook_hash=codebook.hash, coder=CODER)
    return len(events)


def stale(raw: Path, coded: Path) -> list[str]:
    """A sentence for each file in coded that is not what the code writes today."""
    with tempfile.TemporaryDirectory() as name:
        fresh = Path(name)
        write_coded(raw, fresh)
        sentences = []
        for name in NAMES:
            path = coded / name
            if not path.is_file():
                sentences.append(f"{path}: The file is missing. Run `make data`.")
            elif path.read_bytes() != (fresh / name).read_bytes():
                sentences.append(
                    f"{path}: The file is not what the code writes today. Run `make data` and review the diff."
                )
        return sentences


def main(arguments: list[str]) -> int:
    """Write, or check with --check. Exit code 1 if a file is stale or an article cannot be read."""
    try:
        if arguments == ["--check"]:
            sentences = stale(ROOT / "data" / "raw", ROOT / "data" / "coded")
            print("\n".join(sentences) or "data/coded is what the code writes today")
            return 1 if sentences else 0
        if arguments:
            print("usage: data_coded.py [--check]", file=sys.stderr)
            return 2
        count = write_coded(ROOT / "data" / "raw", ROOT / "data" / "coded")
    except WhodidError as error:
        print(error, file=sys.stderr)
        return 1
    print(f"{count} events in data/coded")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
