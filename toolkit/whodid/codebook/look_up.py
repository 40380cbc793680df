"""Looking codes up: one entry as text, and the entries that fit some words."""

from __future__ import annotations

import re
import textwrap

from whodid.codebook.marks import write_marks
from whodid.codebook.model import Action, Codebook, Example
from whodid.errors import CodebookError

_WIDTH = 96


def get_action(codebook: Codebook, code: str) -> Action:
    """The entry of a code. Raises CodebookError with the nearest codes if the codebook has none."""
    if code in codebook.actions:
        return codebook.actions[code]
    near = nearest_codes(codebook, code)
    fix = f"Did you mean {', '.join(near)}?" if near else "`whodid codebook search WORDS` finds codes by their words."
    raise CodebookError(
        f"{code!r} is not in the codebook {codebook.label}.", fix=fix, value=code, rule="unknown-action"
    )


def nearest_codes(codebook: Codebook, code: str) -> list[str]:
    """Up to three codes that a mistyped one may have meant: its leading zero restored, its parents, its neighbours."""
    options = [f"0{code}", code.zfill(3), code.zfill(4), code[:-1], code[:-2], f"{code[:-1]}0"]
    return list(dict.fromkeys(option for option in options if option in codebook.actions))[:3]


def show_action(codebook: Codebook, code: str) -> str:
    """The entry of a code as text: label, definition, when to use it and when not, values, examples, near misses."""
    action = get_action(codebook, code)
    plover = codebook.plover_of(code)
    quad = codebook.quad_class(code)
    facts = [f"Goldstein {codebook.goldstein_score(code)}"]
    if quad is not None:
        facts.append(f"quad class {quad} ({codebook.meta.quad_class_names.get(quad, '')})")
    facts.append(
        " ".join(filter(None, ("PLOVER", plover.event, plover.mode, plover.context))) if plover else "no PLOVER event"
    )
    lines = [f"{action.code}  {action.label}", "  ".join(facts), ""]
    if action.parent in codebook.actions:
        lines.insert(1, f"below {action.parent}  {codebook.actions[action.parent].label}")
    for name, text in (("", action.definition), ("Use: ", action.use), ("Not: ", action.not_for)):
        lines += textwrap.wrap(name + " ".join(text.split()), _WIDTH)
    below = [a for a in codebook.actions.values() if a.parent == code]
    if below:
        lines += ["", "Sub-codes:", *(f"  {a.code}  {a.label}" for a in below)]
    if action.examples:
        lines += ["", "Examples:", *(_example(e) for e in action.examples)]
    if action.near_misses:
        lines += ["", "Near misses:", *(_example(e) for e in action.near_misses)]
    return "\n".join(lines)


def _example(example: Example) -> str:
    codes = " ".join(filter(None, (example.actor, example.action or "no event", example.target, example.why)))
    text = f"{write_marks(example.text, example.marks)}  ({codes})"
    return textwrap.fill(text, _WIDTH, initial_indent="  - ", subsequent_indent="    ")


def search_actions(codebook: Codebook, query: str, limit: int = 10) -> list[tuple[Action, float]]:
    """The entries that fit some words or the beginning of a code, best first, with a score; empty if none does.

    A word counts most in the label, then in the definition and in patterns, least in examples. Plural and verb endings
    are disregarded.
    """
    return ActionSearch(codebook).find(query, limit)


class ActionSearch:
    """search_actions for many queries: the words of a codebook's entries are looked at once."""

    def __init__(self, codebook: Codebook) -> None:
        self._actions = codebook.actions
        patterns: dict[str, set[str]] = {}
        for pattern in codebook.patterns:
            stems = {_stem(lemma) for lemma in pattern.head}
            stems |= {_stem(lemma) for word in pattern.words if len(word.any_of) < 12 for lemma in word.any_of}
            patterns.setdefault(pattern.code, set()).update(stems)
        self._fields = {
            action.code: (
                (6.0, _stems(action.label)),
                (3.0, patterns.get(action.code, set())),
                (2.0, _stems(action.definition) | _stems(action.use)),
                (1.0, {s for e in action.examples for s in _stems(e.text)}),
            )
            for action in codebook.actions.values()
        }

    def find(self, query: str, limit: int = 10) -> list[tuple[Action, float]]:
        """What search_actions gives."""
        query = query.strip().lower()
        if re.fullmatch(r"[0-9]{1,4}", query):
            found = [a for a in self._actions.values() if a.code.startswith(query)]
            return [(action, 1.0) for action in sorted(found, key=lambda a: a.code)][:limit]
        words = [_stem(word) for word in re.findall(r"[a-z]+", query)]
        if not words:
            return []
        scored = []
        for action in self._actions.values():
            fields = self._fields[action.code]
            score = sum(max((weight for weight, stems in fields if word in stems), default=0.0) for word in words)
            if all(any(word in stems for _, stems in fields) for word in words):
                scored.append((action, score / (6.0 * len(words))))
        # Of two labels with all the words, the shorter one says it more exactly: "Mediate" before "Appeal for mediation".
        return sorted(scored, key=lambda pair: (-pair[1], len(_stems(pair[0].label)), pair[0].code))[:limit]


def _stems(text: str) -> set[str]:
    return {_stem(word) for word in re.findall(r"[a-z]+", text.lower())}


def _stem(word: str) -> str:
    word = word.lower()
    for ending in (
        "ations",
        "ation",
        "ating",
        "ated",
        "ates",
        "ate",
        "ings",
        "ing",
        "ies",
        "ied",
        "ed",
        "es",
        "s",
        "e",
        "y",
    ):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word
