"""Who codes which article: balanced, with the overlap that was asked for, and the same each time."""

from __future__ import annotations

from datetime import date
from itertools import combinations
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import whodid as wd
from event_samples import make_events
from whodid.annotation.assign import COLUMNS, assign, assignment_status, left_of
from whodid.annotation.assignment_files import assigned_to, read_assignment, write_assignment
from whodid.articles.model import Article
from whodid.errors import UsageError

CODERS = ["anna", "ben", "carla"]


def _articles(words: list[int]) -> list[Article]:
    return [
        Article(f"article-{n:03d}", "word " * count, date(2024, 6, 21), origin=f"{n}.md")
        for n, count in enumerate(words)
    ]


def _hundred() -> list[Article]:
    return _articles(np.random.default_rng(5).integers(50, 900, 100).tolist())


def test_every_article_is_assigned_and_the_asked_share_to_several() -> None:
    table = wd.assign(_hundred(), CODERS, overlap=0.3)
    assert list(table.columns) == list(COLUMNS)
    many = table.groupby("article_id")["coder"].nunique()
    assert (len(many), int((many == 2).sum()), int((many == 1).sum())) == (100, 30, 70)
    assert (table["coders"] == table["article_id"].map(many)).all()


def test_coders_have_about_the_same_number_of_words_and_so_have_pairs() -> None:
    table = assign(_hundred(), CODERS, overlap=0.3)
    load = table.groupby("coder")["words"].sum()
    assert load.max() - load.min() < 0.01 * load.mean()
    shared = table[table["coders"] == 2]
    pairs = [
        shared[shared["coder"].isin(pair)].groupby("article_id").filter(lambda own: len(own) == 2)["words"].sum() / 2
        for pair in combinations(CODERS, 2)
    ]
    assert max(pairs) - min(pairs) < 0.1 * sum(pairs) / 3


def test_the_same_seed_gives_the_same_table_in_whatever_order_things_come() -> None:
    articles = _hundred()
    once = assign(articles, CODERS, seed=3)
    pd.testing.assert_frame_equal(assign(articles[::-1], CODERS[::-1], seed=3), once)
    assert not assign(articles, CODERS, seed=4).equals(once)


def test_shared_articles_come_in_the_same_order_for_all_and_not_first() -> None:
    table = assign(_hundred(), CODERS, overlap=0.3)
    places = {name: own.set_index("article_id")["place"] for name, own in table.groupby("coder")}
    for one, other in combinations(CODERS, 2):
        both = sorted(set(places[one].index) & set(places[other].index), key=lambda a: places[one][a])
        assert both == sorted(both, key=lambda a: places[other][a])
    first = table[table["place"] <= 10]
    assert 0 < (first["coders"] == 2).mean() < 1
    assert all(sorted(own["place"]) == list(range(1, len(own) + 1)) for _, own in table.groupby("coder"))


@pytest.mark.parametrize(("overlap", "times", "lines"), [(0.0, 2, 20), (1.0, 2, 40), (1.0, 3, 60), (0.5, 3, 40)])
def test_overlap_goes_from_none_to_all(overlap: float, times: int, lines: int) -> None:
    assert len(assign(_articles([100] * 20), CODERS, overlap=overlap, times=times)) == lines


@given(
    words=st.lists(st.integers(1, 500), min_size=1, max_size=30),
    coders=st.integers(1, 6),
    overlap=st.floats(0, 1),
    seed=st.integers(0, 99),
)
@settings(max_examples=60)
def test_no_article_is_lost_and_no_coder_has_one_twice(
    words: list[int], coders: int, overlap: float, seed: int
) -> None:
    names = [f"coder-{n}" for n in range(coders)]
    table = assign(_articles(words), names, overlap=overlap if coders > 1 else 0, seed=seed)
    assert set(table["article_id"]) == {article.article_id for article in _articles(words)}
    assert not table.duplicated(["coder", "article_id"]).any()
    # Longest first never leaves one coder ahead by more than one article.
    load = table.groupby("coder")["words"].sum().reindex(names, fill_value=0)
    if overlap == 0 or coders == 1:
        assert load.max() - load.min() <= max(words)


def test_many_coders_are_grouped_too() -> None:
    names = [f"coder-{n:02d}" for n in range(14)]
    table = assign(_articles([100] * 140), names, overlap=1.0, times=7)
    load = table.groupby("coder")["words"].sum()
    assert (table.groupby("article_id")["coder"].nunique() == 7).all()
    assert load.max() - load.min() <= 0.1 * load.mean()


def test_an_earlier_assignment_stays_and_only_new_articles_are_added() -> None:
    articles = _hundred()
    before = assign(articles[:60], CODERS, seed=1)
    after = assign(articles, CODERS, seed=2, kept=before)
    merged = after.merge(before, on=list(COLUMNS), how="inner")
    assert len(merged) == len(before)
    new = after[~after["article_id"].isin(set(before["article_id"]))]
    assert set(new["article_id"]) == {article.article_id for article in articles[60:]}
    assert new.groupby("coder")["place"].min().to_dict() == {
        name: n + 1 for name, n in before.groupby("coder").size().to_dict().items()
    }
    load = after.groupby("coder")["words"].sum()
    assert load.max() - load.min() < 0.02 * load.mean()


def test_a_coder_who_joins_later_gets_most_of_the_new_articles() -> None:
    before = assign(_articles([100] * 20), ["anna"], overlap=0)
    after = assign(_articles([100] * 30), ["anna", "ben"], overlap=0, kept=before)
    assert after.groupby("coder").size().to_dict() == {"anna": 20, "ben": 10}


def test_status_tells_who_has_what_left() -> None:
    table = pd.DataFrame(
        [("anna", 1, "a", 100, 2), ("anna", 2, "b", 50, 1), ("ben", 1, "a", 100, 2), ("ben", 2, "c", 70, 1)],
        columns=list(COLUMNS),
    )
    events = make_events(coder=["anna", "anna", "ben"], article_id=["a", "a", "b"])
    found = assignment_status(table, events).to_dict("records")
    assert found[0] == {
        "coder": "anna",
        "articles": 2,
        "judged": 1,
        "left": 1,
        "words": 150,
        "words_left": 50,
        "not_assigned": 0,
    }
    assert found[1] == {
        "coder": "ben",
        "articles": 2,
        "judged": 0,
        "left": 2,
        "words": 170,
        "words_left": 170,
        "not_assigned": 1,
    }
    assert left_of(table, "anna", events) == ["b"]
    judged = pd.DataFrame({"coder": ["anna", "ben"], "article_id": ["b", "c"], "sentence": [0, 3]})
    assert assignment_status(table, events, judged)["left"].tolist() == [0, 1]
    assert left_of(table, "ben", events, judged) == ["a"]
    assert assignment_status(table, events.iloc[:0])["left"].tolist() == [2, 2]


def test_a_coder_gets_their_articles_in_their_order(tmp_path: Path) -> None:
    articles = _articles([30, 20, 10, 40])
    table = assign(articles, ["anna", "ben"], overlap=0.5)
    write_assignment(table, tmp_path / "assignment.csv")
    own = assigned_to(articles, tmp_path / "assignment.csv", "ben")
    assert [article.article_id for article in own] == left_of(table, "ben")
    assert own == assigned_to(reversed(articles), table, "ben")
    with pytest.raises(UsageError, match=r"'eva' has no articles\. The coders are anna, ben\."):
        assigned_to(articles, table, "eva")
    with pytest.raises(UsageError) as caught:
        assigned_to((), table.iloc[:1], "anna")
    name = table["article_id"].iloc[0]
    assert str(caught.value) == (
        f"1 of the 1 articles of anna are not there: {name!r}. Give the articles that were assigned, or assign anew."
    )


def test_an_assignment_reads_back_as_it_was_written(tmp_path: Path) -> None:
    table = assign([Article("007", "a b", date(2024, 1, 1)), Article("x, y", "c", date(2024, 1, 1))], ["nan", "NA"])
    write_assignment(table, tmp_path / "new" / "assignment.csv")
    pd.testing.assert_frame_equal(read_assignment(tmp_path / "new" / "assignment.csv"), table)


def test_every_bad_cell_of_an_edited_assignment_is_named_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "assignment.csv"
    path.write_text("coder,place,article_id,words,coders\nanna,1,a,9,1\nanna,x,a,9,1\n,3,b,-1,1\n", encoding="utf-8")
    with pytest.raises(UsageError) as caught:
        read_assignment(path)
    assert str(caught.value).splitlines() == [
        f"{path}:3: column 'place': 'x' is no number. Write a whole number.",
        f"{path}:3: anna has the article a twice. Drop one of the lines.",
        f"{path}:4: column 'coder': coder is empty. Fill it in, or drop the line.",
        f"{path}:4: column 'words': '-1' is no number. Write a whole number.",
    ]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (None, "The assignment cannot be read: No such file or directory. Give the file that `whodid assign make` wrote."),
        ("coder,place,article_id,words\n", "column 'coders': The column 'coders' is missing. Add it: coder, place, article_id,"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_assignment_is_a_sentence(content: str | None, sentence: str, tmp_path: Path) -> None:
    path = tmp_path / "assignment.csv"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    with pytest.raises(UsageError) as caught:
        read_assignment(path)
    assert sentence in str(caught.value)


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (
            {"overlap": 1.5},
            "1.5 is no overlap. Give a share from 0 (no article twice) to 1 (all of them), such as 0.2.",
        ),
        ({"times": 4}, "4 of 3 coders cannot code the same article. Give 2 to 3."),
        ({"times": 1}, "1 of 3 coders cannot code the same article. Give 2 to 3."),
        ({"coders": ["anna"]}, "2 of 1 coders cannot code the same article. Give more coders, or an overlap of 0."),
        ({"coders": []}, "There are no coders. Name them: --coder anna --coder ben."),
        ({"coders": ["anna", "anna"]}, "'anna' is named twice. Name each coder once."),
        (
            {"coders": [" anna"]},
            "' anna' is no name of a coder. Give a name that neither begins nor ends with a blank.",
        ),
        ({"articles": []}, "There are no articles to assign. Name a folder with articles."),
        ({"seed": -1}, "-1 cannot seed the random numbers. Give --seed 0 or more."),
    ],
)
def test_what_makes_no_sense_is_a_sentence(options: dict[str, object], sentence: str) -> None:
    with pytest.raises(UsageError) as caught:
        assign(**{"articles": _articles([10, 20]), "coders": CODERS, **options})  # type: ignore[arg-type]
    assert str(caught.value) == sentence


def test_what_a_coder_without_articles_has_left_is_a_sentence() -> None:
    with pytest.raises(UsageError) as caught:
        left_of(assign(_articles([10]), ["anna"], overlap=0), "eva", make_events())
    assert str(caught.value) == "'eva' has no articles. The coders are anna."
