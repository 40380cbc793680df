"""What a model is trained on: marked sentences from the codebook's examples, or from a researcher's coded rows."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from whodid.codebook.model import Codebook, Example

# The class of a near miss that holds no event at all.
NO_EVENT = "none"
Spans = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Marked:
    """A sentence with the character spans of its two parties, and the action between them; None if there is none."""

    text: str
    actor: Spans
    target: Spans
    action: str | None


def examples_of(codebook: Codebook) -> list[Marked]:
    """The codebook's examples and near misses in its order; spans are empty where an example does not mark a party."""
    return [
        _marked(example) for action in codebook.actions.values() for example in (*action.examples, *action.near_misses)
    ]


def _marked(example: Example) -> Marked:
    return Marked(example.text, tuple(example.spans("actor")), tuple(example.spans("target")), example.action)


def digest(examples: Iterable[Marked]) -> str:
    """A hash of what a model was trained on, so that a model says whether it is up to date."""
    total = hashlib.sha256()
    for e in examples:
        total.update(repr((e.text, e.actor, e.target, e.action)).encode("utf-8", "surrogatepass"))
    return total.hexdigest()[:16]
