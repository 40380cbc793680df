"""Which actions are taken for which, against hand-counted cases."""

from __future__ import annotations

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from whodid.codebook.model import Codebook
from whodid.reliability.confusion import COLUMNS, confusion, confusion_table, most_confused

PAIRS = [
    ("112", "112"), ("112", "111"), ("112", "111"), ("114", "190"), ("190", None), ("1411", None), (None, "057"),
]  # fmt: skip
CODES = st.sampled_from(["112", "111", "190", "057", "1123", None])


def _lines(tidy: pd.DataFrame, level: str) -> list[tuple[object, ...]]:
    own = tidy[tidy["level"] == level][["gold", "coded", "kind", "n"]].astype(object)
    return list(own.where(own.notna(), None).itertuples(index=False, name=None))


def test_full_codes_are_counted_by_kind(codebook: Codebook) -> None:
    tidy = confusion(PAIRS, codebook)
    assert tuple(tidy.columns) == COLUMNS
    assert _lines(tidy, "code") == [
        ("112", "111", "wrong", 2),
        ("112", "112", "right", 1),
        ("114", "190", "wrong", 1),
        ("1411", None, "missed", 1),
        ("190", None, "missed", 1),
        (None, "057", "extra", 1),
    ]


def test_at_the_root_neighbouring_codes_are_right(codebook: Codebook) -> None:
    assert _lines(confusion(PAIRS, codebook), "root") == [
        ("11", "11", "right", 3),
        ("11", "19", "wrong", 1),
        ("14", None, "missed", 1),
        ("19", None, "missed", 1),
        (None, "05", "extra", 1),
    ]


def test_labels_stand_beside_the_codes(codebook: Codebook) -> None:
    tidy = confusion([("112", "9999")], codebook)
    row = tidy[tidy["level"] == "code"].iloc[0]
    assert row["gold_label"] == codebook.actions["112"].label
    assert pd.isna(row["coded_label"])


def test_the_table_has_margins_for_missed_and_extra(codebook: Codebook) -> None:
    table = confusion_table(confusion(PAIRS, codebook))
    assert list(table.index) == ["05", "11", "14", "19", "extra"]
    assert list(table.columns) == ["05", "11", "14", "19", "missed"]
    assert table.to_numpy().tolist() == [
        [0, 0, 0, 0, 0],
        [0, 3, 0, 1, 0],
        [0, 0, 0, 0, 1],
        [0, 0, 0, 0, 1],
        [1, 0, 0, 0, 0],
    ]


def test_the_most_confused_pairs_come_first_and_right_ones_are_none(codebook: Codebook) -> None:
    tidy = confusion(PAIRS, codebook)
    assert most_confused(tidy)[["gold", "coded", "n"]].to_numpy().tolist() == [["112", "111", 2], ["114", "190", 1]]
    assert most_confused(tidy, n=1)["gold"].tolist() == ["112"]
    assert most_confused(tidy, level="root")[["gold", "coded", "n"]].to_numpy().tolist() == [["11", "19", 1]]


def test_without_pairs_only_the_margins_are_left(codebook: Codebook) -> None:
    tidy = confusion([], codebook)
    assert len(tidy) == len(most_confused(tidy)) == 0
    assert confusion_table(tidy).to_dict() == {"missed": {"extra": 0}}


@given(st.lists(st.tuples(CODES, CODES).filter(lambda pair: pair != (None, None)), max_size=30))
def test_counts_add_up_to_all_pairs_at_each_level(
    codebook: Codebook, pairs: list[tuple[str | None, str | None]]
) -> None:
    tidy = confusion(pairs, codebook)
    for level in ("root", "code"):
        assert tidy[tidy["level"] == level]["n"].sum() == len(pairs)
        table = confusion_table(tidy, level)
        assert table.to_numpy().sum() == len(pairs)
        assert table["missed"].sum() == sum(coded is None for _, coded in pairs)
        assert table.loc["extra"].sum() == sum(gold is None for gold, _ in pairs)
