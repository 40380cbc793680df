"""What the parser and the machine coder know about an article that somebody codes by hand: sentences, and offers of codes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from spacy.tokens import Doc

from whodid.annotation.codes import CodeDesk, CodeOffer
from whodid.annotation.passage import Passage, lay_out
from whodid.annotation.session import Span
from whodid.articles.model import Article
from whodid.codebook.model import Codebook
from whodid.coder.actors import Resolver, note_subjects
from whodid.coder.linear import LinearModel
from whodid.coder.parse import DEFAULT_MODEL, LONGEST_TEXT, load_model, parse_texts, sentences
from whodid.coder.phrases import Unresolved
from whodid.coder.spelling import load_gazetteer
from whodid.coder.suggest import Request, Suggester
from whodid.errors import ArticleError

_TOP = 5
# Below this a suggested action is a guess among many: it would only cost reading.
_LEAST = 0.02


class PassageReader:
    """Lays articles out for coding, with the same sentences as the machine coder, so that rows of both can be compared."""

    def __init__(self, model: str = DEFAULT_MODEL) -> None:
        self._nlp = load_model(model)
        self._passages: dict[str, tuple[Article, Doc, Passage]] = {}

    def __call__(self, article: Article) -> Passage:
        return self._read(article)[1]

    def doc(self, article: Article) -> Doc:
        """The parse of an article; its offsets are the article's."""
        return self._read(article)[0]

    def _read(self, article: Article) -> tuple[Doc, Passage]:
        known = self._passages.get(article.article_id)
        if known is None or known[0] != article:
            if len(article.text) > LONGEST_TEXT:
                message = f"The article has {len(article.text):,} characters; the parser takes {LONGEST_TEXT:,}."
                raise ArticleError(message, fix="Split it.", path=article.origin or None, rule="too-long")
            [doc] = parse_texts(self._nlp, [article.text])
            passage = lay_out(article, [(s.start_char, s.end_char) for s in sentences(doc)])
            known = self._passages[article.article_id] = (article, doc, passage)
        return known[1:]


@dataclass(frozen=True, slots=True)
class Offers:
    """The machine's codes for each role, best first; empty where the words say nothing to it."""

    actor: tuple[CodeOffer, ...] = ()
    action: tuple[CodeOffer, ...] = ()
    target: tuple[CodeOffer, ...] = ()


class Adviser:
    """Offers codes for marked words: actors as the machine coder resolves them, actions as `wd.suggest` ranks them."""

    def __init__(
        self,
        codebook: Codebook,
        reader: PassageReader,
        codes: CodeDesk,
        *,
        model: str = DEFAULT_MODEL,
        linear: LinearModel | None = None,
    ) -> None:
        self._reader, self._codes = reader, codes
        self._gazetteer = load_gazetteer(codebook, model)
        self._suggester = Suggester(codebook, model, linear)
        self._resolvers: dict[str, tuple[Doc, Resolver]] = {}
        self._actions: dict[tuple[str, Span, Span], tuple[CodeOffer, ...]] = {}

    def offers(self, passage: Passage, spans: Mapping[str, Span]) -> Offers:
        """Offers for the words marked so far; for the action once both parties are marked in one sentence."""
        article = passage.article
        parties = [self._parties(article, spans[role]) if role in spans else () for role in ("actor", "target")]
        action: tuple[CodeOffer, ...] = ()
        if "actor" in spans and "target" in spans:
            number = passage.sentence_at(spans["actor"][0])
            if number is not None and number == passage.sentence_at(spans["target"][0]):
                action = self._of_action(passage, number, spans["actor"], spans["target"])
        return Offers(parties[0], action, parties[1])

    def _parties(self, article: Article, span: Span) -> tuple[CodeOffer, ...]:
        doc = self._reader.doc(article)
        words = doc.char_span(*span, alignment_mode="expand")
        if words is None or not len(words):
            return ()
        resolver = self._resolver(article, doc)
        found = resolver.resolve(words.root)
        if isinstance(found, Unresolved):
            return ()
        offers: dict[str, CodeOffer] = {}
        for one in found:
            if self._codes.wrong_actor(one.code) is None:
                offers.setdefault(one.code, self._codes.offer_actor(one.code, f"suggested: {one.why}"))
        return tuple(offers.values())

    def _resolver(self, article: Article, doc: Doc) -> Resolver:
        known = self._resolvers.get(article.article_id)
        if known is None or known[0] is not doc:
            resolver = Resolver(doc, self._gazetteer, article.published)
            for sentence in sentences(doc):
                note_subjects(sentence, resolver)
            known = self._resolvers[article.article_id] = (doc, resolver)
        return known[1]

    def _of_action(self, passage: Passage, number: int, actor: Span, target: Span) -> tuple[CodeOffer, ...]:
        key = (passage.article.article_id, actor, target)
        if key not in self._actions:
            sentence = passage.sentences[number]
            request = Request(
                "",
                passage.article.text[sentence.start : sentence.end],
                ((actor[0] - sentence.start, actor[1] - sentence.start),),
                ((target[0] - sentence.start, target[1] - sentence.start),),
            )
            [found] = self._suggester.suggest([request], _TOP)
            self._actions[key] = tuple(
                self._codes.offer_action(one.action, f"suggested, {one.score:.0%}")
                for one in found
                if one.score >= _LEAST
            )
        return self._actions[key]
