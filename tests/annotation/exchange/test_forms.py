"""Files as Label Studio, doccano and brat export them become rows; rows go out to them and come back the same."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from defusedxml.ElementTree import fromstring

from whodid.annotation.exchange.forms import FORMS
from whodid.annotation.exchange.label_studio_config import labelling_config
from whodid.annotation.exchange.read import Imported, import_annotations
from whodid.annotation.exchange.write import export_annotations
from whodid.articles.model import Article
from whodid.codebook.model import Codebook
from whodid.errors import ExchangeError, StoreError, UsageError
from whodid.events.record import CodedEvent
from whodid.events.table import events_to_table

from .conftest import ACCUSED, ARTICLE, FILES, SAID, TEXT

FILE = {"label-studio": "label_studio.json", "doccano": "doccano.jsonl", "brat": "brat"}
OUT = {"label-studio": "tasks.json", "doccano": "articles.jsonl", "brat": "collection"}


def read(form: str, coder: str | None = "anna", articles: Sequence[Article] = (ARTICLE,), **options: bool) -> Imported:
    return import_annotations(FILES / FILE[form], form, articles, coder=coder, **options)


@pytest.mark.parametrize("form", ["doccano", "brat"])
def test_a_file_as_the_tool_exports_it_gives_its_events(form: str) -> None:
    found = read(form)
    assert [str(fault) for fault in found.faults] == []
    note = "denies it" if form == "brat" else None
    assert found.events == (ACCUSED, replace(SAID, note=note))


def test_a_label_studio_export_gives_the_events_of_each_annotator() -> None:
    found = read("label-studio", None)
    assert [str(fault) for fault in found.faults] == []
    said = replace(SAID, note="denies it\nsee also June")
    assert found.events == tuple(replace(event, coder="anna@lab.example") for event in (ACCUSED, said))
    assert found.documents == 2  # The skipped annotation is none; that of cleo, without events, is one.


def test_an_annotation_without_events_is_a_judgement_and_a_text_without_marks_is_none() -> None:
    judged = read("label-studio", None).judged
    assert set(judged["coder"]) == {"anna@lab.example", "cleo@lab.example"}
    assert list(judged.loc[judged["coder"] == "cleo@lab.example", "judgement"]) == ["no event", "no event"]


@pytest.mark.parametrize("form", ["doccano", "brat"])
def test_nobody_is_said_to_have_judged_a_text_without_marks(form: str, tmp_path: Path) -> None:
    export_annotations([ARTICLE], tmp_path / OUT[form], form)
    assert len(import_annotations(tmp_path / OUT[form], form, [ARTICLE], coder="anna").judged) == 0
    assert len(read(form).judged) == 2


def test_offsets_that_a_browser_counted_with_an_emoji_as_two_are_put_right() -> None:
    (task,) = json.loads((FILES / FILE["label-studio"]).read_text(encoding="utf-8"))
    moscow = next(r["value"] for r in task["annotations"][0]["result"] if r.get("id") == "mmmmmmmmm1")
    assert TEXT[moscow["start"] : moscow["end"]] != "Moscow"
    assert read("label-studio", None).events[1].actor_text == "Moscow"


def test_predictions_are_read_when_asked_for() -> None:
    found = read("label-studio", None, with_predictions=True)
    assert replace(ACCUSED, coder="pattern@0.1.0") in found.events


@pytest.mark.parametrize("form", FORMS)
def test_rows_that_go_out_come_back_the_same(form: str, tmp_path: Path) -> None:
    odd = Article("a/b: ünï.c", "  Line one\nof two; Togo met\nGhana.\t#2 “x”\n", ARTICLE.published)
    met = replace(
        ACCUSED,
        article_id=odd.article_id,
        publisher=None,
        action="040",
        actor="TGO",
        target="GHA",
        note="of\ntwo; note=lines\\n\t#",
        confidence=None,
        actor_text="Togo",
        action_text="met\nGhana",
        target_text="Ghana",
        actor_start=19,
        actor_end=23,
        action_start=24,
        action_end=33,
        target_start=28,
        target_end=33,
    )
    back = replace(met, actor="GHA", target="TGO", target_start=19, target_end=23, actor_start=28, actor_end=33)
    back = replace(back, actor_text="Ghana", target_text="Togo", note=None)
    rows: list[CodedEvent] = [ACCUSED, SAID, replace(SAID, action="112"), met, back]
    table = events_to_table(rows)
    export_annotations([ARTICLE, odd], tmp_path / OUT[form], form, events=table, codebook=None)
    found = import_annotations(tmp_path / OUT[form], form, [ARTICLE, odd], coder="anna")
    assert [str(fault) for fault in found.faults] == []
    assert found.table.equals(table)


@pytest.mark.parametrize("form", FORMS)
def test_the_same_rows_give_the_same_files(form: str, tmp_path: Path) -> None:
    written = []
    for folder in ("one", "two"):
        files = export_annotations([ARTICLE], tmp_path / folder / OUT[form], form, events=events_to_table([ACCUSED]))
        written.append([file.read_bytes() for file in files])
    assert written[0] == written[1]


@pytest.mark.parametrize("form", FORMS)
def test_articles_alone_go_out_to_be_coded(form: str, tmp_path: Path) -> None:
    export_annotations([ARTICLE], tmp_path / OUT[form], form)
    found = import_annotations(tmp_path / OUT[form], form, [ARTICLE], coder="anna")
    assert (found.events, found.faults) == ((), ())


def test_a_machines_rows_become_predictions_and_a_persons_annotations(tmp_path: Path) -> None:
    machine = replace(ACCUSED, coder="pattern@0.1.0")
    export_annotations([ARTICLE], tmp_path / "t.json", "label-studio", events=events_to_table([ACCUSED, machine]))
    (task,) = json.loads((tmp_path / "t.json").read_text(encoding="utf-8"))
    assert [a["coder"] for a in task["annotations"]] == ["anna"]
    assert [p["model_version"] for p in task["predictions"]] == ["pattern@0.1.0"]
    assert task["data"]["text"] == TEXT
    kinds = [(r["type"], r.get("from_name"), r.get("labels")) for r in task["predictions"][0]["result"]]
    assert kinds == [
        ("labels", "span", None),
        ("choices", "action", None),
        ("datetime", "date", None),
        ("choices", "date_basis", None),
        ("number", "confidence", None),
        ("labels", "span", None),
        ("textarea", "actor_code", None),
        ("labels", "span", None),
        ("textarea", "target_code", None),
        ("relation", None, ["actor"]),
        ("relation", None, ["target"]),
    ]


def test_the_labelling_configuration_has_every_name_that_results_use(codebook: Codebook) -> None:
    root = fromstring(labelling_config(codebook))
    names = {element.get("name") for element in root.iter() if element.get("name")}
    assert names == {"span", "text", "action", "date", "date_basis", "confidence", "note", "actor_code", "target_code"}
    assert [label.get("value") for label in root.iter("Label")] == ["actor", "action", "target"]
    choices = {choice.get("alias"): choice for choice in root.iter("Choice") if choice.get("alias")}
    assert set(choices) == set(codebook.actions)
    assert choices["112"].get("value") == f"112 {codebook.actions['112'].label}"
    assert all(e.get("perRegion") == "true" for tag in ("TextArea", "DateTime", "Number") for e in root.iter(tag))


def test_a_brat_folder_has_a_configuration_and_one_span_for_shared_words(tmp_path: Path, codebook: Codebook) -> None:
    export_annotations(
        [ARTICLE], tmp_path / "b", "brat", events=events_to_table([ACCUSED, replace(ACCUSED, action="111")])
    )
    lines = (tmp_path / "b" / "seoul-2024.ann").read_text(encoding="utf-8").splitlines()
    assert [line.partition("\t")[0] for line in lines] == [
        *("T1", "#1", "T2", "T3", "#2", "E1", "A1", "A2", "#3", "E2", "A3", "A4", "#4")
    ]
    assert lines[0] == "T1\tactor 0 11\tSouth Korea"
    assert lines[5] == "E1\taction:T2 actor:T1 target:T3"
    conf = (tmp_path / "b" / "annotation.conf").read_text(encoding="utf-8")
    assert "action\tactor+:actor, target+:target" in conf
    assert f"code\tArg:<EVENT>, Value:{'|'.join(sorted(codebook.actions))}" in conf
    assert (tmp_path / "b" / "seoul-2024.txt").read_text(encoding="utf-8") == TEXT


@pytest.mark.parametrize("form", FORMS)
def test_an_action_tied_to_two_actors_is_a_row_for_each(form: str, tmp_path: Path) -> None:
    copy = tmp_path / OUT[form]
    if form == "brat":
        export_annotations([ARTICLE], copy, form, events=events_to_table([ACCUSED]))
        ann = copy / "seoul-2024.ann"
        more = "T9\tactor 40 48\tbreaking\n#9\tAnnotatorNotes T9\tJPNGOV\n"
        ann.write_text(ann.read_text().replace("actor:T1", "actor:T1 actor2:T9") + more)
    elif form == "doccano":
        line = json.loads((FILES / FILE[form]).read_text(encoding="utf-8"))
        line["entities"].append({"id": 50, "label": "actor:JPNGOV", "start_offset": 40, "end_offset": 48})
        line["relations"].append({"id": 9, "from_id": 42, "to_id": 50, "type": "actor"})
        copy.write_text(json.dumps(line), encoding="utf-8")
    else:
        tasks = json.loads((FILES / FILE[form]).read_text(encoding="utf-8"))
        result = tasks[0]["annotations"][0]["result"]
        place = {"start": 40, "end": 48, "text": "breaking"}
        about = {"id": "x", "to_name": "text"}
        result += [
            {**about, "from_name": "span", "type": "labels", "value": {**place, "labels": ["actor"]}},
            {**about, "from_name": "actor_code", "type": "textarea", "value": {**place, "text": ["JPNGOV"]}},
            {"from_id": "b7XkTnV2ys", "to_id": "x", "type": "relation", "direction": "right", "labels": []},
        ]
        copy.write_text(json.dumps(tasks), encoding="utf-8")
    found = import_annotations(copy, form, [ARTICLE], coder=None if form == "label-studio" else "anna")
    assert [str(fault) for fault in found.faults] == []
    accused = [event for event in found.events if event.action == "112"]
    assert [(e.actor, e.actor_text, e.target) for e in accused] == [
        ("KORGOV", "South Korea", "RUSGOV"),
        ("JPNGOV", "breaking", "RUSGOV"),
    ]


def test_an_article_without_id_is_found_by_its_text(tmp_path: Path) -> None:
    line = json.loads((FILES / FILE["doccano"]).read_text(encoding="utf-8"))
    del line["article_id"]
    (tmp_path / "d.jsonl").write_text(json.dumps(line), encoding="utf-8")
    found = import_annotations(tmp_path / "d.jsonl", "doccano", [ARTICLE], coder="anna")
    assert found.events == (ACCUSED, SAID)


@pytest.mark.parametrize("form", FORMS)
def test_another_text_than_the_articles_is_refused_as_a_whole(form: str) -> None:
    other = replace(ARTICLE, text=TEXT.replace("sanctions", "embargo"))
    found = read(form, None if form == "label-studio" else "anna", [other])
    assert found.events == ()
    assert {fault.rule for fault in found.faults} == {"other-text"}
    assert str(found.faults[0]).endswith(
        "The text is not that of the article 'seoul-2024': they differ from character 53 on. "
        "Give the articles as they were when the file was made; offsets into another text mean other words."
    )


@pytest.mark.parametrize("form", FORMS)
def test_an_article_that_is_not_given_is_named(form: str) -> None:
    found = read(form, None if form == "label-studio" else "anna", [replace(ARTICLE, article_id="other")])
    assert str(found.faults[0]).endswith(
        "The article 'seoul-2024' is not among those given. Give the folder that holds it with --articles."
    )


def test_rows_that_do_not_fit_their_articles_are_all_named_before_anything_is_written(tmp_path: Path) -> None:
    rows = [replace(ACCUSED, actor_text="North Korea"), replace(ACCUSED, article_id="gone", coder="ben")]
    with pytest.raises(ExchangeError) as caught:
        export_annotations([ARTICLE], tmp_path / "b", "brat", events=events_to_table(rows))
    assert [str(fault) for fault in caught.value.faults] == [
        "row 0: column 'article_id': The article 'gone' is not among those given. "
        "Give the articles that the rows were coded from.",
        "row 1: column 'actor_text': actor_text is 'North Korea', but at 0 to 11 the article 'seoul-2024' has 'South Korea'. "
        "Give the articles as they were coded, or code them again.",
        "column 'coder': The rows are of 2 coders (anna, ben), and brat does not say who coded. "
        "Export one coder's rows at a time.",
    ]
    assert not (tmp_path / "b").exists()


def test_a_brat_folder_with_annotations_is_not_written_over(tmp_path: Path) -> None:
    export_annotations([ARTICLE], tmp_path / "b", "brat")
    with pytest.raises(ExchangeError, match=r"The folder holds files already\. Give a new folder, so that nobody's"):
        export_annotations([ARTICLE], tmp_path / "b", "brat")


def test_who_coded_must_be_said_once() -> None:
    with pytest.raises(ExchangeError, match=r"The file does not say who coded\. Say it: --coder ben\."):
        read("doccano", None)
    with pytest.raises(
        ExchangeError, match=r"The file has codings of anna@lab\.example, cleo@lab\.example, which would"
    ):
        read("label-studio", "anna")
    with pytest.raises(StoreError, match="is no coder's name"):
        read("doccano", " ")


def test_an_unknown_form_is_refused_with_those_there_are() -> None:
    with pytest.raises(
        UsageError, match=r"'prodigy' is no format of an annotation tool\. Give one of label-studio, doccano and brat\."
    ):
        import_annotations("x", "prodigy", [], coder="anna")
