"""What common nouns stand for, by the classes of nouns.yaml, and whether they point back or bring something new."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from garant.reading.words import word_list

if TYPE_CHECKING:
    from spacy.tokens import Token


@cache
def classes_of(lemma: str) -> frozenset[str]:
    """The classes of nouns.yaml that a lemma belongs to."""
    return _class_index().get(lemma, frozenset())


@cache
def _class_index() -> dict[str, frozenset[str]]:
    index: dict[str, set[str]] = {}
    for name, rule in word_list("nouns")["classes"].items():
        for word in rule["words"]:
            index.setdefault(word, set()).add(name)
    return {word: frozenset(found) for word, found in index.items()}


def definite(token: Token) -> bool:
    """Whether a noun has a definite article, a demonstrative or a possessor before it."""
    return any(c.dep_ == "poss" or c.lower_ in word_list("references")["definite"] for c in token.lefts)


def indefinite(token: Token) -> bool:
    """Whether a noun brings something new: "a mission", "another government", "no army"."""
    before = (c for c in token.lefts if c.dep_ != "poss" and c.text != "UN")  # the organisation, not French "un"
    return any(c.lower_ in word_list("references")["indefinite"] for c in before)
