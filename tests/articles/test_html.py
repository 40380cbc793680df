"""Articles in saved web pages."""

from __future__ import annotations

import json
from datetime import date

import pytest

from whodid.articles.model import ArticleSet
from whodid.articles.read import read_articles

from .conftest import Write

BODY = (
    "<article><h1>Envoy summoned</h1>"
    "<p>South Korea summoned the Russian ambassador on Friday over the pact, the ministry said in a statement.</p>"
    "<p>It was the second time since June 3, 2018 that such a thing happened, officials said on the record.</p>"
    "</article>"
)
FOOTER = "<footer>&copy; 2020 Example. Printed 2021-03-04. <img src='/2019/05/06/x.jpg'></footer>"
META = '<meta property="article:published_time" content="2024-06-21T18:30:00+09:00">'


def _page(head: str = "", body: str = BODY) -> str:
    return (
        f"<!DOCTYPE html><html><head><title>Envoy - what we know</title>{head}</head><body>{body}{FOOTER}</body></html>"
    )


def _json_ld(value: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(value)}</script>'


def _days(read: ArticleSet) -> list[date]:
    assert not read.refused, read.refused
    return [article.published for article in read]


def test_a_page_gives_its_text_title_date_publisher_and_address(write: Write) -> None:
    head = META + (
        '<meta property="og:site_name" content="Daily Example"><meta property="og:title" content="Envoy summoned">'
        '<link rel="canonical" href="https://www.example.org/news/1">'
    )
    (article,) = read_articles(write("kor/page.html", _page(head)).parent)
    assert article.article_id == "page"
    assert article.title == "Envoy summoned"
    assert article.published == date(2024, 6, 21)
    assert article.publisher == "Daily Example"
    assert article.url == "https://www.example.org/news/1"
    assert "South Korea summoned the Russian ambassador on Friday" in article.text
    assert "<p>" not in article.text
    assert "Printed" not in article.text


def test_a_page_without_a_stated_date_is_refused_and_none_is_guessed(write: Write) -> None:
    read = read_articles(write("page.html", _page()))
    (refused,) = read.refused
    assert not len(read)
    assert refused.fault.rule == "no-date"
    assert refused.fault.message == "The article has no date."
    assert refused.fault.fix == (
        'Add <meta name="date" content="2024-06-21"> to its head, '
        "or give --published 2024-06-21 for all articles without one."
    )


def test_the_callers_date_stands_in_for_a_page_without_one(write: Write) -> None:
    assert _days(read_articles(write("page.htm", _page()), published="2024-06-21")) == [date(2024, 6, 21)]


def test_the_words_of_a_title_are_no_publisher(write: Write) -> None:
    (article,) = read_articles(write("page.html", _page(META)))
    assert article.publisher is None


def test_the_host_is_the_publisher_of_a_page_that_names_none(write: Write) -> None:
    head = META + '<link rel="canonical" href="https://www.example.org/news/1">'
    (article,) = read_articles(write("page.html", _page(head)))
    assert article.publisher == "example.org"


@pytest.mark.parametrize(
    "head",
    [
        '<meta name="date" content="2024-06-21">',
        '<meta name="DC.date.issued" content="20240621">',
        '<meta name="citation_publication_date" content="2024/06/21">',
        '<meta name="pubdate" content="Fri, 21 Jun 2024 18:30:00 GMT">',
        '<meta itemprop="datePublished" content="2024-06-21">',
        _json_ld({"@type": "NewsArticle", "datePublished": "2024-06-21T05:00:00Z", "dateModified": "2024-07-01"}),
        _json_ld({"@graph": [{"@type": "WebPage", "datePublished": "2024-06-21"}, {"@type": "Organization"}]}),
        _json_ld([{"@type": ["Article"], "datePublished": "2024-06-21"}, {"@type": "WebSite"}]),
    ],
)
def test_each_way_to_state_the_date_is_read(write: Write, head: str) -> None:
    assert _days(read_articles(write("page.html", _page(head)))) == [date(2024, 6, 21)]


def test_time_elements_count_where_they_agree(write: Write) -> None:
    one = '<time datetime="2024-06-21T10:00">Friday</time><time datetime="2024-06-21T12:00">updated</time>'
    assert _days(read_articles(write("one.html", _page(body=one + BODY)))) == [date(2024, 6, 21)]
    two = '<time datetime="2024-06-21">Friday</time><time datetime="2024-06-19">an older story</time>'
    read = read_articles(write("two.html", _page(body=two + BODY)))
    assert [refused.fault.rule for refused in read.refused] == ["no-date"]


def test_the_date_of_a_change_is_not_the_date_of_publication(write: Write) -> None:
    head = '<meta property="article:modified_time" content="2024-06-25">' + _json_ld(
        {"@type": "NewsArticle", "dateModified": "2024-06-25"}
    )
    read = read_articles(write("page.html", _page(head)))
    assert [refused.fault.rule for refused in read.refused] == ["no-date"]


def test_the_dates_of_listed_stories_are_not_the_pages(write: Write) -> None:
    stories = [{"@type": "NewsArticle", "datePublished": f"2024-06-{day}"} for day in (11, 12)]
    read = read_articles(write("page.html", _page(_json_ld({"@graph": stories}))))
    assert [refused.fault.rule for refused in read.refused] == ["no-date"]


def test_a_stated_date_that_cannot_be_read_is_refused_with_its_value(write: Write) -> None:
    read = read_articles(write("page.html", _page('<meta name="date" content="last Friday">')), published="2024-06-21")
    (refused,) = read.refused
    assert (refused.fault.rule, refused.fault.value) == ("bad-date", "last Friday")


def test_a_page_in_its_declared_encoding_is_read(write: Write) -> None:
    page = _page(f'<meta charset="iso-8859-2">{META}', BODY.replace("Russian", "Łódź"))
    (article,) = read_articles(write("page.html", page.encode("iso-8859-2")))
    assert "summoned the Łódź ambassador" in article.text


def test_a_page_with_an_xml_declaration_and_a_broken_script_is_read(write: Write) -> None:
    page = '<?xml version="1.0" encoding="utf-8"?>\n' + _page(
        META + '<script type="application/ld+json">{oops</script>'
    )
    assert _days(read_articles(write("page.html", page))) == [date(2024, 6, 21)]


@pytest.mark.parametrize("page", ["", "   \n", "<html><head></head><body></body></html>"])
def test_a_page_without_text_is_refused(write: Write, page: str) -> None:
    read = read_articles(write("page.html", page), published="2024-06-21")
    assert [refused.fault.rule for refused in read.refused] == ["empty"]


def test_reading_pages_prints_nothing(write: Write, capfd: pytest.CaptureFixture[str]) -> None:
    read_articles(write("page.html", "plain words"), published="2024-06-21")
    assert capfd.readouterr() == ("", "")
