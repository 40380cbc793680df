"""Loading a codebook: structural faults, the cache, and what the hash depends on."""

from __future__ import annotations

from pathlib import Path

import pytest

from whodid.codebook.cache import cache_folder
from whodid.codebook.load import default_codebook_path, load_codebook, read_codebook
from whodid.errors import CodebookError

from .conftest import Book

QUOTES = "Check the indentation and the quotes there and on the line above."


def test_all_faults_of_all_files_are_reported_at_once(book: Book) -> None:
    label = book.replace("actions/11.yaml", "    label: ", "    lable: ")
    role = book.append("actors/roles.csv", "GO,Government,primary,")
    pattern = book.append("patterns/17.yaml", "    - Seize @property")
    score = book.append("crosswalks/goldstein.csv", "114,own,much,ours")
    with pytest.raises(CodebookError) as caught:
        load_codebook(book.folder)
    assert {(str(fault.path).removeprefix(f"{book.folder}/"), fault.line) for fault in caught.value.faults} >= {
        ("actions/11.yaml", label),
        ("actors/roles.csv", role),
        ("patterns/17.yaml", pattern),
        ("crosswalks/goldstein.csv", score),
    }
    assert len(str(caught.value).splitlines()) == len(caught.value.faults)


def test_a_code_without_quotes_is_refused_because_it_is_a_number(book: Book) -> None:
    line = book.replace("actions/11.yaml", 'code: "114"', "code: 114")
    assert book.structural_faults() == [
        f"actions/11.yaml:{line}: column 'code': 114 is a number here, and codes are strings. "
        'Write it between quotes: "114" (with its leading zero, if it has one).'
    ]


def test_a_code_without_quotes_is_shown_with_its_leading_zero(book: Book) -> None:
    line = book.replace("actions/11.yaml", 'code: "114"', "code: 010")
    assert book.structural_faults() == [
        f"actions/11.yaml:{line}: column 'code': 010 is a number here, and codes are strings. "
        'Write it between quotes: "010" (with its leading zero, if it has one).'
    ]


def test_a_yaml_syntax_error_is_one_fault_with_its_line(book: Book) -> None:
    line = book.append("actions/17.yaml", '  - code: "177\n    label: x')
    assert book.structural_faults() == [
        f"actions/17.yaml:{line + 2}: This is not YAML: found unexpected end of stream. {QUOTES}"
    ]


def test_a_missing_file_is_named_with_where_to_get_it(book: Book) -> None:
    (book.folder / "actors/roles.csv").unlink()
    assert book.structural_faults() == [
        "actors/roles.csv: The codebook lacks this file. "
        "Copy it from whodid's own codebook (`whodid codebook path` prints where that is)."
    ]


def test_a_codebook_without_actions_is_refused(book: Book) -> None:
    for file in (book.folder / "actions").iterdir():
        file.unlink()
    assert book.structural_faults() == [
        "actions: The codebook defines no actions. Write one file for each root there, such as actions/11.yaml."
    ]


def test_an_unknown_folder_is_refused_with_what_to_give(tmp_path: Path) -> None:
    with pytest.raises(CodebookError) as caught:
        load_codebook(tmp_path / "absent")
    assert str(caught.value) == (
        f"{tmp_path / 'absent'}: There is no such codebook folder. Give the folder that holds codebook.yaml, "
        "or leave the option out to use whodid's own codebook."
    )


def test_an_entry_that_lacks_its_definition_is_named_by_line(book: Book) -> None:
    line = book.append("actions/11.yaml", '  - code: "117"\n    label: x\n    use: x\n    not_for: x')
    assert book.structural_faults() == [
        f"actions/11.yaml:{line}: column 'definition': The entry lacks 'definition'. Add it."
    ]


def test_a_code_in_the_file_of_another_root_is_refused(book: Book) -> None:
    line = book.append(
        "actions/11.yaml", '  - code: "182"\n    label: x\n    definition: x\n    use: x\n    not_for: x'
    )
    assert book.structural_faults() == [
        f"actions/11.yaml:{line}: column 'code': The code '182' stands in the file of root '11'. "
        "Move it to its own root's file, or correct it."
    ]


def test_a_code_that_is_defined_twice_names_the_first_line(book: Book) -> None:
    first = book.replace("actions/11.yaml", 'code: "114"', 'code: "114"')
    line = book.append(
        "actions/11.yaml", '  - code: "114"\n    label: x\n    definition: x\n    use: x\n    not_for: x'
    )
    assert book.structural_faults() == [
        f"actions/11.yaml:{line}: column 'code': The code '114' is already defined in line {first} of 11.yaml. Remove one."
    ]


def test_an_example_without_a_target_is_shown_with_its_beginning(book: Book) -> None:
    line = book.append(
        "actions/11.yaml",
        '  - code: "117"\n    label: x\n    definition: x\n    use: x\n    not_for: x\n'
        '    examples:\n      - "[[Chad|actor]] [[sued|action]] Niger."',
    )
    assert book.structural_faults() == [
        f"actions/11.yaml:{line + 6}: The example marks no target. Mark target in: [[Chad|actor]] [[sued|action]] Niger...."
    ]


def test_a_near_miss_must_say_what_it_is_instead(book: Book) -> None:
    line = book.append(
        "actions/11.yaml",
        '  - code: "117"\n    label: x\n    definition: x\n    use: x\n    not_for: x\n'
        '    near_misses:\n      - "[[Chad|actor]] [[sued|action]] [[Niger|target]]."',
    )
    assert book.structural_faults() == [
        f"actions/11.yaml:{line + 6}: A near miss does not say what it is instead. "
        "Add action: with the code it has instead, or null for no event."
    ]


def test_wordings_that_are_no_list_are_refused_whole(book: Book) -> None:
    line = book.append("patterns/17.yaml", '  "178": summon')
    assert book.structural_faults() == [
        f"patterns/17.yaml:{line}: What stands below '178' is no list of wordings. "
        "Put each wording in a line of its own, after a dash."
    ]


def test_a_pattern_with_an_unknown_word_set_is_refused(book: Book) -> None:
    line = book.append("patterns/17.yaml", '  "178":\n    - seize @gold')
    assert book.structural_faults() == [
        f"patterns/17.yaml:{line + 1}: the word set '@gold' is not defined in patterns/wordsets.yaml or in this file. "
        "Correct the pattern."
    ]


def test_a_word_set_with_an_unquoted_no_is_refused(book: Book) -> None:
    line = book.append("patterns/wordsets.yaml", "answers:\n  [yes, no]")
    assert book.structural_faults() == [
        f"patterns/wordsets.yaml:{line}: The word set 'answers' is no list of words. "
        "Write [word, word]; put words such as no and yes between quotes."
    ]


@pytest.mark.parametrize(
    ("cell", "sentence"),
    [
        (
            "much",
            "'much' does not fit: input should be a valid number, unable to parse string as a number. Correct it.",
        ),
        ("11", "11 does not fit: input should be less than or equal to 10. Correct it."),
        ("nan", "nan does not fit: input should be less than or equal to 10. Correct it."),
    ],
)
def test_a_score_that_is_no_goldstein_score_is_refused(book: Book, cell: str, sentence: str) -> None:
    line = book.append("crosswalks/goldstein.csv", f"114,own,{cell},ours")
    assert book.structural_faults() == [f"crosswalks/goldstein.csv:{line}: column 'value': {sentence}"]


def test_a_changed_file_gives_a_changed_codebook_in_spite_of_the_cache(book: Book, own_cache: Path) -> None:
    before = load_codebook(book.folder)
    assert len(list(own_cache.glob("codebook-*.json"))) == 1
    book.replace("actions/11.yaml", "label: Complain officially", "label: Object on paper")
    after = load_codebook(book.folder)
    assert (before.actions["114"].label, after.actions["114"].label) == ("Complain officially", "Object on paper")
    assert before.hash != after.hash


def test_a_cached_codebook_is_equal_to_a_fresh_one(book: Book, own_cache: Path) -> None:
    fresh = load_codebook(book.folder)
    [kept] = own_cache.glob("codebook-*.json")
    written = kept.stat().st_mtime_ns
    cached = load_codebook(book.folder)
    assert cached == fresh
    assert [*cached.actions] == [*fresh.actions]
    assert kept.stat().st_mtime_ns == written


def test_a_damaged_cache_is_read_anew(book: Book, own_cache: Path) -> None:
    fresh = load_codebook(book.folder)
    [kept] = own_cache.glob("codebook-*.json")
    whole = kept.read_bytes()
    label = fresh.actions["114"].label.encode()
    for damaged in (b"", whole[:-20], whole.replace(label, label.swapcase())):
        assert damaged != whole
        kept.write_bytes(damaged)
        assert load_codebook(book.folder) == fresh
        assert kept.read_bytes() == whole


def test_a_cache_that_cannot_be_written_is_no_error(
    book: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("WHODID_CACHE", str(tmp_path / "file" / "cache"))
    assert "114" in load_codebook(book.folder).actions


def test_the_cache_folder_follows_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WHODID_CACHE", str(tmp_path / "own"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "xdg"))
    assert cache_folder() == tmp_path / "own"
    monkeypatch.delenv("WHODID_CACHE")
    assert cache_folder() == tmp_path / "xdg" / "whodid"


def test_faults_name_the_folder_that_was_given_although_another_copy_is_cached(book: Book, tmp_path: Path) -> None:
    load_codebook(book.folder)
    other = tmp_path / "other"
    book.folder.rename(other)
    assert load_codebook(other).actions["114"].file == str(other / "actions/11.yaml")


def test_the_hash_depends_on_contents_and_not_on_the_folder(book: Book, tmp_path: Path) -> None:
    first = load_codebook(book.folder).hash
    book.folder.rename(tmp_path / "elsewhere")
    assert load_codebook(tmp_path / "elsewhere").hash == first


def test_whodids_own_codebook_is_the_default() -> None:
    assert (default_codebook_path() / "codebook.yaml").is_file()
    codebook, faults = read_codebook()
    assert faults == []
    assert codebook is not None
    assert codebook.label == f"{codebook.meta.id}@{codebook.meta.version}"
