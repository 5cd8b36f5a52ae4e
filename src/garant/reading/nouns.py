"""The classes of nouns.yaml that a lemma belongs to: what common nouns stand for."""

from __future__ import annotations

from functools import cache

from garant.reading.words import word_list


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
