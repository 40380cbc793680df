"""Who codes which article: split among coders with a given overlap, balanced by words, the same for the same seed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from math import comb

import numpy as np
import pandas as pd

from whodid.annotation.gathered import Codable, gather
from whodid.articles.model import Article
from whodid.errors import UsageError
from whodid.events.schema import BY_NAME

COLUMNS = ("coder", "place", "article_id", "words", "coders")
STATUS_COLUMNS = ("coder", "articles", "judged", "left", "words", "words_left", "not_assigned")
# So many groups of coders are compared for each shared article; with more, the group is put together one by one.
_MOST_GROUPS = 500


def assign(
    articles: Iterable[Article],
    coders: Iterable[str],
    *,
    overlap: float = 0.2,
    times: int = 2,
    seed: int = 0,
    kept: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Which coder codes which article, as a table with the columns coder, place, article_id, words, coders.

    overlap: the share of the articles that several coders code, drawn at random; times: how many code each of these.
    All have about the same number of words, and so have, among shared articles, all pairs of coders. place counts each
    coder's articles from 1: the order is drawn at random and is the same for all, so that agreement can be looked at
    early, and nobody sees which articles are shared. coders: how many have the article.
    The same articles, coders and seed give the same table, in whatever order they come. kept: an earlier table, whose
    lines stay as they are: only articles that it does not have are assigned, and come after the others.
    Raises UsageError if there are no articles or coders, or if overlap, times or seed make no sense.
    """
    names = check_coders(coders)
    if not 0 <= overlap <= 1:
        fix = "Give a share from 0 (no article twice) to 1 (all of them), such as 0.2."
        raise UsageError(f"{overlap:g} is no overlap.", fix=fix, value=f"{overlap:g}", rule="bad-overlap")
    if overlap > 0 and not 2 <= times <= len(names):
        message = f"{times} of {len(names)} coders cannot code the same article."
        fix = f"Give 2 to {len(names)}." if len(names) > 1 else "Give more coders, or an overlap of 0."
        raise UsageError(message, fix=fix, value=str(times), rule="bad-times")
    if seed < 0:
        fix = "Give --seed 0 or more."
        raise UsageError(f"{seed} cannot seed the random numbers.", fix=fix, value=str(seed), rule="bad-seed")
    words = {article.article_id: len(article.text.split()) for article in articles}
    if not words:
        raise UsageError("There are no articles to assign.", fix="Name a folder with articles.", rule="no-input")
    chance = np.random.default_rng(seed)
    before = _empty() if kept is None else kept[list(COLUMNS)]
    known = set(before["article_id"])
    new = sorted(set(words) - known)
    order = [new[i] for i in chance.permutation(len(new))]
    shared = set(order[: round(overlap * len(order))])
    # Drawn anew, so that shared articles do not come first.
    order = [new[i] for i in chance.permutation(len(new))]
    load = {name: int(before.loc[before["coder"] == name, "words"].sum()) for name in names}
    chosen = _share_out(sorted(shared), words, names, times, load, _pairs_before(before, names))
    # The longest first, each to whoever has least: the rest evens out what is left (Graham 1969, longest processing time).
    for article in sorted(set(new) - shared, key=lambda a: (-words[a], a)):
        coder = min(names, key=lambda name: (load[name], name))
        chosen[article] = (coder,)
        load[coder] += words[article]
    places = {name: int((before["coder"] == name).sum()) for name in names}
    rows = []
    for article in order:
        for coder in chosen[article]:
            places[coder] += 1
            rows.append((coder, places[coder], article, words[article], len(chosen[article])))
    added = pd.DataFrame(rows, columns=list(COLUMNS)).astype(_TYPES)
    return pd.concat([before, added]).sort_values(["coder", "place"], ignore_index=True)


def assignment_status(
    assignment: pd.DataFrame, codings: Codable | Iterable[Codable] = (), judged: pd.DataFrame | None = None
) -> pd.DataFrame:
    """How far each coder is: coder, articles, judged, left, words, words_left, not_assigned (judged, not theirs).

    codings: what has been coded so far, of any coders, as `agree` takes it; judged: who judged which article (columns
    coder, article_id), where the codings do not know. An article counts as judged from its first judgement on.
    """
    done = _done(codings, judged)
    rows = []
    for coder, own in assignment.groupby("coder", sort=True):
        is_done = own["article_id"].isin(done.get(str(coder), set()))
        others = done.get(str(coder), set()) - set(own["article_id"])
        rows.append(
            (coder, len(own), int(is_done.sum()), int((~is_done).sum()), int(own["words"].sum()),
             int(own.loc[~is_done, "words"].sum()), len(others))
        )  # fmt: skip
    types = {name: "str" if name == "coder" else "int64" for name in STATUS_COLUMNS}
    return pd.DataFrame(rows, columns=list(STATUS_COLUMNS)).astype(types)


def left_of(
    assignment: pd.DataFrame,
    coder: str,
    codings: Codable | Iterable[Codable] = (),
    judged: pd.DataFrame | None = None,
) -> list[str]:
    """The articles that a coder has not judged yet, in their order. Raises UsageError for a coder without articles."""
    own = own_of(assignment, coder)
    done = _done(codings, judged).get(coder, set())
    return [article for article in own["article_id"] if article not in done]


def own_of(assignment: pd.DataFrame, coder: str) -> pd.DataFrame:
    """A coder's lines, in their order. Raises UsageError for a coder without articles."""
    own = assignment[assignment["coder"] == coder].sort_values("place")
    if own.empty:
        known = ", ".join(sorted(set(assignment["coder"]))) or "nobody"
        raise UsageError(
            f"{coder!r} has no articles.", fix=f"The coders are {known}.", value=coder, rule="unknown-coder"
        )
    return own


def check_coders(coders: Iterable[str]) -> list[str]:
    """The names, sorted. Raises UsageError if there are none, if one comes twice, or is no name of a coder."""
    names = sorted(coders)
    if not names:
        raise UsageError("There are no coders.", fix="Name them: --coder anna --coder ben.", rule="no-coders")
    for name, following in zip(names, [*names[1:], ""], strict=True):
        if name == following:
            raise UsageError(f"{name!r} is named twice.", fix="Name each coder once.", value=name, rule="same-coder")
        if not re.fullmatch(BY_NAME["coder"].pattern or "", name):
            fix = "Give a name that neither begins nor ends with a blank."
            raise UsageError(f"{name!r} is no name of a coder.", fix=fix, value=name, rule="bad-coder")
    return names


_TYPES = {"coder": "str", "place": "int64", "article_id": "str", "words": "int64", "coders": "int64"}


def _empty() -> pd.DataFrame:
    return pd.DataFrame(columns=list(COLUMNS)).astype(_TYPES)


def _done(codings: Codable | Iterable[Codable], judged: pd.DataFrame | None) -> dict[str, set[str]]:
    found = gather(codings, judged)
    tables = [table for table in (*found.tables, found.judged) if table is not None]
    both = pd.concat([_empty(), *tables])[["coder", "article_id"]].drop_duplicates()
    return {str(coder): set(own["article_id"]) for coder, own in both.groupby("coder")}


def _pairs_before(before: pd.DataFrame, names: Sequence[str]) -> dict[tuple[str, str], int]:
    """Words that each pair of coders shares already."""
    out = dict.fromkeys(combinations(names, 2), 0)
    for _, own in before[before["coders"] > 1].groupby("article_id"):
        for pair in combinations(sorted(own["coder"]), 2):
            if pair in out:
                out[pair] += int(own["words"].iloc[0])
    return out


def _share_out(
    shared: Sequence[str],
    words: Mapping[str, int],
    names: Sequence[str],
    times: int,
    load: dict[str, int],
    pairs: dict[tuple[str, str], int],
) -> dict[str, tuple[str, ...]]:
    """The coders of each shared article: the pairs with least in common, then the coders with least; adds to load."""
    chosen: dict[str, tuple[str, ...]] = {}
    for article in sorted(shared, key=lambda a: (-words[a], a)):
        group = _group(names, times, load, pairs)
        chosen[article] = group
        for name in group:
            load[name] += words[article]
        for pair in combinations(group, 2):
            pairs[pair] += words[article]
    return chosen


def _group(
    names: Sequence[str], times: int, load: Mapping[str, int], pairs: Mapping[tuple[str, str], int]
) -> tuple[str, ...]:
    def cost(group: Sequence[str]) -> tuple[int, int, tuple[str, ...]]:
        ordered = tuple(sorted(group))
        return sum(pairs[pair] for pair in combinations(ordered, 2)), sum(load[n] for n in ordered), ordered

    if comb(len(names), times) <= _MOST_GROUPS:
        return min(cost(group) for group in combinations(names, times))[2]
    group: list[str] = [min(names, key=lambda name: (load[name], name))]
    while len(group) < times:
        group.append(min((n for n in names if n not in group), key=lambda n: cost([*group, n])))
    return tuple(sorted(group))
