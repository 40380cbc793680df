"""An event as another tool has it: spans tied together, with codes and the rest as somebody wrote them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from whodid.errors import Fault

SIDES = ("actor", "action", "target")
# What hangs on an event beside its codes, by the name that it has in every format.
REMARKS = ("date", "date_basis", "confidence", "note")


@dataclass(frozen=True, slots=True)
class Marked:
    """Words with a role: half-open characters of the document, the words if the file has them, and the code as written."""

    start: int
    end: int
    code: str = ""
    words: str | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """One action with all that is tied to it. line: where it stands in the file, from 1; None if it has no lines."""

    action: Marked
    actors: tuple[Marked, ...]
    targets: tuple[Marked, ...]
    remarks: dict[str, str] = field(default_factory=dict)
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """What a file says of one article: its text, who marked it (None if the file does not say), and what was marked.

    path: the file, with the place in it, for messages. article_id is empty where the file does not name the article.
    faults: what could not be read of it. is_certain: the file says that somebody annotated it; else only marks tell.
    """

    path: str
    article_id: str
    text: str
    coder: str | None
    drafts: tuple[Draft, ...] = ()
    faults: tuple[Fault, ...] = ()
    line: int | None = None
    is_certain: bool = False

    @property
    def is_annotated(self) -> bool:
        """True if somebody annotated it: a text without marks may be one without events, or one that nobody opened."""
        return self.is_certain or bool(self.drafts)


def untied(marks: Sequence[tuple[str, Marked]], text: str, path: str, line: int | None = None) -> list[Fault]:
    """A fault for each party that no action is tied to."""
    return [
        Fault(
            "untied",
            f"The {role} {text[mark.start : mark.end]!r} ({mark.start} to {mark.end}) is tied to no action.",
            f"Draw a relation {role!r} from the action to it, or remove it.",
            path,
            line,
        )
        for role, mark in marks
    ]
