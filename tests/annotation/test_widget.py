"""The widgets without a browser: what they need, what they hand to the page, and what the machine offers."""

from __future__ import annotations

import re
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import whodid as wd
from whodid.articles.model import Article
from whodid.codebook.model import Codebook
from whodid.errors import ArticleError, NotInstalledError, StoreError, UsageError

TEXT = "Ghana summoned the Togolese ambassador on Thursday. \n\nHe left."
GHANA = Article("accra-2024", TEXT, date(2024, 6, 21))


def test_without_anywidget_a_widget_says_how_to_install_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "anywidget", None)
    for make in (
        lambda: wd.CodingWidget([GHANA], coder="anna", store=tmp_path),
        lambda: wd.AdjudicationWidget([], [GHANA], adjudicator="anna", store=tmp_path),
    ):
        with pytest.raises(NotInstalledError) as caught:
            make()
        assert str(caught.value) == (
            "The widget needs anywidget, which is not installed. "
            'Install it with `pip install "whodid[notebook]"`, and restart the kernel.'
        )


def test_the_page_is_whole_and_loads_nothing_from_anywhere() -> None:
    from whodid.annotation.page import Page

    for kind in ("coding", "adjudication"):
        view = Page(kind).view
        assert view._esm.count("export default { render };") == 1
        assert not re.findall(r"https?:|\bimport\b|innerHTML|url\(|@import", view._esm + view._css)


@pytest.mark.model
def test_the_widget_codes_what_the_page_tells_it(tmp_path: Path, codebook: Codebook) -> None:
    widget = wd.CodingWidget([GHANA], coder="anna", store=tmp_path / "coding", codebook=codebook)
    assert widget.codings().events.empty
    view = widget._page.view
    sent: list[dict[str, Any]] = []
    view.send = sent.append

    def tell(**message: Any) -> None:
        view._handle_custom_msg(message, [])

    def offers(role: str, query: str = "") -> list[tuple[str, bool]]:
        tell(type="search", role=role, query=query, id="q")
        assert (sent[-1]["type"], sent[-1]["id"], sent[-1]["role"]) == ("found", "q", role)
        return [(offer["code"], offer["why"].startswith("suggested")) for offer in sent[-1]["offers"]]

    for role, words in (("actor", "Ghana"), ("action", "summoned"), ("target", "the Togolese ambassador")):
        tell(type="mark", role=role, start=TEXT.index(words), end=TEXT.index(words) + len(words), id=role)
    assert view.state["answered"] == "target"
    assert offers("actor") == [("GHA", True)]
    assert offers("target") == [("TGOGOV", True)]
    assert offers("action")[0] == ("114", True)
    # What the machine offers comes first among what was typed, too.
    assert offers("action", "summon")[:2] == [("114", True), ("090", False)]
    for role, code in (("actor", "GHA"), ("action", "114"), ("target", "TGOGOV")):
        tell(type="code", role=role, code=code)
    tell(type="save", id="save")
    assert view.state["notice"] == {"kind": "done", "text": "Saved: GHA 114 TGOGOV, 2024-06-20."}
    rows = widget.codings().events
    assert wd.validate(rows, articles=wd.ArticleSet((GHANA,))).is_valid
    assert len(view.article["sentences"]) == 2


@pytest.mark.model
def test_without_suggestions_the_machine_is_silent(tmp_path: Path, codebook: Codebook) -> None:
    widget = wd.CodingWidget([GHANA], coder="anna", store=tmp_path / "coding", suggestions=False, codebook=codebook)
    view, sent = widget._page.view, []
    view.send = sent.append
    for role, words in (("actor", "Ghana"), ("target", "the Togolese ambassador")):
        start = TEXT.index(words)
        view._handle_custom_msg({"type": "mark", "role": role, "start": start, "end": start + len(words)}, [])
    view._handle_custom_msg({"type": "search", "role": "action", "query": ""}, [])
    assert [(offer["code"], offer["why"]) for offer in sent[-1]["offers"]] == [(f"{n:02}", "") for n in range(1, 21)]
    view._handle_custom_msg({"type": "search", "role": "actor", "query": ""}, [])
    assert sent[-1]["offers"] == []
    assert (view.state["day"], view.state["has_suggestions"]) == ("", False)


@pytest.mark.model
def test_an_assignment_shows_a_coder_their_own_articles_in_their_order(tmp_path: Path, codebook: Codebook) -> None:
    articles = [replace(GHANA, article_id=name) for name in "abc"]
    table = wd.assign(articles, ["anna", "ben"], overlap=0)
    wd.write_assignment(table, tmp_path / "assignment.csv")
    how: dict[str, Any] = {"store": tmp_path / "coding", "suggestions": False, "codebook": codebook}
    widget = wd.CodingWidget(articles, coder="ben", assignment=tmp_path / "assignment.csv", **how)
    own = table[table["coder"] == "ben"].sort_values("place")["article_id"].tolist()
    assert (widget._page.view.state["n_articles"], widget._page.view.article["id"]) == (len(own), own[0])
    with pytest.raises(UsageError, match=r"'eva' has no articles\. The coders are anna, ben\."):
        wd.CodingWidget(articles, coder="eva", assignment=table, **how)


@pytest.mark.model
def test_what_cannot_be_coded_is_refused_with_the_fix(tmp_path: Path, codebook: Codebook) -> None:
    with pytest.raises(StoreError, match="There are no articles to code"):
        wd.CodingWidget([], coder="anna", store=tmp_path, suggestions=False, codebook=codebook)
    with pytest.raises(StoreError, match="is no coder's name"):
        wd.CodingWidget([GHANA], coder="", store=tmp_path, codebook=codebook)
    long = Article("long", "word " * 100_000, date(2024, 6, 21), origin="long.txt")
    with pytest.raises(ArticleError) as caught:
        wd.CodingWidget([long], coder="anna", store=tmp_path, suggestions=False, codebook=codebook)
    assert str(caught.value) == ("long.txt: The article has 500,000 characters; the parser takes 400,000. Split it.")


def test_the_adjudication_widget_settles_what_is_open(tmp_path: Path, make_events: Any, article: Article) -> None:
    codings = make_events(
        coder=["anna", "ben", "anna", "ben"], sentence=[0, 0, 1, 1], action=["112", "111", "112", "112"]
    )
    widget = wd.AdjudicationWidget(codings, [article], adjudicator="carla", store=tmp_path / "coding")
    view = widget._page.view
    assert (view.state["n_units"], len(widget.adjudication().events)) == (1, 1)
    sent: list[dict[str, Any]] = []
    view.send = sent.append
    view._handle_custom_msg({"type": "search", "role": "action", "query": "", "id": 1}, [])
    assert [offer["code"] for offer in sent[-1]["offers"]] == ["112", "111"]
    view._handle_custom_msg({"type": "take", "coder": "ben"}, [])
    found = widget.adjudication()
    assert found.events["action"].tolist() == ["111", "112"]
    assert found.open_units == ()
    # From the store, the decision counts for everybody.
    assert wd.adjudicate([codings, tmp_path / "coding"]).events.equals(found.events)
