"""The small language of patterns: "sign|initial @agreement", "noun:invasion", "not approve", "arrive ^peacekeeper"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

PartOfSpeech = Literal["verb", "noun", "adj"]


@dataclass(frozen=True, slots=True)
class PatternWord:
    """One word that a pattern asks for: any of these lemmas."""

    any_of: frozenset[str]


@dataclass(frozen=True, slots=True)
class Pattern:
    """Wording that means an action: a head, words that must stand below it in the parse, and who must do it.

    subject is empty if anybody may do it; code is NOTHING if the wording is no event. source is the line as written;
    file and line say where.
    """

    code: str
    source: str
    head: frozenset[str]
    part_of_speech: PartOfSpeech = "verb"
    is_negated: bool = False
    words: tuple[PatternWord, ...] = ()
    subject: frozenset[str] = frozenset()
    file: str = ""
    line: int = 0


# The code of wordings that look like an event and are none: "fight a fire", "a heart attack".
NOTHING = "none"
_CODE = re.compile(rf"[0-9]{{2,4}}|{NOTHING}")
_WORD = re.compile(r"^[a-z0-9@'._-]+(\|[a-z0-9@'._-]+)*$")


def parse_pattern(
    source: str, code: str, wordsets: dict[str, frozenset[str]], file: str = "", line: int = 0
) -> Pattern:
    """The pattern that a line of a patterns file writes.

    The first word is the head: the lemma of a verb, of a noun after `noun:`, of an adjective after `adj:`. Each
    further word must stand below the head in the parse, in any order, and after `^` it must be who does it. `a|b` are
    alternatives, `@set` a word set, and a leading `not` asks for a negated head.
    Raises ValueError, with a sentence, if the wording cannot be read.
    """
    words = source.split()
    is_negated = bool(words) and words[0] == "not" and len(words) > 1
    if is_negated:
        words = words[1:]
    if not words:
        raise ValueError("the pattern is empty")
    if not _CODE.fullmatch(code):
        raise ValueError(f'{code!r} is no action code; write two to four digits between quotes ("0231")')
    part_of_speech: PartOfSpeech = "verb"
    head = words[0]
    if head.startswith("noun:"):
        part_of_speech, head = "noun", head.removeprefix("noun:")
    elif head.startswith("adj:"):
        part_of_speech, head = "adj", head.removeprefix("adj:")
    return Pattern(
        code=code,
        source=source,
        head=_alternatives(head, wordsets),
        part_of_speech=part_of_speech,
        is_negated=is_negated,
        words=tuple(PatternWord(_alternatives(word, wordsets)) for word in words[1:] if word[0] != "^"),
        subject=frozenset().union(*(_alternatives(word[1:], wordsets) for word in words[1:] if word[0] == "^")),
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
