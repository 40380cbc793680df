"""Phoenix events, of the Open Event Data Alliance (26 columns, no header) and of the Cline Center (a header).

Sources: Phoenix Dataset codebook 0.3; Cline Center Historical Phoenix Event Data codebook. Quad classes go from 0 (neutral) to 4.
Codes have often lost their leading zero on the way through R; the root beside them tells.
"""

from __future__ import annotations

from collections.abc import Mapping

from whodid.interop.cells import given, joined, parts
from whodid.interop.codes import Codes, cameo_four
from whodid.interop.formats import Format, ImportedEvent, Layout, Unusable

_PLAIN = (
    *("GID", "Date", "Year", "Month", "Day", "Source", "SrcActor", "SrcAgent", "SOthAgent"),
    *("Target", "TgtActor", "TgtAgent", "TOthAgent", "CAMEO", "RootCode", "QuadClass", "Goldstein", "Issues"),
    *("Lat", "Lon", "Geoname", "AdminInfo", "CountryCode", "ID", "URL", "sourcetxt"),
)


def _read(cells: Mapping[str, str], codes: Codes) -> ImportedEvent | Unusable:
    four = cameo_four(cells, codes, "20140627")
    if isinstance(four, Unusable):
        return four
    article, sentence = _first_sentence(cells["sentences"])
    return ImportedEvent(
        *four,
        "phoenix",
        original_id=given(cells["id"]),
        article_id=article or given(cells["article"]),
        sentence=sentence,
        publisher=joined(parts(cells["publisher"], ";")),
    )


def _first_sentence(cell: str) -> tuple[str | None, int | None]:
    """Article and sentence of "53acd0ad_3;54b1_0": the event stands there, and in others that its original column keeps."""
    listed = parts(cell, ";")
    article, _, sentence = listed[0].rpartition("_") if listed else ("", "", "")
    if not article or not sentence.isdigit():
        return (listed[0] if listed else None), None
    return article, int(sentence)


PHOENIX = Format(
    name="phoenix",
    title="Phoenix",
    columns={
        "id": ("GID", "eid", "EventID"),
        "date": ("Date", "story_date"),
        "actor": ("Source", "SourceActorFull"),
        "target": ("Target", "TargetActorFull"),
        "action": ("CAMEO", "code", "EventCode"),
        "root": ("RootCode", "root_code", "EventRootCode"),
        "quad_class": ("QuadClass", "quad_class", "PentaClass"),
        "sentences": ("ID", "SentenceID"),
        "article": ("aid",),
        "publisher": ("sourcetxt", "NewsSources", "process"),
    },
    required=("id", "date", "actor", "target", "action", "root"),
    carried=("id",),
    read=_read,
    without_header=(Layout(_PLAIN),),
)
