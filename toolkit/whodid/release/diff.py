"""What differs between two versions of a dataset: rows added, removed, recoded and revised, and the codebook."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from whodid.codebook.model import Codebook
from whodid.events.enrich import enrich
from whodid.events.schema import COLUMNS, DERIVED
from whodid.release.codebook_changes import EntryChange, codebook_changes
from whodid.release.inputs import EventSet, read_event_set
from whodid.release.matching import pair_rows

# What a coder decides on: a pair of rows that differs here was recoded. Offsets are told as "words".
RECODED = ("actor", "action", "target", "date", "coder")
_SPANS = ("actor_start", "actor_end", "action_start", "action_end", "target_start", "target_end")
_REMARKS = tuple(c.name for c in COLUMNS if not c.is_identity and c.name != "event_id")


@dataclass(frozen=True, slots=True)
class SideFacts:
    """What one side is: its path, rows, and codebook as far as it is known."""

    path: str
    rows: int
    version: str | None
    codebook: str | None
    codebook_hash: str | None


@dataclass(frozen=True, slots=True)
class CodebookDiff:
    """How the codebook changed. touches counts, for each changed entry, the changed rows that it concerns.

    is_known is False where a side does not carry its codebook: then only the hashes can be compared.
    """

    is_changed: bool
    is_known: bool
    entries: tuple[EntryChange, ...] = ()
    touches: tuple[int, ...] = ()
    rows_touched: int = 0


@dataclass(frozen=True, slots=True)
class Difference:
    """The difference of two event sets.

    added and removed are event tables with derived columns. recoded has one row for each pair: both event_ids, place,
    changed (the names of what differs), and old_ and new_ for actor, action, target, date, coder and the three texts.
    revised: rows with the same id of which another column differs: event_id, changed. The tables by_action,
    by_country and by_coder have rows on either side and how they changed; transitions counts old and new values of
    recoded rows by column.
    """

    old: SideFacts
    new: SideFacts
    unchanged: int
    added: pd.DataFrame
    removed: pd.DataFrame
    recoded: pd.DataFrame
    revised: pd.DataFrame
    transitions: pd.DataFrame
    by_action: pd.DataFrame
    by_country: pd.DataFrame
    by_coder: pd.DataFrame
    codebook: CodebookDiff

    @property
    def is_empty(self) -> bool:
        """True if neither a row nor the codebook differs."""
        return not (len(self.added) + len(self.removed) + len(self.recoded) + len(self.revised)) and (
            not self.codebook.is_changed
        )


def diff(
    old: Path | str,
    new: Path | str,
    *,
    old_codebook: Codebook | None = None,
    new_codebook: Codebook | None = None,
) -> Difference:
    """What changed from OLD to NEW: event files, folders of them, or releases.

    A release brings its codebook; for others give it, or whodid's own serves to find countries. Raises EventTableError
    if a side does not follow the schema, UsageError if there is no such path.
    """
    return compare(read_event_set(old), read_event_set(new), old_codebook=old_codebook, new_codebook=new_codebook)


def compare(
    old: EventSet, new: EventSet, *, old_codebook: Codebook | None = None, new_codebook: Codebook | None = None
) -> Difference:
    """The difference of two event sets that were read."""
    own_old, own_new = old_codebook or old.own_codebook, new_codebook or new.own_codebook
    fallback = own_new or own_old or _default_codebook()
    before = enrich(old.frame, own_old or fallback).reset_index(drop=True)
    after = enrich(new.frame, own_new or fallback).reset_index(drop=True)
    stays_old, stays_new = _same_ids(before, after)
    gone = before.drop(index=stays_old)
    came = after.drop(index=stays_new)
    pairs = pair_rows(gone, came)
    left, right = before.loc[[i for i, _ in pairs]], after.loc[[j for _, j in pairs]]
    removed = gone.drop(index=left.index).reset_index(drop=True)
    added = came.drop(index=right.index).reset_index(drop=True)
    recoded = _recoded(left, right)
    revised, revised_rows = _revised(before.loc[stays_old], after.loc[stays_new])
    book = _codebook_diff(old, new, own_old, own_new, [removed, added, left, right, revised_rows])
    return Difference(
        old=_facts(old, own_old),
        new=_facts(new, own_new),
        unchanged=len(stays_old) - len(revised),
        added=added,
        removed=removed,
        recoded=recoded,
        revised=revised,
        transitions=_transitions(recoded),
        by_action=_by_action(before, after, added, removed, left, right, own_new or fallback),
        by_country=_counted("country", *(_countries(t) for t in (before, after, added, removed, left, right))),
        by_coder=_counted("coder", *(_values(t, "coder") for t in (before, after, added, removed, left, right))),
        codebook=book,
    )


def _default_codebook() -> Codebook:
    from whodid.codebook.load import load_codebook

    return load_codebook()


def _facts(side: EventSet, book: Codebook | None) -> SideFacts:
    label = book.label if book else side.metadata.get("codebook")
    return SideFacts(
        side.shown, len(side.frame), side.version, label, book.hash if book else side.metadata.get("codebook_hash")
    )


def _same_ids(before: pd.DataFrame, after: pd.DataFrame) -> tuple[list[int], list[int]]:
    place = {identity: row for row, identity in enumerate(after["event_id"])}
    both = [(row, place[identity]) for row, identity in enumerate(before["event_id"]) if identity in place]
    return [row for row, _ in both], [row for _, row in both]


def _differs(left: pd.Series, right: pd.Series) -> np.ndarray:
    a, b = left.reset_index(drop=True), right.reset_index(drop=True)
    same_null = a.isna() & b.isna()
    return ((a != b).fillna(True) & ~same_null).to_numpy(dtype=bool)


def _changed_names(flags: dict[str, np.ndarray], rows: int) -> list[str]:
    names = list(flags)
    stacked = np.column_stack([flags[name] for name in names]) if names else np.zeros((rows, 0), dtype=bool)
    # There are few combinations of columns, however many rows: each is spelt once.
    spelt: dict[bytes, str] = {}
    out = []
    for line in stacked:
        key = line.tobytes()
        if key not in spelt:
            spelt[key] = ", ".join(name for name, flag in zip(names, line, strict=True) if flag)
        out.append(spelt[key])
    return out


def _recoded(left: pd.DataFrame, right: pd.DataFrame) -> pd.DataFrame:
    flags = {name: _differs(left[name], right[name]) for name in RECODED}
    flags["words"] = np.logical_or.reduce([_differs(left[name], right[name]) for name in _SPANS])
    out: dict[str, object] = {
        "article_id": right["article_id"].to_numpy(),
        "sentence": right["sentence"].to_numpy(),
        "changed": _changed_names(flags, len(left)),
        "old_event_id": left["event_id"].to_numpy(),
        "new_event_id": right["event_id"].to_numpy(),
    }
    for name in (*RECODED, "actor_text", "action_text", "target_text"):
        out[f"old_{name}"], out[f"new_{name}"] = left[name].to_numpy(), right[name].to_numpy()
    return pd.DataFrame(out)


def _revised(left: pd.DataFrame, right: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    flags = {name: _differs(left[name], right[name]) for name in (*_REMARKS, *(c.name for c in DERIVED))}
    changed = _changed_names(flags, len(left))
    is_revised = np.array([bool(names) for names in changed], dtype=bool)
    table = pd.DataFrame({"event_id": right["event_id"].to_numpy(), "changed": changed})
    return table[is_revised].reset_index(drop=True), right[is_revised]


def _transitions(recoded: pd.DataFrame) -> pd.DataFrame:
    rows: list[tuple[str, str, str, int]] = []
    for name in RECODED:
        old, new = recoded[f"old_{name}"], recoded[f"new_{name}"]
        if name == "date":
            old, new = old.dt.strftime("%Y-%m-%d"), new.dt.strftime("%Y-%m-%d")
        counts = Counter((a, b) for a, b in zip(old, new, strict=True) if a != b)
        rows += [(name, a, b, n) for (a, b), n in sorted(counts.items(), key=lambda item: (-item[1], item[0]))]
    return pd.DataFrame(rows, columns=["column", "old", "new", "rows"])


def _values(table: pd.DataFrame, name: str) -> list[tuple[str, ...]]:
    return [(value,) for value in table[name]]


def _countries(table: pd.DataFrame) -> list[tuple[str, ...]]:
    """The countries of each row: none, one, or two; a country that acts on itself counts once."""
    pairs = zip(table["actor_country"], table["target_country"], strict=True)
    return [tuple(sorted({c for c in pair if isinstance(c, str)})) for pair in pairs]


def _counted(
    key: str,
    before: list[tuple[str, ...]],
    after: list[tuple[str, ...]],
    added: list[tuple[str, ...]],
    removed: list[tuple[str, ...]],
    left: list[tuple[str, ...]],
    right: list[tuple[str, ...]],
) -> pd.DataFrame:
    """Rows by a key before and after, and those that changed; keys of which no row changed are left out."""
    tables = [Counter(value for row in rows for value in row) for rows in (before, after, added, removed)]
    away = Counter(value for a, b in zip(left, right, strict=True) for value in a if value not in b)
    into = Counter(value for a, b in zip(left, right, strict=True) for value in b if value not in a)
    both = Counter(value for a, b in zip(left, right, strict=True) for value in a if value in b)
    keys = sorted({*tables[2], *tables[3], *away, *into, *both})
    rows = [(k, *(t[k] for t in tables), away[k], into[k], both[k]) for k in keys]
    names = [key, "old", "new", "added", "removed", "recoded_from", "recoded_to", "otherwise_recoded"]
    table = pd.DataFrame(rows, columns=names)
    moved = table[names[3:-1]].sum(axis=1)
    table = table.assign(moved=moved).sort_values(
        ["moved", "otherwise_recoded", key], ascending=[False, False, True], kind="stable"
    )
    return table[names].reset_index(drop=True)


def _by_action(
    before: pd.DataFrame,
    after: pd.DataFrame,
    added: pd.DataFrame,
    removed: pd.DataFrame,
    left: pd.DataFrame,
    right: pd.DataFrame,
    book: Codebook,
) -> pd.DataFrame:
    table = _counted("action", *(_values(t, "action") for t in (before, after, added, removed, left, right)))
    labels = [book.actions[code].label if code in book.actions else "" for code in table["action"]]
    table.insert(1, "label", labels)
    return table


def _codebook_diff(
    old: EventSet,
    new: EventSet,
    own_old: Codebook | None,
    own_new: Codebook | None,
    changed: Sequence[pd.DataFrame],
) -> CodebookDiff:
    if own_old is None or own_new is None:
        hashes = [
            book.hash if book else side.metadata.get("codebook_hash") for book, side in ((own_old, old), (own_new, new))
        ]
        return CodebookDiff(None not in hashes and hashes[0] != hashes[1], False)
    entries = codebook_changes(own_old, own_new)
    touched_by = _rows_of(entries, changed) if entries else {}
    touches = tuple(len(touched_by.get(number, ())) for number in range(len(entries)))
    rows = {row for rows in touched_by.values() for row in rows}
    return CodebookDiff(own_old.hash != own_new.hash, True, entries, touches, len(rows))


def _rows_of(entries: tuple[EntryChange, ...], changed: Sequence[pd.DataFrame]) -> dict[int, set[object]]:
    """For each entry by its number, the changed rows that it touches. Both sides of a recoded row are one row."""
    by_action, by_actor, by_words = _indexed(entries)
    removed, added, left, right, revised = changed
    pair_of = dict(zip(left["event_id"], right["event_id"], strict=True))
    found: dict[int, set[object]] = defaultdict(set)
    of_code: dict[str, list[int]] = {}
    of_words: dict[str, list[int]] = {}
    for table in (removed, added, left, right, revised):
        columns = ("event_id", "action", "actor", "target", "actor_text", "target_text")
        for identity, action, actor, target, *texts in zip(*(table[name] for name in columns), strict=True):
            row = pair_of.get(identity, identity)
            touching = [*by_action.get(action, ()), *by_action.get(action[:2], ())]
            for code in (actor, target):
                if code not in of_code:
                    of_code[code] = [n for part in _parts(code) for n in by_actor.get(part, ())]
                touching += of_code[code]
            for text in texts:
                if text not in of_words:
                    of_words[text] = [n for phrase in _phrases(text) for n in by_words.get(phrase, ())]
                touching += of_words[text]
            for number in touching:
                found[number].add(row)
    return found


def _indexed(
    entries: Iterable[EntryChange],
) -> tuple[dict[str, list[int]], dict[str, list[int]], dict[str, list[int]]]:
    by_action: dict[str, list[int]] = defaultdict(list)
    by_actor: dict[str, list[int]] = defaultdict(list)
    by_words: dict[str, list[int]] = defaultdict(list)
    for number, entry in enumerate(entries):
        # The entry of a root speaks of the rows that have the bare root; only quad classes hold for all below it.
        if entry.action and (entry.kind == "quad class" or len(entry.action) > 2):
            by_action[entry.action].append(number)
        elif entry.action:
            by_action[f"{entry.action}"].append(number)
        if entry.actor:
            by_actor[entry.actor].append(number)
        for word in entry.words:
            by_words[word].append(number)
    return by_action, by_actor, by_words


def _parts(code: str) -> set[str]:
    """A code, its beginnings and its groups: KORGOVMIL gives KOR, KORGOV, KORGOVMIL, GOV, MIL."""
    groups = [code[i : i + 3] for i in range(0, len(code), 3)]
    return {*groups, *("".join(groups[:n]) for n in range(1, len(groups) + 1))}


def _phrases(text: str) -> set[str]:
    words = text.casefold().replace("'s", "").replace("’s", "").split()
    words = [word.strip(".,;:!?\"'“”‘’()") for word in words]
    return {" ".join(words[i:j]) for i in range(len(words)) for j in range(i + 1, min(i + 6, len(words)) + 1)}
