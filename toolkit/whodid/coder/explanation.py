"""From articles to their explanation in one call, and the forms in which it is read: text, JSON, a page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from html import escape
from pathlib import Path

from whodid.articles.model import Article
from whodid.codebook.load import load_codebook
from whodid.codebook.model import Codebook
from whodid.coder.code import read_all
from whodid.coder.explain import explain
from whodid.coder.explain_html import explain_html
from whodid.coder.explain_json import explain_json
from whodid.coder.linear import LinearModel
from whodid.coder.parse import DEFAULT_MODEL
from whodid.coder.reading import Reading
from whodid.errors import UsageError

FORMATS = ("text", "json", "html")


@dataclass(frozen=True)
class Explanation:
    """Why the rows of some articles are there; a notebook shows it as a page, print as text.

    readings: what the coder made of each article, in order of their ids. with_skipped: whether the forms also tell
    what gave no row.
    """

    readings: tuple[Reading, ...] = field(repr=False)
    codebook: Codebook = field(repr=False)
    with_skipped: bool = True

    def text(self) -> str:
        """For people, in a shell: see explain."""
        return explain(self.readings, self.codebook, with_skipped=self.with_skipped)

    def json(self) -> str:
        """For programs: see explain_json and explanation_records for the keys."""
        return explain_json(self.readings, self.codebook, with_skipped=self.with_skipped)

    def html(self) -> str:
        """One self-contained page: see explain_html."""
        return explain_html(self.readings, self.codebook, with_skipped=self.with_skipped)

    def render(self, form: str) -> str:
        """The form of that name: text, json or html. Raises UsageError for another."""
        check_format(form)
        return {"text": self.text, "json": self.json, "html": self.html}[form]()

    def __str__(self) -> str:
        return self.text()

    def _repr_html_(self) -> str:
        # In a frame of its own: the page's styles must not reach the notebook around it.
        style = "width:100%;height:38rem;border:0;resize:vertical;overflow:auto"
        return f'<iframe sandbox title="Explanation" style="{style}" srcdoc="{escape(self.html())}"></iframe>'


def explain_articles(
    articles: Iterable[Article],
    *,
    codebook: Codebook | Path | str | None = None,
    model: str = DEFAULT_MODEL,
    linear: LinearModel | None = None,
    with_skipped: bool = True,
) -> Explanation:
    """Code some articles and say why each row is there: wd.explain_articles(wd.read_articles("article.md")).

    codebook: a loaded one, its folder, or None for whodid's own. with_skipped: also what gave no row, and which actors
    are unknown. Raises CodebookError if the codebook is broken, CoderError if the spaCy model is missing.
    """
    book = codebook if isinstance(codebook, Codebook) else load_codebook(codebook)
    return Explanation(tuple(read_all(articles, codebook=book, model=model, linear=linear)), book, with_skipped)


def check_format(form: str) -> str:
    """The name of a form as given. Raises UsageError if there is no such form."""
    if form not in FORMATS:
        fix = f"Give one of {', '.join(FORMATS[:-1])} and {FORMATS[-1]}."
        raise UsageError(f"{form!r} is no format of an explanation.", fix=fix, value=form, rule="bad-format")
    return form
