"""wd.CodingWidget and wd.AdjudicationWidget: coding by hand, and settling what coders do not agree on, in a notebook."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, Protocol

import pandas as pd

from whodid.annotation.adjudicate import Adjudication, Single, adjudicate
from whodid.annotation.adjudication_desk import AdjudicationClerk
from whodid.annotation.assignment_files import assigned_to
from whodid.annotation.clerk import Clerk
from whodid.annotation.codes import CodeDesk
from whodid.annotation.codings import Codings, tables_of
from whodid.annotation.gathered import Codable
from whodid.annotation.page import Page
from whodid.annotation.reader import Adviser, PassageReader
from whodid.annotation.session import CodingSession
from whodid.annotation.store import CoderLog, check_coder
from whodid.articles.model import Article
from whodid.codebook.load import load_codebook
from whodid.codebook.model import Codebook
from whodid.coder.linear import LinearModel
from whodid.coder.parse import DEFAULT_MODEL


class _Clerk(Protocol):
    def handle(self, message: dict[str, Any]) -> None: ...
    def search(self, role: str, query: str) -> list[dict[str, Any]]: ...
    def article(self) -> dict[str, Any]: ...
    def picture(self) -> dict[str, Any]: ...


class _Shown:
    """A page and the clerk behind it: what people do goes to the clerk, and what the clerk has goes to the page."""

    def __init__(self, page: Page, clerk: _Clerk) -> None:
        self._page, self._clerk = page, clerk
        page.listen(self._on_message)
        self._show(None)

    def _on_message(self, message: dict[str, Any]) -> None:
        if message.get("type") == "search":
            role = str(message.get("role"))
            found = self._clerk.search(role, str(message.get("query", "")))
            self._page.send({"type": "found", "id": message.get("id"), "role": role, "offers": found})
            return
        self._clerk.handle(message)
        self._show(message.get("id"))

    def _show(self, answered: object) -> None:
        self._page.show(self._clerk.article(), {**self._clerk.picture(), "answered": answered})

    def _repr_mimebundle_(self, **options: Any) -> Any:
        return self._page.mimebundle(**options)


class CodingWidget(_Shown):
    """Code articles by hand, with mouse or keyboard; shown when it is the last line of a notebook's cell.

        wd.CodingWidget(wd.read_articles("data/raw"), coder="anna", store="data/coding")

    Each coding is on disk in the folder `store` before the widget says that it is saved; run the cell again, today or next week,
    and coding goes on where it stopped. Several people may code into one store at the same time, each with their own name.
    `.codings()` gives the rows. suggestions=False leaves out what the machine would code, so that it cannot sway anybody.
    assignment (what `wd.assign` gave, or its file) shows only the articles that it gives this coder, in their order.
    Raises NotInstalledError without anywidget, StoreError if the store cannot be used or the coder has no proper name,
    UsageError if the assignment has nothing for the coder.
    """

    def __init__(
        self,
        articles: Iterable[Article],
        *,
        coder: str,
        store: Path | str,
        suggestions: bool = True,
        assignment: pd.DataFrame | Path | str | None = None,
        codebook: Codebook | Path | str | None = None,
        model: str = DEFAULT_MODEL,
        linear: LinearModel | None = None,
    ) -> None:
        page = Page("coding")
        self._coder = check_coder(coder)
        book = codebook if isinstance(codebook, Codebook) else load_codebook(codebook)
        reader, codes = PassageReader(model), CodeDesk(book)
        log = CoderLog(Path(store), coder)
        chosen = tuple(articles) if assignment is None else assigned_to(articles, assignment, coder)
        session = CodingSession(chosen, reader, codes, coder, with_suggestions=suggestions)
        adviser = Adviser(book, reader, codes, model=model, linear=linear) if suggestions else None
        self._desk = Clerk(session, log, _now, adviser)
        super().__init__(page, self._desk)

    def codings(self) -> Codings:
        """What this coder coded so far: `.events` is the event table, `.judged` says which sentences were judged."""
        return tables_of({self._coder: self._desk.work})


class AdjudicationWidget(_Shown):
    """Decide what several coders could not agree on, with all versions side by side; shown as a cell's last line.

        wd.AdjudicationWidget("data/coding", wd.read_articles("data/raw"), adjudicator="carla", store="data/coding")

    codings, policy, expert, judged and single are those of wd.adjudicate: what it leaves open comes up here. Each decision
    is on disk in `store` before the widget says so. `.adjudication()` gives the settled events and links so far.
    Raises NotInstalledError without anywidget, AdjudicationError if no unit is open.
    """

    def __init__(
        self,
        codings: Codable | Iterable[Codable],
        articles: Iterable[Article],
        *,
        adjudicator: str,
        store: Path | str,
        policy: str = "unanimous",
        expert: str | None = None,
        judged: pd.DataFrame | None = None,
        single: Single = "keep",
        codebook: Codebook | Path | str | None = None,
    ) -> None:
        page = Page("adjudication")
        check_coder(adjudicator)
        book = codebook if isinstance(codebook, Codebook) else load_codebook(codebook)
        self._settle = partial(
            adjudicate, codings, policy=policy, expert=expert, judged=judged, single=single, use_decisions=False
        )
        log = CoderLog(Path(store), adjudicator)
        units = self._settle().open_units
        self._desk = AdjudicationClerk(units, articles, CodeDesk(book), log, _now)
        super().__init__(page, self._desk)

    def adjudication(self) -> Adjudication:
        """What is settled so far, by rule and by the decisions made here."""
        return self._settle(decisions=self._desk.decisions)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
