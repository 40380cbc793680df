"""Is text what it seems? Words for nothing, stray blanks, wrong encodings, marks of other programs, order."""

from __future__ import annotations

import codecs
import html
import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd

from whodid.errors import Fault
from whodid.events.schema import COLUMNS, is_imported, known_columns
from whodid.events.table import SORT_KEYS

# What a spreadsheet shows where a formula failed.
_ERRORS = frozenset({"#n/a", "#ref!", "#name?", "#value!", "#div/0!", "#num!", "#null!", "#error!"})
NOTHING = frozenset({"nan", "<na>", "null", "none", "nat", "n/a", "na", "nil", "undefined"}) | _ERRORS
# "None" and "NA" can be words of an article, and NAN letters of a code; "NaN" is what pandas writes.
_WORDS = ("actor_text", "action_text", "target_text")
_NOTHING_IN_WORDS = frozenset({"nan", "<na>", "null", "nat", "undefined"}) | _ERRORS
_NAMES = ("article_id", "publisher", "coder", "note")
_CODES = ("actor", "action", "target")
_TRIMMED = ("article_id", "publisher")
# Ids and names with one of these look like others and are not: soft hyphen, zero-width blanks, marks of direction and order.
# The joiners U+200C and U+200D are left alone: Persian and Indic names are written with them.
_UNSEEN = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
_IDENTIFYING = ("article_id", "publisher", "coder")
NULL_CHARACTER = "\0"
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]{2,8}\d{0,2});")
# The first line is enough: a later cell may hold its own line ends, which are not the file's.
_HEAD = 4096
_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"


def text_faults(frame: pd.DataFrame) -> list[Fault]:
    """Rules null-as-text, stray-space, invisible-character, mojibake, html-entity, confidence-decimals and header-again."""
    faults = _header_again(frame)
    headers = {fault.row for fault in faults}
    for column in (*_CODES, *_WORDS, *_NAMES):
        is_free = column in _WORDS or column == "note"
        found = _each(frame, column, partial(_nothing, column, _NOTHING_IN_WORDS if is_free else NOTHING))
        faults += [fault for fault in found if fault.row not in headers]
    for column in _TRIMMED:
        faults += _each(frame, column, partial(_untrimmed, column))
    for column in (*_WORDS, *_NAMES):
        faults += _each(frame, column, partial(_unseen, column, column in _IDENTIFYING))
        faults += _each(frame, column, partial(_wrongly_decoded, column))
        faults += _each(frame, column, partial(_still_html, column))
    return faults + _decimals(frame)


def _each(frame: pd.DataFrame, column: str, judge: Callable[[str], Fault | None]) -> list[Fault]:
    """The fault of each row whose value has one; every value is judged once, however often it stands there."""
    if column not in frame.columns:
        return []
    values = frame[column]
    verdicts = {value: judge(value) for value in values.dropna().unique() if isinstance(value, str)}
    bad = {value: fault for value, fault in verdicts.items() if fault is not None}
    rows = np.flatnonzero(values.isin(list(bad)).to_numpy()).tolist() if bad else []
    return [replace(bad[str(values.iat[row])], row=row, column=column) for row in rows]


def _header_again(frame: pd.DataFrame) -> list[Fault]:
    """A row that says actor, action, target: files were joined with their headers."""
    if any(column not in frame.columns for column in _CODES):
        return []
    is_header = np.logical_and.reduce([(frame[column] == column).to_numpy(dtype=bool) for column in _CODES])
    fix = "Remove it: two files were joined."
    return [
        Fault("header-again", "The row is a header.", fix, None, None, row, "actor", "actor")
        for row in np.flatnonzero(is_header).tolist()
    ]


def _nothing(column: str, nothing: frozenset[str], value: str) -> Fault | None:
    if value.strip().casefold() not in nothing:
        return None
    message = f"{column} is the text {value!r}, which is a program's word for no value."
    fix = "Leave the cell empty if there is none." if column in ("publisher", "note") else "Write what is meant."
    return Fault("null-as-text", message, fix, value=value)


def _untrimmed(column: str, value: str) -> Fault | None:
    if value == value.strip():
        return None
    message = f"{column} is {value!r}, with blanks around it."
    return Fault("stray-space", message, f"Write {value.strip()!r}.", value=value)


def _unseen(column: str, is_identifying: bool, value: str) -> Fault | None:
    found = NULL_CHARACTER if NULL_CHARACTER in value else None
    seen = _UNSEEN.search(value) if is_identifying and not value.isascii() else None
    if found is None and seen is None:
        return None
    character = found or (seen.group() if seen else "")
    named = unicodedata.name(character, "null").lower()
    meant = _UNSEEN.sub("", value.replace(NULL_CHARACTER, "")) if is_identifying else value.replace(NULL_CHARACTER, "")
    message = f"{column} is {value!r}, with the invisible character U+{ord(character):04X} ({named})."
    return Fault("invisible-character", message, f"Write {meant!r}.", value=value)


def _still_html(column: str, value: str) -> Fault | None:
    if "&" not in value or _ENTITY.search(value) is None or html.unescape(value) == value:
        return None
    message = f"{column} is {value!r}, where a web page shows {html.unescape(value)!r}."
    return Fault(
        "html-entity", message, "Take the text from the page as it is shown, and code the article again.", value=value
    )


def _wrongly_decoded(column: str, value: str) -> Fault | None:
    if value.isascii():
        return None
    meant = _as_meant(value)
    if _REPLACEMENT in value:
        message = f"{column} is {value!r}: a letter was lost when the text was decoded."
        return Fault("mojibake", message, "Code the article again from a file that is whole.", value=value)
    if meant is None:
        return None
    message = f"{column} is {value!r}, which looks like {meant!r} in the wrong encoding."
    return Fault("mojibake", message, "Decode the file as UTF-8.", value=value)


def _as_meant(value: str) -> str | None:
    """What UTF-8 read as Windows-1252 or Latin-1 said before; None if it is none."""
    for encoding in ("cp1252", "latin-1"):
        try:
            return value.encode(encoding).decode("utf-8")
        except UnicodeError:
            continue
    return None


def _decimals(frame: pd.DataFrame) -> list[Fault]:
    if "confidence" not in frame.columns or frame["confidence"].dtype.kind != "f":
        return []
    values = frame["confidence"].to_numpy(dtype="float32", na_value=np.nan)
    rounded = values.astype("float64").round(3).astype("float32")
    faults = []
    for row in np.flatnonzero((values != rounded) & ~np.isnan(values)).tolist():
        shown = f"{values[row]:.7g}"
        message = f"confidence is {shown}, with more than three decimals."
        fix = f"Write {rounded[row]:.3g}: another computer's last digits must not change the file."
        faults.append(Fault("confidence-decimals", message, fix, None, None, row, "confidence", shown))
    return faults


def spreadsheet_faults(path: Path) -> list[Fault]:
    """Rules byte-order-mark and line-ends: a CSV or JSON Lines file that another program has saved again."""
    with path.open("rb") as handle:
        head = handle.read(_HEAD)
    faults: list[Fault] = []
    fix = "Look whether it changed dates and leading zeros; then read and write the file once with whodid."
    if head.startswith(codecs.BOM_UTF8):
        message = "The file begins with a byte-order mark, as spreadsheets write it."
        faults.append(Fault("byte-order-mark", message, fix, line=1))
    first = head.partition(b"\n")[0]
    if b"\r" in first:
        where = "in Windows" if first.endswith(b"\r") else "on old Macintoshes"
        message = f"Lines end as {where}: another program has saved the file."
        faults.append(Fault("line-ends", message, fix, line=1))
    return faults


def order_faults(frame: pd.DataFrame, *, is_parquet: bool, keys: Sequence[str] = SORT_KEYS) -> list[Fault]:
    """Rules column-order and, for Parquet as whodid writes it, row-order; the frame is that of a file sorted by keys."""
    names = [str(name) for name in frame.columns]
    faults = column_order_faults(names)
    # Imported events keep the order of the files that they come from, which may be larger than memory.
    if is_parquet and not is_imported(names) and all(column.name in names for column in COLUMNS):
        numbered = frame.reset_index(drop=True)
        ordered = numbered.sort_values(list(keys), kind="stable").index.to_numpy()
        moved = np.flatnonzero(ordered != np.arange(len(ordered)))
        if len(moved):
            faults.append(row_order_fault(int(moved[0])))
    return faults


def column_order_faults(names: Sequence[str]) -> list[Fault]:
    """Rule column-order, from the names of a file's columns."""
    if list(names) == [name for name in known_columns(names) if name in set(names)]:
        return []
    fix = "Read and write the file once with whodid, which orders them."
    return [Fault("column-order", "The columns do not stand in the schema's order.", fix)]


def row_order_fault(row: int, path: Path | None = None) -> Fault:
    """The finding of a file whose rows stand elsewhere than in canonical order, from a row on."""
    message = f"The rows do not stand in canonical order, from row {row} on."
    fix = "Read and write the file once with whodid: the same rows then have the same bytes."
    return Fault("row-order", message, fix, path, None, row)
