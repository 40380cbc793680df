"""The event table: its columns, their types and what each may hold. Docs, checks and files all read it from here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

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

# What one_a_day adds to the row that it keeps of several.
MERGED: tuple[Column, ...] = (
    Column("merged_ids", pa.string(), "The event_id of every row that this one stands for, joined with |", True),
    Column("merged_publishers", pa.string(), "Who published them, each once, joined with |", True),
)

BY_NAME = {column.name: column for column in (*COLUMNS, *DERIVED, *MERGED)}

# Imported events: what another dataset says without words, offsets or article (docs/decisions/0015).
_OFTEN_UNKNOWN = {
    *("date_basis", "article_id", "sentence", "published"),
    *(f"{side}_{part}" for side in ("actor", "action", "target") for part in ("text", "start", "end")),
}
_ORIGINAL = "original_"
_PLOVER = r"[A-Z]+(?::[a-z][a-z-]*)?"
_OWN_RULES: dict[str, dict[str, str]] = {
    "action": {
        "pattern": rf"[0-9]{{2,4}}|{_PLOVER}",
        "description": "What was done: CAMEO code, or PLOVER event with its mode",
    },
    "root": {
        "pattern": r"[0-9]{2}|[A-Z]+",
        "description": "Root code: the first two digits of a CAMEO action, the event of a PLOVER one",
    },
    "event_id": {"description": "16 hex digits, a hash of coder, original_id, date, actor, action and target"},
    "coder": {"description": "The dataset with its version, such as gdelt@2.0"},
}
ORIGINAL: tuple[Column, ...] = (
    Column("original_id", pa.string(), "The event's id in the dataset that it comes from", True),
    Column("original_file", _CODES, "The name of the file in which it stands", pattern=r"[\s\S]+"),
    Column("original_line", pa.int32(), "The line of the file on which it stands, counted from 1", minimum=1),
    Column("actor_name", _CODES, "How the dataset names the actor", True),
    Column("target_name", _CODES, "How the dataset names the target", True),
)


def _imported(column: Column) -> Column:
    own = replace(column, is_nullable=column.is_nullable or column.name in _OFTEN_UNKNOWN, is_identity=False)
    return replace(own, **_OWN_RULES.get(column.name, {}))  # type: ignore[arg-type]


IMPORTED: tuple[Column, ...] = (*(_imported(column) for column in COLUMNS), *ORIGINAL)
IMPORTED_DERIVED: tuple[Column, ...] = tuple(_imported(column) for column in DERIVED)
_IMPORTED_BY_NAME = {column.name: column for column in (*IMPORTED, *IMPORTED_DERIVED, *MERGED)}


def is_imported(names: Iterable[object]) -> bool:
    """True if columns of these names are a table of imported events."""
    return "original_id" in set(names)


def required_columns(names: Iterable[object]) -> tuple[Column, ...]:
    """The columns that a table with these names must have: those of imported events, or those of coded ones."""
    return IMPORTED if is_imported(names) else COLUMNS


def known_columns(names: Iterable[object]) -> Mapping[str, Column]:
    """The columns that a table with these names may have, by name, in their order."""
    listed = list(names)
    if not is_imported(listed):
        return BY_NAME
    own = [str(name) for name in listed if str(name).startswith(_ORIGINAL) and name not in _IMPORTED_BY_NAME]
    return {**_IMPORTED_BY_NAME, **{name: original_column(name) for name in sorted(own)}}


def original_column(name: str) -> Column:
    """A column that the original has and we do not read: its text, untouched."""
    described = name.removeprefix(_ORIGINAL).replace("_", " ")
    return Column(name, _CODES, f"What the original says: {described}", True)


def arrow_schema(with_derived: bool = False) -> pa.Schema:
    """The Arrow schema: the 22 columns in their order, and the derived ones behind them if asked for."""
    columns = (*COLUMNS, *DERIVED) if with_derived else COLUMNS
    return pa.schema([pa.field(c.name, c.arrow, nullable=c.is_nullable) for c in columns])
