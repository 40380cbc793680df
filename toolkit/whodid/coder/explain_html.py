"""Why each row is there, as one page: sentences with coloured words, rules, alternatives and evidence."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.resources import files
from typing import Any

from whodid.codebook.model import Codebook
from whodid.coder.explain_json import explanation_records
from whodid.coder.explain_spans import ROLES, Mark, MarkedSpan, nested
from whodid.coder.reading import Reading

TITLE = "Why each row is there"
# Further codes are in the JSON; a page shows those that could have been chosen.
_SHOWN = 5


def explain_html(
    readings: Iterable[Reading], codebook: Codebook, *, with_skipped: bool = True, title: str = TITLE
) -> str:
    """The readings of some articles as one self-contained HTML page, with an anchor for each row (#event_id).

    Everything that comes from articles and codebook is escaped, and the page loads nothing from anywhere. Colours
    follow the reader's light or dark setting. with_skipped adds, folded, what gave no row and which actors are unknown.
    """
    from jinja2 import Environment

    template = files("whodid.coder").joinpath("explain.html.j2").read_text(encoding="utf-8")
    environment = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)
    articles = explanation_records(readings, codebook, with_skipped=with_skipped)
    rendered = environment.from_string(template).render(
        title=title,
        codebook=codebook.label,
        articles=articles,
        roles=ROLES,
        shown=_SHOWN,
        marks=_marks,
        is_mark=lambda part: isinstance(part, Mark),
        strongest=_strongest,
        row_count=sum(len(article["rows"]) for article in articles),
        skipped_count=sum(len(article["skipped"]) for article in articles),
        with_skipped=with_skipped,
    )
    return rendered.rstrip("\n") + "\n"


def _marks(row: dict[str, Any]) -> list[str | Mark]:
    spans = [MarkedSpan(span["role"], span["start"], span["end"]) for span in row["spans"]]
    return nested(row["sentence"]["text"], row["sentence"]["start"], spans)


def _strongest(evidence: list[dict[str, Any]]) -> float:
    """The largest log odds of either sign: the length of the longest bar. 1 where there is none."""
    return max((abs(seen["log_odds"]) for seen in evidence if seen["log_odds"]), default=1.0)
