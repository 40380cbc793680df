"""The codebook as one readable HTML page, and as CSV."""

from __future__ import annotations

import csv
import io
from html import escape
from importlib.resources import files
from itertools import groupby
from typing import Any

from whodid.codebook.model import Codebook, Example

CSV_COLUMNS = (
    "code", "label", "parent", "root", "definition", "use", "not_for", "quad_class", "goldstein", "plover_event",
    "plover_mode", "plover_context", "n_examples",
)  # fmt: skip


def codebook_csv(codebook: Codebook) -> str:
    """One line for each code with its definition, notes and values; the columns are CSV_COLUMNS."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(CSV_COLUMNS)
    for action in codebook.actions.values():
        plover = codebook.plover_of(action.code)
        row: list[Any] = [action.code, action.label, action.parent or "", action.root]
        row += [" ".join(text.split()) for text in (action.definition, action.use, action.not_for)]
        row += [codebook.quad_class(action.code), codebook.goldstein_score(action.code)]
        row += [plover.event, plover.mode, plover.context] if plover else ["", "", ""]
        writer.writerow([*row, len(action.examples)])
    return out.getvalue()


def codebook_html(codebook: Codebook) -> str:
    """The whole codebook as one self-contained page: a table of contents, and an anchor for each code (#114).

    Everything that comes from the codebook's files is escaped; the page loads nothing from anywhere.
    """
    from jinja2 import Environment

    template = files("whodid.codebook").joinpath("codebook.html.j2").read_text(encoding="utf-8")
    environment = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)
    roots = [list(group) for _, group in groupby(codebook.actions.values(), key=lambda a: a.root)]
    return environment.from_string(template).render(
        book=codebook,
        roots=roots,
        marked=marked_html,
        quad=codebook.quad_class,
        score=codebook.goldstein_score,
        plover=codebook.plover_of,
    )


def marked_html(example: Example) -> Any:
    """The sentence of an example as HTML, its words escaped and marked with their roles."""
    from markupsafe import Markup

    out: list[str] = []
    at = 0
    for mark in sorted(example.marks, key=lambda m: m.start):
        out.append(escape(example.text[at : mark.start]))
        words = escape(example.text[mark.start : mark.end])
        out.append(f'<mark class="{escape(mark.role)}">{words}</mark>')
        at = mark.end
    out.append(escape(example.text[at:]))
    return Markup("".join(out))
