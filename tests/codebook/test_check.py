"""What a codebook can get wrong although every file is well formed; each test shows the sentence a user reads."""

from __future__ import annotations

import pytest

from whodid.codebook.check import check_codebook

from .conftest import Book

ENTRY = """  - code: "{code}"
    label: x
    definition: x
    use: x
    not_for: x
    examples:
      - text: "[[Chad|actor]] [[{word} one|action]] [[Niger|target]]."
        actor: {actor}
      - "[[Chad|actor]] [[{word} two|action]] [[Niger|target]]."{more}"""


def entry(code: str, actor: str = "TCD", word: str = "shook", more: str = "") -> str:
    return ENTRY.format(code=code, actor=actor, word=word, more=more)


def values(book: Book, code: str) -> None:
    """The rows that a new code needs in the crosswalks."""
    book.append("crosswalks/goldstein.csv", f"{code},gdelt,-2.0,test")
    book.append("crosswalks/plover.csv", f"{code},ACCUSE,,,test")


def test_whodids_own_codebook_is_sound() -> None:
    assert [str(fault) for fault in check_codebook()] == []


def test_the_copy_as_it_is_shows_no_new_faults(book: Book) -> None:
    assert book.faults() == []


def test_a_code_below_an_unknown_parent(book: Book) -> None:
    line = book.append("actions/11.yaml", entry("1191"))
    values(book, "1191")
    assert book.faults() == [
        f"actions/11.yaml:{line}: column 'code': '1191' stands below '119', which the codebook does not define. "
        "Define '119', or correct the code."
    ]


def test_an_alias_of_two_countries_at_one_time(book: Book) -> None:
    first = book.replace("actors/countries.csv", "TCD,TCD,Chad,", "TCD,TCD,Chad,Old Kanem|")
    line = book.replace("actors/countries.csv", "NER,NER,Niger,", "NER,NER,Niger,Old Kanem|")
    codes = ("NER", "TCD") if first < line else ("TCD", "NER")
    first, line = sorted((first, line))
    assert book.faults() == [
        f"actors/countries.csv:{line}: column 'aliases': 'Old Kanem' means {codes[0]} here and {codes[1]} in line {first} "
        "of countries.csv, at the same time. Remove it from one of them, or give both their dates."
    ]


def test_an_alias_of_two_bodies_in_different_years_is_sound(book: Book) -> None:
    book.append("actors/bodies.csv", "TCDGOV,Kanem Office,,1990-01-01,1999-12-31\nNERGOV,Kanem Office,,1999-12-31,")
    assert book.faults() == []


def test_an_alias_of_two_bodies_in_overlapping_years(book: Book) -> None:
    line = book.append(
        "actors/bodies.csv", "TCDGOV,Kanem Office,,1990-01-01,1999-12-31\nNERGOV,Kanem Office,,1998-01-01,"
    )
    assert book.faults() == [
        f"actors/bodies.csv:{line + 1}: column 'aliases': 'Kanem Office' means NERGOV here and TCDGOV in line {line} of "
        "bodies.csv, at the same time. Remove it from one of them, or give both their dates."
    ]


def test_a_capital_that_is_also_a_country_elsewhere(book: Book) -> None:
    line = book.append("actors/groups.csv", "NERREB,N'Djamena,,NER,,")
    [sentence] = book.faults()
    assert sentence.startswith(
        f"actors/groups.csv:{line}: column 'aliases': \"N'Djamena\" means NERREB here and TCDGOV in"
    )


def test_a_time_that_ends_before_it_starts(book: Book) -> None:
    line = book.append("actors/leaders.csv", "TCD,Someone Else,,president,GOV,2001-05-01,2001-04-01")
    assert book.faults() == [
        f"actors/leaders.csv:{line}: The time ends (2001-04-01) before it starts (2001-05-01). Correct one of the dates."
    ]


def test_an_actor_code_of_an_example_that_nobody_defined(book: Book) -> None:
    line = book.append("actions/11.yaml", entry("117", actor="TCDGOW"))
    values(book, "117")
    assert book.faults() == [
        f"actions/11.yaml:{line + 6}: column 'actor': 'GOW' (in 'TCDGOW') is no role, identity or organisation that can "
        "stand there. Did you mean 'GOV'? Correct it, or add the code to codebook/actors with its source."
    ]


def test_an_iso_code_in_an_example_where_the_codebook_has_its_own(book: Book) -> None:
    line = book.append("actions/11.yaml", entry("117", actor="ROUGOV"))
    values(book, "117")
    assert book.faults() == [
        f"actions/11.yaml:{line + 6}: column 'actor': 'ROU' is a variant code, which is read but never written. "
        "Write 'ROMGOV'."
    ]


def test_an_agent_with_an_unknown_role(book: Book) -> None:
    line = book.append("actors/agents.csv", "weatherman,QQQ,")
    assert book.faults() == [
        f"actors/agents.csv:{line}: column 'roles': 'QQQ' (in 'QQQ') is no country, region, role or group. "
        "Correct it, or add the code to codebook/actors with its source."
    ]


def test_a_leader_of_an_unknown_country(book: Book) -> None:
    line = book.append("actors/leaders.csv", "ZZZ,Someone Else,,president,GOV,2001-05-01,")
    assert book.faults() == [
        f"actors/leaders.csv:{line}: column 'country': 'ZZZ' (in 'ZZZ') is no country, region, role or group. "
        "Correct it, or add the code to codebook/actors with its source."
    ]


def test_an_example_that_expects_an_unknown_action(book: Book) -> None:
    more = '\n      - text: "[[Chad|actor]] [[shook three|action]] [[Niger|target]]."\n        action: "999"'
    line = book.append("actions/11.yaml", entry("117", more=more))
    values(book, "117")
    assert book.faults() == [
        f"actions/11.yaml:{line + 9}: column 'action': The example expects '999', which the codebook does not define. "
        "Correct the code, or write null for no event."
    ]


def test_a_near_miss_that_expects_its_own_code(book: Book) -> None:
    more = '\n    near_misses:\n      - text: "[[Chad|actor]] [[shook three|action]] [[Niger|target]]."\n        action: "117"'
    line = book.append("actions/11.yaml", entry("117", more=more))
    values(book, "117")
    assert book.faults() == [
        f"actions/11.yaml:{line + 10}: column 'action': The near miss of '117' expects '117' itself. "
        "Move it to the examples, or give the code that it has instead."
    ]


def test_a_sentence_that_is_an_example_twice(book: Book) -> None:
    line = book.append("actions/11.yaml", f"{entry('117')}\n{entry('118')}")
    values(book, "117")
    values(book, "118")
    assert book.faults() == [
        f"actions/11.yaml:{line + 15}: The same sentence is an example in line {line + 6} of 11.yaml. Write another.",
        f"actions/11.yaml:{line + 17}: The same sentence is an example in line {line + 8} of 11.yaml. Write another.",
    ]


def test_a_leaf_without_examples(book: Book) -> None:
    line = book.append(
        "actions/11.yaml", '  - code: "117"\n    label: x\n    definition: x\n    use: x\n    not_for: x'
    )
    values(book, "117")
    assert book.faults() == [
        f"actions/11.yaml:{line}: column 'examples': '117' has 0 examples. "
        "Write at least 2, with marked actor, action and target."
    ]


def test_a_pattern_for_an_unknown_code(book: Book) -> None:
    line = book.append("patterns/17.yaml", '  "179":\n    - confiscate passport')
    assert book.faults() == [
        f"patterns/17.yaml:{line + 1}: The pattern 'confiscate passport' means '179', which the codebook does not define. "
        "Correct the code."
    ]


def test_a_pattern_that_can_never_match(book: Book) -> None:
    book.append("patterns/wordsets.yaml", "societies: [Red Cross, Red Crescent]")
    line = book.append("patterns/17.yaml", "    - requisition @societies")
    assert book.faults() == [
        f"patterns/17.yaml:{line}: The pattern 'requisition @societies' can never match: 'Red Crescent' is no lemma in "
        "lower case. Write one word in its dictionary form, in lower case."
    ]


def test_two_patterns_with_the_same_words_and_different_codes(book: Book) -> None:
    first = book.append("patterns/11.yaml", "    - blorb over @talks")
    line = book.append("patterns/17.yaml", "    - blorb over @talks")
    [sentence] = book.faults()
    assert sentence.startswith(f"patterns/17.yaml:{line}: The pattern 'blorb over @talks' means 17")
    assert sentence.endswith(f" in line {first} of 11.yaml. Keep it where it belongs, or make one more specific.")


def test_a_pattern_that_stands_twice(book: Book) -> None:
    line = book.append("patterns/17.yaml", "    - blorb over @talks\n    - blorb @talks over")
    assert book.faults() == [
        f"patterns/17.yaml:{line + 1}: The pattern 'blorb @talks over' stands again in line {line} of 17.yaml. Remove one."
    ]


def test_a_composition_with_an_unknown_operator(book: Book) -> None:
    line = book.append("patterns/composition.csv", "wish,11,110,")
    assert book.faults() == [
        f"patterns/composition.csv:{line}: column 'operator': The operator 'wish' is not defined in "
        "patterns/operators.yaml. Define it, or correct it."
    ]


def test_an_operator_that_composes_nothing(book: Book) -> None:
    line = book.append("patterns/operators.yaml", "  wish:\n    - wish")
    assert book.faults() == [
        f"patterns/operators.yaml:{line}: The operator 'wish' has no line in patterns/composition.csv. "
        "Say there what it makes of an inner action."
    ]


def test_a_composition_that_gives_an_unknown_action(book: Book) -> None:
    line = book.append("patterns/composition.csv", "deny,11,119,")
    assert book.faults() == [
        f"patterns/composition.csv:{line}: column 'action': '119' is not defined in the codebook. Correct the code."
    ]


def test_a_code_without_values_in_the_crosswalks(book: Book) -> None:
    book.append("actions/11.yaml", entry("117"))
    assert book.faults() == [
        "crosswalks/goldstein.csv:1: column 'code': '117' has no Goldstein score in the scheme 'gdelt'. "
        "Add a line with its source.",
        "crosswalks/plover.csv:1: column 'code': '117' has no PLOVER event. Add a line with its source.",
    ]


def test_a_score_for_an_unknown_code(book: Book) -> None:
    line = book.append("crosswalks/goldstein.csv", "999,gdelt,1.0,test")
    assert book.faults() == [
        f"crosswalks/goldstein.csv:{line}: column 'code': '999' is not defined in the codebook. Correct the code."
    ]


def test_a_scheme_that_no_crosswalk_has(book: Book) -> None:
    book.replace("codebook.yaml", "quad_class_scheme: icews", "quad_class_scheme: ours")
    faults = book.faults()
    assert (
        "codebook.yaml:1: The quad class scheme 'ours' that codebook.yaml names is not in the crosswalks. "
        "The schemes are: gdelt, icews."
    ) in faults
    assert any("Root '11' has no quad class in the scheme 'ours'." in sentence for sentence in faults)


def test_an_obsolete_code_that_is_defined_or_has_no_successor(book: Book) -> None:
    line = book.append("crosswalks/obsolete.csv", "action,112,111,,test\ngroup,QQX,QQY,,test\naction,998,999,,test")
    assert book.faults() == [
        f"crosswalks/obsolete.csv:{line}: column 'code': '112' is obsolete here, and defined in the codebook. "
        "Remove it from one of them.",
        f"crosswalks/obsolete.csv:{line + 1}: column 'successors': 'QQY' (in 'QQY') is no country, region, role or group. "
        "Correct it, or add the code to codebook/actors with its source.",
        f"crosswalks/obsolete.csv:{line + 2}: column 'successors': The successor '999' is not defined in the codebook. "
        "Correct the code.",
    ]


def test_a_codebook_without_the_table_of_obsolete_codes_is_sound(book: Book) -> None:
    (book.folder / "crosswalks" / "obsolete.csv").unlink()
    assert book.faults() == []


def test_faults_come_in_the_order_of_files_and_lines(book: Book) -> None:
    book.append("actors/leaders.csv", "ZZZ,Someone Else,,president,GOV,2001-05-01,")
    book.append("actors/agents.csv", "weatherman,WEA,")
    book.append("actions/11.yaml", entry("1191"))
    names = [sentence.split(":")[0] for sentence in book.faults()]
    assert names == sorted(names)
    assert len(set(names)) == 5


def test_a_codebook_that_cannot_be_loaded_gives_its_structural_faults_alone(book: Book) -> None:
    book.append("actors/leaders.csv", "ZZZ,Someone Else,,president,GOV,2001-05-01,")
    line = book.append("actors/roles.csv", "GO,Government,primary,")
    assert book.faults() == [
        f"actors/roles.csv:{line}: column 'code': 'GO' does not fit: a code has three letters. Correct it."
    ]


@pytest.mark.parametrize("code", ["TCDGOV", "IGOUNO"])
def test_a_body_with_a_composed_code_is_sound(book: Book, code: str) -> None:
    book.append("actors/bodies.csv", f"{code},Office of Kanem Studies,,,")
    assert book.faults() == []
