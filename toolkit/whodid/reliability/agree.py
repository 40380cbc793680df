"""How well coders agree: on each part of an event and on the whole, at each level, for each pair and for all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd

from whodid.annotation.gathered import Codable, gather
from whodid.codebook.model import Codebook
from whodid.errors import UsageError
from whodid.events.schema import COLUMNS as EVENT_COLUMNS
from whodid.events.shape import validate_shape
from whodid.reliability import cohen, fleiss, gwet, krippendorff
from whodid.reliability.bootstrap import LEVEL, RESAMPLES, SEED, Resampling, check_resampling, choose_units, draws
from whodid.reliability.disagreements import disagreements, most_confused, square
from whodid.reliability.levels import Level, levels_of
from whodid.reliability.percent import percent
from whodid.reliability.tally import Floats, Ints, Tally, Weights, tallies, tally, weigh
from whodid.reliability.undefined import ratio, reason
from whodid.reliability.units import Units, put_together

PERCENT = "percent_agreement"
STATISTICS = (
    PERCENT, "cohen_kappa", "fleiss_kappa", "krippendorff_alpha", "krippendorff_alpha_distance", "gwet_ac1",
)  # fmt: skip
SCORE_COLUMNS = (
    "coder", "other", "units", "part", "level", "statistic", "value", "low", "high", "n_units", "n_judgements", "note",
)  # fmt: skip
FOUND_COLUMNS = ("coder", "other", "n_articles", "n_coder", "n_other", "n_both", "f1", "low", "high")
ADJUDICATED = "adjudicated"
ALL, MATCHED = "all", "matched"
ARTICLE, ANY_EVENT = "article", "any event"
FEW_INTERVALS = "Fewer than half of the resamples have a value, so there is no interval."


@dataclass(frozen=True)
class Agreement:
    """scores: one line for each pair of coders (coder, other) and for all of them (both null), for each choice of units,
    part, level and statistic: value, ends of its interval (low, high), n_units, n_judgements, and a note that says why
    where there is no value or no interval. units "all": a coder without a row in a unit judged "no event"; "matched":
    only those with a row judged. part "article": whether there is any event in an article.
    found: for each pair, the events of both, how many both have, and their F1; in the line for all (both null), n_coder
    and n_other are equal: the events of all pairs, divided by two.
    disagreements: which actions coders take for which, see disagreements.disagreements. units: the events put
    together. resampling: what was resampled, or why nothing was. notes: sentences about what was left out and why
    there may be no answer.
    """

    scores: pd.DataFrame
    found: pd.DataFrame
    disagreements: pd.DataFrame
    units: Units
    resampling: Resampling
    notes: tuple[str, ...]

    @property
    def coders(self) -> tuple[str, ...]:
        """Whose codings were compared, sorted."""
        return self.units.coders

    def table(self, coder: str | None = None, other: str | None = None, units: str = ALL) -> pd.DataFrame:
        """The values for all coders, or for a pair in either order: one line a part and level, one column a statistic."""
        names = [coder, other] if coder is None or other is None else sorted([coder, other])
        own = self.scores[self.scores["units"] == units]
        for column, name in zip(("coder", "other"), names, strict=True):
            own = own[own[column].isna() if name is None else own[column] == name]
        wide = own.pivot(index=["part", "level"], columns="statistic", values="value")
        order = list(dict.fromkeys(zip(own["part"], own["level"], strict=True)))
        index = pd.MultiIndex.from_tuples(order, names=["part", "level"])
        n_units = own.drop_duplicates(["part", "level"]).set_index(["part", "level"])["n_units"]
        wide = wide.reindex(index=index, columns=list(STATISTICS)).rename_axis(columns=None)
        wide.insert(0, "n_units", n_units.reindex(index))
        return wide.reset_index()

    def confusion_table(self, level: str = "root") -> pd.DataFrame:
        """Pairs of judgements by action, at the root or at full code ("code"): square, symmetric, "no event" last."""
        return square(self.disagreements, level)

    def most_confused(self, level: str = "code", n: int = 10) -> pd.DataFrame:
        """The n pairs of actions most often given to the same event: action, other, their labels, n, share."""
        return most_confused(self.disagreements, level, n)

    def judgements(self) -> pd.DataFrame:
        """Every judgement, unit by unit: unit, coder, and the event's row; null where the coder judged "no event"."""
        units = self.units
        coder, unit = np.nonzero(units.seen)
        base = pd.DataFrame({"unit": unit, "coder": np.array(units.coders, dtype=object)[coder]})
        base["article_id"] = np.array(units.articles, dtype=object)[units.article[unit]]
        rows = units.events.drop(columns=["coder", "article_id"]).assign(
            unit=units.unit, coder=np.array(units.coders, dtype=object)[units.coder]
        )
        return base.merge(rows, on=["unit", "coder"], how="left").sort_values(["unit", "coder"], ignore_index=True)


def agree(
    codings: Codable | Iterable[Codable],
    codebook: Codebook,
    *,
    judged: pd.DataFrame | None = None,
    coders: Iterable[str] | None = None,
    resamples: int = RESAMPLES,
    seed: int = SEED,
) -> Agreement:
    """Agreement of several coders on the articles that two or more of them judged.

    Rows of different coders about the same event are put together by words and sentence (see units.put_together), and
    their codes compared: percent agreement, Cohen's, Fleiss' kappa, Krippendorff's alpha (nominal, and by the distance
    of levels.distance_ladder) and Gwet's AC1. codings: event tables, their files, stores of hand codings, sheets that
    were read, widgets; one or several together. judged: which coder judged which article (columns coder, article_id) or
    sentence (column sentence), so that places without events count as judged; stores, sheets and the tables beside event
    files (ben.judged.csv) know it themselves. Of articles of which nothing is known, a coder judged those in which a row
    is theirs.
    coders: whose codings to compare, all of them if None, but for "adjudicated", whose rows are made from the others'.
    Intervals are 95 % percentile intervals over resampled articles, of a single article over its sentences; resamples 0
    for none. The order of rows and of coders changes nothing; the same seed gives the same intervals.

    Too little to compare (one coder, no shared article, one category) is no error: values are null, and a note or one of
    notes says why. Raises EventTableError if a table does not follow the schema, UsageError for coders who are not there,
    a table of judged articles without its columns, or resamples or seed below 0.
    """
    check_resampling(resamples, seed)
    given = gather(codings, judged)
    judged = given.judged
    table, n_repeated = _one_table(given.tables)
    names, has_adjudicated = _coders(table, judged, coders)
    units = put_together(table, names, judged)
    notes = (*_notes(units, n_repeated, has_adjudicated, _unknown(table, judged, names)), *map(str, given.faults))
    levels = levels_of(units.events, codebook)
    weights, cluster, resampling = _resampling(units, resamples, seed)
    scores = _scores(units, levels, cluster, weights) if len(names) >= 2 else []
    return Agreement(
        scores=_frame(scores, SCORE_COLUMNS, ("value", "low", "high"), ("n_units", "n_judgements")),
        found=_found(units, cluster, weights),
        disagreements=disagreements(units, levels, codebook),
        units=units,
        resampling=resampling,
        notes=notes,
    )


def _one_table(tables: Sequence[pd.DataFrame]) -> tuple[pd.DataFrame, int]:
    if not tables:
        raise UsageError("There is no event table.", fix="Give one or more.", rule="no-input")
    columns = [column.name for column in EVENT_COLUMNS]
    own = [table[[name for name in columns if name in table.columns]] for table in tables]
    table = pd.concat(own, ignore_index=True) if len(own) > 1 else own[0].reset_index(drop=True)
    if "event_id" in table.columns:
        # The same coding in two files is one coding.
        kept = table.drop_duplicates("event_id", ignore_index=True)
        return validate_shape(kept), len(table) - len(kept)
    return validate_shape(table), 0


def _coders(
    table: pd.DataFrame, judged: pd.DataFrame | None, coders: Iterable[str] | None
) -> tuple[tuple[str, ...], bool]:
    there = {*table["coder"], *([] if judged is None else judged["coder"])}
    if coders is None:
        return tuple(sorted(there - {ADJUDICATED})), ADJUDICATED in there
    asked = {coders} if isinstance(coders, str) else set(coders)
    absent = sorted(asked - there)
    if absent:
        known = ", ".join(sorted(there)) or "nobody"
        message = f"{absent[0]!r} has coded nothing here."
        raise UsageError(message, fix=f"The coders are {known}.", value=absent[0], rule="unknown-coder")
    return tuple(sorted(asked)), False


def _notes(units: Units, n_repeated: int, has_adjudicated: bool, unknown: list[str]) -> tuple[str, ...]:
    notes = []
    names = units.coders
    if not names:
        notes.append("There are no codings, so there is nothing to compare.")
    elif len(names) == 1:
        notes.append(f"There is only one coder, {names[0]}: agreement needs two or more.")
    elif not units.articles:
        notes.append("No article was judged by two coders, so there is nothing to compare.")
    elif not len(units.article):
        notes.append("No coder found an event in the articles that two or more judged, so no codes can be compared.")
    if units.articles:
        for one, other in combinations(range(len(names)), 2):
            if not (units.judged[one] & units.judged[other]).any():
                notes.append(f"{names[one]} and {names[other]} judged no article in common.")
    if units.n_left_out and len(names) >= 2:
        notes.append(f"{_count(units.n_left_out, 'row')} left out: no second coder judged the place.")
    if n_repeated:
        notes.append(f"{_count(n_repeated, 'row')} left out that the tables have twice (the same event_id).")
    if has_adjudicated:
        notes.append("Rows of adjudicated are left out: they are made from the others'. Name the coder to compare it.")
    if len(names) >= 2 and unknown:
        whose = (
            "who judged which article: a coder counts"
            if len(unknown) == len(names)
            else (f"which articles {' and '.join(unknown)} judged: a coder counts")
        )
        notes.append(
            f"It is not known {whose} as having judged those in which a row is theirs. "
            "Articles in which a coder found nothing are missing."
        )
    return tuple(notes)


def _unknown(table: pd.DataFrame, judged: pd.DataFrame | None, names: Sequence[str]) -> list[str]:
    """The coders of whom nothing is known but their rows."""
    known = set() if judged is None else set(judged["coder"])
    return sorted((set(table["coder"]) - known) & set(names))


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{' was' if number == 1 else 's were'}"


def _places(units: Units) -> list[tuple[int, int]]:
    """Article and sentence of each unit, the sentence being that of its first row."""
    first = np.flatnonzero(np.diff(units.unit, prepend=-1))
    sentences = units.events["sentence"].to_numpy()[first]
    return list(zip(units.article.tolist(), sentences.tolist(), strict=True))


def _resampling(units: Units, resamples: int, seed: int) -> tuple[Weights, Ints, Resampling]:
    """How often each cluster of units counts in each resample, the cluster of each unit, and what was resampled."""
    if len(units.articles) > 1:
        # Articles without any event are drawn as well: they are judgements too.
        what, why = ("articles", "") if resamples else (None, "none were asked for")
        number, cluster = len(units.articles), units.article
    else:
        what, keys, why = choose_units(_places(units), resamples)
        index = {name: place for place, name in enumerate(sorted(set(keys)))}
        number, cluster = max(len(index), 1), np.array([index[key] for key in keys], dtype=np.int64)
    drawn = np.concatenate(list(draws(number, resamples, seed))) if what is not None else None
    return Weights.of(drawn, number), cluster, Resampling(what, number, resamples, seed, reason=why)


def _scores(units: Units, levels: Sequence[Level], cluster: Ints, weights: Weights) -> list[tuple[Any, ...]]:
    """The lines of the table of scores: all coders first, then each pair."""
    ratings = {(level.part, level.level): units.ratings(level.category) for level in levels}
    places = list(combinations(range(len(units.coders)), 2))
    lines: dict[tuple[int, int] | None, list[tuple[Any, ...]]] = {}
    kappas: dict[tuple[str, str, str], list[tuple[Floats, str]]] = {}
    # Pairs first: Cohen's kappa of all coders is the mean of theirs.
    for group in [*places, None]:
        chosen = list(range(len(units.coders))) if group is None else list(group)
        lines[group] = []
        for choice in (ALL, MATCHED):
            counted = _counted(ratings, chosen, choice, cluster, weights)
            for level in levels:
                lines[group] += _lines(units, group, choice, level, counted, kappas)
        lines[group] += _article_lines(units, group, chosen, weights, kappas)
    return [line for group in [None, *places] for line in lines[group]]


def _counted(
    ratings: Mapping[tuple[str, str], Ints], chosen: list[int], choice: str, cluster: Ints, weights: Weights
) -> dict[tuple[str, str], Tally]:
    """The tally of each part and level, for some coders and one choice of units."""
    tables = [np.where(table[chosen] == 0, -1 if choice == MATCHED else 0, table[chosen]) for table in ratings.values()]
    # Which units count is the same for all parts and levels.
    kept = np.flatnonzero(((tables[0] >= 0).sum(axis=0) >= 2) & (tables[0] > 0).any(axis=0))
    found = tallies([table[:, kept] for table in tables], cluster[kept], weights)
    return dict(zip(ratings, found, strict=True))


def _lines(
    units: Units,
    group: tuple[int, int] | None,
    choice: str,
    level: Level,
    counted: Mapping[tuple[str, str], Tally],
    kappas: dict[tuple[str, str, str], list[tuple[Floats, str]]],
) -> list[tuple[Any, ...]]:
    own = counted[level.part, level.level]
    ladder = [(counted[part, step], weight) for part, step, weight in level.ladder]
    key = (choice, level.part, level.level)
    return _statistics(units, group, key, own, ladder, kappas)


def _article_lines(
    units: Units,
    group: tuple[int, int] | None,
    chosen: list[int],
    weights: Weights,
    kappas: dict[tuple[str, str, str], list[tuple[Floats, str]]],
) -> list[tuple[Any, ...]]:
    table = units.article_ratings()[chosen]
    kept = np.flatnonzero((table >= 0).sum(axis=0) >= 2)
    # Sentences are resampled where there is one article, and then there is nothing to say of other articles.
    own = tally(table[:, kept], kept, weights) if len(units.articles) > 1 else tally(table[:, kept])
    return _statistics(units, group, (ALL, ARTICLE, ANY_EVENT), own, [(own, 1.0)], kappas)


def _statistics(
    units: Units,
    group: tuple[int, int] | None,
    key: tuple[str, str, str],
    own: Tally,
    ladder: list[tuple[Tally, float]],
    kappas: dict[tuple[str, str, str], list[tuple[Floats, str]]],
) -> list[tuple[Any, ...]]:
    why = reason(own)
    samples: dict[str, tuple[Floats, str]] = {PERCENT: (percent(own), reason(own, needs_categories=False))}
    if group is None:
        samples["cohen_kappa"] = _mean_kappa(kappas.get(key, []), why)
    else:
        samples["cohen_kappa"] = (np.full(len(own.n_units), np.nan) if why else cohen.kappa(own), why)
        kappas.setdefault(key, []).append(samples["cohen_kappa"])
    samples["fleiss_kappa"] = (fleiss.kappa(own), why)
    samples["krippendorff_alpha"] = (krippendorff.alpha([(own, 1.0)]), why)
    # Where no two judgements differ in this part, they differ in no part that the distance is made of.
    samples["krippendorff_alpha_distance"] = (krippendorff.alpha(ladder), why)
    samples["gwet_ac1"] = (gwet.ac1(own), why)
    names: tuple[str | None, str | None] = (None, None)
    if group is not None:
        names = (units.coders[group[0]], units.coders[group[1]])
    counts = (int(own.n_units[0]), int(own.n_judgements[0]))
    return [(*names, *key, name, *_estimate(*samples[name], counts)) for name in STATISTICS]


def _mean_kappa(pairs: Sequence[tuple[Floats, str]], why: str) -> tuple[Floats, str]:
    """Light's kappa: the mean over the pairs that have one."""
    having = [values for values, reason_why in pairs if not reason_why]
    if why or not having:
        return np.full(1, np.nan), why or cohen.NO_PAIR
    table = np.stack(having)
    known = ~np.isnan(table)
    return ratio(np.where(known, table, 0.0).sum(axis=0), known.sum(axis=0).astype(np.float64)), ""


def _estimate(samples: Floats, why: str, counts: tuple[int, int]) -> tuple[Any, ...]:
    """value, low, high, n_units, n_judgements, note."""
    if why or np.isnan(samples[0]):
        # A whole pair at odds may leave all judgements of each coder in one category; see undefined.reason for the rest.
        return (np.nan, np.nan, np.nan, *counts, why or "There is no chance disagreement to compare with.")
    low, high, note = _interval(samples[1:])
    return (round(float(samples[0]), 4), low, high, *counts, note)


def _interval(samples: Floats) -> tuple[float, float, str | None]:
    if not len(samples):
        return np.nan, np.nan, None
    having = samples[~np.isnan(samples)]
    if 2 * len(having) < len(samples):
        return np.nan, np.nan, FEW_INTERVALS
    low, high = np.quantile(having, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return round(float(low), 4), round(float(high), 4), None


def _found(units: Units, cluster: Ints, weights: Weights) -> pd.DataFrame:
    """How many events each pair has in common: no chance correction, for nobody counts the events that neither saw."""
    pairs = list(combinations(range(len(units.coders)), 2))
    rows: list[tuple[Any, ...]] = []
    if pairs:
        has = units.ratings(np.ones(len(units.unit), dtype=np.int64)) == 1
        per_unit = [
            units.seen[one] & units.seen[other] & which
            for one, other in pairs
            for which in (has[one], has[other], has[one] & has[other])
        ]
        sums = weigh(per_unit, cluster, weights).reshape(len(pairs), 3, -1)
        total = sums.sum(axis=0)
        mean = (total[0] + total[1]) / 2
        rows.append((None, None, len(units.articles), *_in_common(mean, mean, total[2])))
        for (one, other), own in zip(pairs, sums, strict=True):
            articles = int((units.judged[one] & units.judged[other]).sum())
            rows.append((units.coders[one], units.coders[other], articles, *_in_common(*own)))
    return _frame(rows, FOUND_COLUMNS, ("n_coder", "n_other", "f1", "low", "high"), ("n_articles", "n_both"))


def _in_common(one: Floats, other: Floats, both: Floats) -> tuple[Any, ...]:
    """n_coder, n_other, n_both, f1, low, high."""
    value, low, high, *_ = _estimate(ratio(2 * both, one + other), "", (0, 0))
    return one[0], other[0], int(both[0]), value, low, high


def _frame(
    rows: Sequence[tuple[Any, ...]], columns: Sequence[str], floats: Sequence[str], counts: Sequence[str]
) -> pd.DataFrame:
    types = {name: "float64" if name in floats else "int64" if name in counts else "str" for name in columns}
    return pd.DataFrame(list(rows), columns=list(columns)).astype(types)
