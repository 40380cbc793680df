"""Two entries of the codebook beside each other, to see what tells them apart."""

from __future__ import annotations

import textwrap

from whodid.codebook.marks import write_marks
from whodid.codebook.model import Action, Codebook

_EXAMPLES = 2


def side_by_side(codebook: Codebook, one: str, other: str, width: int = 96) -> str:
    """Label, definition, notes and examples of two codes in two columns; a code that is not in the codebook says so."""
    room = (width - 3) // 2
    left, right = _entry(codebook, one), _entry(codebook, other)
    lines = []
    for row, (a, b) in enumerate(zip(left, right, strict=True)):
        cells = [textwrap.wrap(text, room) or [""] for text in (a, b)]
        if cells == [[""], [""]]:
            continue
        height = max(map(len, cells))
        cells = [cell + [""] * (height - len(cell)) for cell in cells]
        lines += [f"{x:<{room}} | {y}".rstrip() for x, y in zip(*cells, strict=True)]
        if row == 0:
            lines.append("-" * room + "-+-" + "-" * room)
    return "\n".join(lines)


def entry_parts(action: Action) -> dict[str, list[str]]:
    """What an entry says, by part: definition, use, not, and the first examples with their marks."""
    parts = {"": [action.definition], "Use": [action.use.removeprefix("Use ")], "Not": [action.not_for]}
    parts["Example"] = [write_marks(example.text, example.marks) for example in action.examples[:_EXAMPLES]]
    return {name: [" ".join(text.split()) for text in texts] for name, texts in parts.items()}


def _entry(codebook: Codebook, code: str) -> list[str]:
    action = codebook.actions.get(code)
    if action is None:
        return [f"{code}  not in the codebook", *[""] * (3 + _EXAMPLES)]
    parts = entry_parts(action)
    examples = [f"Example: {text}" for text in parts["Example"]]
    texts = [f"{name}: {text}" if name else text for name in ("", "Use", "Not") for text in parts[name]]
    return [f"{code}  {action.label}", *texts, *examples, *[""] * (_EXAMPLES - len(examples))]
