"""GDELT events, 1.0 (57 or 58 columns) and 2.0 (61 columns).

Source: GDELT Event Database codebooks 1.03 and 2.0. Files have no header; exports of query services do.
"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

from whodid.interop.cells import given
from whodid.interop.codes import Codes, cameo_four
from whodid.interop.formats import Format, ImportedEvent, Layout, Unusable

_ACTOR = (
    *("Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode", "Religion1Code", "Religion2Code"),
    *("Type1Code", "Type2Code", "Type3Code"),
)
_HEAD = (
    *("GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate"),
    *(f"Actor{side}{name}" for side in (1, 2) for name in _ACTOR),
    *("IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale"),
    *("NumMentions", "NumSources", "NumArticles", "AvgTone"),
)
_PLACES = ("Actor1Geo", "Actor2Geo", "ActionGeo")


def _places(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(f"{place}_{name}" for place in _PLACES for name in names)


_OLD = _places(("Type", "FullName", "CountryCode", "ADM1Code", "Lat", "Long", "FeatureID"))
_NEW = _places(("Type", "FullName", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID"))


def _read(cells: Mapping[str, str], codes: Codes) -> ImportedEvent | Unusable:
    four = cameo_four(cells, codes, "20180601")
    if isinstance(four, Unusable):
        return four
    address = given(cells["url"])
    return ImportedEvent(
        *four,
        # DATEADDED counts seconds in 2.0 and days in 1.0.
        "gdelt@2.0" if len(cells["added"].strip()) == 14 else "gdelt@1.0",
        original_id=given(cells["id"]),
        actor_name=given(cells["actor_name"]),
        target_name=given(cells["target_name"]),
        article_id=address,
        publisher=publisher_of(address),
    )


def publisher_of(address: str | None) -> str | None:
    """The host of an article's address, without www; None where there is none (GDELT also names broadcasts)."""
    try:
        host = urlsplit(address or "").hostname
    except ValueError:
        return None
    return host.removeprefix("www.") if host and "." in host else None


GDELT = Format(
    name="gdelt",
    title="GDELT",
    columns={
        "id": ("GLOBALEVENTID",),
        "date": ("SQLDATE", "Day"),
        "actor": ("Actor1Code",),
        "actor_name": ("Actor1Name",),
        "target": ("Actor2Code",),
        "target_name": ("Actor2Name",),
        "action": ("EventCode",),
        "root": ("EventRootCode",),
        "quad_class": ("QuadClass",),
        "added": ("DATEADDED",),
        "url": ("SOURCEURL",),
    },
    required=("id", "date", "actor", "target", "action", "root"),
    carried=("id", "actor_name", "target_name", "url"),
    read=_read,
    without_header=(
        Layout((*_HEAD, *_OLD, "DATEADDED", "SOURCEURL"), may_lack_last=True),
        Layout((*_HEAD, *_NEW, "DATEADDED", "SOURCEURL"), may_lack_last=True),
    ),
)
