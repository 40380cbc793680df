"""What a person wrote, as values of the table: a code, a day, a confidence; or what is wrong with it, and the fix."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from whodid.articles.days import parse_day
from whodid.codebook.actor_codes import ActorCodes, ActorParts, groups
from whodid.codebook.look_up import nearest_codes
from whodid.codebook.model import Codebook
from whodid.coder.explain_json import ActorLabels
from whodid.events.record import DATE_BASES

MOST_DAYS_AHEAD = 366
_MONTHS = "january february march april may june july august september october november december".split()
_DAY_FIRST = re.compile(r"(\d{1,2})\.? ([A-Za-z]{3,9})\.?,? (\d{4})")
_MONTH_FIRST = re.compile(r"([A-Za-z]{3,9})\.? (\d{1,2}),? (\d{4})")


@dataclass(frozen=True, slots=True)
class Problem:
    """Why an answer cannot be taken: the rule's short name, a sentence, and the fix."""

    rule: str
    message: str
    fix: str


def named(code: str, codebook: Codebook) -> str:
    """An action as people write it: its code and its label, "112 Accuse"."""
    return f"{code} {codebook.actions[code].label}"


def action_of(written: str, codebook: Codebook, *, may_lack_zero: bool = False) -> str | Problem:
    """The action code in "112" or "112 Accuse".

    may_lack_zero: the answer went through a program that turns 010 into 10; a bare code that can be either is then a
    problem.
    """
    code, _, label = written.strip().partition(" ")
    if code not in codebook.actions:
        by_label = {action.label.casefold(): action.code for action in codebook.actions.values()}
        meant = by_label.get(written.strip().casefold())
        near = [meant] if meant else nearest_codes(codebook, code)
        fix = f"Did you mean {_either(near, codebook)}?" if near else "`whodid codebook search WORDS` finds codes."
        return Problem("unknown-action", f"{written!r} is not in the codebook {codebook.label}.", fix)
    own = codebook.actions[code].label
    if label.strip() and label.strip().casefold() != own.casefold():
        fix = f"Write {named(code, codebook)!r}, or the code that you meant."
        return Problem("wrong-label", f"The label of {code} is {own!r}, not {label.strip()!r}.", fix)
    if may_lack_zero and not label.strip() and f"0{code}" in codebook.actions:
        message = f"{code!r} may be a code that lost its zero: {f'0{code}'!r} is one, too."
        return Problem("lost-zero", message, f"Write {_either([f'0{code}', code], codebook)}.")
    return code


def numeric_code(number: object, codebook: Codebook) -> Problem:
    """The problem with a code that a spreadsheet keeps as a number: its zero, if it had one, is gone."""
    shown = f"{number:g}" if isinstance(number, float) else str(number)
    could_be = [code for code in (f"0{shown}", shown) if code in codebook.actions]
    fix = "Format the cell as text and choose "
    fix += f"{_either(could_be, codebook)}." if could_be else "the code from the list again."
    return Problem("number", f"{shown} is a number here, and codes are text: a number has no zero in front.", fix)


def named_actor(code: str, labels: ActorLabels) -> str:
    """An actor as the lists of sheets write it: its code, and what that means, "KOR South Korea"."""
    return f"{code} {labels.of(code)}"


def actor_of(written: str, codes: ActorCodes, labels: ActorLabels | None = None) -> str | Problem:
    """An actor code such as KORGOV, each of its groups known to the codebook; with labels, also as named_actor writes it."""
    code, _, label = written.strip().partition(" ")
    own = labels.of(code) if labels is not None and label else None
    if own is None:
        code = written.strip()
    elif " ".join(label.split()).casefold() != " ".join(own.split()).casefold():
        fix = f"Write {code!r} alone, or the code that you meant."
        return Problem("wrong-label", f"{code} is {own!r}, not {label.strip()!r}.", fix)
    parts = codes.parse(code)
    if not isinstance(parts, ActorParts):
        return Problem("unknown-actor", parts.reason, parts.fix)
    variant = next((g for g in groups(code) if g in codes.variants and g in (parts.country, parts.region)), None)
    if variant is not None:
        own = codes.iso_to_cameo.get(variant)
        fix = f"Write {code.replace(variant, own, 1)!r}." if own else "Write the codebook's own code."
        return Problem("variant-actor", f"{variant!r} is a variant of a country code: {codes.variants[variant]}.", fix)
    return code


def day_of(written: str) -> date | Problem:
    """The day in 2024-06-21, 21 June 2024 or June 21, 2024; orders that differ by country are not guessed at."""
    text = " ".join(written.split())
    day = parse_day(text) or _in_words(text)
    if day is not None:
        return day
    fix = "Write it as 2024-06-21 or 21 June 2024; leave it empty for the day of publication."
    return Problem("bad-date", f"{written!r} is no day in a form that is read alike everywhere.", fix)


def _in_words(text: str) -> date | None:
    if found := _DAY_FIRST.fullmatch(text):
        day, month, year = found.groups()
    elif found := _MONTH_FIRST.fullmatch(text):
        month, day, year = found.groups()
    else:
        return None
    numbers = [
        n for n, name in enumerate(_MONTHS, 1) if name.startswith(month.lower()) or month.lower() == "sept" == name[:4]
    ]
    try:
        return date(int(year), numbers[0], int(day)) if len(numbers) == 1 else None
    except ValueError:
        return None


def basis_of(written: str, day: date | None, published: date) -> tuple[date, str] | Problem:
    """The day and its basis: an empty day is that of publication, a day without a basis was read in the text."""
    basis = written.strip().lower()
    if basis and basis not in DATE_BASES:
        fix = f"Choose one of {', '.join(DATE_BASES)}, or leave it empty."
        return Problem("bad-date-basis", f"{written!r} is no basis of a date.", fix)
    if day is None:
        if basis in {"text", "dateline"}:
            fix = "Write the day, or choose 'published'."
            return Problem("date-basis", f"The basis is {basis!r}, but there is no date.", fix)
        return published, "published"
    if day - published > timedelta(days=MOST_DAYS_AHEAD):
        message = f"{day} is more than a year after the article was published ({published})."
        return Problem("future-date", message, "Correct the year.")
    if basis == "published" and day != published:
        message = f"The basis is 'published', but {day} is not the day of publication, {published}."
        return Problem("date-basis", message, "Choose 'text' or 'dateline' if the day was read there.")
    return day, basis or "text"


def confidence_of(written: object) -> float | Problem | None:
    """A confidence from 0 to 1 to three decimals; None if nothing is written."""
    text = str(written).strip() if written is not None else ""
    if not text:
        return None
    try:
        value = float(text)
    except ValueError:
        value = float("nan")
    if isinstance(written, bool) or not 0 <= value <= 1:
        return Problem("bad-confidence", f"{text!r} is no confidence from 0 to 1.", "Write 0.9 for 90 %.")
    return round(value, 3)


def _either(codes: list[str], codebook: Codebook) -> str:
    return " or ".join(repr(named(code, codebook)) for code in codes)
