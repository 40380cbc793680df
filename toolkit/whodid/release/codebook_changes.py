"""Which entries differ between two codebooks: actions with their wordings, actors by kind, scores, operators."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import BaseModel

from whodid.codebook.model import Codebook, Example

Change = Literal["added", "removed", "changed"]
Key = tuple[str, str]
_ACTORS = ("countries", "roles", "agents", "bodies", "organisations", "groups", "leaders")
_NAMES_OF_GROUPS = ("regions", "religions", "ethnicities")
_SINGULAR = {
    "countries": "country", "roles": "role", "agents": "agent", "bodies": "body", "organisations": "organisation",
    "groups": "group", "leaders": "leader", "regions": "region", "religions": "religion", "ethnicities": "ethnicity",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class EntryChange:
    """One entry that differs: its kind and name, what became of it, and the fields that differ.

    action is the code (or root) whose rows it concerns, actor the code of an actor entry, words the names by which it
    is found in a text: what `whodid diff` looks for in the rows.
    """

    kind: str
    key: str
    change: Change
    fields: tuple[str, ...] = ()
    label: str = ""
    action: str = ""
    actor: str = ""
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Entry:
    values: dict[str, Any]
    label: str = ""
    action: str = ""
    actor: str = ""
    words: tuple[str, ...] = ()


def codebook_changes(old: Codebook, new: Codebook) -> tuple[EntryChange, ...]:
    """Every entry that one codebook has and the other has not, or that they have differently, by kind and name.

    Where an entry stands in its file does not count: lines move whenever a file is edited.
    """
    if old.hash == new.hash:
        return ()
    before, after = dict(_entries(old)), dict(_entries(new))
    found: list[EntryChange] = []
    for key in sorted({*before, *after}):
        then, now = before.get(key), after.get(key)
        if then is None or now is None:
            entry = now or then
            assert entry is not None
            found.append(_change(key, "removed" if now is None else "added", (), entry, entry))
        elif then.values != now.values:
            fields = tuple(name for name in now.values if then.values.get(name) != now.values[name])
            found.append(_change(key, "changed", fields, then, now))
    return tuple(found)


def _change(key: Key, change: Change, fields: tuple[str, ...], then: _Entry, now: _Entry) -> EntryChange:
    words = tuple(dict.fromkeys([*then.words, *now.words]))
    return EntryChange(*key, change, fields, now.label, now.action, now.actor, words)


def _entries(book: Codebook) -> Iterable[tuple[Key, _Entry]]:
    wordings: dict[str, list[str]] = defaultdict(list)
    for wording in book.wordings:
        wordings[wording.code].append(wording.source)
    for code, action in book.actions.items():
        values = {
            "label": action.label,
            "definition": action.definition,
            "use": action.use,
            "not_for": action.not_for,
            "examples": [_example(example) for example in action.examples],
            "near_misses": [_example(example) for example in action.near_misses],
            "wordings": sorted(wordings.pop(code, [])),
        }
        yield ("action", code), _Entry(values, action.label, action=code)
    for code, sources in wordings.items():
        yield ("wordings", code), _Entry({"wordings": sorted(sources)}, action=code)
    for field in (*_ACTORS, *_NAMES_OF_GROUPS):
        yield from _numbered(_SINGULAR[field], [_actor(row) for row in getattr(book, field)])
    for operator in book.operators:
        yield ("operator", operator.name), _Entry({"wordings": sorted(w.source for w in operator.sources)})
    for composition in book.compositions:
        yield (
            ("composition", f"{composition.operator} {composition.inner or 'any'}"),
            _Entry({"action": composition.action}, action=composition.action),
        )
    for name, words in book.wordsets.items():
        yield ("word set", name), _Entry({"words": sorted(words)})
    for score in book.goldstein:
        yield ("Goldstein score", f"{score.code} {score.scheme}"), _Entry({"value": score.value}, action=score.code)
    for row in book.quad_classes:
        yield ("quad class", f"{row.root} {row.scheme}"), _Entry({"quad_class": row.quad_class}, action=row.root)
    for plover in book.plover:
        values = {"event": plover.event, "mode": plover.mode, "context": plover.context}
        yield ("PLOVER", plover.code), _Entry(values, action=plover.code)
    for old in book.obsolete:
        values = {"successors": old.successors, "since": old.since}
        of_action, of_actor = (old.code, "") if old.kind == "action" else ("", old.code)
        yield ("obsolete code", f"{old.kind} {old.code}"), _Entry(values, action=of_action, actor=of_actor)
    meta = book.meta.model_dump(exclude={"file", "line"})
    for name, value in meta.items():
        if name not in {"version", "files", "sources"}:
            yield ("codebook.yaml", name), _Entry({name: value})


def _actor(row: BaseModel) -> tuple[str, _Entry]:
    values = row.model_dump(mode="json", exclude={"file", "line"})
    name = str(values.get("name") or values.get("noun") or values.get("label") or "")
    code = str(values.get("code") or f"{values.get('country', '')}{values.get('roles', '')}")
    key = " ".join(part for part in (code, name, str(values.get("start") or "")) if part)
    if "noun" in values:
        key = name
    elif "label" in values:
        key = code
    words = [name] if "label" not in values else []
    for field in ("aliases", "adjectives", "demonyms", "capital", "government_words"):
        words += values.get(field) or []
    return key, _Entry(values, name, actor=code, words=tuple(dict.fromkeys(w.casefold() for w in words if w)))


def _numbered(kind: str, rows: list[tuple[str, _Entry]]) -> Iterable[tuple[Key, _Entry]]:
    """Entries by their key; a key that stands several times (two terms without a start) is numbered."""
    seen: dict[str, int] = defaultdict(int)
    for key, entry in rows:
        seen[key] += 1
        yield (kind, key if seen[key] == 1 else f"{key} ({seen[key]})"), entry


def _example(example: Example) -> dict[str, Any]:
    return example.model_dump(mode="json", exclude={"file", "line"})
