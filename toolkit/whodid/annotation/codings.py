"""Reading a store back: the event table of its codings, and the table of judged sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path

import pandas as pd

from whodid.annotation.judged import judged_of
from whodid.annotation.side_table import side_path, writing_side_table
from whodid.annotation.store import read_store
from whodid.annotation.work import Work, add_up
from whodid.errors import Fault, StoreError
from whodid.events.files import write_events
from whodid.events.table import events_to_table


@dataclass(frozen=True, slots=True)
class Codings:
    """What a store holds: events as the event table of 22 columns, and who judged which sentence.

    judged has one row for each coder and judged sentence, sorted: article_id, sentence, coder, judgement ("events" or
    "no event"), n_events. faults are damaged lines; n_cut_off counts lines that were never confirmed.
    """

    events: pd.DataFrame
    judged: pd.DataFrame
    faults: tuple[Fault, ...] = ()
    n_cut_off: int = 0

    def codings(self) -> Codings:
        """Itself: whatever has codings can be compared and settled together."""
        return self


def read_codings(store: Path | str, *, coders: Sequence[str] | None = None) -> Codings:
    """The codings in a store, of all coders or of some.

    The same codings give the same tables, however many sessions they took and in whatever order they were made.
    Raises StoreError if there is no such store, or if it has none of a coder who is asked for.
    """
    contents = read_store(store)
    works = {coder: add_up(entries) for coder, entries in groupby(contents.entries, key=lambda e: e.coder)}
    for coder in coders or ():
        if coder not in works:
            known = ", ".join(sorted(works)) or "nobody"
            message = f"The store has no codings of {coder!r}."
            fix = f"It has those of: {known}."
            raise StoreError(message, fix=fix, path=Path(store), value=coder, rule="no-coder")
    chosen = {coder: work for coder, work in works.items() if coders is None or coder in coders}
    found = tables_of(chosen)
    return replace(found, faults=(*contents.faults, *found.faults), n_cut_off=contents.n_cut_off)


def tables_of(works: Mapping[str, Work]) -> Codings:
    """The work of some coders as tables."""
    events = [event for work in works.values() for event in work.events.values()]
    looked = (
        (article_id, sentence, coder)
        for coder, work in works.items()
        for article_id, sentences in work.judged.items()
        for sentence in sentences
    )
    faults = tuple(fault for work in works.values() for fault in work.faults)
    return Codings(events_to_table(events), judged_of(looked, events), faults)


def write_codings(
    codings: Codings, path: Path | str, *, codebook: str = "", codebook_hash: str = ""
) -> tuple[Path, Path]:
    """Write the events to path and the judged sentences beside it (x.judged.parquet for x.parquet); gives both paths."""
    beside = side_path(path, "judged")
    with writing_side_table(codings.judged, beside):
        write_events(codings.events, path, codebook=codebook, codebook_hash=codebook_hash)
    return Path(path), beside
