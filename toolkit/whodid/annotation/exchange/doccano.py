"""doccano's JSON Lines: entities and relations. It has no attributes, so codes are part of the labels: action:112."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from whodid.annotation.exchange.draft import REMARKS, SIDES, Document, Draft, Marked, untied
from whodid.annotation.exchange.json_input import first_text, listed, parse_json, plain, read_text, whole
from whodid.articles.model import Article
from whodid.errors import ExchangeError, Fault
from whodid.events.record import CodedEvent

_KEY = "events"


def to_doccano(articles: Sequence[Article], events: Mapping[str, Sequence[CodedEvent]]) -> str:
    """The articles as lines for a project of the kind "sequence labelling" with relations.

    events: by article id. What a relation cannot carry (day, basis, confidence, note) stands in the key events, which
    doccano keeps as the example's metadata.
    """
    return "".join(
        json.dumps(_line(number, article, events.get(article.article_id, ())), ensure_ascii=False) + "\n"
        for number, article in enumerate(articles, start=1)
    )


def _line(number: int, article: Article, events: Sequence[CodedEvent]) -> dict[str, Any]:
    entities: dict[tuple[str, int, int, object], int] = {}
    relations: list[tuple[int, int, str]] = []

    def entity(label: str, start: int, end: int, own: object = None) -> int:
        return entities.setdefault((label, start, end, own), len(entities))

    for at, event in enumerate(events):
        # Each event has an action of its own, also where two share the word: "met" of A with B, and of B with A.
        action = entity(f"action:{event.action}", event.action_start, event.action_end, at)
        relations.append((action, entity(f"actor:{event.actor}", event.actor_start, event.actor_end), "actor"))
        relations.append((action, entity(f"target:{event.target}", event.target_start, event.target_end), "target"))
    return {
        "id": number,
        "text": article.text,
        "article_id": article.article_id,
        "published": article.published.isoformat(),
        "publisher": article.publisher,
        _KEY: [_remarks(event) for event in events],
        "entities": [
            {"id": at, "label": label, "start_offset": start, "end_offset": end}
            for (label, start, end, _), at in entities.items()
        ],
        "relations": [
            {"id": at, "from_id": source, "to_id": target, "type": kind}
            for at, (source, target, kind) in enumerate(relations)
        ],
        "Comments": [],
    }


def _remarks(event: CodedEvent) -> dict[str, Any]:
    places = {f"{side}_{end}": getattr(event, f"{side}_{end}") for side in SIDES for end in ("start", "end")}
    return {
        **places,
        "date": event.date.isoformat(),
        "date_basis": event.date_basis,
        "confidence": event.confidence,
        "note": event.note,
    }


def read_doccano(path: Path) -> Iterator[Document]:
    """The documents of a JSONL file that doccano exported. Raises ExchangeError with every line that is no such object."""
    faults: list[Fault] = []
    documents: list[Document] = []
    # Not splitlines(): a JSON string may hold the other characters that Python takes for line ends.
    for number, content in enumerate(read_text(path).split("\n"), start=1):
        if not content.strip():
            continue
        try:
            value = parse_json(content)
        except ValueError as error:
            fix = "Export the project as JSONL (relation) again."
            faults.append(Fault("not-json", f"This is not JSON: {error}.", fix, path, number))
            continue
        problem = _wrong_form(value)
        if problem:
            fix = "Export a project with relations, as JSONL (relation)."
            faults.append(Fault("not-doccano", problem, fix, path, number))
        else:
            documents.append(_document(value, str(path), number))
    if faults or not documents:
        empty = Fault("empty", "The file holds no documents.", "Export the project as JSONL (relation) again.", path)
        raise ExchangeError.of(faults or [empty])
    yield from documents


def _wrong_form(value: object) -> str:
    if not isinstance(value, dict):
        return "The line is no object."
    if not isinstance(value.get("text", value.get("data")), str):
        return "The line has no text."
    if not isinstance(value.get("entities"), list):
        return "The line has no list of entities: it is of another kind of project."
    if not isinstance(value.get("relations"), list):
        return "The line has no list of relations: what belongs to which action is not said."
    return ""


def _document(value: dict[str, Any], path: str, line: int) -> Document:
    text = str(value.get("text", value.get("data")))
    meta = value["meta"] if isinstance(value.get("meta"), dict) else {}
    faults: list[Fault] = []
    marks: dict[int, tuple[str, Marked]] = {}
    for item in listed(value["entities"]):
        number, start, end = (whole(item.get(key)) for key in ("id", "start_offset", "end_offset"))
        role, _, code = plain(item.get("label")).partition(":")
        role = role.strip().lower()
        if number is None or start is None or end is None or role not in SIDES:
            message = f"An entity with the label {plain(item.get('label'))!r} cannot be read."
            fix = "Labels are actor:KORGOV, action:112 and target:RUSGOV, with the codes that apply."
            faults.append(Fault("bad-label", message, fix, path, line))
            continue
        marks[number] = (role, Marked(start, end, code.strip()))
    tied: dict[int, dict[str, list[int]]] = {
        n: {"actor": [], "target": []} for n, (r, _) in marks.items() if r == "action"
    }
    for item in listed(value["relations"]):
        source, target, kind = whole(item.get("from_id")), whole(item.get("to_id")), plain(item.get("type")).lower()
        if source in marks and target in marks and source is not None and target is not None:
            # Whoever draws a relation may begin at either end: the action says which.
            action, party = (source, target) if marks[source][0] == "action" else (target, source)
            if action in tied and marks[party][0] == kind:
                tied[action][kind].append(party)
                continue
        fix = "Draw relations of the types actor and target, from an action to an entity of that kind."
        faults.append(Fault("bad-relation", f"A relation of the type {kind!r} cannot be read.", fix, path, line))
    used = {party for parties in tied.values() for side in parties.values() for party in side}
    loose = [(role, mark) for n, (role, mark) in marks.items() if role != "action" and n not in used]
    faults += untied(loose, text, path, line)
    remarks = listed(value.get(_KEY) or meta.get(_KEY))
    drafts = [
        _draft(marks[n][1], [[marks[p][1] for p in parties[side]] for side in ("actor", "target")], remarks, line)
        for n, parties in tied.items()
    ]
    article_id = first_text((value.get("article_id"), meta.get("article_id")))
    return Document(path, article_id, text, None, tuple(drafts), tuple(faults), line)


def _draft(action: Marked, parties: Sequence[Sequence[Marked]], remarks: list[dict[str, Any]], line: int) -> Draft:
    actors, targets = parties
    found: dict[str, str] = {}
    if len(actors) == len(targets) == 1:
        places = [number for mark in (actors[0], action, targets[0]) for number in (mark.start, mark.end)]
        names = [f"{side}_{end}" for side in SIDES for end in ("start", "end")]
        # Remarks belong to the words that they were written of: of others they may not be true.
        same = (remark for remark in remarks if [whole(remark.get(name)) for name in names] == places)
        found = {name: plain(value) for name, value in next(same, {}).items() if name in REMARKS}
    return Draft(action, tuple(actors), tuple(targets), {k: v for k, v in found.items() if v}, line)
