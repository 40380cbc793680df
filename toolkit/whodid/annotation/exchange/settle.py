"""Drafts into rows: the text must be the article's, words must stand where they are said to, codes must be codes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeVar

from whodid.annotation.answers import Problem, action_of, actor_of, basis_of, confidence_of, day_of
from whodid.annotation.exchange.draft import Document, Draft, Marked
from whodid.annotation.sentences import Sentence, sentence_at
from whodid.articles.model import Article
from whodid.codebook.actor_codes import ActorCodes
from whodid.codebook.model import Codebook
from whodid.errors import Fault
from whodid.events.record import CodedEvent

T = TypeVar("T")


def find_article(document: Document, by_id: Mapping[str, Article], by_text: Mapping[str, str]) -> Article | Fault:
    """The article that a document is of, by its id, or by its text where the file does not say; else the fault.

    by_text: ids by the article's text without the space at its end.
    """
    name = document.article_id or by_text.get(document.text.rstrip(), "")
    article = by_id.get(name)
    if article is None:
        message = (
            f"The article {name!r} is not among those given." if name else "No article that was given has this text."
        )
        fix = "Give the folder that holds it with --articles."
        return Fault("unknown-article", message, fix, document.path, document.line, value=name or None)
    # Space at the end moves no offset, and editors like to add some.
    if article.text.rstrip() != document.text.rstrip():
        at = next((n for n, (a, b) in enumerate(zip(article.text, document.text, strict=False)) if a != b), None)
        where = "at its end" if at is None else f"from character {at} on"
        message = f"The text is not that of the article {name!r}: they differ {where}."
        fix = "Give the articles as they were when the file was made; offsets into another text mean other words."
        return Fault("other-text", message, fix, document.path, document.line, value=name)
    return article


class Settler:
    """Settles the drafts of one document of one coder."""

    def __init__(
        self,
        document: Document,
        article: Article,
        found: Sequence[Sentence],
        coder: str,
        codebook: Codebook,
        codes: ActorCodes,
    ) -> None:
        self.document, self.article, self.found, self.coder = document, article, found, coder
        self.codebook, self.codes = codebook, codes

    def settle(self) -> Iterator[CodedEvent | Fault]:
        """The rows of the drafts, one for each actor and target, and every fault of those that give none."""
        for draft in self.document.drafts:
            yield from self._draft(draft)

    def _draft(self, draft: Draft) -> Iterator[CodedEvent | Fault]:
        faults: list[Fault] = []
        said = self._said(draft.action)

        def take(found: T | Problem, what: str) -> T | None:
            if not isinstance(found, Problem):
                return found
            message = f"{what} of the action {said}: {found.message}"
            faults.append(Fault(found.rule, message, found.fix, self.document.path, draft.line))
            return None

        for role, marks in (("actor", draft.actors), ("action", (draft.action,)), ("target", draft.targets)):
            if not marks:
                fix = f"Tie it to its {role}, or remove the action."
                take(Problem("no-party", f"there is no {role}.", fix), f"The {role}")
            for mark in marks:
                take(self._misplaced(mark), f"The {role}")
        action = take(self._action(draft.action.code), "The code")
        actors = [take(self._actor(mark.code), "The actor") for mark in draft.actors]
        targets = [take(self._actor(mark.code), "The target") for mark in draft.targets]
        written = draft.remarks.get("date", "").strip()
        day = take(day_of(written), "The date") if written else None
        when = None
        if day is not None or not written:
            when = take(basis_of(draft.remarks.get("date_basis", ""), day, self.article.published), "The date")
        confidence = take(confidence_of(draft.remarks.get("confidence")), "The confidence")
        if faults or action is None or when is None:
            yield from faults
            return
        start, end = self._trimmed(draft.action)
        for actor_code, actor in zip(actors, draft.actors, strict=True):
            for target_code, target in zip(targets, draft.targets, strict=True):
                (actor_start, actor_end), (target_start, target_end) = self._trimmed(actor), self._trimmed(target)
                yield CodedEvent(
                    actor=actor_code or "",
                    action=action,
                    target=target_code or "",
                    date=when[0],
                    date_basis=when[1],
                    article_id=self.article.article_id,
                    sentence=sentence_at(self.found, start) or 0,
                    actor_text=self.article.text[actor_start:actor_end],
                    action_text=self.article.text[start:end],
                    target_text=self.article.text[target_start:target_end],
                    actor_start=actor_start,
                    actor_end=actor_end,
                    action_start=start,
                    action_end=end,
                    target_start=target_start,
                    target_end=target_end,
                    published=self.article.published,
                    publisher=self.article.publisher,
                    coder=self.coder,
                    confidence=confidence,
                    note=draft.remarks.get("note", "").strip() or None,
                )

    def _action(self, written: str) -> str | Problem:
        if not written.strip():
            return Problem("no-code", "there is none.", "Choose one, or remove the action.")
        return action_of(written, self.codebook)

    def _actor(self, written: str) -> str | Problem:
        if not written.strip():
            return Problem("no-code", "it has no code.", "Write one, such as KORGOV.")
        return actor_of(written, self.codes)

    def _misplaced(self, mark: Marked) -> Problem | None:
        text = self.article.text
        if not 0 <= mark.start < mark.end <= len(text) or not text[mark.start : mark.end].strip():
            message = f"{mark.start} to {mark.end} is no place in a text of {len(text)} characters."
            return Problem("bad-span", message, "Mark the words again.")
        if mark.words is not None and mark.words.split() != text[mark.start : mark.end].split():
            there = text[mark.start : mark.end]
            message = f"at {mark.start} to {mark.end} stands {there!r}, not {mark.words!r}."
            return Problem("offset-mismatch", message, "Mark the words again.")
        return None

    def _said(self, mark: Marked) -> str:
        return f"{self.article.text[max(0, mark.start) : max(0, mark.end)]!r} ({mark.start} to {mark.end})"

    def _trimmed(self, mark: Marked) -> tuple[int, int]:
        words = self.article.text[mark.start : mark.end]
        start = mark.start + len(words) - len(words.lstrip())
        return start, start + len(words.strip())
