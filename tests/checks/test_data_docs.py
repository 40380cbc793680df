"""Data Docs: pages that show what was expected, the same bytes each time, opened in a real browser without a network."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import whodid
from event_samples import MakeEvents
from missing import missing
from whodid.checks.data_docs import PAGES, DataDocs, build_data_docs
from whodid.codebook.model import Codebook
from whodid.errors import EventTableError, OutputError
from whodid.events.enrich import enrich
from whodid.events.files import write_events

HOSTILE = "<script>document.title = 'owned'</script>"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("docs")


@pytest.fixture(scope="module")
def good(folder: Path, codebook: Codebook) -> DataDocs:
    from event_samples import make_events

    write_events(enrich(make_events(sentence=[0, 1]), codebook), folder / "events.parquet")
    return build_data_docs(folder / "events.parquet", codebook, folder / "good")


@pytest.fixture(scope="module")
def bad(folder: Path, codebook: Codebook) -> DataDocs:
    from event_samples import make_events

    # Written by pandas, as write_events would refuse it.
    make_events(actor=[HOSTILE, "KORGOV"], action=["112", "999"]).to_parquet(folder / "bad.parquet")
    return build_data_docs(folder / "bad.parquet", codebook, folder / "bad")


def test_three_pages_are_written_and_every_expectation_is_met(good: DataDocs) -> None:
    assert [page.name for page in good.pages] == list(PAGES)
    assert all(page.is_file() for page in good.pages)
    assert good.is_met
    assert good.evaluated == good.met > 90


def test_what_is_not_met_is_counted_and_shown(bad: DataDocs) -> None:
    assert not bad.is_met
    overview = bad.pages[0].read_text(encoding="utf-8")
    assert "Not every expectation is met." in overview
    assert "action: values to be in set: 1 not as expected, such as &#39;999&#39;" in overview


def test_the_pages_have_the_same_bytes_elsewhere_and_at_another_time(
    good: DataDocs, folder: Path, tmp_path: Path
) -> None:
    shutil.copy(folder / "events.parquet", tmp_path / "events.parquet")
    program = "import whodid as wd; wd.build_data_docs('events.parquet', wd.load_codebook(), 'docs')"
    environment = {
        **os.environ,
        "TZ": "Asia/Tokyo",
        "PYTHONHASHSEED": "7",
        "PYTHONPATH": str(Path(whodid.__file__).parents[1]),
    }
    subprocess.run([sys.executable, "-c", program], cwd=tmp_path, env=environment, check=True, capture_output=True)
    for page in good.pages:
        assert (tmp_path / "docs" / page.name).read_bytes() == page.read_bytes(), page.name
    assert sorted(path.name for path in tmp_path.iterdir()) == ["docs", "events.parquet"]


def test_no_page_names_a_server_a_time_or_a_folder_of_this_machine(good: DataDocs, folder: Path) -> None:
    for page in good.pages:
        text = page.read_text(encoding="utf-8")
        assert "http" not in text
        assert "<script" not in text
        assert str(folder) not in text


def test_a_file_that_is_no_parquet_raises(codebook: Codebook, tmp_path: Path) -> None:
    (tmp_path / "e.parquet").write_text("no", encoding="utf-8")
    with pytest.raises(EventTableError, match="This is not a Parquet file"):
        build_data_docs(tmp_path / "e.parquet", codebook, tmp_path / "docs")
    assert not (tmp_path / "docs").exists()


def test_a_folder_that_is_a_file_is_left_alone(make_events: MakeEvents, codebook: Codebook, tmp_path: Path) -> None:
    write_events(make_events(), tmp_path / "e.csv")
    (tmp_path / "docs").write_text("mine", encoding="utf-8")
    with pytest.raises(OutputError, match="The folder for the pages is a file"):
        build_data_docs(tmp_path / "e.csv", codebook, tmp_path / "docs")
    assert (tmp_path / "docs").read_text(encoding="utf-8") == "mine"


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Headless Chromium that is offline. Without one the tests are skipped, and fail in CI."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None:
        missing(
            "no Chromium is installed, so the pages were not opened in a browser (Debian: apt-get install chromium)"
        )
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.mark.parametrize("width", [1200, 390])
def test_the_pages_open_in_a_browser_and_ask_no_server(browser: Any, good: DataDocs, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900}, offline=True)
    page = context.new_page()
    asked: list[str] = []
    wrong: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: wrong.append(message.text))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.goto(good.pages[0].as_uri())
    assert page.locator(".verdict strong").inner_text() == "Every expectation is met."
    assert page.locator("#columns tbody tr").count() == 34
    page.get_by_role("link", name="Results", exact=True).click()
    assert page.locator("h1").inner_text() == "Data Docs: events.parquet"
    assert page.locator("i.fa-check-circle").count() > 80
    assert page.locator("i.fa-times").count() == 0
    page.get_by_role("link", name="Expectations", exact=True).click()
    assert "action is one of the 318 codes of whodid-cameo@" in page.locator("main").inner_text()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert {url.partition(":")[0] for url in asked} == {"file"}
    assert wrong == []
    context.close()


def test_what_stands_in_the_data_stays_text_in_a_browser(browser: Any, bad: DataDocs) -> None:
    page = browser.new_page()
    for path in bad.pages:
        page.goto(path.as_uri())
        assert "owned" not in page.title()
        assert page.locator("script").count() == 0
    page.goto(bad.pages[1].as_uri())
    assert HOSTILE in page.locator("main").inner_text()
    assert page.locator("i.fa-times").count() > 0
    page.close()
