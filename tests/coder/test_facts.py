"""What a reading depends on: with all other wordings taken away, it is the same."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import whodid as wd
from whodid.codebook.model import Codebook
from whodid.codebook.wording import Pattern, parse_pattern
from whodid.coder.actions import ActionFinder
from whodid.coder.code import CODER, default_coder
from whodid.coder.facts import Fact, Facts, Vocabulary, Words, facts_of_wordings, hash_of, words_of
from whodid.coder.parse import load_model, parse_texts
from whodid.coder.patterns import PatternIndex
from whodid.coder.reader import read_article
from whodid.coder.reading import Reading

ARTICLES = list(wd.read_articles(Path(__file__).resolve().parents[2] / "data" / "raw"))[:12]


def fact(mark: str, *needs: str, is_wide: bool = False) -> Fact:
    return Fact(mark.encode().ljust(16), tuple(frozenset(group.split("|")) for group in needs), is_wide)


def words(*trees: str) -> Words:
    """The words of a text of some trees."""
    hashes = [sorted({hash_of(word) for word in tree.split()}) for tree in trees]
    joined = np.array([one for tree in hashes for one in tree], dtype=np.uint32)
    return Words(joined, np.array([len(tree) for tree in hashes], dtype=np.uint32))


TEXTS = Vocabulary.of([words("send aid Mali", "praise Peru"), words(), words("send Peru", "aid Costa Rica", "praise")])


@pytest.mark.parametrize(
    ("one", "touched"),
    [
        (fact("a", "send"), [True, False, True]),
        (fact("a", "send", "aid|help"), [True, False, False]),
        (fact("a", "send", "aid|help", is_wide=True), [True, False, True]),
        (fact("a", "Costa", "Rica", is_wide=True), [False, False, True]),
        (fact("a", "attack"), [False, False, False]),
        (fact("a", "attack|praise", "Peru"), [True, False, False]),
        (fact("a"), [True, True, True]),
    ],
)
def test_a_fact_concerns_texts_in_which_all_that_it_needs_stands(one: Fact, touched: list[bool]) -> None:
    assert Facts.of([one]).touch(TEXTS).tolist() == touched
    others = [fact("b", "nowhere"), fact("c", "nor", "here", is_wide=True)]
    assert Facts.of([*others, one]).touch(Vocabulary.from_blocks(TEXTS.blocks())).tolist() == touched


def test_what_changed_is_what_only_one_has() -> None:
    one = Facts.of([fact("a", "send"), fact("b", "praise|laud", "Peru")])
    two = Facts.of([fact("b", "praise|laud", "Peru"), fact("c", "attack")])
    assert Facts.from_blocks(one.changes(two).blocks()).marks.tolist() == [b"a".ljust(16), b"c".ljust(16)]
    assert not len(one.changes(Facts.from_blocks(one.blocks())).marks)
    assert one.name != two.name
    assert not Facts.of([]).touch(TEXTS).any()


def test_words_come_back_text_by_text() -> None:
    for number, text in enumerate([words("send aid Mali", "praise Peru"), words(), words("send Peru")]):
        again = Vocabulary.of([words("x y"), *[words("send aid Mali", "praise Peru"), words(), words("send Peru")]])
        assert again.of_text(number + 1).hashes.tolist() == text.hashes.tolist()
        assert again.of_text(number + 1).sizes.tolist() == text.sizes.tolist()


def test_blocks_that_do_not_fit_together_are_refused() -> None:
    blocks = TEXTS.blocks()
    with pytest.raises(ValueError, match="the words do not fit together"):
        Vocabulary.from_blocks([blocks[0], blocks[1][:-4], *blocks[2:]])
    blocks = Facts.of([fact("a", "send")]).blocks()
    with pytest.raises(ValueError, match="the facts do not fit together"):
        Facts.from_blocks([*blocks[:4], b""])


def told(reading: Reading) -> object:
    return reading.traces, reading.skipped, reading.unknown


@pytest.mark.model
def test_wordings_that_cannot_have_a_part_have_none(codebook: Codebook) -> None:
    """Each article is read with those wordings alone of which the words stand in it, and with its heads."""
    coder = default_coder()
    facts = list(facts_of_wordings(codebook))
    heads = {(p.part_of_speech, head) for p in codebook.patterns for head in p.head}
    kept = 0
    for article, doc in zip(ARTICLES, parse_texts(load_model(), [a.text for a in ARTICLES]), strict=True):
        found = words_of(doc)
        trees = [set(tree.tolist()) for tree in np.split(found.hashes, np.cumsum(found.sizes)[:-1])]
        patterns = [p for p in codebook.patterns if _may_fit(p, trees)]
        finder = ActionFinder.__new__(ActionFinder)
        finder.operators, finder.table = coder._finder.operators, coder._finder.table
        finder.patterns = PatternIndex([*patterns, *(_only_head(*one) for one in sorted(heads))])
        expected = read_article(article, doc, coder._finder, coder._gazetteer, CODER)
        assert told(read_article(article, doc, finder, coder._gazetteer, CODER)) == told(expected)
        kept += len(patterns)
    assert kept / len(ARTICLES) < len(codebook.patterns) / 50
    assert len({one.mark for one in facts}) == len(facts) - _twice(codebook)


def _may_fit(pattern: Pattern, trees: list[set[int]]) -> bool:
    needs = [pattern.head, *(word.any_of for word in pattern.words), *([pattern.subject] if pattern.subject else [])]
    return any(all(any(hash_of(word) in tree for word in group) for group in needs) for tree in trees)


def _only_head(kind: str, head: str) -> Pattern:
    """A wording that starts from a head and never fits."""
    stub = parse_pattern("x zzzzz", "010", {})
    return replace(stub, head=frozenset({head}), part_of_speech=kind)  # type: ignore[arg-type]


def _twice(codebook: Codebook) -> int:
    """How many wordings say what another one says."""
    said = [(p.code, p.source) for p in codebook.patterns]
    return len(said) - len(set(said))
