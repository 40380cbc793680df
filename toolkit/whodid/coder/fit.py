"""Fitting the linear model to marked sentences, and measuring it on sentences that it was not fitted to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from spacy.language import Language

from whodid.codebook.model import Codebook
from whodid.coder.actions import ActionFinder
from whodid.coder.features import Features, features
from whodid.coder.linear import Layer, LinearModel
from whodid.coder.parse import parse_texts
from whodid.coder.relation import candidates, relation
from whodid.coder.training import NO_EVENT, Marked, digest
from whodid.errors import CoderError

# How strongly weights are held back; chosen on the codebook's examples by cross-validation (docs/accuracy.md).
_ROOT_STRENGTH, _CODE_STRENGTH = 0.15, 0.5
# A feature that a single sentence has says nothing of others.
_COMMONEST = 2
FOLDS = 5


@dataclass(frozen=True, slots=True)
class Held:
    """What a model said of sentences that it was not fitted to: shares of right roots and codes, and of how many.

    by_root: for each gold root the number of sentences and the F1 of the root.
    """

    sentences: int
    root_accuracy: float
    root_macro_f1: float
    code_accuracy: float
    by_root: dict[str, tuple[int, float]]


def read_features(
    marked: Sequence[Marked], codebook: Codebook, nlp: Language, progress: Callable[[int], None] | None = None
) -> list[Features | None]:
    """The features of each marked sentence; None where a party is not marked."""
    finder = ActionFinder(codebook)
    out: list[Features | None] = []
    for one, doc in zip(marked, parse_texts(nlp, [m.text for m in marked]), strict=True):
        between = relation(doc, one.actor, one.target)
        if between is None:
            out.append(None)
        else:
            found = [action for sentence in doc.sents for action in finder.find(sentence)[0]]
            out.append(features(between, candidates(found, between)))
        if progress:
            progress(1)
    return out


def fit(marked: Sequence[Marked], read: Sequence[Features | None]) -> LinearModel:
    """A model of the actions of marked sentences, from their features (read_features). Deterministic.

    Sentences without features are left out; action None teaches what is no event.
    Raises CoderError if fewer than two roots are there to be told apart.
    """
    pairs = [(m.action or NO_EVENT, f) for m, f in zip(marked, read, strict=True) if f is not None]
    if len({_root(code) for code, _ in pairs}) < 2:
        fix = "Give sentences of two or more action roots, with their words' offsets."
        raise CoderError("There is nothing to tell apart.", fix=fix, rule="too-little-to-train")
    counts = Counter(name for _, found in pairs for name in found)
    vocabulary = sorted(name for name, n in counts.items() if n >= _COMMONEST and "\n" not in name)
    place = {name: number for number, name in enumerate(vocabulary)}
    roots = _fit_layer([f for _, f in pairs], [_root(code) for code, _ in pairs], place, _ROOT_STRENGTH)
    codes: dict[str, Layer] = {}
    for root in sorted({_root(code) for code, _ in pairs} - {NO_EVENT}):
        inside = [(code, found) for code, found in pairs if _root(code) == root]
        codes[root] = _fit_layer([f for _, f in inside], [code for code, _ in inside], place, _CODE_STRENGTH)
    return LinearModel(vocabulary, roots, codes, digest(marked))


def cross_validate(
    marked: Sequence[Marked],
    read: Sequence[Features | None],
    folds: int = FOLDS,
    also: Sequence[tuple[Marked, Features | None]] = (),
) -> Held:
    """What the model says of each sentence when fitted to the others: every folds-th sentence is held out in turn.

    Only sentences with an action count. also: sentences that every fold is fitted to and none is measured on.
    """
    gold: list[str] = []
    said: list[str] = []
    for fold in range(folds):
        train = [(m, f) for i, (m, f) in enumerate(zip(marked, read, strict=True)) if i % folds != fold] + list(also)
        model = fit([m for m, _ in train], [f for _, f in train])
        for i, (m, f) in enumerate(zip(marked, read, strict=True)):
            if i % folds == fold and f is not None and m.action is not None:
                p = model.probabilities(f)
                gold.append(m.action)
                said.append(best_code(p))
    return held(gold, said)


def best_code(probabilities: dict[str, float]) -> str:
    """The likeliest code of the likeliest root, no event left aside."""
    by_root: Counter[str] = Counter()
    for code, p in probabilities.items():
        if code != NO_EVENT:
            by_root[_root(code)] += p  # type: ignore[assignment]
    root = max(sorted(by_root), key=lambda r: by_root[r])
    return max((c for c in sorted(probabilities) if _root(c) == root), key=lambda c: probabilities[c])


def held(gold: Sequence[str], said: Sequence[str]) -> Held:
    """Accuracy of codes and roots, and macro F1 of roots, of what was said against gold codes."""
    n = len(gold)
    right = Counter(g[:2] for g, s in zip(gold, said, strict=True) if g[:2] == s[:2])
    in_gold, in_said = Counter(g[:2] for g in gold), Counter(s[:2] for s in said)
    by_root = {r: (in_gold[r], 2 * right[r] / (in_gold[r] + in_said[r])) for r in sorted(in_gold)}
    return Held(
        n,
        sum(right.values()) / n if n else 0.0,
        sum(f for _, f in by_root.values()) / len(by_root) if by_root else 0.0,
        sum(g == s for g, s in zip(gold, said, strict=True)) / n if n else 0.0,
        by_root,
    )


def _root(code: str) -> str:
    return code if code == NO_EVENT else code[:2]


def _fit_layer(found: Iterable[Features], labels: Sequence[str], place: dict[str, int], strength: float) -> Layer:
    kinds = sorted(set(labels))
    rows, columns, values = [], [], []
    for number, one in enumerate(found):
        for name, value in one.items():
            if name in place:
                rows.append(number)
                columns.append(place[name])
                values.append(value)
    used = sorted(set(columns))
    if len(kinds) == 1:
        zeros = np.zeros((0, 1), dtype=np.float32)
        return Layer((kinds[0],), np.zeros(0, dtype=np.int64), zeros, np.zeros(1, dtype=np.float32))
    inside = {column: number for number, column in enumerate(used)}
    matrix = csr_matrix((values, (rows, [inside[c] for c in columns])), shape=(len(labels), len(used)))
    # Two labels make scikit-learn fit one column of weights; we keep one column for each label.
    solver = LogisticRegression(C=strength, max_iter=300).fit(matrix, np.array(labels))
    weights, biases = solver.coef_.T, solver.intercept_
    if len(kinds) == 2:
        weights, biases = np.concatenate([-weights, weights], axis=1) / 2, np.array([-biases[0], biases[0]]) / 2
    rows_used = np.array(used, dtype=np.int64)
    return Layer(tuple(kinds), rows_used, weights.astype(np.float32), biases.astype(np.float32))
