"""Articles in .txt and .md files: one text in each, with optional YAML front matter between two lines of `---`."""

from __future__ import annotations

from collections.abc import Iterator

import yaml

from whodid.articles.encoding import decode
from whodid.articles.entry import NAMES, Entry
from whodid.articles.model import Refused
from whodid.codebook.files import parse_yaml
from whodid.errors import Fault

_FENCE = "---"
_LONGEST_CHARS = 50_000
# YAML libraries build nested values with one call inside the other, and some end the whole program at great depth.
_DEEPEST = 20
_KNOWN = {name for names in NAMES.values() for name in names if name not in NAMES["text"]}
_EVENTS = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_text_file(data: bytes, path: str, own_id: str) -> Iterator[Entry | Refused]:
    """The article in a text file, or the faults of its encoding and front matter, each with its line.

    Front matter begins in the first line. Its known keys are article_id or id, title, published or date, publisher or
    source, url, in any case; others are ignored. Values are taken as they are written: `id: 007` stays 007.
    """
    text, faults = decode(data, path)
    if not faults:
        front, body, faults = _split(text, path)
        values, lines, more = _values(front, path) if front else ({}, {}, [])
        faults += more
    if faults:
        yield from (Refused(path, fault) for fault in faults)
        return
    yield Entry("text", path, {**values, "text": body}, lines=lines, own_id=own_id)


def _split(text: str, path: str) -> tuple[str, str, list[Fault]]:
    lines = text.split("\n")
    if lines[0].rstrip() != _FENCE:
        return "", text, []
    for number, line in enumerate(lines[1:], start=1):
        if line.rstrip() == _FENCE:
            return "\n".join(lines[1:number]), "\n".join(lines[number + 1 :]), []
    fix = "Close it with a line that holds only ---; or, if this is no front matter, put an empty line before it."
    return "", "", [Fault("front-matter", "The front matter that begins here does not end.", fix, path, 1)]


def _values(front: str, path: str) -> tuple[dict[str, object], dict[str, int], list[Fault]]:
    # The empty line stands for the opening fence, so that the lines in faults are those of the file.
    text = f"\n{front}\n"
    faults = _not_for_the_parser(text, path) or parse_yaml(text, path).faults
    if faults:
        return {}, {}, faults
    # parse_yaml gives numbers and truth values where it can; the id 007 must not become 7, so the words are read here.
    root = yaml.compose(text, Loader=_EVENTS)
    if root is None:
        return {}, {}, []
    if not isinstance(root, yaml.MappingNode):
        fix = (
            "Write lines such as `published: 2024-06-21`; or, if this is no front matter, put an empty line before it."
        )
        line = _line(root)
        return {}, {}, [Fault("front-matter", "The front matter is no list of keys and values.", fix, path, line)]
    values: dict[str, object] = {}
    lines: dict[str, int] = {}
    for key_node, node in root.value:
        key, line = str(key_node.value).strip().lower(), _line(key_node)
        if key not in _KNOWN:
            continue
        if key in values:
            message = f"The key {key!r} stands twice; the second would hide the first."
            faults.append(Fault("duplicate-key", message, "Keep one of them.", path, line, value=key))
        lines[key] = line
        if isinstance(node, yaml.ScalarNode):
            values[key] = None if node.tag.endswith(":null") else node.value
        else:
            values[key] = [] if isinstance(node, yaml.SequenceNode) else {}
    return values, lines, faults


def _line(part: yaml.Node | yaml.Event) -> int:
    return part.start_mark.line + 1 if part.start_mark is not None else 1


def _not_for_the_parser(text: str, path: str) -> list[Fault]:
    if len(text) > _LONGEST_CHARS:
        message = f"The front matter has {len(text):,} characters; expected at most {_LONGEST_CHARS:,}."
        return [Fault("front-matter", message, "Check where it ends: a line that holds only ---.", path, 1)]
    strange = yaml.SafeLoader.NON_PRINTABLE.search(text)
    if strange is not None:
        line = text.count("\n", 0, strange.start()) + 1
        message = f"This is not YAML: it holds the control character U+{ord(strange.group()):04X}."
        return [Fault("yaml-syntax", message, "Take the character out.", path, line)]
    depth = 0
    try:
        for event in yaml.parse(text, Loader=_EVENTS):
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > _DEEPEST:
                line = _line(event)
                return [Fault("yaml-syntax", "The YAML is nested too deeply.", "Flatten it.", path, line)]
    except yaml.YAMLError:
        pass  # parse_yaml says what is wrong, and where.
    return []
