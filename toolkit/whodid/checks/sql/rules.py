"""Which rows break a rule, as SQL conditions: made from the schema's columns, so that there is one definition.

A condition is true for rows that break the rule, and null or false for others; rows with a null where a value is needed
are found by the rule null alone, as in the checks of a frame.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

import pyarrow as pa

from whodid.checks.dates import EARLIEST, MOST_DAYS_AHEAD
from whodid.checks.offsets import SIDES
from whodid.checks.text import NOTHING
from whodid.events.schema import BY_NAME, Column
from whodid.events.table import plain_type

IDENTITY = (
    *("actor", "action", "target", "date", "article_id", "sentence"),
    *("actor_start", "actor_end", "action_start", "action_end", "target_start", "target_end", "coder"),
)
_ANY_TEXT = r"[\s\S]+"


@dataclass(frozen=True, slots=True)
class Rule:
    """The name of a rule as findings have it, the column that they name, and the rows that break it."""

    name: str
    column: str
    condition: str


def row_rules(present: Collection[str], today: date | None = None) -> list[Rule]:
    """The rules that one row breaks or keeps by itself, for the columns that are present.

    Columns of codes are not here: their distinct values are few, and are checked in Python. What event_id is made of has
    rules of its own.
    """
    rules = [rule for name in present for rule in _of_column(BY_NAME[name])]
    rules = [rule for rule in rules if rule.name != "bad-event-id"]
    rules += [rule for side in SIDES for rule in _of_span(side)]
    rules += [*_of_both_sides(), *_of_dates(today), *_of_confidence()]
    return [rule for rule in rules if _needed(rule.condition) <= set(present)]


def id_rules(present: Collection[str]) -> list[Rule]:
    """Rules wrong-id and bad-event-id. An id that its row gives is well formed, so only others are looked at letter by letter."""
    malformed = next(rule for rule in _of_column(BY_NAME["event_id"]) if rule.name == "bad-event-id")
    if not {"event_id", *IDENTITY} <= set(present):
        return [malformed] if "event_id" in present else []
    other = f"{remade_id()} IS DISTINCT FROM event_id"
    return [
        replace(malformed, condition=f"{other} AND {malformed.condition}"),
        Rule("wrong-id", "event_id", f"event_id <> {remade_id()}"),
    ]


def is_code(column: Column) -> bool:
    """True for columns of few distinct values, whose rules are asked of each value once."""
    return bool(pa.types.is_dictionary(column.arrow))


def remade_id(names: Mapping[str, str] | None = None) -> str:
    """The event_id that a row's identifying columns give, as events/record.py makes it; null if one of them is null."""
    at = {name: quoted(name) for name in IDENTITY} if names is None else names
    spans = [f"{at[f'{side}_start']}::VARCHAR || '-' || {at[f'{side}_end']}::VARCHAR" for side in SIDES]
    parts = [at["actor"], at["action"], at["target"], f"{at['date']}::VARCHAR", at["article_id"]]
    joined = ", ".join([*parts, f"{at['sentence']}::VARCHAR", *spans, at["coder"]])
    whole = " AND ".join(f"{at[name]} IS NOT NULL" for name in IDENTITY)
    made = f"left(sha256(concat_ws(chr(31), {joined})), 16)"
    return f"CASE WHEN {whole} AND {_in_calendar(at['date'])} THEN {made} END"


def numeric_id(column: str = "event_id") -> str:
    """The 16 hex digits of an event_id as an integer of 64 bits, and a hash of it where it is malformed.

    Equal ids give equal numbers; the few that share one are told apart by their text afterwards.
    """
    name = quoted(column)
    return f"coalesce(CASE WHEN length({name}) = 16 THEN TRY_CAST('0x' || {name} AS UBIGINT) END, hash({name}))"


def counting(rules: Iterable[Rule], source: str) -> str:
    """A query with one row: how many rows there are, and how many break each rule."""
    # count(CASE ...) takes a seventh of the time of count(*) FILTER (WHERE ...).
    counts = [f"count(CASE WHEN {rule.condition} THEN 1 END)" for rule in rules]
    return f"SELECT {', '.join(['count(*)', *counts])} FROM {source}"


def quoted(name: str) -> str:
    """A name as SQL writes it."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """A text as SQL writes it."""
    return "'" + text.replace("'", "''") + "'"


def _of_column(column: Column) -> Iterator[Rule]:
    name = quoted(column.name)
    broken = f"bad-{column.name.replace('_', '-')}"
    if is_code(column):
        return
    if not column.is_nullable:
        yield Rule("null", column.name, f"{name} IS NULL")
    conditions = []
    if column.pattern == _ANY_TEXT:
        conditions.append(f"{name} = ''")
    elif column.pattern:
        conditions.append(f"NOT regexp_full_match({name}, {literal(column.pattern)})")
    if column.allowed:
        conditions.append(f"{name} NOT IN ({', '.join(map(literal, column.allowed))})")
    if column.minimum is not None:
        conditions.append(f"{name} < {column.minimum:g}")
    if column.maximum is not None:
        conditions.append(f"{name} > {column.maximum:g}")
    if conditions:
        yield Rule(broken, column.name, " OR ".join(conditions))


def _of_span(side: str) -> Iterator[Rule]:
    words, start, end = (quoted(f"{side}_{part}") for part in ("text", "start", "end"))
    yield Rule("empty-span", f"{side}_end", f"{words} IS NOT NULL AND {end} <= {start}")
    yield Rule("span-length", f"{side}_text", f"{end} > {start} AND {end}::BIGINT - {start} <> length({words})")


def _of_both_sides() -> Iterator[Rule]:
    overlap = 'greatest("actor_start", "target_start") < least("actor_end", "target_end")'
    is_same = '"actor_start" = "target_start" AND "actor_end" = "target_end"'
    whole = '"target_text" IS NOT NULL'
    differ = f'(NOT ({is_same}) OR "actor" = "target") AND "actor" IS NOT NULL AND "target" IS NOT NULL'
    # greatest and least pass over nulls, which are findings of their own.
    spans = " AND ".join(f'"{side}_{end}" IS NOT NULL' for side in ("actor", "target") for end in ("start", "end"))
    yield Rule("shared-words", "target_text", f"{whole} AND {spans} AND {overlap} AND {differ}")


def _of_confidence() -> Iterator[Rule]:
    value = '"confidence"'
    yield Rule(
        "confidence-decimals", "confidence", f"isfinite({value}) AND round({value}::DOUBLE, 3)::FLOAT <> {value}"
    )


def suspect_text(name: str) -> str:
    """Texts that may break a rule of checks/text.py; which of them do is asked there, once for each text.

    They are few: words for nothing, what has blanks around it, what is not ASCII, and what may be HTML.
    """
    cell = quoted(name)
    longest = max(map(len, NOTHING))
    conditions = (
        f"strlen({cell}) <> length({cell})",  # Bytes against characters: it is not ASCII.
        f"{cell} < '!'",  # In ASCII, all blanks come before the exclamation mark.
        f"{cell}[-1] < '!'",
        f"contains({cell}, chr(0))",
        f"contains({cell}, '&')",
        f"(strlen({cell}) <= {longest} AND lower({cell}) IN ({', '.join(map(literal, sorted(NOTHING)))}))",
    )
    return f"({' OR '.join(conditions)})"


def header_row() -> str:
    """Rows that say actor, action, target."""
    return " AND ".join(f"{quoted(name)} = {literal(name)}" for name in ("actor", "action", "target"))


def _of_dates(today: date | None) -> Iterator[Rule]:
    for column in ("date", "published"):
        name = quoted(column)
        yield Rule("early-date", column, f"{_in_calendar(name)} AND {name} < {_day(EARLIEST)}")
    both = f"{_in_calendar(quoted('date'))} AND {_in_calendar(quoted('published'))}"
    yield Rule("future-date", "date", f'{both} AND "date" - "published" > {MOST_DAYS_AHEAD}')
    yield Rule("date-basis", "date_basis", f'{both} AND "date_basis" = \'published\' AND "date" <> "published"')
    if today is not None:
        condition = f'{_in_calendar(quoted("published"))} AND "published" > {_day(today)}'
        yield Rule("future-published", "published", condition)


def _in_calendar(name: str) -> str:
    """The years of Python's calendar, 1 to 9999; other days are in no finding of dates."""
    return f"{name} BETWEEN {_day(date.min)} AND {_day(date.max)}"


def _day(day: date) -> str:
    return f"DATE '{day.isoformat()}'"


def _needed(condition: str) -> set[str]:
    return {name for name in BY_NAME if quoted(name) in condition}


def typed(name: str, physical: pa.DataType) -> str:
    """A column as its type in the schema, where the file's type can be read as that without loss."""
    column, expression = BY_NAME[name], quoted(name)
    wanted = plain_type(column.arrow)
    if _plain(physical) == wanted:
        return f"nullif({expression}, 'nan'::FLOAT)" if pa.types.is_floating(wanted) else expression
    if pa.types.is_timestamp(physical) and physical.tz:
        expression = f"timezone({literal(physical.tz)}, {expression})"
    cast = f"TRY_CAST({expression} AS {sql_type(wanted)})"
    return f"nullif({cast}, 'nan'::FLOAT)" if pa.types.is_floating(wanted) else cast


def lossy(name: str, physical: pa.DataType) -> str | None:
    """The rows whose value does not survive `typed`; None if the types say that there are none."""
    wanted, expression = plain_type(BY_NAME[name].arrow), quoted(name)
    if _plain(physical) == wanted or pa.types.is_null(physical):
        return None
    cast = f"TRY_CAST({expression} AS {sql_type(wanted)})"
    if pa.types.is_timestamp(physical):
        local = f"timezone({literal(physical.tz)}, {expression})" if physical.tz else expression
        return f"{local}::DATE::TIMESTAMP <> {local}"  # A day has no time.
    if pa.types.is_floating(physical) and pa.types.is_integer(wanted):
        return f"{expression} IS NOT NULL AND ({cast} IS NULL OR {cast} <> {expression})"
    return f"{expression} IS NOT NULL AND {cast} IS NULL"


def sql_type(arrow: pa.DataType) -> str:
    """duckdb's name for a type of the schema."""
    names = {pa.string(): "VARCHAR", pa.int32(): "INTEGER", pa.int8(): "TINYINT", pa.float32(): "FLOAT"}
    return "DATE" if pa.types.is_date(arrow) else names[arrow]


def _plain(arrow: pa.DataType) -> pa.DataType:
    """The type without its way of storage: dictionaries and long strings hold strings."""
    if pa.types.is_dictionary(arrow):
        return _plain(arrow.value_type)
    return pa.string() if pa.types.is_large_string(arrow) or pa.types.is_string_view(arrow) else arrow
