"""whodid suggest: ranked action codes for marked sentences."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from whodid.cli.options import CodebookOption, CoderOption, ModelOption


def suggest(
    sentences: Annotated[
        Path, typer.Argument(metavar="IN", help="JSONL, one {id, text, source, target} on each line.")
    ],
    out: Annotated[Path, typer.Option("--out", "-o", help="JSONL file to write: one {id, suggestions} on each line.")],
    top: Annotated[int, typer.Option("--top", min=1, metavar="N", help="Suggestions for each sentence.")] = 5,
    coder: CoderOption = None,
    codebook: CodebookOption = None,
    model: ModelOption = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing but errors.")] = False,
) -> None:
    """Suggest action codes for the sentences in IN, best first, and write them to OUT.

    source and target are the spans of the two parties in characters ([[0, 6]]); without them the main event of the
    sentence is meant. Each suggestion has the action, its PLOVER event, a score from 0 to 1, the words and the reasons.
    """
    import json

    from whodid.atomic import write_text
    from whodid.cli.progress import counting
    from whodid.coder.linear import load_linear
    from whodid.coder.parse import DEFAULT_MODEL
    from whodid.coder.suggest import read_requests
    from whodid.coder.suggest import suggest as suggest_codes

    requests = read_requests(sentences)
    with counting(len(requests), "sentences", is_quiet=quiet) as advance:
        found = suggest_codes(
            requests,
            top=top,
            codebook=codebook,
            model=model or DEFAULT_MODEL,
            linear=load_linear(coder) if coder else None,
            progress=advance,
        )
    write_text(out, "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in found))
    if not quiet:
        typer.echo(f"suggestions for {len(found)} sentences in {out}")
