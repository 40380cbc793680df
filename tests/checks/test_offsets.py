"""Words and where they stand, by themselves and in their articles."""

from __future__ import annotations

from datetime import date

import pytest

from event_samples import MakeEvents
from whodid.articles.model import Article, ArticleSet, Refused
from whodid.checks.offsets import article_faults, span_faults
from whodid.errors import Fault


def test_a_row_that_fits_its_article_has_no_findings(make_events: MakeEvents, article: Article) -> None:
    assert span_faults(make_events()) == []
    assert article_faults(make_events(), ArticleSet((article,))) == []


@pytest.mark.parametrize("side", ["actor", "action", "target"])
def test_a_span_that_ends_before_it_starts_is_empty(make_events: MakeEvents, side: str) -> None:
    frame = make_events(**{f"{side}_text": "word", f"{side}_start": 30, f"{side}_end": 30})
    assert [str(fault) for fault in span_faults(frame)] == [
        f"row 0: column '{side}_end': {side}_end is 30, not after {side}_start, 30. "
        f"{side}_end is one past the last character: 34 for 'word'."
    ]


def test_words_of_another_length_than_their_span_are_found_without_the_article(make_events: MakeEvents) -> None:
    assert [str(fault) for fault in span_faults(make_events(actor_text="Korea"))] == [
        "row 0: column 'actor_text': 'Korea' has 5 characters, but actor_start to actor_end is 11. "
        "Copy the words as they stand in the article, or correct the offsets; they count characters from 0."
    ]


def test_shifted_words_are_told_with_what_stands_there_and_where_they_are(
    make_events: MakeEvents, article: Article
) -> None:
    frame = make_events(actor_start=1, actor_end=12)
    assert [str(fault) for fault in article_faults(frame, ArticleSet((article,)))] == [
        "row 0: column 'actor_text': actor_text is 'South Korea', but at 1 to 12 the article 'seoul-2024' has "
        "'outh Korea '. The words stand at 0 to 11, 81 to 92: correct the offsets, or code the article again."
    ]


def test_words_that_the_article_does_not_hold_are_told_so(make_events: MakeEvents, article: Article) -> None:
    frame = make_events(target_text="Norway", target_start=500, target_end=506)
    assert [str(fault) for fault in article_faults(frame, ArticleSet((article,)))] == [
        "row 0: column 'target_text': target_text is 'Norway', but at 500 to 506 the article 'seoul-2024' ends at "
        f"{len(article.text)}. The words do not occur in it: it is another article, or another version of its text."
    ]


def test_offsets_count_characters_and_not_bytes(make_events: MakeEvents) -> None:
    article = Article("seoul-2024", "Zürich 🏔 warned Genève.", date(2024, 6, 22))
    spans = {
        "actor_start": 0,
        "actor_end": 6,
        "action_start": 9,
        "action_end": 15,
        "target_start": 16,
        "target_end": 22,
    }
    frame = make_events(actor_text="Zürich", action_text="warned", target_text="Genève", **spans)
    assert span_faults(frame) == article_faults(frame, ArticleSet((article,))) == []


def test_an_unknown_article_is_told_with_the_nearest_id(make_events: MakeEvents, article: Article) -> None:
    frame = make_events(article_id=["seoul-2042", "seoul-2024", "x"])
    assert [str(fault) for fault in article_faults(frame, ArticleSet((article,)))] == [
        "row 0: column 'article_id': The article 'seoul-2042' is not among those that were given (1 in all). "
        "Did you mean 'seoul-2024'?",
        "row 2: column 'article_id': The article 'x' is not among those that were given (1 in all). "
        "Give the folder that holds it, or correct the id.",
    ]


def test_an_unknown_article_tells_which_articles_could_not_be_read(make_events: MakeEvents, article: Article) -> None:
    refused = Refused("raw/x.md", Fault("no-date", "The article has no date."))
    fault = article_faults(make_events(article_id="x"), ArticleSet((article,), (refused,)))[0]
    assert fault.fix.endswith("1 could not be read, the first: raw/x.md: The article has no date.")


def test_published_must_be_the_articles_date(make_events: MakeEvents, article: Article) -> None:
    frame = make_events(published=date(2024, 6, 23))
    assert [str(fault) for fault in article_faults(frame, ArticleSet((article,)))] == [
        "row 0: column 'published': published is 2024-06-23, but the article 'seoul-2024' has 2024-06-22. "
        "Write 2024-06-22, and look again at dates that were resolved against it."
    ]


def test_actor_and_target_with_common_words_are_found_unless_they_name_two_actors(make_events: MakeEvents) -> None:
    within = make_events(target_text="Korea", target_start=6, target_end=11)
    assert [str(fault) for fault in span_faults(within)] == [
        "row 0: column 'target_text': The words of the target, 'Korea', are also words of the actor. "
        "Mark the words of each, as far as they go."
    ]
    both = {"target_text": "South Korea", "target_start": 0, "target_end": 11}
    assert span_faults(make_events(**both)) == []
    assert [fault.rule for fault in span_faults(make_events(target="KORGOV", **both))] == ["shared-words"]


def test_another_publisher_than_the_articles_is_named(make_events: MakeEvents, article: Article) -> None:
    frame = make_events(publisher=["Harbour Wire", None, "Example Wire"])
    assert [str(fault) for fault in article_faults(frame, ArticleSet((article,)))] == [
        "row 0: column 'publisher': publisher is 'Harbour Wire', but the article 'seoul-2024' has 'Example Wire'. "
        "Write 'Example Wire', or correct the article."
    ]


def test_a_sentence_that_the_article_cannot_have_is_found(make_events: MakeEvents, article: Article) -> None:
    assert [str(fault) for fault in article_faults(make_events(sentence=3), ArticleSet((article,)))] == [
        "row 0: column 'sentence': sentence is 3, but only 2 words stand before these in the article. "
        "Sentences count from 0; correct the number."
    ]


def test_sentences_count_forward_for_each_coder_by_itself(make_events: MakeEvents, article: Article) -> None:
    later = {"action_text": "said", "action_start": 71, "action_end": 75}
    earlier = {"action_text": "accused", "action_start": 12, "action_end": 19}
    columns = {name: [earlier[name], later[name]] for name in earlier}
    good = make_events(sentence=[0, 1], **columns)
    swapped = make_events(sentence=[1, 0], **columns)
    assert article_faults(good, ArticleSet((article,))) == []
    assert [str(fault) for fault in article_faults(swapped, ArticleSet((article,)))] == [
        "row 1: column 'sentence': sentence is 0, but row 0, which stands before it, is in 1. "
        "Correct the number in one of the rows."
    ]
    apart = make_events(sentence=[1, 0], coder=["anna", "ben"], **columns)
    assert article_faults(apart, ArticleSet((article,))) == []
