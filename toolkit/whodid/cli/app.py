"""The command line: which commands there are, and the one place where an error becomes a line and an exit code."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from whodid import __version__
from whodid.cli import (
    adjudicate,
    aggregate,
    agree,
    assign,
    code,
    codebook,
    codings,
    convert,
    diff,
    evaluate,
    exchange,
    expectations,
    explain,
    init,
    oneaday,
    release,
    sheet,
    suggest,
    summarize,
    train,
    validate,
    verify,
)
from whodid.errors import WhodidError

# Of a file with thousands of faults the first ones tell what is wrong.
_SHOWN = 50

app = typer.Typer(
    name="whodid",
    help="Who did what to whom, and when: code articles into events, validate them, summarise them.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.command(name="init")(init.init)
app.command(name="code")(code.code)
app.command(name="explain")(explain.explain)
app.command(name="suggest")(suggest.suggest)
app.command(name="train")(train.train)
app.command(name="codings")(codings.codings)
app.command(name="adjudicate")(adjudicate.adjudicate)
app.command(name="evaluate")(evaluate.evaluate)
app.command(name="convert")(convert.convert)
app.command(name="validate")(validate.validate)
app.command(name="summarize")(summarize.summarize)
app.command(name="release")(release.release)
app.command(name="verify")(verify.verify)
app.command(name="diff")(diff.diff)
app.command(name="oneaday")(oneaday.oneaday)
app.command(name="aggregate")(aggregate.aggregate)
app.add_typer(expectations.app, name="expectations")
app.command(name="agree")(agree.agree)
app.add_typer(assign.app, name="assign")
app.add_typer(codebook.app, name="codebook")
app.add_typer(sheet.app, name="sheet")
app.add_typer(exchange.app, name="annotations")


def _version(is_asked: bool) -> None:
    if is_asked:
        typer.echo(f"whodid {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and stop.")
    ] = False,
) -> None:
    """Who did what to whom, and when."""


def main() -> None:
    """Run the command line. Our own errors become sentences on stderr and exit code 1; others keep their traceback."""
    try:
        app()
    except WhodidError as error:
        for fault in error.faults[:_SHOWN]:
            typer.echo(f"whodid: {fault}", err=True)
        if len(error.faults) > _SHOWN:
            typer.echo(f"whodid: and {len(error.faults) - _SHOWN} more faults", err=True)
        sys.exit(getattr(error, "exit_code", 1))
