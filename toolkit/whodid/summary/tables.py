"""Tables of an event set: what was done, who did it to whom, when, and who says so.

Each function takes the enriched event table (events/enrich.py) and gives a tidy frame in a fixed order. `events` is
always a count of rows: where several people coded the same articles, an event that two of them saw counts twice.
`share` is that count over all rows of the input, from 0 to 1. No events give no rows, with the same columns.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from whodid.codebook.model import Codebook
from whodid.events.model import pandas_type
from whodid.events.schema import BY_NAME
from whodid.summary.periods import Unit, all_periods, fitting_unit, periods_of

QUAD_CLASSES = (1, 2, 3, 4)
CONFLICT = (3, 4)
_TEXT = pd.StringDtype(na_value=np.nan)


def all_tables(frame: pd.DataFrame, codebook: Codebook) -> dict[str, pd.DataFrame]:
    """Every table of this module by its name, which is also the name of its file."""
    return {
        "roots": by_root(frame, codebook),
        "actions": by_action(frame, codebook),
        "quad_classes": by_quad_class(frame, codebook),
        "dyads": by_dyad(frame),
        "country_dyads": by_country_dyad(frame),
        "countries": by_country(frame, codebook),
        "months": over_time(frame),
        "goldstein": goldstein_over_time(frame),
        "publishers": by_publisher(frame),
        "coders": by_coder(frame),
        "date_basis": by_date_basis(frame),
    }


def by_root(frame: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    """Events by root, in order of the code: root, label, quad_class, events, share.

    Roots that do not occur are left out. label is null for a root that the codebook does not have, and quad_class
    where its scheme gives none.
    """
    table = _counted(frame, ["root"])
    labels = [
        codebook.actions[root].label if root in codebook.actions else (root.capitalize() if root.isalpha() else None)
        for root in table["root"]
    ]
    classes = dict(zip(frame["root"], frame["quad_class"], strict=True))
    table.insert(1, "label", pd.Series(labels, index=table.index, dtype=_TEXT))
    table.insert(2, "quad_class", pd.Series([classes[root] for root in table["root"]], index=table.index, dtype="Int8"))
    return table.sort_values("root").reset_index(drop=True)


def by_action(frame: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    """Events by action, in order of the code: action, label, parent, quad_class, events, share.

    Each event counts for its own code only, not for the codes above it. parent is the code one level up (the event of
    a PLOVER action with a mode), and null for a root; label is null for a code that the codebook does not have.
    """
    table = _counted(frame, ["action"])
    first = frame.drop_duplicates("action").set_index("action")
    codes = table["action"].tolist()
    table.insert(1, "label", pd.Series([first.at[c, "action_label"] for c in codes], index=table.index, dtype=_TEXT))
    parents = [_parent(str(code)) for code in codes]
    table.insert(2, "parent", pd.Series(parents, index=table.index, dtype=_TEXT))
    classes = [first.at[code, "quad_class"] for code in codes]
    table.insert(3, "quad_class", pd.Series(classes, index=table.index, dtype="Int8"))
    return table.sort_values("action").reset_index(drop=True)


def by_quad_class(frame: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    """Events by quad class: quad_class, name, events, share.

    All four classes are there, with zeros, and a last row with a null class if some actions have none.
    """
    if frame.empty:
        rows: list[tuple[object, object, int]] = []
    else:
        rows = [(c, codebook.meta.quad_class_names.get(c), _count(frame, c)) for c in QUAD_CLASSES]
        without = int(frame["quad_class"].isna().sum())
        rows += [(None, None, without)] if without else []
    table = pd.DataFrame(rows, columns=["quad_class", "name", "events"])
    table = table.astype({"quad_class": "Int8", "name": _TEXT, "events": "int64"})
    return table.assign(share=table["events"] / max(len(frame), 1))


def by_dyad(frame: pd.DataFrame) -> pd.DataFrame:
    """Events by ordered pair of actor and target: actor, target, events, share, conflict, goldstein.

    Most frequent first. conflict is the share of the dyad's events in quad classes 3 and 4, goldstein its mean score;
    both are null where no event has a class or score.
    """
    return _scored(frame, ["actor", "target"])


def by_country_dyad(frame: pd.DataFrame) -> pd.DataFrame:
    """Events by ordered pair of countries: actor_country, target_country, events, share, conflict, goldstein.

    Only rows with a country on both sides; share is still of all rows, so that its sum says how much is covered.
    """
    both = frame[frame["actor_country"].notna() & frame["target_country"].notna()]
    return _scored(both, ["actor_country", "target_country"], total=len(frame))


def by_country(frame: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    """Events by country: country, name, as_actor, as_target, share_as_actor, share_as_target; most frequent first.

    A country's events with itself count on both sides. Rows without a country on a side do not appear for that side.
    """
    as_actor, as_target = frame["actor_country"].value_counts(), frame["target_country"].value_counts()
    codes = sorted({*as_actor.index, *as_target.index})
    names = {country.code: country.name for country in reversed(codebook.countries)}
    table = pd.DataFrame(
        {
            "country": pd.Series(codes, dtype=_TEXT),
            "name": pd.Series([names.get(code) for code in codes], dtype=_TEXT),
            "as_actor": pd.Series([int(as_actor.get(code, 0)) for code in codes], dtype="int64"),
            "as_target": pd.Series([int(as_target.get(code, 0)) for code in codes], dtype="int64"),
        }
    )
    for side in ("actor", "target"):
        table[f"share_as_{side}"] = table[f"as_{side}"] / max(len(frame), 1)
    order = (table["as_actor"] + table["as_target"]).sort_values(ascending=False, kind="stable").index
    return table.loc[order].reset_index(drop=True)


def over_time(frame: pd.DataFrame, unit: Unit | None = None) -> pd.DataFrame:
    """Events by month, with explicit zeros between the first and the last: period, start, events, and by quad class.

    period is text (2024-06, 2024), start its first day. quad_class_1 to quad_class_4 and no_quad_class add up to
    events. Spans longer than 15 years are counted by year, unless a unit is given.
    """
    unit = unit or fitting_unit(frame["date"])
    own, periods = periods_of(frame["date"], unit), all_periods(frame["date"], unit)
    place = (own - periods[0]).astype("int64") if len(periods) else np.empty(0, dtype="int64")
    quad = frame["quad_class"].fillna(0).to_numpy(dtype="int64")
    table = _periods(periods)
    table["events"] = np.bincount(place, minlength=len(periods))
    for value in QUAD_CLASSES:
        table[f"quad_class_{value}"] = np.bincount(place[quad == value], minlength=len(periods))
    table["no_quad_class"] = np.bincount(place[quad == 0], minlength=len(periods))
    return table.astype(dict.fromkeys(table.columns[2:], "int64"))


def goldstein_over_time(frame: pd.DataFrame, unit: Unit | None = None) -> pd.DataFrame:
    """Goldstein scores by month (or year, as in over_time): period, start, n, mean, min, max.

    n counts the events that have a score; where there is none, n is 0 and the others are null.
    """
    unit = unit or fitting_unit(frame["date"])
    own, periods = periods_of(frame["date"], unit), all_periods(frame["date"], unit)
    place = (own - periods[0]).astype("int64") if len(periods) else np.empty(0, dtype="int64")
    grouped = frame["goldstein"].astype("float64").groupby(place).agg(["count", "mean", "min", "max"])
    grouped = grouped.reindex(range(len(periods)))
    table = _periods(periods)
    table["n"] = grouped["count"].fillna(0).to_numpy(dtype="int64")
    for name in ("mean", "min", "max"):
        table[name] = grouped[name].to_numpy(dtype="float64").round(4)
    return table


def by_publisher(frame: pd.DataFrame) -> pd.DataFrame:
    """Events and articles by publisher, most frequent first: publisher, articles, events, share; null: not given."""
    return _with_articles(frame, "publisher")


def by_coder(frame: pd.DataFrame) -> pd.DataFrame:
    """Events and articles by coder, most frequent first: coder, articles, events, share."""
    return _with_articles(frame, "coder")


def by_date_basis(frame: pd.DataFrame) -> pd.DataFrame:
    """Where the events' dates come from, in the schema's order, with zeros: date_basis, events, share."""
    allowed = BY_NAME["date_basis"].allowed or ()
    counts = frame["date_basis"].value_counts()
    rows = [] if frame.empty else [(basis, int(counts.get(basis, 0))) for basis in allowed]
    table = pd.DataFrame(rows, columns=["date_basis", "events"]).astype({"date_basis": _TEXT, "events": "int64"})
    return table.assign(share=table["events"] / max(len(frame), 1))


def _parent(action: str) -> str | None:
    if action[:1].isalpha():
        return action.partition(":")[0] if ":" in action else None
    return action[:-1] if len(action) > 2 else None


def code_and_label(code: str, label: object) -> str:
    """A code with its label behind it; of a PLOVER event the label alone, which says the same."""
    if pd.isna(label):  # type: ignore[call-overload]
        return f"{code} not in the codebook"
    return str(label) if str(label).upper() == code else f"{code} {label}"


def _count(frame: pd.DataFrame, quad_class: int) -> int:
    return int((frame["quad_class"] == quad_class).sum())


def _counted(frame: pd.DataFrame, keys: list[str], total: int | None = None) -> pd.DataFrame:
    """Rows for each combination of keys, most frequent first, then by the keys; nulls are a key of their own, last."""
    counts = frame.groupby(keys, dropna=False, observed=True).size().reset_index(name="events")
    counts = counts.astype({**{key: _key_type(key) for key in keys}, "events": "int64"})
    counts["share"] = (counts["events"] / max(len(frame) if total is None else total, 1)).astype("float64")
    order = ["events", *keys]
    return counts.sort_values(order, ascending=[False, *[True] * len(keys)], kind="stable").reset_index(drop=True)


def _scored(frame: pd.DataFrame, keys: list[str], total: int | None = None) -> pd.DataFrame:
    table = _counted(frame, keys, total)
    known = frame["quad_class"].notna()
    is_conflict = frame["quad_class"].isin(CONFLICT).astype("float64").where(known)
    scored = frame[keys].assign(conflict=is_conflict, goldstein=frame["goldstein"].astype("float64"))
    means = scored.groupby(keys, observed=True).mean().round(4).reset_index()
    return table.merge(means, on=keys, how="left", validate="one_to_one").astype(
        {"conflict": "float64", "goldstein": "float64"}
    )


def _with_articles(frame: pd.DataFrame, key: str) -> pd.DataFrame:
    table = _counted(frame, [key])
    articles = frame.groupby(key, dropna=False, observed=True)["article_id"].nunique()
    values = [int(articles[articles.index.isna()].iloc[0] if pd.isna(k) else articles[k]) for k in table[key]]
    table.insert(1, "articles", pd.Series(values, index=table.index, dtype="int64"))
    return table


def _periods(periods: np.ndarray) -> pd.DataFrame:
    starts = pd.Series(periods.astype("datetime64[D]").astype("datetime64[s]"))
    return pd.DataFrame({"period": pd.Series([str(p) for p in periods], dtype=_TEXT), "start": starts})


def _key_type(key: str) -> Any:
    return pandas_type(BY_NAME[key])
