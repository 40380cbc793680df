"""The articles that a command was given: which could not be read is said, and none at all is an error."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from whodid.articles.model import Article, ArticleSet, Refused


def say_set_aside(refused: Iterable[Refused]) -> None:
    """A line for each article that could not be read: the reason, and the fix."""
    for item in refused:
        typer.echo(f"whodid: set aside: {item.fault}", err=True)


def check_any(n_articles: int, n_refused: int, where: str = "above") -> None:
    """Raises ArticleError if no article could be read; where: where the reasons stand."""
    from whodid.errors import ArticleError

    if not n_articles:
        message = f"None of the {n_refused} articles could be read."
        raise ArticleError(message, fix=f"The reasons are {where}.", rule="no-articles")


def articles_given(paths: Sequence[Path], published: str | None) -> ArticleSet:
    """The articles in some paths. Raises ArticleError if none could be read."""
    from whodid.articles.read import read_articles

    articles = read_articles(paths, published=published)
    say_set_aside(articles.refused)
    check_any(len(articles), len(articles.refused))
    return articles


def check_assignment(assignment: Path | None, coder: str | None) -> None:
    """Raises UsageError if an assignment comes without a coder, or a coder without an assignment."""
    from whodid.errors import UsageError

    if (assignment is None) != (coder is None):
        fix = "Give both to take a coder's own articles, or neither to take all."
        raise UsageError("--assignment and --coder belong together.", fix=fix, rule="bad-options")


def assigned(articles: ArticleSet, assignment: Path | None, coder: str | None) -> Sequence[Article]:
    """The articles that an assignment gives a coder, in their order; all of them without one."""
    from whodid.annotation.assignment_files import assigned_to

    return articles.articles if assignment is None or coder is None else assigned_to(articles, assignment, coder)
