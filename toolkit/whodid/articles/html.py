"""Articles in saved web pages: the text by trafilatura, the date only where the page states it.

trafilatura's own date search may take a date from the running text, a copyright line or an image's address. Such a
date would decide on which day every "yesterday" of the article lies, so only dates that the page states as its date of
publication are used: JSON-LD, microdata, meta tags and time elements.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit

from whodid.articles.days import parse_day
from whodid.articles.encoding import decode
from whodid.articles.entry import Entry
from whodid.articles.model import Refused

_CHARSET = re.compile(
    rb"""<(?:meta|\?xml)[^>]{0,300}?(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_:.-]{1,40})""", re.I
)
# The form of e-mail headers: "Fri, 21 Jun 2024 18:30:00 GMT".
_MAIL = re.compile(r"(?:[A-Z][a-z]{2}, )?[0-9]{1,2} [A-Z][a-z]{2} [0-9]{4} [0-9]{2}:[0-9]{2}(?::[0-9]{2})?(?: .{1,6})?")
_SLASHES = re.compile(r"([0-9]{4})/([0-9]{2})/([0-9]{2})")

# Names of meta tags, most telling first. Dates of a change or of an index entry are not here.
_META_DATES = (
    "article:published_time",
    "article:published",
    "og:article:published_time",
    "og:published_time",
    "datepublished",
    "date_published",
    "parsely-pub-date",
    "sailthru.date",
    "citation_publication_date",
    "citation_date",
    "dcterms.issued",
    "dc.date.issued",
    "publication_date",
    "publishdate",
    "publish_date",
    "publish-date",
    "published_time",
    "published-date",
    "pubdate",
    "dcterms.date",
    "dc.date",
    "date",
)
_META_PUBLISHERS = ("og:site_name", "dcterms.publisher", "dc.publisher", "citation_journal_title", "application-name")

# With a handler of its own, trafilatura's remarks on a page stay out of the terminal: refusals say what is wrong.
_SILENT = logging.NullHandler()


def read_page(data: bytes, path: str, own_id: str) -> Iterator[Entry | Refused]:
    """The article in a saved web page: its main text, and title, date, publisher and address as the page states them.

    The publisher is the site's name, or the host of the page's address. Dates that are stated but not readable are
    given as they stand, so that the refusal can name them; several time elements that disagree are no date.
    """
    # Half a second that only those who have pages pay.
    import trafilatura

    logging.getLogger("trafilatura").addHandler(_SILENT)
    text, faults = decode(data, path, declared=_declared(data))
    if faults:
        yield from (Refused(path, fault) for fault in faults)
        return
    # An XML declaration names the encoding of the bytes, and lxml refuses it in text that is decoded already.
    page = re.sub(r"\A\s*<\?xml[^>]{0,300}\?>", "", text)
    tree = trafilatura.load_html(page) if page.strip() else None
    values: dict[str, object] = {"text": ""}
    if tree is not None:
        facts = list(_json_ld(tree))
        # The date of this call is never used; the narrow search keeps it short.
        about = trafilatura.extract_metadata(page, extensive=False)
        address = about.url or ""
        values = {
            "text": trafilatura.extract(page, include_comments=False, with_metadata=False) or "",
            "title": about.title or "",
            "url": address,
            "publisher": _publisher(tree, facts) or (urlsplit(address).hostname or "").removeprefix("www."),
            "published": _published(tree, facts),
        }
    yield Entry("page", path, values, own_id=own_id)


def _declared(data: bytes) -> str | None:
    found = _CHARSET.search(data[:4096])
    return found[1].decode("ascii") if found else None


def _published(tree: Any, facts: list[dict[str, Any]]) -> str | None:
    stated = [*_from_facts(facts), *_from_microdata(tree), *_from_meta(tree), *_from_time(tree)]
    days = [day for day in map(_day, stated) if day is not None]
    return next(iter(days or stated), None)


def _day(value: str) -> str | None:
    slashes = _SLASHES.fullmatch(value)
    if slashes:
        value = "-".join(slashes.groups())
    if parse_day(value) is not None:
        return value
    if _MAIL.fullmatch(value) is None:
        return None
    try:
        return parsedate_to_datetime(value).date().isoformat()
    except ValueError:
        return None


def _json_ld(tree: Any) -> Iterator[dict[str, Any]]:
    """The things that a page says it is about: top-level objects, those in @graph, and their main entities."""
    for element in tree.iter("script"):
        if "ld+json" not in (element.get("type") or "").lower():
            continue
        try:
            value = json.loads(element.text or "", strict=False)
        except (ValueError, RecursionError):
            continue  # A page with a broken script still has its tags.
        items = value if isinstance(value, list) else [value]
        for item in [thing for thing in items if isinstance(thing, dict)]:
            graph = item.get("@graph")
            for thing in [item, *(graph if isinstance(graph, list) else [])]:
                if isinstance(thing, dict):
                    yield thing
                    if isinstance(thing.get("mainEntity"), dict):
                        yield thing["mainEntity"]


def _is_article(thing: dict[str, Any]) -> bool:
    kinds = thing.get("@type")
    return any(
        isinstance(kind, str) and kind.endswith(("Article", "Posting", "Report"))
        for kind in (kinds if isinstance(kinds, list) else [kinds])
    )


def _from_facts(facts: list[dict[str, Any]]) -> Iterator[str]:
    for is_article in (True, False):
        things = [thing for thing in facts if _is_article(thing) is is_article]
        stated = [str(thing["datePublished"]).strip() for thing in things if thing.get("datePublished")]
        # A page that lists articles of several days states no day of its own.
        if len({_day(value) for value in stated}) == 1:
            yield stated[0]


def _from_microdata(tree: Any) -> Iterator[str]:
    stated = [
        (element.get("content") or element.get("datetime") or element.text_content() or "").strip()
        for element in tree.iterfind(".//*[@itemprop]")
        if "datepublished" in element.get("itemprop").lower().split()
    ]
    if len({_day(value) for value in stated}) == 1 and stated[0]:
        yield stated[0]


def _from_meta(tree: Any) -> Iterator[str]:
    tags = _meta(tree)
    yield from (tags[name] for name in _META_DATES if name in tags)


def _from_time(tree: Any) -> Iterator[str]:
    elements = list(tree.iter("time"))
    marked = [element for element in elements if "pubdate" in element.attrib]
    stated = [(element.get("datetime") or element.text_content() or "").strip() for element in marked or elements]
    days = [value for value in stated if _day(value) is not None]
    if len({parse_day(_day(value) or "") for value in days}) == 1:
        yield days[0]


def _publisher(tree: Any, facts: list[dict[str, Any]]) -> str:
    tags = _meta(tree)
    named = next((tags[name] for name in _META_PUBLISHERS if name in tags), "")
    if named:
        return named
    for thing in filter(_is_article, facts):
        publisher = thing.get("publisher")
        name = publisher.get("name") if isinstance(publisher, dict) else publisher
        if isinstance(name, str) and name.strip():
            return name.strip()
    return ""


def _meta(tree: Any) -> dict[str, str]:
    tags: dict[str, str] = {}
    for element in tree.iter("meta"):
        content = (element.get("content") or "").strip()
        for name in filter(None, (element.get("property"), element.get("name"))):
            if content:
                tags.setdefault(name.strip().lower(), content)
    return tags
