"""Write seeds/*.gold.csv, the expert codings, from the judgements in seeds/*.gold.yaml.

Run it (`PYTHONPATH=toolkit python scripts/seed_gold.py`) after editing a .gold.yaml or its article, and review the diff as
codings. Words that are not in their sentence, or stand there twice, are reported with their line; nothing is written then.
"""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import Any

from whodid.articles.model import Article
from whodid.articles.read import read_articles
from whodid.checks.validate import validate
from whodid.codebook.files import Parsed, parse_yaml
from whodid.coder.parse import load_model, parse_texts, sentences
from whodid.errors import EventTableError, Fault, WhodidError
from whodid.events.files import write_events
from whodid.events.record import CodedEvent
from whodid.events.table import events_to_table

SEEDS = Path(__file__).resolve().parents[1] / "seeds"
PARTS = ("actor", "action", "target")


class Judgements:
    """One .gold.yaml with its article: finds the quoted words, and gathers what is wrong with them."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.parsed: Parsed = parse_yaml(path.read_text(encoding="utf-8"), str(path))
        if self.parsed.faults:
            raise EventTableError.of(self.parsed.faults)
        read = read_articles(path.parent / self.parsed.value["article"])
        if read.refused:
            raise EventTableError.of(item.fault for item in read.refused)
        self.article: Article = read.articles[0]
        doc = next(parse_texts(load_model(), [self.article.text]))
        # Without the line ends that a sentence may close with.
        self.spans = [(s.start_char, s.start_char + len(s.text.rstrip())) for s in sentences(doc)]
        self.faults: list[Fault] = []

    def events(self) -> list[CodedEvent]:
        """A coded event for each judgement, in the order of the file. Raises EventTableError with every fault."""
        found: list[CodedEvent] = []
        for i, group in enumerate(self.parsed.value["sentences"]):
            number = self._sentence(group["sentence"], self.parsed.line("sentences", i, "sentence"))
            if number is not None:
                for j, event in enumerate(group["events"]):
                    found += self._event(number, event, ("sentences", i, "events", j))
        for i, item in enumerate(self.parsed.value.get("not_coded", [])):
            self._words(item["words"], (0, len(self.article.text)), "article", self.parsed.line("not_coded", i))
        if self.faults:
            raise EventTableError.of(self.faults)
        return found

    def _event(self, number: int, event: dict[str, Any], place: tuple[str | int, ...]) -> list[CodedEvent]:
        offsets = {
            part: self._words(event[part]["words"], self.spans[number], "sentence", self.parsed.line(*place, part))
            for part in PARTS
        }
        spans = {part: span for part, span in offsets.items() if span is not None}
        if len(spans) < len(PARTS):
            return []
        fields: dict[str, Any] = {}
        for part, (start, end) in spans.items():
            fields[part] = event[part]["code"]
            fields[f"{part}_text"] = self.article.text[start:end]
            fields[f"{part}_start"], fields[f"{part}_end"] = start, end
        stated = event.get("date")
        coded = CodedEvent(
            **fields,
            date=date.fromisoformat(stated["day"]) if stated else self.article.published,
            date_basis=stated["basis"] if stated else "published",
            article_id=self.article.article_id,
            sentence=number,
            published=self.article.published,
            publisher=self.article.publisher,
            coder=self.parsed.value["coder"],
            note=event.get("note"),
        )
        return [coded]

    def _sentence(self, beginning: str, line: int) -> int | None:
        numbers = [n for n, (start, _) in enumerate(self.spans) if self.article.text.startswith(beginning, start)]
        if len(numbers) == 1:
            return numbers[0]
        has = f"{len(numbers)} sentences begin" if numbers else "No sentence begins"
        fix = "Quote the first words of one sentence as they stand in the article, and enough of them."
        self._fault("sentence-not-found", f"{has} with {beginning!r}.", fix, line, beginning)
        return None

    def _words(self, quoted: str, within: tuple[int, int], where: str, line: int) -> tuple[int, int] | None:
        before, bracket, rest = quoted.partition("[")
        words, _, after = rest.partition("]") if bracket else (quoted, "", "")
        before = before if bracket else ""
        context = before + words + after
        start, end = within
        text = self.article.text[start:end]
        count = text.count(context)
        if words and count == 1:
            first = start + text.index(context) + len(before)
            return first, first + len(words)
        stands = f"stand {count} times in their {where}" if count else f"are not in their {where}"
        fix = "Quote more, with the words in brackets." if count else "Quote them as they stand in the article."
        self._fault("words-not-found", f"The words {context!r} {stands}: {text[:200]!r}.", fix, line, context)
        return None

    def _fault(self, rule: str, message: str, fix: str, line: int, value: str) -> None:
        self.faults.append(Fault(rule, message, fix, self.path, line, value=value))


def main() -> int:
    for path in sorted(SEEDS.glob("*.gold.yaml")):
        target = path.with_suffix(".csv")
        try:
            judgements = Judgements(path)
            table = events_to_table(judgements.events())
            report = validate(table, articles=read_articles(path.parent / judgements.parsed.value["article"]))
            if report.findings:
                raise EventTableError.of(report.findings)
            write_events(table, target)
        except WhodidError as error:
            print(error, file=sys.stderr)
            return 1
        print(f"{target.name}: {len(table)} events")
    return 0


if __name__ == "__main__":
    sys.exit(main())
