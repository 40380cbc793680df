"""Articles in, coding sheet out: the file, by its ending."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from whodid.annotation.sheets.columns import NAMES
from whodid.annotation.sheets.csv_sheet import plan_rows, rows_to_csv
from whodid.annotation.sheets.plan import SheetPlan, plan_sheet
from whodid.annotation.sheets.read import ENDINGS
from whodid.annotation.sheets.workbook_write import workbook_bytes
from whodid.articles.model import Article
from whodid.atomic import write_bytes
from whodid.codebook.load import load_codebook
from whodid.codebook.model import Codebook
from whodid.coder.parse import DEFAULT_MODEL
from whodid.errors import SheetError

_MOST_ROWS = 1_000_000


def make_sheet(
    articles: Iterable[Article],
    path: Path | str,
    *,
    suggest: bool = False,
    codebook: Codebook | Path | str | None = None,
    model: str = DEFAULT_MODEL,
    progress: Callable[[int], None] | None = None,
) -> SheetPlan:
    """Write a coding sheet of some articles, one row a sentence, as .xlsx or .csv; gives what stands in it.

    suggest: show the pattern coder's rows in a locked column; no answer is filled in. The same articles and codebook
    give the same bytes. Sentences that no cell can hold are in the plan's `refused`.
    Raises SheetError for another ending or if there is no sentence, OutputError if the file cannot be written.
    """
    target = Path(path)
    check_sheet_ending(target)
    book = codebook if isinstance(codebook, Codebook) else load_codebook(codebook)
    plan = plan_sheet(articles, book, suggest=suggest, model=model, progress=progress)
    if not plan.lines or len(plan.lines) > _MOST_ROWS:
        message = "There is no sentence to code." if not plan.lines else f"{len(plan.lines):,} rows fit in no sheet."
        fix = "Give articles with text." if not plan.lines else "Make several sheets."
        raise SheetError(message, fix=fix, path=target, rule="bad-length")
    if target.suffix.lower() == ".csv":
        names = [name for name in NAMES if name != "machine" or suggest]
        write_bytes(target, rows_to_csv(plan_rows(plan), names))
    else:
        write_bytes(target, workbook_bytes(plan, book))
    return plan


def check_sheet_ending(path: Path | str) -> None:
    """Raises SheetError if a sheet cannot be written under that name; ask before long work, not after it."""
    if Path(path).suffix.lower() not in ENDINGS:
        message = f"The ending {Path(path).suffix!r} is no coding sheet's."
        raise SheetError(message, fix="Let it end in .xlsx or .csv.", path=path, rule="ending")
