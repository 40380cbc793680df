"""An agreement as JSON for programs."""

from __future__ import annotations

import json
from dataclasses import asdict

from whodid.reliability.agree import Agreement
from whodid.reliability.plain_tables import table_records


def agreement_json(found: Agreement) -> str:
    """An agreement as JSON, UTF-8, with a line end at the end; keys are stable and their order is fixed.

    coders; n_articles (judged by two or more), n_units, n_rows, n_left_out; notes (sentences); intervals: unit, n_units,
    resamples, seed, level, reason; and as lists of objects with the columns of the tables: scores, found,
    disagreements, most_confused (ten pairs at full code). Nulls are null; a note beside a null value says why.
    """
    units = found.units
    head = {
        "coders": list(found.coders),
        "n_articles": len(units.articles),
        "n_units": len(units.article),
        "n_rows": len(units.events),
        "n_left_out": units.n_left_out,
        "notes": list(found.notes),
        "intervals": asdict(found.resampling),
    }
    tables = {
        "scores": found.scores,
        "found": found.found,
        "disagreements": found.disagreements,
        "most_confused": found.most_confused(),
    }
    lists = {name: table_records(table) for name, table in tables.items()}
    return json.dumps({**head, **lists}, ensure_ascii=False, indent=2) + "\n"
