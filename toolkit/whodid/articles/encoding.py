"""From the bytes of a file to clean characters: decoding, mojibake, composed form and line ends.

The offsets in event rows count characters of the text after everything that happens here: `decode` and `repair` for
each field, then `without_outer_blank_lines` for the text.
"""

from __future__ import annotations

import codecs
import re
import unicodedata

import ftfy
import ftfy.bad_codecs
from ftfy.badness import badness, is_bad

from whodid.errors import Fault

# Windows-1252 with the five bytes that it leaves undefined read as control characters, as browsers do: a UTF-8 file
# with one broken byte can then still be recognised, and repaired, as mojibake.
_WINDOWS = "sloppy-windows-1252"
_UNDEFINED = re.compile("[\x81\x8d\x8f\x90\x9d]")
_DECLARABLE = ("iso8859", "cp12", "cp87", "koi8", "gb", "big5", "euc", "shift_jis", "cp93", "cp94", "mac")
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def decode(data: bytes, name: str, *, declared: str | None = None) -> tuple[str, list[Fault]]:
    """The characters of a file with plain line ends, or an empty text and what is wrong with it.

    UTF-8 with or without a byte-order mark, UTF-16 with one; else the encoding that the file itself declares (pages
    do), if Python knows it; else Windows-1252. Lines keep their numbers.
    """
    text, faults = _decode(data, name, declared)
    if "\0" in text:
        message = "The file holds null bytes: it is binary, or UTF-16 without a byte-order mark."
        return "", [Fault("binary", message, "Save it as UTF-8 text, or take it out.", name)]
    return plain_line_ends(text), faults


def repair(text: str) -> str:
    """The same words with mojibake undone, in composed form (NFC) and with plain line ends.

    A line is touched only where it is clearly mojibake ("â€™" for an apostrophe, "Ã©" for é) and where undoing it
    leaves less of it and loses no character.
    """
    if text.isascii():
        return plain_line_ends(text)
    lines = plain_line_ends(text).split("\n")
    return unicodedata.normalize("NFC", "\n".join(_without_mojibake(line) for line in lines))


def plain_line_ends(text: str) -> str:
    """The text with every line end as a single line feed."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def without_outer_blank_lines(text: str) -> str:
    """The text without the blank lines before its first and after its last word; all between them stays."""
    lines = text.split("\n")
    start, end = 0, len(lines)
    while start < end and not lines[start].strip():
        start += 1
    while end > start and not lines[end - 1].strip():
        end -= 1
    return "\n".join(lines[start:end])


def unpaired_surrogate(text: str) -> str | None:
    """The first half of a character pair without its other half, as U+D83D; None if there is none.

    JSON can hold such halves ("\\ud83d"); no file in UTF-8 can, so no row could be written.
    """
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        return f"U+{ord(text[error.start]):04X}"
    return None


def printable_name(name: str) -> str:
    """A path that can be printed and written as UTF-8 even where the disk's name for it is no valid text."""
    return name.encode("utf-8", "backslashreplace").decode("utf-8")


def _decode(data: bytes, name: str, declared: str | None) -> tuple[str, list[Fault]]:
    if data.startswith(_UTF16):
        try:
            return data.decode("utf-16"), []
        except UnicodeDecodeError as error:
            message = f"The file begins as UTF-16 but breaks at byte {error.start}."
            return "", [Fault("bad-encoding", message, "Save it as UTF-8.", name)]
    try:
        return data.decode("utf-8-sig"), []
    except UnicodeDecodeError:
        pass
    if declared is not None:
        try:
            encoding = codecs.lookup(declared).name
            # Pages that declare Latin-1 are Windows-1252; pages that declare UTF-16 in ASCII letters are not UTF-16.
            if encoding.startswith(_DECLARABLE) and encoding != "iso8859-1":
                return data.decode(encoding), []
        except (LookupError, UnicodeError):
            pass  # An unknown or wrong declaration says nothing; the rule for files without one applies.
    text = data.removeprefix(codecs.BOM_UTF8).decode(_WINDOWS)
    undefined = _UNDEFINED.search(repair(text))
    if undefined is not None:
        line = undefined.string.count("\n", 0, undefined.start()) + 1
        message = f"The file is neither UTF-8 nor Windows-1252: byte 0x{ord(undefined.group()):02x} is no character."
        return "", [Fault("bad-encoding", message, "Save it as UTF-8.", name, line)]
    return text, []


def _without_mojibake(line: str) -> str:
    if line.isascii() or not is_bad(line):
        return line
    fixed = ftfy.fix_encoding(line)
    is_better = badness(fixed) < badness(line) and fixed.count("\ufffd") <= line.count("\ufffd") and "\0" not in fixed
    return str(fixed) if is_better else line
