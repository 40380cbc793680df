"""Two entries of the codebook beside each other."""

from __future__ import annotations

from whodid.codebook.model import Codebook
from whodid.codebook.side_by_side import side_by_side


def test_two_entries_stand_in_two_columns_of_a_width(codebook: Codebook) -> None:
    lines = side_by_side(codebook, "112", "111", width=80).split("\n")
    assert lines[0] == f"112  {codebook.actions['112'].label}".ljust(38) + f" | 111  {codebook.actions['111'].label}"
    assert set(lines[1]) == {"-", "+"}
    assert all(len(line) <= 80 and line[39] in "|+" for line in lines)
    left = " ".join(" ".join(line[:38].split()) for line in lines)
    right = " ".join(" ".join(line[40:].split()) for line in lines)
    for side, code in ((left, "112"), (right, "111")):
        action = codebook.actions[code]
        for text in (action.definition, f"Use: {action.use.removeprefix('Use ')}", f"Not: {action.not_for}"):
            assert " ".join(text.split()) in side
        assert side.count("Example: ") == 2
        assert "|action]]" in side


def test_a_code_that_is_not_there_says_so(codebook: Codebook) -> None:
    lines = side_by_side(codebook, "999", "111", width=80).split("\n")
    assert lines[0].startswith("999  not in the codebook")
    assert "111" in lines[0]
