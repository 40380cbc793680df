"""One entry of a store: what a coder did, as a line with a checksum, and back. Needs nothing but Python."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

# Kinds that hand coding knows; a store may hold others (decisions of an adjudicator), which it leaves alone.
EVENT, REMOVE, NO_EVENT, UNDO = "event", "remove", "no event", "undo"
DECIDE = "decide"
_HEAD = b'{"sum":"'
_DIGITS = 12
_BODY = len(_HEAD) + _DIGITS + 2


@dataclass(frozen=True, slots=True)
class Entry:
    """What one coder did at one moment. number counts over all sessions of a coder; body is what a kind needs.

    session and number identify the entry. at is the time in UTC, for those who ask how long coding takes.
    """

    coder: str
    session: str
    number: int
    kind: str
    body: Mapping[str, Any]
    at: str = ""

    @property
    def order(self) -> tuple[int, str]:
        """Where the entry stands among those of its coder; two sessions open at once may share a number."""
        return self.number, self.session


def write_line(entry: Entry) -> bytes:
    """The entry as a line of JSON that begins with a checksum of the rest of it."""
    fields = {
        "coder": entry.coder,
        "session": entry.session,
        "number": entry.number,
        "kind": entry.kind,
        "at": entry.at,
        "body": entry.body,
    }
    rest = json.dumps(fields, ensure_ascii=False, separators=(",", ":"), allow_nan=False)[1:].encode()
    return _HEAD + _sum(rest) + b'",' + rest + b"\n"


def read_line(line: bytes) -> Entry | str:
    """The entry of a line (without its line end), or why it is none."""
    if not line.startswith(_HEAD) or line[_BODY - 2 : _BODY] != b'",':
        return "it does not begin with a checksum"
    rest = line[_BODY:]
    if _sum(rest) != line[len(_HEAD) : _BODY - 2]:
        return "its checksum does not fit"
    try:
        fields = json.loads(b"{" + rest)
        entry = Entry(
            fields["coder"], fields["session"], fields["number"], fields["kind"], fields["body"], fields.get("at", "")
        )
    except (ValueError, KeyError, TypeError, RecursionError):
        return "it is no entry, although its checksum fits"
    is_sound = (
        all(isinstance(text, str) for text in (entry.coder, entry.session, entry.kind))
        and type(entry.number) is int
        and isinstance(entry.body, dict)
    )
    return entry if is_sound else "it is no entry, although its checksum fits"


def _sum(rest: bytes) -> bytes:
    return hashlib.sha256(rest).hexdigest()[:_DIGITS].encode()
