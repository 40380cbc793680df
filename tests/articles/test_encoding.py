"""Bytes to clean characters."""

from __future__ import annotations

import pytest

from whodid.articles.encoding import decode, repair, unpaired_surrogate, without_outer_blank_lines

WORDS = "Der Außenminister traf „Müller“ in Kraków.\nEnde"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_unicode_is_read_with_and_without_a_byte_order_mark(encoding: str) -> None:
    assert decode(WORDS.encode(encoding), "a.txt") == (WORDS, [])


def test_bytes_that_are_not_utf8_are_read_as_windows_1252() -> None:
    assert decode("“Ça va” – 5 €".encode("cp1252"), "a.txt") == ("“Ça va” – 5 €", [])


def test_line_ends_of_every_system_become_line_feeds() -> None:
    assert decode(b"one\r\ntwo\rthree\n", "a.txt") == ("one\ntwo\nthree\n", [])


def test_a_file_with_null_bytes_is_called_binary() -> None:
    text, faults = decode(b"PK\x03\x04\x00\x00rest", "a.txt")
    assert text == ""
    assert str(faults[0]) == (
        "a.txt: The file holds null bytes: it is binary, or UTF-16 without a byte-order mark. "
        "Save it as UTF-8 text, or take it out."
    )


def test_utf16_that_breaks_off_is_refused() -> None:
    _, faults = decode("abc".encode("utf-16") + b"\x00", "a.txt")
    assert [fault.rule for fault in faults] == ["bad-encoding"]


def test_a_byte_that_no_encoding_knows_is_named_with_its_line() -> None:
    _, faults = decode(b"fine\ncaf\xe9 \x81 here\n", "a.txt")
    assert str(faults[0]) == (
        "a.txt:2: The file is neither UTF-8 nor Windows-1252: byte 0x81 is no character. Save it as UTF-8."
    )


def test_utf8_with_one_broken_byte_keeps_its_other_words() -> None:
    text, faults = decode("“Kraków”".encode() + b"\nbroken \xe9 byte", "a.txt")
    assert not faults
    assert repair(text) == "“Kraków”\nbroken é byte"


def test_a_declared_encoding_counts_only_where_the_bytes_are_not_utf8() -> None:
    assert decode("Łódź".encode("iso-8859-2"), "a.html", declared="ISO-8859-2")[0] == "Łódź"
    assert decode("Łódź".encode(), "a.html", declared="ISO-8859-2")[0] == "Łódź"
    assert decode("“é”".encode("cp1252"), "a.html", declared="iso-8859-1")[0] == "“é”"
    assert decode("é".encode("cp1252"), "a.html", declared="no-such-encoding")[0] == "é"


@pytest.mark.parametrize(
    ("broken", "whole"),
    [
        ("Russiaâ€™s envoy", "Russia’s envoy"),
        ("the cafÃ© in ParÃ­s", "the café in París"),
        ("he said â€œnoâ€\x9d", "he said “no”"),
    ],
)
def test_mojibake_is_undone(broken: str, whole: str) -> None:
    assert repair(broken) == whole


@pytest.mark.parametrize(
    "words", ["SÃO PAULO", "naïve café", "Ñandú – “x” … 5 €", "Ünal’s Ö", "Çeşme", "日本語", "Привет"]
)
def test_words_that_only_look_foreign_stay(words: str) -> None:
    assert repair(words) == words


def test_mojibake_in_one_line_leaves_the_others_alone() -> None:
    assert repair("It’s fine\nItâ€™s not\nSÃO PAULO") == "It’s fine\nIt’s not\nSÃO PAULO"


def test_characters_are_composed() -> None:
    assert repair("Krako\u0301w") == "Kraków"


def test_only_outer_blank_lines_go() -> None:
    assert without_outer_blank_lines("\n \n  First.\n\n\nLast. \n\t\n\n") == "  First.\n\n\nLast. "
    assert without_outer_blank_lines(" \n\n") == ""


def test_half_a_character_is_found() -> None:
    assert unpaired_surrogate("a\ud83db") == "U+D83D"
    assert unpaired_surrogate("a😀b") is None
