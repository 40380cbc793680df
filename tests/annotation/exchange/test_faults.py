"""What is wrong in a file of another tool is said all at once, each with its place and its fix; the rest is kept."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from whodid.annotation.exchange import json_input
from whodid.annotation.exchange.read import Imported, import_annotations
from whodid.errors import ExchangeError

from .conftest import ARTICLE, FILES, TEXT


def faults(found: Imported, folder: Path) -> list[str]:
    return [str(fault).replace(f"{folder}/", "") for fault in found.faults]


def refused(path: Path, form: str) -> list[str]:
    with pytest.raises(ExchangeError) as caught:
        import_annotations(path, form, [ARTICLE], coder="anna")
    return [str(fault).replace(f"{path.parent}/", "") for fault in caught.value.faults]


def brat(folder: Path, annotations: str, text: str = TEXT) -> Imported:
    (folder / "seoul-2024.txt").write_text(text, encoding="utf-8")
    (folder / "seoul-2024.ann").write_text(annotations, encoding="utf-8")
    return import_annotations(folder, "brat", [ARTICLE], coder="anna")


def doccano(folder: Path, entities: list[tuple[int, str, int, int]], relations: list[tuple[int, int, str]]) -> Imported:
    line = {
        "id": 1,
        "text": TEXT,
        "entities": [dict(zip(("id", "label", "start_offset", "end_offset"), e, strict=True)) for e in entities],
        "relations": [
            {"id": n, **dict(zip(("from_id", "to_id", "type"), r, strict=True))} for n, r in enumerate(relations)
        ],
    }
    (folder / "d.jsonl").write_text(json.dumps(line), encoding="utf-8")
    return import_annotations(folder / "d.jsonl", "doccano", [ARTICLE], coder="anna")


def label_studio(folder: Path, *result: dict[str, Any]) -> Imported:
    tasks = [{"id": 3, "data": {"text": TEXT}, "annotations": [{"completed_by": 7, "result": list(result)}]}]
    (folder / "t.json").write_text(json.dumps(tasks), encoding="utf-8")
    return import_annotations(folder / "t.json", "label-studio", [ARTICLE])


def region(name: str, role: str, start: int, end: int, **value: Any) -> dict[str, Any]:
    return {
        "id": name,
        "from_name": "span",
        "type": "labels",
        "value": {"start": start, "end": end, "labels": [role], **value},
    }


def test_every_fault_of_an_event_is_said_at_once(tmp_path: Path) -> None:
    lines = (
        "T1\tactor 0 11\tNorth Korea\n"
        "#1\tAnnotatorNotes T1\tKORGO\n"
        "T2\taction 12 19\taccused\n"
        "T3\ttarget 20 500\t\n"
        "E1\taction:T2 actor:T1 target:T3\n"
        "#2\tAnnotatorNotes E1\tdate=06/07/2024; confidence=9\n"
        "A1\tcode E1 1120\n"
    )
    found = brat(tmp_path, lines)
    assert found.events == ()
    about = "of the action 'accused' (12 to 19)"
    assert faults(found, tmp_path) == [
        f"seoul-2024.ann:5: The actor {about}: at 0 to 11 stands 'South Korea', not 'North Korea'. Mark the words again.",
        f"seoul-2024.ann:5: The target {about}: 20 to 500 is no place in a text of {len(TEXT)} characters. Mark the words again.",
        f"seoul-2024.ann:5: The code {about}: '1120' is not in the codebook whodid-cameo@0.1.0. "
        "Did you mean '112 Accuse' or '11 Disapprove'?",
        f"seoul-2024.ann:5: The actor {about}: The actor code 'KORGO' has 5 characters, which is no multiple of three. "
        "Compose it of three-letter groups, such as KOR + GOV.",
        f"seoul-2024.ann:5: The target {about}: it has no code. Write one, such as KORGOV.",
        f"seoul-2024.ann:5: The date {about}: '06/07/2024' is no day in a form that is read alike everywhere. "
        "Write it as 2024-06-21 or 21 June 2024; leave it empty for the day of publication.",
        f"seoul-2024.ann:5: The confidence {about}: '9' is no confidence from 0 to 1. Write 0.9 for 90 %.",
    ]


def test_an_action_needs_both_parties_and_a_code(tmp_path: Path) -> None:
    found = doccano(tmp_path, [(1, "action", 12, 19), (2, "actor:KORGOV", 0, 11)], [(1, 2, "actor")])
    about = "of the action 'accused' (12 to 19)"
    assert faults(found, tmp_path) == [
        f"d.jsonl:1: The target {about}: there is no target. Tie it to its target, or remove the action.",
        f"d.jsonl:1: The code {about}: there is none. Choose one, or remove the action.",
    ]


def test_parties_that_no_action_is_tied_to_are_named(tmp_path: Path) -> None:
    found = doccano(tmp_path, [(1, "actor:KORGOV", 0, 11)], [])
    assert faults(found, tmp_path) == [
        "d.jsonl:1: The actor 'South Korea' (0 to 11) is tied to no action. "
        "Draw a relation 'actor' from the action to it, or remove it."
    ]


def test_good_events_are_kept_beside_faults(tmp_path: Path) -> None:
    good = (FILES / "brat" / "seoul-2024.ann").read_text(encoding="utf-8")
    found = brat(
        tmp_path, good + "T9\tplace 0 3\tSou\n*\tEquiv T1 T3\nE9\taction:T2 actor:T77\nT10\taction 12 19\taccused\n"
    )
    assert len(found.events) == 2
    fix = "Lines are T, E, R, A, N and # lines of brat, with the types actor, action and target."
    assert faults(found, tmp_path) == [
        f"seoul-2024.ann:19: The line 'T9\\tplace 0 3\\tSou' cannot be read. {fix}",
        f"seoul-2024.ann:20: The line '*\\tEquiv T1 T3' cannot be read. {fix}",
    ] + [
        "seoul-2024.ann:21: The event E9 names T77, which is not there. "
        "Make the event again, of an action with its actor and target.",
        "seoul-2024.ann:22: The action 'accused' (12 to 19) is in no event. Tie it to its actor and target, or remove it.",
    ]


def test_a_span_in_two_pieces_is_refused_unless_only_a_line_end_parts_them(tmp_path: Path) -> None:
    found = brat(tmp_path, "T1\tactor 0 5;12 19\tSouth accused\n")
    assert faults(found, tmp_path) == [
        "seoul-2024.ann:1: The span T1 leaves out the words 'Korea'. "
        "Mark words in one piece: a row has one place for each of its words."
    ]


def test_an_annotation_file_without_its_text_is_named(tmp_path: Path) -> None:
    (tmp_path / "x.ann").write_text("", encoding="utf-8")
    found = import_annotations(tmp_path, "brat", [ARTICLE], coder="anna")
    assert faults(found, tmp_path) == [
        "x.txt: The file cannot be read: No such file or directory. Check the path and your rights to it."
    ]
    (tmp_path / "x.ann").unlink()
    with pytest.raises(
        ExchangeError, match=r"The folder holds no \.ann files\. Give the folder of the brat collection\."
    ):
        import_annotations(tmp_path, "brat", [ARTICLE], coder="anna")


def test_labels_and_relations_of_other_kinds_are_named(tmp_path: Path) -> None:
    found = doccano(
        tmp_path,
        [(1, "PERSON", 0, 11), (2, "action:112", 12, 19), (3, "target:RUSGOV", 20, 26)],
        [(2, 3, "causes"), (2, 99, "actor")],
    )
    fix = "Draw relations of the types actor and target, from an action to an entity of that kind."
    assert faults(found, tmp_path)[:3] == [
        "d.jsonl:1: An entity with the label 'PERSON' cannot be read. "
        "Labels are actor:KORGOV, action:112 and target:RUSGOV, with the codes that apply.",
        f"d.jsonl:1: A relation of the type 'causes' cannot be read. {fix}",
        f"d.jsonl:1: A relation of the type 'actor' cannot be read. {fix}",
    ]


def test_results_that_label_studio_offers_and_we_do_not_are_named(tmp_path: Path) -> None:
    found = label_studio(
        tmp_path,
        region("a", "PER", 0, 11),
        {"id": "b", "type": "labels", "value": {"start": "/p[1]/text()[1]", "end": "/p[1]", "labels": ["actor"]}},
        {"id": "c", "type": "rating", "value": {"rating": 4}},
        {"from_id": "a", "to_id": "zz", "type": "relation"},
        region("d", "actor", 0, 11),
        region("e", "target", 20, 26),
        {"from_id": "d", "to_id": "e", "type": "relation"},
    )
    where = "t.json, task 3: "
    assert faults(found, tmp_path) == [
        where + "A region has the label 'per', not actor, action or target. "
        "Use the labelling configuration that `whodid annotations export` writes.",
        where + "A region labelled actor has no offsets into a text. "
        "Use the labelling configuration that `whodid annotations export` writes.",
        where
        + "A result of the type 'rating' cannot be read. Use one of choices, taxonomy, textarea, datetime, number, as "
        "in the labelling configuration of `whodid annotations export`.",
        where + "A relation leads to a region that is not there. Draw it again.",
        where + "A relation ties actor to target. Draw relations from an action to its actor and target.",
        where + "The actor 'South Korea' (0 to 11) is tied to no action. "
        "Draw a relation 'actor' from the action to it, or remove it.",
        where + "The target 'Russia' (20 to 26) is tied to no action. "
        "Draw a relation 'target' from the action to it, or remove it.",
    ]


def test_an_account_without_address_is_named_by_its_number(tmp_path: Path) -> None:
    parts = [
        (region("a", "actor", 0, 11), ("actor_code", "textarea", "text", ["KORGOV"])),
        (region("b", "action", 12, 19), ("action", "choices", "choices", ["112 Accuse"])),
        (region("c", "target", 20, 26), ("target_code", "textarea", "text", ["RUSGOV"])),
    ]
    items = [item for item, _ in parts]
    items += [
        {"id": i["id"], "from_name": of, "type": kind, "value": {key: value}} for i, (of, kind, key, value) in parts
    ]
    items += [{"from_id": "b", "to_id": other, "type": "relation"} for other in ("a", "c")]
    found = label_studio(tmp_path, *items)
    assert [(e.coder, e.action, e.date_basis) for e in found.events] == [("user-7", "112", "published")]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (
            "[1, 2",
            "t.json: This is not JSON: Expecting ',' delimiter at line 1, character 6. Export the project as JSON again.",
        ),
        ('[{"a": NaN}]', "t.json: This is not JSON: NaN is no JSON number. Export the project as JSON again."),
        (
            '[{"a": 1, "a": 2}]',
            "t.json: This is not JSON: the key 'a' stands twice in one object, and the second would hide the first. "
            "Export the project as JSON again.",
        ),
        ("[" * 100_000, "t.json: This is not JSON: it is nested too deeply. Export the project as JSON again."),
        ("{}", "t.json: The file holds no list of tasks. Export the project as JSON (not JSON-MIN, CSV or CoNLL)."),
    ],
)
def test_hostile_and_broken_json_is_refused_with_its_reason(content: str, sentence: str, tmp_path: Path) -> None:
    (tmp_path / "t.json").write_text(content, encoding="utf-8")
    assert refused(tmp_path / "t.json", "label-studio") == [sentence]


def test_every_task_of_another_form_is_named(tmp_path: Path) -> None:
    (tmp_path / "t.json").write_text(
        json.dumps([{"text": "x", "span": []}, 7, {"data": {"text": 1}}]), encoding="utf-8"
    )
    fix = "Export the project as JSON (not JSON-MIN); the article's text is the variable $text."
    assert refused(tmp_path / "t.json", "label-studio") == [
        f"t.json: Task {n} of the file has no data with a text, or no list of annotations. {fix}" for n in (1, 2, 3)
    ]


def test_every_line_of_another_form_is_named(tmp_path: Path) -> None:
    lines = ["[]", "{", '{"id": 1}', '{"text": "x", "label": []}', '{"text": "x", "entities": []}', '"x"']
    (tmp_path / "d.jsonl").write_text("\n".join(lines), encoding="utf-8")
    assert [line.split(". ")[0] for line in refused(tmp_path / "d.jsonl", "doccano")] == [
        "d.jsonl:1: The line is no object",
        "d.jsonl:2: This is not JSON: Expecting property name enclosed in double quotes at line 1, character 2",
        "d.jsonl:3: The line has no text",
        "d.jsonl:4: The line has no list of entities: it is of another kind of project",
        "d.jsonl:5: The line has no list of relations: what belongs to which action is not said",
        "d.jsonl:6: The line is no object",
    ]
    (tmp_path / "d.jsonl").write_text("\n", encoding="utf-8")
    assert refused(tmp_path / "d.jsonl", "doccano") == [
        "d.jsonl: The file holds no documents. Export the project as JSONL (relation) again."
    ]


def test_files_that_are_missing_too_large_or_not_utf8_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "d.jsonl"
    assert refused(path, "doccano") == [
        "d.jsonl: The file cannot be read: No such file or directory. Check the path and your rights to it."
    ]
    path.write_bytes(b'{"text": "\xe9"}')
    assert refused(path, "doccano") == [
        "d.jsonl: The file is not UTF-8: byte 0xe9 at offset 10. Export it again, as UTF-8."
    ]
    monkeypatch.setattr(json_input, "LARGEST_BYTES", 5)
    assert refused(path, "doccano") == ["d.jsonl: The file has 13 bytes; at most 5 are read. Export it in parts."]


@pytest.mark.parametrize("result", [None, 7, [7, None], [{"type": "labels"}], [{"type": "labels", "value": 3}]])
def test_results_of_no_sense_at_all_stop_nothing(result: Any, tmp_path: Path) -> None:
    tasks = [{"data": {"text": TEXT}, "annotations": [{"completed_by": 1, "result": result}, "x"]}]
    (tmp_path / "t.json").write_text(json.dumps(tasks), encoding="utf-8")
    assert import_annotations(tmp_path / "t.json", "label-studio", [ARTICLE]).events == ()
