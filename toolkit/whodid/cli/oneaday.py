"""whodid oneaday: several reports of one event on one day become one row."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def oneaday(
    path: Annotated[Path, typer.Argument(help="Events: a .parquet, .csv or .jsonl file, or a folder of these.")],
    out: Annotated[Path, typer.Option("--out", "-o", help="File to write: .parquet, .csv or .jsonl.")],
    by_coder: Annotated[bool, typer.Option("--by-coder", help="Keep the codings of several coders apart.")] = False,
) -> None:
    """Keep one row for each date, actor, action and target, and write which ids and publishers it stands for.

    The result is an event table, with the columns merged_ids and merged_publishers. Takes coded and imported events.
    """
    from whodid.events.files import check_ending, event_paths, open_events, read_events, write_events
    from whodid.events.one_a_day import one_a_day

    check_ending(out)
    events = read_events(path, imported=True)
    files = event_paths(path)
    # Of a folder, the files may come from several codebooks; of one file, what it says stays true.
    said = open_events(files[0]).metadata if len(files) == 1 else {}
    kept = one_a_day(events, by_coder=by_coder)
    named = {key: said.get(key, "") for key in ("codebook", "codebook_hash", "coder")}
    write_events(kept, out, **named)
    typer.echo(f"{len(kept):,} of {len(events):,} events in {out}, one for each date, actor, action and target")
