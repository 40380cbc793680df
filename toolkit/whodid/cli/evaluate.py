"""whodid evaluate: precision, recall and F1 of codings against a gold standard."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from whodid.cli.options import CodebookOption

_SHOWN = ["article_id", "sentence", "date", "actor", "action", "target", "actor_text", "action_text", "target_text"]


def evaluate(
    coded: Annotated[Path, typer.Argument(help="Event file to score.")],
    gold: Annotated[Path, typer.Argument(help="Event file that counts as right.")],
    codebook: CodebookOption = None,
    misses: Annotated[
        Path | None, typer.Option("--misses", help="CSV file for the missed, wrong and extra rows.")
    ] = None,
) -> None:
    """Score the events in CODED against those in GOLD, by part (actor, action, target, date) and level."""
    import pandas as pd

    from whodid.atomic import write_text
    from whodid.codebook.load import load_codebook
    from whodid.events.files import read_events
    from whodid.reliability.evaluate import evaluate as score

    result = score(read_events(coded), read_events(gold), load_codebook(codebook))
    typer.echo(result.scores.to_string(index=False, na_rep="-"))
    typer.echo(f"\nmissed {len(result.missed)}, wrong {len(result.wrong)}, extra {len(result.extra)}")
    if misses is not None:
        kinds = {"missed": result.missed, "wrong": result.wrong, "extra": result.extra}
        rows = pd.concat([frame.assign(kind=kind) for kind, frame in kinds.items()], ignore_index=True)
        gold_columns = [name for name in rows.columns if str(name).startswith("gold_")]
        write_text(misses, rows[["kind", *_SHOWN, *gold_columns]].to_csv(index=False, lineterminator="\n"))
        typer.echo(f"rows in {misses}")
