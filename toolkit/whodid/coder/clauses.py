"""What can be asked of a clause: whether it is passive, or a purpose, which verb a word hangs on, what is joined to it."""

from __future__ import annotations

from whodid.coder.parsed import Token, kept

SUBJECTS = {"nsubj", "csubj", "expl"}
RELATIVE = {"who", "which", "that", "whom", "whose"}


@kept
def is_passive(verb: Token) -> bool:
    """True for "was arrested", "the pact signed by both" and "got beaten"; False for "has arrested"."""
    below = {child.dep_ for child in verb.children}
    if not below.isdisjoint(_PASSIVE):
        return True
    if verb.tag_ != "VBN" or ("aux" in below and any(c.dep_ == "aux" and c.lemma_ == "have" for c in verb.children)):
        return False
    if "agent" in below:
        return True
    if verb.dep_ in {"acl", "advcl"} and below.isdisjoint(SUBJECTS) and "dobj" not in below:
        return True
    return (
        verb.dep_ == "conj"
        and verb.head.pos_ in {"VERB", "AUX"}
        and below.isdisjoint(SUBJECTS)
        and is_passive(verb.head)
    )


_PASSIVE = frozenset({"auxpass", "nsubjpass", "csubjpass"})


def is_purpose(verb: Token) -> bool:
    """True for "to repel soldiers"."""
    return any(child.lower_ == "to" and child.dep_ == "aux" for child in verb.children)


def expand(token: Token) -> list[Token]:
    """The token and what is joined to it by "and": "Russia and China" gives both."""
    out = [token]
    for child in token.children:
        if child.dep_ == "conj" and child.pos_ in {"NOUN", "PROPN", "PRON", "NUM", "ADJ"}:
            out += expand(child)
    return out


def verb_of(token: Token) -> Token:
    """The verb that a word hangs on, however far above it: itself, if it is one; the root, if there is none."""
    while token.pos_ not in {"VERB", "AUX"} and token.head != token:
        token = token.head
    return token
