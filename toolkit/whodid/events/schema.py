"""The event table: its columns, their types and what each may hold. Docs, checks and files all read it from here."""

from __future__ import annotations

from dataclasses import dataclass

import pyarrow as pa

SCHEMA_VERSION = "1.0.0"
_CODES = pa.dictionary(pa.int32(), pa.string())


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its Arrow type, whether it may be null, what it means, and the rules its values obey.

    pattern is a regular expression for the whole value; allowed a closed list; minimum and maximum are inclusive.
    """

    name: str
    arrow: pa.DataType
    description: str
    is_nullable: bool = False
    pattern: str | None = None
    allowed: tuple[str, ...] | None = None
    minimum: float | None = None
    maximum: float | None = None
    is_unique: bool = False
    is_identity: bool = False


COLUMNS: tuple[Column, ...] = (
    Column(
        "actor",
        _CODES,
        "Who did it: composed actor code, e.g. KORGOV",
        pattern=r"(?:[A-Za-z0-9]{3})+",
        is_identity=True,
    ),
    Column(
        "action",
        _CODES,
        "What was done: action code of the codebook, e.g. 114",
        pattern=r"[0-9]{2,4}",
        is_identity=True,
    ),
    Column("target", _CODES, "To whom: composed actor code", pattern=r"(?:[A-Za-z0-9]{3})+", is_identity=True),
    Column("date", pa.date32(), "Day on which it happened", is_identity=True),
    Column(
        "date_basis",
        _CODES,
        "Where the date came from: the text, the dateline, or the day of publication",
        allowed=("text", "dateline", "published"),
    ),
    Column(
        "event_id",
        pa.string(),
        "16 hex digits, a hash of the identifying columns: the same coding has the same id everywhere",
        pattern=r"[0-9a-f]{16}",
        is_unique=True,
    ),
    Column("article_id", pa.string(), "The article in which it was read", pattern=r"[\s\S]+", is_identity=True),
    Column("sentence", pa.int32(), "The sentence of the article, counted from 0", minimum=0, is_identity=True),
    Column("actor_text", pa.string(), "The words that name the actor", pattern=r"[\s\S]+"),
    Column("action_text", pa.string(), "The words that name the action", pattern=r"[\s\S]+"),
    Column("target_text", pa.string(), "The words that name the target", pattern=r"[\s\S]+"),
    Column(
        "actor_start", pa.int32(), "First character of actor_text in the article's text", minimum=0, is_identity=True
    ),
    Column("actor_end", pa.int32(), "One past its last character", minimum=1, is_identity=True),
    Column("action_start", pa.int32(), "First character of action_text", minimum=0, is_identity=True),
    Column("action_end", pa.int32(), "One past its last character", minimum=1, is_identity=True),
    Column("target_start", pa.int32(), "First character of target_text", minimum=0, is_identity=True),
    Column("target_end", pa.int32(), "One past its last character", minimum=1, is_identity=True),
    Column("published", pa.date32(), "Day on which the article was published"),
    Column("publisher", _CODES, "Who published the article", is_nullable=True),
    Column(
        "coder",
        _CODES,
        "Who coded it: a person, a machine with its version (pattern@0.1.0), or adjudicated",
        pattern=r"\S(?:.*\S)?",
        is_identity=True,
    ),
    Column(
        "confidence",
        pa.float32(),
        "The coder's confidence from 0 to 1, to three decimals",
        is_nullable=True,
        minimum=0.0,
        maximum=1.0,
    ),
    Column("note", pa.string(), "The coder's remark", is_nullable=True),
)

# What enrich derives from the columns above and a codebook; never typed in, and never read back as input.
DERIVED: tuple[Column, ...] = (
    Column("root", _CODES, "Root code: the first two digits of the action", pattern=r"[0-9]{2}"),
    Column("action_label", _CODES, "The action's label in the codebook", is_nullable=True),
    Column(
        "quad_class",
        pa.int8(),
        "1 verbal, 2 material cooperation; 3 verbal, 4 material conflict",
        True,
        minimum=1,
        maximum=4,
    ),
    Column("goldstein", pa.float32(), "Goldstein score, -10 conflict to 10 cooperation", True, minimum=-10, maximum=10),
    Column("plover_event", _CODES, "PLOVER event; null where PLOVER has none (roots 01 and 02)", True),
    Column("plover_mode", _CODES, "PLOVER mode", True),
    Column("plover_context", _CODES, "PLOVER contexts, joined with |", True),
    Column("actor_country", _CODES, "The actor's country code; null for actors without one", True),
    Column("actor_role", _CODES, "The actor's first role code; null where the code has none", True),
    Column("target_country", _CODES, "The target's country code; null for targets without one", True),
    Column("target_role", _CODES, "The target's first role code; null where the code has none", True),
)

BY_NAME = {column.name: column for column in (*COLUMNS, *DERIVED)}


def arrow_schema(with_derived: bool = False) -> pa.Schema:
    """The Arrow schema: the 22 columns in their order, and the derived ones behind them if asked for."""
    columns = (*COLUMNS, *DERIVED) if with_derived else COLUMNS
    return pa.schema([pa.field(c.name, c.arrow, nullable=c.is_nullable) for c in columns])
