"""wd.CodingWidget: coding articles by hand in a notebook."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from whodid.annotation.clerk import Clerk
from whodid.annotation.codes import CodeDesk
from whodid.annotation.codings import Codings, read_codings
from whodid.annotation.page import Page
from whodid.annotation.reader import Adviser, PassageReader
from whodid.annotation.session import CodingSession
from whodid.annotation.store import CoderLog, check_coder
from whodid.articles.model import Article
from whodid.codebook.load import load_codebook
from whodid.codebook.model import Codebook
from whodid.coder.linear import LinearModel
from whodid.coder.parse import DEFAULT_MODEL


class CodingWidget:
    """Code articles by hand, with mouse or keyboard; shown when it is the last line of a notebook's cell.

        wd.CodingWidget(wd.read_articles("data/raw"), coder="anna", store="data/coding")

    Each coding is on disk in the folder `store` before the widget says that it is saved; run the cell again, today or next week,
    and coding goes on where it stopped. Several people may code into one store at the same time, each with their own name.
    `.codings()` gives the rows. suggestions=False leaves out what the machine would code, so that it cannot sway anybody.
    Raises NotInstalledError without anywidget, StoreError if the store cannot be used or the coder has no proper name.
    """

    def __init__(
        self,
        articles: Iterable[Article],
        *,
        coder: str,
        store: Path | str,
        suggestions: bool = True,
        codebook: Codebook | Path | str | None = None,
        model: str = DEFAULT_MODEL,
        linear: LinearModel | None = None,
    ) -> None:
        self._page = Page("coding")
        self._store, self._coder = Path(store), check_coder(coder)
        book = codebook if isinstance(codebook, Codebook) else load_codebook(codebook)
        reader, codes = PassageReader(model), CodeDesk(book)
        log = CoderLog(self._store, coder)
        session = CodingSession(tuple(articles), reader, codes, coder, with_suggestions=suggestions)
        adviser = Adviser(book, reader, codes, model=model, linear=linear) if suggestions else None
        self._clerk = Clerk(session, log, lambda: datetime.now(UTC).isoformat(timespec="seconds"), adviser)
        self._page.listen(self._on_message)
        self._show(None)

    def codings(self) -> Codings:
        """What this coder coded so far: `.events` is the event table, `.judged` says which sentences were judged."""
        return read_codings(self._store, coders=[self._coder] if self._clerk.work.sizes else None)

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
