"""The widget in real JupyterLab: two events by mouse and keyboard, a killed kernel in between, and the rows."""

from __future__ import annotations

import os
import shutil
import signal
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from annotation.jupyter_lab import browser_path, jupyter_lab, open_notebook, run_cell, write_notebook
from event_samples import MakeEvents
from whodid.annotation.adjudicate import adjudicate
from whodid.annotation.codings import read_codings
from whodid.articles.read import read_articles
from whodid.checks.validate import validate
from whodid.events.files import write_events
from whodid.events.model import event_table_model

pytestmark = [pytest.mark.slow, pytest.mark.model]

ARTICLE = """---
article_id: accra-2024
title: Ghana protests to Togo
published: 2024-06-21
publisher: Harbour Wire
---
Ghana summoned the Togolese ambassador on Thursday over the border shooting. "We regret it 🕊," the envoy said.

Ghana's army later sent helicopters to Kenya's police. Rain fell.
"""
CODING = """
import os, pathlib
import whodid as wd
pathlib.Path("kernel.pid").write_text(str(os.getpid()))
widget = wd.CodingWidget(wd.read_articles("raw"), coder="anna", store="coding")
widget
"""
SETTLING = """
import whodid as wd
widget = wd.AdjudicationWidget("two.parquet", wd.read_articles("raw"), adjudicator="carla", store="decided")
widget
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a lab: an article, a notebook to code it in, and one to settle what two coders made of it."""
    folder = tmp_path_factory.mktemp("lab")
    (folder / "raw").mkdir()
    (folder / "raw" / "accra.md").write_text(ARTICLE, encoding="utf-8")
    write_notebook(folder / "code.ipynb", CODING)
    write_notebook(folder / "settle.ipynb", SETTLING)
    return folder


@pytest.fixture(scope="module")
def lab(folder: Path) -> Iterator[tuple[Any, str]]:
    """A browser and the address of JupyterLab in that folder; skipped where there is no browser."""
    chromium = browser_path()
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        with jupyter_lab(folder) as address:
            yield browser, address
        browser.close()


@contextmanager
def notebook(lab: tuple[Any, str], name: str) -> Iterator[Any]:
    """A notebook, open; nothing may go wrong in the page's own code meanwhile."""
    browser, address = lab
    page = browser.new_page(viewport={"width": 1400, "height": 1100})
    page.set_default_timeout(60_000)
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    open_notebook(page, address, name)
    yield page
    assert wrong == []
    page.close()


def word(page: Any, text: str, nth: int = 0) -> Any:
    return page.locator(".whodid .wd-word").get_by_text(text, exact=True).nth(nth)


def drag(page: Any, first: Any, last: Any) -> None:
    """Select words with the mouse."""
    start, end = first.bounding_box(), last.bounding_box()
    page.mouse.move(start["x"] + 3, start["y"] + start["height"] / 2)
    page.mouse.down()
    page.mouse.move(end["x"] + end["width"] - 3, end["y"] + end["height"] / 2, steps=4)
    page.mouse.up()


OFFERS = ".whodid .wd-offers:not([hidden]) .wd-offer"


def choose_first_suggestion(page: Any) -> None:
    """In the code box that has the focus: down to the first code of the list, and take it."""
    page.locator(OFFERS).first.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")


def press(page: Any, key: str, times: int = 1) -> None:
    for _ in range(times):
        page.keyboard.press(key)


def search(page: Any, typed: str, offer: str) -> None:
    """Type into the box that has the focus until a code is offered. Once, on a busy machine, no offer came within a minute: what
    stood in the box then is told, so that the cause can be found.
    """
    from playwright.sync_api import TimeoutError as NoOffer

    page.keyboard.type(typed)
    try:
        page.locator(OFFERS).filter(has_text=offer).wait_for(timeout=20_000)
    except NoOffer:
        stands = page.locator(".whodid .wd-box input:focus").input_value(timeout=1_000)
        warnings.warn(f"{typed!r} was typed, {stands!r} stands in the box, and {offer!r} was not offered", stacklevel=2)
        page.keyboard.press("ControlOrMeta+a")
        page.keyboard.type(typed)
        page.locator(OFFERS).filter(has_text=offer).wait_for()


def notice(page: Any, text: str) -> None:
    page.locator(".whodid .wd-notice").get_by_text(text).wait_for()


def test_two_events_by_mouse_and_keyboard_outlive_a_killed_kernel(lab: tuple[Any, str], folder: Path) -> None:
    with notebook(lab, "code.ipynb") as page:
        run_cell(page)
        word(page, "Ghana").wait_for()

        # The first event by mouse: drag over words, click the role, click a code of the list.
        for first, last, role in (("Ghana", "Ghana", "Actor"), ("summoned", "summoned", "Action")):
            drag(page, word(page, first), word(page, last))
            page.locator(".whodid .wd-palette").get_by_role("button", name=role).click()
            page.locator(f".whodid .wd-field.wd-{role.lower()} .wd-words").get_by_text(last, exact=True).wait_for()
        drag(page, word(page, "the"), word(page, "ambassador"))
        page.locator(".whodid .wd-palette").get_by_role("button", name="Target").click()
        page.locator(".whodid .wd-field.wd-target .wd-words").get_by_text("the Togolese ambassador").wait_for()
        for role, code in (("actor", "GHA"), ("action", "114"), ("target", "TGOGOV")):
            page.locator(f".whodid .wd-field.wd-{role} input").click()
            offer = page.locator(OFFERS).filter(has_text=code).first
            assert "suggested" in offer.inner_text()
            offer.click()
            offer.wait_for(state="hidden")
        page.locator(".whodid").get_by_role("button", name="Save event").click()
        notice(page, "Saved: GHA 114 TGOGOV, 2024-06-20.")

        # The kernel dies while the second event is half coded.
        drag(page, word(page, "army"), word(page, "army"))
        page.keyboard.press("a")
        page.locator(".whodid .wd-field.wd-actor .wd-words").get_by_text("army").wait_for()
        os.kill(int((folder / "kernel.pid").read_text(encoding="utf-8")), signal.SIGKILL)
        [before] = read_codings(folder / "coding").events.to_dict("records")
        assert (before["actor"], before["action"], before["target"]) == ("GHA", "114", "TGOGOV")
        page.locator(".jp-Dialog").get_by_role("button", name="Ok").click()
        page.get_by_text("| Idle").first.wait_for()
        (folder / "kernel.pid").unlink()

        # It comes back at the first sentence that is not judged; the second event by keyboard alone.
        run_cell(page)
        page.locator(".whodid .wd-counts").get_by_text("1 event", exact=False).wait_for()
        page.locator('.whodid [data-sentence="1"].wd-current').wait_for()
        page.locator(".whodid .wd-text").focus()
        page.keyboard.press("n")
        notice(page, "No event in sentence 2.")
        page.locator('.whodid [data-sentence="2"].wd-current').wait_for()
        press(page, "Shift+ArrowRight", 2)
        page.keyboard.press("a")
        press(page, "ArrowRight", 2)
        page.keyboard.press("e")
        press(page, "ArrowRight", 3)
        press(page, "Shift+ArrowRight", 2)
        page.keyboard.press("t")
        page.locator(".whodid .wd-field.wd-target .wd-words").get_by_text("Kenya's police").wait_for()
        page.keyboard.press("Enter")
        choose_first_suggestion(page)
        page.locator(".whodid .wd-field.wd-action input:focus").wait_for()
        page.keyboard.type("072")
        page.locator(OFFERS).filter(has_text="Provide military aid").wait_for()
        page.keyboard.press("Enter")
        page.locator(".whodid .wd-field.wd-target input:focus").wait_for()
        choose_first_suggestion(page)
        page.locator(".whodid .wd-primary:focus").wait_for()
        page.keyboard.press("Enter")
        notice(page, "Saved: GHAMIL 072 KENCOP, 2024-06-21.")
        page.keyboard.press("N")
        notice(page, "No more events in 'accra-2024'. All articles are done.")

    found = read_codings(folder / "coding")
    event_table_model().validate(found.events, lazy=True)
    assert validate(found.events, articles=read_articles(folder / "raw")).is_valid
    rows = found.events.to_dict("records")
    assert [(r["actor_text"], r["action_text"], r["target_text"]) for r in rows] == [
        ("Ghana", "summoned", "the Togolese ambassador"),
        ("Ghana's army", "sent", "Kenya's police"),
    ]
    assert [(r["actor"], r["action"], r["target"]) for r in rows] == [
        ("GHA", "114", "TGOGOV"),
        ("GHAMIL", "072", "KENCOP"),
    ]
    assert [(r["date"].date().isoformat(), r["date_basis"]) for r in rows] == [
        ("2024-06-20", "text"),
        ("2024-06-21", "published"),
    ]
    assert list(zip(found.judged["sentence"], found.judged["judgement"], strict=True)) == [
        (0, "events"),
        (1, "no event"),
        (2, "events"),
        (3, "no event"),
    ]
    assert (found.faults, found.n_cut_off) == ((), 0)
    # Two sessions, two files: the killed one is as it was.
    assert len(list((folder / "coding" / "anna").iterdir())) == 2


def test_what_two_coders_do_not_agree_on_is_settled_by_keyboard(
    lab: tuple[Any, str], folder: Path, make_events: MakeEvents
) -> None:
    place = {"article_id": "accra-2024", "published": date(2024, 6, 21), "sentence": [0, 0, 3, 3]}
    codes = {"coder": ["anna", "ben", "anna", "ben"], "action": ["112", "111", "112", "112"]}
    write_events(make_events(**place, **codes), folder / "two.parquet")
    with notebook(lab, "settle.ipynb") as page:
        run_cell(page)
        page.locator(".whodid tr.wd-differs").get_by_text("differs").wait_for()
        page.locator(".whodid .wd-passage").focus()
        page.keyboard.press("2")
        notice(page, "Decided: KORGOV 111 RUSGOV, 2024-06-21 (as ben). All units are decided.")
        page.keyboard.press("u")
        notice(page, "Undone: the last decision.")
        page.keyboard.press("c")
        page.locator(".whodid .wd-field.wd-actor input:focus").wait_for()
        press(page, "Tab")
        page.locator(".whodid .wd-field.wd-action input:focus").wait_for()
        search(page, "1121", "Accuse of crime")
        page.keyboard.press("Enter")
        page.locator(".whodid .wd-field.wd-target input:focus").wait_for()
        page.keyboard.press("Escape")
        page.locator(".whodid .wd-passage:focus").wait_for()
        page.keyboard.press("Enter")
        notice(page, "Decided: KORGOV 1121 RUSGOV, 2024-06-21. All units are decided.")
    found = adjudicate([folder / "two.parquet", folder / "decided"])
    assert found.events["action"].tolist() == ["1121", "112"]
    assert sorted(set(found.links["policy"])) == ["by hand", "unanimous"]


def test_a_missing_browser_is_a_skip_that_says_so_and_a_failure_in_ci(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    monkeypatch.delenv("CI", raising=False)
    reason = "no Chromium is installed, so the widget was not tested"
    with pytest.warns(UserWarning, match=reason), pytest.raises(pytest.skip.Exception, match=reason):
        browser_path()
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match=reason):
        browser_path()
