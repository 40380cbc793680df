"""brat's standoff: a text and an annotation file for each article, and a configuration for the folder."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path
from urllib.parse import quote, unquote

from whodid.annotation.exchange.draft import REMARKS, SIDES, Document, Draft, Marked, untied
from whodid.annotation.exchange.json_input import read_text
from whodid.articles.model import Article
from whodid.codebook.model import Codebook
from whodid.errors import ExchangeError, Fault
from whodid.events.record import DATE_BASES, CodedEvent

_TEXT_BOUND = re.compile(r"T\S+\t(\S+) ([0-9]{1,9} [0-9]{1,9}(?:;[0-9]{1,9} [0-9]{1,9})*)\t?(.*)", re.DOTALL)
_REMARK = re.compile(rf"({'|'.join(name for name in REMARKS if name != 'note')})=([^;]*)(?:; |$)")
_LONGEST_LINE = 100_000


def to_brat(
    articles: Sequence[Article], events: Mapping[str, Sequence[CodedEvent]], codebook: Codebook
) -> dict[str, str]:
    """The files of a brat folder by name. events: by article id."""
    files = {"annotation.conf": _configuration(codebook)}
    for article in articles:
        name = file_name(article.article_id)
        files[f"{name}.txt"] = article.text
        files[f"{name}.ann"] = "".join(f"{line}\n" for line in _lines(article, events.get(article.article_id, ())))
    return files


def file_name(article_id: str) -> str:
    """An article's id as the name of a file, from which it can be read again."""
    name = quote(article_id, safe=" ")
    return f"%2E{name[1:]}" if name.startswith(".") else name


def _configuration(codebook: Codebook) -> str:
    return "\n".join(
        [
            f"# Events coded with {codebook.label}. The codes of actors and targets are notes on their spans.",
            "[entities]",
            "actor",
            "target",
            "[relations]",
            "<OVERLAP>\tArg1:<ANY>, Arg2:<ANY>, <OVL-TYPE>:<ANY>",
            "[events]",
            "action\tactor+:actor, target+:target",
            "[attributes]",
            f"code\tArg:<EVENT>, Value:{'|'.join(sorted(codebook.actions))}",
            f"date_basis\tArg:<EVENT>, Value:{'|'.join(DATE_BASES)}",
            "",
        ]
    )


def _lines(article: Article, events: Sequence[CodedEvent]) -> Iterator[str]:
    spans: dict[tuple[str, int, int, str], str] = {}
    notes = 0

    def span(role: str, start: int, end: int, code: str) -> Iterator[str]:
        nonlocal notes
        key = (role, start, end, code)
        if key in spans:
            return
        spans[key] = f"T{len(spans) + 1}"
        words = article.text[start:end]
        yield f"{spans[key]}\t{role} {_fragments(words, start)}\t{' '.join(words.split(chr(10)))}"
        if role != "action":
            notes += 1
            yield f"#{notes}\tAnnotatorNotes {spans[key]}\t{code}"

    for number, e in enumerate(events, start=1):
        yield from span("actor", e.actor_start, e.actor_end, e.actor)
        yield from span("action", e.action_start, e.action_end, "")
        yield from span("target", e.target_start, e.target_end, e.target)
        trigger = spans["action", e.action_start, e.action_end, ""]
        actor = spans["actor", e.actor_start, e.actor_end, e.actor]
        target = spans["target", e.target_start, e.target_end, e.target]
        yield f"E{number}\taction:{trigger} actor:{actor} target:{target}"
        yield f"A{2 * number - 1}\tcode E{number} {e.action}"
        yield f"A{2 * number}\tdate_basis E{number} {e.date_basis}"
        said = [f"date={e.date.isoformat()}"]
        if e.confidence is not None:
            said.append(f"confidence={round(float(e.confidence), 3)}")
        if e.note is not None:
            said.append(f"note={_one_line(e.note)}")
        notes += 1
        yield f"#{notes}\tAnnotatorNotes E{number}\t{'; '.join(said)}"


def _fragments(words: str, start: int) -> str:
    """The offsets of some words; brat wants a span of several lines in one piece for each line."""
    out: list[str] = []
    at = start
    for piece in words.split("\n"):
        if piece:
            out.append(f"{at} {at + len(piece)}")
        at += len(piece) + 1
    return ";".join(out)


def _one_line(note: str) -> str:
    return note.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t").replace("\r", "\\r")


def _many_lines(note: str) -> str:
    return re.sub(r"\\([ntr\\])", lambda found: {"n": "\n", "t": "\t", "r": "\r", "\\": "\\"}[found[1]], note)


def read_brat(path: Path) -> Iterator[Document]:
    """The documents of a brat folder (with all folders below), or of one .ann file; the .txt stands beside it.

    A text without annotation file, or with an empty one, gives a document without drafts. Raises ExchangeError if there
    is no document.
    """
    files = sorted(path.rglob("*.ann")) if path.is_dir() else [path]
    if not files:
        message = "The folder holds no .ann files."
        raise ExchangeError(message, fix="Give the folder of the brat collection.", path=path, rule="empty")
    base = path if path.is_dir() else path.parent
    for file in files:
        yield _document(file, unquote(file.relative_to(base).with_suffix("").as_posix()))


def _document(file: Path, article_id: str) -> Document:
    where = str(file)
    try:
        text, content = read_text(file.with_suffix(".txt")), read_text(file)
    except ExchangeError as error:
        return Document(where, article_id, "", None, (), error.faults)
    found = _Annotations(where, text)
    # Not splitlines(): notes may hold the other characters that Python takes for line ends.
    for number, line in enumerate(content.split("\n"), start=1):
        if line.strip():
            found.read(line.rstrip("\r"), number)
    drafts = found.drafts()
    return Document(where, article_id, text, None, tuple(drafts), tuple(found.faults))


@dataclass(slots=True)
class _Event:
    """An event as brat has it: its trigger, and the parties by role; line is where it stands."""

    trigger: str
    line: int
    parties: dict[str, list[str]] = field(default_factory=lambda: {"actor": [], "target": []})


class _Annotations:
    """The lines of one .ann file, gathered; they may refer to lines below them."""

    def __init__(self, path: str, text: str) -> None:
        self.path, self.text = path, text
        self.faults: list[Fault] = []
        self.spans: dict[str, tuple[str, Marked, int]] = {}
        self.events: dict[str, _Event] = {}
        self.relations: list[tuple[str, str, int]] = []
        self.codes: dict[str, str] = {}
        self.notes: dict[str, str] = {}
        self.remarks: dict[str, dict[str, str]] = {}

    def read(self, line: str, number: int) -> None:
        """Take in one line; a line that cannot be read is a fault."""
        kinds = {"T": self._span, "E": self._event, "R": self._relation, "A": self._attribute, "#": self._note}
        kinds.update({"N": self._reference})
        identity, _, rest = line.partition("\t")
        take = kinds.get(identity[:1])
        if take is None or len(line) > _LONGEST_LINE or not take(identity, rest, line, number):
            shown = line if len(line) <= 60 else f"{line[:60]}..."
            fix = "Lines are T, E, R, A, N and # lines of brat, with the types actor, action and target."
            self.faults.append(Fault("bad-line", f"The line {shown!r} cannot be read.", fix, self.path, number))

    def _span(self, identity: str, rest: str, line: str, number: int) -> bool:
        found = _TEXT_BOUND.fullmatch(line)
        if found is None or found[1] not in SIDES or identity in self.spans:
            return False
        pieces = [tuple(map(int, piece.split())) for piece in found[2].split(";")]
        gaps = [self.text[a[1] : b[0]] for a, b in pairwise(pieces)]
        if any(gap.strip() for gap in gaps):
            message = f"The span {identity} leaves out the words {gaps[0].strip()!r}."
            fix = "Mark words in one piece: a row has one place for each of its words."
            self.faults.append(Fault("split-span", message, fix, self.path, number))
            return True
        self.spans[identity] = (found[1], Marked(pieces[0][0], pieces[-1][1], "", found[3] or None), number)
        return True

    def _event(self, identity: str, rest: str, line: str, number: int) -> bool:
        arguments = [part.partition(":") for part in rest.split()]
        if not arguments or arguments[0][0] != "action" or identity in self.events:
            return False
        event = _Event(arguments[0][2], number)
        for role, _, party in arguments[1:]:
            # brat numbers the second and further parties of one role: actor, actor2.
            kind = role.rstrip("0123456789")
            if kind not in event.parties:
                return False
            event.parties[kind].append(party)
        self.events[identity] = event
        return True

    def _relation(self, identity: str, rest: str, line: str, number: int) -> bool:
        parts = rest.split()
        if len(parts) != 3 or not parts[1].startswith("Arg1:") or not parts[2].startswith("Arg2:"):
            return False
        self.relations.append((parts[1][5:], parts[2][5:], number))
        return True

    def _attribute(self, identity: str, rest: str, line: str, number: int) -> bool:
        parts = rest.split()
        if len(parts) != 3:
            return False
        name, of, value = parts
        if name == "code":
            self.codes[of] = value
        elif name in REMARKS:
            self.remarks.setdefault(of, {})[name] = value
        else:
            return False
        return True

    def _reference(self, identity: str, rest: str, line: str, number: int) -> bool:
        parts = rest.split("\t")[0].split()
        if len(parts) != 3 or parts[0] != "Reference" or ":" not in parts[2]:
            return False
        self.codes[parts[1]] = parts[2].partition(":")[2]
        return True

    def _note(self, identity: str, rest: str, line: str, number: int) -> bool:
        about, _, note = rest.partition("\t")
        parts = about.split()
        if len(parts) == 2:
            self.notes[parts[1]] = note.strip()
        return len(parts) == 2

    def drafts(self) -> list[Draft]:
        """The events, and for actions that are in none but have relations, what these say."""
        self._add_related()
        out: list[Draft] = []
        used: set[str] = set()
        for identity, event in self.events.items():
            named = [event.trigger, *event.parties["actor"], *event.parties["target"]]
            absent = [name for name in named if name not in self.spans]
            wrong = [
                name
                for role, names in (("action", [event.trigger]), *event.parties.items())
                for name in names
                if name in self.spans and self.spans[name][0] != role
            ]
            used.update(named)
            if absent or wrong:
                what = (
                    f"names {absent[0]}, which is not there" if absent else f"has {wrong[0]} in a role that it is not"
                )
                fix = "Make the event again, of an action with its actor and target."
                self.faults.append(Fault("bad-event", f"The event {identity} {what}.", fix, self.path, event.line))
                continue
            action = self.spans[event.trigger][1]
            code = self.codes.get(identity) or self.codes.get(event.trigger, "")
            remarks = {**self._said(event.trigger), **self._said(identity)}
            actors, targets = (tuple(map(self._party, event.parties[side])) for side in ("actor", "target"))
            out.append(Draft(replace(action, code=code), actors, targets, remarks, event.line))
        for identity, (role, mark, number) in self.spans.items():
            if identity not in used:
                if role == "action":
                    message = (
                        f"The action {self.text[mark.start : mark.end]!r} ({mark.start} to {mark.end}) is in no event."
                    )
                    fix = "Tie it to its actor and target, or remove it."
                    self.faults.append(Fault("untied", message, fix, self.path, number))
                else:
                    self.faults += untied([(role, mark)], self.text, self.path, number)
        return out

    def _add_related(self) -> None:
        in_events = {event.trigger for event in self.events.values()}
        for first, second, number in self.relations:
            roles = {name: self.spans[name][0] for name in (first, second) if name in self.spans}
            action = next((name for name, role in roles.items() if role == "action"), None)
            party = next((name for name, role in roles.items() if role != "action"), None)
            if action is None or party is None or action in in_events:
                message = (
                    f"The relation between {first} and {second} ties no action outside events to an actor or target."
                )
                fix = "Draw relations from an action to its actor and target, or use events alone."
                self.faults.append(Fault("bad-relation", message, fix, self.path, number))
                continue
            event = self.events.setdefault(f"R:{action}", _Event(action, self.spans[action][2]))
            event.parties[roles[party]].append(party)

    def _party(self, identity: str) -> Marked:
        code = self.codes.get(identity) or self.notes.get(identity, "")
        return replace(self.spans[identity][1], code=code)

    def _said(self, identity: str) -> dict[str, str]:
        """What attributes and the note on an event say; a note that names nothing is a remark as a whole."""
        note, said = self.notes.get(identity, ""), dict(self.remarks.get(identity, {}))
        at = 0
        while found := _REMARK.match(note, at):
            said[found[1]] = found[2].strip()
            at = found.end()
        rest = note[at:]
        if rest.startswith("note="):
            rest = _many_lines(rest.removeprefix("note="))
        return {**said, "note": rest} if rest else said
