"""CHANGELOG.md of a release: the entry of this version, made of the difference, above those of the releases before."""

from __future__ import annotations

import re
from datetime import date

from whodid.release.card import escaped
from whodid.release.diff import Difference

CHANGELOG_FILE = "CHANGELOG.md"
_HEAD = "# Changelog\n\nWhat changed in the data from each release to the next. Written by `whodid release`.\n"
_SHOWN = 10


def changelog(version: str, day: date, rows: int, difference: Difference | None, previous: str = "") -> str:
    """The whole text. previous: the CHANGELOG.md of the release that the difference starts from, or nothing."""
    lines = [f"## {version} ({day.isoformat()})", ""]
    if difference is None:
        lines.append(f"- {_rows(rows)}. It was not compared with an earlier release.")
    else:
        lines += [f"- {sentence}" for sentence in sentences(difference)]
    entries = previous[match.start() :] if (match := re.search(r"^## ", previous, re.MULTILINE)) else ""
    older = f"\n{entries.strip()}\n" if entries else ""
    return f"{_HEAD}\n" + "\n".join(lines) + "\n" + older


def sentences(difference: Difference) -> list[str]:
    """The difference in a few sentences of Markdown."""
    d = difference
    since = f"since {d.old.version}" if d.old.version else "since the events before"
    if d.is_empty:
        return [f"{_rows(d.new.rows)}, and none changed {since}."]
    found = [
        f"{_rows(d.new.rows)} ({d.old.rows:,} before): {len(d.added):,} added, {len(d.removed):,} removed, "
        f"{len(d.recoded):,} recoded, {len(d.revised):,} revised, {d.unchanged:,} unchanged {since}."
    ]
    for column in ("action", "actor", "target", "coder"):
        rows = d.transitions[d.transitions["column"] == column].head(_SHOWN)
        if len(rows):
            total = int((d.recoded["old_" + column] != d.recoded["new_" + column]).sum())
            pairs = ", ".join(
                f"{escaped(old)} to {escaped(new)} ({count:,})"
                for old, new, count in zip(rows["old"], rows["new"], rows["rows"], strict=True)
            )
            more = "" if rows["rows"].sum() == total else ", and others"
            found.append(f"{column.capitalize()} recoded in {_rows(total).lower()}: {pairs}{more}.")
    gained = d.by_action[d.by_action["added"] + d.by_action["removed"] > 0].head(_SHOWN)
    if len(gained):
        listed = ", ".join(
            f"{escaped(code)} (+{added:,} −{removed:,})"
            for code, added, removed in zip(gained["action"], gained["added"], gained["removed"], strict=True)
        )
        found.append(f"Actions with most rows added or removed: {listed}.")
    if d.codebook.is_changed:
        named = f"{escaped(d.old.codebook or 'unknown')} to {escaped(d.new.codebook or 'unknown')}"
        if d.codebook.is_known:
            count = len(d.codebook.entries)
            found.append(
                f"Codebook: {named}, {count:,} {'entry' if count == 1 else 'entries'} changed, which "
                f"{d.codebook.rows_touched:,} of the changed rows touch."
            )
        else:
            found.append(f"Codebook: {named}; its entries were not compared.")
    return found


def _rows(count: int) -> str:
    return f"{count:,} {'row' if count == 1 else 'rows'}"
