"""Articles in .txt and .md files."""

from __future__ import annotations

import json
import unicodedata
from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from whodid.articles.encoding import repair, without_outer_blank_lines
from whodid.articles.entry import Entry, to_article
from whodid.articles.front_matter import read_text_file
from whodid.articles.model import Article, Refused
from whodid.articles.read import read_articles

from .conftest import DATED, Write

TEXT = "South Korea summoned the Russian ambassador."


def _faults(content: str) -> list[str]:
    found = list(read_text_file(content.encode(), "a.txt", "a"))
    assert all(isinstance(item, Refused) for item in found)
    return [str(item.fault) for item in found if isinstance(item, Refused)]


def test_every_key_of_the_front_matter_is_read(write: Write) -> None:
    path = write(
        "one.md",
        "---\narticle_id: kor-1\ntitle: 'Envoy: summoned'\npublished: 2024-06-21\npublisher: Daily\n"
        f"url: https://example.org/1\nauthor: someone\ntags: [a, b]\n---\n\n{TEXT}\n\nSecond paragraph.\n",
    )
    (article,) = read_articles(path)
    assert article == Article(
        "kor-1",
        f"{TEXT}\n\nSecond paragraph.",
        date(2024, 6, 21),
        "Envoy: summoned",
        "Daily",
        "https://example.org/1",
        str(path),
    )


def test_short_keys_and_capitals_are_read_too(write: Write) -> None:
    (article,) = read_articles(write("one.txt", f"---\nID: x1\nDate: 20240621\nSource: Wire\n---\n{TEXT}"))
    assert (article.article_id, article.published, article.publisher) == ("x1", date(2024, 6, 21), "Wire")


@pytest.mark.parametrize("written", ["007", "1_000", "0x1F", "1.10", "1e3", "yes", "2024-06-21", "'012'"])
def test_an_id_stays_as_it_is_written(write: Write, written: str) -> None:
    (article,) = read_articles(write("one.txt", f"---\nid: {written}\ndate: 2024-06-21\n---\n{TEXT}"))
    assert article.article_id == written.strip("'")


def test_a_text_without_front_matter_takes_its_id_from_the_file_and_its_date_from_the_caller(write: Write) -> None:
    (article,) = read_articles(write("note.v2.txt", TEXT), published="2024-06-21", publisher="Wire")
    assert (article.article_id, article.text, article.publisher) == ("note.v2", TEXT, "Wire")


def test_the_callers_date_and_publisher_do_not_replace_the_articles_own(write: Write) -> None:
    path = write("a.txt", f"---\npublished: 2020-01-02\npublisher: Own\n---\n{TEXT}")
    (article,) = read_articles(path, published=date(2024, 6, 21), publisher="Other")
    assert (article.published, article.publisher) == (date(2020, 1, 2), "Own")


def test_windows_line_ends_and_a_byte_order_mark_do_not_hide_the_front_matter(write: Write) -> None:
    (article,) = read_articles(
        write("a.txt", b"\xef\xbb\xbf---\r\npublished: 2024-06-21\r\n---\r\nOne.\r\n\r\nTwo.\r\n")
    )
    assert article.text == "One.\n\nTwo."


def test_a_rule_of_dashes_within_the_text_is_text(write: Write) -> None:
    (article,) = read_articles(write("a.md", f"{DATED}One.\n\n---\n\nTwo."))
    assert article.text == "One.\n\n---\n\nTwo."


def test_bad_yaml_is_refused_with_its_line_in_the_file() -> None:
    (fault,) = _faults(f"---\narticle_id: a\ntitle: Envoy: summoned\n---\n{TEXT}")
    assert fault == (
        "a.txt:3: This is not YAML: mapping values are not allowed in this context. "
        "Check the indentation and the quotes there and on the line above."
    )


def test_a_key_that_stands_twice_is_refused_whatever_its_capitals() -> None:
    (fault,) = _faults(f"---\ntitle: a\ntitle: b\n---\n{TEXT}")
    assert fault.startswith("a.txt:3: The key 'title' stands twice in one entry")
    (fault,) = _faults(f"---\ndate: 2024-06-21\nDate: 2024-06-22\n---\n{TEXT}")
    assert fault.startswith("a.txt:3: The key 'date' stands twice; the second would hide the first.")


def test_front_matter_that_does_not_end_is_refused() -> None:
    (fault,) = _faults(f"---\npublished: 2024-06-21\n{TEXT}")
    assert fault == (
        "a.txt:1: The front matter that begins here does not end. Close it with a line that holds only ---; "
        "or, if this is no front matter, put an empty line before it."
    )


def test_front_matter_without_keys_is_refused() -> None:
    (fault,) = _faults(f"---\nJust a line.\n---\n{TEXT}")
    assert fault.startswith("a.txt:2: The front matter is no list of keys and values.")


def test_a_control_character_in_front_matter_is_named_with_its_line() -> None:
    (fault,) = _faults(f"---\nid: a\ntitle: b\x07c\n---\n{TEXT}")
    assert fault == "a.txt:3: This is not YAML: it holds the control character U+0007. Take the character out."


@pytest.mark.parametrize("value", ["[" * 20_000, "[" * 2_000 + "]" * 2_000, "\n  " + "- " * 9_000 + "x"])
def test_front_matter_that_is_nested_without_end_is_refused_and_ends_nothing(value: str) -> None:
    (fault,) = _faults(f"---\nx: {value}\n---\n{TEXT}")
    assert "nested too deeply" in fault


def test_very_long_front_matter_is_refused() -> None:
    (fault,) = _faults(f"---\nx: {'y' * 60_000}\n---\n{TEXT}")
    assert "expected at most 50,000" in fault


def test_a_list_where_a_title_belongs_is_refused_with_its_line(write: Write) -> None:
    read = read_articles(write("a.txt", f"---\ndate: 2024-06-21\ntitle: [a, b]\n---\n{TEXT}"))
    (refused,) = read.refused
    assert (refused.fault.rule, refused.fault.line) == ("bad-value", 3)
    assert refused.fault.message == "title is a list; expected text."


def test_empty_front_matter_and_empty_values_are_missing_values(write: Write) -> None:
    (article,) = read_articles(
        write("a.txt", f"---\ntitle:\nurl: ~\npublisher: ''\n---\n{TEXT}"), published="2024-06-21"
    )
    assert (article.title, article.url, article.publisher) == ("", "", None)
    (article,) = read_articles(write("b.txt", f"---\n---\n{TEXT}"), published="2024-06-21")
    assert article.text == TEXT


# What a person can type: no control characters, and no lone halves of characters.
_WORDS = st.text(st.characters(exclude_categories=("Cc", "Cs")) | st.just("\n"), max_size=200)


# YAML takes some characters for line ends within a title, and has no place for those that are not assigned.
_TITLES = st.text(st.characters(exclude_categories=("Cc", "Cs", "Cn", "Zl", "Zp")), max_size=80)


@given(text=_WORDS, title=_TITLES, day=st.dates(min_value=date(1000, 1, 1)))
def test_any_text_with_front_matter_comes_back_as_it_was(text: str, title: str, day: date) -> None:
    text, title = unicodedata.normalize("NFC", text), unicodedata.normalize("NFC", title)
    assume(repair(text) == text and repair(title) == title)
    # A JSON string is a YAML string, so any title can stand in front matter.
    content = f"---\ntitle: {json.dumps(title, ensure_ascii=False)}\npublished: {day.isoformat()}\n---\n{text}"
    (entry,) = read_text_file(content.encode(), "a.txt", "a")
    assert isinstance(entry, Entry)
    article = to_article(entry, published=None, publisher=None)
    if any(character.isalpha() for character in text):
        expected = without_outer_blank_lines(text)
        assert article == Article("a", expected, day, title.strip(), None, "", "a.txt")
    else:
        assert isinstance(article, list)
        assert [refused.fault.rule for refused in article] == ["empty"]
