"""The folders tell the story, and imports go one way: article in, release out."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import whodid

PACKAGE = Path(whodid.__file__).parent
ORDER = (
    "errors",
    "unchanged",
    "formulas",
    "garbage",
    "cluster",
    "atomic",
    "codebook",
    "articles",
    "events",
    "coder",
    "annotation",
    "reliability",
    "checks",
    "summary",
    "interop",
    "release",
    "cli",
    "__main__",
)
MODULES = sorted(PACKAGE.rglob("*.py"))


def room(path: Path) -> str:
    """The folder, or the module beside the folders, to which a file belongs."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported(path: Path) -> Iterator[tuple[int, str]]:
    """Line and room of everything that a module imports from whodid, also inside functions and for types alone."""
    parent = path.relative_to(PACKAGE.parent).with_suffix("").parts[:-1]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            module = node.module or ""
            if node.level:
                module = ".".join([*parent[: len(parent) - node.level + 1], *filter(None, [module])])
            # `from whodid import codebook` imports a room, `from whodid import __version__` does not.
            names = [f"{module}.{alias.name}" for alias in node.names] if module == "whodid" else [module]
        else:
            continue
        for name in names:
            parts = name.split(".")
            if parts[0] == "whodid" and len(parts) > 1 and parts[1] in ORDER:
                yield node.lineno, parts[1]


def wrong_imports(path: Path) -> list[str]:
    here = room(path)
    where = path.relative_to(PACKAGE.parent)
    return [
        f"{where}:{line}: {here} imports {other}, which comes after it"
        for line, other in imported(path)
        if ORDER.index(other) > ORDER.index(here)
    ]


def test_every_folder_has_its_place_in_the_order() -> None:
    rooms = {room(path) for path in MODULES} - {"__init__"}
    assert sorted(rooms - set(ORDER)) == []


def test_a_folder_imports_only_from_itself_and_those_before_it() -> None:
    assert [sentence for path in MODULES if room(path) != "__init__" for sentence in wrong_imports(path)] == []


def test_nothing_imports_the_command_line() -> None:
    importing = {room(path) for path in MODULES for _, other in imported(path) if other == "cli"}
    assert importing <= {"cli", "__main__"}


def test_a_wrong_import_is_found_wherever_it_stands(tmp_path: Path, monkeypatch: object) -> None:
    path = PACKAGE / "codebook" / "model.py"
    source = "import whodid.cli.app\nfrom whodid import coder\n\ndef late():\n    from ..events import schema\n"
    original = Path.read_text
    monkeypatch.setattr(Path, "read_text", lambda self, **kw: source if self == path else original(self, **kw))  # type: ignore[attr-defined]
    assert wrong_imports(path) == [
        "whodid/codebook/model.py:1: codebook imports cli, which comes after it",
        "whodid/codebook/model.py:2: codebook imports coder, which comes after it",
        "whodid/codebook/model.py:5: codebook imports events, which comes after it",
    ]


def test_no_module_is_called_by_a_name_that_says_nothing() -> None:
    vague = {"utils", "util", "helpers", "helper", "misc", "common"}
    assert [str(path) for path in MODULES if vague & {path.stem, *path.relative_to(PACKAGE).parts}] == []


def test_every_module_says_in_its_first_line_what_it_is() -> None:
    silent = [str(path) for path in MODULES if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))]
    assert silent == []


def test_every_public_name_has_a_docstring_and_lives_where_it_is_said_to() -> None:
    for name, home in whodid._HOME.items():
        thing = getattr(whodid, name)
        assert thing is getattr(import_module(home), name)
        assert thing.__module__ == home, f"{name} is defined in {thing.__module__}, not in {home}"
        assert (inspect.getdoc(thing) or "").strip(), f"{name} has no docstring"


def test_public_names_are_listed_and_unknown_ones_are_refused() -> None:
    assert set(whodid.__all__) == {*whodid._HOME, "__version__"}
    assert set(whodid.__all__) <= set(dir(whodid))
    assert not hasattr(whodid, "no_such_name")


def test_the_map_of_the_coder_names_each_of_its_modules_once() -> None:
    document = import_module("whodid.coder").__doc__ or ""
    modules = {path.stem for path in (PACKAGE / "coder").glob("*.py")} - {"__init__"}
    named = re.findall(r"`(\w+)`", document)
    assert sorted(named) == sorted(modules)
