"""Reading YAML and CSV with line numbers, and refusing what a codebook does not need."""

from __future__ import annotations

import pytest

from whodid.codebook.files import decode, parse_csv, parse_yaml


def yaml_faults(text: str) -> list[str]:
    return [str(fault) for fault in parse_yaml(text, "a.yaml").faults]


def csv_faults(text: str) -> list[str]:
    return [str(fault) for fault in parse_csv(text, "a.csv", {"code": True, "name": True, "note": False}).faults]


def test_every_value_knows_its_line() -> None:
    parsed = parse_yaml('root: "11"\nactions:\n  - code: "110"\n    label: Disapprove\n  - code: "111"\n', "a.yaml")
    assert parsed.value == {"root": "11", "actions": [{"code": "110", "label": "Disapprove"}, {"code": "111"}]}
    assert parsed.line("root") == 1
    assert parsed.line("actions", 0, "label") == 4
    assert parsed.line("actions", 1) == 5
    assert parsed.faults == []


def test_a_place_that_is_missing_has_the_line_of_the_entry_around_it() -> None:
    parsed = parse_yaml('actions:\n  - code: "110"\n  - code: "111"\n', "a.yaml")
    assert parsed.line("actions", 1, "label", 7) == 3
    assert parsed.line("nothing") == 1


def test_plain_values_are_strings_numbers_booleans_and_nulls() -> None:
    text = 'a: word\nb: 12\nc: 1.5\nd: yes\ne: no\nf: null\ng: 2024-06-21\nh: "010"\ni: 1:30\nj: 0\n'
    assert parse_yaml(text, "a.yaml").value == {
        "a": "word", "b": 12, "c": 1.5, "d": True, "e": False, "f": None, "g": "2024-06-21", "h": "010", "i": "1:30", "j": 0,
    }  # fmt: skip


@pytest.mark.parametrize("written", ["010", "0231", "01"])
def test_a_number_with_a_leading_zero_remembers_how_it_was_written(written: str) -> None:
    value = parse_yaml(f"code: {written}\n", "a.yaml").value["code"]
    assert isinstance(value, float)
    assert f"{value} {value!r}" == f"{written} {written}"


def test_an_empty_file_has_no_value_and_no_faults() -> None:
    parsed = parse_yaml("# nothing\n", "a.yaml")
    assert (parsed.value, parsed.faults) == (None, [])


@pytest.mark.parametrize("text", ["a: &x [1]\nb: *x\n", "a: 1\nb: &x\n  c: 1\n", "a: 1\nb: *x\n"])
def test_aliases_and_anchors_are_refused_with_their_line(text: str) -> None:
    line = 1 if "a: &x" in text else 2
    assert yaml_faults(text) == [f"a.yaml:{line}: Anchors and aliases are not used here. Write the value out."]


def test_a_small_file_that_would_grow_to_millions_of_values_is_refused_at_once() -> None:
    levels = "".join(f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 9)}]\n" for n in range(1, 9))
    assert yaml_faults(f"l0: &l0 [x]\n{levels}") == [
        "a.yaml:1: Anchors and aliases are not used here. Write the value out."
    ]


@pytest.mark.parametrize("opening", ["[", "{a: ", "- "])
def test_deep_nesting_is_refused_without_exhausting_the_stack(opening: str) -> None:
    assert yaml_faults(f"a:\n  {opening * 50_000}\n") == ["a.yaml:2: The YAML is nested too deeply. Flatten it."]


def test_thirty_levels_are_allowed() -> None:
    assert yaml_faults("[" * 30 + "]" * 30) == []
    assert yaml_faults("[" * 31 + "]" * 31) == ["a.yaml:1: The YAML is nested too deeply. Flatten it."]


def test_a_key_that_stands_twice_is_refused_with_the_line_of_the_second() -> None:
    assert yaml_faults("a:\n  b: 1\n  c: 2\n  b: 3\n") == [
        "a.yaml:4: The key 'b' stands twice in one entry; the second would hide the first. Join or rename them."
    ]


@pytest.mark.parametrize(
    ("value", "tag"),
    [
        ("!!python/object/apply:os.system [echo]", "tag:yaml.org,2002:python/object/apply:os.system"),
        ("!own {b: 1}", "!own"),
        ("!own word", "!own"),
        ("!!binary aGVsbG8=", "tag:yaml.org,2002:binary"),
        ("!!set {x, y}", "tag:yaml.org,2002:set"),
    ],
)
def test_tags_are_refused_on_scalars_lists_and_maps(value: str, tag: str) -> None:
    assert yaml_faults(f"x: 1\na: {value}\n") == [f"a.yaml:2: The tag '{tag}' is not used here. Remove it."]


def test_a_syntax_error_gives_the_line_and_where_to_look() -> None:
    assert yaml_faults('a: 1\nb: "open\n') == [
        "a.yaml:3: This is not YAML: found unexpected end of stream. "
        "Check the indentation and the quotes there and on the line above."
    ]


def test_a_file_that_is_not_utf8_names_the_byte_and_its_line() -> None:
    text, faults = decode("name\nCôte\n".encode("latin-1"), "a.csv")
    assert text == ""
    assert [str(f) for f in faults] == ["a.csv:2: The file is not UTF-8: byte 0xf4 at offset 6. Save it as UTF-8."]


def test_a_byte_order_mark_is_dropped() -> None:
    assert decode(b"\xef\xbb\xbfcode,name\n", "a.csv") == ("code,name\n", [])


def test_csv_rows_are_strings_with_the_line_on_which_they_start() -> None:
    parsed = parse_csv('code,name\n010,"two\nlines"\n\n020, spaced \n', "a.csv", {"code": True, "name": True})
    assert parsed.value == [(2, {"code": "010", "name": "two\nlines"}), (5, {"code": "020", "name": "spaced"})]


def test_a_missing_an_unknown_and_a_doubled_column_are_reported_together() -> None:
    known = "The columns are: code, name, note."
    assert csv_faults("code,nmae,code\n1,2,3\n") == [
        f"a.csv:1: column 'name': The column 'name' is missing. {known}",
        f"a.csv:1: column 'nmae': The column 'nmae' is unknown. {known}",
        "a.csv:1: column 'code': The column 'code' stands twice. Remove one.",
    ]


def test_a_row_with_too_many_cells_is_named_and_the_others_are_read() -> None:
    parsed = parse_csv("code,name\n1,a,b\n2,c\n3\n", "a.csv", {"code": True, "name": True})
    assert [row["code"] for _, row in parsed.value] == ["2"]
    fix = "Put cells that hold a comma between double quotes."
    assert [str(f) for f in parsed.faults] == [
        f"a.csv:2: The row has 3 cells, the header 2. {fix}",
        f"a.csv:4: The row has 1 cells, the header 2. {fix}",
    ]


def test_a_quote_that_is_not_closed_is_refused() -> None:
    assert csv_faults('code,name\n1,"a\n2,b\n') == [
        "a.csv:3: This is not CSV: unexpected end of data. Check the double quotes there."
    ]


def test_an_empty_csv_file_is_refused() -> None:
    assert csv_faults("") == ["a.csv:1: The file is empty. Give it at least its header."]
