"""What coders coded, wherever it lies: event tables and files, stores of hand codings, sheets that were read, widgets."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import pandas as pd

from whodid.annotation.codings import Codings, read_codings
from whodid.annotation.judged import check_judged, read_judged
from whodid.annotation.side_table import side_path
from whodid.annotation.store import is_store
from whodid.cluster.storage import address_of
from whodid.errors import Fault
from whodid.events.files import event_paths, read_events


class HasCodings(Protocol):
    """Codings, a widget, a sheet that was read, the annotations of another tool."""

    def codings(self) -> Codings:
        """The events, and who judged which sentence."""


Codable = HasCodings | pd.DataFrame | Path | str


@dataclass(frozen=True)
class Gathered:
    """Event tables in the order in which they were given, and all that is known of who judged what.

    judged: as check_judged gives it (sentence null: all of the article); None if nothing that was given knows. faults are
    damaged lines of stores. stores are those of the paths that are stores.
    """

    tables: tuple[pd.DataFrame, ...]
    judged: pd.DataFrame | None
    faults: tuple[Fault, ...] = ()
    stores: tuple[Path, ...] = ()


def gather(codings: Codable | Iterable[Codable], judged: pd.DataFrame | None = None) -> Gathered:
    """The codings of one or several sources, with who judged what from all that knows: judged, stores, sheets, widgets,
    and the tables that commands write beside an event file (ben.judged.csv beside ben.csv).
    """
    many = [codings] if isinstance(codings, pd.DataFrame | Path | str) or hasattr(codings, "codings") else list(codings)
    tables: list[pd.DataFrame] = []
    looked: list[pd.DataFrame] = [] if judged is None else [check_judged(judged)]
    faults: list[Fault] = []
    stores: list[Path] = []
    for one in many:
        if isinstance(one, pd.DataFrame):
            tables.append(one)
            continue
        if isinstance(one, Path | str):
            if not is_store(one):
                tables.append(read_events(one))
                looked += _beside(one)
                continue
            stores.append(Path(one))
            one = read_codings(one)
        found = one.codings()
        tables.append(found.events)
        looked.append(check_judged(found.judged))
        faults += found.faults
    known = pd.concat(looked, ignore_index=True).drop_duplicates(ignore_index=True) if looked else None
    return Gathered(tuple(tables), known, tuple(faults), tuple(stores))


def _beside(path: Path | str) -> list[pd.DataFrame]:
    """Who judged what, from the tables that lie beside event files of this machine."""
    if address_of(path):
        return []
    files = [side_path(file, "judged") for file in event_paths(path)]
    return [read_judged(file) for file in files if file.exists()]
