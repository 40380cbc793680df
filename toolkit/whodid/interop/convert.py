"""Foreign files in, imported events out: every row becomes an event, or is listed with its reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, fields
from pathlib import Path

import pandas as pd
import pyarrow as pa

from whodid.codebook.load import load_codebook
from whodid.codebook.model import Codebook
from whodid.errors import ConversionError, Fault, UsageError
from whodid.events.record import imported_event_id
from whodid.events.schema import IMPORTED, original_column
from whodid.events.table import from_arrow, plain_type, sort_events
from whodid.interop.codes import Codes
from whodid.interop.formats import Format, ImportedEvent, Unusable, original_name
from whodid.interop.gdelt import GDELT
from whodid.interop.icews import ICEWS
from whodid.interop.keds import KEDS, is_weis
from whodid.interop.phoenix import PHOENIX
from whodid.interop.polecat import POLECAT
from whodid.interop.rows import Row, Source, open_source
from whodid.interop.seen import Seen
from whodid.unchanged import unchanged

FORMATS = {kind.name: kind for kind in (GDELT, ICEWS, PHOENIX, POLECAT, KEDS)}
_BATCH = 20_000
_ORIGINALS = ("original_file", "original_line")
_OF_EVENT = tuple(field.name for field in fields(ImportedEvent))


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row that gives no event: where it stands, why, and its text."""

    path: Path
    line: int
    why: Unusable
    text: str


@dataclass(slots=True)
class FileCount:
    """What became of one file: rows is converted plus refused. windows_lines counts lines that were no UTF-8."""

    path: Path
    rows: int = 0
    converted: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    windows_lines: int = 0


@dataclass(frozen=True, slots=True)
class Conversion:
    """Imported events with what was refused, and a count for each file."""

    events: pd.DataFrame
    refused: tuple[RefusedRow, ...]
    files: tuple[FileCount, ...]


def convert(form: str, paths: Path | str | Iterable[Path | str], *, codebook: Codebook | None = None) -> Conversion:
    """The events of other datasets' files as a table of imported events (docs/decisions/0015).

    form: gdelt, icews, phoenix, polecat or keds. `.events` has a row for each row that names an actor, an action, a
    target and a day; `.refused` has all others with their lines and reasons. For files larger than memory write to a file:
    `whodid convert`, or convert_to_file.

    Raises UsageError for another form, ConversionError with the faults of all files that cannot be read as that form.
    """
    refused: list[RefusedRow] = []
    work = Work(form, paths, codebook or load_codebook(), refused.append)
    tables = list(work.tables())
    table = pa.concat_tables(tables) if tables else work.schema.empty_table()
    return Conversion(sort_events(from_arrow(table)), tuple(refused), tuple(work.files))


class Work:
    """One conversion: opened sources, the schema that holds all their columns, and the counts so far."""

    def __init__(
        self,
        form: str,
        paths: Path | str | Iterable[Path | str],
        codebook: Codebook,
        refuse: Callable[[RefusedRow], object],
    ) -> None:
        if form not in FORMATS:
            fix = f"The formats are: {', '.join(FORMATS)}."
            raise UsageError(f"There is no format {form!r}.", fix=fix, value=form, rule="unknown-format")
        self.kind = FORMATS[form]
        self.codebook = codebook
        self._codes = Codes(codebook)
        self._refuse = refuse
        listed = [paths] if isinstance(paths, (str, Path)) else list(paths)
        self._sources = _open_all([Path(path) for path in listed], self.kind)
        self.files = [FileCount(source.path) for source in self._sources]
        self._seen = Seen()
        self._numbers: Counter[str] = Counter()
        originals = {name for source in self._sources for name in _kept(source, self.kind).values()}
        columns = (*IMPORTED, *(original_column(name) for name in sorted(originals)))
        self.schema = pa.schema([pa.field(c.name, c.arrow, nullable=c.is_nullable) for c in columns])
        self._nullable = {c.name: c.is_nullable for c in columns}

    def tables(self) -> Iterator[pa.Table]:
        """The converted rows in their order, some ten thousand at a time, so that no file needs to fit into memory.

        Raises ConversionError if a file changes meanwhile.
        """
        with unchanged([source.path for source in self._sources], ConversionError):
            yield from self._tables()

    def _tables(self) -> Iterator[pa.Table]:
        columns: dict[str, list[object]] = {name: [] for name in self.schema.names}
        size = 0
        for source, count in zip(self._sources, self.files, strict=True):
            read, kept = _read(source, self.kind), _kept(source, self.kind)
            absent = [columns[name] for name in _absent(self.schema.names, kept.values())]
            originals = [(source.layout.names.index(name), columns[ours]) for name, ours in kept.items()]
            for row in source.rows():
                count.rows += 1
                event = self._event(row, read)
                if isinstance(event, Unusable):
                    count.refused[event.rule] += 1
                    self._refuse(RefusedRow(source.path, row.line, event, row.text))
                    continue
                identity = self._identity(event)
                if identity is None:
                    why = Unusable("duplicate", "The same event stands in a row before this one.", "One is enough.")
                    count.refused[why.rule] += 1
                    self._refuse(RefusedRow(source.path, row.line, why, row.text))
                    continue
                count.converted += 1
                for name in _OF_EVENT:
                    columns[name].append(getattr(event, name))
                columns["event_id"].append(identity)
                columns["original_file"].append(source.path.name)
                columns["original_line"].append(row.line)
                for place, values in originals:
                    values.append((row.cells[place] if row.cells else None) or None)
                for values in absent:
                    values.append(None)
                size += 1
                if size >= _BATCH:
                    yield self._table(columns)
                    size = 0
            count.windows_lines = source.windows_lines
        if size:
            yield self._table(columns)

    def _event(self, row: Row, read: list[tuple[str, int]]) -> ImportedEvent | Unusable:
        if row.cells is None:
            return row.why or Unusable("not-a-row", "The row cannot be read.")
        words: dict[str, str] = dict.fromkeys(self.kind.columns, "")
        for ours, place in read:
            words[ours] = row.cells[place]
        return self.kind.read(words, self._codes)

    def _identity(self, event: ImportedEvent) -> str | None:
        """The event's id, or None if an event with that id was there before."""
        e = event
        parts = (e.coder, e.original_id, e.date, e.actor, e.action, e.target)
        identity = imported_event_id(*parts)
        if not self.kind.has_ids:
            self._numbers[identity] += 1
            identity = imported_event_id(*parts, number=self._numbers[identity] - 1)
        return identity if self._seen.add(identity) else None

    def _table(self, columns: dict[str, list[object]]) -> pa.Table:
        """The rows collected so far, which are then forgotten."""
        arrays = []
        for column in self.schema:
            values = pa.array(columns[column.name], type=plain_type(column.type))
            arrays.append(values.dictionary_encode() if pa.types.is_dictionary(column.type) else values)
            columns[column.name].clear()
        return pa.table(arrays, schema=self.schema)


def _open_all(paths: Sequence[Path], kind: Format) -> list[Source]:
    sources: list[Source] = []
    errors: list[Fault] = []
    for path in paths:
        try:
            source = open_source(path, kind)
            if kind is KEDS:
                _refuse_weis(source)
            sources.append(source)
        except ConversionError as error:
            errors += error.faults
    if errors:
        raise ConversionError.of(errors)
    return sources


def _refuse_weis(source: Source) -> None:
    for row in source.rows():
        action = row.cells[source.layout.names.index("action")] if row.cells is not None else ""
        if is_weis(action):
            message = f"The file is coded in WEIS, not in CAMEO: the action {action!r} is WEIS's alone."
            fix = "Translate it to CAMEO first; the same number means another thing there."
            raise ConversionError(message, fix=fix, path=source.path, line=row.line, rule="weis")


def _kept(source: Source, kind: Format) -> dict[str, str]:
    """The columns of a file that the table keeps as text, and the names that they get there."""
    kept: dict[str, str] = {}
    for name in source.layout.names:
        if kind.word_for(name) in kind.carried:
            continue
        ours = original_name(name)
        # original_id, original_file and original_line are ours.
        taken = {*kept.values(), "original_id", *_ORIGINALS}
        kept[name] = ours if ours not in taken else f"{ours}_cell"
    return kept


def _read(source: Source, kind: Format) -> list[tuple[str, int]]:
    """Our words for a file's columns, with their places in a row."""
    found = [(kind.word_for(name), place) for place, name in enumerate(source.layout.names)]
    return [(ours, place) for ours, place in found if ours is not None]


def _absent(names: Iterable[str], kept: Iterable[str]) -> list[str]:
    """The columns of the table that a file has nothing for."""
    filled = {*_OF_EVENT, "event_id", *_ORIGINALS, *kept}
    return [name for name in names if name not in filled]
