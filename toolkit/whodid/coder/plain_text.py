"""What is done to a text before it is parsed, and how a parsed one falls into sentences; nothing that needs the parser."""

from __future__ import annotations

import re
import unicodedata

from whodid.coder.parsed import Doc, Span


def readable(text: str) -> str:
    """The text with each character that would confuse the parser replaced by one of the same length.

    Typographic quotes and dashes, non-breaking spaces and control characters are mapped one to one, and a dateline at
    the start ("KYIV, March 3 (Harbour Wire) - ") becomes spaces, as does what has no space in hundreds of characters,
    so that every offset into the parse is an offset into the article.
    """
    plain = text.translate(_table(text)) if not text.isascii() or _has_control(text) else text
    plain = _ENDLESS.sub(lambda found: " " * len(found[0]), plain)
    # The dateline's place is the reporter's, not the event's; the parser would take it for the subject.
    opening = _DATELINE.match(plain)
    return " " * opening.end() + plain[opening.end() :] if opening else plain


# No word, and not even an address, is that long. The parser takes minutes for twenty thousand brackets in a row.
_ENDLESS = re.compile(r"\S{400,}")
_DATELINE = re.compile(
    # One long word or a short and a longer one ("LA PAZ"): a short one alone is rather an acronym.
    r"\s*(?:[A-Z\u00C0-\u00DE][A-Z'\u00C0-\u00DE]{3,}|[A-Z\u00C0-\u00DE]{2,3}\.? [A-Z\u00C0-\u00DE]{3,})"
    r"(?:[ ,/]+[A-Z][A-Z.'\u00C0-\u00DE-]+){0,4}"
    r"(?:, (?:[A-Z][a-z]+,? ?){1,3})?(?:,? [A-Z][a-z]{2,8}\.? \d{1,2}(?:,? \d{4})?)?\s*(?:\([^()\n]{2,40}\))? ?(?:-{1,2}|:) "
)
_PLAIN = {
    "‘": "'",
    "’": "'",
    "‚": "'",
    "‛": "'",
    "“": '"',
    "”": '"',
    "„": '"',
    "«": '"',
    "»": '"',
    "–": "-",
    "—": "-",
    "−": "-",
    "´": "'",
    "`": "'",
}


def _table(text: str) -> dict[int, str]:
    out: dict[int, str] = {}
    for character in set(text):
        if character in _PLAIN:
            out[ord(character)] = _PLAIN[character]
        elif unicodedata.category(character) in {"Zs", "Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}:
            out[ord(character)] = character if character == "\n" else " "
    return out


def _has_control(text: str) -> bool:
    return any(ord(character) < 32 and character not in "\n" for character in set(text))


def sentences(doc: Doc) -> list[Span]:
    """The sentences of a parsed article; an empty line always ends one, which the parser alone does not see."""
    out: list[Span] = []
    has_empty_lines = "\n\n" in doc.text
    for sentence in doc.sents:
        if not has_empty_lines:
            out.append(sentence)
            continue
        start = sentence.start
        for token in sentence:
            if token.is_space and "\n\n" in token.text and token.i > start:
                out.append(doc[start : token.i + 1])
                start = token.i + 1
        if start < sentence.end:
            out.append(doc[start : sentence.end])
    return [span for span in out if any(not token.is_space for token in span)]
