"""The line that opens a wire story, and its day: "KYIV, March 3 (Reuters) - "."""

from __future__ import annotations

import re
from datetime import date

from whodid.coder.date_arithmetic import nearest_day
from whodid.coder.date_words import MONTH, NAMED_DAY, NAMED_MONTH, month_named
from whodid.coder.dates import When

# "KYIV, March 3 (Reuters) -", "BUENOS AIRES, Argentina, 3 January 2024 --"; with an agency's name capitals may be left out.
_AGENCY = (
    r"(?:\([^()]{2,40}\)|/[^/]{2,20}/|,? ?(?:IRNA|Yonhap|Xinhua|TASS|AFP|ANSA|Interfax|Kyodo|MENA|SANA|KUNA|PTI|UNI))"
)
_DATELINE = re.compile(
    r"^\s*(?:\([A-Z][^()]{1,30}\) ?)?(?P<place>[^\W\d_][^\W\d_\s.]+[^\n\d():;!?]{0,60}?)?,?\s*\b"
    rf"(?:{NAMED_MONTH} {NAMED_DAY}|(?P<d2>\d{{1,2}}) (?P<m2>{MONTH}))(?:,? (?P<y>\d{{4}}))?\.?"
    rf"\s*(?P<agency>{_AGENCY})?\.?\s*(?P<dash>-{{1,2}}|–|—|:)?",
)


def dateline(text: str, published: date) -> When | None:
    """The date of a wire story's dateline ("KYIV, March 3 - "), if the text opens with one near its publication."""
    match = _DATELINE.match(text)
    if match is None:
        return None
    place, agency, dash = match["place"], match["agency"], match["dash"]
    is_loud = place is not None and place.split(",")[0].split()[0].isupper()
    if not (is_loud and (dash or agency)) and not (agency and (dash or place) and _is_title(place)):
        return None
    day = nearest_day(month_named(match["m"] or match["m2"]), int(match["d"] or match["d2"]), match["y"], published)
    if day is None or not 0 <= (published - day).days <= 31:
        return None
    return When(day, "dateline", match.group(0).strip(), *_stripped(match))


def _is_title(place: str | None) -> bool:
    return place is None or all(word[0].isupper() for word in place.replace(",", " ").split())


def _stripped(match: re.Match[str]) -> tuple[int, int]:
    words = match.group(0)
    start = match.start() + len(words) - len(words.lstrip())
    return start, start + len(words.strip())
