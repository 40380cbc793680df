"""Write docs/columns.md and docs/commands.md from the schema and from the commands; with --check, only compare.

Run it (`python scripts/docs.py`) after changing a column, an option or a help text.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

# Help texts wrap at the width of the terminal; the pages must come out the same everywhere.
WIDTH = 100
os.environ["TERMINAL_WIDTH"] = os.environ["COLUMNS"] = str(WIDTH)

import typer  # noqa: E402

from whodid.atomic import write_text  # noqa: E402
from whodid.cli.app import app  # noqa: E402
from whodid.events.schema import COLUMNS, DERIVED, IMPORTED, MERGED, ORIGINAL, SCHEMA_VERSION, Column  # noqa: E402

ROOT = Path(__file__).resolve().parents[1]
_NEVER_NULL = {column.name for column in COLUMNS if not column.is_nullable}
_MADE = "<!-- Written by scripts/docs.py (`python scripts/docs.py`); edit {source} instead. -->"


def columns_page() -> str:
    """The data dictionary: the columns of the table and the derived ones, as Markdown."""
    return "\n".join(
        [
            _MADE.format(source="toolkit/whodid/events/schema.py"),
            "",
            "# The columns of an event table",
            "",
            f"Schema version {SCHEMA_VERSION}. One row is one coding: one actor doing one thing to another on one day, as one",
            "sentence reports it. Codes are strings, always: `010` is not 10. Offsets count characters of the article's text",
            "from 0, half open.",
            "",
            *_table(COLUMNS),
            "",
            f"The hash in `event_id` is taken of the identifying columns: {_listed(c.name for c in COLUMNS if c.is_identity)}.",
            "",
            "## Derived columns",
            "",
            "`enrich` adds these from the columns above and a codebook. They are never typed in, and never read back as input.",
            "",
            *_table(DERIVED),
            "",
            "## One a day",
            "",
            "`one_a_day` adds these to the rows that it keeps.",
            "",
            *_table(MERGED),
            "",
            "## Imported events",
            "",
            "`whodid convert` writes the same columns, of which these may be null, because other datasets do not say them:",
            f"{_listed(c.name for c in IMPORTED if c.is_nullable and c.name in _NEVER_NULL)}.",
            "An action may also be a PLOVER event with its mode (`ASSAULT:firearms`). Behind them stand the columns below, and",
            "every other column of the original as text, under `original_` and its name",
            "([decision 15](decisions/0015-imported-events.md)).",
            "",
            *_table(ORIGINAL),
            "",
        ]
    )


def _table(columns: tuple[Column, ...]) -> Iterator[str]:
    yield "| column | Arrow type | null | meaning | rule |"
    yield "| --- | --- | --- | --- | --- |"
    for column in columns:
        cells = (
            f"`{column.name}`",
            _arrow(column),
            "yes" if column.is_nullable else "no",
            column.description,
            _rule(column),
        )
        yield f"| {' | '.join(cell.replace('|', '&#124;') for cell in cells)} |"


def _arrow(column: Column) -> str:
    written = str(column.arrow)
    if written.startswith("dictionary"):
        return "dictionary of string"
    return {"float": "float32", "date32[day]": "date32"}.get(written, written)


def _rule(column: Column) -> str:
    rules = ["unique"] if column.is_unique else []
    if column.allowed:
        rules.append(f"one of {_listed(column.allowed)}")
    if column.pattern:
        rules.append(f"all of it matches <code>{column.pattern}</code>")
    if column.minimum is not None and column.maximum is not None:
        rules.append(f"from {column.minimum:g} to {column.maximum:g}")
    elif column.minimum is not None:
        rules.append(f"at least {column.minimum:g}")
    return "; ".join(rules)


def _listed(names: object) -> str:
    return ", ".join(f"`{name}`" for name in names)  # type: ignore[attr-defined]


def commands_page() -> str:
    """The help text of every command, as Markdown."""
    parts = [_MADE.format(source="the command's module in toolkit/whodid/cli/"), "", "# The commands", ""]
    for path, context in help_contexts():
        parts += [f"## {path}", "", "```text", *_help(context), "```", ""]
    return "\n".join(parts)


def help_contexts() -> Iterator[tuple[str, Any]]:
    """Each command's name as one types it ("whodid codebook show"), and the context that prints its help."""
    yield from _below(typer.main.get_command(app), "whodid", None)


def _below(command: Any, name: str, parent: Any) -> Iterator[tuple[str, Any]]:
    context = command.context_class(
        command, info_name=name, parent=parent, max_content_width=WIDTH, terminal_width=WIDTH
    )
    yield context.command_path, context
    for below, sub in sorted(getattr(command, "commands", {}).items()):
        yield from _below(sub, below, context)


def _help(context: Any) -> list[str]:
    return [line.rstrip() for line in context.get_help().strip().splitlines()]


def pages() -> dict[Path, str]:
    """The generated pages by their paths."""
    return {ROOT / "docs" / "columns.md": columns_page(), ROOT / "docs" / "commands.md": commands_page()}


def stale() -> list[str]:
    """A sentence for each page that is not what the code says today."""
    return [
        f"{path.relative_to(ROOT)}: The page is not what the code says today. Run `python scripts/docs.py`."
        for path, text in pages().items()
        if not path.is_file() or path.read_bytes() != text.encode()
    ]


def main(arguments: list[str]) -> int:
    """Write, or check with --check. Exit code 1 if a page is stale."""
    if arguments == ["--check"]:
        sentences = stale()
        print("\n".join(sentences) or "docs/columns.md and docs/commands.md are current")
        return 1 if sentences else 0
    if arguments:
        print("usage: docs.py [--check]", file=sys.stderr)
        return 2
    for path, text in pages().items():
        write_text(path, text)
        print(f"wrote {path.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
