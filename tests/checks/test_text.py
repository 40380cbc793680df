"""Text that is not what it seems: each rule with the sentence that a user reads."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from event_samples import MakeEvents
from whodid.checks.text import order_faults, spreadsheet_faults, text_faults


def sentences(frame: pd.DataFrame) -> list[str]:
    return [f"{fault.rule}: {fault}" for fault in text_faults(frame)]


@pytest.mark.parametrize(
    ("overrides", "sentence"),
    [
        (
            {"publisher": "NaN"},
            "null-as-text: row 0: column 'publisher': publisher is the text 'NaN', which is a program's word for no "
            "value. Leave the cell empty if there is none.",
        ),
        (
            {"coder": "None"},
            "null-as-text: row 0: column 'coder': coder is the text 'None', which is a program's word for no value. "
            "Write what is meant.",
        ),
        (
            {"article_id": " a1"},
            "stray-space: row 0: column 'article_id': article_id is ' a1', with blanks around it. Write 'a1'.",
        ),
        (
            {"publisher": "ZÃ¼rcher Draht"},
            "mojibake: row 0: column 'publisher': publisher is 'ZÃ¼rcher Draht', which looks like 'Zürcher Draht' in "
            "the wrong encoding. Decode the file as UTF-8.",
        ),
        (
            {"note": "Z\ufffdrich"},
            "mojibake: row 0: column 'note': note is 'Z\ufffdrich': a letter was lost when the text was decoded. Code "
            "the article again from a file that is whole.",
        ),
        (
            {"confidence": 0.87512},
            "confidence-decimals: row 0: column 'confidence': confidence is 0.87512, with more than three decimals. "
            "Write 0.875: another computer's last digits must not change the file.",
        ),
        (
            {"actor": "actor", "action": "action", "target": "target"},
            "header-again: row 0: column 'actor': The row is a header. Remove it: two files were joined.",
        ),
    ],
    ids=lambda value: value.partition(":")[0] if isinstance(value, str) else "",
)
def test_each_rule_says_what_is_wrong_and_what_to_write(
    make_events: MakeEvents, overrides: dict[str, Any], sentence: str
) -> None:
    assert sentences(make_events(**overrides)) == [sentence]


@pytest.mark.parametrize(
    "overrides",
    [
        {"actor_text": "None of the rebels", "actor_end": 18},
        {"target_text": "None", "note": "none"},
        {"publisher": "Zürcher Draht", "note": "naïve — “quoted”"},
        {"publisher": "Le Monde à Dakar", "coder": "pattern@0.1.0"},
        {"confidence": [0.1, 0.333, 1.0, None]},
    ],
)
def test_ordinary_text_is_left_alone(make_events: MakeEvents, overrides: dict[str, Any]) -> None:
    assert text_faults(make_events(**overrides)) == []


def test_every_confidence_with_three_decimals_is_accepted(make_events: MakeEvents) -> None:
    exact = [number / 1000 for number in range(1001)]
    assert text_faults(make_events(confidence=exact)) == []
    off = (np.array(exact[1:], dtype="float32") * np.float32(0.99999)).tolist()
    assert {fault.rule for fault in text_faults(make_events(confidence=off))} == {"confidence-decimals"}
    assert len(text_faults(make_events(confidence=off))) == 1000


def test_a_table_without_some_columns_is_checked_for_the_others() -> None:
    assert [fault.rule for fault in text_faults(pd.DataFrame({"publisher": [" x"]}))] == ["stray-space"]


def test_order_of_columns_and_rows_is_that_of_whodid(make_events: MakeEvents) -> None:
    good = make_events(sentence=[0, 1, 2])
    assert order_faults(good, is_parquet=True) == []
    assert [str(f) for f in order_faults(good[list(good.columns[::-1])], is_parquet=False)] == [
        "The columns do not stand in the schema's order. Read and write the file once with whodid, which orders them."
    ]
    assert [str(f) for f in order_faults(good.iloc[[0, 2, 1]], is_parquet=True)] == [
        "row 1: The rows do not stand in canonical order, from row 1 on. Read and write the file once with whodid: the "
        "same rows then have the same bytes."
    ]
    assert order_faults(good.iloc[[0, 2, 1]], is_parquet=False) == []


def test_marks_of_a_spreadsheet_are_found_and_a_cells_own_line_end_is_not(tmp_path: Path) -> None:
    path = tmp_path / "e.csv"
    path.write_bytes(b"\xef\xbb\xbfactor,note\r\nKOR,x\r\n")
    assert [(fault.rule, fault.line) for fault in spreadsheet_faults(path)] == [
        ("byte-order-mark", 1),
        ("line-ends", 1),
    ]
    path.write_bytes(b'actor,note\nKOR,"one\r\ntwo"\n')
    assert spreadsheet_faults(path) == []
