"""ICEWS coded event data: 20 columns with a header; countries and sectors are words, ids may start again each year.

Source: ICEWS Coded Event Data README (Boschee et al., Harvard Dataverse, doi 10.7910/DVN/28075).
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from whodid.interop.cells import day_in, given
from whodid.interop.codes import Codes, sector_list
from whodid.interop.formats import Format, ImportedEvent, Unusable, the_four


def _read(cells: Mapping[str, str], codes: Codes) -> ImportedEvent | Unusable:
    day = day_in(cells["date"], "2018-06-01")
    if isinstance(day, Unusable):
        return day
    action = codes.action(cells["action"], "", cells["label"])
    four = the_four(_actor("actor", cells, codes, day), action, _actor("target", cells, codes, day), day)
    if isinstance(four, Unusable):
        return four
    sentence = cells["sentence"].strip()
    return ImportedEvent(
        *four,
        "icews",
        original_id=given(cells["id"]),
        actor_name=given(cells["actor_name"]),
        target_name=given(cells["target_name"]),
        article_id=given(cells["story"]),
        # ICEWS counts sentences from 1, we from 0.
        sentence=int(sentence) - 1 if sentence.isdigit() and int(sentence) > 0 else None,
        publisher=given(cells["publisher"]),
    )


def _actor(side: str, cells: Mapping[str, str], codes: Codes, day: datetime.date) -> str | Unusable:
    country = codes.country("icews", cells[f"{side}_country"])
    if isinstance(country, Unusable):
        return country
    name, sectors = given(cells[f"{side}_name"]) or "", sector_list(cells[f"{side}_sectors"])
    return codes.composed("icews", side, name, country, sectors, day)


ICEWS = Format(
    name="icews",
    title="ICEWS",
    columns={
        "id": ("Event ID",),
        "date": ("Event Date",),
        "actor_name": ("Source Name",),
        "actor_sectors": ("Source Sectors",),
        "actor_country": ("Source Country",),
        "label": ("Event Text",),
        "action": ("CAMEO Code",),
        "target_name": ("Target Name",),
        "target_sectors": ("Target Sectors",),
        "target_country": ("Target Country",),
        "story": ("Story ID",),
        "sentence": ("Sentence Number",),
        "publisher": ("Publisher",),
    },
    required=(
        *("id", "date", "actor_name", "actor_sectors", "actor_country", "action"),
        *("target_name", "target_sectors", "target_country"),
    ),
    carried=("id", "actor_name", "target_name", "story", "publisher"),
    read=_read,
)
