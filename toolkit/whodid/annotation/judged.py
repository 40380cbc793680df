"""Who judged which sentence, as a table: what tells "no event here" from "not read", wherever the coding was done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import pandas as pd

from whodid.annotation.codings import JUDGED_COLUMNS
from whodid.events.record import CodedEvent


def judged_of(looked: Iterable[tuple[str, int, str]], events: Iterable[CodedEvent]) -> pd.DataFrame:
    """The table of judged sentences with the columns of Codings.judged, sorted.

    looked: article, sentence and coder of what was judged; the sentences of the events are judged in any case.
    """
    counts = Counter((event.article_id, event.sentence, event.coder) for event in events)
    rows = [(*one, "events" if counts[one] else "no event", counts[one]) for one in sorted({*looked, *counts})]
    frame = pd.DataFrame(rows, columns=list(JUDGED_COLUMNS))
    text = dict.fromkeys(("article_id", "coder", "judgement"), "str")
    return frame.astype({**text, "sentence": "int32", "n_events": "int32"})
