"""Does the dataset as a whole look like one? Double coding, coverage, empty months, jumps, drift."""

from __future__ import annotations

import math
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence, Set

import numpy as np
import pandas as pd

from whodid.articles.model import ArticleSet
from whodid.checks.dates import EARLIEST
from whodid.checks.report import NotRun
from whodid.errors import Fault

# Two coders who share articles seldom differ by half by chance; one who has coded fewer than that has not finished.
_THIN = 0.5
_FEWEST_ARTICLES = 10
# A dataset that has events in most months is continuous, and only in a continuous one is a gap news.
_CONTINUOUS = 0.75
_FEWEST_MONTHS = 12
_MONTHS_AROUND = 6
# A factor of four that is also far outside of counting noise (square root of the usual number).
_JUMP = 4.0
_NOISE = 4.0
_FEWEST_USUAL = 10
# Five percentage points change what a figure shows; below a hundred rows they are chance.
_DRIFT = 0.05
_FEWEST_ROWS = 100
_NAMED = 5
LAST_YEAR = 2200

# The same words between the same actors, as one coder has them.
CODING = (
    *("article_id", "coder", "sentence", "actor", "target"),
    *(f"{side}_{end}" for side in ("actor", "action", "target") for end in ("start", "end")),
)


def double_codings(frame: pd.DataFrame) -> list[Fault]:
    """Rule double-coding: one coder gives the same words between the same actors two codes, or two dates."""
    keys = list(CODING)
    if any(name not in frame.columns for name in [*keys, "action", "date", "event_id"]):
        return []
    whole = frame[~frame[[*keys, "action", "date"]].isna().any(axis=1)]
    # The same coding twice is duplicate-id or same-coding.
    distinct = whole.drop_duplicates([*keys, "action", "date"])
    again = distinct[distinct.duplicated(keys, keep=False)]
    faults: list[Fault] = []
    for _, rows in again.groupby(keys, sort=False):
        first = rows.iloc[0]
        for row, action, day in zip(rows.index[1:], rows["action"].iloc[1:], rows["date"].iloc[1:], strict=True):
            message = (
                f"The coder {first['coder']!r} has coded the same words between the same actors in row {rows.index[0]} too,"
                f" as {first['action']} on {first['date']:%Y-%m-%d}; here as {action} on {day:%Y-%m-%d}."
            )
            fix = "Keep the one that fits, or give each the words that mean it."
            faults.append(Fault("double-coding", message, fix, None, None, int(row), "action", str(action)))
    return faults


def coder_variants(frame: pd.DataFrame) -> list[Fault]:
    """Rule coder-variants: names that differ only in case, blanks or punctuation are most likely one coder's."""
    return alike_coders(Counter(str(coder) for coder in frame["coder"].dropna())) if "coder" in frame.columns else []


def alike_coders(counts: Mapping[str, int]) -> list[Fault]:
    """The same from the number of rows of each coder."""
    return _alike(counts, "coder", "Give one person one name: agreement counts them as two.")


def publisher_variants(frame: pd.DataFrame) -> list[Fault]:
    """Rule publisher-variants: the same for the names of publishers."""
    if "publisher" not in frame.columns:
        return []
    return alike_publishers(Counter(str(name) for name in frame["publisher"].dropna()))


def alike_publishers(counts: Mapping[str, int]) -> list[Fault]:
    """The same from the number of rows of each publisher."""
    return _alike(counts, "publisher", "Give one publisher one name: tables of publishers count them as two.")


def _alike(counts: Mapping[str, int], column: str, fix: str) -> list[Fault]:
    alike: dict[str, list[str]] = {}
    for name in sorted(counts, key=lambda name: (-counts[name], name)):
        # NFKC: a letter with an accent may be one character or two, and nobody sees which.
        letters = unicodedata.normalize("NFKC", name).casefold()
        alike.setdefault("".join(c for c in letters if c not in " -_"), []).append(name)
    faults: list[Fault] = []
    for names in alike.values():
        for name in names[1:]:
            shown, other = (name, names[0]) if _is_seen(name, names[0]) else (ascii(name)[1:-1], ascii(names[0])[1:-1])
            message = f"The {column} '{shown}' may be '{other}'; rows: {counts[name]:,} and {counts[names[0]]:,}."
            faults.append(Fault(f"{column}-variants", message, fix, column=column, value=name))
    return faults


def _is_seen(name: str, other: str) -> bool:
    """Whether the names look different in print."""
    return unicodedata.normalize("NFC", name) != unicodedata.normalize("NFC", other)


def coverage_faults(frame: pd.DataFrame, articles: ArticleSet | None) -> tuple[list[Fault], list[NotRun]]:
    """Rules thin-coverage (a coder who has coded few of the articles) and uncovered-articles (most have no events)."""
    if "article_id" not in frame.columns or "coder" not in frame.columns:
        return [], [NotRun("coverage", "there is no column article_id or coder")]
    by_coder = frame.dropna(subset=["article_id", "coder"]).groupby("coder")["article_id"].nunique()
    return coverage_of(by_coder, articles, set(frame["article_id"].dropna()))


def coverage_of(
    by_coder: pd.Series, articles: ArticleSet | None, covered: Set[str]
) -> tuple[list[Fault], list[NotRun]]:
    """The same from the number of articles of each coder, and the ids of the given articles that have events."""
    faults: list[Fault] = []
    skipped: list[NotRun] = []
    if len(by_coder) < 2:
        skipped.append(NotRun("coverage by coder", "there is one coder only" if len(by_coder) else "there are no rows"))
    elif by_coder.max() < _FEWEST_ARTICLES:
        skipped.append(NotRun("coverage by coder", f"no coder has events in {_FEWEST_ARTICLES} articles"))
    else:
        best = str(by_coder.idxmax())
        for coder, count in by_coder.items():
            if count < _THIN * by_coder.max():
                articles_of = f"{count:,} article{'' if count == 1 else 's'}"
                message = f"The coder {coder!r} has events in {articles_of}, {best!r} in {by_coder.max():,}."
                fix = "Have the others coded too, or say in the README which articles each coder had."
                faults.append(Fault("thin-coverage", message, fix, column="coder", value=str(coder)))
    if articles is not None and len(articles.articles) >= _FEWEST_ARTICLES:
        bare = [article.article_id for article in articles.articles if article.article_id not in covered]
        if len(bare) > len(articles.articles) / 2:
            named = ", ".join(bare[:_NAMED]) + (f" and {len(bare) - _NAMED:,} more" if len(bare) > _NAMED else "")
            message = f"{len(bare):,} of {len(articles.articles):,} articles have no events: {named}."
            fix = "Code them, or give the articles that belong to these events."
            faults.append(Fault("uncovered-articles", message, fix, column="article_id"))
    return faults, skipped


def month_faults(frame: pd.DataFrame) -> tuple[list[Fault], list[NotRun]]:
    """Rules empty-month and sudden-jump, where the dataset is continuous enough for them to mean anything."""
    return faults_of_months(_by_month(frame))


def faults_of_months(counts: pd.Series) -> tuple[list[Fault], list[NotRun]]:
    """The same from the number of events of each month, without a gap between the first and the last."""
    if len(counts) < _FEWEST_MONTHS:
        return [], [NotRun("months", f"the events lie within fewer than {_FEWEST_MONTHS} months")]
    filled = int((counts > 0).sum())
    if filled < _CONTINUOUS * len(counts):
        return [], [NotRun("months", f"{filled:,} of {len(counts):,} months have events: too few to miss the others")]
    faults: list[Fault] = []
    for month, count in counts.items():
        if count == 0:
            message = f"There are no events in {month}, and {filled:,} of {len(counts):,} months have some."
            fix = "Look whether its articles were read; if nothing happened, the README should say so."
            faults.append(Fault("empty-month", message, fix, column="date", value=str(month)))
    for place, (month, count) in enumerate(counts.items()):
        around = np.delete(counts.to_numpy(), place)[max(0, place - _MONTHS_AROUND) : place + _MONTHS_AROUND]
        usual = float(np.median(around))
        is_far = abs(count - usual) > _NOISE * math.sqrt(max(usual, 1.0))
        if count and usual >= _FEWEST_USUAL and is_far and (count > _JUMP * usual or count < usual / _JUMP):
            message = f"There are {count:,} events in {month}; the months around it have about {usual:,.0f}."
            fix = "Look whether articles were added or lost; an event in the world may be the reason."
            faults.append(Fault("sudden-jump", message, fix, column="date", value=str(month)))
    return faults, []


def drift_faults(frame: pd.DataFrame, before: pd.DataFrame, name: str) -> tuple[list[Fault], list[NotRun]]:
    """Rule drift: a root whose share of the rows changed by five points or more, beyond what chance gives.

    before: the earlier dataset; name: what it is called in the sentences.
    """
    return drift_of(roots_of(frame), roots_of(before), name)


def drift_of(new: Mapping[str, int], old: Mapping[str, int], name: str) -> tuple[list[Fault], list[NotRun]]:
    """The same from the number of events of each root, now and before."""
    rows, rows_before = sum(new.values()), sum(old.values())
    if min(rows, rows_before) < _FEWEST_ROWS:
        return [], [NotRun("drift", f"{name} and the dataset need {_FEWEST_ROWS} rows each")]
    faults: list[Fault] = []
    for root in sorted({*new, *old}):
        now, then = new.get(root, 0) / rows, old.get(root, 0) / rows_before
        both = (new.get(root, 0) + old.get(root, 0)) / (rows + rows_before)
        error = math.sqrt(both * (1 - both) * (1 / rows + 1 / rows_before))
        if abs(now - then) >= _DRIFT and error > 0 and abs(now - then) > 3 * error:
            message = f"Root {root} has {now:.1%} of the rows; in {name} it had {then:.1%}."
            fix = "Look whether coders, codebook or articles changed, and say so in the release."
            faults.append(Fault("drift", message, fix, column="action", value=str(root)))
    return faults, []


def roots_of(frame: pd.DataFrame) -> Counter[str]:
    """The number of events of each root."""
    if "action" not in frame.columns:
        return Counter()
    # Of an imported PLOVER action (ASSAULT:firearms) the event is the root.
    actions = (str(action) for action in frame["action"].dropna())
    return Counter(action[:2] if action[:1].isdigit() else action.partition(":")[0] for action in actions)


def _by_month(frame: pd.DataFrame) -> pd.Series:
    """Events for each month from the first to the last, zeros included."""
    if "date" not in frame.columns:
        return pd.Series(dtype=int)
    # Years outside of these are findings of their own, and would make a list of millions of months.
    days = frame["date"].dropna()
    months = days[(days.dt.year >= EARLIEST.year) & (days.dt.year <= LAST_YEAR)].dt.to_period("M")
    return without_gaps(months.value_counts())


def without_gaps(counts: pd.Series) -> pd.Series:
    """The number of events of each month from the first to the last, zeros included."""
    if counts.empty:
        return pd.Series(dtype=int)
    return counts.reindex(pd.period_range(counts.index.min(), counts.index.max(), freq="M"), fill_value=0)


def joined(frames: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """All rows of several files, for checks that need them at once."""
    return pd.concat(frames, ignore_index=True) if len(frames) != 1 else frames[0].reset_index(drop=True)
