"""whodid explain: why each row is there."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from whodid.cli.given import articles_given
from whodid.cli.options import CodebookOption, CoderOption, ModelOption, PathsArgument, PublishedOption


def _format(form: str) -> str:
    from whodid.coder.explanation import check_format

    return check_format(form)


def explain(
    paths: PathsArgument,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", metavar="FILE", help="File to write. [default: standard output]")
    ] = None,
    format: Annotated[  # noqa: A002
        str | None,
        typer.Option(
            "--format",
            parser=_format,
            metavar="text|json|html",
            help="text for a shell, json for programs, html for one page. [default: html or json if FILE ends so, else text]",
        ),
    ] = None,
    published: PublishedOption = None,
    codebook: CodebookOption = None,
    model: ModelOption = None,
    coder: CoderOption = None,
    rows_only: Annotated[bool, typer.Option("--rows-only", help="Leave out the predicates that gave no row.")] = False,
) -> None:
    """Say, for each event in PATHS, which words it came from, which rules decided, and where its date is from.

    Exit code 0, also if some articles were set aside; 1 if none could be read or FILE cannot be written.
    """
    from whodid.atomic import write_text
    from whodid.codebook.load import load_codebook
    from whodid.coder.explanation import FORMATS, explain_articles
    from whodid.coder.linear import load_linear
    from whodid.coder.parse import DEFAULT_MODEL

    articles = articles_given(paths, published)
    found = explain_articles(
        articles,
        codebook=load_codebook(codebook),
        model=model or DEFAULT_MODEL,
        linear=load_linear(coder) if coder else None,
        with_skipped=not rows_only,
    )
    ending = out.suffix.lower().removeprefix(".") if out is not None else ""
    text = found.render(format or (ending if ending in FORMATS else "text"))
    text = text if text.endswith("\n") else f"{text}\n"
    if out is None:
        typer.echo(text, nl=False)
        return
    write_text(out, text)
    rows = sum(len(reading.traces) for reading in found.readings)
    typer.echo(f"{rows} events of {len(found.readings)} articles explained in {out}")
