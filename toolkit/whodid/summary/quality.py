"""What to know before trusting the numbers: how many rows lack a country, a class, a score, their words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from whodid.articles.model import Article
from whodid.codebook.actor_codes import ActorCodes, ActorParts
from whodid.codebook.model import Codebook
from whodid.summary.sentences import words_are_in_place


@dataclass(frozen=True, slots=True)
class Finding:
    """A count of rows out of all rows, with the sentence that says what was counted."""

    what: str
    events: int
    of: int

    @property
    def share(self) -> float:
        """From 0 to 1; 0 where there is nothing to count."""
        return self.events / self.of if self.of else 0.0


def quality(
    frame: pd.DataFrame, codebook: Codebook, articles: Mapping[str, Article] | None = None
) -> tuple[Finding, ...]:
    """The findings on an enriched event table, always in the same order; those on words only if articles are given."""
    total = len(frame)
    both = frame["actor_country"].notna() & frame["target_country"].notna()
    codes = ActorCodes(codebook)
    parsed = {code: codes.parse(code) for code in pd.unique(pd.concat([frame["actor"], frame["target"]]))}
    role_only = {code for code, parts in parsed.items() if isinstance(parts, ActorParts) and parts.kind == "role"}
    invalid = {code for code, parts in parsed.items() if not isinstance(parts, ActorParts)}

    def sides(found: set[str]) -> int:
        return int((frame["actor"].isin(found) | frame["target"].isin(found)).sum())

    findings = [
        Finding("a country on both sides", int(both.sum()), total),
        Finding("an actor or target that is a role without a country", sides(role_only), total),
        Finding("an actor or target code that the codebook does not allow", sides(invalid), total),
        Finding("an action that is not in the codebook", int(frame["action_label"].isna().sum()), total),
        Finding("no quad class", int(frame["quad_class"].isna().sum()), total),
        Finding("no publisher", int(frame["publisher"].isna().sum()), total),
        Finding("no Goldstein score", int(frame["goldstein"].isna().sum()), total),
    ]
    if articles is not None:
        is_there = frame["article_id"].isin(set(articles))
        rows = frame[is_there].to_dict("records")
        misplaced = sum(not words_are_in_place(articles[str(row["article_id"])].text, row) for row in rows)
        findings.append(Finding("an article that was not given", int((~is_there).sum()), total))
        findings.append(Finding("words that do not stand at their place in the article", misplaced, total))
    return tuple(findings)
