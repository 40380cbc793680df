"""KEDS and TABARI events: lines of day, actor, target and code, with the code's name and remarks behind them.

Source: KEDS data archive; TABARI manual. `790415<tab>JOR<tab>UAR<tab>223<tab>(MIL ENGAGEMENT)`. Older files are coded in WEIS,
whose numbers mean other things: see is_weis.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from whodid.interop.codes import Codes, cameo_four
from whodid.interop.formats import Format, ImportedEvent, Unusable

# WEIS has 22 roots, CAMEO 20: force (22) and seizure (21) show which of the two a file is.
_ONLY_WEIS = ("21", "22")


def _read(cells: Mapping[str, str], codes: Codes) -> ImportedEvent | Unusable:
    four = cameo_four(cells, codes, "790415 or 19790415")
    if isinstance(four, Unusable):
        return four
    return ImportedEvent(*four, "keds")


def is_weis(action: str) -> bool:
    """True for a code that only WEIS has."""
    return action.startswith(_ONLY_WEIS)


KEDS = Format(
    name="keds",
    title="KEDS",
    columns={name: (name,) for name in ("date", "actor", "target", "action", "label", "remark")},
    required=("date", "actor", "target", "action"),
    carried=(),
    read=_read,
    pattern=re.compile(
        r"(?P<date>\d{6}|\d{8})\s+(?P<actor>\S+)\s+(?P<target>\S+)\s+(?P<action>\d{2,4})"
        r"(?:\s+\((?P<label>[^)]*)\))?(?:\s+(?P<remark>.*))?"
    ),
    expected="day, actor, target and code, as in 790415 JOR EGY 190 (USE FORCE)",
    has_ids=False,
)
