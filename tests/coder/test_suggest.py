"""Suggestions for marked sentences: who is meant, which code comes first, which files are refused."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from whodid.codebook.model import Codebook
from whodid.coder.decide import MODELS, kind_of, ranked, together
from whodid.coder.suggest import check_requests, read_requests, suggest
from whodid.errors import ArticleError, UsageError


def marked(name: str, text: str, actor: str, target: str) -> dict[str, Any]:
    spans = [[[text.index(words), text.index(words) + len(words)]] for words in (actor, target)]
    return {"id": name, "text": text, "source": spans[0], "target": spans[1]}


@pytest.mark.model
def test_the_same_sentence_gives_other_codes_for_other_parties(codebook: Codebook) -> None:
    text = "Iraq thanked Japan for its aid and accused Turkey of shelling villages on the border."
    found = suggest([marked("a", text, "Iraq", "Japan"), marked("b", text, "Iraq", "Turkey")], codebook=codebook)
    assert [one["id"] for one in found] == ["a", "b"]
    assert [one["suggestions"][0]["action"][:2] for one in found] == ["05", "11"]


@pytest.mark.model
def test_suggestions_say_words_reasons_and_plover_and_come_best_first(codebook: Codebook) -> None:
    text = "Peru on Friday expelled the Bolivian ambassador over the leak."
    (found,) = suggest([marked("x", text, "Peru", "the Bolivian ambassador")], codebook=codebook, top=3)
    best = found["suggestions"][0]
    assert (best["action"], best["plover"]) == ("161", "SANCTION")
    assert "expelled" in best["words"]
    assert best["why"]
    assert len(found["suggestions"]) == 3
    assert all(0 <= one["score"] <= 1 for one in found["suggestions"])
    assert json.dumps(found) == json.dumps(
        suggest([marked("x", text, "Peru", "the Bolivian ambassador")], codebook=codebook, top=3)[0]
    )


@pytest.mark.model
def test_without_spans_the_main_event_is_meant(codebook: Codebook) -> None:
    sentences = [
        {"id": "main", "text": "Rebels attacked an army post in Mali, a day after France promised help."},
        {"id": "none", "text": "Sunny."},
    ]
    found = suggest(sentences, codebook=codebook)
    assert found[0]["suggestions"][0]["action"][:2] == "19"
    assert found[1]["suggestions"] == []


def test_kinds_of_actions_come_before_codes(codebook: Codebook) -> None:
    odds = {"111": 0.3, "112": 0.25, "120": 0.4, "none": 0.05}
    assert [code for code, _ in ranked(odds, codebook)] == ["111", "112", "120"]
    assert ranked({"none": 1.0}, codebook) == []


def test_appeals_go_with_demands_and_concessions_with_retreats(codebook: Codebook) -> None:
    assert kind_of(codebook, "020") == kind_of(codebook, "100") == "REQUEST"
    assert kind_of(codebook, "0871") == kind_of(codebook, "081") == "08"
    assert kind_of(codebook, "163") == "COERCE"


def test_two_models_together_sum_to_one_and_want_both() -> None:
    both = together({"190": 0.9, "170": 0.1}, {"190": 0.2, "180": 0.8})
    assert sum(both.values()) == pytest.approx(1.0)
    assert max(both, key=lambda code: both[code]) == "190"


def test_every_fault_of_a_file_is_reported_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "in.jsonl"
    lines = [
        '{"id": 1, "text": "France met Spain."}',
        "{not json",
        '{"id": 1, "text": "Again."}',
        '{"id": "half", "text": "France met Spain.", "source": [[0, 6]]}',
        '{"id": "long", "text": "France met Spain.", "source": [[0, 6]], "target": [[11, 99]]}',
        '{"id": "blank", "text": "France met Spain.", "source": [[6, 7]], "target": [[11, 16]]}',
        "[]",
        '{"id": "mute"}',
    ]
    path.write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(ArticleError) as caught:
        read_requests(path)
    assert [fault.line for fault in caught.value.faults] == [2, 3, 4, 5, 6, 7, 8]
    assert "The id '1' stands twice. Give each sentence an id of its own." in str(caught.value)
    assert "Only one party is marked. Mark both, or none for the main event." in str(caught.value)
    assert "[[11, 99]] are no spans of a text of 17 characters." in str(caught.value)


def test_a_missing_file_and_no_suggestions_at_all_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ArticleError, match="cannot be read"):
        read_requests(tmp_path / "none.jsonl")
    with pytest.raises(UsageError, match="Give --top 1 or more"):
        suggest([], top=0)


def test_true_is_no_offset() -> None:
    with pytest.raises(ArticleError, match="are no spans"):
        check_requests([{"id": "t", "text": "ab", "source": [[False, True]], "target": [[1, 2]]}])


def test_the_model_files_together_stay_under_ten_megabytes() -> None:
    sizes = {path.name: path.stat().st_size for path in MODELS.glob("*.npz")}
    assert set(sizes) == {"encoder.npz", "linear.npz"}
    assert all(size < 10_000_000 for size in sizes.values()), sizes
