"""What joins two marked spans: the predicates between the words of an actor and the words of a target."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from whodid.coder.modality import is_speech

_PREDICATES = frozenset({"VERB", "AUX", "NOUN", "ADJ"})
_CLAUSES = frozenset({"relcl", "advcl", "parataxis", "csubj"})
# What belongs to a predicate's own meaning although it does not lie between the two spans.
_COMPLEMENTS = frozenset("dobj attr acomp oprd xcomp prt nsubjpass pcomp".split())


@dataclass(frozen=True, slots=True)
class Relation:
    """Two parties of a sentence and what stands between them.

    actor, target: the tokens of the spans (either may be empty). spine: the predicates on the path between the heads
    of the two spans, from the highest to the one next to the target. beside: objects and complements of those,
    outside both spans. links: the prepositions that the path goes through.
    """

    doc: Doc
    actor: frozenset[int]
    target: frozenset[int]
    spine: tuple[Token, ...]
    beside: tuple[tuple[Token, Token], ...]
    links: tuple[str, ...]
    actor_relation: str
    target_relation: str

    @property
    def top(self) -> Token:
        return self.spine[0]

    @property
    def low(self) -> Token:
        return self.spine[-1]


def tokens_in(doc: Doc, spans: Iterable[Sequence[int]]) -> frozenset[int]:
    """The tokens that overlap with spans of characters; punctuation and spaces are left out."""
    found: set[int] = set()
    for start, end in spans:
        for token in doc:
            if token.idx < end and token.idx + len(token) > start and not token.is_punct and not token.is_space:
                found.add(token.i)
    return frozenset(found)


def head_of(doc: Doc, tokens: frozenset[int]) -> Token | None:
    """The word of a span that the others hang on; of several, the first that is no determiner or preposition."""
    if not tokens:
        return None
    tops = [doc[i] for i in sorted(tokens) if doc[i].head.i not in tokens or doc[i].head is doc[i]]
    content = [t for t in tops if t.pos_ in {"NOUN", "PROPN", "PRON", "NUM"}] or [
        t for t in tops if t.pos_ not in {"DET", "ADP"}
    ]
    return (content or tops)[0]


def relate(doc: Doc, actor: frozenset[int], target: frozenset[int], predicate: Token | None = None) -> Relation:
    """The relation between two spans. Without one of them: between the other and the main predicate of its sentence.

    predicate: read the relation as if this were its lowest predicate, whatever stands on the path.
    """
    source, goal = head_of(doc, actor), head_of(doc, target)
    marked = actor | target
    if source is None and goal is None:
        start = predicate if predicate is not None else _main(doc)
        spine = [start]
        path: list[Token] = []
    elif source is None or goal is None:
        one = source if source is not None else goal
        assert one is not None
        path = _path_up(one, None)
        spine = [t for t in reversed(path) if t.pos_ in _PREDICATES and t.i not in marked][-1:] or [one]
    else:
        path, spine = _between(source, goal, actor, target)
    if predicate is not None and predicate not in spine:
        spine = [t for t in spine if t.is_ancestor(predicate)] + [predicate]
    spine = spine or [_clause_head(source or goal or _main(doc))]
    spine = _through_speech(spine, marked)
    links = tuple(
        t.lower_ for t in path if t.dep_ in {"prep", "agent", "dative"} and t.pos_ in {"ADP", "SCONJ", "PART"}
    )
    beside = _beside(spine, marked)
    return Relation(doc, actor, target, tuple(spine), tuple(beside), links, _relation(source), _relation(goal))


def _relation(token: Token | None) -> str:
    if token is None:
        return "none"
    while token.dep_ == "conj" and token.head.pos_ in {"NOUN", "PROPN", "PRON"}:
        token = token.head
    if token.dep_ == "pobj":
        return str(token.head.lower_)
    return str(token.dep_)


def _path_up(token: Token, stop: Token | None) -> list[Token]:
    path: list[Token] = []
    while token.head is not token and token != stop:
        token = token.head
        path.append(token)
    return path


def _between(
    source: Token, goal: Token, actor: frozenset[int], target: frozenset[int]
) -> tuple[list[Token], list[Token]]:
    up = [source, *_path_up(source, None)]
    down = [goal, *_path_up(goal, None)]
    known = {t.i for t in up}
    meeting = next((t for t in down if t.i in known), None)
    if meeting is None:
        # The two spans stand in different sentences: each clause on its own.
        left = [t for t in up if t.pos_ in _PREDICATES and t.i not in actor]
        right = [t for t in down if t.pos_ in _PREDICATES and t.i not in target]
        return down, [*reversed(left[:1]), *reversed(right[:1])]
    rising = up[: up.index(meeting)]
    falling = down[: down.index(meeting)]
    path = [*rising, meeting, *reversed(falling)]
    marked = actor | target
    spine = [meeting, *reversed(falling)]
    spine = [t for t in spine if t.pos_ in _PREDICATES and t.i not in marked and t.dep_ not in {"aux", "auxpass"}]
    climbing = [t for t in rising if t.pos_ in _PREDICATES and t.i not in marked]
    if meeting.i in marked or meeting.pos_ not in {"VERB", "AUX"}:
        # Joined by "and", or one inside the other: what both do is said by the verb above them.
        above = _clause_head(meeting)
        if above.i not in marked and above not in spine:
            spine = [above, *spine]
    return path, [*_merge(spine, climbing)]


def _merge(spine: list[Token], climbing: list[Token]) -> list[Token]:
    """Predicates on the actor's side of the path come between the top and the rest: the actor acts through them."""
    extra = [t for t in reversed(climbing) if t not in spine]
    return [*spine[:1], *extra, *spine[1:]] if spine else extra


def _clause_head(token: Token) -> Token:
    while token.head is not token and token.pos_ not in {"VERB", "AUX"}:
        token = token.head
    return token


def _main(doc: Doc) -> Token:
    """The root of the first sentence, or what it says if it only reports."""
    root = next(t for t in doc if t.head is t)
    while is_speech(root):
        inner = next((c for c in root.children if c.dep_ == "ccomp" and c.pos_ in {"VERB", "AUX"}), None)
        if inner is None:
            return root
        root = inner
    return root


def _through_speech(spine: list[Token], marked: frozenset[int]) -> list[Token]:
    """Go on down where the lowest predicate asks for a verb: "agreed to open", "were accused of plotting"."""
    out = list(spine)
    for _ in range(4):
        low = out[-1]
        below = next(
            (c for c in low.children if c.dep_ == "xcomp" and c.pos_ == "VERB" and c.i not in marked and c not in out),
            None,
        )
        if below is None and is_speech(low):
            below = next(
                (c for c in low.children if c.dep_ == "ccomp" and c.pos_ in {"VERB", "AUX"} and c not in out), None
            )
        if below is None and low.pos_ == "ADJ":
            below = next((c for c in low.children if c.dep_ in {"xcomp", "ccomp"} and c not in out), None)
        if below is None and low.pos_ in {"VERB", "AUX"} and low.lemma_ == "be":
            below = next(
                (c for c in low.children if c.dep_ in {"acomp", "attr"} and c.i not in marked and c not in out), None
            )
        if below is None:
            return out
        out.append(below)
    return out


def _beside(spine: Sequence[Token], marked: frozenset[int]) -> list[tuple[Token, Token]]:
    inside = {t.i for t in spine}
    found: list[tuple[Token, Token]] = []
    for predicate in spine:
        for child in predicate.children:
            if child.i in inside or child.i in marked or child.pos_ in {"PUNCT", "SPACE"}:
                continue
            if child.dep_ in _COMPLEMENTS and child.pos_ != "PRON":
                found.append((predicate, child))
                found += [
                    (predicate, c)
                    for c in child.children
                    if c.dep_ in {"conj", "compound", "amod"}
                    and c.i not in marked
                    and c.i not in inside
                    and c.pos_ != "PROPN"
                ]
                # "imposed a ban on imports": what the object is about.
                found += [
                    (predicate, c)
                    for p in child.children
                    if p.dep_ in {"prep", "prt"}
                    for c in p.children
                    if c.dep_ in {"pobj", "pcomp"}
                    and c.i not in marked
                    and c.i not in inside
                    and c.pos_ in {"NOUN", "VERB"}
                ]
            elif child.dep_ in {"prep", "agent"}:
                found += [
                    (predicate, c)
                    for c in child.children
                    if c.dep_ in {"pobj", "pcomp"}
                    and c.i not in marked
                    and c.i not in inside
                    and c.pos_ in {"NOUN", "VERB"}
                ]
    return found
