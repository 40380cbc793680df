"""Which code a row gets when patterns propose one and a model knows the odds of all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from whodid.coder.actions import Action
from whodid.coder.features import features
from whodid.coder.linear import LinearModel
from whodid.coder.parsed import Span
from whodid.coder.relation import Relation, candidates
from whodid.coder.training import NO_EVENT

# The model must be this sure that nothing happened, or this many times surer of another code, to overrule a pattern.
_NOTHING, _SURER = 0.6, 2.0
_SHOWN = 4


@dataclass(frozen=True, slots=True)
class Choice:
    """The code that a row gets, None for no event; what the model would have said next, and why."""

    code: str | None
    steps: tuple[str, ...] = ()
    alternatives: tuple[tuple[str, float], ...] = ()
    evidence: tuple[tuple[str, float], ...] = ()


def choose(action: Action, found: Sequence[Action], actor: Span, target: Span, model: LinearModel) -> Choice:
    """The pattern's code, unless the model finds another one or no event much likelier between these parties."""
    between = Relation(action.head.doc, tuple(actor), tuple(target))
    seen = features(between, candidates(found, between))
    p = model.probabilities(seen)
    own = p.get(action.code, 0.0)
    ordered = sorted(((c, round(v, 3)) for c, v in p.items()), key=lambda one: (-one[1], one[0]))
    nothing = p.get(NO_EVENT, 0.0)
    best = max((c for c in sorted(p) if c != NO_EVENT), key=lambda c: p[c], default=action.code)
    code: str | None = action.code
    steps: tuple[str, ...] = ()
    if nothing > _NOTHING:
        code = None
    elif best[:2] != action.code[:2] and p[best] > _SURER * own and p[best] > nothing:
        code, steps = best, (f"{model.name} gives {best} a chance of {p[best]:.0%}, {action.code} one of {own:.0%}",)
    others = tuple(one for one in ordered if one[0] not in {code, NO_EVENT})[:_SHOWN]
    return Choice(code, steps, others, model.evidence(seen, code or NO_EVENT))
