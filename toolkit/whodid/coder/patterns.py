"""Which patterns of the codebook fit at a word: looked up by the head's lemma, then checked against what stands below."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from whodid.codebook.wording import NOTHING, Pattern
from whodid.coder.parsed import Token
from whodid.coder.participants import actors_of, owners

# How far below its head a pattern's words may stand, and through which relations the search goes on.
_DEEPEST = 4
_INSIDE = frozenset(
    "prt dobj dative attr acomp oprd prep pobj pcomp xcomp agent advmod compound amod nmod nsubjpass poss conj "
    "npadvmod nummod quantmod neg det appos pred".split()
)
_ONLY_FOR_NOUNS = frozenset({"compound", "amod", "nmod", "poss", "nummod", "appos"})


@dataclass(frozen=True, slots=True)
class Match:
    """A pattern that fits: the head and the words that it found, in the order of the pattern."""

    pattern: Pattern
    head: Token
    words: tuple[Token, ...]

    @property
    def code(self) -> str:
        return self.pattern.code

    @property
    def weight(self) -> float:
        """What the pattern asks for, less what its words stand far below the head."""
        far = _FAR * sum(max(0, _depth(word, self.head) - 2) for word in self.words)
        # "Turned down aid" is not "turned ... aid": a particle that the pattern does not name makes another verb.
        other = any(child.dep_ == "prt" and child not in self.words for child in self.head.children)
        return weight(self.pattern) - far - (_OTHER_VERB if other else 0.0)


_FAR, _OTHER_VERB = 0.1, 0.5


def _depth(word: Token, head: Token) -> int:
    steps = 1
    if word == head.head:
        return steps
    while word.head != head and word.head != word and steps < 9:
        word, steps = word.head, steps + 1
    return steps


def weight(pattern: Pattern) -> float:
    """How much a pattern asks for: each word counts, and a word with few alternatives counts a little more.

    A preposition says less than a noun does: to expel diplomats is one thing, from wherever it is.
    """
    asked = sum((_LITTLE if word.any_of <= _PREPOSITIONS else 1.0) + 0.2 / len(word.any_of) for word in pattern.words)
    asked += 1.0 + 0.2 / len(pattern.subject) if pattern.subject else 0.0
    # Whoever lists what is no event has seen it taken for one.
    asked += 0.5 if pattern.code == NOTHING else 0.0
    return 1.0 + asked + 0.1 / len(pattern.head)


_LITTLE = 0.8
_PREPOSITIONS = frozenset(
    "about across after against along alongside among around as at before behind between beyond by during for from in "
    "inside into near of on onto outside over through throughout to toward towards under upon with within".split()
)


class _Head:
    """The patterns that start from one head: those that ask for no word, and the others by their rarest word.

    Heads such as "launch" have hundreds of patterns; a clause has a dozen words, so looking these up beats trying those.
    """

    def __init__(self) -> None:
        self.bare: list[Pattern] = []
        self.by_word: dict[str, list[Pattern]] = {}

    def add(self, pattern: Pattern) -> None:
        if not pattern.words:
            self.bare.append(pattern)
            return
        rarest = min((word.any_of for word in pattern.words), key=len)
        for form in sorted(rarest):
            self.by_word.setdefault(form, []).append(pattern)

    def candidates(self, below: dict[str, list[Token]]) -> list[Pattern]:
        found = {id(p): p for form in below for p in self.by_word.get(form, ())}
        return [*self.bare, *found.values()]


class PatternIndex:
    """The patterns of a codebook by the lemma and part of speech of their head."""

    def __init__(self, patterns: Iterable[Pattern]) -> None:
        self._heads: dict[tuple[str, str], _Head] = {}
        for pattern in patterns:
            for lemma in sorted(pattern.head):
                self._heads.setdefault((pattern.part_of_speech, lemma), _Head()).add(pattern)

    def starts_at(self, token: Token) -> bool:
        """True if some pattern has this word as its head."""
        kind = _kind(token)
        return (kind, lemma_of(token)) in self._heads or (kind, token.lower_) in self._heads

    def match(self, head: Token, is_negated: bool = False) -> list[Match]:
        """Every pattern that fits at a token, heaviest first; among equals, in the order of their codes."""
        kind = _kind(head)
        # A codebook may write "noun:talks" where only the plural means the event.
        heads = [h for form in dict.fromkeys((lemma_of(head), head.lower_)) if (h := self._heads.get((kind, form)))]
        if not heads:
            return []
        below = words_below(head)
        found: list[Match] = []
        doers: frozenset[str] | None = None
        for pattern in {id(p): p for h in heads for p in h.candidates(below)}.values():
            if pattern.is_negated != is_negated:
                continue
            if pattern.subject:
                doers = _doers(head) if doers is None else doers
                if doers.isdisjoint(pattern.subject):
                    continue
            words = _find(pattern, head, below)
            if words is not None:
                found.append(Match(pattern, head, words))
        return sorted(found, key=lambda m: (-m.weight, m.code, m.pattern.source))


def _doers(head: Token) -> frozenset[str]:
    """The words for who does it, by lemma and by form, with what they are made of: "a contingent of peacekeepers"."""
    out: set[str] = set()
    for participant in owners(head) if head.pos_ in {"NOUN", "PROPN"} else actors_of(head):
        token = participant.token
        nouns = [token, *(c for c in token.children if c.dep_ in {"compound", "nmod", "amod"})]
        nouns += [c for p in token.children if p.dep_ == "prep" and p.lower_ == "of" for c in p.children]
        out.update(form for noun in nouns for form in (lemma_of(noun), noun.lower_))
    return frozenset(out)


def _kind(token: Token) -> str:
    if token.pos_ in {"VERB", "AUX"}:
        return "verb"
    return "adj" if token.pos_ == "ADJ" else "noun"


def lemma_of(token: Token) -> str:
    """The dictionary form in lower case. A capitalised noun ("Talks" in a headline) is tagged as a name and keeps its
    plural, which is taken off here.
    """
    lemma = str(token.lemma_.lower())
    if token.pos_ == "PROPN" and token.tag_ == "NNPS":
        for plural, singular in _PLURALS:
            if lemma.endswith(plural):
                return lemma.removesuffix(plural) + singular
    return lemma


_PLURALS = (("ies", "y"), ("men", "man"), ("s", ""))


def _find(pattern: Pattern, head: Token, below: dict[str, list[Token]]) -> tuple[Token, ...] | None:
    """The words that a pattern asks for, the first behind the head of each; None if one is missing.

    A preposition must hang on the head or on a word that the pattern names: in "agreed to provide Chad with tents" nobody
    agrees with anybody.
    """
    if any(word.any_of.isdisjoint(below) for word in pattern.words):
        return None
    used: list[Token] = []
    for word in sorted(pattern.words, key=lambda w: w.any_of <= _PREPOSITIONS):
        found = [token for form in word.any_of & below.keys() for token in below[form] if token not in used]
        if word.any_of <= _PREPOSITIONS:
            found = [t for t in found if _hangs_on(t, head, used)]
        if not found:
            return None
        # "In Quito thousands rallied in support": what stands behind the head comes before what stands in front of it,
        # and who did it comes last.
        used.append(min(found, key=lambda token: (token.head.dep_ == "agent", token.i < head.i, token.i)))
    return tuple(used)


def _hangs_on(preposition: Token, head: Token, used: list[Token]) -> bool:
    above = preposition.head
    while above.dep_ in {"prep", "prt", "dative"} and above != head and above not in used:
        above = above.head
    return above == head or above in used or (above.head == head and above.dep_ in {"dobj", "acomp", "advmod"})


def words_below(head: Token) -> dict[str, list[Token]]:
    """The words that belong to the head's own clause, by lemma and by form: objects, particles, complements.

    Subjects and clauses with a subject of their own are left out: "said that X attacked" is not "say attack".
    """
    out: dict[str, list[Token]] = {}
    queue = [(child, 1) for child in head.children if _goes(child, head)]
    relative = antecedent(head)
    if relative is not None:
        for form in dict.fromkeys((lemma_of(relative), relative.lower_)):
            out.setdefault(form, []).append(relative)
    while queue:
        token, depth = queue.pop(0)
        lemma, form = lemma_of(token), token.lower_
        out.setdefault(lemma, []).append(token)
        if form != lemma:
            out.setdefault(form, []).append(token)
        if depth < _DEEPEST:
            queue += [(child, depth + 1) for child in token.children if _goes(child, token)]
    return out


def antecedent(verb: Token) -> Token | None:
    """The noun that stands for the object of a relative clause: "the deal that it struck", "tanks sold to Iran"."""
    if verb.dep_ not in {"relcl", "acl"} or verb.head.pos_ != "NOUN" or verb.pos_ != "VERB":
        return None
    if verb.dep_ == "acl":
        return verb.head if verb.tag_ == "VBN" else None
    subject = next((c for c in verb.children if c.dep_ in {"nsubj", "nsubjpass"}), None)
    is_object = subject is not None and (subject.dep_ == "nsubjpass" or subject.lower_ not in _RELATIVE)
    has_other = any(c.dep_ in {"dobj", "ccomp"} and c.lower_ not in _RELATIVE for c in verb.children)
    is_place = any(c.lower_ in {"where", "when", "whose"} for c in verb.children)
    return verb.head if is_object and not has_other and not is_place else None


_RELATIVE = frozenset({"who", "which", "that", "whom"})
_TIMES = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september "
    "october november december day week weekend month year decade morning afternoon evening night midnight noon "
    "spring summer autumn winter".split()
)
# Below these a clause is only reported; below others ("warned that it would retaliate") it is part of what is done.
_REPORTING = frozenset(
    "add announce argue be believe claim confirm declare emphasise emphasize "
    "explain feel find hear hope know learn maintain mean note "
    "read recall report reveal say see show state stress tell think tweet understand write".split()
)


def _goes(child: Token, head: Token) -> bool:
    if child.dep_ == "ccomp" and child.pos_ == "ADJ":
        return True
    if child.dep_ == "ccomp":
        return head.pos_ == "VERB" and lemma_of(head) not in _REPORTING
    if child.dep_ == "advcl":
        # "Sent experts to investigate": what it was for is part of the wording.
        return head.pos_ == "VERB" and any(c.dep_ == "aux" and c.lower_ == "to" for c in child.children)
    if child.dep_ not in _INSIDE:
        # "Took dozens hostage", which the parser takes for a verb.
        return child.lower_ in {"hostage", "captive"}
    if child.dep_ == "prep" and any(c.dep_ == "pobj" and lemma_of(c) in _TIMES for c in child.children):
        # "Called Italy's envoy on Tuesday" does not call on anybody.
        return False
    if child.dep_ == "conj":
        return head.pos_ in {"NOUN", "PROPN", "ADJ"} and child.pos_ in {"NOUN", "PROPN", "ADJ"}
    return True
