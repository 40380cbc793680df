"""The columns of a coding sheet: what each is for, how wide, who fills it, and what the cell says when one stands on it."""

from __future__ import annotations

from dataclasses import dataclass

from whodid.events.record import DATE_BASES

NO_EVENT = "no event"


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """One column: width in characters; answers are filled by the coder, all else is locked.

    choices: a closed list; actions and actors take theirs from the codebook. prompt: what a coder reads on the cell.
    """

    name: str
    width: int
    prompt: str = ""
    is_answer: bool = False
    is_hidden: bool = False
    choices: tuple[str, ...] = ()


def _answer(name: str, width: int, prompt: str, choices: tuple[str, ...] = ()) -> SheetColumn:
    return SheetColumn(name, width, prompt, is_answer=True, choices=choices)


SHEET_COLUMNS: tuple[SheetColumn, ...] = (
    SheetColumn("row", 5),
    SheetColumn("article_id", 18),
    SheetColumn("sentence", 9),
    SheetColumn("published", 11),
    SheetColumn("text", 58),
    SheetColumn("machine", 40),
    _answer("actor_text", 18, "The words that name who did it, copied from the sentence."),
    _answer(
        "actor",
        18,
        "Code of who did it, such as KORGOV: from the list, or composed. See the tab actors.",
    ),
    _answer("action_text", 18, "The words that say what was done."),
    _answer("action", 24, "Code of what was done. Choose from the list, or type the code. See the tab codebook."),
    _answer("target_text", 18, "The words that name to whom it was done."),
    _answer("target", 18, "Code of to whom it was done: from the list, or composed. See the tab actors."),
    _answer("date", 12, "The day on which it happened. Empty: the day of publication."),
    _answer("date_basis", 11, "Where the day was read: text or dateline. Empty is fine.", DATE_BASES),
    _answer("confidence", 11, "How sure you are, from 0 to 1. Empty is fine."),
    _answer("note", 28, "Anything that the next reader should know."),
    _answer("status", 10, f"Choose '{NO_EVENT}' if the sentence reports none.", (NO_EVENT,)),
    SheetColumn("publisher", 12, is_hidden=True),
    SheetColumn("key", 24, is_hidden=True),
)
NAMES = tuple(column.name for column in SHEET_COLUMNS)
ANSWERS = tuple(column.name for column in SHEET_COLUMNS if column.is_answer)
# What a row must carry to be read at all.
IDENTITY = ("article_id", "sentence", "text", "publisher", "key")
# A row set aside says why here; read_sheet passes over it, so that a mended file can be read again.
REASONS = "reasons"
