"""whodid codings: a store of hand codings as an event table."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from whodid.cli.options import CodebookOption


def codings(
    store: Annotated[Path, typer.Argument(metavar="STORE", help="Folder that the coding widget saves to.")],
    out: Annotated[Path, typer.Option("--out", "-o", help="File to write: .parquet, .csv or .jsonl.")],
    coders: Annotated[
        list[str] | None, typer.Option("--coder", metavar="NAME", help="Only this coder's; may be given several times.")
    ] = None,
    codebook: CodebookOption = None,
) -> None:
    """Write the codings in STORE to OUT, and beside it who judged which sentence (events.judged.csv for events.csv).

    Damaged lines are named and the others are written. Exit code 0; 1 if lines are damaged or nothing could be written.
    """
    from whodid.annotation.codings import read_codings, write_codings
    from whodid.codebook.load import load_codebook
    from whodid.events.files import check_ending

    check_ending(out)
    found = read_codings(store, coders=coders)
    book = load_codebook(codebook)
    events, judged = write_codings(found, out, codebook=book.label, codebook_hash=book.hash)
    names = ", ".join(sorted(set(found.judged["coder"]))) or "nobody"
    typer.echo(f"{len(found.events)} events in {events}, {len(found.judged)} judged sentences in {judged}, by {names}")
    if found.n_cut_off:
        what = "line that was" if found.n_cut_off == 1 else "lines that were"
        typer.echo(f"whodid: left out {found.n_cut_off} {what} cut off before anybody was told it was saved", err=True)
    for fault in found.faults:
        typer.echo(f"whodid: {fault}", err=True)
    if found.faults:
        raise typer.Exit(1)
