"""A difference as text for people, as JSON for programs, and as one HTML page."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

import pandas as pd

from whodid.release.diff import Difference

_SHOWN = 20
_SHOWN_ROWS = 200


def difference_text(difference: Difference, limit: int = _SHOWN) -> str:
    """The difference as lines: counts, then what changed by code, country and coder, up to limit lines each."""
    d = difference
    lines = [
        f"old: {_side(d.old.path, d.old.version, d.old.rows, d.old.codebook)}",
        f"new: {_side(d.new.path, d.new.version, d.new.rows, d.new.codebook)}",
        "",
        *(f"{name:<10} {count:>9,}" for name, count in _counts(d)),
    ]
    if len(d.recoded):
        lines += ["", "recoded, and how:", *_table(_how(d), ["changed", "rows"], limit)]
    for column, rows in d.transitions.groupby("column", sort=False):
        moves = rows.assign(move=rows["old"] + " -> " + rows["new"])
        lines += ["", f"{column}:", *_table(moves, ["move", "rows"], limit)]
    for name, table in (("action", d.by_action), ("country", d.by_country), ("coder", d.by_coder)):
        if len(table):
            lines += ["", f"by {name}:", *_table(table, [str(c) for c in table.columns], limit)]
    revised = _revised(d)
    if len(revised):
        lines += ["", "revised (same coding, another column differs):", *_table(revised, ["changed", "rows"], limit)]
    return "\n".join([*lines, "", *_codebook_lines(d, limit)]) + "\n"


def difference_json(difference: Difference) -> str:
    """Everything, with every row; keys are stable. Dates are text, nulls are null."""
    d = difference
    content = {
        "old": _facts(d.old),
        "new": _facts(d.new),
        "counts": dict(_counts(d)),
        "how": _records(_how(d)),
        "transitions": _records(d.transitions),
        "by_action": _records(d.by_action),
        "by_country": _records(d.by_country),
        "by_coder": _records(d.by_coder),
        "codebook": {
            "changed": d.codebook.is_changed,
            "entries_known": d.codebook.is_known,
            "rows_touched": d.codebook.rows_touched,
            "entries": [
                {
                    "kind": e.kind,
                    "key": e.key,
                    "label": e.label,
                    "change": e.change,
                    "fields": list(e.fields),
                    "rows": n,
                }
                for e, n in zip(d.codebook.entries, d.codebook.touches, strict=True)
            ],
        },
        "added": _records(d.added),
        "removed": _records(d.removed),
        "recoded": _records(d.recoded),
        "revised": _records(d.revised),
    }
    return json.dumps(content, indent=2) + "\n"


def difference_html(difference: Difference) -> str:
    """One page that loads nothing from anywhere; whatever came from data is escaped. Long lists are cut, and say so."""
    import jinja2

    d = difference
    environment = jinja2.Environment(
        autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=jinja2.StrictUndefined
    )
    environment.filters["n"] = lambda number: f"{number:,}"
    template = environment.from_string(files("whodid.release").joinpath("diff.html.j2").read_text("utf-8"))
    touched = sorted(
        zip(d.codebook.entries, d.codebook.touches, strict=True), key=lambda pair: (-pair[1], pair[0].kind, pair[0].key)
    )
    rendered = template.render(
        d=d,
        counts=_counts(d),
        how=_records(_how(d)),
        transitions=[
            (name, _records(rows.head(_SHOWN)), len(rows)) for name, rows in d.transitions.groupby("column", sort=False)
        ],
        tables=[
            (name, _records(table.head(_SHOWN)), len(table))
            for name, table in (("action", d.by_action), ("country", d.by_country), ("coder", d.by_coder))
        ],
        revised=_records(_revised(d)),
        recoded=_records(d.recoded.head(_SHOWN_ROWS)),
        lists=[
            (name, _records(table.head(_SHOWN_ROWS)), len(table))
            for name, table in (("added", d.added), ("removed", d.removed))
        ],
        entries=touched[:_SHOWN_ROWS],
        shown=_SHOWN,
        shown_rows=_SHOWN_ROWS,
    )
    return f"{rendered.strip()}\n"


def _counts(d: Difference) -> list[tuple[str, int]]:
    return [
        ("unchanged", d.unchanged),
        ("revised", len(d.revised)),
        ("recoded", len(d.recoded)),
        ("added", len(d.added)),
        ("removed", len(d.removed)),
    ]


def _how(d: Difference) -> pd.DataFrame:
    counts = d.recoded["changed"].value_counts()
    table = pd.DataFrame({"changed": counts.index.astype(str), "rows": counts.to_numpy()})
    return table.sort_values(["rows", "changed"], ascending=[False, True]).reset_index(drop=True)


def _revised(d: Difference) -> pd.DataFrame:
    counts = d.revised["changed"].value_counts()
    table = pd.DataFrame({"changed": counts.index.astype(str), "rows": counts.to_numpy()})
    return table.sort_values(["rows", "changed"], ascending=[False, True]).reset_index(drop=True)


def _side(path: str, version: str | None, rows: int, codebook: str | None) -> str:
    return f"{path}{f' ({version})' if version else ''}, {rows:,} rows, codebook {codebook or 'not known'}"


def _facts(side: Any) -> dict[str, Any]:
    return {name: getattr(side, name) for name in ("path", "rows", "version", "codebook", "codebook_hash")}


def _codebook_lines(d: Difference, limit: int) -> list[str]:
    book = d.codebook
    if not book.is_known:
        said = "changed" if book.is_changed else "the same, or not known"
        return [
            f"codebook: {said}; its entries are compared where both sides bring it (--old-codebook, --new-codebook)"
        ]
    if not book.is_changed:
        return ["codebook: the same"]
    changed_rows = sum(count for name, count in _counts(d) if name != "unchanged")
    lines = [
        f"codebook: changed, {len(book.entries):,} entries; "
        f"{book.rows_touched:,} of {changed_rows:,} changed rows touch one of them"
    ]
    pairs = sorted(zip(book.entries, book.touches, strict=True), key=lambda p: (-p[1], p[0].kind, p[0].key))
    for entry, count in pairs[:limit]:
        fields = f" ({', '.join(entry.fields)})" if entry.fields else ""
        lines.append(f"  {count:>7,} rows  {entry.kind} {entry.key} {entry.change}{fields}")
    if len(pairs) > limit:
        lines.append(f"  ... and {len(pairs) - limit:,} more entries: see them with --limit or --format json")
    return lines


def _table(table: pd.DataFrame, names: list[str], limit: int) -> list[str]:
    rows = [names, *([_cell(value) for value in row] for row in table[names].head(limit).itertuples(index=False))]
    numeric = [pd.api.types.is_numeric_dtype(table[name]) for name in names]
    widths = [max(len(row[i]) for row in rows) for i in range(len(names))]
    out = []
    for row in rows:
        cells = [
            cell.rjust(width) if is_number else cell.ljust(width)
            for cell, width, is_number in zip(row, widths, numeric, strict=True)
        ]
        out.append("  " + "  ".join(cells).rstrip())
    if len(table) > limit:
        out.append(f"  ... and {len(table) - limit:,} more: see them with --limit or --format json")
    return out


def _cell(value: object) -> str:
    text = f"{value:,}" if isinstance(value, int) else " ".join(str(value).split())
    # Codes come from files: an escape sequence in one must not reach the terminal.
    return "".join(letter if letter.isprintable() else "?" for letter in text)


def _records(table: pd.DataFrame) -> list[dict[str, Any]]:
    return [{str(name): _plain(value) for name, value in row.items()} for row in table.to_dict("records")]


def _plain(value: Any) -> Any:
    if pd.isna(value):
        return None
    if isinstance(value, pd.Timestamp):
        return value.date().isoformat()
    if isinstance(value, float):
        return round(value, 4)
    return value.item() if hasattr(value, "item") else value
