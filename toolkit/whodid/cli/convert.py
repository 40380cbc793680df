"""whodid convert: files of the field's other datasets in, imported events out."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from whodid.cli.options import CodebookOption


def convert(
    form: Annotated[str, typer.Argument(metavar="FORMAT", help="gdelt, icews, phoenix, polecat or keds.")],
    files: Annotated[list[Path], typer.Argument(metavar="FILES", help="Their files, as published; also .gz and .zip.")],
    out: Annotated[Path, typer.Option("--out", "-o", help="File to write: .parquet, .csv or .jsonl.")],
    refused: Annotated[
        Path | None, typer.Option("--refused", help="CSV file for rows that give no event. [default: OUT.refused.csv]")
    ] = None,
    codebook: CodebookOption = None,
) -> None:
    """Convert FILES of another dataset to a table of imported events, and list every row that gives none.

    Imported events have codes and dates, and no words or offsets: nothing is made up. validate, summarize, oneaday and
    aggregate take them. Large files are read bit by bit. Exit code 0; 1 if no row could be converted or written.
    """
    from whodid.codebook.load import load_codebook
    from whodid.errors import ConversionError
    from whodid.interop.write import convert_to_file

    aside = refused or out.with_name(f"{out.name}.refused.csv")
    counts = convert_to_file(form, files, out, refused=aside, codebook=load_codebook(codebook))
    for count in counts:
        reasons = ", ".join(f"{rule} {number:,}" for rule, number in sorted(count.refused.items()))
        tail = f" ({reasons})" if reasons else ""
        windows = f"; {count.windows_lines:,} lines were Windows-1252" if count.windows_lines else ""
        number = sum(count.refused.values())
        typer.echo(
            f"{count.path.name}: {count.rows:,} rows, {count.converted:,} converted, {number:,} refused{tail}{windows}"
        )
    converted, rows = sum(count.converted for count in counts), sum(count.rows for count in counts)
    if rows and not converted:
        fix = f"The reasons are in {aside}."
        raise ConversionError(f"None of the {rows:,} rows could be converted.", fix=fix, rule="nothing-converted")
    typer.echo(f"{converted:,} events in {out}; refused rows in {aside}")
