"""What becomes of the codebook's examples when they are coded: which no longer come out as they are written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from whodid.codebook.model import Action, Codebook, Example
from whodid.coder.actions import ActionFinder
from whodid.coder.parse import DEFAULT_MODEL, load_model, parse_texts
from whodid.coder.relation import candidates, relation
from whodid.coder.suggest import Request, Suggester
from whodid.errors import Fault

# What the codebook promises of its own examples; below it, a change of patterns or examples has broken something.
LEAST_ROOT, LEAST_CODE = 0.95, 0.85
_SHOWN = 90


class By(StrEnum):
    """What codes the examples: all that `suggest` asks, or patterns alone, which is what `code` asks."""

    suggest = "suggest"
    patterns = "patterns"


@dataclass(frozen=True, slots=True)
class Outcome:
    """One example or near miss of an action, and the code with which it came out; None for no event."""

    action: Action
    example: Example
    is_near_miss: bool
    said: str | None

    @property
    def is_right(self) -> bool:
        """For an example: the very code. For a near miss: not the code that it is a near miss of."""
        return self.said != self.action.code if self.is_near_miss else self.said == self.example.action


@dataclass(frozen=True, slots=True)
class ExampleReport:
    """The outcomes of all examples and near misses, in the codebook's order."""

    outcomes: tuple[Outcome, ...]

    @property
    def examples(self) -> list[Outcome]:
        return [o for o in self.outcomes if not o.is_near_miss]

    @property
    def near_misses(self) -> list[Outcome]:
        return [o for o in self.outcomes if o.is_near_miss]

    @property
    def root_share(self) -> float:
        """Share of the examples that came out with the right root; 1 if there are none."""
        return _share(o.said is not None and o.said[:2] == o.action.root for o in self.examples)

    @property
    def code_share(self) -> float:
        """Share of the examples that came out with the very code; 1 if there are none."""
        return _share(o.is_right for o in self.examples)

    @property
    def is_kept(self) -> bool:
        """True if the promise holds: enough roots and codes, and no near miss as the thing that it is not."""
        return (
            self.root_share >= LEAST_ROOT
            and self.code_share >= LEAST_CODE
            and all(o.is_right for o in self.near_misses)
        )

    def by_root(self) -> dict[str, tuple[int, float, float]]:
        """For each root: its examples, the share with the right root, the share with the right code."""
        out: dict[str, tuple[int, float, float]] = {}
        for root in sorted({o.action.root for o in self.examples}):
            own = [o for o in self.examples if o.action.root == root]
            roots = _share(o.said is not None and o.said[:2] == root for o in own)
            out[root] = (len(own), roots, _share(o.is_right for o in own))
        return out

    def findings(self) -> list[Fault]:
        """One finding for each example that came out otherwise, with file and line, in the codebook's order."""
        return [_finding(o) for o in self.outcomes if not o.is_right]


def check_examples(
    codebook: Codebook,
    by: By = By.suggest,
    *,
    model: str = DEFAULT_MODEL,
    progress: Callable[[int], None] | None = None,
) -> ExampleReport:
    """Code every example and near miss of a codebook, with its parties as they are marked.

    By.suggest asks the models that come with whodid, which know the examples of its own codebook: a check that nothing
    was lost, not a measure of accuracy. By.patterns asks patterns alone. progress is called with the number done.
    Raises CoderError if the spaCy model is missing.
    """
    listed = [
        (action, example, is_near_miss)
        for action in codebook.actions.values()
        for examples, is_near_miss in ((action.examples, False), (action.near_misses, True))
        for example in examples
    ]
    texts = [example for _, example, _ in listed]
    said = _suggested(texts, codebook, model) if by is By.suggest else _by_patterns(texts, codebook, model)
    out: list[Outcome] = []
    for (action, example, is_near_miss), code in zip(listed, said, strict=True):
        out.append(Outcome(action, example, is_near_miss, code))
        if progress:
            progress(1)
    return ExampleReport(tuple(out))


def _suggested(examples: Sequence[Example], codebook: Codebook, model: str) -> Iterator[str | None]:
    requests = [
        Request(str(number), e.text, tuple(e.spans("actor")), tuple(e.spans("target")))
        for number, e in enumerate(examples)
    ]
    return Suggester(codebook, model).likeliest(requests)


def _by_patterns(examples: Sequence[Example], codebook: Codebook, model: str) -> Iterator[str | None]:
    finder = ActionFinder(codebook)
    for example, doc in zip(examples, parse_texts(load_model(model), [e.text for e in examples]), strict=True):
        between = relation(doc, example.spans("actor"), example.spans("target"))
        found = [action for sentence in doc.sents for action in finder.find(sentence)[0]]
        nearest = candidates(found, between) if between is not None else []
        yield nearest[0].action.code if nearest else None


def _finding(outcome: Outcome) -> Fault:
    example, said = outcome.example, outcome.said
    text = example.text if len(example.text) <= _SHOWN else f"{example.text[: _SHOWN - 3]}..."
    if outcome.is_near_miss:
        instead = example.action or "no event"
        message = f"The near miss of {said} comes out as {said}, not as {instead}: {text}"
        fix = "Make the pattern that fits more specific, or list its wording in patterns/none.yaml."
        return Fault("near-miss-hit", message, fix, example.file, example.line, value=said)
    message = f"The example of {outcome.action.code} comes out as {said or 'no event'}: {text}"
    fix = f"Add its wording to patterns/{outcome.action.root}.yaml, or move it to the code that it is an example of."
    return Fault("example-missed", message, fix, example.file, example.line, value=said)


def _share(hits: Iterable[bool]) -> float:
    listed = list(hits)
    return sum(listed) / len(listed) if listed else 1.0
