"""One Parquet file scanned with the rules: how many rows break each of them, and what the first of these rows have.

SQL finds and counts the rows; the checks of a frame then say what is wrong with the first ones, so that a finding reads
the same whichever way the file was checked. Memory does not depend on the number of rows.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
import pyarrow as pa

from whodid.articles.model import ArticleSet
from whodid.checks.identity import identity_faults
from whodid.checks.offsets import SIDES, article_faults, span_faults
from whodid.checks.rules import OF_THE_FILE, RULES, Level
from whodid.checks.sql.rules import (
    Rule,
    counting,
    header_row,
    id_rules,
    is_code,
    quoted,
    row_rules,
    suspect_text,
)
from whodid.checks.sql.source import Source, one_row, open_source, without_lossy
from whodid.checks.sql.values import OF_ACTION, SIDE_CODES, TEXTS, Broken, broken_by, derived_values, place_of_derived
from whodid.checks.text import column_order_faults, row_order_fault, text_faults
from whodid.checks.validate import file_faults, level_of, one_cause_each, with_nearest
from whodid.checks.versions import codebook_faults, schema_version_faults
from whodid.codebook.model import Codebook
from whodid.errors import EventTableError, Fault
from whodid.events.files import EventFile, damaged, metadata_of
from whodid.events.schema import BY_NAME, COLUMNS, DERIVED
from whodid.events.shape import shape_faults
from whodid.events.table import from_arrow

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

LISTED = 1000
_BATCH = 10_000
_TOLERANCE = "1e-6"
_WITH_ARTICLES = frozenset({"article_id", "coder", "sentence", "published", "publisher"}) | {
    f"{side}_{part}" for side in SIDES for part in ("text", "start", "end")
}
# What _articles looks at; derived values of codes that nobody knows are not compared.
_OF_ARTICLES = frozenset({*(name for name, rule in RULES.items() if rule.level is Level.articles), "span-length"})
_UNKNOWN = frozenset({"unknown-actor", "unknown-action", "obsolete-actor", "obsolete-action"})

Totals = dict[tuple[str, str], int]


@dataclass(frozen=True, slots=True)
class Against:
    """What a file is checked against; listed is how many findings of a rule and column are written out."""

    codebook: Codebook
    articles: ArticleSet | None = None
    today: date | None = None
    levels: frozenset[Level] = frozenset(Level)
    listed: int = LISTED


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

    def moved_to(self, path: Path) -> Scanned:
        """The same of the same file under another path."""
        findings = tuple(replace(fault, path=path) for fault in self.findings)
        source = None if self.source is None else replace(self.source, path=path)
        return replace(self, path=path, source=source, findings=findings)


def scan(path: Path, against: Against, connection: DuckDBPyConnection) -> Scanned:
    """Every check that needs no other row; a file that cannot be read is a finding."""
    import duckdb

    try:
        source, schema, faults = open_source(path)
        source, more = without_lossy(source, schema, connection)
        more += [replace(fault, path=path) for fault in _of_head(source, schema, against)]
        scanning = FileScan(source, against, connection)
        scanning.check_rows()
        scanning.check_ids()
        return scanning.result(faults + more)
    except EventTableError as error:
        return Scanned(path, findings=error.faults)
    except (duckdb.OutOfMemoryException, duckdb.BinderException, duckdb.CatalogException, duckdb.ParserException):
        raise  # Too little memory, or a mistake in a query: neither is the file's fault.
    except (duckdb.Error, OSError) as error:
        if disk_is_full(error):
            raise
        # duckdb's own words change with its version; the file's state is what the user can do something about.
        return Scanned(path, findings=damaged(path).faults)


# The disk, a user's share of it, or the largest file that is allowed.
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG) if os.name == "posix" else (errno.ENOSPC, errno.EFBIG)


def disk_is_full(error: Exception) -> bool:
    """True where duckdb could not write what does not fit into memory: then no file that it reads is to blame."""
    return any(os.strerror(number) in str(error) for number in _FULL)


def _of_head(source: Source, schema: pa.Schema, against: Against) -> list[Fault]:
    """What the file's metadata and the order of its columns say."""
    about = EventFile(source.path, None, metadata_of(schema))
    in_order = [name for name in schema.names if name in source.columns]
    faults = [*schema_version_faults(about), *column_order_faults(in_order)]
    return [*faults, *codebook_faults(about, against.codebook)]


class FileScan:
    """The scan of one file, step by step: each adds to the totals and to the conditions under which rows are listed."""

    def __init__(self, source: Source, against: Against, connection: DuckDBPyConnection) -> None:
        self.source, self.against, self.connection = source, against, connection
        self.row_count = 0
        self.totals: Totals = {}
        # Where the rows of a rule are found: what stands behind FROM, and the condition.
        self.places: dict[tuple[str, str], tuple[str, str]] = {}
        self.known: dict[str, list[str]] = {}
        self.said: list[Fault] = []
        self.looks_at_articles = against.articles is not None and Level.articles in against.levels

    def check_rows(self) -> None:
        """Every rule of the wanted levels but that of ids made anew, which takes longer than all others together."""
        against, columns = self.against, self.source.columns
        rules = row_rules(columns, against.today) if Level.rows in against.levels else []
        # Words in the wrong place hide that they have another length: both are then looked at together.
        rules = [rule for rule in rules if not (self.looks_at_articles and rule.name == "span-length")]
        texts = [name for name in columns if name in TEXTS and not is_code(BY_NAME[name])]
        suspects = [Rule("", name, suspect_text(name)) for name in texts if Level.rows in against.levels]
        found = self._count_all(rules, suspects)
        for name in columns:
            if is_code(BY_NAME[name]):
                self._codes(name)
            elif found.get(name):
                self._texts(name)
        if self.looks_at_articles:
            self._articles()
        if Level.codebook in against.levels:
            self._derived()
        if Level.rows in against.levels:
            self._row_order()

    def check_ids(self) -> None:
        """Rules wrong-id and bad-event-id: an id that the row's identifying columns do not give, or that nothing gives."""
        if Level.rows in self.against.levels:
            self._count(id_rules(self.source.columns), self.source.sql)

    def result(self, faults: list[Fault]) -> Scanned:
        """What was found, with the faults that the file as a whole has."""
        listed = [*(with_nearest(fault, self.against.codebook) for fault in faults), *self.said, *self._listed()]
        return Scanned(
            path=self.source.path,
            rows=self.row_count,
            source=self.source,
            totals=self.totals,
            findings=tuple(f for f in listed if f.rule in OF_THE_FILE or level_of(f) in self.against.levels),
            has_wrong_ids=("wrong-id", "event_id") in self.totals,
        )

    def _count(self, rules: list[Rule], source: str) -> int:
        rows, *counts = one_row(self.connection, counting(rules, source))
        for rule, count in zip(rules, counts, strict=True):
            self._add(rule, count, source)
        return int(rows)

    def _add(self, rule: Rule, count: int, source: str) -> None:
        if count:
            key = (rule.name, rule.column)
            self.totals[key] = self.totals.get(key, 0) + count
            self.places[key] = (source, rule.condition)

    def _count_all(self, rules: list[Rule], suspects: list[Rule]) -> dict[str, int]:
        """Count in one reading the rows that break a rule, and the texts that have to be looked at, by column.

        A row that is a header (rule header-again) has no other findings; if there is one, the others are counted anew.
        """
        header = [Rule("header-again", "actor", header_row())] if set(self.source.columns) >= SIDE_CODES else []
        rows, *counts = one_row(self.connection, counting([*header, *rules, *suspects], self.source.sql))
        self.row_count = int(rows)
        headers = counts.pop(0) if header else 0
        if headers:
            if Level.rows in self.against.levels:
                self._add(header[0], headers, self.source.sql)
            rest = f"(SELECT * FROM {self.source.sql} WHERE ({header_row()}) IS NOT TRUE)"
            self.source = replace(self.source, sql=rest)
            _, *counts = one_row(self.connection, counting([*rules, *suspects], rest))
        for rule, count in zip(rules, counts, strict=False):
            self._add(rule, count, self.source.sql)
        return {rule.column: count for rule, count in zip(suspects, counts[len(rules) :], strict=True)}

    def _codes(self, name: str) -> None:
        """The rules of a column of codes, asked of each distinct value, in Python: one regular expression, one codebook."""
        column, cell = BY_NAME[name], quoted(name)
        is_asked = name in SIDE_CODES
        if not (is_asked or name in TEXTS or column.pattern or column.allowed or not column.is_nullable):
            return
        known: list[str] = []
        broken = Broken(name, self.against.listed)
        query = f"SELECT {cell}, count(*) FROM {self.source.sql} GROUP BY ALL"
        for batch in _batches(self.connection, query):
            values = [value for value, _ in batch if value is not None]
            verdicts = broken_by(name, values, self.against.codebook, self.against.levels)
            for value, count in batch:
                if value is None:
                    if not column.is_nullable and Level.rows in self.against.levels:
                        broken.add("null", None, count)
                    continue
                rules = verdicts.get(value, ())
                for rule in rules:
                    broken.add(rule, value, count)
                if is_asked and not _UNKNOWN.intersection(rules):
                    known.append(value)
        self._add_broken(broken)
        self.known[name] = known

    def _texts(self, name: str) -> None:
        """The rules of checks/text.py, asked of each text that may break one."""
        broken = Broken(name, self.against.listed)
        query = f"SELECT {quoted(name)}, count(*) FROM {self.source.sql} WHERE {suspect_text(name)} GROUP BY ALL"
        for batch in _batches(self.connection, query):
            values = [value for value, _ in batch if value is not None]
            verdicts = broken_by(name, values, self.against.codebook, self.against.levels)
            for value, count in batch:
                for rule in verdicts.get(value or "", ()):
                    broken.add(rule, value, count)
        self._add_broken(broken)

    def _add_broken(self, broken: Broken) -> None:
        for rule, count in broken.counts.items():
            self._add(Rule(rule, broken.name, broken.condition(rule)), count, self.source.sql)

    def _articles(self) -> None:
        """The rules that need the articles, by the checks of a frame, on the rows of some articles at a time.

        The articles are in memory anyway, and their own text has to be looked at for each row.
        """
        articles = self.against.articles
        assert articles is not None
        columns = [name for name in self.source.columns if name in _WITH_ARTICLES]
        if "article_id" not in columns:
            return
        names = ", ".join(map(quoted, columns))
        query = f"SELECT row_number, {names} FROM {self.source.sql} ORDER BY article_id, row_number"
        counts: Totals = {}
        rows: dict[tuple[str, str], list[int]] = {}
        for table in _whole_articles(self.connection.sql(query).to_arrow_reader(_BATCH)):
            numbers = table.column("row_number").to_pylist()
            frame = from_arrow(table.drop_columns(["row_number"]))
            faults = article_faults(frame, articles, numbers) + text_faults(frame[["article_id"]])
            if Level.rows in self.against.levels:
                faults += [fault for fault in span_faults(frame) if fault.rule == "span-length"]
            for fault in one_cause_each(faults):
                if fault.rule in _OF_ARTICLES and fault.row is not None:
                    key = (fault.rule, fault.column or "")
                    counts[key] = counts.get(key, 0) + 1
                    if len(rows.setdefault(key, [])) < self.against.listed:
                        rows[key].append(numbers[fault.row])
                        self.said.append(replace(fault, path=self.source.path, row=numbers[fault.row]))
        self.totals.update(counts)

    def _row_order(self) -> None:
        """Rule row-order: the first row that stands elsewhere in canonical order, if all columns are there."""
        if not {column.name for column in COLUMNS} <= set(self.source.columns):
            return
        keys = self.source.keys
        key = "(" + ", ".join(map(quoted, keys)) + ")"
        # Three of the keys tell most rows apart, and comparing all of them takes four times as long.
        if self._falls(keys[:3], "<=") is None or (fall := self._falls(keys, "<")) is None:
            return
        least = f"(SELECT min({key}) FROM {self.source.sql} WHERE row_number >= {fall})"
        condition = f"row_number < {fall} AND {key} <= {least}"
        (row,) = one_row(self.connection, f"SELECT count(*) FROM {self.source.sql} WHERE {condition}")
        self.totals["row-order", ""] = 1
        self.said.append(row_order_fault(row, self.source.path))

    def _falls(self, keys: Sequence[str], comparison: str) -> int | None:
        """The first row whose keys are less than those of the row above it, or also where they are equal."""
        here = "(" + ", ".join(map(quoted, keys)) + ")"
        # Without an order of its own, lag takes the rows as they come, and needs no memory.
        before = "(" + ", ".join(f"lag({quoted(name)}) OVER ()" for name in keys) + ")"
        cells = f"row_number, {here} AS here, {before} AS before, lag(row_number) OVER () AS above"
        steps = f"(SELECT {cells} FROM {self.source.sql})"
        query = f"SELECT min(row_number) FROM {steps} WHERE above IS NOT NULL AND here {comparison} before"
        (row,) = one_row(self.connection, query)
        return None if row is None else int(row)

    def _derived(self) -> None:
        """Rule stale-derived: what enrich gives for the codes that occur, joined to the rows and compared."""
        stored = [column for column in DERIVED if column.name in self.source.columns]
        if not stored or any(name not in self.known for name in ("actor", "action", "target")):
            return
        codebook = self.against.codebook
        actions = sorted(set(self.known["action"]) & set(codebook.actions))
        actors = sorted({*self.known["actor"], *self.known["target"]})
        self.connection.register("made_actions", derived_values("action", actions, OF_ACTION, codebook))
        self.connection.register(
            "made_actors", derived_values("actor", actors, ("actor_country", "actor_role"), codebook)
        )
        joined = (
            f"{self.source.sql} AS event JOIN made_actions AS act ON event.action = act.code "
            "LEFT JOIN made_actors AS who ON event.actor = who.code "
            "LEFT JOIN made_actors AS whom ON event.target = whom.code"
        )
        rules = []
        for column in stored:
            made = place_of_derived(column.name)
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
        """The findings of some rows by themselves: not of the file, nor of what other rows or the articles say."""
        file = EventFile(Path(), frame)
        codebook, levels = self.against.codebook, self.against.levels
        faults = [with_nearest(fault, codebook) for fault in shape_faults(frame) if fault.rule != "duplicate-id"]
        faults += file_faults(file, codebook, None, self.against.today, levels)
        faults += [fault for fault in identity_faults([file]) if fault.rule == "wrong-id"]
        kept = one_cause_each([replace(fault, path=self.source.path) for fault in faults])
        said = _OF_ARTICLES if self.looks_at_articles else frozenset()
        return [f for f in kept if f.row is not None and level_of(f) in levels and f.rule not in said]


def _whole_articles(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.Table]:
    """Rows in the order of their articles, in tables that end where an article ends."""
    waiting: list[pa.RecordBatch] = []
    for batch in batches:
        if not len(batch):
            continue
        ids = batch.column("article_id")
        last = ids[len(ids) - 1].as_py()
        first_of_last = next((row for row in range(len(ids) - 1, 0, -1) if ids[row - 1].as_py() != last), 0)
        if first_of_last:
            yield pa.Table.from_batches([*waiting, batch.slice(0, first_of_last)])
            waiting = []
        waiting.append(batch.slice(first_of_last))
    if waiting:
        yield pa.Table.from_batches(waiting)


def _batches(connection: DuckDBPyConnection, query: str) -> Iterator[list[tuple[str | None, int]]]:
    result = connection.execute(query)
    while batch := result.fetchmany(_BATCH):
        yield batch
