"""What differs between two versions: rows in pairs, counts, the codebook, and how it is told."""

from __future__ import annotations

import json
import shutil
import time
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import whodid as wd
from event_samples import MakeEvents
from release.conftest import RECENT
from whodid.codebook.load import default_codebook_path, load_codebook
from whodid.codebook.model import Codebook
from whodid.errors import EventTableError, UsageError
from whodid.events.files import write_events
from whodid.release.changelog import changelog, sentences
from whodid.release.codebook_changes import codebook_changes
from whodid.release.diff import Difference, compare
from whodid.release.diff_report import difference_html, difference_json, difference_text
from whodid.release.inputs import EventSet


def between(old: pd.DataFrame, new: pd.DataFrame, **books: Codebook) -> Difference:
    return compare(EventSet(Path("old"), (), old), EventSet(Path("new"), (), new), **books)


def counts(d: Difference) -> tuple[int, int, int, int, int]:
    return d.unchanged, len(d.revised), len(d.recoded), len(d.added), len(d.removed)


def test_the_same_rows_in_another_order_differ_in_nothing(make_events: MakeEvents) -> None:
    rows = make_events(action=["112", "114", "111"])
    d = between(rows, rows.iloc[::-1])
    assert counts(d) == (3, 0, 0, 0, 0)
    assert d.is_empty


def test_rows_of_other_sentences_are_added_and_removed(make_events: MakeEvents) -> None:
    d = between(make_events(sentence=[0, 1]), make_events(sentence=[1, 2, 3]))
    assert counts(d) == (1, 0, 0, 2, 1)
    assert d.removed["sentence"].tolist() == [0]
    assert d.added["sentence"].tolist() == [2, 3]
    assert d.by_action.to_dict("records") == [
        {
            **{"action": "112", "label": "Accuse", "old": 2, "new": 3, "added": 2, "removed": 1},
            **{"recoded_from": 0, "recoded_to": 0, "otherwise_recoded": 0},
        }
    ]


def test_another_code_for_the_same_words_is_a_row_recoded(make_events: MakeEvents) -> None:
    d = between(make_events(), make_events(action="114", target="PRKGOV", action_end=25, action_text="accused in May"))
    assert counts(d) == (0, 0, 1, 0, 0)
    [row] = d.recoded.to_dict("records")
    assert (row["changed"], row["old_action"], row["new_action"]) == ("action, target, words", "112", "114")
    assert (row["old_target"], row["new_target"]) == ("RUSGOV", "PRKGOV")
    assert d.transitions.values.tolist() == [["action", "112", "114", 1], ["target", "RUSGOV", "PRKGOV", 1]]
    moved = d.by_action.set_index("action")
    assert moved.loc["112", "recoded_from"] == moved.loc["114", "recoded_to"] == 1
    countries = d.by_country.set_index("country")
    assert countries.loc["RUS", "recoded_from"] == countries.loc["PRK", "recoded_to"] == 1
    assert countries.loc["KOR", "otherwise_recoded"] == 1


def test_actor_and_target_that_change_places_are_one_row_recoded(make_events: MakeEvents) -> None:
    swapped = make_events(
        actor="RUSGOV", target="KORGOV", actor_text="Russia", target_text="South Korea",
        actor_start=20, actor_end=26, target_start=0, target_end=11,
    )  # fmt: skip
    d = between(make_events(), swapped)
    assert d.recoded["changed"].tolist() == ["actor, target, words"]


def test_a_new_version_of_the_coder_is_told_apart_from_a_new_reading(make_events: MakeEvents) -> None:
    old = make_events(coder="pattern@0.1.0", action=["112", "114"])
    new = make_events(coder="pattern@0.2.0", action=["112", "115"])
    d = between(old, new)
    assert d.recoded["changed"].tolist() == ["coder", "action, coder"]
    assert d.by_coder["coder"].tolist() == ["pattern@0.1.0", "pattern@0.2.0"]


def test_one_coders_row_does_not_become_another_coders(make_events: MakeEvents) -> None:
    old = make_events(coder="anna", action="112")
    new = make_events(coder="ben", action="114")
    assert counts(between(old, new)) == (0, 0, 0, 1, 1)
    renamed = between(old, make_events(coder="anna maria", action="112"))
    assert renamed.recoded["changed"].tolist() == ["coder"]


def test_where_two_coders_read_the_same_each_keeps_its_own_row(make_events: MakeEvents) -> None:
    old = make_events(coder=["pattern@0.1.0", "suggest@0.1.0"], sentence=0)
    new = make_events(coder=["suggest@0.2.0", "pattern@0.2.0"], sentence=0)
    d = between(old, new)
    assert sorted(zip(d.recoded["old_coder"], d.recoded["new_coder"], strict=True)) == [
        ("pattern@0.1.0", "pattern@0.2.0"),
        ("suggest@0.1.0", "suggest@0.2.0"),
    ]


def test_the_closest_words_make_the_pair(make_events: MakeEvents) -> None:
    # Two actions of one sentence; the new coding of each must not be taken for that of the other.
    spans = {"action_start": [12, 40], "action_end": [19, 48], "sentence": 0}
    old = make_events(action=["112", "130"], **spans)
    new = make_events(action=["138", "114"], action_start=[40, 12], action_end=[50, 19], sentence=0)
    d = between(old, new)
    assert sorted(zip(d.recoded["old_action"], d.recoded["new_action"], strict=True)) == [
        ("112", "114"),
        ("130", "138"),
    ]


def test_words_elsewhere_in_the_sentence_are_another_row(make_events: MakeEvents) -> None:
    elsewhere = make_events(actor_start=60, actor_end=66, action_start=70, action_end=75)
    assert counts(between(make_events(), elsewhere)) == (0, 0, 0, 1, 1)


def test_a_remark_that_changes_revises_the_row(make_events: MakeEvents) -> None:
    old = make_events(note=["seen", None, None], confidence=[0.5, 0.5, None])
    new = make_events(note=["seen", "checked", None], confidence=[0.5, 0.7, None])
    d = between(old, new)
    assert counts(d) == (2, 1, 0, 0, 0)
    assert d.revised["changed"].tolist() == ["confidence, note"]
    assert not d.is_empty


@pytest.fixture(scope="module")
def edited(tmp_path_factory: pytest.TempPathFactory) -> Codebook:
    """whodid's codebook with another label for 112, another score for 114, and another name for Russia."""
    folder = tmp_path_factory.mktemp("edited") / "codebook"
    shutil.copytree(default_codebook_path(), folder)

    def edit(name: str, old: str, new: str) -> None:
        text = (folder / name).read_text(encoding="utf-8")
        assert old in text, (name, old)
        (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")

    edit("actions/11.yaml", "label: Accuse\n", "label: Blame\n")
    edit("crosswalks/goldstein.csv", "114,gdelt,-2.0,", "114,gdelt,-9.0,")
    edit("actors/countries.csv", "RUS,RUS,Russia,", "RUS,RUS,Russian Federation,")
    edit("patterns/composition.csv", "operator,inner,action,note\n", "operator,inner,action,note\nthreaten,0999,138,\n")
    edit("crosswalks/obsolete.csv", "source\n", "source\ngroup,XQZ,RUS,1990,ours\n")
    return load_codebook(folder)


def test_changed_entries_of_the_codebook_are_listed_with_what_changed(codebook: Codebook, edited: Codebook) -> None:
    assert codebook_changes(codebook, codebook) == ()
    found = {(e.kind, e.key, e.change, e.fields) for e in codebook_changes(codebook, edited)}
    assert found == {
        ("action", "112", "changed", ("label",)),
        ("Goldstein score", "114 gdelt", "changed", ("value",)),
        ("country", "RUS Russia", "removed", ()),
        ("country", "RUS Russian Federation", "added", ()),
        ("composition", "threaten 0999", "added", ()),
        ("obsolete code", "group XQZ", "added", ()),
    }


def test_rows_that_touch_a_changed_entry_are_counted(
    make_events: MakeEvents, codebook: Codebook, edited: Codebook
) -> None:
    old = make_events(action=["112", "114", "190"], target=["PRK", "PRK", "PRK"], sentence=[0, 1, 2])
    new = make_events(action=["112", "114", "195"], target=["PRK", "PRK", "RUS"], sentence=[0, 1, 2])
    d = between(old, new, old_codebook=codebook, new_codebook=edited)
    assert sorted(d.revised["changed"]) == ["action_label", "goldstein"]
    touched = {(e.kind, e.key): n for e, n in zip(d.codebook.entries, d.codebook.touches, strict=True)}
    # Each row reads "Russia", so the renamed country touches all of them by its name.
    assert touched == {
        ("action", "112"): 1,
        ("Goldstein score", "114 gdelt"): 1,
        ("country", "RUS Russia"): 3,
        ("country", "RUS Russian Federation"): 1,
        ("composition", "threaten 0999"): 0,
        ("obsolete code", "group XQZ"): 0,
    }
    assert d.codebook.rows_touched == 3
    text = difference_text(d)
    assert "codebook: changed, 6 entries; 3 of 3 changed rows touch one of them\n" in text
    assert "        1 rows  action 112 changed (label)\n" in text


def test_without_the_codebooks_only_their_hashes_are_compared(make_events: MakeEvents, tmp_path: Path) -> None:
    for name, digest in (("old", "a" * 64), ("new", "b" * 64)):
        write_events(make_events(), tmp_path / f"{name}.parquet", codebook=f"{name}@1.0.0", codebook_hash=digest)
    d = wd.diff(tmp_path / "old.parquet", tmp_path / "new.parquet")
    assert (d.codebook.is_changed, d.codebook.is_known, d.is_empty) == (True, False, False)
    assert difference_text(d).endswith(
        "codebook: changed; its entries are compared where both sides bring it (--old-codebook, --new-codebook)\n"
    )
    assert wd.diff(tmp_path / "old.parquet", tmp_path / "old.parquet").is_empty


@pytest.mark.usefixtures("quick")
def test_releases_bring_their_version_and_codebook(project: Path, make_events: MakeEvents) -> None:
    wd.release(project / "data" / "coded", project / "one", "0.1.0")
    d = wd.diff(project / "one", project / "data" / "coded")
    assert (d.old.version, d.new.version, d.old.rows, d.new.rows) == ("0.1.0", None, len(RECENT), len(RECENT))
    assert counts(d) == (len(RECENT), 0, 0, 0, 0)
    assert wd.diff(project / "one", project / "one").codebook.is_known


def test_the_text_says_how_rows_were_recoded(make_events: MakeEvents) -> None:
    old = make_events(action=["112", "112", "114"])
    new = make_events(action=["111", "111", "114", "190"])
    assert difference_text(between(old, new)).splitlines() == [
        "old: old, 3 rows, codebook not known",
        "new: new, 4 rows, codebook not known",
        "",
        "unchanged          1",
        "revised            0",
        "recoded            2",
        "added              1",
        "removed            0",
        "",
        "recoded, and how:",
        "  changed  rows",
        "  action      2",
        "",
        "action:",
        "  move        rows",
        "  112 -> 111     2",
        "",
        "by action:",
        "  action  label                            old  new  added  removed  recoded_from  recoded_to  otherwise_recoded",
        "  111     Criticize or denounce              0    2      0        0             0           2                  0",
        "  112     Accuse                             2    0      0        0             2           0                  0",
        "  190     Use conventional military force    0    1      1        0             0           0                  0",
        "",
        "by country:",
        "  country  old  new  added  removed  recoded_from  recoded_to  otherwise_recoded",
        "  KOR        3    4      1        0             0           0                  2",
        "  RUS        3    4      1        0             0           0                  2",
        "",
        "by coder:",
        "  coder  old  new  added  removed  recoded_from  recoded_to  otherwise_recoded",
        "  anna     3    4      1        0             0           0                  2",
        "",
        "codebook: the same, or not known; its entries are compared where both sides bring it (--old-codebook, --new-codebook)",
    ]


def test_long_lists_are_cut_in_the_text_and_whole_in_json(make_events: MakeEvents) -> None:
    codes = ["111", "112", "113", "114", "115"]
    d = between(make_events(sentence=9), make_events(action=codes))
    text = difference_text(d, limit=2)
    assert "  ... and 3 more: see them with --limit or --format json\n" in text
    found: dict[str, Any] = json.loads(difference_json(d))
    assert found["counts"] == {"unchanged": 0, "revised": 0, "recoded": 0, "added": 5, "removed": 1}
    assert [row["action"] for row in found["added"]] == codes
    assert found["added"][0]["date"] == "2024-06-21"
    assert len(found["by_action"]) == 5
    assert list(found) == [
        *("old", "new", "counts", "how", "transitions", "by_action", "by_country", "by_coder", "codebook"),
        *("added", "removed", "recoded", "revised"),
    ]


def test_the_page_escapes_what_comes_from_data_and_loads_nothing(make_events: MakeEvents) -> None:
    hostile = "<script>alert(1)</script>"
    old = make_events(article_id=hostile, actor_text=hostile)
    new = make_events(
        article_id=hostile, actor_text=hostile, action=["114", "190"], sentence=[0, 5], coder=["anna", hostile]
    )
    page = difference_html(between(old, new))
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<del>112</del> <ins>114</ins>" in page
    assert "http" not in page
    assert difference_html(between(old, new)) == page


def test_an_escape_sequence_in_a_code_does_not_reach_the_terminal(make_events: MakeEvents) -> None:
    d = between(make_events(coder="anna"), make_events(coder="a\x1b[31m", sentence=4))
    assert "\x1b" not in difference_text(d)


def test_the_changelog_says_it_in_sentences(make_events: MakeEvents, codebook: Codebook, edited: Codebook) -> None:
    old = make_events(action=["112", "112", "114"])
    new = make_events(action=["111", "111", "114", "190"])
    assert sentences(between(old, new, old_codebook=codebook, new_codebook=edited)) == [
        "4 rows (3 before): 1 added, 0 removed, 2 recoded, 1 revised, 0 unchanged since the events before.",
        "Action recoded in 2 rows: 112 to 111 (2).",
        "Actions with most rows added or removed: 190 (+1 −0).",
        "Codebook: whodid-cameo@0.1.0 to whodid-cameo@0.1.0, 6 entries changed, which 4 of the changed rows touch.",
    ]
    text = changelog(
        "1.1.0", date(2024, 7, 1), 3, between(old, old), "# Changelog\n\nintro\n\n## 1.0.0 (2024-01-01)\n\n- x\n"
    )
    assert text == (
        "# Changelog\n\nWhat changed in the data from each release to the next. Written by `whodid release`.\n\n"
        "## 1.1.0 (2024-07-01)\n\n- 3 rows, and none changed since the events before.\n\n## 1.0.0 (2024-01-01)\n\n- x\n"
    )


def test_a_side_that_cannot_be_read_is_named(make_events: MakeEvents, tmp_path: Path) -> None:
    write_events(make_events(), tmp_path / "old.parquet")
    (tmp_path / "new.csv").write_text("actor\nKOR\n", encoding="utf-8")
    with pytest.raises(EventTableError, match=r"new\.csv"):
        wd.diff(tmp_path / "old.parquet", tmp_path / "new.csv")
    with pytest.raises(UsageError, match="There is no such file or folder"):
        wd.diff(tmp_path / "old.parquet", tmp_path / "none")


def test_a_hundred_thousand_rows_are_compared_in_seconds(make_events: MakeEvents) -> None:
    count = 100_000
    base = make_events()
    rows = base.loc[[0] * count].reset_index(drop=True)
    rows = rows.assign(
        article_id=[f"a{n // 20}" for n in range(count)],
        sentence=pd.Series([n % 20 for n in range(count)], dtype="int32"),
        event_id=[f"{n:016x}" for n in range(count)],
    )
    changed = rows.iloc[100:].copy()
    is_recoded = changed.index % 50 == 0
    changed.loc[is_recoded, "action"] = "114"
    changed.loc[is_recoded, "event_id"] = [f"f{n:015x}" for n in range(int(is_recoded.sum()))]
    start = time.process_time()
    d = between(rows, changed)
    spent = time.process_time() - start
    assert counts(d) == (97_902, 0, 1_998, 0, 100)
    # 1.5 s on the machine where it was written; the bound only catches work that grows with the square.
    assert spent < 20
