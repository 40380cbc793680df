"""How much the codebook's examples are alike: verbs that repeat within a code, orders of the parts, sentences told twice."""

from __future__ import annotations

import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from whodid.codebook.model import Codebook, Example
from whodid.coder.parse import DEFAULT_MODEL, load_model, parse_texts
from whodid.coder.parsed import Doc
from whodid.coder.patterns import lemma_of

# One word may make up this share of a code's examples before the code is said to repeat itself, from so many on.
_OFTEN, _FEWEST = 1 / 3, 6
# Two sentences that share so many of their words (Jaccard index) tell the same thing twice.
_ALIKE = 0.6
_WORD = re.compile(r"[a-z]+")
_ACTING = frozenset({"VERB", "NOUN", "ADJ"})


@dataclass(frozen=True, slots=True)
class Repeated:
    """A word that makes up much of what a code's examples mark as their action."""

    code: str
    word: str
    times: int
    examples: int


@dataclass(frozen=True, slots=True)
class Variety:
    """words: how many examples act by each word (lemma). frames: by the order of their parts, commonest first.

    repeated: by code. alike: pairs of examples whose sentences share most words, with the share.
    """

    examples: int
    words: dict[str, int]
    frames: dict[str, int]
    repeated: tuple[Repeated, ...]
    alike: tuple[tuple[Example, Example, float], ...]


def variety(codebook: Codebook, *, model: str = DEFAULT_MODEL) -> Variety:
    """How often verbs, frames and sentences repeat among a codebook's examples. Parses them all: some twenty seconds."""
    listed = [(action.code, example) for action in codebook.actions.values() for example in action.examples]
    words: Counter[str] = Counter()
    by_code: dict[str, Counter[str]] = defaultdict(Counter)
    docs = parse_texts(load_model(model), [example.text for _, example in listed])
    for (code, example), doc in zip(listed, docs, strict=True):
        word = acting_word(example, doc)
        words[word] += 1
        by_code[code][word] += 1
    return Variety(
        len(listed),
        dict(sorted(words.items(), key=lambda one: (-one[1], one[0]))),
        _ranked(frame(example) for _, example in listed),
        tuple(_repeated(by_code)),
        tuple(_alike([example for _, example in listed])),
    )


def acting_word(example: Example, doc: Doc) -> str:
    """The lemma of the word that acts: the highest verb, noun or adjective in the parse among the marked action words."""
    marked = [
        token
        for start, end in example.spans("action")
        for token in doc
        if token.idx < end and token.idx + len(token.text) > start and token.pos_ in _ACTING
    ]
    if not marked:
        return " ".join(example.text[start:end].lower() for start, end in example.spans("action"))
    return lemma_of(min(marked, key=lambda t: (sum(1 for _ in t.ancestors), t.i)))


def frame(example: Example) -> str:
    """The order of the marked parts: "actor action target"; parts that are marked in pieces count once for each run."""
    ordered = [mark.role for mark in sorted(example.marks, key=lambda m: m.start)]
    return " ".join(role for role, _ in itertools.groupby(ordered))


def _repeated(by_code: dict[str, Counter[str]]) -> Iterable[Repeated]:
    for code, words in by_code.items():
        total = sum(words.values())
        word, times = min(words.items(), key=lambda one: (-one[1], one[0]))
        if total >= _FEWEST and times / total >= _OFTEN:
            yield Repeated(code, word, times, total)


def _alike(examples: list[Example]) -> Iterable[tuple[Example, Example, float]]:
    bags = [frozenset(_WORD.findall(e.text.lower())) for e in examples]
    rarity = Counter(word for bag in bags for word in bag)
    seen: dict[str, list[int]] = defaultdict(list)
    for number, bag in enumerate(bags):
        # Sentences that share most words share one of their rarest: by these they are looked up.
        rare = sorted(bag, key=lambda w: (rarity[w], w))[: max(1, int(len(bag) * (1 - _ALIKE)) + 1)]
        for other in sorted({n for word in rare for n in seen[word]}):
            share = len(bag & bags[other]) / len(bag | bags[other])
            if share >= _ALIKE:
                yield examples[other], examples[number], round(share, 2)
        for word in rare:
            seen[word].append(number)


def _ranked(items: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(items).items(), key=lambda one: (-one[1], one[0])))
