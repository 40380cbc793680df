"""Which patterns of the codebook fit at a word: looked up by the head's lemma, then checked against what stands below."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from whodid.codebook.wording import NOTHING, Pattern
from whodid.coder.acting import actors_of, owners
from whodid.coder.parsed import Token, kept

# How far below its head a pattern's words may stand, and through which relations the search goes on.
_DEEPEST = 4
_INSIDE = frozenset(
    "prt dobj dative attr acomp oprd prep pobj pcomp xcomp agent advmod compound amod nmod nsubjpass poss conj "
    "npadvmod nummod quantmod neg det appos pred".split()
)
# Through the others only where the words at both ends allow it.
_ALWAYS = _INSIDE - {"prep", "conj"}


class Match(NamedTuple):
    """A pattern that fits: the head, the words that it found, and its weight.

    The weight is what the pattern asks for, less what its words stand far below the head.
    """

    pattern: Pattern
    head: Token
    words: tuple[Token, ...]
    weight: float

    @property
    def code(self) -> str:
        return self.pattern.code


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


@dataclass(frozen=True, slots=True)
class _Rule:
    """A pattern with what would otherwise be worked out at each word of a text: its weight, and its words in the order in
    which they are looked for, prepositions last, each with whether it is one.
    """

    pattern: Pattern
    weight: float
    words: tuple[tuple[frozenset[str], bool], ...]
    # Words of which one stands there for sure are left out where only the others have to be looked for.
    others: tuple[frozenset[str], ...]
    subject: frozenset[str]

    @property
    def order(self) -> tuple[str, str]:
        return self.pattern.code, self.pattern.source


def _rule(pattern: Pattern) -> _Rule:
    words = sorted(((word.any_of, word.any_of <= _PREPOSITIONS) for word in pattern.words), key=lambda word: word[1])
    rarest = _rarest(pattern) if words else None
    others = [any_of for any_of, _ in words if any_of is not rarest]
    return _Rule(pattern, weight(pattern), tuple(words), tuple(others), pattern.subject)


def _rarest(pattern: Pattern) -> frozenset[str]:
    return min((word.any_of for word in pattern.words), key=len)


class _Head:
    """The patterns that start from one head: those that ask for no word, and the others by their rarest word.

    Heads such as "launch" have hundreds of patterns; a clause has a dozen words, so looking these up beats trying those.
    """

    def __init__(self) -> None:
        self.bare: list[_Rule] = []
        self.by_word: dict[str, list[_Rule]] = {}

    def add(self, rule: _Rule) -> None:
        if not rule.words:
            self.bare.append(rule)
            return
        for form in sorted(_rarest(rule.pattern)):
            self.by_word.setdefault(form, []).append(rule)


# The patterns of each head by its lemma.
_Heads = dict[str, _Head]


class PatternIndex:
    """The patterns of a codebook by the lemma and part of speech of their head."""

    def __init__(self, patterns: Iterable[Pattern]) -> None:
        # Wordings that ask for a negated head are apart from the others.
        self._plain: dict[str, _Heads] = {kind: {} for kind in ("verb", "noun", "adj")}
        self._negated: dict[str, _Heads] = {kind: {} for kind in ("verb", "noun", "adj")}
        self._starts: dict[str, set[str]] = {kind: set() for kind in ("verb", "noun", "adj")}
        # Heavy ones first, so that the search at a word may end early.
        for rule in sorted(map(_rule, patterns), key=lambda rule: -rule.weight):
            pattern = rule.pattern
            heads = (self._negated if pattern.is_negated else self._plain)[pattern.part_of_speech]
            for lemma in sorted(pattern.head):
                heads.setdefault(lemma, _Head()).add(rule)
            self._starts[pattern.part_of_speech] |= pattern.head

    def starts_at(self, token: Token) -> bool:
        """True if some pattern has this word as its head."""
        heads = self._starts[_KINDS.get(token.pos_, "noun")]
        return token.lower_ in heads or lemma_of(token) in heads

    def best(self, head: Token, is_negated: bool = False) -> Match | None:
        """The heaviest pattern that fits at a token; among equals, the first in the order of their codes and wordings."""
        known: dict[int, Match | None] = head.doc.known[self, is_negated]
        if head.i not in known:
            known[head.i] = self._best(
                head, (self._negated if is_negated else self._plain)[_KINDS.get(head.pos_, "noun")]
            )
        return known[head.i]

    def _best(self, head: Token, heads: _Heads) -> Match | None:
        # A codebook may write "noun:talks" where only the plural means the event.
        lemma, form = lemma_of(head), head.lower_
        here = [heads[lemma]] if lemma in heads else []
        if form != lemma and form in heads:
            here.append(heads[form])
        if not here:
            return None
        below = words_below(head)
        forms = below.keys()
        best: _Rule | None = None
        words: tuple[Token, ...] = ()
        most = 0.0
        doers: frozenset[str] | None = None
        for rules in here:
            by_word = rules.by_word
            for form in ("", *below):
                for rule in by_word.get(form, ()) if form else rules.bare:
                    # What a pattern asks for is the most that it can weigh: most need no closer look.
                    if rule.weight < most:
                        break
                    if rule.subject:
                        doers = _doers(head) if doers is None else doers
                        if doers.isdisjoint(rule.subject):
                            continue
                    for any_of in rule.others:
                        if forms.isdisjoint(any_of):
                            break
                    else:
                        found = _find(rule.words, head, below)
                        if found is None:
                            continue
                        weighs = _weight(rule.weight, found, head)
                        if best is None or weighs > most or (weighs == most and rule.order < best.order):
                            best, most, words = rule, weighs, found
        return Match(best.pattern, head, words, most) if best is not None else None


def _weight(asked: float, words: tuple[Token, ...], head: Token) -> float:
    far = 0
    for word in words:
        if word.head is not head and word.head.head is not head:
            far += _depth(word, head) - 2
    # "Turned down aid" is not "turned ... aid": a particle that the pattern does not name makes another verb.
    other = False
    for child in head.children:
        if child.dep_ == "prt" and child not in words:
            other = True
    return asked - _FAR * far - (_OTHER_VERB if other else 0.0)


def _doers(head: Token) -> frozenset[str]:
    """The words for who does it, by lemma and by form, with what they are made of: "a contingent of peacekeepers"."""
    out: set[str] = set()
    for participant in owners(head) if head.pos_ in {"NOUN", "PROPN"} else actors_of(head):
        token = participant.token
        nouns = [token, *(c for c in token.children if c.dep_ in {"compound", "nmod", "amod"})]
        nouns += [c for p in token.children if p.dep_ == "prep" and p.lower_ == "of" for c in p.children]
        out.update(form for noun in nouns for form in (lemma_of(noun), noun.lower_))
    return frozenset(out)


_KINDS = {"VERB": "verb", "AUX": "verb", "ADJ": "adj"}


def lemma_of(token: Token) -> str:
    """The dictionary form in lower case. A capitalised noun ("Talks" in a headline) is tagged as a name and keeps its
    plural, which is taken off here.
    """
    lemma = token.lemma_lower
    if token.tag_ == "NNPS" and token.pos_ == "PROPN":
        for plural, singular in _PLURALS:
            if lemma.endswith(plural):
                return lemma.removesuffix(plural) + singular
    return lemma


_PLURALS = (("ies", "y"), ("men", "man"), ("s", ""))


def _find(
    words: tuple[tuple[frozenset[str], bool], ...], head: Token, below: dict[str, list[Token]]
) -> tuple[Token, ...] | None:
    """The words that a pattern asks for, the first behind the head of each; None if one is missing.

    A preposition must hang on the head or on a word that the pattern names: in "agreed to provide Chad with tents" nobody
    agrees with anybody.
    """
    used: list[Token] = []
    for any_of, is_preposition in words:
        found = [token for form in any_of & below.keys() for token in below[form] if token not in used]
        if is_preposition:
            found = [t for t in found if _hangs_on(t, head, used)]
        if not found:
            return None
        # "In Quito thousands rallied in support": what stands behind the head comes before what stands in front of it,
        # and who did it comes last.
        used.append(
            found[0]
            if len(found) == 1
            else min(found, key=lambda token: (token.head.dep_ == "agent", token.i < head.i, token.i))
        )
    return tuple(used)


def _hangs_on(preposition: Token, head: Token, used: list[Token]) -> bool:
    above = preposition.head
    while above.dep_ in {"prep", "prt", "dative"} and above != head and above not in used:
        above = above.head
    return above == head or above in used or (above.head == head and above.dep_ in {"dobj", "acomp", "advmod"})


@kept
def words_below(head: Token) -> dict[str, list[Token]]:
    """The words that belong to the head's own clause, by lemma and by form: objects, particles, complements.

    Subjects and clauses with a subject of their own are left out: "said that X attacked" is not "say attack".
    """
    out: dict[str, list[Token]] = {}
    relative = antecedent(head)
    if relative is not None:
        for form in dict.fromkeys((lemma_of(relative), relative.lower_)):
            out[form] = [relative]
    level = [head]
    for _ in range(_DEEPEST):
        nearer, level = level, []
        for above in nearer:
            for token in above.children:
                if token.dep_ not in _ALWAYS and not _goes(token, above):
                    continue
                level.append(token)
                lemma, form = token.lemma_lower if token.tag_ != "NNPS" else lemma_of(token), token.lower_
                if lemma in out:
                    out[lemma].append(token)
                else:
                    out[lemma] = [token]
                if form == lemma:
                    continue
                if form in out:
                    out[form].append(token)
                else:
                    out[form] = [token]
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
    """Whether the search goes on to a child whose relation alone does not tell."""
    if child.dep_ == "ccomp":
        return child.pos_ == "ADJ" or (head.pos_ == "VERB" and lemma_of(head) not in _REPORTING)
    if child.dep_ == "advcl":
        # "Sent experts to investigate": what it was for is part of the wording.
        return head.pos_ == "VERB" and any(c.dep_ == "aux" and c.lower_ == "to" for c in child.children)
    if child.dep_ not in _INSIDE:
        # "Took dozens hostage", which the parser takes for a verb.
        return child.lower_ in {"hostage", "captive"}
    if child.dep_ == "prep":
        # "Called Italy's envoy on Tuesday" does not call on anybody.
        return not any(inner.dep_ == "pobj" and lemma_of(inner) in _TIMES for inner in child.children)
    return head.pos_ in {"NOUN", "PROPN", "ADJ"} and child.pos_ in {"NOUN", "PROPN", "ADJ"}
