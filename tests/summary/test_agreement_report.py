"""Agreement as a page, as tables, as JSON and as a figure."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pandas as pd
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg

import whodid as wd
from event_samples import make_events
from known_coders import Rates, coded_by
from whodid.codebook.model import Codebook
from whodid.errors import OutputError
from whodid.reliability.agree import Agreement, agree
from whodid.reliability.agreement_json import agreement_json
from whodid.summary.agreement_figure import confusion_figure
from whodid.summary.agreement_report import TITLE, agreement_html, write_agreement
from whodid.summary.drawing import own_style, to_png, to_svg

FILES = {
    "agreement.html", "agreement.json", "confused.csv", "confusion.png", "disagreements.csv", "found.csv",
    "judgements.csv", "scores.csv",
}  # fmt: skip


@pytest.fixture(scope="module")
def found(request: pytest.FixtureRequest) -> Agreement:
    codebook = request.getfixturevalue("codebook")
    rates = Rates(missed=0.1, extra=0.1, action=0.3)
    return agree(coded_by(dict.fromkeys(("anna", "ben", "carla"), rates), 25, seed=1).values(), codebook, resamples=50)


class _Page(HTMLParser):
    """The words of a page, and what it would load."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.loads: list[str] = []
        self.feed(text)

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.loads += [
            f"{tag} {value}" for name, value in attrs if name in {"src", "href"} and not str(value).startswith("#")
        ]
        if tag in {"script", "link", "iframe", "img"}:
            self.loads.append(tag)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())


def test_the_page_stands_alone_and_says_what_was_found(found: Agreement, codebook: Codebook) -> None:
    page = _Page(agreement_html(found, codebook))
    assert page.loads == []
    assert "url(" not in agreement_html(found, codebook)
    assert (
        f"{TITLE} anna, ben, carla: {len(found.units.article)} events in {len(found.units.articles)} articles"
        in page.text
    )
    line = found.scores[
        (found.scores["part"] == "action") & (found.scores["level"] == "root") & found.scores["coder"].isna()
    ]
    [alpha] = line[(line["statistic"] == "krippendorff_alpha") & (line["units"] == "all")].to_dict("records")
    assert f"Action root, alpha {alpha['value']:.3f} {alpha['low']:.3f} to {alpha['high']:.3f}" in page.text
    assert "anna and ben" in page.text
    assert found.notes[0] in page.text
    assert "In small print: 95% intervals from 50 resamples of" in page.text


def test_confused_codes_stand_beside_each_other_with_their_entries(found: Agreement, codebook: Codebook) -> None:
    html = agreement_html(found, codebook)
    text = _Page(html).text
    for pair in found.most_confused().to_dict("records"):
        assert f"{pair['action']} and {pair['other']}: {pair['n']} time" in text
        for code in (pair["action"], pair["other"]):
            assert " ".join(codebook.actions[code].definition.split()) in text
    assert html.count('class="pair"') == len(found.most_confused()) == 10
    assert '<mark class="action">' in html


def test_everything_is_written_twice_with_the_same_bytes(found: Agreement, codebook: Codebook, tmp_path: Path) -> None:
    once, twice = (write_agreement(found, tmp_path / name, codebook=codebook) for name in ("one", "two"))
    assert {path.name for path in once.values()} == FILES == {path.name for path in (tmp_path / "one").iterdir()}
    assert all(once[name].read_bytes() == twice[name].read_bytes() for name in once)


def test_scores_can_be_recomputed_from_the_judgements_that_are_written(
    found: Agreement, codebook: Codebook, tmp_path: Path
) -> None:
    paths = write_agreement(found, tmp_path, codebook=codebook)
    judgements = pd.read_csv(paths["judgements"], dtype=str, keep_default_na=False)
    wide = judgements.pivot(index="unit", columns="coder", values="action")
    pair = wide[(wide["anna"] != "") | (wide["ben"] != "")]
    scores = pd.read_csv(paths["scores"])
    own = scores[(scores["coder"] == "anna") & (scores["other"] == "ben") & (scores["units"] == "all")]
    own = own[(own["part"] == "action") & (own["level"] == "code") & (own["statistic"] == "percent_agreement")]
    assert own["value"].item() == pytest.approx((pair["anna"] == pair["ben"]).mean(), abs=5e-5)
    assert own["n_units"].item() == len(pair)


def test_json_has_the_documented_keys_and_says_why_a_value_is_null(codebook: Codebook) -> None:
    same = agree([make_events(coder=name) for name in ("anna", "ben")], codebook)
    text = agreement_json(same)
    assert "NaN" not in text
    told = json.loads(text)
    assert list(told) == [
        "coders", "n_articles", "n_units", "n_rows", "n_left_out", "notes", "intervals", "scores", "found", "disagreements",
        "most_confused",
    ]  # fmt: skip
    kappas = [line for line in told["scores"] if line["statistic"] == "cohen_kappa" and line["part"] == "action"]
    kappa = next(
        line for line in kappas if line["coder"] is None and line["level"] == "code" and line["units"] == "all"
    )
    assert kappa["value"] is None
    assert kappa["note"].startswith("All judgements are the same")
    assert told["intervals"]["unit"] is None


def test_one_coder_gives_a_page_that_says_so_and_no_figure(
    found: Agreement, codebook: Codebook, tmp_path: Path
) -> None:
    write_agreement(found, tmp_path, codebook=codebook)
    alone = agree(make_events(coder="anna"), codebook)
    paths = write_agreement(alone, tmp_path, codebook=codebook)
    assert not (tmp_path / "confusion.png").exists()
    assert "There is only one coder, anna: agreement needs two or more." in _Page(paths["page"].read_text("utf-8")).text


def test_nothing_shared_gives_a_page_that_says_so(codebook: Codebook) -> None:
    apart = [make_events(coder="anna", article_id="a"), make_events(coder="ben", article_id="b")]
    text = _Page(agreement_html(agree(apart, codebook), codebook)).text
    assert "No article was judged by two coders, so there is nothing to compare." in text
    assert "All units" not in text


def test_codes_outside_the_codebook_and_words_of_coders_are_escaped(codebook: Codebook) -> None:
    tables = [make_events(coder="<b>anna</b>", action="998"), make_events(coder="ben", action="999")]
    html = agreement_html(agree(tables, codebook, resamples=0), codebook)
    assert "<b>anna" not in html
    assert "&lt;b&gt;anna&lt;/b&gt;" in html
    assert "999</span> is not in the codebook" in html


def test_two_coders_are_not_told_the_same_twice(codebook: Codebook) -> None:
    tables = [make_events(coder=name, action=["112", "190"]) for name in ("anna", "ben")]
    html = agreement_html(agree(tables, codebook, resamples=0), codebook)
    assert "Each pair" not in html
    assert "No two coders gave different codes to the same event." in html


def test_the_figure_has_each_pair_of_roots_once(found: Agreement) -> None:
    own = found.disagreements[found.disagreements["level"] == "root"]
    svg = to_svg(confusion_figure(found.disagreements, 660), "confusion", "roots")
    numbers = re.findall(r">(\d+)</text>", svg)
    roots = sorted({*own["action"], *own["other"].dropna()})
    assert len(numbers) == len(own) + len(roots)
    assert sorted(numbers) == sorted([*map(str, own["n"]), *roots])


@pytest.mark.parametrize("width", [292, 660])
def test_the_figure_stays_within_its_width(found: Agreement, width: int) -> None:
    page = confusion_figure(found.disagreements, width, "Roots given to the same event")
    assert page.width == width
    with own_style():
        box = FigureCanvasAgg(page.figure).get_renderer()
        edges = [text.get_window_extent(box) for axes in page.figure.axes for text in axes.texts]
    assert min(edge.x0 for edge in edges) >= 0
    assert max(edge.x1 for edge in edges) <= page.figure.bbox.width


def test_a_figure_of_one_root_is_drawn(codebook: Codebook) -> None:
    only = agree([make_events(coder=name) for name in ("anna", "ben")], codebook, resamples=0)
    assert to_png(confusion_figure(only.disagreements, 300)).startswith(b"\x89PNG")


def test_a_folder_that_cannot_be_written_is_a_sentence(found: Agreement, codebook: Codebook, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("kept", encoding="utf-8")
    with pytest.raises(OutputError, match="cannot be written"):
        wd.write_agreement(found, tmp_path / "out", codebook=codebook)
