"""One Parquet file scanned with the rules: how many rows break each of them, and what the first of these rows have.

SQL finds and counts the rows; the checks of a frame then say what is wrong with the first ones, so that a finding reads
the same whichever way the file was checked. Memory does not depend on the number of rows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
import pyarrow as pa

from whodid.articles.model import ArticleSet
from whodid.checks.identity import identity_faults
from whodid.checks.membership import membership_faults
from whodid.checks.offsets import SIDES
from whodid.checks.sql.rules import (
    IDENTITY,
    Rule,
    counting,
    is_code,
    literal,
    lossy,
    quoted,
    remade_id,
    row_rules,
    typed,
)
from whodid.checks.validate import one_cause_each, row_faults, with_nearest
from whodid.codebook.model import Codebook
from whodid.errors import EventTableError, Fault
from whodid.events.enrich import enrich
from whodid.events.files import EventFile, damaged, parquet_schema, schema_faults
from whodid.events.schema import BY_NAME, COLUMNS, DERIVED
from whodid.events.shape import shape_faults
from whodid.events.table import from_arrow, plain_type

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

LISTED = 1000
_BATCH = 10_000
# Names of faults that concern a whole column or file, and so have been found before any row is looked at.
_OF_ACTION = ("root", "action_label", "quad_class", "goldstein", "plover_event", "plover_mode", "plover_context")
_TOLERANCE = "1e-6"

Totals = dict[tuple[str, str], int]


@dataclass(frozen=True, slots=True)
class Against:
    """What a file is checked against; listed is how many findings of a rule and column are written out."""

    codebook: Codebook
    articles: ArticleSet | None = None
    today: date | None = None
    listed: int = LISTED


@dataclass(frozen=True, slots=True)
class Source:
    """The readable columns of a file as something that stands behind FROM, each with its type in the schema."""

    path: Path
    columns: tuple[str, ...]
    sql: str


@dataclass(frozen=True, slots=True)
class Scanned:
    """What the rows of one file have by themselves. source is None if it could not be read.

    totals counts the rows that break a rule, by rule and column; findings has the first of them, and every fault of the
    file as a whole.
    """

    path: Path
    rows: int = 0
    source: Source | None = None
    totals: Totals = field(default_factory=dict)
    findings: tuple[Fault, ...] = ()
    has_wrong_ids: bool = False


def open_source(path: Path) -> tuple[Source, pa.Schema, list[Fault]]:
    """A file to scan, its schema, and the faults that its columns' names and types have.

    Raises EventTableError if the file cannot be read at all.
    """
    schema = parquet_schema(path)
    faults, readable = schema_faults(path, schema)
    return _source(path, schema, readable), schema, [replace(fault, path=path) for fault in faults]


def scan(path: Path, against: Against, connection: DuckDBPyConnection) -> Scanned:
    """Every check that needs no other row; a file that cannot be read is a finding."""
    import duckdb

    try:
        source, schema, faults = open_source(path)
        source, more = _without_lossy(source, schema, connection)
        scanning = FileScan(source, against, connection)
        scanning.check_rows()
        scanning.check_ids()
        return scanning.result(faults + more)
    except EventTableError as error:
        return Scanned(path, findings=error.faults)
    except (duckdb.OutOfMemoryException, duckdb.BinderException, duckdb.CatalogException, duckdb.ParserException):
        raise  # Too little memory, or a mistake in a query: neither is the file's fault.
    except (duckdb.Error, OSError):
        # duckdb's own words change with its version; the file's state is what the user can do something about.
        return Scanned(path, findings=damaged(path).faults)


def _source(path: Path, schema: pa.Schema, columns: Iterable[str]) -> Source:
    names = tuple(columns)
    cells = [f"{typed(name, schema.field(name).type)} AS {quoted(name)}" for name in names]
    inside = ", ".join([*cells, "file_row_number AS row_number"])
    return Source(path, names, f"(SELECT {inside} FROM {_parquet(path)})")


def _parquet(path: Path) -> str:
    return f"read_parquet({literal(str(path))}, file_row_number = true, hive_partitioning = false)"


def _without_lossy(source: Source, schema: pa.Schema, connection: DuckDBPyConnection) -> tuple[Source, list[Fault]]:
    """The source without columns of another type in which some value does not fit the schema's."""
    found = {name: lossy(name, schema.field(name).type) for name in source.columns}
    rules = [Rule("wrong-type", name, condition) for name, condition in found.items() if condition]
    if not rules:
        return source, []
    _, *counts = _one(connection, counting(rules, _parquet(source.path)))
    faults = []
    for rule, count in zip(rules, counts, strict=True):
        if count:
            wanted = plain_type(BY_NAME[rule.column].arrow)
            message = f"{count:,} values cannot be read as {wanted}."
            fix = f"Convert the column from {schema.field(rule.column).type} to {wanted}."
            faults.append(Fault("wrong-type", message, fix, source.path, None, None, rule.column))
    broken = {fault.column for fault in faults}
    return _source(source.path, schema, [name for name in source.columns if name not in broken]), faults


class FileScan:
    """The scan of one file, step by step: each adds to the totals and to the conditions under which rows are listed."""

    def __init__(self, source: Source, against: Against, connection: DuckDBPyConnection) -> None:
        self.source, self.against, self.connection = source, against, connection
        self.row_count = 0
        self.totals: Totals = {}
        # Where the rows of a rule are found: what stands behind FROM, and the condition.
        self.places: dict[tuple[str, str], tuple[str, str]] = {}
        self.known: dict[str, list[str]] = {}

    def check_rows(self) -> None:
        """Every rule but that of ids made anew, which takes longer than all others together."""
        has_articles = self.against.articles is not None and "article_id" in self.source.columns
        rules = row_rules(self.source.columns, self.against.today)
        of_articles = [rule for rule in rules if rule.name == "span-length"] if has_articles else []
        self.row_count = self._count([rule for rule in rules if rule not in of_articles], self.source.sql)
        for name in self.source.columns:
            if is_code(BY_NAME[name]):
                self._codes(name)
        if has_articles:
            self._articles(of_articles)
        self._derived()

    def check_ids(self) -> None:
        """Rule wrong-id: an id that the row's identifying columns do not give."""
        if {"event_id", *IDENTITY} <= set(self.source.columns):
            self._count([Rule("wrong-id", "event_id", f"event_id <> {remade_id()}")], self.source.sql)

    def result(self, faults: list[Fault]) -> Scanned:
        """What was found, with the faults that the file as a whole has."""
        return Scanned(
            path=self.source.path,
            rows=self.row_count,
            source=self.source,
            totals=self.totals,
            findings=(*(with_nearest(fault, self.against.codebook) for fault in faults), *self._listed()),
            has_wrong_ids=("wrong-id", "event_id") in self.totals,
        )

    def _count(self, rules: list[Rule], source: str) -> int:
        rows, *counts = _one(self.connection, counting(rules, source))
        for rule, count in zip(rules, counts, strict=True):
            self._add(rule, count, source)
        return int(rows)

    def _add(self, rule: Rule, count: int, source: str) -> None:
        if count:
            key = (rule.name, rule.column)
            self.totals[key] = self.totals.get(key, 0) + count
            self.places[key] = (source, rule.condition)

    def _codes(self, name: str) -> None:
        """The rules of a column of codes, asked of each distinct value, in Python: one regular expression, one codebook."""
        column, cell = BY_NAME[name], quoted(name)
        is_asked = name in {"actor", "action", "target"}
        if column.is_nullable and not (column.pattern or column.allowed):
            return
        counts: Totals = {}
        broken: dict[str, list[str]] = {}
        known: list[str] = []
        query = f"SELECT {cell}, count(*) FROM {self.source.sql} GROUP BY ALL"
        for batch in _batches(self.connection, query):
            rules = _verdicts(name, [value for value, _ in batch if value is not None], self.against.codebook)
            for value, count in batch:
                rule = rules.get(value) if value is not None else None if column.is_nullable else "null"
                if rule is not None:
                    counts[rule, name] = counts.get((rule, name), 0) + count
                if value is None:
                    continue
                if rule is None:
                    known += [value] if is_asked else []
                elif len(broken.setdefault(rule, [])) < self.against.listed:
                    broken[rule].append(value)
        for (rule, _), count in counts.items():
            values = ", ".join(map(literal, broken.get(rule, ())))
            condition = f"{cell} IS NULL" if rule == "null" else f"{cell} IN ({values})"
            self._add(Rule(rule, name, condition), count, self.source.sql)
        self.known[name] = known

    def _articles(self, lengths: list[Rule]) -> None:
        """The rules that need the articles; words in the wrong place hide that they have another length."""
        articles = self.against.articles
        present = set(self.source.columns)
        assert articles is not None
        table = pa.table(
            {
                "id": pa.array([a.article_id for a in articles], pa.string()),
                "words": pa.array([a.text for a in articles], pa.string()),
                "day": pa.array([a.published for a in articles], pa.date32()),
            }
        )
        self.connection.register("articles_given", table)
        joined = f"{self.source.sql} AS event LEFT JOIN articles_given AS article ON event.article_id = article.id"
        rules = [Rule("unknown-article", "article_id", "article_id IS NOT NULL AND article.id IS NULL")]
        if "published" in present:
            rules.append(Rule("wrong-published", "published", "published <> article.day"))
        misplaced: dict[str, str] = {}
        for side in SIDES:
            text, start, end = (f"{side}_{part}" for part in ("text", "start", "end"))
            if {text, start, end} <= present:
                stands = (
                    f"{start} >= 0 AND substr(article.words, {start}::BIGINT + 1, {end}::BIGINT - {start}) = {text}"
                )
                misplaced[text] = (
                    f"article.id IS NOT NULL AND {end} > {start} AND {text} IS NOT NULL AND NOT ({stands})"
                )
                rules.append(Rule("offset-mismatch", text, misplaced[text]))
        rules += [
            replace(rule, condition=f"({rule.condition}) AND ({misplaced[rule.column]}) IS NOT TRUE")
            for rule in lengths
        ]
        self._count(rules, joined)

    def _derived(self) -> None:
        """Rule stale-derived: what enrich gives for the codes that occur, joined to the rows and compared."""
        stored = [column for column in DERIVED if column.name in self.source.columns]
        if not stored or any(name not in self.known for name in ("actor", "action", "target")):
            return
        codebook = self.against.codebook
        actions = sorted(set(self.known["action"]) & set(codebook.actions))
        actors = sorted({*self.known["actor"], *self.known["target"]})
        self.connection.register("made_actions", _made("action", actions, _OF_ACTION, codebook))
        self.connection.register("made_actors", _made("actor", actors, ("actor_country", "actor_role"), codebook))
        joined = (
            f"{self.source.sql} AS event JOIN made_actions AS act ON event.action = act.code "
            "LEFT JOIN made_actors AS who ON event.actor = who.code "
            "LEFT JOIN made_actors AS whom ON event.target = whom.code"
        )
        rules = []
        for column in stored:
            made = _place_of(column.name)
            is_number = pa.types.is_floating(column.arrow)
            cell = f"event.{quoted(column.name)}"
            differs = f"abs({cell} - {made}) >= {_TOLERANCE}" if is_number else f"{cell} <> {made}"
            condition = f"coalesce({differs}, ({cell} IS NULL) <> ({made} IS NULL))"
            whole = "event.actor IS NOT NULL AND event.target IS NOT NULL"
            rules.append(Rule("stale-derived", column.name, f"{whole} AND {condition}"))
        self._count(rules, joined)

    def _listed(self) -> list[Fault]:
        """The findings of the first rows of each rule, written by the checks of a frame."""
        if not self.places:
            return []
        numbers: set[int] = set()
        for source, condition in self.places.values():
            query = f"SELECT row_number FROM {source} WHERE {condition} ORDER BY row_number LIMIT {self.against.listed}"
            numbers.update(row for (row,) in self.connection.execute(query).fetchall())
        listed = sorted(numbers)
        wanted = ", ".join(map(str, listed))
        names = ", ".join(map(quoted, self.source.columns))
        query = f"SELECT {names} FROM {self.source.sql} WHERE row_number IN ({wanted}) ORDER BY row_number"
        table = self.connection.sql(query).to_arrow_table()
        faults = [replace(fault, row=listed[fault.row or 0]) for fault in self._of_frame(from_arrow(table))]
        said = {(fault.rule, fault.column) for fault in faults}
        unsaid = [f"{rule} ({column})" for rule, column in self.places if (rule, column) not in said]
        if unsaid:
            raise RuntimeError(f"{self.source.path}: SQL finds rows that the checks pass: {', '.join(unsaid)}")
        return faults

    def _of_frame(self, frame: pd.DataFrame) -> list[Fault]:
        """The findings of some rows by themselves: not of the file's columns, and not of ids that other rows have."""
        file = EventFile(self.source.path, frame)
        shape = [f for f in shape_faults(frame) if f.row is not None and f.rule != "duplicate-id"]
        codebook = self.against.codebook
        faults = [with_nearest(fault, codebook) for fault in shape]
        faults += row_faults(file, codebook, self.against.articles, self.against.today)
        faults += [fault for fault in identity_faults([file]) if fault.rule == "wrong-id"]
        return one_cause_each([replace(fault, path=self.source.path) for fault in faults])


def _verdicts(name: str, values: list[str], codebook: Codebook) -> dict[str, str]:
    """The rule that each value of a column of codes breaks; values that break none are not in it."""
    column = BY_NAME[name]
    broken: dict[str, str] = {}
    if name in {"actor", "action", "target"}:
        asked = "action" if name == "action" else "actor"
        faults = membership_faults(pd.DataFrame({asked: values}, dtype="str"), codebook)
        broken = {values[fault.row]: fault.rule for fault in faults if fault.row is not None}
    malformed = f"bad-{name.replace('_', '-')}"
    for value in values:
        is_formed = column.pattern is None or re.fullmatch(column.pattern, value) is not None
        if not is_formed or (column.allowed is not None and value not in column.allowed):
            broken[value] = malformed
    return broken


def _made(asked: str, codes: list[str], names: tuple[str, ...], codebook: Codebook) -> pa.Table:
    """The derived values of some codes, as a table with the code beside them."""
    blank = {"actor": "KOR", "action": "010", "target": "KOR"}
    frame = pd.DataFrame({name: codes if name == asked else [code] * len(codes) for name, code in blank.items()})
    made = enrich(frame.astype("str"), codebook)
    arrays = [pa.array(made[name], plain_type(BY_NAME[name].arrow), from_pandas=True) for name in names]
    return pa.table([pa.array(codes, pa.string()), *arrays], names=["code", *names])


def _place_of(name: str) -> str:
    """Where the value made anew stands in the join."""
    if name in _OF_ACTION:
        return f"act.{quoted(name)}"
    side, _, part = name.partition("_")
    return f"{'who' if side == 'actor' else 'whom'}.{quoted(f'actor_{part}')}"


def _one(connection: DuckDBPyConnection, query: str) -> tuple[int, ...]:
    row = connection.execute(query).fetchone()
    assert row is not None  # A query of counts has one row.
    return row


def _batches(connection: DuckDBPyConnection, query: str) -> Iterator[list[tuple[str | None, int]]]:
    result = connection.execute(query)
    while batch := result.fetchmany(_BATCH):
        yield batch


def empty_frame(columns: Iterable[str]) -> pd.DataFrame:
    """A frame with these columns and no rows."""
    arrow = {column.name: column.arrow for column in (*COLUMNS, *DERIVED)}
    return from_arrow(pa.table({name: pa.array([], plain_type(arrow[name])) for name in columns}))
