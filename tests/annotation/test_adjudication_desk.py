"""Deciding on open units, one after the other: what each thing that an adjudicator does makes of the desk."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from event_samples import EVENT
from whodid.annotation.adjudication_desk import AdjudicationClerk
from whodid.annotation.codes import CodeDesk
from whodid.annotation.decisions import read_decisions
from whodid.annotation.store import CoderLog, read_store
from whodid.annotation.units import Unit
from whodid.articles.model import Article
from whodid.codebook.model import Codebook
from whodid.errors import AdjudicationError, StoreError

BEN = replace(EVENT, coder="ben", action="111", target_text="Russia on Friday", target_end=36)
UNITS = [
    Unit(EVENT.article_id, 0, {"anna": EVENT, "ben": BEN}),
    Unit(EVENT.article_id, 1, {"anna": replace(EVENT, sentence=1), "ben": None}),
]


@pytest.fixture(scope="module")
def codes(codebook: Codebook) -> CodeDesk:
    return CodeDesk(codebook)


@pytest.fixture
def clerk(codes: CodeDesk, article: Article, tmp_path: Path) -> AdjudicationClerk:
    return AdjudicationClerk(UNITS, [article], codes, CoderLog(tmp_path / "coding", "carla"), lambda: "")


def do(clerk: AdjudicationClerk, kind: str, **content: Any) -> str:
    clerk.handle({"type": kind, **content})
    json.dumps([clerk.picture(), clerk.article()], allow_nan=False)
    return clerk.desk.notice.text if clerk.desk.notice else ""


def test_versions_stand_side_by_side_with_what_differs(clerk: AdjudicationClerk) -> None:
    picture = clerk.picture()
    assert [(v["coder"], v["action"]["code"], v["action"]["label"]) for v in picture["versions"]] == [
        ("anna", "112", "Accuse"),
        ("ben", "111", "Criticize or denounce"),
    ]
    assert picture["differ"] == ["action"]
    pieces = [(piece["text"], piece["roles"]) for piece in clerk.article()["pieces"] if piece["roles"]]
    assert pieces == [
        ("South Korea", {"actor": ["anna", "ben"]}),
        ("accused", {"action": ["anna", "ben"]}),
        ("Russia", {"target": ["anna", "ben"]}),
        (" on Friday", {"target": ["ben"]}),
    ]


def test_a_version_is_taken_and_the_next_open_unit_comes_up(clerk: AdjudicationClerk, tmp_path: Path) -> None:
    do(clerk, "note", text="as the codebook says")
    assert do(clerk, "take", coder="ben") == "Decided: KORGOV 111 RUSGOV, 2024-06-21 (as ben)."
    assert clerk.desk.unit == 1
    assert do(clerk, "none") == "Decided: no event. All units are decided."
    [one, other] = read_decisions(tmp_path / "coding")
    assert (one.take, one.note, one.adjudicator) == (BEN.event_id, "as the codebook says", "carla")
    assert (other.take, other.own) == (None, None)
    do(clerk, "back")
    assert clerk.picture()["decision"]["text"] == "KORGOV 111 RUSGOV, 2024-06-21 (as ben)"


def test_a_changed_version_keeps_the_words_and_is_checked(clerk: AdjudicationClerk) -> None:
    assert do(clerk, "save") == "Take a version, say that there is no event, or change one."
    do(clerk, "own", coder="ben")
    do(clerk, "code", role="action", code="99")
    assert clerk.picture()["wrong"] == {"action": "'99' is not in the codebook. Type a word to find codes."}
    assert do(clerk, "save") == "'99' is not in the codebook. Type a word to find codes."
    do(clerk, "code", role="action", code="1121")
    do(clerk, "day", date="2024-06-31")
    assert do(clerk, "save") == "'2024-06-31' is no day. Write it as 2024-06-21."
    do(clerk, "day", date="2024-06-20")
    assert do(clerk, "save") == "Decided: KORGOV 1121 RUSGOV, 2024-06-20."
    [decision] = clerk.decisions
    assert (decision.own.target_text, decision.own.action, decision.own.date_basis) == (
        "Russia on Friday",
        "1121",
        "text",
    )


def test_codes_that_the_coders_gave_are_offered_with_their_names(clerk: AdjudicationClerk) -> None:
    assert [(o["code"], o["why"]) for o in clerk.search("action", "")] == [("112", "anna"), ("111", "ben")]
    assert clerk.search("actor", "russian ambassador")[0]["code"] == "RUSGOV"


def test_decisions_are_undone_one_by_one_and_a_second_session_goes_on(
    clerk: AdjudicationClerk, codes: CodeDesk, article: Article, tmp_path: Path
) -> None:
    do(clerk, "take", coder="anna")
    again = AdjudicationClerk(UNITS, [article], codes, CoderLog(tmp_path / "coding", "carla"), lambda: "")
    assert (again.desk.unit, again.picture()["n_done"]) == (1, 1)
    assert do(again, "undo") == "Undone: the last decision."
    assert (again.desk.unit, again.decisions) == (0, ())
    assert do(again, "undo") == "There is nothing to undo."


def test_without_the_article_the_versions_still_stand_there(codes: CodeDesk, tmp_path: Path) -> None:
    clerk = AdjudicationClerk(UNITS, [], codes, CoderLog(tmp_path / "coding", "carla"), lambda: "")
    assert clerk.article()["pieces"] == []
    assert len(clerk.picture()["versions"]) == 2


@pytest.mark.parametrize(
    ("message", "sentence"),
    [
        ({"type": "fly"}, "The message 'fly' is unknown."),
        ({"type": "take", "coder": "zoe"}, "'zoe' did not judge this unit."),
        ({"type": "back"}, "This is the first unit."),
        (
            {"type": "code", "role": "verb", "code": "1"},
            "The message 'code' cannot be understood: the role 'verb' is unknown.",
        ),
        ({"type": "take"}, "The message 'take' cannot be understood: 'coder'."),
    ],
)
def test_messages_that_make_no_sense_decide_nothing(
    clerk: AdjudicationClerk, tmp_path: Path, message: dict[str, Any], sentence: str
) -> None:
    clerk.handle(message)
    assert clerk.desk.notice.text == sentence
    assert clerk.decisions == ()
    assert not (tmp_path / "coding").exists()


def test_no_words_to_change_and_nothing_open_are_said(
    codes: CodeDesk, clerk: AdjudicationClerk, tmp_path: Path
) -> None:
    do(clerk, "next")
    assert do(clerk, "own", coder="ben") == "'ben' coded no event here: there are no words to start from."
    with pytest.raises(AdjudicationError) as caught:
        AdjudicationClerk([], [], codes, CoderLog(tmp_path / "coding", "carla"), lambda: "")
    assert str(caught.value) == (
        "No unit is open: there is nothing to decide. Take the events of wd.adjudicate(...): every unit is settled."
    )


def test_a_decision_that_cannot_be_saved_does_not_count(
    clerk: AdjudicationClerk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: object, **kwargs: object) -> None:
        raise StoreError("The coding is not saved: No space left on device.", fix="Free some.", rule="cannot-save")

    with monkeypatch.context() as broken:
        broken.setattr(CoderLog, "add", fail)
        assert do(clerk, "take", coder="anna") == "The coding is not saved: No space left on device. Free some."
    assert (clerk.desk.unit, clerk.decisions) == (0, ())
    do(clerk, "take", coder="anna")
    assert len(read_store(tmp_path / "coding").entries) == 1
