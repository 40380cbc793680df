"""Sentences cut from articles by the offsets of a row, with the words marked."""

from __future__ import annotations

from whodid.summary.sentences import Piece, marked_sentence, words_are_in_place


def row(text: str, actor: str, action: str, target: str) -> dict[str, object]:
    out: dict[str, object] = {}
    for role, words in (("actor", actor), ("action", action), ("target", target)):
        start = text.index(words)
        out |= {f"{role}_text": words, f"{role}_start": start, f"{role}_end": start + len(words)}
    return out


def shown(text: str, *words: str) -> str:
    pieces = marked_sentence(text, row(text, *words))
    assert pieces is not None
    return "".join(f"[{p.text}|{'+'.join(p.roles)}]" if p.roles else p.text for p in pieces)


def test_the_sentence_around_the_words_is_cut_out_and_its_words_are_marked():
    text = "Talks failed. On Friday, Seoul accused Moscow of fraud. Nobody answered."
    assert shown(text, "Seoul", "accused", "Moscow") == (
        "On Friday, [Seoul|actor] [accused|action] [Moscow|target] of fraud."
    )


def test_abbreviations_do_not_end_a_sentence_and_blank_lines_do():
    text = "A headline without a stop\n\nThe envoy of Gen. Park from the U.S. Navy met\nMr. Kim. He left."
    assert shown(text, "Gen. Park", "met", "Kim") == (
        "The envoy of [Gen. Park|actor] from the U.S. Navy [met|action] Mr. [Kim|target]."
    )


def test_words_that_overlap_have_both_roles():
    text = "Police arrested protesters."
    assert shown(text, "Police", "arrested protesters", "protesters") == (
        "[Police|actor] [arrested |action][protesters|action+target]."
    )


def test_a_very_long_sentence_is_shortened_at_a_word_with_an_ellipsis():
    text = "so " * 300 + "Seoul accused Moscow " + "and " * 300
    pieces = marked_sentence(text, row(text, "Seoul", "accused", "Moscow"))
    assert pieces is not None
    assert pieces[0] == Piece("… ")
    assert pieces[-1] == Piece(" …")
    assert "so so" in pieces[1].text
    assert len("".join(p.text for p in pieces)) < 700


def test_words_that_stand_elsewhere_give_no_sentence():
    text = "Seoul accused Moscow."
    moved = {**row(text, "Seoul", "accused", "Moscow"), "actor_start": 1}
    assert not words_are_in_place(text, moved)
    assert marked_sentence(text, moved) is None
