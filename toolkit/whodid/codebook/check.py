"""Does a codebook make sense? Every fault at once, with file, line, value and fix."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from whodid.codebook.actor_codes import GROUP_LENGTH, ActorCodes, ActorParts, InvalidActor
from whodid.codebook.load import read_codebook
from whodid.codebook.model import Codebook, Example
from whodid.codebook.wording import NOTHING
from whodid.errors import Fault

_FEWEST_EXAMPLES = 2


def check_codebook(path: Path | str | None = None) -> list[Fault]:
    """Every fault of the codebook in a folder (whodid's own by default), by file and line; empty if it is sound.

    A codebook that cannot be loaded gives its structural faults alone: what stands in broken files is not known.
    """
    codebook, faults = read_codebook(path)
    if codebook is not None:
        faults = list(check_loaded(codebook))
    return sorted(faults, key=lambda f: (str(f.path), f.line or 0, f.rule, f.value or ""))


def check_loaded(codebook: Codebook) -> Iterator[Fault]:
    """The faults of a loaded codebook, in no particular order."""
    yield from _parents(codebook)
    yield from _examples(codebook)
    yield from _action_references(codebook)
    yield from _actor_references(codebook)
    yield from _aliases(codebook)
    yield from _patterns(codebook)
    yield from _operators(codebook)
    yield from _crosswalks(codebook)
    yield from _obsolete(codebook)


def _parents(codebook: Codebook) -> Iterator[Fault]:
    for action in codebook.actions.values():
        if action.parent is not None and action.parent not in codebook.actions:
            message = f"{action.code!r} stands below {action.parent!r}, which the codebook does not define."
            fix = f"Define {action.parent!r}, or correct the code."
            yield Fault("unknown-parent", message, fix, action.file, action.line, None, "code", action.code)


def _examples(codebook: Codebook) -> Iterator[Fault]:
    codes = ActorCodes(codebook)
    seen: dict[str, Example] = {}
    for action in codebook.actions.values():
        if codebook.is_leaf(action.code) and len(action.examples) < _FEWEST_EXAMPLES:
            message = f"{action.code!r} has {len(action.examples)} examples."
            fix = f"Write at least {_FEWEST_EXAMPLES}, with marked actor, action and target."
            yield Fault("few-examples", message, fix, action.file, action.line, None, "examples", action.code)
        for example in (*action.examples, *action.near_misses):
            first = seen.setdefault(example.text, example)
            if first is not example:
                message = f"The same sentence is an example in line {first.line} of {Path(first.file).name}."
                yield Fault("repeated-example", message, "Write another.", example.file, example.line)
            if example.action is not None and example.action not in codebook.actions:
                message = f"The example expects {example.action!r}, which the codebook does not define."
                fix = "Correct the code, or write null for no event."
                yield Fault("unknown-action", message, fix, example.file, example.line, None, "action", example.action)
            for column, code in (("actor", example.actor), ("target", example.target)):
                if code is not None:
                    yield from _actor(codes, code, column, example.file, example.line)
        for near_miss in action.near_misses:
            if near_miss.action == action.code:
                message = f"The near miss of {action.code!r} expects {action.code!r} itself."
                fix = "Move it to the examples, or give the code that it has instead."
                yield Fault("own-near-miss", message, fix, near_miss.file, near_miss.line, None, "action", action.code)


def _actor(codes: ActorCodes, code: str, column: str, file: str, line: int) -> Iterator[Fault]:
    parsed = codes.parse(code)
    if isinstance(parsed, InvalidActor):
        yield Fault("unknown-actor", parsed.reason, parsed.fix, file, line, None, column, code)
    elif code[:GROUP_LENGTH] in codes.variants:
        own = codes.iso_to_cameo.get(code[:GROUP_LENGTH])
        message = f"{code[:GROUP_LENGTH]!r} is a variant code, which is read but never written."
        fix = f"Write {own + code[GROUP_LENGTH:]!r}." if own else "Write the codebook's own code."
        yield Fault("variant-actor", message, fix, file, line, None, column, code)


def _action_references(codebook: Codebook) -> Iterator[Fault]:
    for pattern in codebook.patterns:
        if pattern.code not in codebook.actions and pattern.code != NOTHING:
            message = f"The pattern {pattern.source!r} means {pattern.code!r}, which the codebook does not define."
            yield Fault(
                "unknown-action", message, "Correct the code.", pattern.file, pattern.line, None, None, pattern.code
            )
    for row in codebook.compositions:
        for column, code in (("inner", row.inner), ("action", row.action)):
            if code and code not in codebook.actions:
                message = f"{code!r} is not defined in the codebook."
                yield Fault("unknown-action", message, "Correct the code.", row.file, row.line, None, column, code)


def _actor_references(codebook: Codebook) -> Iterator[Fault]:
    codes = ActorCodes(codebook)
    for agent in codebook.agents:
        yield from _actor(codes, agent.roles, "roles", agent.file, agent.line)
    for named in (*codebook.bodies, *codebook.organisations, *codebook.groups):
        yield from _actor(codes, named.code, "code", named.file, named.line)
        yield from _period(named.valid_from, named.valid_to, named.file, named.line)
    for leader in codebook.leaders:
        yield from _actor(codes, leader.country, "country", leader.file, leader.line)
        if leader.roles:
            yield from _actor(codes, leader.roles, "roles", leader.file, leader.line)
        yield from _period(leader.start, leader.end, leader.file, leader.line)
    for country in codebook.countries:
        yield from _period(country.valid_from, country.valid_to, country.file, country.line)


def _period(start: date | None, end: date | None, file: str, line: int) -> Iterator[Fault]:
    if start is not None and end is not None and end < start:
        message = f"The time ends ({end}) before it starts ({start})."
        yield Fault("bad-period", message, "Correct one of the dates.", file, line, None, None, f"{start}/{end}")


def _aliases(codebook: Codebook) -> Iterator[Fault]:
    """Words that would mean two actors at one time."""
    named: dict[str, list[tuple[str, date | None, date | None, str, int]]] = {}

    def add(words: Sequence[str], code: str, start: date | None, end: date | None, file: str, line: int) -> None:
        for word in dict.fromkeys(words):
            named.setdefault(word, []).append((code, start, end, file, line))

    for country in codebook.countries:
        # An adjective may equal a demonym ("German"): both are the same country, so one list serves.
        words = (country.name, *country.aliases, *country.adjectives, *country.demonyms)
        if country.status != "variant":
            add(words, country.code, country.valid_from, country.valid_to, country.file, country.line)
            add(
                (*country.capital, *country.government_words),
                f"{country.code}GOV",
                country.valid_from,
                country.valid_to,
                country.file,
                country.line,
            )
    for actor in (*codebook.bodies, *codebook.organisations, *codebook.groups):
        add((actor.name, *actor.aliases), actor.code, actor.valid_from, actor.valid_to, actor.file, actor.line)
    for leader in codebook.leaders:
        code = f"{leader.country}{leader.roles}"
        add((leader.name, *leader.aliases), code, leader.start, leader.end, leader.file, leader.line)
    for alias, uses in named.items():
        for index, (code, start, end, file, line) in enumerate(uses):
            for other, other_start, other_end, other_file, other_line in uses[:index]:
                # One person may hold two offices of one country; a city-state's capital has its country's name.
                if code[:3] == other[:3] and not code.startswith("IGO"):
                    continue
                if other != code and _overlap(start, end, other_start, other_end):
                    where = f"line {other_line} of {Path(other_file).name}"
                    message = f"{alias!r} means {code} here and {other} in {where}, at the same time."
                    fix = "Remove it from one of them, or give both their dates."
                    yield Fault("duplicate-alias", message, fix, file, line, None, "aliases", alias)
                    break


def _overlap(start: date | None, end: date | None, other_start: date | None, other_end: date | None) -> bool:
    # A handover day belongs to both, which is no conflict.
    return (start or date.min) < (other_end or date.max) and (other_start or date.min) < (end or date.max)


def _patterns(codebook: Codebook) -> Iterator[Fault]:
    seen: dict[tuple[object, ...], tuple[str, str, int]] = {}
    for pattern in codebook.patterns:
        words = frozenset(w.any_of for w in pattern.words)
        key = (pattern.head, pattern.part_of_speech, pattern.is_negated, words, pattern.subject)
        if key in seen:
            code, file, line = seen[key]
            where = f"line {line} of {Path(file).name}"
            if code != pattern.code:
                message = f"The pattern {pattern.source!r} means {pattern.code} here and {code} in {where}."
                fix = "Keep it where it belongs, or make one more specific."
                yield Fault("ambiguous-pattern", message, fix, pattern.file, pattern.line, None, None, pattern.source)
            else:
                message = f"The pattern {pattern.source!r} stands again in {where}."
                yield Fault(
                    "repeated-pattern", message, "Remove one.", pattern.file, pattern.line, None, None, pattern.source
                )
        seen.setdefault(key, (pattern.code, pattern.file, pattern.line))
        for word in (*(w.any_of for w in pattern.words), pattern.head):
            hopeless = sorted(lemma for lemma in word if lemma != lemma.lower() or " " in lemma)
            if hopeless and len(hopeless) == len(word):
                message = f"The pattern {pattern.source!r} can never match: {hopeless[0]!r} is no lemma in lower case."
                fix = "Write one word in its dictionary form, in lower case."
                yield Fault("hopeless-pattern", message, fix, pattern.file, pattern.line, None, None, pattern.source)


def _operators(codebook: Codebook) -> Iterator[Fault]:
    known = {operator.name for operator in codebook.operators}
    for row in codebook.compositions:
        if row.operator not in known:
            message = f"The operator {row.operator!r} is not defined in patterns/operators.yaml."
            yield Fault(
                "unknown-operator",
                message,
                "Define it, or correct it.",
                row.file,
                row.line,
                None,
                "operator",
                row.operator,
            )
    composed = {row.operator for row in codebook.compositions}
    for operator in codebook.operators:
        if operator.name not in composed:
            message = f"The operator {operator.name!r} has no line in patterns/composition.csv."
            fix = "Say there what it makes of an inner action."
            yield Fault("unknown-operator", message, fix, operator.file, operator.line, None, None, operator.name)


def _crosswalks(codebook: Codebook) -> Iterator[Fault]:
    goldstein_file = codebook.goldstein[0].file if codebook.goldstein else "crosswalks/goldstein.csv"
    schemes = {row.scheme for row in codebook.goldstein}
    for wanted, have, what in (
        (codebook.meta.goldstein_scheme, schemes, "Goldstein"),
        (codebook.meta.quad_class_scheme, {row.scheme for row in codebook.quad_classes}, "quad class"),
    ):
        if wanted not in have:
            message = f"The {what} scheme {wanted!r} that codebook.yaml names is not in the crosswalks."
            yield Fault(
                "unknown-scheme",
                message,
                f"The schemes are: {', '.join(sorted(have))}.",
                codebook.meta.file,
                1,
                None,
                None,
                wanted,
            )
    coded = [(row.code, row.file, row.line) for row in codebook.goldstein]
    coded += [(row.code, row.file, row.line) for row in codebook.plover]
    for code, file, line in coded:
        if code not in codebook.actions:
            message = f"{code!r} is not defined in the codebook."
            yield Fault("unknown-action", message, "Correct the code.", file, line, None, "code", code)
    yield from _actor_words(codebook)
    for action in codebook.actions.values():
        if codebook.goldstein_score(action.code) is None:
            message = f"{action.code!r} has no Goldstein score in the scheme {codebook.meta.goldstein_scheme!r}."
            yield Fault(
                "crosswalk-gap", message, "Add a line with its source.", goldstein_file, 1, None, "code", action.code
            )
        if codebook.quad_class(action.code) is None:
            file = codebook.quad_classes[0].file if codebook.quad_classes else "crosswalks/quad_classes.csv"
            message = f"Root {action.root!r} has no quad class in the scheme {codebook.meta.quad_class_scheme!r}."
            yield Fault("crosswalk-gap", message, "Add a line with its source.", file, 1, None, "root", action.root)
        if action.root not in {"01", "02"} and codebook.plover_of(action.code) is None:
            file = codebook.plover[0].file if codebook.plover else "crosswalks/plover.csv"
            message = f"{action.code!r} has no PLOVER event."
            yield Fault("crosswalk-gap", message, "Add a line with its source.", file, 1, None, "code", action.code)


def _actor_words(codebook: Codebook) -> Iterator[Fault]:
    codes = ActorCodes(codebook)
    seen: dict[tuple[str, str, str], int] = {}
    for row in codebook.actor_words:
        # A role such as GOVPTY is a whole code in the grammar as well: roles may stand alone.
        parts = codes.parse(row.code)
        if not isinstance(parts, ActorParts):
            yield Fault("bad-actor", parts.reason, parts.fix, row.file, row.line, None, "code", row.code)
        first = seen.setdefault((row.scheme, row.kind, row.words), row.line)
        if first != row.line:
            message = f"The {row.kind} {row.words!r} of {row.scheme} already stands in line {first}."
            yield Fault(
                "duplicate-key", message, "Keep one of the lines.", row.file, row.line, None, "words", row.words
            )


def _obsolete(codebook: Codebook) -> Iterator[Fault]:
    codes = ActorCodes(codebook)
    for row in codebook.obsolete:
        is_used = row.code in codebook.actions if row.kind == "action" else row.code in {*codes.countries, *codes.roles}
        if is_used:
            message = f"{row.code!r} is obsolete here, and defined in the codebook."
            fix = "Remove it from one of them."
            yield Fault("obsolete-defined", message, fix, row.file, row.line, None, "code", row.code)
        for successor in row.successors:
            if row.kind == "group":
                yield from _actor(codes, successor, "successors", row.file, row.line)
            elif successor not in codebook.actions:
                message = f"The successor {successor!r} is not defined in the codebook."
                yield Fault(
                    "unknown-action", message, "Correct the code.", row.file, row.line, None, "successors", successor
                )
