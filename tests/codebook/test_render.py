"""The codebook as a page and as CSV."""

from __future__ import annotations

import csv
import io
import re
from html.parser import HTMLParser

import pytest

from whodid.codebook.load import load_codebook
from whodid.codebook.model import Codebook
from whodid.codebook.render import CSV_COLUMNS, codebook_csv, codebook_html

from .conftest import Book

_VOID = {"meta", "br", "hr", "img", "input", "link"}


class Page(HTMLParser):
    """The ids, links and tags of a page, and whether every tag is closed in order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.loads: list[tuple[str, str]] = []
        self.tags: list[str] = []
        self.open: list[str] = []
        self.feed(text)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag not in _VOID:
            self.open.append(tag)
        for name, value in attrs:
            if name == "id":
                self.ids.append(value or "")
            if name == "href":
                self.links.append(value or "")
            if name in {"src", "srcset", "data", "action", "background", "poster"} or name.startswith("on"):
                self.loads.append((name, value or ""))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.fixture(scope="module")
def page(codebook: Codebook) -> Page:
    return Page(codebook_html(codebook))


def test_every_code_has_one_anchor_and_a_line_in_the_contents(page: Page, codebook: Codebook) -> None:
    assert page.ids == list(codebook.actions)
    assert set(page.links) == {f"#{code}" for code in codebook.actions}


def test_the_page_loads_nothing_from_anywhere(page: Page, codebook: Codebook) -> None:
    text = codebook_html(codebook)
    assert page.loads == []
    assert not {"script", "link", "iframe", "img", "object", "embed"} & set(page.tags)
    assert not re.search(r"@import|url\(|https?://", text)


def test_the_page_tells_which_codebook_it_shows(codebook: Codebook) -> None:
    text = codebook_html(codebook)
    assert f"<title>{codebook.meta.title} {codebook.meta.version}</title>" in text
    assert codebook.hash[:12] in text
    assert "318 codes" in text


def test_examples_have_their_words_marked(codebook: Codebook) -> None:
    text = codebook_html(codebook)
    assert text.count('<mark class="target">') > 2 * len(codebook.actions)


def test_markup_in_a_codebook_is_shown_and_not_run(book: Book) -> None:
    book.replace("actions/11.yaml", "label: Complain officially", "label: <script>alert(1)</script>")
    book.append(
        "actions/11.yaml",
        '  - code: "117"\n    label: "\\"><img src=x onerror=alert(2)>"\n    definition: x & y\n    use: x\n'
        '    not_for: x\n    examples:\n      - text: "[[<b>Chad</b>|actor]] [[sued|action]] <i>the</i> [[Niger|target]]."\n'
        '        actor: TCD\n    near_misses:\n      - text: "[[Chad|actor]] [[saw|action]] [[Niger|target]]."\n'
        "        action: null\n        why: <u>seen</u>",
    )
    text = codebook_html(load_codebook(book.folder))
    page = Page(text)
    assert not {"script", "img", "i", "u"} & set(page.tags)
    assert text.count("<b>") == text.count("<b>Use:</b>") + text.count("<b>Not:</b>")
    assert page.loads == []
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
    assert '<mark class="actor">&lt;b&gt;Chad&lt;/b&gt;</mark>' in text
    assert "&lt;i&gt;the&lt;/i&gt;" in text
    assert "x &amp; y" in text


def test_the_same_codebook_gives_the_same_page(codebook: Codebook) -> None:
    assert codebook_html(codebook) == codebook_html(codebook)


def test_csv_has_one_line_for_each_code_with_all_columns(codebook: Codebook) -> None:
    text = codebook_csv(codebook)
    rows = list(csv.DictReader(io.StringIO(text)))
    assert tuple(rows[0]) == CSV_COLUMNS
    assert [row["code"] for row in rows] == list(codebook.actions)
    [row] = [row for row in rows if row["code"] == "114"]
    assert (row["label"], row["parent"], row["root"]) == ("Complain officially", "11", "11")
    assert (row["quad_class"], row["goldstein"]) == ("3", "-2.0")
    assert (row["plover_event"], row["plover_mode"], row["plover_context"]) == ("ACCUSE", "allege", "diplomatic")
    assert row["n_examples"] == str(len(codebook.actions["114"].examples))
    assert row["definition"] == " ".join(codebook.actions["114"].definition.split())


def test_csv_leaves_empty_what_a_code_does_not_have(codebook: Codebook) -> None:
    rows = {row["code"]: row for row in csv.DictReader(io.StringIO(codebook_csv(codebook)))}
    assert rows["01"]["parent"] == ""
    assert rows["016"]["plover_event"] == rows["016"]["plover_mode"] == ""
    assert "\r" not in codebook_csv(codebook)
