"""The report: one file that stands alone, escaped, the same bytes for the same rows."""

from __future__ import annotations

import re
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pandas as pd
import pytest

import whodid as wd
from whodid.articles.model import ArticleSet
from whodid.errors import EventTableError
from whodid.events.table import empty_table
from whodid.summary.report import FIGURES


class Tags(HTMLParser):
    """Every start tag with its attributes; fails nowhere, so that the assertions are ours."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))


def tags(html: str) -> list[tuple[str, dict[str, str | None]]]:
    parser = Tags()
    parser.feed(html)
    return parser.found


def files(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


@pytest.fixture
def events(make_events) -> pd.DataFrame:
    return make_events(
        actor=["KORGOV", "RUSMIL", "COP"],
        target=["RUSGOV", "UKRMIL", "CVL"],
        action=["112", "190", "040"],
        date=[date(2024, 1, 31), date(2024, 4, 2), date(2024, 4, 3)],
    )


def test_the_report_its_tables_and_its_figures_are_written(events, codebook, tmp_path):
    summary = wd.summarize(events, tmp_path / "out", codebook=codebook)
    assert summary.events == 3
    assert summary.report == tmp_path / "out" / "report.html"
    assert sorted(summary.figures) == sorted(FIGURES)
    for path in (summary.report, *summary.tables.values(), *summary.figures.values()):
        assert path.stat().st_size > 0
    assert summary.figures["dyads"].read_bytes().startswith(b"\x89PNG")
    months = summary.tables["months"].read_text("utf-8").splitlines()
    assert months[0].startswith("period,start,events,quad_class_1")
    assert months[2] == "2024-02,2024-02-01,0,0,0,0,0,0"


def test_the_same_rows_in_another_order_give_the_same_bytes(events, codebook, tmp_path):
    wd.summarize(events, tmp_path / "one", codebook=codebook)
    wd.summarize(events.iloc[::-1].assign(extra=1), tmp_path / "two", codebook=codebook)
    assert files(tmp_path / "one") == files(tmp_path / "two")


def test_the_report_loads_nothing_from_outside_and_runs_no_script(events, article, codebook, tmp_path):
    summary = wd.summarize(events, tmp_path, codebook=codebook, articles=ArticleSet((article,)))
    html = summary.report.read_text("utf-8")
    found = tags(html)
    assert not {"script", "link", "img", "iframe", "object", "embed", "base"} & {tag for tag, _ in found}
    for _, attributes in found:
        assert not {"src", "srcset", "action", "data"} & set(attributes)
        assert all((value or "").startswith("#") for name, value in attributes.items() if name.endswith("href"))
    assert not re.search("http|@import", html)
    assert all(address.startswith("#") for address in re.findall(r"url\(([^)]*)\)", html))


def test_no_id_stands_twice_in_the_report(events, codebook, tmp_path):
    html = wd.summarize(events, tmp_path, codebook=codebook).report.read_text("utf-8")
    ids = [attributes["id"] for _, attributes in tags(html) if "id" in attributes]
    assert len(ids) == len(set(ids))


def test_everything_from_data_is_escaped(make_events, codebook, tmp_path):
    evil = '<img src=x onerror="alert(1)">'
    frame = make_events(actor_text=evil, article_id=evil, publisher=evil, coder=evil)
    html = wd.summarize(frame, tmp_path, codebook=codebook, title=evil).report.read_text("utf-8")
    assert "<img" not in html
    # Page title, heading, words, article, publisher, coder in its table and in the provenance.
    assert html.count("&lt;img src=x onerror=&#34;alert(1)&#34;&gt;") == 7


def test_the_sentence_is_shown_with_its_words_marked(make_events, article, codebook, tmp_path):
    summary = wd.summarize(make_events(), tmp_path, codebook=codebook, articles=ArticleSet((article,)))
    html = summary.report.read_text("utf-8")
    assert (
        '<mark class="actor" title="actor">South Korea</mark> <mark class="action" title="action">accused</mark> '
        '<mark class="target" title="target">Russia</mark> on Friday of breaking the sanctions. <span'
    ) in html


def test_words_that_are_not_in_the_article_are_shown_by_themselves_and_counted(
    make_events, article, codebook, tmp_path
):
    frame = make_events(actor_text=["North Korea", "South Korea"], article_id=["seoul-2024", "another"])
    summary = wd.summarize(frame, tmp_path, codebook=codebook, articles=ArticleSet((article,)))
    html = summary.report.read_text("utf-8")
    assert '<mark class="actor" title="actor">North Korea</mark>' in html
    assert "on Friday of breaking" not in html
    for what in ("words that do not stand at their place in the article", "an article that was not given"):
        assert f'<td>{what}</td><td class="n">1</td><td class="n">50%</td>' in html


def test_provenance_names_codebook_hash_schema_and_version(events, codebook, tmp_path):
    html = wd.summarize(events, tmp_path, codebook=codebook).report.read_text("utf-8")
    for words in (codebook.label, codebook.hash, "1.0.0", wd.__version__, "anna"):
        assert words in html


def test_data_quality_counts_countries_and_roles_without_one(events, codebook, tmp_path):
    html = wd.summarize(events, tmp_path, codebook=codebook).report.read_text("utf-8")
    assert '<td>a country on both sides</td><td class="n">2</td><td class="n">67%</td>' in html
    assert 'a role without a country</td><td class="n">1</td><td class="n">33%</td>' in html


def test_several_coders_are_pointed_out_because_their_events_count_twice(make_events, codebook, tmp_path):
    note = "An event that several of them coded is counted once for each."
    one = wd.summarize(make_events(), tmp_path / "one", codebook=codebook)
    two = wd.summarize(make_events(coder=["anna", "ben"]), tmp_path / "two", codebook=codebook)
    assert note not in one.report.read_text("utf-8")
    assert note in two.report.read_text("utf-8")


def test_only_the_first_500_events_are_listed_and_the_report_says_so(make_events, codebook, tmp_path):
    html = wd.summarize(make_events(coder=["anna"] * 501), tmp_path, codebook=codebook).report.read_text("utf-8")
    assert "The first 500 of 501 by date." in html
    assert html.count('data-name="Date"') == 500


def test_an_empty_table_gives_a_report_that_says_so_and_removes_old_figures(events, codebook, tmp_path):
    wd.summarize(events, tmp_path, codebook=codebook)
    summary = wd.summarize(empty_table(), tmp_path, codebook=codebook)
    assert "There are no events in this table." in summary.report.read_text("utf-8")
    assert summary.figures == {}
    assert not list(tmp_path.rglob("*.png"))
    assert summary.tables["dyads"].read_text("utf-8") == "actor,target,events,share,conflict,goldstein\n"


def test_actions_outside_the_codebook_are_counted_without_a_goldstein_figure(make_events, codebook, tmp_path):
    summary = wd.summarize(make_events(action="998"), tmp_path, codebook=codebook)
    assert "goldstein" not in summary.figures
    html = summary.report.read_text("utf-8")
    assert '<span class="code">99</span> not in the codebook' in html


def test_a_frame_without_a_column_is_refused_and_nothing_is_written(events, codebook, tmp_path):
    with pytest.raises(EventTableError, match="The column 'coder' is missing"):
        wd.summarize(events.drop(columns="coder"), tmp_path / "out", codebook=codebook)
    assert not (tmp_path / "out").exists()
