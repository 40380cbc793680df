"""A line of a sheet: one sentence with all that reading needs to know of its article, and the key that guards it."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import date

_SEPARATOR = "\x1f"
_KEY = re.compile(r"k([0-9]{8})-([0-9]{1,9})-([0-9a-f]{12})")


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence of an article. start: the sentence's first character in the article's text, from 0."""

    article_id: str
    sentence: int
    published: date
    publisher: str | None
    text: str
    start: int

    @property
    def key(self) -> str:
        """Date, start and a hash of everything, as one word that no spreadsheet takes for a number or a day.

        A spreadsheet that opens a CSV file turns its dates into those of the country; the key keeps the day readable.
        """
        parts = (self.article_id, str(self.sentence), self.publisher or "", self.text)
        place = f"{self.published:%Y%m%d}-{self.start}"
        digest = hashlib.sha256(_SEPARATOR.join((*parts, place)).encode()).hexdigest()[:12]
        return f"k{place}-{digest}"


def line_of(article_id: str, sentence: str, publisher: str, text: str, key: str) -> Line | None:
    """The line that these cells carry; None if one of them was altered since the sheet was made."""
    found = _KEY.fullmatch(key)
    if found is None or not re.fullmatch(r"[0-9]{1,9}", sentence):
        return None
    day, start, _ = found.groups()
    try:
        published = date(int(day[:4]), int(day[4:6]), int(day[6:]))
    except ValueError:
        return None
    line = Line(article_id, int(sentence), published, publisher or None, text, int(start))
    return line if line.key == key else None
