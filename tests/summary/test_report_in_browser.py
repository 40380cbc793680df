"""The report in real Chromium, on a desk and on a telephone: nothing sticks out, nothing is loaded, no script runs."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import whodid as wd
from event_samples import make_events
from missing import missing
from whodid.articles.model import Article, ArticleSet
from whodid.codebook.load import load_codebook

EVIL = "<script>document.title = 'owned'</script>"
LONG = "averyveryverylongnamewithoutanyspacethatmustnotmakethepagewiderthanthescreen" * 2
DESK, TELEPHONE = 1280, 390
ACTORS = ("KORGOV", "RUSMIL", "USA", "CHNGOV", "PRK", "JPN", "FRA", "DEU", "UKRMIL", "ISRGOVMILSPYDEVXXX")


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report of events with hostile and with very long words in every column that may hold any."""
    size = 120
    text = f"{EVIL} accused Russia. {LONG}"
    article = Article("seoul", text, date(2024, 6, 22), title=EVIL, publisher=EVIL, origin="seoul.md")
    frame = make_events(
        actor=[ACTORS[n % 9] for n in range(size)],
        target=[ACTORS[(n * 7 + 3) % 9] for n in range(size)],
        action=[("112", "040", "190", "0831", "998")[n % 5] for n in range(size)],
        date=[date(2023, 1, 1) + timedelta(days=3 * n) for n in range(size)],
        publisher=[(EVIL, LONG, None, "Wire")[n % 4] for n in range(size)],
        coder=[(EVIL, LONG)[n % 2] for n in range(size)],
        article_id=["seoul" if n % 2 else LONG for n in range(size)],
        actor_text=EVIL,
        actor_start=0,
        actor_end=len(EVIL),
        action_start=len(EVIL) + 1,
        action_end=len(EVIL) + 8,
        target_start=len(EVIL) + 9,
        target_end=len(EVIL) + 15,
    )
    out = tmp_path_factory.mktemp("report")
    articles = ArticleSet((article,))
    return wd.summarize(frame, out, codebook=load_codebook(), articles=articles, title=f"{EVIL} {LONG}").report


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Chromium. Without one the tests are skipped, and say so; in CI they fail, so that nobody misses it."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None:
        missing("no Chromium is installed, so the report was not looked at (Debian: apt-get install chromium)")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield running
        running.close()


def opened(browser: Any, report: Path, width: int, scheme: str = "light") -> tuple[Any, list[str], list[str]]:
    """The page at a width, what it asked for, and what its console says."""
    page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.goto(report.as_uri())
    return page, asked, said


@pytest.mark.parametrize("width", [DESK, TELEPHONE, 320])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_sticks_out_and_nothing_is_asked_for(browser: Any, report: Path, width: int, scheme: str) -> None:
    page, asked, said = opened(browser, report, width, scheme)
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
    assert page.evaluate("document.documentElement.scrollWidth") == width
    wide = page.evaluate(
        """() => [...document.querySelectorAll('main *')]
            .filter(e => !e.closest('svg') && e.getBoundingClientRect().right > innerWidth + 1)
            .map(e => e.className || e.tagName)"""
    )
    assert wide == []
    assert asked == [report.as_uri()]
    assert said == []
    page.close()


def test_a_title_that_is_a_script_stays_a_title(browser: Any, report: Path) -> None:
    page, _, _ = opened(browser, report, DESK)
    assert page.title().startswith(EVIL)
    assert page.locator("h1").inner_text().startswith(EVIL)
    assert page.evaluate("document.querySelectorAll('script').length") == 0
    assert page.locator("td", has_text=EVIL).count() > 2
    assert page.locator("mark.actor", has_text=EVIL).count() > 0
    page.close()


def test_the_theme_follows_the_system_until_the_reader_chooses(browser: Any, report: Path) -> None:
    colour = "getComputedStyle(document.body).backgroundColor"
    page, _, _ = opened(browser, report, DESK)
    light = page.evaluate(colour)
    page.get_by_text("Dark", exact=True).click()
    dark = page.evaluate(colour)
    assert light != dark
    page.emulate_media(color_scheme="dark")
    page.get_by_text("Light", exact=True).click()
    assert page.evaluate(colour) == light
    page.get_by_text("Auto", exact=True).click()
    assert page.evaluate(colour) == dark
    page.keyboard.press("ArrowRight")
    assert page.evaluate(colour) == light
    page.close()


def test_words_can_be_read_in_both_themes(browser: Any, report: Path) -> None:
    """Text against its card: at least 4.5 to 1, as WCAG 2.2 (1.4.3) asks."""
    contrast = """() => {
      const light = c => { const v = c.match(/[\\d.]+/g).slice(0, 3).map(n => n / 255)
        .map(n => n <= 0.03928 ? n / 12.92 : ((n + 0.055) / 1.055) ** 2.4)
        return 0.2126 * v[0] + 0.7152 * v[1] + 0.0722 * v[2] }
      const card = light(getComputedStyle(document.querySelector('.card')).backgroundColor)
      return ['h2', '.note', 'th', 'td', '.small', '.shares-key li', 'summary .what'].map(s => {
        const words = light(getComputedStyle(document.querySelector('.card ' + s)).color)
        return (Math.max(words, card) + 0.05) / (Math.min(words, card) + 0.05) })
    }"""
    for scheme in ("light", "dark"):
        page, _, _ = opened(browser, report, DESK, scheme)
        assert min(page.evaluate(contrast)) >= 4.5
        page.close()


def test_a_root_opens_to_its_codes_and_links_lead_to_their_parts(browser: Any, report: Path) -> None:
    page, _, _ = opened(browser, report, TELEPHONE)
    root = page.locator(".tree > details").first
    assert not root.locator(".leaf").first.is_visible()
    root.locator("summary").first.click()
    assert root.locator("> div").is_visible()
    targets = page.eval_on_selector_all("nav a", "links => links.map(a => document.querySelector(a.hash) !== null)")
    assert targets
    assert all(targets)
    page.close()


def test_imported_events_make_a_report_that_says_so(browser: Any, tmp_path: Path) -> None:
    source = tmp_path / "a.txt"
    lines = (f"{date(1990, 1, 1) + timedelta(days=n):%Y%m%d}\tISR\tPSEGOV\t{('112', '190')[n % 2]}" for n in range(40))
    source.write_text("\n".join(lines), "utf-8")
    events: pd.DataFrame = wd.convert("keds", source).events
    path = wd.summarize(events, tmp_path / "out", codebook=load_codebook()).report
    page, asked, _ = opened(browser, path, TELEPHONE)
    assert page.locator("h1").inner_text() == "Summary of imported events"
    assert "Imported events come from another dataset" in page.locator(".warning").inner_text()
    assert page.locator("#dates").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth") == TELEPHONE
    assert asked == [path.as_uri()]
    page.close()
