"""Judgements of several coders become one, by rule or by hand, and nothing is lost on the way."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import whodid as wd
from annotation.store_samples import event_body, fill_store, no_event_body
from event_samples import EVENT
from whodid.annotation.adjudicate import LINK_COLUMNS, Adjudication, adjudicate, write_adjudication
from whodid.annotation.decisions import Decision, decision_body
from whodid.annotation.entry import DECIDE, NO_EVENT, UNDO
from whodid.annotation.entry import EVENT as CODED
from whodid.annotation.store import CoderLog
from whodid.errors import AdjudicationError
from whodid.events.files import open_events
from whodid.events.model import event_table_model
from whodid.events.record import CodedEvent
from whodid.events.table import events_to_table


def by(coder: str, **changes: object) -> CodedEvent:
    return replace(EVENT, coder=coder, **changes)


def table(*events: CodedEvent) -> pd.DataFrame:
    return events_to_table(events)


def policies(found: Adjudication) -> list[str]:
    return [one.policy for one in found.settled]


def without_identity(events: Iterable[CodedEvent]) -> list[CodedEvent]:
    # Rows that differ in their ends alone are ordered by event_id, which is another one then.
    return sorted((replace(event, coder="") for event in events), key=str)


def test_unanimous_units_are_settled_and_the_rest_is_open() -> None:
    found = adjudicate(table(by("anna"), by("ben"), by("anna", sentence=1), by("ben", sentence=1, action="111")))
    assert policies(found) == ["unanimous"]
    assert [(unit.sentence, sorted(unit.answers)) for unit in found.open_units] == [(1, ["anna", "ben"])]
    event_table_model().validate(found.events, lazy=True)
    [row] = found.events.to_dict("records")
    assert (row["coder"], row["action"], row["event_id"]) == ("adjudicated", "112", by("adjudicated").event_id)


def test_every_settled_judgement_is_linked_to_its_row() -> None:
    found = adjudicate(table(by("anna"), by("ben")))
    assert tuple(found.links.columns) == LINK_COLUMNS
    [unit] = {one.unit.key for one in found.settled}
    settled = by("adjudicated").event_id
    assert found.links.drop(columns="adjudicator").values.tolist() == [
        [unit, "seoul-2024", 0, settled, "anna", by("anna").event_id, "unanimous"],
        [unit, "seoul-2024", 0, settled, "ben", by("ben").event_id, "unanimous"],
    ]
    assert found.links["adjudicator"].isna().all()


def test_a_coder_who_judged_and_has_no_coding_said_no_event() -> None:
    events = table(by("anna"), by("ben", sentence=3, action="111"), by("anna", sentence=3, action="111"))
    found = adjudicate(events)
    [unit] = found.open_units
    assert unit.answers == {"anna": by("anna"), "ben": None}
    # A table of what was judged by sentence knows better: ben never judged that sentence.
    judged = pd.DataFrame({"coder": ["anna", "anna", "ben"], "article_id": "seoul-2024", "sentence": [0, 3, 3]})
    found = adjudicate(events, judged=judged)
    assert sorted(policies(found)) == ["single", "unanimous"]
    by_article = judged[["coder", "article_id"]].drop_duplicates()
    assert len(adjudicate(events, judged=by_article).open_units) == 1


def test_a_majority_needs_more_than_half_and_no_event_is_an_answer() -> None:
    two_to_one = table(by("anna"), by("ben"), by("chidi", action="111"))
    assert adjudicate(two_to_one).open_units
    found = adjudicate(two_to_one, policy="majority")
    assert (policies(found), found.events["action"].tolist()) == (["majority"], ["112"])
    assert found.links["coder"].tolist() == ["anna", "ben", "chidi"]
    tie = table(by("anna"), by("ben", action="111"))
    assert policies(adjudicate(tie, policy="majority")) == []
    # Two of three saw nothing: there is no event, and the links say whose coding fell.
    lonely = table(by("anna"), *(by(coder, sentence=5) for coder in ("anna", "ben", "chidi")))
    found = adjudicate(lonely, policy="majority")
    assert found.events["sentence"].tolist() == [5]
    fallen = found.links[found.links["sentence"] == 0]
    assert fallen["event_id"].isna().all()
    assert fallen["settled_event_id"].tolist()[0] == by("anna").event_id
    assert fallen["settled_event_id"].isna().tolist() == [False, True, True]


def test_a_majority_is_of_whole_answers_and_makes_no_coding_that_nobody_made() -> None:
    found = adjudicate(
        table(by("anna"), by("ben", action="111", target="PRK"), by("chidi", target="PRK")), policy="majority"
    )
    assert found.events.empty
    assert len(found.open_units) == 1


def test_the_expert_decides_where_coders_do_not_agree() -> None:
    events = table(by("anna"), by("ben", action="111"), by("anna", sentence=1), by("ben", sentence=1))
    found = adjudicate(events, policy="expert", expert="ben")
    assert sorted(policies(found)) == ["expert", "unanimous"]
    assert found.events["action"].tolist() == ["111", "112"]
    assert found.policy == "expert:ben"


def test_what_one_coder_alone_judged_is_kept_or_left_open() -> None:
    events = table(by("anna"), by("ben", article_id="other"))
    assert policies(adjudicate(events)) == ["single", "single"]
    assert len(adjudicate(events, single="open").open_units) == 2


def test_rows_that_were_adjudicated_before_are_left_aside() -> None:
    events = table(by("anna"), by("ben"), by("adjudicated", action="190"))
    found = adjudicate(events)
    assert found.events["action"].tolist() == ["112"]
    assert set(found.links["coder"]) == {"anna", "ben"}


def test_the_words_that_overlap_most_with_the_others_stay_and_remarks_are_kept() -> None:
    events = table(
        by("anna", actor_start=0, actor_end=5, actor_text="South", confidence=0.5, note="unclear"),
        by("ben", confidence=0.9, note="clear"),
        by("chidi", confidence=None),
    )
    [row] = adjudicate(events).events.to_dict("records")
    assert row["actor_text"] == "South Korea"
    assert round(row["confidence"], 3) == 0.7
    assert row["note"] == "anna: unclear; ben: clear"


EVENTS = st.lists(
    st.builds(
        lambda sentence, actor, action, end, confidence, note: replace(
            EVENT, sentence=sentence, actor=actor, action=action, actor_end=end, confidence=confidence, note=note
        ),
        st.integers(0, 4),
        st.sampled_from(["KORGOV", "USA"]),
        st.sampled_from(["112", "111", "190"]),
        st.integers(5, 11),
        st.none() | st.floats(0, 1).map(lambda x: round(x, 3)),
        st.none() | st.sampled_from(["sure", "hm"]),
    ),
    min_size=1,
    max_size=6,
    unique_by=lambda event: event.event_id,
)


@given(EVENTS, st.integers(2, 4))
@settings(max_examples=25)
def test_unanimous_judgements_change_in_nothing_but_coder_and_event_id(events: list[CodedEvent], n_coders: int) -> None:
    coders = ["anna", "ben", "chidi", "dora"][:n_coders]
    given_rows = table(*(replace(event, coder=coder) for coder in coders for event in events))
    for policy in ("unanimous", "majority"):
        found = adjudicate(given_rows, policy=policy)
        assert not found.open_units
        assert {one.event.coder for one in found.settled} == {"adjudicated"}
        assert without_identity(one.event for one in found.settled) == without_identity(events)


@given(
    st.lists(st.tuples(st.sampled_from(["anna", "ben", "chidi"]), EVENTS), min_size=2, max_size=4),
    st.sampled_from(["unanimous", "majority"]),
    st.sampled_from(["keep", "open"]),
)
@settings(max_examples=30)
def test_every_coding_stands_once_in_the_links_or_among_the_open_units(
    coded: list[tuple[str, list[CodedEvent]]], policy: str, single: str
) -> None:
    rows = {e.event_id: e for coder, events in coded for e in (replace(one, coder=coder) for one in events)}
    if len({event.coder for event in rows.values()}) < 2:
        return
    found = adjudicate(table(*rows.values()), policy=policy, single=single)
    linked = found.links["settled_event_id"].dropna().tolist()
    still_open = [event.event_id for unit in found.open_units for event in unit.events]
    assert sorted(linked + still_open) == sorted(rows)
    assert set(found.events["event_id"]) == set(found.links["event_id"].dropna())


def test_a_store_knows_who_judged_what_and_which_decisions_were_made(tmp_path: Path) -> None:
    store = fill_store(tmp_path / "coding")
    found = adjudicate(store)
    [unit] = found.open_units
    log = CoderLog(store, "carla")
    log.add(DECIDE, decision_body(Decision(unit.key, "carla", take=by("ben", sentence=1).event_id, note="as in 112")))
    found = adjudicate(store)
    assert found.open_units == ()
    assert found.events[["sentence", "action", "note"]].values.tolist()[1] == [1, "112", "as in 112"]
    decided = found.links[found.links["policy"] == "by hand"]
    assert decided["adjudicator"].tolist() == ["carla", "carla"]
    assert not adjudicate(store, use_decisions=False).events["note"].notna().any()
    # An undone decision does not count, and one on answers that have changed is named.
    log.add(UNDO, {"session": log.entries[-1].session, "number": log.entries[-1].number})
    assert len(adjudicate(store).open_units) == 1
    log.add(DECIDE, decision_body(Decision(unit.key, "carla")))
    assert "111" not in adjudicate(store).events["action"].tolist()
    CoderLog(store, "dora").add(NO_EVENT, no_event_body(1))
    found = adjudicate(store)
    assert [decision.unit for decision in found.unused] == [unit.key]
    assert len(found.open_units) == 1


def test_two_people_who_decide_differently_leave_the_unit_open(tmp_path: Path) -> None:
    events = table(by("anna"), by("ben", action="111"))
    [unit] = adjudicate(events).open_units
    anna, none = Decision(unit.key, "carla", take=by("anna").event_id), Decision(unit.key, "dora")
    assert adjudicate(events, decisions=[anna, none]).contested == (unit.key,)
    assert adjudicate(events, decisions=[anna, none]).events.empty
    assert len(adjudicate(events, decisions=[anna, replace(anna, adjudicator="dora")]).events) == 1
    # Of one person, the last word counts.
    assert adjudicate(events, decisions=[anna, replace(none, adjudicator="carla")]).open_units == ()


def test_codings_come_from_tables_files_and_stores_together(tmp_path: Path) -> None:
    store = fill_store(tmp_path / "coding")
    machine = table(by("pattern@0.1.0"))
    wd.write_events(machine, tmp_path / "machine.parquet")
    found = adjudicate([store, tmp_path / "machine.parquet"])
    assert found.links["coder"].tolist()[:3] == ["anna", "ben", "pattern@0.1.0"]
    assert len(adjudicate([wd.read_codings(store), machine]).settled) == len(found.settled)


def test_the_policy_is_in_the_metadata_and_links_lie_beside(tmp_path: Path) -> None:
    found = adjudicate(table(by("anna"), by("ben")), policy="majority")
    events, links = write_adjudication(found, tmp_path / "agreed.parquet", codebook="whodid-cameo@0.1.0")
    assert open_events(events).metadata["policy"] == "majority"
    assert open_events(events).metadata["coder"] == "adjudicated"
    assert links == tmp_path / "agreed.links.parquet"
    pd.testing.assert_frame_equal(pd.read_parquet(links), found.links, check_dtype=False)
    before = events.read_bytes(), links.read_bytes()
    write_adjudication(
        adjudicate(table(by("ben"), by("anna")), policy="majority"), events, codebook="whodid-cameo@0.1.0"
    )
    assert (events.read_bytes(), links.read_bytes()) == before
    # The links are no event file: the folder reads as the events alone.
    assert len(wd.read_events(tmp_path)) == 1


def test_wrong_policies_experts_and_too_few_coders_are_refused_with_the_fix() -> None:
    events = table(by("anna"), by("ben"))
    for arguments, sentence in (
        ({"policy": "vote"}, "The policy 'vote' is unknown. Choose one of unanimous, majority, expert."),
        ({"policy": "expert"}, "The policy 'expert' needs the name of the expert. Name one of the coders: anna, ben."),
        ({"policy": "expert", "expert": "zoe"}, "'zoe' coded nothing. Name one of the coders: anna, ben."),
        (
            {"expert": "anna"},
            "The policy 'unanimous' asks no expert. Choose the policy expert, or leave the expert out.",
        ),
        ({"single": "drop"}, "'drop' is no way to treat what one coder alone judged. Choose keep or open."),
    ):
        with pytest.raises(AdjudicationError) as caught:
            adjudicate(events, **arguments)
        assert str(caught.value) == sentence
    for few, whose in ((table(by("anna")), "only those of 'anna'"), (table(), "none")):
        with pytest.raises(AdjudicationError) as caught:
            adjudicate(few)
        assert str(caught.value) == (
            f"There is nothing to settle: of codings, there are {whose}. "
            "Give the codings of two coders or more, in one file or in several."
        )


def test_an_undone_coding_is_no_judgement_any_more(tmp_path: Path) -> None:
    store = fill_store(tmp_path / "coding")
    log = CoderLog(store, "anna")
    entry = log.add(CODED, event_body(sentence=4))
    log.add(UNDO, {"session": entry.session, "number": entry.number})
    assert 4 not in adjudicate(store).links["sentence"].tolist()


def test_damaged_lines_of_a_store_are_handed_on(tmp_path: Path) -> None:
    store = fill_store(tmp_path / "coding")
    [path] = (store / "ben").iterdir()
    path.write_bytes(path.read_bytes().replace(b"KORGOV", b"KORMIL", 1))
    [fault] = adjudicate(store).faults
    assert (fault.rule, fault.path, fault.line) == ("damaged-line", path, 1)
