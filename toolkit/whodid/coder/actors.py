"""Who a noun phrase means: which rule says it first, from names over role nouns, titles and memory to things and places."""

from __future__ import annotations

from dataclasses import dataclass

from whodid.coder.actor_names import former_leader, is_surname, named_with, person, titled
from whodid.coder.actor_owners import owners_before
from whodid.coder.actor_parts import PARTS, is_count, of_part
from whodid.coder.actor_roles import of_role_noun
from whodid.coder.actor_states import only_country, unnamed_states
from whodid.coder.actor_things import of_thing
from whodid.coder.gazetteer import Entry, Hit
from whodid.coder.memory import PRONOUNS
from whodid.coder.parsed import Span, Token
from whodid.coder.phrases import WHOLE_KINDS, Phrases, Resolved, Unresolved


@dataclass(slots=True)
class Resolver(Phrases):
    """Resolves the noun phrases of one article, sentence after sentence, remembering what names meant."""

    def resolve(self, token: Token) -> list[Resolved] | Unresolved:
        if token.i not in self.known:
            self.known[token.i] = self._resolve(token)
        return self.known[token.i]

    def _resolve(self, token: Token) -> list[Resolved] | Unresolved:
        is_part = token.lemma_lower in PARTS and any(c.lower_ == "of" for c in token.children)
        if (token.lower_ in PRONOUNS or token.pos_ == "PRON") and not is_part:
            known = self.memory.pronoun(token)
            if known is not None:
                code, named = known
                why = f"{token.lower_!r} stands for {named.text!r}, {code}"
                # The words that name somebody are more use to a reader than "it", if they are in the same sentence.
                start, end = self.phrase(named) if named.sent == token.sent else (token.i, token.i + 1)
                return [Resolved(code, start, end, why)]
            return Unresolved(token.i, token.i + 1, "a pronoun that stands for nobody known")
        start, end = self.phrase(token)
        hit, entry = self.hits.get(token.i), self.entries.get(token.i)
        found: list[Resolved] | None = None
        if entry is not None and hit is not None:
            found = self._from_entry(token, hit, entry, start, end)
        if not found and (token.lemma_lower in PARTS or is_count(token)):
            found = of_part(self, token, start)
        if not found:
            found = titled(self, token, start, end) or self._remembered(token, start, end)
        if not found:
            found = (
                former_leader(self, token, start, end)
                or of_thing(self, token, start, end)
                or only_country(self, token, start, end)
                or named_with(self, token, start, end)
                or person(self, token, start, end)
                or unnamed_states(self, token, start, end)
            )
        if found and token.dep_ in {"amod", "compound", "nmod"} and token.head.pos_ in {"NOUN", "PROPN"}:
            # "British beef", "rebel positions": the thing is whose the modifier says, and its words are what a row shows.
            first, last = self.phrase(token.head)
            found = [Resolved(r.code, min(first, r.start), max(last, r.end), r.why) for r in found]
        elif found:
            self.memory.note(Span(self.doc, start, end), token, found[0].code)
        if found:
            return found
        return Unresolved(start, end, "no table knows these words")

    def _from_entry(self, token: Token, hit: Hit, entry: Entry, start: int, end: int) -> list[Resolved] | None:
        words = self.doc.between(hit.start, hit.end)
        if entry.kind == "agent":
            if is_surname(self, token, start):
                return None
            return of_role_noun(self, token, hit, entry, start, end)
        if entry.kind == "city":
            return [Resolved(entry.code, start, end, f"{words!r} lies in {entry.code}")]
        if entry.kind in WHOLE_KINDS:
            if hit.end - 1 < token.i:
                # The name is inside a longer one that the tables do not have: "Israel Aerospace".
                return None
            code = entry.code
            if entry.kind == "body":
                # "Supreme Court" alone is the codebook's; "Pakistan's Supreme Court" is Pakistan's.
                owners = owners_before(self, start, hit.start, token)
                if not owners and self.home is not None and not self.countries[code[:3]]:
                    # ... unless the article never speaks of the codebook's country: a Lagos story's Senate is Nigeria's.
                    owners = [self.home] if self.gazetteer.is_agent(words) else []
                if owners and owners[0] != code[:3] and len(owners[0]) == 3:
                    code = owners[0] + code[3:]
            return [Resolved(code, start, end, f"{words!r} is {code}")]
        return None

    def _remembered(self, token: Token, start: int, end: int) -> list[Resolved] | None:
        code = self.memory.name(token) or (self.memory.noun(token) if end - start <= 2 else None)
        return [Resolved(code, start, end, f"{token.text!r} was {code} above")] if code else None


_NAMING = frozenset({"nsubj", "nsubjpass", "pobj"})


def note_subjects(sentence: Span, resolver: Resolver) -> None:
    """Resolve the subjects of a sentence first: later clauses refer back to them by pronoun."""
    for token in sentence:
        if token.dep_ in _NAMING and token.pos_ in {"PROPN", "NOUN"}:
            if token.dep_ == "pobj" and token.head.dep_ != "agent":
                continue
            found = resolver.resolve(token)
            if not isinstance(found, Unresolved):
                resolver.memory.note_subject(token, found[0].code, resolver.country_at(token) is not None)
