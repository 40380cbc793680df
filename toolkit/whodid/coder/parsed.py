"""A parse in plain Python: the part of spaCy's Doc, Token and Span that the coder reads, made once and cheap to ask.

spaCy computes what a token is asked for each time: a name from a number, the children from the heads. Rules ask for these
a hundred times a token, so that reading a parse costs as much as making it. Here all of it stands in slots. Names and
meanings are spaCy's, so that rules read the same and work on either.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache, wraps
from itertools import pairwise
from typing import Any, Concatenate, ParamSpec, TypeVar, overload

Answer = TypeVar("Answer")
Details = ParamSpec("Details")


class Token:
    """A word of a text with its parse. See spacy.tokens.Token for the names."""

    __slots__ = (
        "children",
        "dep_",
        "doc",
        "head",
        "i",
        "idx",
        "is_punct",
        "is_space",
        "lemma_",
        "lemma_lower",
        "lower_",
        "pos_",
        "tag_",
        "text",
        "whitespace_",
    )
    # Named entities are not looked for; the slots of a token are what the parse has.
    ent_type_ = ""

    doc: Doc
    i: int
    idx: int
    text: str
    lower_: str
    lemma_: str
    lemma_lower: str
    pos_: str
    tag_: str
    dep_: str
    whitespace_: str
    is_space: bool
    is_punct: bool
    head: Token
    children: Sequence[Token]

    def __len__(self) -> int:
        return len(self.text)

    def __repr__(self) -> str:
        return self.text

    @property
    def lefts(self) -> list[Token]:
        """The children before the token."""
        return [child for child in self.children if child.i < self.i]

    @property
    def left_edge(self) -> Token:
        """The first token of what stands below this one, or the token itself."""
        first = self
        stack = [self]
        while stack:
            for child in stack.pop().children:
                if child.i < first.i:
                    first = child
                stack.append(child)
        return first

    @property
    def ancestors(self) -> Iterator[Token]:
        """The tokens above, nearest first."""
        token = self
        while token.head is not token:
            token = token.head
            yield token

    @property
    def subtree(self) -> list[Token]:
        """The token and all that stands below it, in the order of the text."""
        found = [self]
        for token in found:
            found += token.children
        return sorted(found, key=lambda token: token.i)

    def is_ancestor(self, other: Token) -> bool:
        """True if this token stands above the other in the same text."""
        while other.head is not other:
            other = other.head
            if other is self:
                return True
        return False

    @property
    def sent(self) -> Span:
        """The parser's sentence in which the token stands."""
        starts = self.doc.starts
        number = bisect_right(starts, self.i) - 1
        return Span(self.doc, starts[number], starts[number + 1] if number + 1 < len(starts) else len(self.doc))


class Span:
    """Some tokens of a text that stand together, half open. See spacy.tokens.Span for the names."""

    __slots__ = ("doc", "end", "start")

    def __init__(self, doc: Doc, start: int, end: int) -> None:
        self.doc, self.start, self.end = doc, start, end

    def __len__(self) -> int:
        return self.end - self.start

    def __iter__(self) -> Iterator[Token]:
        return iter(self.doc.tokens[self.start : self.end])

    @overload
    def __getitem__(self, index: int) -> Token: ...

    @overload
    def __getitem__(self, index: slice) -> Span: ...

    def __getitem__(self, index: int | slice) -> Token | Span:
        if isinstance(index, slice):
            start, end, _ = index.indices(len(self))
            return Span(self.doc, self.start + start, self.start + max(start, end))
        return self.doc.tokens[self.start + index if index >= 0 else self.end + index]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Span) and (self.doc, self.start, self.end) == (other.doc, other.start, other.end)

    def __hash__(self) -> int:
        return hash((id(self.doc), self.start, self.end))

    def __repr__(self) -> str:
        return self.text

    @property
    def start_char(self) -> int:
        """Where its first token begins in the text."""
        return self.doc.tokens[self.start].idx

    @property
    def end_char(self) -> int:
        """Where its last token ends in the text."""
        last = self.doc.tokens[self.end - 1]
        return last.idx + len(last.text)

    @property
    def text(self) -> str:
        """Its words as they stand in the text."""
        return self.doc.text[self.start_char : self.end_char] if self.end > self.start else ""

    @property
    def sent(self) -> Span:
        """The parser's sentence in which its first token stands."""
        return self.doc.tokens[self.start].sent

    @property
    def root(self) -> Token:
        """The root of the sentence if it is inside; else the token nearest to it, the first of several.

        Spaces and punctuation below which nothing stands come last.
        """
        inside = self.doc.tokens[self.start : self.end]
        for token in inside:
            if token.head is token:
                return token
        tops = [token for token in inside if not self.start <= token.head.i < self.end]
        return min(tops, key=_depth)


class Doc:
    """A parsed text. See spacy.tokens.Doc for the names; starts are the first tokens of the parser's sentences."""

    __slots__ = ("known", "starts", "text", "tokens", "words")

    def __init__(
        self,
        text: str,
        words: Sequence[str],
        spaces: Sequence[int],
        lemmas: Sequence[str],
        parts: Sequence[str],
        tags: Sequence[str],
        relations: Sequence[str],
        heads: Sequence[int],
        starts: Sequence[int],
    ) -> None:
        """text: what was parsed. words: its tokens; spaces: 1 behind which of them a space stands, that is no token.

        parts: parts of speech; heads: for each token the index of the one above it, its own for a root; starts: the
        first token of each sentence, ascending. All but text and starts have one value for each token.
        """
        self.text, self.starts = text, starts
        self.words = words
        # Answers of rules by who gave them and the token that they are about; see kept.
        self.known: defaultdict[object, dict[int, Any]] = defaultdict(dict)
        made: list[Token] = []
        place = 0
        new, add = Token.__new__, made.append
        for i, (word, space, lemma, lower, part, tag, relation) in enumerate(
            zip(words, spaces, lemmas, map(str.lower, lemmas), parts, tags, relations, strict=True)
        ):
            token = new(Token)
            token.doc, token.i, token.idx, token.text = self, i, place, word
            token.lower_, token.is_space, token.is_punct = _form(word)
            token.lemma_, token.lemma_lower, token.pos_, token.tag_, token.dep_ = lemma, lower, part, tag, relation
            token.children = ()
            if space:
                token.whitespace_ = " "
                place += 1
            else:
                token.whitespace_ = ""
            place += len(word)
            add(token)
        self.tokens = made
        for token, head in zip(made, heads, strict=True):
            above = token.head = made[head]
            if above is not token:
                children = above.children
                if children:
                    children.append(token)  # type: ignore[attr-defined]
                else:
                    above.children = [token]

    def __len__(self) -> int:
        return len(self.tokens)

    def __iter__(self) -> Iterator[Token]:
        return iter(self.tokens)

    @overload
    def __getitem__(self, index: int) -> Token: ...

    @overload
    def __getitem__(self, index: slice) -> Span: ...

    def __getitem__(self, index: int | slice) -> Token | Span:
        if isinstance(index, slice):
            start, end, _ = index.indices(len(self.tokens))
            return Span(self, start, max(start, end))
        return self.tokens[index]

    def between(self, start: int, end: int) -> str:
        """The words from one token up to another one, as they stand in the text; the text of doc[start:end]."""
        tokens = self.tokens[start:end]
        if not tokens:
            return ""
        return self.text[tokens[0].idx : tokens[-1].idx + len(tokens[-1].text)]

    @property
    def sents(self) -> Iterator[Span]:
        """The parser's sentences."""
        for start, end in pairwise([*self.starts, len(self.tokens)]):
            yield Span(self, start, end)

    def char_span(self, start: int, end: int, alignment_mode: str = "strict") -> Span | None:
        """The tokens between two characters; None if there are none. Modes: "strict" (both are edges of tokens),
        "expand" (all tokens of which some character is inside).
        """
        first, last = self._token_at(start), self._token_at(end - 1)
        if first is None or last is None:
            return None
        if alignment_mode == "strict":
            if start != first.idx or end != last.idx + len(last.text):
                return None
        elif alignment_mode != "expand":
            raise ValueError(f"{alignment_mode!r} is no way to align characters with tokens")
        elif start == first.idx + len(first.text):
            # The space behind a token is no part of it.
            return Span(self, first.i + 1, max(first.i, last.i) + 1)
        return Span(self, first.i, last.i + 1)

    def _token_at(self, place: int) -> Token | None:
        """The token to which a character belongs, with the space behind it."""
        number = bisect_right(self.tokens, place, key=_begins) - 1
        if number < 0:
            return None
        token = self.tokens[number]
        return token if place < token.idx + len(token.text) + len(token.whitespace_) else None


def kept(rule: Callable[Concatenate[Token, Details], Answer]) -> Callable[Concatenate[Token, Details], Answer]:
    """A rule whose answers are kept with the text: the same is asked of a verb by each rule that looks at it.

    Asked with more than a token it answers anew. What is kept must not be changed by who asked.
    """

    @wraps(rule)
    def ask(token: Token, /, *details: Details.args, **named: Details.kwargs) -> Answer:
        if details or named:
            return rule(token, *details, **named)
        answers: dict[int, Answer] = token.doc.known[rule]
        if token.i not in answers:
            answers[token.i] = rule(token, *details, **named)
        return answers[token.i]

    return ask


def _depth(token: Token) -> int:
    if (token.is_space or token.is_punct) and not token.children:
        return len(token.doc) - 1
    return sum(1 for _ in token.ancestors)


def _begins(token: Token) -> int:
    return token.idx


@lru_cache(maxsize=200_000)
def _form(word: str) -> tuple[str, bool, bool]:
    """What follows from a word alone: its lower-case form, whether it is white space, whether punctuation."""
    return word.lower(), word.isspace(), all(unicodedata.category(c).startswith("P") for c in word)
