"""Reading articles of every form from files and folders."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from whodid.articles import read as reading
from whodid.articles.model import Article, ArticleSet
from whodid.articles.read import read_articles
from whodid.errors import UsageError

from .conftest import DATED, Write


def _rules(read: ArticleSet) -> list[str]:
    return [refused.fault.rule for refused in read.refused]


def test_a_folder_is_read_with_all_folders_below_in_the_order_of_ids(write: Write, tmp_path: Path) -> None:
    write("b.txt", f"{DATED}Bravo.")
    write("sub/deep/a.MD", f"{DATED}Alpha.")
    write("sub/c.jsonl", '{"id": "0", "text": "Zulu.", "date": "2024-06-21"}')
    read = read_articles(tmp_path)
    assert [article.article_id for article in read] == ["0", "b", "sub/deep/a"]
    assert len(read) == 3
    assert isinstance(iter(read), Iterator)
    assert read_articles(str(tmp_path)) == read


def test_an_id_does_not_depend_on_where_the_folder_lies(write: Write, tmp_path: Path) -> None:
    write("one/x/a.txt", f"{DATED}Alpha.")
    write("two/far/x/a.txt", f"{DATED}Alpha.")
    ids = [[article.article_id for article in read_articles(tmp_path / place)] for place in ("one", "two/far")]
    assert ids == [["x/a"], ["x/a"]]


def test_the_order_of_the_paths_changes_nothing(write: Write, tmp_path: Path) -> None:
    write("one/a.txt", f"{DATED}Alpha.")
    write("two/a.txt", f"{DATED}Another text.")
    write("two/b.txt", "No date.")
    paths = [tmp_path / "one", tmp_path / "two", tmp_path / "two/b.txt"]
    assert read_articles(paths) == read_articles([str(path) for path in reversed(paths)])


def test_a_file_that_two_paths_lead_to_is_read_once(write: Write, tmp_path: Path) -> None:
    path = write("sub/a.txt", f"{DATED}Alpha.")
    read = read_articles([path, path.parent, tmp_path, tmp_path / "sub" / ".." / "sub"])
    assert [article.article_id for article in read] == ["sub/a"]
    assert not read.refused


def test_hidden_files_and_readmes_are_passed_over(write: Write, tmp_path: Path) -> None:
    for name in (".a.txt", ".git/b.txt", "README.md", "readme_first.txt", "sub/README"):
        write(name, "Words.")
    write("c.txt", f"{DATED}Charlie.")
    read = read_articles(tmp_path)
    assert [article.article_id for article in read] == ["c"]
    assert not read.refused


@pytest.mark.parametrize(
    ("name", "message"), [("b.docx", "The ending '.docx' is unknown."), ("b", "The file has no ending.")]
)
def test_an_unknown_ending_in_a_folder_is_refused_and_stops_nothing(
    write: Write, tmp_path: Path, name: str, message: str
) -> None:
    write("a.txt", f"{DATED}Alpha.")
    path = write(name, b"PK\x00")
    read = read_articles(tmp_path)
    assert len(read) == 1
    (refused,) = read.refused
    assert refused.origin == str(path)
    assert refused.fault.rule == "unknown-format"
    assert str(refused.fault) == (
        f"{path}: {message} Article files end in .txt, .md, .html, .htm, .jsonl, .json, .csv or .parquet."
    )


def test_every_path_that_makes_no_sense_is_named_at_once(write: Write, tmp_path: Path) -> None:
    write("empty/README.md", "Nothing here.")
    write("other/table.xlsx", b"PK")
    single = write("page.pdf", b"%PDF")
    with pytest.raises(UsageError) as caught:
        read_articles([tmp_path / "gone", tmp_path / "empty", tmp_path / "other", single])
    assert sorted((fault.rule, Path(str(fault.path)).name) for fault in caught.value.faults) == [
        ("empty-folder", "empty"),
        ("empty-folder", "other"),
        ("no-file", "gone"),
        ("unknown-format", "page.pdf"),
    ]
    assert f"{tmp_path / 'gone'}: There is no such file or folder. Check the path." in str(caught.value)
    assert (
        f"{tmp_path / 'empty'}: The folder holds no articles. "
        "Article files end in .txt, .md, .html, .htm, .jsonl, .json, .csv or .parquet."
    ) in str(caught.value)


@pytest.mark.parametrize("path", ["x" * 5000, "a\0b"])
def test_a_path_that_no_disk_can_hold_is_a_usage_error(path: str) -> None:
    with pytest.raises(UsageError):
        read_articles(path)


def test_no_path_at_all_is_a_usage_error() -> None:
    with pytest.raises(UsageError, match="No path was given"):
        read_articles([])


def test_an_article_without_a_date_is_refused_with_the_fix(write: Write) -> None:
    path = write("a.txt", "Alpha.")
    (refused,) = read_articles(path).refused
    assert refused.fault.rule == "no-date"
    assert refused.fault.message == "The article has no date."
    assert refused.fault.fix == (
        "Add `published: 2024-06-21` to its front matter, or give --published 2024-06-21 for all articles without one."
    )


def test_a_bad_date_is_refused_even_where_the_caller_gives_one(write: Write) -> None:
    path = write("a.txt", "---\ntitle: x\ndate: 21 June\n---\nAlpha.")
    (refused,) = read_articles(path, published="2024-06-21").refused
    assert str(refused.fault) == (
        f"{path}:3: column 'date': '21 June' is not a date that can be read; expected a day such as 2024-06-21 "
        "(20240621 and 2024-06-21T18:30:00Z are read too). Correct the date."
    )


def test_a_date_to_come_is_not_the_readers_business(write: Write) -> None:
    (article,) = read_articles(write("a.txt", "---\ndate: 2999-01-01\n---\nAlpha."))
    assert article.published == date(2999, 1, 1)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "The article has no text."),
        (DATED, "The article has no text."),
        (f"{DATED} \n\n\t\n", "The article has no text."),
        (f"{DATED}1, 2, 3 ...", "The article has text without a single letter."),
    ],
)
def test_an_article_without_words_is_refused(write: Write, content: str, message: str) -> None:
    (refused,) = read_articles(write("a.txt", content)).refused
    assert (refused.fault.rule, refused.fault.message) == ("empty", message)


def test_the_same_article_twice_is_kept_once_and_reported(write: Write, tmp_path: Path) -> None:
    first = write("a.txt", "---\nid: x\ndate: 2024-06-21\n---\nAlpha.")
    second = write("b.txt", "---\nid: x\ndate: 2024-06-21\n---\n\nAlpha.\n")
    read = read_articles(tmp_path)
    assert [article.origin for article in read] == [str(first)]
    (refused,) = read.refused
    assert (refused.origin, refused.fault.rule) == (str(second), "duplicate-article")
    assert refused.fault.message == f"The article 'x' was already read from {first}, with the same text."


def test_two_texts_with_one_id_are_reported_with_both_places(write: Write, tmp_path: Path) -> None:
    first = write("a.csv", "id,text,date\nx,Alpha.,2024-06-21\n")
    second = write("b.jsonl", '\n{"id": "x", "text": "Bravo.", "date": "2024-06-21"}')
    read = read_articles(tmp_path)
    assert [article.text for article in read] == ["Alpha."]
    (refused,) = read.refused
    assert (refused.origin, refused.fault.rule, refused.fault.line) == (f"{second}:2", "duplicate-id", 2)
    assert (
        refused.fault.message == f"Two different texts have the id 'x': {first}:2 and {second}:2. The first was kept."
    )


def test_refusals_come_in_the_order_of_paths_and_lines(write: Write, tmp_path: Path) -> None:
    write("b.jsonl", "\n".join(["oops"] * 12))
    write("a.docx", b"PK")
    write("c.txt", "No date.")
    write("d/e.txt", f"{DATED}Fine.")
    read = read_articles(tmp_path)
    assert _rules(read) == ["unknown-format", *["bad-json"] * 12, "no-date"]
    assert [refused.fault.line for refused in read.refused[1:13]] == list(range(1, 13))


def test_a_broken_link_and_a_pipe_are_refused_and_stop_nothing(write: Write, tmp_path: Path) -> None:
    write("a.txt", f"{DATED}Alpha.")
    (tmp_path / "b.txt").symlink_to(tmp_path / "gone.txt")
    os.mkfifo(tmp_path / "c.txt")
    read = read_articles(tmp_path)
    assert [article.article_id for article in read] == ["a"]
    assert [refused.fault.message for refused in read.refused] == [
        "The file cannot be read: No such file or directory.",
        "This is no ordinary file.",
    ]


def test_a_file_that_may_not_be_read_is_refused(write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write("a.txt", f"{DATED}Alpha.")
    write("b.txt", f"{DATED}Bravo.")
    allowed = Path.read_bytes

    def read_bytes(path: Path) -> bytes:
        if path.name == "a.txt":
            raise PermissionError(13, "Permission denied")
        return allowed(path)

    # Not by taking the right away: an administrator's tests would read the file all the same.
    monkeypatch.setattr(Path, "read_bytes", read_bytes)
    read = read_articles(tmp_path)
    assert [article.article_id for article in read] == ["b"]
    assert read.refused[0].fault.message == "The file cannot be read: Permission denied."


def test_linked_folders_are_read_and_a_link_that_leads_back_is_refused(write: Write, tmp_path: Path) -> None:
    write("elsewhere/a.txt", f"{DATED}Alpha.")
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "linked").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "elsewhere" / "back").symlink_to(tmp_path / "raw")
    read = read_articles(tmp_path / "raw")
    assert [article.article_id for article in read] == ["linked/a"]
    assert _rules(read) == ["link-loop"]


def test_files_and_texts_that_are_too_large_are_refused(
    write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "LARGEST_BYTES", 1_500_000)
    write("a.txt", f"{DATED}{'x' * 1_600_000}")
    write("b.txt", f"{DATED}{'x' * 1_000_001}")
    write("c.txt", f"{DATED}{'x' * 1_000_000}")
    read = read_articles(tmp_path)
    assert [article.article_id for article in read] == ["c"]
    assert [refused.fault.message for refused in read.refused] == [
        "The file has 1,600,030 bytes; text files of articles have at most 1,500,000.",
        "The text has 1,000,001 characters; an article has at most 1,000,000.",
    ]


def test_a_binary_file_under_a_text_ending_is_refused(write: Write) -> None:
    assert _rules(read_articles(write("a.txt", b"GIF89a\x00\x01"), published="2024-06-21")) == ["binary"]


def test_an_id_from_a_file_name_is_in_composed_form(write: Write, tmp_path: Path) -> None:
    write("Krako\u0301w.txt", f"{DATED}Alpha.")
    assert [article.article_id for article in read_articles(tmp_path)] == ["Kraków"]


def test_a_windows_1252_file_is_read_with_its_offsets_in_characters(write: Write) -> None:
    (article,) = read_articles(write("a.txt", f"{DATED}“Müller” spoke.".encode("cp1252")))
    assert article.text.index("spoke") == 9


def test_articles_are_the_same_value_each_time(write: Write, tmp_path: Path) -> None:
    write("a.txt", f"{DATED}Alpha.")
    first, second = read_articles(tmp_path), read_articles(tmp_path)
    assert first == second
    assert first.articles == (Article("a", "Alpha.", date(2024, 6, 21), origin=str(tmp_path / "a.txt")),)
