"""The state machine of coding by hand: what each thing that a coder does makes of the desk. No browser, no parser."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from whodid.annotation.clerk import Clerk
from whodid.annotation.codes import CodeDesk
from whodid.annotation.codings import read_codings
from whodid.annotation.passage import Passage, lay_out
from whodid.annotation.session import CodingSession
from whodid.annotation.store import CoderLog
from whodid.articles.model import Article
from whodid.codebook.model import Codebook
from whodid.errors import StoreError
from whodid.events.model import event_table_model

TEXT = "Ghana summoned Togo's ambassador on Thursday. He left.\n\nThe U.S. criticised Togo. Rain fell."
SPANS = [(0, 46), (46, 56), (56, 82), (82, 92)]
GHANA = Article("accra-2024", TEXT, date(2024, 6, 21), "Ghana protests", "Harbour Wire")
OTHER = Article("lome-2024", "Togo praised Ghana.", date(2024, 6, 22))


def read(article: Article) -> Passage:
    return lay_out(article, SPANS if article is GHANA else [(0, len(article.text))])


def span(words: str) -> dict[str, int]:
    at = TEXT.index(words)
    return {"start": at, "end": at + len(words)}


@pytest.fixture(scope="module")
def codes(codebook: Codebook) -> CodeDesk:
    return CodeDesk(codebook)


class Coder:
    """A coder at a clerk's desk, over a real store."""

    def __init__(self, codes: CodeDesk, store: Path, *, name: str = "anna", with_suggestions: bool = True) -> None:
        self.store = store
        session = CodingSession((GHANA, OTHER), read, codes, name, with_suggestions=with_suggestions)
        self.clerk = Clerk(session, CoderLog(store, name), lambda: "2024-07-01T09:00:00+00:00")

    def do(self, kind: str, **content: Any) -> str:
        """Send a message; gives the notice that comes of it."""
        self.clerk.handle({"type": kind, **content})
        notice = self.clerk.desk.notice
        return notice.text if notice else ""

    def mark_all(self, actor: str = "Ghana", action: str = "summoned", target: str = "Togo's ambassador") -> None:
        for role, words in (("actor", actor), ("action", action), ("target", target)):
            self.do("mark", role=role, **span(words))

    def code_all(self, actor: str = "GHA", action: str = "114", target: str = "TGOGOV") -> None:
        for role, code in (("actor", actor), ("action", action), ("target", target)):
            self.do("code", role=role, code=code)

    def save_one(self) -> str:
        self.mark_all()
        self.code_all()
        return self.do("save")

    @property
    def place(self) -> tuple[int, int]:
        return self.clerk.desk.article, self.clerk.desk.sentence

    @property
    def rows(self) -> list[dict[str, Any]]:
        return read_codings(self.store).events.to_dict("records")


@pytest.fixture
def coder(codes: CodeDesk, tmp_path: Path) -> Coder:
    return Coder(codes, tmp_path / "coding")


def test_marked_and_coded_words_become_a_row_of_the_event_table(coder: Coder) -> None:
    coder.do("confidence", value=0.75)
    coder.do("note", text=" strong words ")
    assert coder.save_one() == "Saved: GHA 114 TGOGOV, 2024-06-20."
    found = read_codings(coder.store).events
    event_table_model().validate(found, lazy=True)
    [row] = found.to_dict("records")
    assert (row["actor_text"], row["action_text"], row["target_text"]) == ("Ghana", "summoned", "Togo's ambassador")
    assert (row["date"].date(), row["date_basis"], row["sentence"]) == (date(2024, 6, 20), "text", 0)
    assert (row["coder"], row["note"], round(row["confidence"], 3)) == ("anna", "strong words", 0.75)
    assert (row["published"].date(), row["publisher"]) == (date(2024, 6, 21), "Harbour Wire")
    assert coder.clerk.desk.draft.is_empty


def test_marks_snap_to_whole_words_without_stops_at_the_edges(coder: Coder) -> None:
    coder.do("mark", role="actor", start=1, end=3)
    coder.do("mark", role="target", **span("ambassador on Thursday."))
    coder.do("mark", role="action", **span("The U.S. "))
    marked = {role: TEXT[slice(*where)] for role, where in coder.clerk.desk.draft.spans.items()}
    assert marked == {"actor": "Ghana", "target": "ambassador on Thursday", "action": "The U.S."}
    assert coder.do("mark", role="actor", start=45, end=46) == "There are no words. Select some, then press a, e or t."


def test_a_possessive_ending_is_a_word_of_its_own(coder: Coder) -> None:
    coder.do("mark", role="actor", **span("Togo"))
    assert TEXT[slice(*coder.clerk.desk.draft.spans["actor"])] == "Togo"


def test_what_is_missing_is_said_field_by_field(coder: Coder) -> None:
    assert coder.do("save") == "Mark the words of the actor."
    coder.mark_all()
    coder.do("code", role="actor", code="GHANA")
    coder.do("code", role="action", code="43")
    coder.do("save")
    assert coder.clerk.desk.wrong == {
        "actor": "The actor code 'GHANA' has 5 characters, which is no multiple of three. "
        "Compose it of three-letter groups, such as KOR + GOV.",
        "action": "'43' is not in the codebook. Did you mean 043?",
        "target": "Choose who it is: type a name or a code.",
    }
    coder.code_all()
    assert coder.clerk.desk.wrong == {}
    coder.do("mark", role="target", **span("Ghana"))
    coder.do("code", role="target", code="GHA")
    assert coder.do("save") == "Actor and target are the same words. Mark whom it was done to."
    assert not coder.store.exists()


def test_new_words_for_a_role_do_not_keep_the_code_of_the_old_ones(coder: Coder) -> None:
    coder.mark_all()
    coder.code_all()
    coder.do("mark", role="actor", **span("Ghana"))
    assert coder.clerk.desk.draft.codes["actor"] == "GHA"
    coder.do("mark", role="actor", **span("Togo"))
    assert "actor" not in coder.clerk.desk.draft.codes
    coder.do("unmark", role="target")
    assert coder.clerk.desk.draft.spans.keys() == {"actor", "action"}


def test_an_action_stands_in_one_sentence_and_takes_the_event_there(coder: Coder) -> None:
    assert (
        coder.do("mark", role="action", start=40, end=50) == "The words of an action stand in one sentence. Mark fewer."
    )
    coder.mark_all(actor="The U.S.", action="criticised", target="Ghana")
    assert coder.place == (0, 2)
    coder.code_all("USA", "111", "GHA")
    # Nothing in that sentence says when: the day of publication.
    assert coder.do("save") == "Saved: USA 111 GHA, 2024-06-21."
    assert coder.rows[0]["sentence"] == 2


def test_without_suggestions_no_day_is_chosen_for_the_coder(codes: CodeDesk, tmp_path: Path) -> None:
    coder = Coder(codes, tmp_path / "coding", with_suggestions=False)
    assert coder.save_one() == "Choose the day on which it happened."
    assert [day["date"] for day in coder.clerk.picture()["days"]] == ["2024-06-20", "2024-06-21"]
    coder.do("day", date="2024-06-31", basis="text")
    assert coder.clerk.desk.wrong["date"] == "'2024-06-31' is no day. Write it as 2024-06-21."
    coder.do("day", date="2024-06-21", basis="published")
    assert coder.do("save") == "Saved: GHA 114 TGOGOV, 2024-06-21."


def test_the_same_event_twice_is_refused(coder: Coder) -> None:
    coder.save_one()
    assert coder.save_one() == "You have coded this event already: same words, codes and day."
    assert len(coder.rows) == 1


def test_an_event_can_be_corrected_copied_deleted_and_each_step_undone(coder: Coder) -> None:
    coder.save_one()
    [first] = coder.clerk.work.events
    coder.do("edit", event_id=first)
    coder.do("code", role="action", code="111")
    assert coder.do("save") == "Corrected: GHA 111 TGOGOV, 2024-06-20."
    assert [row["action"] for row in coder.rows] == ["111"]
    [second] = coder.clerk.work.events
    coder.do("edit", event_id=second, as_new=True)
    coder.do("code", role="action", code="114")
    coder.do("save")
    assert sorted(row["action"] for row in coder.rows) == ["111", "114"]
    assert coder.do("remove", event_id=second) == "Deleted: GHA 111 TGOGOV. Undo brings it back."
    assert coder.do("undo") == "Undone: the deletion."
    assert coder.do("undo") == "Undone: the last coding."
    assert [row["action"] for row in coder.rows] == ["111"]
    coder.do("undo")
    assert [(row["action"], row["event_id"]) for row in coder.rows] == [("114", first)]
    coder.do("undo")
    assert coder.rows == []
    assert coder.do("undo") == "There is nothing to undo."
    assert coder.do("edit", event_id=first) == "This coding is not there any more."


def test_no_event_moves_on_to_the_next_sentence_that_is_not_judged(coder: Coder) -> None:
    assert coder.do("no_event") == "No event in sentence 1."
    assert coder.place == (0, 1)
    coder.do("go", sentence=3)
    coder.do("no_event")
    # Behind the last sentence, what was passed over comes up.
    assert coder.place == (0, 1)
    coder.do("no_event")
    assert coder.do("no_event") == "No event in sentence 3. The article is done."
    assert coder.clerk.picture()["n_done"] == 1
    assert coder.do("undo") == "Undone: “no event”."
    assert coder.place == (0, 2)
    assert coder.clerk.picture()["n_done"] == 0


def test_no_event_is_refused_where_words_are_marked_or_an_event_stands(coder: Coder) -> None:
    coder.do("mark", role="actor", **span("Ghana"))
    assert coder.do("no_event").startswith("You have marked words. Save the event, or clear it")
    assert coder.do("no_more").startswith("You have marked words. Save the event, or clear it")
    coder.do("clear")
    coder.save_one()
    assert coder.do("no_event") == "You coded an event in this sentence. Delete it first if there is none."


def test_no_more_settles_the_rest_of_an_article_and_goes_to_the_next(coder: Coder) -> None:
    coder.save_one()
    assert coder.do("no_more") == "No more events in 'accra-2024'."
    assert coder.place == (1, 0)
    assert coder.do("no_more") == "No more events in 'lome-2024'. All articles are done."
    judged = read_codings(coder.store).judged
    assert list(
        zip(judged["article_id"], judged["sentence"], judged["judgement"], judged["n_events"], strict=True)
    ) == [
        ("accra-2024", 0, "events", 1),
        ("accra-2024", 1, "no event", 0),
        ("accra-2024", 2, "no event", 0),
        ("accra-2024", 3, "no event", 0),
        ("lome-2024", 0, "no event", 0),
    ]


def test_next_and_back_stop_at_the_ends(coder: Coder) -> None:
    assert coder.do("back") == "This is the first article."
    coder.do("next")
    assert coder.place == (1, 0)
    assert coder.do("next") == "This is the last article."
    coder.do("todo")
    assert coder.place == (0, 0)
    assert coder.do("go", article=7) == "There is no article 8; there are 2."


def test_a_second_session_goes_on_where_the_first_stopped(coder: Coder, codes: CodeDesk) -> None:
    coder.save_one()
    coder.do("go", sentence=1)
    coder.do("no_event")
    again = Coder(codes, coder.store)
    assert again.place == (0, 2)
    assert (again.clerk.picture()["n_events"], again.clerk.picture()["can_undo"]) == (1, True)
    again.do("no_more")
    assert Coder(codes, coder.store).place == (1, 0)


def test_two_coders_in_one_store_do_not_see_each_other(coder: Coder, codes: CodeDesk) -> None:
    ben = Coder(codes, coder.store, name="ben")
    coder.save_one()
    assert ben.do("undo") == "There is nothing to undo."
    ben.save_one()
    assert [row["coder"] for row in ben.rows] == ["anna", "ben"]
    assert len({row["event_id"] for row in ben.rows}) == 2


def test_a_coding_that_cannot_be_saved_stays_on_the_desk(coder: Coder, monkeypatch: pytest.MonkeyPatch) -> None:
    coder.mark_all()
    coder.code_all()

    def fail(*args: object, **kwargs: object) -> None:
        raise StoreError("The coding is not saved: No space left on device.", fix="Free some.", rule="cannot-save")

    with monkeypatch.context() as broken:
        broken.setattr(CoderLog, "add", fail)
        assert coder.do("save") == "The coding is not saved: No space left on device. Free some."
    assert coder.rows == [] if coder.store.exists() else True
    assert coder.do("save") == "Saved: GHA 114 TGOGOV, 2024-06-20."


def test_a_damaged_store_is_said_when_one_sits_down(coder: Coder, codes: CodeDesk) -> None:
    coder.save_one()
    coder.do("go", sentence=1)
    coder.do("no_event")
    [file] = (coder.store / "anna").iterdir()
    file.write_bytes(file.read_bytes().replace(b"GHA", b"GHB", 1))
    assert "The line is damaged: its checksum does not fit." in Coder(codes, coder.store).clerk.desk.notice.text


@pytest.mark.parametrize(
    "message",
    [
        {},
        {"type": "fly"},
        {"type": "mark", "role": "verb", "start": 0, "end": 3},
        {"type": "mark", "role": "actor"},
        {"type": "code", "role": "actor"},
        {"type": "day", "date": "2024-06-21", "basis": "rumour"},
        {"type": "confidence", "value": 7},
        {"type": "confidence", "value": "high"},
        {"type": "go", "article": "x"},
    ],
)
def test_messages_that_make_no_sense_change_nothing(coder: Coder, message: dict[str, Any]) -> None:
    before = coder.clerk.desk
    coder.clerk.handle(message)
    assert replace(coder.clerk.desk, notice=None) == before
    assert coder.clerk.desk.notice.kind == "problem"


def test_coding_nothing_is_refused_with_the_fix(codes: CodeDesk) -> None:
    with pytest.raises(StoreError) as caught:
        CodingSession((), read, codes, "anna")
    assert str(caught.value) == "There are no articles to code. Give some: wd.read_articles(...)."


STEPS = st.one_of(
    st.builds(
        lambda role, start, length: {"type": "mark", "role": role, "start": start, "end": start + length},
        st.sampled_from(["actor", "action", "target"]),
        st.integers(0, len(TEXT)),
        st.integers(1, 20),
    ),
    st.builds(
        lambda role, code: {"type": "code", "role": role, "code": code},
        st.sampled_from(["actor", "action", "target"]),
        st.sampled_from(["GHA", "TGOGOV", "114", "111", "XX"]),
    ),
    st.sampled_from(
        [{"type": kind} for kind in ("save", "no_event", "no_more", "undo", "clear", "next", "back", "todo")]
    ),
    st.builds(lambda n: {"type": "go", "sentence": n}, st.integers(0, 4)),
)


@settings(max_examples=40)
@given(steps=st.lists(STEPS, max_size=25))
def test_whatever_one_does_the_store_reads_back_as_what_the_desk_shows(
    codes: CodeDesk, tmp_path_factory: pytest.TempPathFactory, steps: list[dict[str, Any]]
) -> None:
    store = tmp_path_factory.mktemp("any") / "coding"
    coder = Coder(codes, store)
    for step in steps:
        coder.clerk.handle(step)
        json.dumps([coder.clerk.picture(), coder.clerk.article()], allow_nan=False)
    if not store.exists():
        assert not coder.clerk.work.judged
        return
    found = read_codings(store)
    event_table_model().validate(found.events, lazy=True)
    assert set(found.events["event_id"]) == set(coder.clerk.work.events)
    for row in found.events.to_dict("records"):
        for role in ("actor", "action", "target"):
            text = TEXT if row["article_id"] == GHANA.article_id else OTHER.text
            assert text[row[f"{role}_start"] : row[f"{role}_end"]] == row[f"{role}_text"]
    again = Coder(codes, store).clerk.picture()
    assert (again["n_events"], again["n_done"]) == (len(found.events), coder.clerk.picture()["n_done"])
