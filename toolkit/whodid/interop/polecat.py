"""POLECAT: 40 columns with a header; actions in PLOVER, countries in ISO letters, lists with semicolons.

Source: POLECAT Weekly Data, data dictionary (Halterman et al., Harvard Dataverse, doi 10.7910/DVN/AJGVIT); PLOVER manual.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from whodid.interop.cells import day_in, day_of, given, may_be_namibia
from whodid.interop.codes import Codes, sector_list
from whodid.interop.formats import Format, ImportedEvent, Unusable, the_four

_NAMIBIA_COW = "565"


def _read(cells: Mapping[str, str], codes: Codes) -> ImportedEvent | Unusable:
    day = day_in(cells["date"], "2023-01-31")
    if isinstance(day, Unusable):
        return day
    action = codes.plover_action(cells["action"], cells["mode"])
    four = the_four(_actor("actor", cells, codes, day), action, _actor("target", cells, codes, day), day)
    if isinstance(four, Unusable):
        return four
    version = given(cells["version"])
    return ImportedEvent(
        *four,
        f"polecat@{version}" if version else "polecat",
        original_id=given(cells["id"]),
        actor_name=given(cells["actor_name"]),
        target_name=given(cells["target_name"]),
        published=day_of(cells["published"]),
        publisher=given(cells["publisher"]),
    )


def _actor(side: str, cells: Mapping[str, str], codes: Codes, day: datetime.date) -> str | Unusable:
    letters = cells[f"{side}_country"]
    if may_be_namibia(letters) and _number(cells[f"{side}_cow"]) == _NAMIBIA_COW:
        letters = "NAM"
    # A person of several countries has all of them; the first is the one that the coder ranked highest.
    country = codes.country("polecat", (sector_list(letters, ";") or [""])[0])
    if isinstance(country, Unusable):
        return country
    first = given(cells[f"{side}_primary_sector"])
    sectors = [first] if first else sector_list(cells[f"{side}_sectors"], ";")
    return codes.composed("polecat", side, given(cells[f"{side}_name"]) or "", country, sectors, day)


def _number(cell: str) -> str:
    return cell.strip().removesuffix(".0")


POLECAT = Format(
    name="polecat",
    title="POLECAT",
    columns={
        "id": ("Event ID",),
        "date": ("Event Date",),
        "action": ("Event Type",),
        "mode": ("Event Mode",),
        "actor_name": ("Actor Name",),
        "actor_country": ("Actor Country",),
        "actor_cow": ("Actor COW",),
        "actor_primary_sector": ("Primary Actor Sector",),
        "actor_sectors": ("Actor Sectors",),
        "target_name": ("Recipient Name",),
        "target_country": ("Recipient Country",),
        "target_cow": ("Recipient COW",),
        "target_primary_sector": ("Primary Recipient Sector",),
        "target_sectors": ("Recipient Sectors",),
        "publisher": ("Source",),
        "published": ("Publication Date",),
        "version": ("Version",),
    },
    required=("id", "date", "action", "actor_name", "actor_country", "target_name", "target_country"),
    carried=("id", "actor_name", "target_name", "publisher"),
    read=_read,
)
