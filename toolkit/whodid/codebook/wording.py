"""The small language of patterns: "sign|initial @agreement", "noun:invasion", "not approve resolution"."""

from __future__ import annotations

import re
from typing import Literal

from whodid.codebook.model import Pattern, PatternWord

_WORD = re.compile(r"^[a-z0-9@'._-]+(\|[a-z0-9@'._-]+)*$")


def parse_pattern(
    source: str, code: str, wordsets: dict[str, frozenset[str]], file: str = "", line: int = 0
) -> Pattern:
    """The pattern that a line of a patterns file writes.

    The first word is the head: the lemma of a verb, of a noun after `noun:`, of an adjective after `adj:`. Each
    further word must stand below the head in the parse, in any order. `a|b` are alternatives, `@set` a word set, and a
    leading `not` asks for a negated head.
    Raises ValueError, with a sentence, if the wording cannot be read.
    """
    words = source.split()
    is_negated = bool(words) and words[0] == "not" and len(words) > 1
    if is_negated:
        words = words[1:]
    if not words:
        raise ValueError("the pattern is empty")
    part_of_speech: Literal["verb", "noun", "adj"] = "verb"
    head = words[0]
    for prefix in ("noun", "adj"):
        if head.startswith(f"{prefix}:"):
            part_of_speech = prefix
            head = head[len(prefix) + 1 :]
    return Pattern(
        code=code,
        source=source,
        head=_alternatives(head, wordsets),
        part_of_speech=part_of_speech,
        is_negated=is_negated,
        words=tuple(PatternWord(any_of=_alternatives(word, wordsets)) for word in words[1:]),
        file=file,
        line=line,
    )


def _alternatives(word: str, wordsets: dict[str, frozenset[str]]) -> frozenset[str]:
    if not _WORD.match(word):
        raise ValueError(f"{word!r} is not a word in lower case, a|b, or @set")
    out: set[str] = set()
    for part in word.split("|"):
        if part.startswith("@"):
            if part[1:] not in wordsets:
                raise ValueError(f"the word set {part!r} is not defined in patterns/wordsets.yaml or in this file")
            out |= wordsets[part[1:]]
        else:
            out.add(part)
    return frozenset(out)
