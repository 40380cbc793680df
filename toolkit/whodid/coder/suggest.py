"""Ranked action codes for sentences with marked parties: what hand coders are offered, and how accuracy is measured."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from whodid.codebook.load import load_codebook
from whodid.codebook.model import Codebook
from whodid.coder.actions import Action, ActionFinder
from whodid.coder.decide import Probabilities, encoded, likeliest, ranked, shipped_encoder, shipped_linear, together
from whodid.coder.encoder import mark_parties
from whodid.coder.features import Features, features
from whodid.coder.linear import LinearModel
from whodid.coder.parse import DEFAULT_MODEL, load_model, parse_texts
from whodid.coder.parsed import Doc, Token
from whodid.coder.participants import Participant
from whodid.coder.relation import Candidate, Relation, candidates, relation
from whodid.errors import ArticleError, Fault, UsageError

TOP = 5
_BATCH = 64


@dataclass(frozen=True, slots=True)
class Request:
    """A sentence to code: source and target are lists of character spans, half open; both empty for its main event."""

    id: str
    text: str
    source: tuple[tuple[int, int], ...] = ()
    target: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An action code, its PLOVER event (None where PLOVER has none), a probability, the words that say it, and why."""

    action: str
    plover: str | None
    score: float
    words: str
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Read:
    """What was read in one sentence: its parties, what patterns propose, what the models saw and make of it."""

    between: Relation
    proposed: list[Candidate]
    seen: Features
    probabilities: Probabilities


class Suggester:
    """Suggests action codes with one codebook and model.

    linear: None for the model that comes with whodid, with which the encoder is asked too; a researcher's own model
    decides alone, since the encoder knows only whodid's codebook.
    """

    def __init__(self, codebook: Codebook, model: str = DEFAULT_MODEL, linear: LinearModel | None = None) -> None:
        self.codebook = codebook
        self._nlp = load_model(model)
        self._finder = ActionFinder(codebook)
        self._linear = linear or shipped_linear()
        self._encoder = shipped_encoder() if linear is None else None

    def suggest(self, requests: Sequence[Request], top: int = TOP) -> Iterator[list[Suggestion]]:
        """The suggestions for each sentence, best first; empty where the sentence has no word that could act."""
        for at in range(0, len(requests), _BATCH):
            yield from self._batch(requests[at : at + _BATCH], top)

    def likeliest(self, requests: Sequence[Request]) -> Iterator[str | None]:
        """The likeliest code of each sentence; None where no event is likelier, or no word could act."""
        for at in range(0, len(requests), _BATCH):
            for read in self._read(requests[at : at + _BATCH]):
                yield likeliest(read.probabilities, self.codebook) if read is not None else None

    def _batch(self, requests: Sequence[Request], top: int) -> list[list[Suggestion]]:
        return [
            [
                self._suggestion(code, p, read.between, read.proposed, self._linear.evidence(read.seen, code))
                for code, p in ranked(read.probabilities, self.codebook)[:top]
            ]
            if read is not None
            else []
            for read in self._read(requests)
        ]

    def _read(self, requests: Sequence[Request]) -> list[_Read | None]:
        docs = list(parse_texts(self._nlp, [request.text for request in requests]))
        found = [[a for sentence in doc.sents for a in self._finder.find(sentence)[0]] for doc in docs]
        between = [
            relation(doc, request.source, request.target) if request.source and request.target else _main(doc, actions)
            for request, doc, actions in zip(requests, docs, found, strict=True)
        ]
        marked = [
            mark_parties(request.text, _spans(one.actor), _spans(one.target))
            for request, one in zip(requests, between, strict=True)
            if one is not None
        ]
        read = iter(encoded(self._encoder, marked) if self._encoder and marked else [])
        out: list[_Read | None] = []
        for actions, one in zip(found, between, strict=True):
            if one is None:
                out.append(None)
                continue
            proposed = candidates(actions, one)
            seen = features(one, proposed)
            probabilities = self._linear.probabilities(seen)
            if self._encoder:
                probabilities = together(probabilities, next(read))
            out.append(_Read(one, proposed, seen, probabilities))
        return out

    def _suggestion(
        self, code: str, p: float, one: Relation, proposed: list[Candidate], evidence: tuple[tuple[str, float], ...]
    ) -> Suggestion:
        near = [c.action for c in proposed if c.action.code == code] or [
            c.action for c in proposed if c.action.code[:2] == code[:2]
        ]
        words = near[0].words if near else _predicate(one)
        why = [*(near[0].steps if near else ()), *(f"{name} ({weight:+.2f})" for name, weight in evidence)]
        plover = self.codebook.plover_of(code)
        said = " ".join(word.text for word in sorted(words, key=lambda w: w.i))
        return Suggestion(code, plover.event or None if plover else None, round(p, 4), said, tuple(why))


def _main(doc: Doc, actions: Sequence[Action]) -> Relation | None:
    """The parties of a text's main event: of the action highest in the parse that names both sides, else of its root."""
    complete = [a for a in actions if a.actors and _others(a.targets, a.actors)]
    if complete:
        action = min(complete, key=lambda a: (len(list(a.head.ancestors)), -a.weight, a.head.i))
        actor = action.actors[0].token
        return _between(doc, actor, _others(action.targets, action.actors)[0].token)
    subjects = [t for t in doc if t.dep_ in {"nsubj", "nsubjpass"}]
    objects = [t for t in doc if t.dep_ in {"dobj", "pobj", "dative", "attr"}]
    if not subjects or not objects:
        return None
    return _between(doc, subjects[0], next((t for t in objects if t.i > subjects[0].i), objects[0]))


def _others(targets: Sequence[Participant], actors: Sequence[Participant]) -> list[Participant]:
    own = {p.token.i for p in actors[:1]}
    return [p for p in targets if p.token.i not in own]


def _between(doc: Doc, actor: Token, target: Token) -> Relation | None:
    spans = [(doc[t.left_edge.i].idx, t.idx + len(t.text)) for t in (actor, target)]
    return relation(doc, [spans[0]], [spans[1]])


def _spans(tokens: Sequence[Token]) -> list[tuple[int, int]]:
    """The tokens as character spans, neighbours joined."""
    out: list[tuple[int, int]] = []
    last = -2
    for token in tokens:
        end = token.idx + len(token.text)
        if token.i == last + 1:
            out[-1] = (out[-1][0], end)
        else:
            out.append((token.idx, end))
        last = token.i
    return out


def _predicate(one: Relation) -> tuple[Token, ...]:
    """The verb or noun that stands lowest over the actor, where no pattern says which words act."""
    token = one.actor_heads[0]
    while token.head != token:
        token = token.head
        if token.pos_ in {"VERB", "AUX", "NOUN"}:
            return (token,)
    return ()


def suggest(
    sentences: Iterable[Mapping[str, Any] | Request],
    *,
    top: int = TOP,
    codebook: Codebook | Path | str | None = None,
    model: str = DEFAULT_MODEL,
    linear: LinearModel | None = None,
    progress: Callable[[int], None] | None = None,
) -> list[dict[str, Any]]:
    """Ranked action codes for sentences, as one dictionary {id, suggestions} for each, in their order.

    sentences: dictionaries {id, text, source: [[start, end], ...], target: [[start, end], ...]} with character offsets,
    half open; without source and target the main event of the sentence is meant. suggestions: up to `top` of {action,
    plover (null where PLOVER has no such event), score (0 to 1), words, why}, best first.
    Raises ArticleError with all faults if a sentence is not of this form.
    """
    if top < 1:
        raise UsageError(f"{top} suggestions are none.", fix="Give --top 1 or more.", rule="bad-top")
    requests = check_requests(list(sentences))
    book = codebook if isinstance(codebook, Codebook) else load_codebook(codebook)
    out: list[dict[str, Any]] = []
    for request, found in zip(requests, Suggester(book, model, linear).suggest(requests, top), strict=True):
        out.append({"id": request.id, "suggestions": [asdict(one) for one in found]})
        if progress:
            progress(1)
    return out


def read_requests(path: Path | str) -> list[Request]:
    """The sentences of a JSONL file. Raises ArticleError with every fault of the file, each with its line."""
    path = Path(path)
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        fix = "Give a JSONL file with lines {id, text, source, target}."
        raise ArticleError(f"The file cannot be read: {error.strerror}.", fix=fix, path=path, rule="no-file") from error
    except UnicodeDecodeError as error:
        raise ArticleError("The file is not UTF-8.", fix="Save it as UTF-8.", path=path, rule="not-utf8") from error
    found: list[Any] = []
    numbers: list[int] = []
    faults: list[Fault] = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            found.append(json.loads(line))
            numbers.append(number)
        except (json.JSONDecodeError, RecursionError):
            faults.append(Fault("bad-json", "The line is no JSON.", "Write one object on each line.", path, number))
    return check_requests(found, path, numbers, faults)


def check_requests(
    sentences: Sequence[Any],
    path: Path | None = None,
    lines: Sequence[int] | None = None,
    faults: Sequence[Fault] = (),
) -> list[Request]:
    """The sentences as requests. Raises ArticleError with all faults, among them those already found."""
    all_faults = list(faults)
    out: list[Request] = []
    seen: set[str] = set()
    for number, sentence in enumerate(sentences):
        if isinstance(sentence, Request):
            out.append(sentence)
            continue
        line = lines[number] if lines else None
        problem = _problem(sentence, seen)
        if problem:
            where = "" if line else f"Sentence {number}: "
            all_faults.append(Fault("bad-request", where + problem[0], problem[1], path, line, column=problem[2]))
            continue
        seen.add(str(sentence["id"]))
        sides = [tuple((s[0], s[1]) for s in sentence.get(side) or ()) for side in ("source", "target")]
        out.append(Request(str(sentence["id"]), sentence["text"], *sides))
    if all_faults:
        raise ArticleError.of(sorted(all_faults, key=lambda f: f.line or 0))
    return out


def _problem(sentence: Any, seen: set[str]) -> tuple[str, str, str | None] | None:
    if not isinstance(sentence, Mapping):
        return "It is no object.", 'Write {"id": ..., "text": ..., "source": [[0, 6]], "target": [[16, 23]]}.', None
    for key, kinds in (("id", (str, int)), ("text", (str,))):
        if not isinstance(sentence.get(key), kinds) or isinstance(sentence.get(key), bool):
            return f"{key!r} is missing or no text.", f"Give each sentence its {key}.", key
    if str(sentence["id"]) in seen:
        return f"The id {str(sentence['id'])!r} stands twice.", "Give each sentence an id of its own.", "id"
    given = [bool(sentence.get(side)) for side in ("source", "target")]
    if given[0] != given[1]:
        side = "target" if given[0] else "source"
        return "Only one party is marked.", "Mark both, or none for the main event.", side
    for side in ("source", "target"):
        spans = sentence.get(side) or []
        if not isinstance(spans, list | tuple) or not all(_is_span(span, sentence["text"]) for span in spans):
            length = len(sentence["text"])
            return (
                f"{spans!r} are no spans of a text of {length} characters.",
                "Write [[start, end], ...], counted in characters from 0, end behind the last one.",
                side,
            )
        if spans and not any(sentence["text"][start:end].strip() for start, end in spans):
            return "The marked span holds no word.", "Mark the words of the party.", side
    return None


def _is_span(span: Any, text: str) -> bool:
    if not isinstance(span, list | tuple) or len(span) != 2:
        return False
    start, end = span
    if type(start) is not int or type(end) is not int:
        return False
    return 0 <= start < end <= len(text)
