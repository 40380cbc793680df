"""Loading a codebook folder: every file into its model, all structural faults at once."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from whodid.codebook import cache
from whodid.codebook.files import Parsed, decode, parse_csv, parse_yaml
from whodid.codebook.marks import parse_marks
from whodid.codebook.model import (
    Action,
    ActorWords,
    Agent,
    Codebook,
    Composition,
    Country,
    Example,
    Goldstein,
    GroupName,
    Leader,
    Meta,
    NamedActor,
    Obsolete,
    Operator,
    Plover,
    QuadClass,
    Role,
    Wording,
)
from whodid.codebook.wording import NOTHING, parse_pattern
from whodid.errors import CodebookError, Fault

Row = TypeVar("Row", bound=BaseModel)

# file name -> (field of Codebook, model, columns and whether each is required)
_TABLES: dict[str, tuple[str, type[BaseModel], dict[str, bool]]] = {
    "actors/countries.csv": (
        "countries",
        Country,
        {
            "code": True,
            "iso3": True,
            "name": True,
            "aliases": True,
            "adjectives": True,
            "demonyms": True,
            "capital": True,
            "government_words": True,
            "status": True,
            "valid_from": False,
            "valid_to": False,
            "note": False,
        },
    ),
    "actors/roles.csv": ("roles", Role, {"code": True, "label": True, "tier": True, "note": False}),
    "actors/agents.csv": ("agents", Agent, {"noun": True, "roles": True, "note": False}),
    "actors/bodies.csv": (
        "bodies",
        NamedActor,
        {"code": True, "name": True, "aliases": True, "valid_from": False, "valid_to": False},
    ),
    "actors/organisations.csv": (
        "organisations",
        NamedActor,
        {"code": True, "name": True, "aliases": True, "kind": False, "valid_from": False, "valid_to": False},
    ),
    "actors/groups.csv": (
        "groups",
        NamedActor,
        {"code": True, "name": True, "aliases": True, "country": False, "valid_from": False, "valid_to": False},
    ),
    "actors/leaders.csv": (
        "leaders",
        Leader,
        {
            "country": True,
            "name": True,
            "aliases": True,
            "office": True,
            "roles": True,
            "start": True,
            "end": True,
        },
    ),
    "actors/regions.csv": ("regions", GroupName, {"code": True, "name": True, "aliases": False}),
    "actors/religions.csv": ("religions", GroupName, {"code": True, "name": True, "aliases": False}),
    "actors/ethnicities.csv": ("ethnicities", GroupName, {"code": True, "name": True, "aliases": False}),
    "patterns/composition.csv": (
        "compositions",
        Composition,
        {"operator": True, "inner": True, "action": True, "note": False},
    ),
    "crosswalks/goldstein.csv": (
        "goldstein",
        Goldstein,
        {"code": True, "scheme": True, "value": True, "source": True},
    ),
    "crosswalks/quad_classes.csv": (
        "quad_classes",
        QuadClass,
        {"root": True, "scheme": True, "quad_class": True, "source": True},
    ),
    "crosswalks/plover.csv": (
        "plover",
        Plover,
        {"code": True, "event": True, "mode": True, "context": True, "source": True},
    ),
    "crosswalks/actor_words.csv": (
        "actor_words",
        ActorWords,
        {"scheme": True, "kind": True, "words": True, "code": True, "rank": False, "source": True},
    ),
    "crosswalks/obsolete.csv": (
        "obsolete",
        Obsolete,
        {"kind": True, "code": True, "successors": True, "since": False, "source": True},
    ),
}
# A codebook made before these tables existed is whole without them.
_OPTIONAL = frozenset({"crosswalks/obsolete.csv", "crosswalks/actor_words.csv"})


def default_codebook_path() -> Path:
    """The codebook that came with this installation: inside the wheel, or the checkout's own folder."""
    inside = Path(__file__).resolve().parents[1] / "_codebook"
    return inside if inside.is_dir() else Path(__file__).resolve().parents[3] / "codebook"


def load_codebook(path: Path | str | None = None) -> Codebook:
    """The codebook in a folder, or the one that came with whodid.

    Raises CodebookError with every structural fault of every file: syntax, missing columns, wrong types, duplicate
    codes. What is well-formed but makes no sense (an alias of two countries) is found by check_codebook.
    """
    codebook, faults = read_codebook(path)
    if codebook is None:
        raise CodebookError.of(faults)
    return codebook


def read_codebook(path: Path | str | None = None) -> tuple[Codebook | None, list[Fault]]:
    """The codebook in a folder, or None and the faults that prevent its use."""
    folder = Path(path) if path is not None else default_codebook_path()
    if not folder.is_dir():
        fix = "Give the folder that holds codebook.yaml, or leave the option out to use whodid's own codebook."
        return None, [Fault("no-codebook", "There is no such codebook folder.", fix, folder)]
    try:
        files = codebook_files(folder)
    except OSError as error:
        return None, [Fault("unreadable", f"The file cannot be read: {error.strerror}.", "", error.filename)]
    digest = hash_files(files)
    known = cache.get(digest, folder)
    if known is not None:
        return known, []
    codebook, faults = build_codebook(files, digest, folder)
    if codebook is not None:
        cache.put(codebook, folder)
    return codebook, faults


def codebook_files(folder: Path) -> dict[str, bytes]:
    """The files that make a codebook, by their names within its folder: what its hash is taken of."""
    return {name: (folder / name).read_bytes() for name in _file_names(folder)}


def hash_files(files: dict[str, bytes]) -> str:
    """SHA-256 over names and contents, in the order of names: the codebook's identity in Parquet metadata."""
    total = hashlib.sha256()
    for name in sorted(files):
        total.update(f"{name}\0{len(files[name])}\0".encode())
        total.update(files[name])
    return total.hexdigest()


def _file_names(folder: Path) -> list[str]:
    wanted = ["codebook.yaml", *_TABLES, "patterns/wordsets.yaml", "patterns/operators.yaml"]
    found = [name for name in (*wanted, f"patterns/{NOTHING}.yaml") if (folder / name).is_file()]
    for kind in ("actions", "patterns"):
        found += [f"{kind}/{file.name}" for file in sorted((folder / kind).glob("[0-9][0-9].yaml"))]
    return sorted(found)


def build_codebook(files: dict[str, bytes], digest: str, folder: Path) -> tuple[Codebook | None, list[Fault]]:
    """The codebook that some files hold, by their names in its folder, or None and every fault."""
    faults: list[Fault] = []
    texts: dict[str, str] = {}
    for name, data in files.items():
        texts[name], problems = decode(data, str(folder / name))
        faults += problems
    for name in ("codebook.yaml", *_TABLES, "patterns/wordsets.yaml", "patterns/operators.yaml"):
        if name not in files and name not in _OPTIONAL:
            fix = "Copy it from whodid's own codebook (`whodid codebook path` prints where that is)."
            faults.append(Fault("missing-file", "The codebook lacks this file.", fix, folder / name))
    if not any(name.startswith("actions/") for name in files):
        fix = "Write one file for each root there, such as actions/11.yaml."
        faults.append(Fault("missing-file", "The codebook defines no actions.", fix, folder / "actions"))
    fields: dict[str, Any] = {"hash": digest}
    for name, (column, model, columns) in _TABLES.items():
        if name in texts:
            fields[column] = tuple(_rows(texts[name], str(folder / name), model, columns, faults))
    fields["meta"] = _meta(texts.get("codebook.yaml", ""), str(folder / "codebook.yaml"), faults)
    actions = list(_actions(texts, folder, faults))
    fields["actions"] = {action.code: action for action in actions}
    faults += _duplicate_codes(actions)
    wordsets = _wordsets(texts, folder, faults)
    fields["wordsets"] = wordsets
    fields["wordings"] = tuple(_patterns(texts, folder, wordsets, faults))
    fields["operators"] = tuple(_operators(texts, folder, wordsets, faults))
    if faults:
        return None, faults
    return Codebook.model_construct(**fields), []


def _rows(text: str, name: str, model: type[Row], columns: dict[str, bool], faults: list[Fault]) -> Iterable[Row]:
    parsed = parse_csv(text, name, columns)
    faults += parsed.faults
    for line, row in parsed.value:
        values = {k: v for k, v in row.items() if k in model.model_fields}
        for column in ("value", "quad_class"):
            if column in values:
                values[column] = _number(values[column])
        built = _validate(model, {**values, "file": name, "line": line}, name, lambda _: line, faults)  # noqa: B023
        if built is not None:
            yield built


def _number(cell: str) -> float | int | str:
    try:
        return int(cell)
    except ValueError:
        try:
            return float(cell)
        except ValueError:
            return cell


def _validate(
    model: type[Row],
    values: dict[str, Any],
    name: str,
    line_of: Callable[[tuple[str | int, ...]], int],
    faults: list[Fault],
) -> Row | None:
    try:
        return model.model_validate(values)
    except ValidationError as error:
        for problem in error.errors():
            place = tuple(part for part in problem["loc"] if isinstance(part, (str, int)))
            column = str(place[0]) if place else ""
            given = problem["input"]
            if problem["type"] == "missing":
                message, fix = f"The entry lacks {column!r}.", "Add it."
            elif problem["type"] == "extra_forbidden":
                message, fix = f"The key {column!r} is unknown.", "Check its spelling."
            elif isinstance(given, (int, float)) and problem["type"] == "string_type":
                message = f"{given!r} is a number here, and codes are strings."
                fix = f'Write it between quotes: "{given}" (with its leading zero, if it has one).'
            else:
                message, fix = f"{given!r} does not fit: {_sentence(problem)}.", "Correct it."
            faults.append(Fault("bad-value", message, fix, name, line_of(place), None, column, str(given)))
        return None


_EXPECTED = {
    r"^[0-9]{2,4}$": "an action code has two to four digits",
    r"^[0-9]{2}$": "a root has two digits",
    r"^[A-Za-z0-9]{3}$": "a code has three letters",
    r"^([A-Za-z0-9]{3})+$": "an actor code is composed of three-letter groups",
    r"^([A-Za-z0-9]{3})*$": "roles are composed of three-letter groups",
}


def _sentence(problem: Any) -> str:
    expected = _EXPECTED.get(str(problem.get("ctx", {}).get("pattern")))
    message = str(problem["msg"])
    return expected or message[:1].lower() + message[1:]


def _meta(text: str, name: str, faults: list[Fault]) -> Meta | None:
    parsed = parse_yaml(text, name)
    faults += parsed.faults
    if not isinstance(parsed.value, dict):
        if text and not parsed.faults:
            faults.append(Fault("bad-value", "The file holds no map.", "Write key: value lines.", name, 1))
        return None
    values = dict(parsed.value)
    names = values.get("quad_class_names")
    if isinstance(names, dict):
        values["quad_class_names"] = {int(k) if str(k).isdecimal() else k: v for k, v in names.items()}
    return _validate(Meta, {**values, "file": name, "line": 1}, name, lambda p: parsed.line(*p), faults)


def _actions(texts: dict[str, str], folder: Path, faults: list[Fault]) -> Iterable[Action]:
    for short in sorted(name for name in texts if name.startswith("actions/")):
        name = str(folder / short)
        parsed = parse_yaml(texts[short], name)
        faults += parsed.faults
        if parsed.faults:
            continue
        head = parsed.value
        if not isinstance(head, dict) or not isinstance(head.get("actions"), list):
            fix = "Start it with root, label, definition, use, not_for and a list named actions."
            faults.append(Fault("bad-value", "The file does not describe a root.", fix, name, 1))
            continue
        root = {"code": head.get("root"), **{k: v for k, v in head.items() if k not in {"root", "actions"}}}
        entries = [((), root), *((("actions", i), entry) for i, entry in enumerate(head["actions"]))]
        for place, entry in entries:
            action = _action(entry, place, parsed, name, faults)
            if action is None:
                continue
            if not action.code.startswith(str(head.get("root"))):
                message = f"The code {action.code!r} stands in the file of root {head.get('root')!r}."
                fix = "Move it to its own root's file, or correct it."
                faults.append(Fault("wrong-root", message, fix, name, action.line, None, "code", action.code))
            yield action


def _action(entry: Any, place: tuple[str | int, ...], parsed: Parsed, name: str, faults: list[Fault]) -> Action | None:
    line = parsed.line(*place)
    if not isinstance(entry, dict):
        fix = "Write code:, label:, definition:, use:, not_for: and examples: below a dash."
        faults.append(Fault("bad-value", "An action must be a map.", fix, name, line))
        return None
    values = dict(entry)
    code = values.get("code")
    for key, is_near_miss in (("examples", False), ("near_misses", True)):
        listed = values.get(key) or []
        if not isinstance(listed, list):
            faults.append(Fault("bad-value", f"{key} must be a list.", "Put a dash before each.", name, line))
            listed = []
        built = []
        for index, item in enumerate(listed):
            where = (*place, key, index)
            example = _example(item, str(code), is_near_miss, parsed.line(*where), name, faults)
            if example is not None:
                built.append(example)
        values[key] = tuple(built)
    return _validate(Action, {**values, "file": name, "line": line}, name, lambda p: parsed.line(*place, *p), faults)


def _example(item: Any, code: str, is_near_miss: bool, line: int, name: str, faults: list[Fault]) -> Example | None:
    values = {"text": item} if isinstance(item, str) else dict(item) if isinstance(item, dict) else {}
    marked = values.pop("text", None)
    if not isinstance(marked, str):
        fix = "Write the sentence with its marks, or a map with text:, actor: and target:."
        faults.append(Fault("bad-example", "An example holds no text.", fix, name, line))
        return None
    try:
        text, marks = parse_marks(marked)
    except ValueError as error:
        faults.append(Fault("bad-marks", f"{error}.", f"Correct the sentence: {marked[:60]}...", name, line))
        return None
    missing = {"actor", "action", "target"} - {mark.role for mark in marks}
    if missing:
        fix = f"Mark {' and '.join(sorted(missing))} in: {marked[:60]}..."
        faults.append(Fault("bad-marks", f"The example marks no {' and no '.join(sorted(missing))}.", fix, name, line))
        return None
    if is_near_miss and "action" not in values:
        fix = "Add action: with the code it has instead, or null for no event."
        faults.append(Fault("bad-example", "A near miss does not say what it is instead.", fix, name, line))
        return None
    expected = values.pop("action", code)
    fields = {**values, "text": text, "marks": marks, "action": expected, "file": name, "line": line}
    return _validate(Example, fields, name, lambda _: line, faults)


def _duplicate_codes(actions: list[Action]) -> Iterable[Fault]:
    seen: dict[str, Action] = {}
    for action in actions:
        first = seen.setdefault(action.code, action)
        if first is not action:
            message = f"The code {action.code!r} is already defined in line {first.line} of {Path(first.file).name}."
            yield Fault("duplicate-code", message, "Remove one.", action.file, action.line, None, "code", action.code)


def _wordsets(texts: dict[str, str], folder: Path, faults: list[Fault]) -> dict[str, frozenset[str]]:
    sets: dict[str, frozenset[str]] = {}
    for short in sorted(name for name in texts if name.startswith("patterns/") and name.endswith(".yaml")):
        name = str(folder / short)
        parsed = parse_yaml(texts[short], name)
        if short == "patterns/wordsets.yaml":
            faults += parsed.faults
        value = parsed.value if isinstance(parsed.value, dict) else {}
        listed = value if short == "patterns/wordsets.yaml" else value.get("wordsets") or {}
        if not isinstance(listed, dict):
            fix = "Write a map from the set's name to a list of words."
            line = parsed.line("wordsets")
            faults.append(Fault("bad-wordset", "What stands below 'wordsets' is no map.", fix, name, line))
            continue
        for key, words in listed.items():
            if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
                line = parsed.line("wordsets", key) if "wordsets" in value else parsed.line(key)
                fix = "Write [word, word]; put words such as no and yes between quotes."
                faults.append(Fault("bad-wordset", f"The word set {key!r} is no list of words.", fix, name, line))
                continue
            if key in sets:
                line = parsed.line("wordsets", key) if "wordsets" in value else parsed.line(key)
                message = f"The word set {key!r} is already defined; this one would hide the other."
                faults.append(Fault("duplicate-key", message, "Join or rename them.", name, line, value=key))
            sets[key] = frozenset(words)
    return sets


def _patterns(
    texts: dict[str, str], folder: Path, wordsets: dict[str, frozenset[str]], faults: list[Fault]
) -> Iterable[Wording]:
    for short in sorted(name for name in texts if name.startswith("patterns/") and _holds_patterns(name)):
        name = str(folder / short)
        parsed = parse_yaml(texts[short], name)
        faults += parsed.faults
        listed = parsed.value.get("patterns") if isinstance(parsed.value, dict) else None
        if not isinstance(listed, dict):
            if not parsed.faults:
                fix = "Start it with root: and patterns:, a map from code to a list of wordings."
                faults.append(Fault("bad-value", "The file holds no patterns.", fix, name, 1))
            continue
        for code, wordings in listed.items():
            for index, wording in _list_of_wordings(wordings, code, name, parsed.line("patterns", code), faults):
                line = parsed.line("patterns", code, index)
                pattern = _wording(wording, code, wordsets, name, line, faults)
                if pattern is not None:
                    yield pattern


def _holds_patterns(name: str) -> bool:
    return name[9:11].isdigit() or name == f"patterns/{NOTHING}.yaml"


def _list_of_wordings(wordings: Any, key: str, name: str, line: int, faults: list[Fault]) -> Iterable[tuple[int, Any]]:
    if wordings is not None and not isinstance(wordings, list):
        # The letters of "summon" would each become a pattern of their own.
        fix = "Put each wording in a line of its own, after a dash."
        faults.append(Fault("bad-value", f"What stands below {key!r} is no list of wordings.", fix, name, line))
        return ()
    return enumerate(wordings or ())


def _wording(
    wording: Any, code: str, wordsets: dict[str, frozenset[str]], name: str, line: int, faults: list[Fault]
) -> Wording | None:
    try:
        parse_pattern(str(wording), code, wordsets)
    except ValueError as error:
        faults.append(Fault("bad-pattern", f"{error}.", "Correct the pattern.", name, line, None, None, str(wording)))
        return None
    return Wording(code=code, source=str(wording), file=name, line=line)


def _operators(
    texts: dict[str, str], folder: Path, wordsets: dict[str, frozenset[str]], faults: list[Fault]
) -> Iterable[Operator]:
    short = "patterns/operators.yaml"
    name = str(folder / short)
    parsed = parse_yaml(texts.get(short, ""), name)
    faults += parsed.faults
    listed = parsed.value.get("operators") if isinstance(parsed.value, dict) else None
    if listed is not None and not isinstance(listed, dict):
        fix = "Write a map from the operator's name to a list of wordings."
        faults.append(
            Fault("bad-value", "What stands below 'operators' is no map.", fix, name, parsed.line("operators"))
        )
        listed = None
    for operator, wordings in (listed or {}).items():
        line = parsed.line("operators", operator)
        built = []
        for index, wording in _list_of_wordings(wordings, operator, name, line, faults):
            where = parsed.line("operators", operator, index)
            pattern = _wording(wording, "00", wordsets, name, where, faults)
            if pattern is not None:
                built.append(pattern)
        yield Operator(name=operator, sources=tuple(built), file=name, line=line)
