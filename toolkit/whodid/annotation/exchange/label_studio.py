"""Label Studio's JSON: tasks with results, which are regions with labels, answers about a region, and relations."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from whodid.annotation.exchange.draft import REMARKS, SIDES, Document, Draft, Marked, untied
from whodid.annotation.exchange.json_input import first_text, listed, parse_json, plain, read_text, whole
from whodid.articles.model import Article
from whodid.errors import ExchangeError, Fault
from whodid.events.record import CodedEvent

# Results that are drawn or answered in other ways than the labelling configuration offers.
_ANSWERS = ("choices", "taxonomy", "textarea", "datetime", "number")


def to_label_studio(articles: Sequence[Article], events: Mapping[str, Sequence[CodedEvent]]) -> str:
    """The articles as tasks to import. events: by article id; a machine's become predictions, a person's annotations."""
    tasks = []
    for number, article in enumerate(articles, start=1):
        by_coder: dict[str, list[CodedEvent]] = defaultdict(list)
        for event in events.get(article.article_id, ()):
            by_coder[event.coder].append(event)
        machines = sorted(coder for coder in by_coder if "@" in coder)
        data = {
            "text": article.text,
            "article_id": article.article_id,
            "published": article.published.isoformat(),
            "publisher": article.publisher or "",
            "title": article.title,
        }
        tasks.append(
            {
                "id": number,
                "data": data,
                # Label Studio passes over the key coder: it knows coders by their accounts, which this file cannot.
                "annotations": [
                    {"result": _results(by_coder[coder]), "coder": coder, "was_cancelled": False, "ground_truth": False}
                    for coder in sorted(by_coder)
                    if coder not in machines
                ],
                "predictions": [{"model_version": coder, "result": _results(by_coder[coder])} for coder in machines],
            }
        )
    return json.dumps(tasks, ensure_ascii=False, indent=1) + "\n"


def _results(events: Iterable[CodedEvent]) -> list[dict[str, Any]]:
    out: list[dict[str, Any]] = []
    parties: dict[tuple[str, int, int, str], str] = {}

    def region(name: str, role: str, start: int, end: int, words: str) -> dict[str, Any]:
        place = {"start": start, "end": end, "text": words}
        item = {"id": name, "from_name": "span", "to_name": "text", "type": "labels"}
        out.append({**item, "value": {**place, "labels": [role]}})
        return place

    def answer(name: str, of: str, kind: str, place: dict[str, Any], value: object) -> None:
        key = "text" if kind == "textarea" else kind
        item = {"id": name, "from_name": of, "to_name": "text", "type": kind}
        out.append({**item, "value": {**place, key: value}})

    relations: list[dict[str, Any]] = []
    for number, e in enumerate(events, start=1):
        action = f"action-{number}"
        place = region(action, "action", e.action_start, e.action_end, e.action_text)
        answer(action, "action", "choices", place, [e.action])
        answer(action, "date", "datetime", place, e.date.isoformat())
        answer(action, "date_basis", "choices", place, [e.date_basis])
        if e.confidence is not None:
            answer(action, "confidence", "number", place, round(float(e.confidence), 3))
        if e.note is not None:
            answer(action, "note", "textarea", place, [e.note])
        for role, code, start, end, words in (
            ("actor", e.actor, e.actor_start, e.actor_end, e.actor_text),
            ("target", e.target, e.target_start, e.target_end, e.target_text),
        ):
            key = (role, start, end, code)
            if key not in parties:
                parties[key] = f"{role}-{len(parties) + 1}"
                place = region(parties[key], role, start, end, words)
                answer(parties[key], f"{role}_code", "textarea", place, [code])
            relations.append(
                {"from_id": action, "to_id": parties[key], "type": "relation", "direction": "right", "labels": [role]}
            )
    return out + relations


def read_label_studio(path: Path, *, with_predictions: bool = False) -> Iterator[Document]:
    """The annotations in a file that Label Studio exported as JSON, one document for each; skipped ones are left out.

    with_predictions: the predictions, too. Raises ExchangeError with every task that is of another form.
    """
    try:
        tasks = parse_json(read_text(path))
    except ValueError as error:
        fix = "Export the project as JSON again."
        raise ExchangeError(f"This is not JSON: {error}.", fix=fix, path=path, rule="not-json") from error
    if not isinstance(tasks, list) or not tasks:
        message = "The file holds no list of tasks."
        fix = "Export the project as JSON (not JSON-MIN, CSV or CoNLL)."
        raise ExchangeError(message, fix=fix, path=path, rule="not-label-studio")
    faults: list[Fault] = []
    documents: list[Document] = []
    for number, task in enumerate(tasks, start=1):
        data = task.get("data") if isinstance(task, dict) else None
        text = data.get("text") if isinstance(data, dict) else None
        if not isinstance(text, str) or not isinstance(task.get("annotations"), list):
            message = f"Task {number} of the file has no data with a text, or no list of annotations."
            fix = "Export the project as JSON (not JSON-MIN); the article's text is the variable $text."
            faults.append(Fault("not-label-studio", message, fix, path))
            continue
        where = f"{path}, task {plain(task.get('id')) or number}"
        article_id = plain(data.get("article_id")) if isinstance(data, dict) else ""
        for annotation in listed(task["annotations"]):
            if not annotation.get("was_cancelled"):
                documents.append(_document(annotation, where, article_id, text, _coder(annotation)))
        if with_predictions:
            for prediction in listed(task.get("predictions")):
                coder = plain(prediction.get("model_version")) or None
                documents.append(_document(prediction, where, article_id, text, coder))
    if faults:
        raise ExchangeError.of(faults)
    yield from documents


def _coder(annotation: dict[str, Any]) -> str | None:
    """Who made an annotation: as we wrote it, else the account's e-mail or name, else its number."""
    by = annotation.get("completed_by")
    if isinstance(by, dict):
        by = first_text(by.get(key) for key in ("email", "username", "first_name")) or by.get("id")
    number = whole(by)
    return plain(annotation.get("coder")) or (f"user-{number}" if number is not None else plain(by)) or None


def _document(annotation: dict[str, Any], where: str, article_id: str, text: str, coder: str | None) -> Document:
    faults: list[Fault] = []
    roles: dict[str, tuple[str, Marked]] = {}
    answers: dict[str, list[dict[str, Any]]] = defaultdict(list)
    relations: list[dict[str, Any]] = []
    for item in listed(annotation.get("result")):
        kind = plain(item.get("type"))
        if kind == "relation":
            relations.append(item)
        elif kind in ("labels", "hypertextlabels"):
            found = _region(item, text)
            if isinstance(found, str):
                fix = "Use the labelling configuration that `whodid annotations export` writes."
                faults.append(Fault("bad-region", found, fix, where))
            else:
                roles[plain(item.get("id"))] = found
        elif kind in _ANSWERS:
            answers[plain(item.get("id"))].append(item)
        else:
            fix = f"Use one of {', '.join(_ANSWERS)}, as in the labelling configuration of `whodid annotations export`."
            faults.append(Fault("unknown-result", f"A result of the type {kind!r} cannot be read.", fix, where))
    tied: dict[str, dict[str, list[str]]] = {
        n: {"actor": [], "target": []} for n, (r, _) in roles.items() if r == "action"
    }
    for item in relations:
        source, target = plain(item.get("from_id")), plain(item.get("to_id"))
        if source not in roles or target not in roles:
            message = "A relation leads to a region that is not there."
            faults.append(Fault("bad-relation", message, "Draw it again.", where))
            continue
        action, party = (source, target) if roles[source][0] == "action" else (target, source)
        role = roles[party][0]
        if action not in tied or role == "action":
            message = f"A relation ties {roles[source][0]} to {role if party == target else roles[target][0]}."
            faults.append(
                Fault("bad-relation", message, "Draw relations from an action to its actor and target.", where)
            )
            continue
        tied[action][role].append(party)
    codes: dict[str, str] = {}
    remarks: dict[str, dict[str, str]] = defaultdict(dict)
    for name, given in answers.items():
        for item in given:
            of, value = plain(item.get("from_name")), _answer(item)
            if of in REMARKS:
                remarks[name][of] = value
            elif value:
                codes[name] = value
    used = {party for parties in tied.values() for side in parties.values() for party in side}
    faults += untied([pair for n, pair in roles.items() if pair[0] != "action" and n not in used], text, where)

    def coded(name: str) -> Marked:
        mark = roles[name][1]
        return Marked(mark.start, mark.end, codes.get(name, ""), mark.words)

    drafts = [
        Draft(
            coded(name), tuple(map(coded, parties["actor"])), tuple(map(coded, parties["target"])), dict(remarks[name])
        )
        for name, parties in tied.items()
    ]
    return Document(where, article_id, text, coder, tuple(drafts), tuple(faults), is_certain=True)


def _region(item: dict[str, Any], text: str) -> tuple[str, Marked] | str:
    """The role and place of a region, or what is wrong with it."""
    value = item["value"] if isinstance(item.get("value"), dict) else {}
    labels = value.get("labels", value.get("hypertextlabels"))
    role = plain(labels[0]).strip().lower() if isinstance(labels, list) and labels else ""
    if role not in SIDES:
        return f"A region has the label {role!r}, not actor, action or target."
    start, end = whole(value.get("start")), whole(value.get("end"))
    if start is None or end is None:
        return f"A region labelled {role} has no offsets into a text."
    words = value["text"] if isinstance(value.get("text"), str) else None
    if words is not None and text[start:end] != words:
        start, end = _from_utf16(start, end, words, text)
    return role, Marked(start, end, "", words)


def _from_utf16(start: int, end: int, words: str, text: str) -> tuple[int, int]:
    """The offsets read as a browser counts, in which an emoji is two characters, if the words then stand there."""
    units = text.encode("utf-16-le", "surrogatepass")
    if not 0 <= start < end <= len(units) // 2:
        return start, end
    if units[2 * start : 2 * end] != words.encode("utf-16-le", "surrogatepass"):
        return start, end
    first = len(units[: 2 * start].decode("utf-16-le", "replace"))
    return first, first + len(words)


def _answer(item: dict[str, Any]) -> str:
    """What was answered about a region: the choice (of a taxonomy the innermost), the text, the day or the number."""
    value = item["value"] if isinstance(item.get("value"), dict) else {}
    kind = plain(item.get("type"))
    found: object = value.get("text" if kind == "textarea" else kind)
    if kind == "taxonomy":
        found = found[0] if isinstance(found, list) and found else found
        found = found[-1] if isinstance(found, list) and found else found
    elif isinstance(found, list):
        found = "\n".join(map(plain, found)) if kind == "textarea" else (found[0] if found else "")
    return plain(found).strip()
