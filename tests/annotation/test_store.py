"""What was confirmed is on disk, whatever happens next, and a store can always be read."""

from __future__ import annotations

import errno
import os
import shutil
import stat
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotation.store_samples import event_body, fill_store, no_event_body
from whodid.annotation.entry import EVENT, NO_EVENT, REMOVE, UNDO, Entry, read_line, write_line
from whodid.annotation.store import CoderLog, coder_folder, read_files, read_store
from whodid.annotation.work import add_up, event_of
from whodid.errors import StoreError

texts = st.text(st.characters(codec="utf-8"), max_size=20)
bodies = st.dictionaries(texts, st.none() | st.booleans() | st.integers() | texts | st.lists(st.integers()), max_size=4)


@given(texts, texts, st.integers(0), texts, bodies)
def test_an_entry_comes_back_from_its_line(coder: str, session: str, number: int, kind: str, body: dict) -> None:
    entry = Entry(coder, session, number, kind, body, "2024-06-21T10:00:00+00:00")
    line = write_line(entry)
    assert line.endswith(b"\n")
    assert line.count(b"\n") == 1
    assert read_line(line[:-1]) == entry


@given(st.data())
@settings(max_examples=60)
def test_a_line_with_any_byte_changed_is_no_entry(data: st.DataObject) -> None:
    line = bytearray(write_line(Entry("anna", "0001-aa", 1, EVENT, event_body()))[:-1])
    at = data.draw(st.integers(0, len(line) - 1))
    line[at] = data.draw(st.integers(0, 255).filter(lambda byte: byte != line[at]))
    assert isinstance(read_line(bytes(line)), str)


def test_a_session_cut_off_at_any_byte_keeps_every_whole_line(tmp_path: Path) -> None:
    path = tmp_path / "0001-00000000.jsonl"
    lines = [write_line(Entry("anna", "s", n, NO_EVENT, no_event_body(n))) for n in (1, 2, 3)]
    whole = b"".join(lines)
    ends = [sum(map(len, lines[:n])) for n in range(4)]
    for cut in range(len(whole) + 1):
        path.write_bytes(whole[:cut])
        read = read_files([path])
        # A line that lacks only its line end is whole.
        n_whole = sum(end - 1 <= cut for end in ends[1:])
        assert [entry.number for entry in read.entries] == list(range(1, n_whole + 1))
        assert read.faults == ()
        assert read.n_cut_off == (cut not in ends and cut + 1 not in ends)


def test_a_damaged_line_is_named_and_the_others_are_read(tmp_path: Path) -> None:
    store = fill_store(tmp_path / "coding")
    [path] = (store / "anna").glob("*.jsonl")
    path.write_bytes(path.read_bytes().replace(b'"111"', b'"112"'))
    read = read_store(store)
    assert len(read.entries) == 4
    [fault] = read.faults
    assert str(fault) == (
        f"{path}:2: The line is damaged: its checksum does not fit. "
        "Take the file from a backup, or code anew what is missing. All other lines were read."
    )


def test_an_entry_is_on_the_disk_before_it_is_confirmed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    log = CoderLog(tmp_path / "coding", "anna")
    synced: list[bytes] = []
    sync = os.fsync

    def watch(handle: int) -> None:
        if stat.S_ISREG(os.fstat(handle).st_mode):
            [path] = (tmp_path / "coding" / "anna").glob("*.jsonl")
            synced.append(path.read_bytes())
        sync(handle)

    monkeypatch.setattr(os, "fsync", watch)
    entry = log.add(EVENT, event_body())
    assert synced == [write_line(entry)]


def test_a_full_disk_is_said_and_the_next_entry_goes_to_a_new_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = CoderLog(tmp_path / "coding", "anna")
    log.add(EVENT, event_body())
    write = os.write
    monkeypatch.setattr(os, "write", lambda handle, line: write(handle, line[:30]))
    with pytest.raises(StoreError) as caught:
        log.add(EVENT, event_body(sentence=1))
    assert str(caught.value).endswith(
        "The coding is not saved: the disk took only a part of it. "
        "Check the disk and your rights to the folder, then try again. What was saved before is safe."
    )
    monkeypatch.setattr(os, "write", write)
    log.add(EVENT, event_body(sentence=2))
    read = read_store(tmp_path / "coding")
    assert [entry.body["event"]["sentence"] for entry in read.entries] == [0, 2]
    assert (read.faults, read.n_cut_off) == ((), 1)
    assert [entry.number for entry in log.entries] == [1, 2]


def test_a_disk_that_fails_while_syncing_does_not_confirm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    log = CoderLog(tmp_path / "coding", "anna")
    log.add(EVENT, event_body())

    def fail(handle: int) -> None:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(StoreError, match="The coding is not saved: Input/output error"):
        log.add(EVENT, event_body(sentence=1))


def test_sessions_go_on_counting_and_never_share_a_file(tmp_path: Path) -> None:
    for sentence in range(3):
        log = CoderLog(tmp_path / "coding", "anna")
        log.add(EVENT, event_body(sentence=sentence))
        log.close()
    assert len(list((tmp_path / "coding" / "anna").iterdir())) == 3
    assert [entry.number for entry in read_store(tmp_path / "coding").entries] == [1, 2, 3]


def test_a_session_without_a_coding_leaves_no_file(tmp_path: Path) -> None:
    CoderLog(tmp_path / "coding", "anna").close()
    assert not (tmp_path / "coding").exists()


def test_two_sessions_of_one_coder_see_what_the_other_saved(tmp_path: Path) -> None:
    one, other = CoderLog(tmp_path / "coding", "anna"), CoderLog(tmp_path / "coding", "anna")
    one.add(EVENT, event_body())
    assert other.refresh()
    other.add(EVENT, event_body(sentence=1))
    undo = one.add(UNDO, {"session": other.entries[-1].session, "number": 2})
    assert undo.number == 3
    assert len(add_up(one.entries).events) == 1
    assert not one.refresh()


def test_a_copied_file_beside_its_original_changes_nothing(tmp_path: Path) -> None:
    store = fill_store(tmp_path / "coding")
    before = read_store(store).entries
    [path] = (store / "anna").glob("*.jsonl")
    shutil.copy(path, path.with_name(f"{path.stem} (conflicted copy).jsonl"))
    assert read_store(store).entries == before


def test_a_store_can_be_copied_while_somebody_writes(tmp_path: Path) -> None:
    log = CoderLog(tmp_path / "coding", "anna")
    log.add(EVENT, event_body())
    shutil.copytree(tmp_path / "coding", tmp_path / "backup")
    log.add(EVENT, event_body(sentence=1))
    assert [entry.number for entry in read_store(tmp_path / "backup").entries] == [1]
    assert read_store(tmp_path / "backup").faults == ()


@pytest.mark.parametrize("coder", ["Anna Müller", "../evil", "a/b", "con", "münchen\u2066x"[:7], "a:b*c?"])
def test_any_name_makes_a_folder_of_its_own_inside_the_store(tmp_path: Path, coder: str) -> None:
    log = CoderLog(tmp_path / "coding", coder)
    log.add(EVENT, event_body())
    assert coder_folder(tmp_path / "coding", coder).parent == tmp_path / "coding"
    assert [entry.coder for entry in read_store(tmp_path / "coding").entries] == [coder]


@pytest.mark.parametrize("coder", ["", " ", " anna", "an\nna", None])
def test_what_is_no_name_is_refused(tmp_path: Path, coder: str) -> None:
    with pytest.raises(StoreError) as caught:
        CoderLog(tmp_path, coder)
    assert str(caught.value) == f'{coder!r} is no coder\'s name. Give a name such as coder="anna".'


def test_nobody_is_called_adjudicated(tmp_path: Path) -> None:
    with pytest.raises(StoreError) as caught:
        CoderLog(tmp_path, "adjudicated")
    assert str(caught.value) == (
        "'adjudicated' is the coder of settled rows, and nobody's name. Give your own name, such as coder=\"anna\"."
    )


def test_a_store_that_does_not_exist_and_a_file_in_its_place_are_named(tmp_path: Path) -> None:
    with pytest.raises(StoreError) as caught:
        read_store(tmp_path / "coding")
    assert str(caught.value) == (
        f"{tmp_path / 'coding'}: There is no such store of codings. "
        'Give the folder that the widget was told: wd.CodingWidget(..., store="data/coding").'
    )
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(StoreError, match="This is a file, and no store of codings"):
        CoderLog(tmp_path / "file", "anna")


def test_a_folder_that_nobody_may_write_to_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: Path, *args: object, **kwargs: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    log = CoderLog(tmp_path / "coding", "anna")
    monkeypatch.setattr(Path, "mkdir", refuse)
    with pytest.raises(StoreError, match="The coding is not saved: Permission denied"):
        log.add(EVENT, event_body())


def test_entries_add_up_to_events_and_sentences_without_any(tmp_path: Path) -> None:
    log = CoderLog(tmp_path / "coding", "anna")
    log.add(NO_EVENT, no_event_body(0, 3))
    log.add(EVENT, event_body())
    log.add(EVENT, event_body(sentence=1))
    work = add_up(log.entries)
    [first, second] = work.events.values()
    assert (first.coder, first.sentence, second.sentence) == ("anna", 0, 1)
    # An event in a sentence is stronger than "no event", whichever came first.
    assert work.no_event == {("seoul-2024", 3)}
    assert work.judged == {"seoul-2024": {0, 1, 3}}
    log.add(EVENT, {**event_body(note="surely"), "replaces": first.event_id})
    log.add(REMOVE, {"replaces": second.event_id})
    work = add_up(log.entries)
    assert [event.note for event in work.events.values()] == ["surely"]


def test_undo_takes_back_what_came_last_and_then_what_came_before(tmp_path: Path) -> None:
    log = CoderLog(tmp_path / "coding", "anna")
    first = log.add(EVENT, event_body())
    second = log.add(REMOVE, {"replaces": event_of(event_body()["event"], "anna").event_id})
    for expected, taken in ((1, second), (0, first)):
        last = add_up(log.entries).last
        assert last == taken
        log.add(UNDO, {"session": last.session, "number": last.number})
        assert len(add_up(log.entries).events) == expected
    assert add_up(log.entries).last is None


def test_an_entry_that_is_whole_but_not_understood_is_named(tmp_path: Path) -> None:
    log = CoderLog(tmp_path / "coding", "anna")
    body = event_body()
    del body["event"]["actor"]
    log.add(EVENT, body)
    [fault] = add_up(log.entries).faults
    assert str(fault) == (
        f"The entry 1 of session {log.entries[0].session} of 'anna' cannot be understood: 'actor'. "
        "It may come from a newer whodid: read the store with that one."
    )
