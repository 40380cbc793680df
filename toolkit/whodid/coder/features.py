"""What the model sees of a relation: words by the place they have between actor and target, modality, and patterns."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from whodid.coder.actions import Action, ActionFinder, NoAction
from whodid.coder.composition import governor
from whodid.coder.modality import modality
from whodid.coder.participants import is_passive
from whodid.coder.patterns import lemma_of
from whodid.coder.relation import Relation

_CONTENT = frozenset({"VERB", "NOUN", "ADJ", "ADV"})
# Ranks above this say that a span only touches an action from afar.
_FAR = 9


def features(relation: Relation, finder: ActionFinder, found: list[Action | NoAction]) -> dict[str, float]:
    """The features of a relation, by name. found: what the finder made of the sentence, actions and refusals."""
    out: dict[str, float] = {}
    _words(relation, out)
    _manner(relation, finder, out)
    _parties(relation, out)
    _context(relation, out)
    _patterns(relation, finder, found, out)
    return out


def _words(relation: Relation, out: dict[str, float]) -> None:
    spine = relation.spine
    low, top = relation.low, relation.top
    for token in spine:
        lemma = lemma_of(token)
        out[f"p={lemma}"] = 1.0
        out[f"st={lemma[:5]}"] = 0.7
        _add(out, f"w={lemma}", 1.0)
    out[f"low={lemma_of(low)}"] = 1.0
    out[f"top={lemma_of(top)}"] = 0.7
    for first, second in zip(spine, spine[1:], strict=False):
        out[f"pp={lemma_of(first)}>{lemma_of(second)}"] = 1.0
    for predicate, word in relation.beside:
        lemma = lemma_of(word)
        _add(out, f"o={lemma}", 1.0)
        _add(out, f"p={lemma}", 0.5)
        _add(out, f"w={lemma}", 1.0)
        out[f"po={lemma_of(predicate)}>{lemma}"] = 1.0
        out[f"st={lemma[:5]}"] = 0.7
        if word.dep_ == "prt":
            out[f"pv={lemma_of(predicate)}_{lemma}"] = 1.0
    for link in relation.links:
        out[f"link={link}"] = 0.7
        out[f"pl={lemma_of(low)}+{link}"] = 1.0
    for token in spine:
        for child in token.children:
            if child.dep_ in {"prep", "agent", "dative"} and child.pos_ in {"ADP", "SCONJ", "PART"}:
                out[f"pprep={lemma_of(token)}+{child.lower_}"] = 0.7


def _manner(relation: Relation, finder: ActionFinder, out: dict[str, float]) -> None:
    for name, token in (("top", relation.top), ("low", relation.low)):
        how = modality(token)
        for flag in ("is_negated", "is_future", "is_obligation", "is_possible", "is_condition"):
            if getattr(how, flag):
                out[f"{name}:{flag}"] = 1.0
                out[f"any:{flag}"] = 1.0
        if token.pos_ in {"VERB", "AUX"} and is_passive(token):
            out[f"{name}:passive"] = 0.5
        out[f"{name}:pos={token.pos_}"] = 0.5
    if len(relation.spine) > 2:
        for token in relation.spine[1:-1]:
            how = modality(token)
            for flag in ("is_negated", "is_future", "is_obligation"):
                if getattr(how, flag):
                    out[f"any:{flag}"] = 1.0
    for token in (*relation.spine, *(word for _, word in relation.beside)):
        for name, _ in finder.operators.at(token)[:1]:
            out[f"op={name}"] = 1.0
    above = governor(relation.top)
    if above is not None:
        out[f"gov={lemma_of(above)}"] = 0.7
        for name, _ in finder.operators.at(above)[:1]:
            out[f"govop={name}"] = 1.0


def _parties(relation: Relation, out: dict[str, float]) -> None:
    doc = relation.doc
    out[f"arel={relation.actor_relation}"] = 0.5
    out[f"trel={relation.target_relation}"] = 0.5
    for name, tokens in (("a", relation.actor), ("t", relation.target)):
        for i in tokens:
            token = doc[i]
            if token.pos_ in {"NOUN", "VERB", "ADJ"} and not token.is_stop:
                out[f"{name}w={lemma_of(token)}"] = 0.6
                _add(out, f"w={lemma_of(token)}", 0.4)
            elif token.pos_ == "PROPN" and lemma_of(token) in _TITLES:
                out[f"{name}w={lemma_of(token)}"] = 0.6
        out[f"{name}:named={any(doc[i].pos_ == 'PROPN' for i in tokens)}"] = 0.3
    if relation.actor and relation.target:
        out[f"order={min(relation.actor) < min(relation.target)}"] = 0.3


_TITLES = frozenset(
    "ambassador army authority commission committee coalition council court force forces government guard judge "
    "military minister ministry navy organization parliament police president prosecutor protester rebel security "
    "senate soldier spokesman troop troops union".split()
)


def _context(relation: Relation, out: dict[str, float]) -> None:
    doc = relation.doc
    marked = relation.actor | relation.target
    clause = clause_tokens(relation)
    for token in clause:
        if token.i not in marked and token.pos_ in _CONTENT and not token.is_stop:
            _add(out, f"w={lemma_of(token)}", 0.4)
    if relation.actor and relation.target:
        first, last = sorted((min(relation.actor), min(relation.target)))
        stop = max(i for i in (relation.actor if first in relation.actor else relation.target))
        between = [doc[i] for i in range(min(stop + 1, last), last) if i not in marked]
        if len(between) <= 12:
            for token in between:
                if token.is_alpha and token.pos_ != "PROPN":
                    out[f"b={lemma_of(token)}"] = 0.5
            for one, two in zip(between, between[1:], strict=False):
                if one.is_alpha and two.is_alpha:
                    out[f"bb={lemma_of(one)}_{lemma_of(two)}"] = 0.5


def clause_tokens(relation: Relation) -> list[Token]:
    """The words of the clauses of the spine, without the clauses that hang on them sideways."""
    inside = {t.i for t in relation.spine}
    out: list[Token] = []
    seen: set[int] = set()
    stack = list(relation.spine)
    while stack:
        token = stack.pop()
        if token.i in seen:
            continue
        seen.add(token.i)
        out.append(token)
        for child in token.children:
            if child.i in inside or child.dep_ in {"relcl", "advcl", "parataxis", "mark", "appos"}:
                continue
            if child.dep_ == "conj" and child.pos_ in {"VERB", "AUX"}:
                continue
            if child.dep_ == "ccomp" and token.i not in inside:
                continue
            stack.append(child)
    return sorted(out, key=lambda t: t.i)


def _patterns(
    relation: Relation, finder: ActionFinder, found: list[Action | NoAction], out: dict[str, float]
) -> None:
    tokens = {t.i for t in relation.spine} | {w.i for _, w in relation.beside}
    best: tuple[float, str] | None = None
    for action in found:
        if isinstance(action, NoAction):
            if action.head.i in tokens:
                out["noact"] = 1.0
            continue
        fit = fit_of(action, relation)
        near = action.head.i in tokens or any(w.i in tokens for w in action.words)
        if not near and fit >= _FAR:
            continue
        strength = 1.0 if fit <= 3 and near else 0.6 if near else 0.3
        for length in {2, 3, len(action.code)}:
            _max(out, f"act={action.code[:length]}", strength)
        ranked = (fit - (3 if near else 0) - action.weight / 2, action.code)
        if best is None or ranked < best:
            best = ranked
    if best is not None:
        for length in {2, 3, len(best[1])}:
            out[f"best={best[1][:length]}"] = 1.0
    else:
        out["best=none"] = 1.0
    for token in [*relation.spine, *(word for _, word in relation.beside)]:
        for match in finder.patterns.match(token)[:2]:
            _max(out, f"pat={match.code}", 0.7)
            _max(out, f"pat={match.code[:2]}", 0.7)


def fit_of(action: Action, relation: Relation) -> int:
    """How closely an action joins the two spans: 0 if they are its actor and its target, 9 and more if it does not."""
    straight = _rank(action.actors, relation.actor) + _rank(action.targets, relation.target)
    crossed = 3 + _rank(action.targets, relation.actor) + _rank(action.actors, relation.target)
    return min(straight, crossed)


def _rank(participants: tuple, tokens: frozenset[int]) -> int:  # type: ignore[type-arg]
    return min((p.rank for p in participants if p.token.i in tokens), default=_FAR)


def _add(out: dict[str, float], name: str, value: float) -> None:
    out[name] = min(1.5, out.get(name, 0.0) + value)


def _max(out: dict[str, float], name: str, value: float) -> None:
    out[name] = max(out.get(name, 0.0), value)


def found_in(doc: Doc, finder: ActionFinder) -> list[Action | NoAction]:
    """All that the patterns find in a text, actions and refusals."""
    out: list[Action | NoAction] = []
    for sentence in doc.sents:
        actions, refused = finder.find(sentence)
        out += [*actions, *refused]
    return out
