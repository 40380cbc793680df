"""Words that a coder typed, found in their sentence: one place, or what is wrong and the fix."""

from __future__ import annotations

import difflib
import re

from whodid.annotation.answers import Problem

_QUOTES = {"'": "'‘’‚‛´`", '"': '"“”„«»', "-": "-–—−‐‑"}
_ALIKE = {character: f"[{re.escape(alike)}]" for alike in _QUOTES.values() for character in alike}
_LONGEST = 200
_WHICH = re.compile(r"(.*\S)\s*#\s*([1-9][0-9]?)", re.DOTALL)


def locate(typed: str, sentence: str) -> tuple[int, int] | Problem:
    """Start and end of the typed words in the sentence, half open, from 0.

    As typed, as whole words; if they do not stand there so, without regard to capitals, kinds of quotes and dashes, and
    the width of spaces. "Russia #2" is the second "Russia". Words that stand nowhere, or in several places, are a
    problem.
    """
    words, which = typed.strip(), None
    places = _places(words, sentence)
    numbered = _WHICH.fullmatch(words)
    if not places and numbered is not None:
        words, which = numbered[1], int(numbered[2])
        places = _places(words, sentence)
    if not places:
        return Problem("missing-words", f"{words!r} does not stand in the sentence.", _nearest(words, sentence))
    if which is not None:
        if which <= len(places):
            return places[which - 1]
        message = f"{words!r} stands in the sentence {len(places)} time{'s' if len(places) > 1 else ''}, not {which}."
        return Problem("missing-words", message, f"Write a number up to {len(places)}.")
    if len(places) > 1:
        seen = ", ".join(f"#{n} in {_around(place, sentence)!r}" for n, place in enumerate(places[:3], 1))
        message = f"{words!r} stands in the sentence {len(places)} times."
        return Problem("ambiguous-words", message, f"Write {words + ' #2'!r} for the second ({seen}).")
    return places[0]


def _places(words: str, sentence: str) -> list[tuple[int, int]]:
    if not words:
        return []
    before = r"(?<!\w)" if words[0].isalnum() else ""
    after = r"(?!\w)" if words[-1].isalnum() else ""
    exact = [m.span() for m in re.finditer(before + re.escape(words) + after, sentence)]
    if exact:
        return exact
    loose = r"\s+".join("".join(_ALIKE.get(c, re.escape(c)) for c in word) for word in words.split())
    return [m.span() for m in re.finditer(before + loose + after, sentence, re.IGNORECASE)]


def _around(place: tuple[int, int], sentence: str, reach: int = 15) -> str:
    start, end = max(0, place[0] - reach), min(len(sentence), place[1] + reach)
    # Whole words read better than halves.
    while start and not sentence[start - 1].isspace():
        start -= 1
    while end < len(sentence) and not sentence[end].isspace():
        end += 1
    return " ".join(sentence[start:end].split())


def _nearest(words: str, sentence: str) -> str:
    """The fix for words that stand nowhere: the stretch of the sentence that is most like them, if one is."""
    tokens = list(re.finditer(r"\w[\w'’.-]*", sentence))[:400]
    count = max(1, len(words.split()))
    stretches = [
        sentence[tokens[i].start() : tokens[i + n - 1].end()].rstrip(".")
        for n in {max(1, count - 1), count, count + 1}
        for i in range(len(tokens) - n + 1)
    ]
    near = difflib.get_close_matches(words[:_LONGEST], stretches, n=1, cutoff=0.7)
    return f"Did you mean {near[0]!r}?" if near else "Copy the words from the sentence as they stand, in one piece."
