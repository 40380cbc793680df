"""The network: who meets whom, whoever acted, in an order that ties and rows do not change."""

from __future__ import annotations

import pandas as pd

from whodid.codebook.model import Codebook
from whodid.events.enrich import enrich
from whodid.summary import tables
from whodid.summary.code_tree import code_tree
from whodid.summary.network import MOST_NODES, Line, network

from event_samples import make_events  # isort: skip


def dyads(*rows: tuple[str, str, int, float | None]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["actor", "target", "events", "conflict"])


def test_both_directions_are_one_line_and_oneself_is_nobody_else() -> None:
    found = network(
        dyads(("KOR", "PRK", 3, 1.0), ("PRK", "KOR", 1, 0.0), ("KOR", "KOR", 9, 1.0), ("FRA", "DEU", 1, None))
    )
    assert found.lines == (Line("DEU", "FRA", 1, None), Line("KOR", "PRK", 4, 0.75))
    assert dict(found.nodes) == {"KOR": 4, "PRK": 4, "FRA": 1, "DEU": 1}


def test_those_who_meet_stand_beside_each_other() -> None:
    found = network(dyads(("AAA", "DDD", 5, 0.0), ("BBB", "CCC", 4, 0.0), ("AAA", "CCC", 1, 0.0)))
    assert [code for code, _ in found.nodes] == ["AAA", "DDD", "CCC", "BBB"]


def test_only_the_most_frequent_are_shown_and_the_order_of_rows_does_not_matter() -> None:
    rows = [(f"A{n:02d}", f"B{n:02d}", 100 - n, 0.5) for n in range(30)]
    found = network(dyads(*rows))
    assert len(found.nodes) <= MOST_NODES
    assert network(dyads(*reversed(rows))) == found


def test_nobody_who_meets_anybody_gives_an_empty_network() -> None:
    assert network(dyads(("KOR", "KOR", 3, 1.0))).lines == ()


def test_a_tree_counts_what_is_below_and_keeps_codes_that_are_only_above(codebook: Codebook) -> None:
    frame = enrich(make_events(action=["1121", "1122", "112", "010", "998", "ASSAULT:firearms"][:5]), codebook)
    first, second, third = code_tree(tables.by_action(frame, codebook), codebook)
    assert (first.code, first.events, first.children[0].code) == ("01", 1, "010")
    assert (second.code, second.own, second.events, second.share) == ("11", 0, 3, 0.6)
    (accuse,) = second.children
    assert (accuse.code, accuse.own, [child.code for child in accuse.children]) == ("112", 1, ["1121", "1122"])
    assert (third.code, third.label, third.children[0].label) == ("99", None, None)
    assert sum(branch.events for branch in (first, second, third)) == len(frame)


def test_plover_modes_stand_below_their_event(codebook: Codebook) -> None:
    frame = make_events(action=["112", "112"]).assign(action=pd.Series(["ASSAULT:firearms", "ASSAULT"], dtype="str"))
    (branch,) = code_tree(tables.by_action(enrich(frame, codebook), codebook), codebook)
    assert (branch.code, branch.own, branch.events, branch.quad_class) == ("ASSAULT", 1, 2, 4)
    assert [child.code for child in branch.children] == ["ASSAULT:firearms"]
