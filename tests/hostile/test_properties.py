"""What holds for any text: readers, days, codes and files of events lose nothing and end with our own errors alone."""

from __future__ import annotations

import csv
import io
import json
import string
import tempfile
import unicodedata
from datetime import date
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import whodid as wd
from whodid.articles.days import parse_day
from whodid.articles.encoding import plain_line_ends, repair, without_outer_blank_lines
from whodid.articles.model import Article
from whodid.codebook.actor_codes import ActorCodes, ActorParts, groups
from whodid.codebook.model import Codebook
from whodid.coder.dates import resolve_dates
from whodid.coder.parse import readable
from whodid.events.files import read_events, write_events
from whodid.events.record import CodedEvent
from whodid.events.table import events_to_table

# Everything that UTF-8 can hold, and more often what breaks programs: marks that turn text around, controls, joiners.
STRANGE = "\u202e\u200f\u2066\ufeff\u200b\u200d\x1b\x07\x85\u2028\u0301'\"=+-@,;|\t\r\n\\<&>\x7f\U0001f468ßİı"
LETTERS = st.characters(codec="utf-8", exclude_characters="\0") | st.sampled_from(STRANGE)
TEXTS = st.text(LETTERS, max_size=40)
WORDS = st.text(LETTERS, min_size=1, max_size=12)
DAYS = st.dates(date(1500, 1, 1), date(2200, 1, 1))


def one_article(name: str, data: bytes) -> Article | None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        read = wd.read_articles(path, published="2024-06-21")
    assert len(read.articles) + len({item.origin for item in read.refused}) == 1
    return read.articles[0] if read.articles else None


def in_every_form(article_id: str, text: str) -> dict[str, bytes]:
    values = {"article_id": article_id, "text": text, "published": "2024-06-21"}
    table = io.StringIO()
    writer = csv.DictWriter(table, list(values), quoting=csv.QUOTE_ALL)
    writer.writeheader()
    writer.writerow(values)
    parquet = io.BytesIO()
    pq.write_table(pa.table({name: [value] for name, value in values.items()}), parquet)
    return {
        "a.jsonl": (json.dumps(values) + "\n").encode(),
        "a.json": json.dumps([values], ensure_ascii=False).encode(),
        "a.csv": table.getvalue().encode(),
        "a.parquet": parquet.getvalue(),
    }


@settings(max_examples=60)
@given(WORDS, TEXTS)
def test_an_article_is_the_same_whatever_table_it_comes_in(article_id: str, text: str) -> None:
    read = {name: one_article(name, data) for name, data in in_every_form(f"x{article_id}", f"{text}a").items()}
    first = read.pop("a.jsonl")
    assert first is not None
    assert first.text == without_outer_blank_lines(repair(f"{text}a"))
    for name, article in read.items():
        assert article is not None, name
        assert (article.article_id, article.text) == (first.article_id, first.text), name


@settings(max_examples=60)
@given(TEXTS)
def test_what_was_read_is_read_again_as_it_is(text: str) -> None:
    once = one_article("a.txt", f"a\n{text}".encode())
    assert once is not None
    assert unicodedata.is_normalized("NFC", once.text)
    assert plain_line_ends(once.text) == once.text
    twice = one_article("a.txt", once.text.encode())
    assert twice is not None
    assert twice.text == once.text


@settings(max_examples=200)
@given(st.binary(max_size=200), st.sampled_from(["a.txt", "a.md", "a.jsonl", "a.json", "a.csv", "a.parquet"]))
def test_any_bytes_are_an_article_or_refused(data: bytes, name: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / name).write_bytes(data)
        read = wd.read_articles(Path(folder) / name, published="2024-06-21")
    assert read.articles or read.refused
    for article in read.articles:
        article.text.encode("utf-8")


@settings(max_examples=100)
@given(
    st.lists(st.sampled_from(["---", "id: 1", "id", ":", "- x", "&a", "*a", "!!x", "published: 2024-06-21", "a", ""]))
)
def test_any_front_matter_is_read_or_refused(lines: list[str]) -> None:
    one_article("a.md", "\n".join(["---", *lines, "a"]).encode())


@given(st.text())
def test_any_text_is_a_day_or_none(text: str) -> None:
    day = parse_day(text)
    assert day is None or isinstance(day, date)


@given(st.dates(), st.sampled_from(["%Y-%m-%d", "%Y%m%d", "%Y-%m-%dT23:59:59+14:00", " %Y-%m-%d\n"]))
def test_a_day_is_read_as_it_was_written(day: date, form: str) -> None:
    written = form.replace("%Y", f"{day.year:04d}").replace("%m", f"{day.month:02d}").replace("%d", f"{day.day:02d}")
    assert parse_day(written) == day


TIME_WORDS = st.sampled_from(
    "last next two 31 February Monday days weeks ago in 2014 the early 1990s Easter quarter of half eve 9999 century".split()
)


@settings(max_examples=300)
@given(st.lists(TIME_WORDS | st.text(max_size=4), max_size=12).map(" ".join), st.dates())
def test_days_in_any_sentence_are_days_and_stand_where_they_say(sentence: str, published: date) -> None:
    for when in resolve_dates(sentence, published):
        assert isinstance(when.day, date)
        assert 0 <= when.start < when.end <= len(sentence)


@given(TEXTS)
def test_text_for_the_parser_has_the_same_length(text: str) -> None:
    assert len(readable(text)) == len(text)


@pytest.fixture(scope="module")
def actor_codes(codebook: Codebook) -> ActorCodes:
    return ActorCodes(codebook)


def known_groups(codes: ActorCodes) -> list[str]:
    return sorted({*codes.countries, *codes.roles, *codes.identities, *codes.regions, *codes.organisations})


@settings(max_examples=300)
@given(data=st.data())
def test_any_code_is_valid_in_all_its_groups_or_says_why_not(data: st.DataObject, actor_codes: ActorCodes) -> None:
    known = st.sampled_from(known_groups(actor_codes))
    code = data.draw(st.lists(known | st.text(string.ascii_uppercase, max_size=3), max_size=5).map("".join))
    parts = actor_codes.parse(code)
    if isinstance(parts, ActorParts):
        said = [parts.country, parts.region, *parts.roles, *parts.identities, *parts.organisations]
        assert sorted(filter(None, said)) == sorted(groups(code))
    else:
        assert parts.reason
        assert parts.fix


@settings(max_examples=300)
@given(data=st.data())
def test_the_front_of_a_valid_code_is_valid(data: st.DataObject, actor_codes: ActorCodes) -> None:
    known = st.sampled_from(known_groups(actor_codes))
    code = data.draw(st.lists(known, min_size=1, max_size=4).map("".join))
    if isinstance(actor_codes.parse(code), ActorParts) and code not in actor_codes.named:
        front = code[: -3 or None] or code
        assert isinstance(actor_codes.parse(front), ActorParts) or front in {"PTY"}


NUMBERS = st.integers(0, 2**31 - 2)
SPANS = st.tuples(NUMBERS, NUMBERS).map(sorted).map(lambda span: (span[0], span[1] + 1))
EVENTS = st.builds(
    lambda spans, **rest: CodedEvent(
        actor_start=spans[0][0], actor_end=spans[0][1], action_start=spans[1][0], action_end=spans[1][1],
        target_start=spans[2][0], target_end=spans[2][1], **rest,
    ),
    spans=st.tuples(SPANS, SPANS, SPANS),
    actor=st.sampled_from(["KOR", "KORGOV", "zzz"]),
    action=st.sampled_from(["01", "010", "1122"]),
    target=st.sampled_from(["RUS", "NGOAMN"]),
    date=st.dates(),
    date_basis=st.sampled_from(["text", "dateline", "published"]),
    article_id=WORDS,
    sentence=NUMBERS,
    actor_text=WORDS,
    action_text=WORDS,
    target_text=WORDS,
    published=st.dates(),
    publisher=st.none() | WORDS,
    coder=st.from_regex(r"\S(?:[^\s]*\S)?", fullmatch=True).filter(lambda name: "\0" not in name),
    confidence=st.none() | st.floats(0, 1, width=32).map(lambda x: round(float(x), 3)),
    note=st.none() | WORDS,
)  # fmt: skip


@settings(max_examples=15)
@given(st.lists(EVENTS, max_size=5), st.sampled_from([".parquet", ".csv", ".jsonl"]))
def test_events_come_back_as_they_were_written(events: list[CodedEvent], ending: str) -> None:
    frame = events_to_table(events)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"e{ending}"
        write_events(frame, path)
        pd.testing.assert_frame_equal(read_events(path), frame)
