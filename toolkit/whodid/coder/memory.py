"""What names and nouns have meant so far in an article, so that "Kim", "the ministry" and "it" still resolve later on."""

from __future__ import annotations

from dataclasses import dataclass, field

from whodid.coder.parsed import Span, Token
from whodid.coder.patterns import lemma_of

# Words that stand for somebody named elsewhere.
PRONOUNS = {"it", "he", "she", "they", "him", "her", "them", "its", "his", "their", "who", "which", "that", "whose"}
_PERSONAL = {"he", "she", "him", "her", "his"}
_PLURAL = {"they", "them", "their"}
_POSSESSIVE = {"its", "their", "his", "her"}
_OBJECTS = {"dobj", "dative", "pobj"}


@dataclass(slots=True)
class Memory:
    """Surnames, role nouns and clause subjects with the code they had when they were last named."""

    _names: dict[str, str] = field(default_factory=dict)
    _nouns: dict[str, str] = field(default_factory=dict)
    _subjects: list[tuple[Token, str, bool]] = field(default_factory=list)
    _plurals: list[tuple[Token, str]] = field(default_factory=list)

    def note(self, phrase: Span, head: Token, code: str) -> None:
        """Remember a resolved phrase: each part of a person's name, the head noun of a role."""
        # The tagger takes some common nouns for names; only capitals make one.
        if head.pos_ == "PROPN" and head.text[:1].isupper():
            words = phrase.doc.tokens[phrase.start : phrase.end]
            if len(code) > 3:
                for token in words:
                    if token.pos_ == "PROPN" and len(token.text) > 2 and token.text[:1].isupper():
                        self._names[token.text] = code
            compass = words[-2].text if len(words) > 1 else ""
            if compass in {"North", "South"}:
                self._names.setdefault(compass, code)
        if head.pos_ in {"NOUN", "PROPN"} and len(code) > 3 and code[:3].isupper():
            # "The Russian Foreign Ministry" is "the ministry" from then on.
            self._nouns[head.lemma_lower] = code
        if head.tag_ in {"NNS", "NNPS"}:
            self._plurals.append((head, code))

    def note_subject(self, head: Token, code: str, is_place: bool = False) -> None:
        """Remember who the subject of a clause was, for the pronouns of the clauses below and behind it.

        is_place: the name of a country, a capital or a government, which is "it".
        """
        is_person = (
            head.pos_ == "PROPN"
            and code.endswith(("GOV", "OPP", "MIL", "ELI", "LEG", "REB"))
            and not is_place
            and lemma_of(head) not in _COLLECTIVE
            and not _is_group(head, code)
        )
        self._subjects.append((head, code, is_person))

    def name(self, token: Token) -> str | None:
        """The code that a name had before in the article."""
        if not token.text[:1].isupper():
            return None
        return self._names.get(token.text)

    def role_noun(self, token: Token, roles: str) -> str | None:
        """The code that a noun such as "activists" had before, if its roles are the same."""
        code = self._nouns.get(token.lemma_lower)
        if code is None or len(code) <= 3 or roles not in code[3:]:
            return None
        return code if any(child.lower_ in {"the", "these", "those"} for child in token.children) else None

    def noun(self, token: Token) -> str | None:
        """The code of a body that was named with a noun before: "the party" behind "the Freedom Party"."""
        code = self._nouns.get(token.lemma_lower) if token.tag_ == "NN" else None
        if code is None:
            return None
        return code if any(child.lower_ in {"the", "this", "that"} for child in token.children) else None

    def title(self, noun: str, roles: str) -> str | None:
        """The code that a title had before, for "Ambassador Lopez" behind "Ecuador's ambassador"."""
        code = self._nouns.get(noun)
        return code if code is not None and code[3:] == roles else None

    def pronoun(self, token: Token) -> tuple[str, Token] | None:
        """Whom a pronoun stands for, and the word that names them: the nearest subject before it in its own sentence,
        else in the one before. "Them" are the nearest of whom the text speaks in the plural.
        """
        word = token.lower_
        sentence = token.sent
        if word == "them":
            own = _subjects_of(token)
            for head, code in reversed(self._plurals):
                if _sentence_before(sentence) <= head.i < token.i and head.i not in own:
                    return code, head
            return None
        if word in _POSSESSIVE and token.dep_ not in _OBJECTS:
            speaker_side = _own_subjects(token)
        else:
            # Whom somebody acts on is another: "Washington removed it from the list".
            speaker_side = _subjects_of(token) if token.dep_ in _OBJECTS else set()
        for head, code, is_person in reversed(self._subjects):
            index = head.i
            if index >= token.i or index in speaker_side:
                continue
            if index < sentence.start:
                if index < _sentence_before(sentence) or (word in _PLURAL and word != "their"):
                    return None
                if word == "their" and head.tag_ not in {"NNS", "NNPS"}:
                    continue
            if word in _PERSONAL and not is_person and not _is_human(head):
                continue
            if word in {"it", "its"} and is_person:
                continue
            return code, head
        return None


def _is_human(head: Token) -> bool:
    """True for "the minister" and "a spokesman", who are "he" or "she" later on; False for "the ministry"."""
    return head.tag_ in {"NN", "NNP"} and lemma_of(head).endswith(_HUMAN) and lemma_of(head) not in _COLLECTIVE


# How nouns for persons end, and nouns for many that end in the same way.
_HUMAN = (
    "er",
    "or",
    "ist",
    "man",
    "woman",
    "person",
    "ent",
    "ian",
    "ief",
    "oy",
    "ral",
    "nel",
    "king",
    "queen",
    "cleric",
)
_COLLECTIVE = frozenset(
    "administration agency air-force alliance army assembly association authority bank bloc body board bureau cabinet church "
    "coalition commission committee company congress council court department embassy faction federation force front "
    "government group institute junta leadership league legislature militia ministry mission movement navy network office "
    "organisation organization order panel parliament party police regime senate tribunal union movement power centre "
    "center number member-state government embassy newspaper broadcaster opponent".split()
)


def _is_group(head: Token, code: str) -> bool:
    """True for "the ELN" and "Farc", which are "it" later on: an article, capitals alone, a bare name among rebels."""
    has_article = any(child.dep_ == "det" for child in head.children)
    is_bare = not any(child.dep_ in {"compound", "nmod", "appos"} for child in head.children)
    return is_bare and (has_article or (head.text.isupper() and len(head.text) > 1) or code.endswith("REB"))


def _own_subjects(token: Token) -> set[int]:
    """Subjects of the token's clause, if that clause is reported: in "Poland said Belarus attacked its guards" the guards
    are Poland's, since a report about one's own attackers is what is said.
    """
    verb = token.head
    while verb.pos_ not in {"VERB", "AUX"} and verb.head != verb:
        verb = verb.head
    return _subjects_of(token) if verb.dep_ == "ccomp" else set()


def _subjects_of(token: Token) -> set[int]:
    verb = token.head
    while verb.pos_ not in {"VERB", "AUX"} and verb.head != verb:
        verb = verb.head
    own = {child.i for child in verb.children if child.dep_ in {"nsubj", "nsubjpass"}}
    while not own and verb.dep_ in {"conj", "xcomp"} and verb.head.pos_ in {"VERB", "AUX"}:
        verb = verb.head
        own = {child.i for child in verb.children if child.dep_ in {"nsubj", "nsubjpass"}}
    return own


def _sentence_before(sentence: Span) -> int:
    if sentence.start == 0:
        return 0
    return int(sentence.doc[sentence.start - 1].sent.start)
