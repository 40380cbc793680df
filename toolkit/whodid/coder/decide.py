"""What was done between two parties, by all that knows something of it: patterns, linear model, encoder."""

from __future__ import annotations

import hashlib
import math
from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from whodid.codebook.model import Codebook
from whodid.coder.encoder import Encoder
from whodid.coder.linear import LinearModel, load_linear
from whodid.coder.training import NO_EVENT

MODELS = Path(__file__).resolve().parent / "models"
# A code that one model gives no chance is not impossible: the other may know the wording.
_FLOOR = 1e-4
# PLOVER keeps no appeals (02): they go with demands when kinds of actions are compared.
_KINDLESS = {"02": "REQUEST"}

Probabilities = dict[str, float]


@cache
def shipped_linear() -> LinearModel:
    """The linear model that comes with whodid, fitted to its own codebook by `make model`."""
    return load_linear(MODELS / "linear.npz")


@cache
def shipped_encoder() -> Encoder:
    """The encoder that comes with whodid, trained on its own codebook by `make encoder`."""
    return Encoder.load(MODELS / "encoder.npz")


@cache
def encoder_name() -> str:
    """encoder@ and eight digits of the file's hash."""
    return f"encoder@{hashlib.sha256((MODELS / 'encoder.npz').read_bytes()).hexdigest()[:8]}"


def encoded(encoder: Encoder, marked: Sequence[str]) -> list[Probabilities]:
    """The encoder's probability of each code and of no event, for marked sentences (encoder.mark_parties)."""
    roots, codes = encoder.probabilities(marked)
    by_root: dict[str, list[int]] = defaultdict(list)
    for number, code in enumerate(encoder.codes):
        by_root[code if code == NO_EVENT else code[:2]].append(number)
    out: list[Probabilities] = []
    for root_row, code_row in zip(roots, codes, strict=True):
        one: Probabilities = {}
        for number, root in enumerate(encoder.roots):
            inside = by_root[root]
            total = float(code_row[inside].sum()) or 1.0
            one.update({encoder.codes[i]: float(root_row[number] * code_row[i] / total) for i in inside})
        out.append(one)
    return out


def together(first: Probabilities, second: Probabilities) -> Probabilities:
    """The geometric mean of two models' probabilities, made to sum to 1: both must find a code likely."""
    raw = {c: math.sqrt((first.get(c, 0.0) + _FLOOR) * (second.get(c, 0.0) + _FLOOR)) for c in {*first, *second}}
    total = sum(raw.values())
    return {code: raw[code] / total for code in sorted(raw)}


def kind_of(codebook: Codebook, code: str) -> str:
    """The PLOVER event of a code, with concessions and retreats as one; the root where PLOVER has none."""
    found = codebook.plover_of(code)
    if found is None or not found.event or found.event in {"CONCEDE", "RETREAT"}:
        return _KINDLESS.get(code[:2], code[:2])
    return found.event


def ranked(probabilities: Probabilities, codebook: Codebook) -> list[tuple[str, float]]:
    """Codes with their probabilities, the codes of the likeliest kind of action first; no event is left out.

    Two sub-codes that share what speaks for their kind must not lose to a single code of another kind, so kinds are
    compared before codes.
    """
    kinds: dict[str, float] = defaultdict(float)
    for code, p in probabilities.items():
        if code != NO_EVENT:
            kinds[kind_of(codebook, code)] += p
    if not kinds:
        return []
    first = max(sorted(kinds), key=lambda kind: kinds[kind])
    codes = [(code, p) for code, p in probabilities.items() if code != NO_EVENT]
    return sorted(codes, key=lambda one: (kind_of(codebook, one[0]) != first, -one[1], one[0]))


def likeliest(probabilities: Probabilities, codebook: Codebook) -> str | None:
    """The first of the ranked codes; None if no event is likelier than any kind of action."""
    kinds: dict[str, float] = defaultdict(float)
    for code, p in probabilities.items():
        if code != NO_EVENT:
            kinds[kind_of(codebook, code)] += p
    if not kinds or probabilities.get(NO_EVENT, 0.0) > max(kinds.values()):
        return None
    return ranked(probabilities, codebook)[0][0]
