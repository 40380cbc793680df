"""Every rule that validation knows: its level, whether breaking it is an error or a warning, and what it asks."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from whodid.events.schema import COLUMNS, DERIVED


class Level(StrEnum):
    """What a rule looks at: single rows, the codebook, the articles, or the dataset as a whole."""

    rows = "rows"
    codebook = "codebook"
    articles = "articles"
    set = "set"


class Severity(StrEnum):
    """An error makes a dataset invalid; a warning only where validation is strict."""

    error = "error"
    warning = "warning"


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. asks is what must hold, as a sentence; it stands in reports for programs."""

    name: str
    level: Level
    asks: str
    severity: Severity = Severity.error


_ROWS = {
    "unreadable": "The file can be read.",
    "ending": "The file ends in .parquet, .csv or .jsonl.",
    "not-parquet": "A Parquet file is whole.",
    "not-csv": "A CSV file has a header and as many cells in each row.",
    "no-header": "The first line of a CSV file names the columns.",
    "not-json": "A JSON Lines file has one object on each line.",
    "not-utf8": "A text file is UTF-8.",
    "missing-column": "Every column of the schema is there.",
    "unknown-column": "Every column is one of the schema.",
    "duplicate-column": "No column stands twice.",
    "wrong-type": "Every value has the type of its column.",
    "null": "A column that must have a value has one in each row.",
    "null-as-text": "A missing value is an empty cell, and not a word for one.",
    "stray-space": "Ids and names begin and end without blanks.",
    "confidence-decimals": "Confidence has three decimals at most.",
    "empty-span": "Words end after they start.",
    "span-length": "Offsets span as many characters as the words have.",
    "early-date": "No date lies before 1500.",
    "future-date": "No event lies more than a year after its article.",
    "future-published": "No article was published after today.",
    "date-basis": "An event dated by publication has the day of publication.",
    "wrong-id": "The event_id is the hash of the row's identifying columns.",
    "header-again": "The header stands in the first line only.",
    "invisible-character": "No text holds a null character, no id and no name a character that nobody sees.",
}
_ROWS_WARNINGS = {
    "mojibake": "Text was not decoded with another encoding than it was written in.",
    "html-entity": "Text holds letters, and not HTML's names for them.",
    "shared-words": "Actor and target are not the same words, unless these name several actors.",
    "byte-order-mark": "A text file does not begin with a byte-order mark.",
    "line-ends": "Lines of a text file end as whodid writes them.",
    "column-order": "The columns stand in the order of the schema.",
    "row-order": "The rows of a Parquet file stand in canonical order.",
    "other-schema": "The file was written with the schema version of this program.",
}
_CODEBOOK = {
    "unknown-action": "Every action is in the codebook.",
    "unknown-actor": "Every group of an actor code is in the codebook, and can stand there.",
    "variant-actor": "Country codes are the codebook's own, and not a variant.",
    "obsolete-action": "No action code is one that the codebook calls obsolete.",
    "obsolete-actor": "No group of an actor code is one that the codebook calls obsolete.",
    "stale-derived": "Derived values are those that the codebook gives today.",
}
_CODEBOOK_WARNINGS = {"other-codebook": "The file was written with this very codebook."}
_ARTICLES = {
    "unknown-article": "Every article_id is that of a given article.",
    "offset-mismatch": "The words stand in the article where the row says.",
    "wrong-published": "The row has the article's date of publication.",
    "wrong-publisher": "The row has the article's publisher.",
    "sentence-range": "The article has as many sentences before the words as the row says.",
    "sentence-order": "A later sentence of an article stands behind an earlier one.",
}
_SET = {
    "duplicate-id": "No event_id stands twice.",
    "same-coding": "No coding stands twice under two ids.",
    "two-forms": "Files that differ in their ending alone hold the same rows.",
}
_SET_WARNINGS = {
    "double-coding": "A coder codes the same words between the same actors once.",
    "coder-variants": "A coder has one name.",
    "publisher-variants": "A publisher has one name.",
    "thin-coverage": "Coders who share articles have coded about as many.",
    "uncovered-articles": "Most articles have events.",
    "empty-month": "No month within the dataset's time is without events.",
    "sudden-jump": "No month has many times or a fraction of the events of those around it.",
    "drift": "Actions have about the shares that they had in the earlier dataset.",
}


def _rules() -> dict[str, Rule]:
    groups = (
        (_ROWS, Level.rows, Severity.error),
        (_ROWS_WARNINGS, Level.rows, Severity.warning),
        (_CODEBOOK, Level.codebook, Severity.error),
        (_CODEBOOK_WARNINGS, Level.codebook, Severity.warning),
        (_ARTICLES, Level.articles, Severity.error),
        (_SET, Level.set, Severity.error),
        (_SET_WARNINGS, Level.set, Severity.warning),
    )
    made = {name: Rule(name, level, asks, kind) for rules, level, kind in groups for name, asks in rules.items()}
    for column in (*COLUMNS, *DERIVED):
        name = f"bad-{column.name.replace('_', '-')}"
        made[name] = Rule(name, Level.rows, f"{column.name} obeys the rule of its column.")
    return made


RULES: dict[str, Rule] = _rules()
# A file that cannot be opened concerns every level: nothing of it was looked at.
OF_THE_FILE = frozenset(
    {"unreadable", "ending", "not-parquet", "not-csv", "no-header", "not-json", "not-utf8", "duplicate-column"}
)
# The checks that a report names, with their level; a rule that belongs to one that did not run says nothing.
CHECKS = {
    "shape": Level.rows,
    "spans": Level.rows,
    "text": Level.rows,
    "dates": Level.rows,
    "today": Level.rows,
    "codebook": Level.codebook,
    "derived": Level.codebook,
    "articles": Level.articles,
    "identity": Level.set,
    "forms": Level.set,
    "coverage": Level.set,
    "months": Level.set,
    "drift": Level.set,
}
CHECK_OF = {
    "future-published": "today",
    "stale-derived": "derived",
    **dict.fromkeys(_ARTICLES, "articles"),
    "uncovered-articles": "articles",
    "two-forms": "forms",
    "thin-coverage": "coverage by coder",
    "empty-month": "months",
    "sudden-jump": "months",
    "drift": "drift",
}
