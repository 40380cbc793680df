"""Reading the codebook's YAML and CSV files so that every value knows its line."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field
from typing import Any

import yaml

from whodid.errors import Fault

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_LARGEST_BYTES = 20_000_000
_DEEPEST = 30
_PLAIN = ("tag:yaml.org,2002:map", "tag:yaml.org,2002:seq")


class Number(float):
    """A number with a leading zero, which remembers how it was written: faults must show 010, not 10.0."""

    def __new__(cls, written: str) -> Number:
        number = super().__new__(cls, written)
        number._written = written
        return number

    _written: str

    def __repr__(self) -> str:
        return self._written

    __str__ = __repr__


@dataclass(slots=True)
class Parsed:
    """The value of a file, the line of each place in it (a path of keys and indices), and what is wrong."""

    value: Any = None
    lines: dict[tuple[str | int, ...], int] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def line(self, *path: str | int) -> int:
        """The line of a place, or of the nearest place above it that has one."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


def decode(data: bytes, name: str) -> tuple[str, list[Fault]]:
    """The text of a codebook file, which must be UTF-8 (a byte-order mark is dropped)."""
    if len(data) > _LARGEST_BYTES:
        fault = Fault("file-too-large", f"The file has {len(data):,} bytes.", "Codebook files stay below 20 MB.", name)
        return "", [fault]
    try:
        return data.decode("utf-8-sig"), []
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = f"The file is not UTF-8: byte 0x{data[error.start]:02x} at offset {error.start}."
        return "", [Fault("not-utf8", message, "Save it as UTF-8.", name, line)]


def parse_yaml(text: str, name: str) -> Parsed:
    """The value of a YAML file, built from plain maps, lists, strings, numbers, booleans and nulls only.

    Tags, anchors and aliases are refused (a codebook needs none, and they can be used to exhaust memory), and so are
    keys that stand twice in one map, which YAML libraries silently overwrite.
    """
    parsed = Parsed()
    depth = 0
    try:
        for event in yaml.parse(text, Loader=_Loader):
            # Depth is checked on the flat events: composing thousands of levels would exhaust the C stack.
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > _DEEPEST:
                line = _line(event)
                parsed.faults.append(Fault("yaml-depth", "The YAML is nested too deeply.", "Flatten it.", name, line))
                return parsed
            if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
                fix = "Write the value out."
                line = _line(event)
                parsed.faults.append(Fault("yaml-alias", "Anchors and aliases are not used here.", fix, name, line))
                return parsed
        root = yaml.compose(text, Loader=_Loader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or str(error).splitlines()[0]
        line = mark.line + 1 if mark else 1
        if "nesting depth" in problem:
            # libyaml has a limit of its own, which it may reach before ours.
            parsed.faults.append(Fault("yaml-depth", "The YAML is nested too deeply.", "Flatten it.", name, line))
            return parsed
        fix = "Check the indentation and the quotes there and on the line above."
        parsed.faults.append(Fault("yaml-syntax", f"This is not YAML: {problem}.", fix, name, line))
        return parsed
    if root is not None:
        parsed.value = _build(root, (), parsed, name)
    return parsed


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1


def _build(node: yaml.Node, path: tuple[str | int, ...], parsed: Parsed, name: str) -> Any:
    line = node.start_mark.line + 1
    parsed.lines[path] = line
    if isinstance(node, yaml.CollectionNode) and node.tag not in _PLAIN:
        parsed.faults.append(Fault("yaml-tag", f"The tag {node.tag!r} is not used here.", "Remove it.", name, line))
    if isinstance(node, yaml.MappingNode):
        out: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = str(key_node.value)
            if key in out:
                where = key_node.start_mark.line + 1
                message = f"The key {key!r} stands twice in one entry; the second would hide the first."
                parsed.faults.append(Fault("duplicate-key", message, "Join or rename them.", name, where, value=key))
            out[key] = _build(value_node, (*path, key), parsed, name)
            # A reader looks for the key, and not for the line below it on which its list begins.
            parsed.lines[(*path, key)] = key_node.start_mark.line + 1
        return out
    if isinstance(node, yaml.SequenceNode):
        return [_build(item, (*path, index), parsed, name) for index, item in enumerate(node.value)]
    return _scalar(node, parsed, name)


def _scalar(node: yaml.Node, parsed: Parsed, name: str) -> Any:
    kind, value = node.tag.rpartition(":")[2], str(node.value)
    if kind == "null":
        return None
    if kind == "bool":
        return value.lower() in {"true", "yes", "on"}
    if kind in {"int", "float"}:
        try:
            if value.startswith("0") and len(value) > 1:
                return Number(value)
            return int(value) if kind == "int" else float(value)
        except ValueError:
            return value
    if kind not in {"str", "timestamp"}:
        line = node.start_mark.line + 1
        parsed.faults.append(Fault("yaml-tag", f"The tag {node.tag!r} is not used here.", "Remove it.", name, line))
    return value


def parse_csv(text: str, name: str, columns: dict[str, bool]) -> Parsed:
    """The rows of a CSV file as dicts of strings; value is a list of (line, row).

    columns: the columns that may stand in the header, and whether each must.
    """
    parsed = Parsed(value=[])
    reader = csv.reader(io.StringIO(text), strict=True)
    header: list[str] | None = None
    line = 1
    try:
        for cells in reader:
            start, line = line, reader.line_num + 1
            if header is None:
                header = [cell.strip() for cell in cells]
                parsed.faults += _check_header(header, columns, name)
                if parsed.faults:
                    return parsed
                continue
            if not cells or (len(cells) == 1 and not cells[0].strip()):
                continue
            if len(cells) != len(header):
                message = f"The row has {len(cells)} cells, the header {len(header)}."
                fix = "Put cells that hold a comma between double quotes."
                parsed.faults.append(Fault("csv-cells", message, fix, name, start))
                continue
            parsed.value.append((start, {k: v.strip() for k, v in zip(header, cells, strict=True)}))
    except csv.Error as error:
        fix = "Check the double quotes there."
        parsed.faults.append(Fault("csv-syntax", f"This is not CSV: {error}.", fix, name, reader.line_num))
    if header is None:
        parsed.faults.append(Fault("csv-syntax", "The file is empty.", "Give it at least its header.", name, 1))
    return parsed


def _check_header(header: list[str], columns: dict[str, bool], name: str) -> list[Fault]:
    missing = [column for column, required in columns.items() if required and column not in header]
    unknown = [column for column in header if column not in columns]
    twice = sorted({column for column in header if header.count(column) > 1})
    known = ", ".join(columns)
    faults = [
        Fault("csv-header", f"The column {c!r} is missing.", f"The columns are: {known}.", name, 1, column=c)
        for c in missing
    ]
    faults += [
        Fault("csv-header", f"The column {c!r} is unknown.", f"The columns are: {known}.", name, 1, column=c)
        for c in unknown
    ]
    return faults + [
        Fault("csv-header", f"The column {c!r} stands twice.", "Remove one.", name, 1, column=c) for c in twice
    ]
