"""Tables and words for the terminal, as several commands print them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd
    from rich.console import Console


WIDTH = 100


def plain_console() -> Console:
    """A console as wide as the terminal, at most 100 columns; 100 where no terminal reads."""
    from rich.console import Console

    console = Console(highlight=False, markup=False)
    width = min(console.width, WIDTH) if console.is_terminal else WIDTH
    return Console(highlight=False, markup=False, width=width)


def print_rows(console: Console, header: list[str], rows: list[list[str]], right_from: int | None = None) -> None:
    """A plain table; the columns from right_from on are numbers, to the right and never broken."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD if console.is_terminal else None, show_edge=False, pad_edge=False)
    for number, name in enumerate(header):
        is_number = right_from is not None and number >= right_from
        table.add_column(name, justify="right" if is_number else "left", header_style="bold", no_wrap=is_number)
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    console.print(table)


def square_lines(table: pd.DataFrame) -> list[str]:
    """The lines of a table of counts with the codes on both sides; 0 is a dot."""
    cells = [["·" if n == 0 else str(n) for n in table.loc[code]] for code in table.index]
    header, names = [str(code) for code in table.columns], [str(code) for code in table.index]
    widths = [max(len(row[i]) for row in [header, *cells]) for i in range(len(header))]
    first = max(map(len, names))
    lines = [("", header), *zip(names, cells, strict=True)]
    return [
        "  ".join([name.ljust(first), *(cell.rjust(width) for cell, width in zip(row, widths, strict=True))])
        for name, row in lines
    ]


def printable(words: str) -> str:
    """Words from files without what a terminal would act on: an escape sequence in one must not reach it."""
    return "".join(letter if letter.isprintable() else "?" for letter in words)
