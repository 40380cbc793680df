"""Explanations as text, JSON and page: marks that nest and cross, offsets, stable keys, hostile words."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

import whodid as wd
from event_samples import EVENT
from whodid.articles.model import Article
from whodid.codebook.model import Codebook
from whodid.coder.explain import explain, marked_sentence
from whodid.coder.explain_html import explain_html
from whodid.coder.explain_json import ActorLabels, explain_json, explanation_records
from whodid.coder.explain_spans import Mark, MarkedSpan, date_span, nested
from whodid.coder.explanation import Explanation, check_format
from whodid.coder.reading import Reading, Skipped, Trace, UnknownActor
from whodid.errors import UsageError

TEXT = "South Korea accused Russia on Friday of breaking the sanctions."
VOID = {"meta", "br", "link", "img", "input", "hr"}


def make_trace(text: str = TEXT, **changes: object) -> Trace:
    """The trace of EVENT in a sentence; changes of the event's fields by name, of the trace's by name too."""
    own = {"alternatives", "evidence", "sentence_start", "date_why", "action_steps", "actor_why", "sentence_text"}
    event = replace(EVENT, **{k: v for k, v in changes.items() if k not in own})  # type: ignore[arg-type]
    trace = Trace(event, text, 0, ("'accuse' means 112",), "'South Korea' is KOR", "'Russia' is RUS", "")
    trace = replace(trace, date_why=f"'Friday' read against {event.published.isoformat()}")
    return replace(trace, **{k: v for k, v in changes.items() if k in own})  # type: ignore[arg-type]


def make_reading(*traces: Trace, text: str = TEXT, **changes: object) -> Reading:
    article = Article("seoul-2024", text, date(2024, 6, 22), "A title", "Example Wire")
    return Reading(replace(article, **changes), list(traces), [], [])  # type: ignore[arg-type]


def flat(parts: list[str | Mark]) -> str:
    return "".join(part if isinstance(part, str) else flat(part.parts) for part in parts)


def brackets(parts: list[str | Mark]) -> str:
    return "".join(p if isinstance(p, str) else f"[{'~' * p.is_continued}{p.role}:{brackets(p.parts)}]" for p in parts)


class Page(HTMLParser):
    """What a browser would make of a page: its tags, whether they are closed in order, and the visible words."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.words = ""
        self._open: list[str] = []
        self.feed(html)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1] not in {"style", "small"}:
            self.words += data


@pytest.mark.parametrize(
    ("spans", "expected"),
    [
        ([("actor", 0, 2), ("action", 3, 5)], "[actor:ab]c[action:de]fgh"),
        ([("actor", 1, 7), ("target", 3, 5)], "a[actor:bc[target:de]fg]h"),
        ([("actor", 0, 4), ("action", 2, 6)], "[actor:ab[action:cd]][~action:ef]gh"),
        ([("action", 0, 4), ("actor", 0, 4)], "[actor:[action:abcd]]efgh"),
        ([("target", 0, 2), ("actor", 0, 5)], "[actor:[target:ab]cde]fgh"),
        ([("actor", 0, 5), ("action", 1, 6), ("target", 2, 7)],
         "[actor:a[action:b[target:cde]]][~action:[~target:f]][~target:g]h"),
        ([("actor", -9, 2), ("action", 7, 99), ("target", 50, 60), ("date", 4, 4)], "[actor:ab]cdefg[action:h]"),
        ([], "abcdefgh"),
    ],
)  # fmt: skip
def test_marks_nest_and_crossing_ones_are_cut(spans: list[tuple[str, int, int]], expected: str) -> None:
    for start in (0, 100):
        moved = [MarkedSpan(role, first + start, last + start) for role, first, last in spans]
        assert brackets(nested("abcdefgh", start, moved)) == expected
        assert brackets(nested("abcdefgh", start, moved[::-1])) == expected


@given(
    st.lists(
        st.tuples(st.sampled_from(["actor", "action", "target", "date"]), st.integers(-3, 12), st.integers(-3, 12))
    )
)
def test_marks_never_change_the_words_and_cover_what_they_mark(spans: list[tuple[str, int, int]]) -> None:
    text = "abcdefghij"
    parts = nested(text, 0, [MarkedSpan(*span) for span in spans])
    assert flat(parts) == text

    def covered(parts: list[str | Mark], roles: tuple[str, ...] = ()) -> Iterator[frozenset[str]]:
        for part in parts:
            if isinstance(part, str):
                yield from [frozenset(roles)] * len(part)
            else:
                yield from covered(part.parts, (*roles, part.role))

    assert list(covered(parts)) == [frozenset(r for r, a, b in spans if a <= i < b) for i in range(len(text))]


def test_crossing_marks_are_in_brackets_that_close_in_order() -> None:
    trace = make_trace(actor_end=15, action_start=12, action_end=26, target_start=20)
    expected = "[actor: South Korea [action: acc]][...action: used [target: Russia]] on Friday"
    assert marked_sentence(trace).startswith(expected)


def test_the_words_of_the_date_are_found_in_the_sentence() -> None:
    reading = make_reading(make_trace())
    span = date_span(reading.traces[0], reading.article)
    assert span is not None
    assert (span.role, TEXT[span.start : span.end]) == ("date", "Friday")


def test_of_two_equal_dates_the_one_nearest_the_action_is_marked() -> None:
    text = "On 21 June 2024 Chad met, and Mali said South Korea accused Russia on 21 June 2024 of theft."
    at = text.index("accused")
    trace = make_trace(text, action_start=at, action_end=at + 7, date_why="'21 June 2024' read against 2024-06-22")
    span = date_span(trace, make_reading(trace, text=text).article)
    assert span is not None
    assert span.start == text.rindex("21 June 2024")


def test_a_date_without_words_is_not_marked() -> None:
    for changes in ({"date_basis": "published"}, {"date_why": "somebody said so"}):
        trace = make_trace(**changes)
        assert date_span(trace, make_reading(trace).article) is None


def test_the_words_of_a_dateline_are_at_the_beginning_of_the_article() -> None:
    text = f"SEOUL, June 21 (Example Wire) - Nothing else happened. {TEXT}"
    trace = make_trace(date_basis="dateline", sentence_start=text.index(TEXT))
    span = date_span(trace, make_reading(trace, text=text).article)
    assert span is not None
    assert text[span.start : span.end].startswith("SEOUL, June 21")


def test_json_has_the_documented_keys(codebook: Codebook) -> None:
    trace = make_trace(alternatives=(("111", 0.25), ("9999", 0.00004)), evidence=(("accused", 1.23456), ("x", -0.5)))
    reading = make_reading(trace)
    reading.skipped.append(Skipped(0, "breaking", 40, 48, "no target is known"))
    reading.unknown.append(UnknownActor(0, "the sanctions", "target"))
    found = json.loads(explain_json([reading], codebook))
    assert list(found) == ["codebook", "articles"]
    assert found["codebook"] == codebook.label
    [article] = found["articles"]
    assert list(article) == ["article_id", "title", "published", "publisher", "rows", "skipped", "unknown_actors"]
    [row] = article["rows"]
    assert list(row) == [
        "event", "actor_label", "action_label", "target_label", "sentence", "spans", "steps", "actor_why", "target_why",
        "date_why", "alternatives", "evidence",
    ]  # fmt: skip
    assert row["event"]["event_id"] == trace.event.event_id
    assert (row["event"]["date"], row["event"]["published"], row["event"]["note"]) == ("2024-06-21", "2024-06-22", None)
    assert row["action_label"] == codebook.actions["112"].label
    assert row["sentence"] == {"number": 0, "text": TEXT, "start": 0, "end": len(TEXT)}
    assert row["alternatives"] == [
        {"code": "111", "label": codebook.actions["111"].label, "probability": 0.25},
        {"code": "9999", "label": None, "probability": 0.0},
    ]
    assert row["evidence"] == [{"words": "accused", "log_odds": 1.2346}, {"words": "x", "log_odds": -0.5}]
    assert article["skipped"] == [
        {"sentence": 0, "words": "breaking", "start": 40, "end": 48, "reason": "no target is known"}
    ]
    assert article["unknown_actors"] == [{"sentence": 0, "words": "the sanctions", "role": "target"}]


def test_every_column_of_the_table_is_in_the_event_of_a_row(codebook: Codebook) -> None:
    from whodid.events.schema import COLUMNS

    [record] = explanation_records([make_reading(make_trace())], codebook)
    assert set(record["rows"][0]["event"]) == {column.name for column in COLUMNS}


def test_json_offsets_are_the_articles(codebook: Codebook) -> None:
    text = "Nothing happened. " + TEXT
    at = len("Nothing happened. ")
    moved = {
        f"{role}_{end}": getattr(EVENT, f"{role}_{end}") + at
        for role in ("actor", "action", "target")
        for end in ("start", "end")
    }
    trace = make_trace(sentence_start=at, **moved)
    [record] = explanation_records([make_reading(trace, text=text)], codebook)
    [row] = record["rows"]
    assert text[row["sentence"]["start"] : row["sentence"]["end"]] == row["sentence"]["text"] == TEXT
    spans = {span["role"]: span for span in row["spans"]}
    assert list(spans) == ["actor", "action", "target", "date"]
    assert all(text[span["start"] : span["end"]] == span["text"] for span in spans.values())
    assert (spans["actor"]["text"], spans["action"]["text"]) == ("South Korea", "accused")


def test_infinite_odds_are_null_in_json(codebook: Codebook) -> None:
    reading = make_reading(make_trace(evidence=(("x", float("inf")),)))
    assert json.loads(explain_json([reading], codebook))["articles"][0]["rows"][0]["evidence"][0]["log_odds"] is None
    assert "∞" in explain_html([reading], codebook)


def test_what_gave_no_row_can_be_left_out(codebook: Codebook) -> None:
    reading = make_reading()
    reading.skipped.append(Skipped(0, "breaking", 40, 48, "no target is known"))
    reading.unknown.append(UnknownActor(0, "Zorblax", "actor"))
    for form in (explain, explain_json, explain_html):
        assert "no target is known" in form([reading], codebook)
        assert "Zorblax" in form([reading], codebook)
        assert "no target is known" not in form([reading], codebook, with_skipped=False)
        assert "Zorblax" not in form([reading], codebook, with_skipped=False)


def test_a_hostile_article_is_only_words_on_the_page(codebook: Codebook) -> None:
    evil = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'&amp;"
    trace = make_trace(
        evil + TEXT, action_steps=(evil,), actor_why=evil, date_why=evil, evidence=((evil, 1.0),), coder=evil,
        alternatives=((evil, 0.5),), actor=evil, publisher=evil, article_id=evil,
    )  # fmt: skip
    reading = make_reading(trace, text=evil + TEXT, article_id=evil, title=evil, publisher=evil)
    reading.skipped.append(Skipped(0, evil, 0, 1, evil))
    reading.unknown.append(UnknownActor(0, evil, "actor"))
    page = Page(explain_html([reading, replace(reading)], codebook, title=evil))
    assert not {"script", "img"} & set(page.tags)
    assert not [name for name, _ in page.attributes if name.startswith("on")]
    # The page's title twice, then for each article: contents, heading, about twice, rule, actor and target three times
    # each, date, coder, sentence, alternative, evidence, what was skipped twice, unknown actor.
    assert page.words.count("onerror=alert(2)") >= 2 + 2 * 14


def test_the_page_loads_nothing(codebook: Codebook) -> None:
    html = explain_html([make_reading(make_trace(), make_trace(action="111"))], codebook)
    page = Page(html)
    assert not {"script", "link", "img", "iframe"} & set(page.tags)
    assert re.search(r"https?:|url\(|@import", html) is None
    assert all(value and value.startswith("#") for name, value in page.attributes if name in {"href", "src"})


def test_the_page_shows_the_sentence_with_its_marks_and_the_rule(codebook: Codebook) -> None:
    trace = make_trace(alternatives=(("111", 0.25), ("114", 0.004)), evidence=(("accused", 1.5), ("Friday", -0.75)))
    html = explain_html([make_reading(trace)], codebook)
    page = Page(html)
    words = " ".join(page.words.split())
    assert "South Korea accused Russia" in words
    assert f"112 {codebook.actions['112'].label}" in words
    assert "'accuse' means 112" in words
    assert "2024-06-21 (text)" in words
    assert "+1.50" in words
    assert "−0.75" in words
    assert "width:25.0%" in html
    assert "under 1%" in words
    assert html.count('<mark class="actor h1">') == 1
    assert html.count('<mark class="date h1">') == 1
    assert f'id="{trace.event.event_id}"' in html


def test_the_page_of_an_article_without_events_says_so(codebook: Codebook) -> None:
    words = Page(explain_html([make_reading()], codebook)).words
    assert "No events." in words
    assert "0 rows from 1 article;" in words


def test_control_characters_do_not_reach_the_terminal(codebook: Codebook) -> None:
    reading = make_reading(make_trace("South Korea accused Russia\x1b[2J on Friday."), article_id="a\x1b]0;x\x07")
    assert "\x1b" not in explain([reading], codebook)
    assert "Russia]?[2J" in explain([reading], codebook)


def test_text_shows_what_a_model_would_have_chosen_next(codebook: Codebook) -> None:
    trace = make_trace(alternatives=(("111", 0.25),), evidence=(("accused", 1.5), ("Friday", -0.75)))
    text = explain([make_reading(trace)], codebook)
    assert f"  next:   111 {codebook.actions['111'].label} (25%)\n" in text
    assert "  seen:   accused +1.50, Friday -0.75\n" in text
    assert "next:" not in explain([make_reading(make_trace())], codebook)


def test_actor_codes_are_labelled_by_their_groups(codebook: Codebook) -> None:
    labels = ActorLabels(codebook)
    assert labels.of("KORGOV") == "South Korea, Government (executive)"
    assert labels.of("MED") == "Media"
    assert labels.of("IMGMOSALQ") == "al-Qaeda"
    # Every body of the UN has this code: none of their names is its label.
    assert labels.of("IGOUNO") == "Intergovernmental organisation, UNO"
    assert labels.of("XX") is None


def test_an_unknown_format_is_refused_with_those_that_there_are(codebook: Codebook) -> None:
    for call in (check_format, Explanation((), codebook).render):
        with pytest.raises(UsageError) as caught:
            call("xml")
        assert str(caught.value) == "'xml' is no format of an explanation. Give one of text, json and html."


def test_a_notebook_shows_the_page_in_a_frame_of_its_own(codebook: Codebook) -> None:
    shown = Explanation((make_reading(make_trace()),), codebook)._repr_html_()
    page = Page(shown)
    assert page.tags == ["iframe"]
    inner = dict(page.attributes)["srcdoc"]
    assert inner is not None
    assert "<!DOCTYPE html>" in inner[:40]
    assert "sandbox" in dict(page.attributes)


@pytest.mark.model
def test_articles_are_explained_in_one_call(codebook: Codebook) -> None:
    article = Article("a", "Sweden summoned the Turkish ambassador on Monday.", date(2024, 6, 21))
    found = wd.explain_articles([article], codebook=codebook)
    assert str(found) == found.render("text") == wd.explain(found.readings, codebook)
    [row] = json.loads(found.render("json"))["articles"][0]["rows"]
    assert {span["role"]: span["text"] for span in row["spans"]} == {
        "actor": "Sweden", "action": "summoned", "target": "the Turkish ambassador", "date": "Monday",
    }  # fmt: skip
    assert row["alternatives"] == row["evidence"] == []
    assert found.render("html") == wd.explain_html(found.readings, codebook)
