"""The register's names as token sequences: which words of a sentence name an entity that Garant knows."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from garant.names import Entity, Names
from garant.reading.words import word_list, word_set

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

_ARTICLES = word_set("articles")
#: Kinds whose short names may be the tail of another's full name.
_BODIES = frozenset({"military", "police", "mission", "institution", "igo"})


def _goes_on(word: str) -> bool:
    """Whether a word before a short name is part of a longer name."""
    return word[:1].isupper() and word.isalpha() and flat(word) not in _ARTICLES and len(word) > 2  # noqa: PLR2004  # no initials


@dataclass(frozen=True, slots=True)
class Known:
    """One thing a sequence of words may name: entity id (None for a group of groups.yaml), canonical name, kind."""

    entity: str | None
    name: str
    kind: str
    how: str
    country: str | None = None


@lru_cache(maxsize=100_000)
def flat(word: str) -> str:
    """A word without case and accents, with plain apostrophes."""
    plain = unicodedata.normalize("NFKD", word.replace("’", "'")).lower()
    return "".join(c for c in plain if not unicodedata.combining(c))


def _plain(alias: str, entity: Entity, states: tuple[str, ...]) -> bool:
    """Whether an alias is a state's adjective and a plain noun ("Rwandan troops", "Kenyan police"), or too short."""
    if alias.lower().endswith(states) or (entity.kind == "police" and alias.endswith(" police")):
        return True
    return len(alias) < 3 and not alias.isupper()  # noqa: PLR2004  # "la", "in" are no names


def called(entity: Entity) -> str:
    """The name a coder would write: an operation's acronym, "UN" for an organ of the United Nations, else the label."""
    if entity.kind == "mission":
        return entity.short()
    label = word_list("metonyms")["called"].get(entity.id) or _plain_name(entity.label())
    return label.replace("United Nations ", "UN ", 1) if label.startswith("United Nations ") else label


def _plain_name(label: str) -> str:
    return label.removeprefix("The ")


class Gazetteer:
    """Names of a register, found in tokenised text, longest first."""

    def __init__(self, names: Names, nlp: Language) -> None:
        self._first: dict[str, list[tuple[tuple[str, ...], str | None, list[Known]]]] = defaultdict(list)
        self.names = names
        by_key: dict[tuple[tuple[str, ...], str | None], list[Known]] = defaultdict(list)
        metonyms = word_list("metonyms")
        avoid, states = set(metonyms["not_names"]), tuple(metonyms["state_words"])
        self.armies: dict[str, Known] = {}
        self.police: dict[str, Known] = {}
        for entity in names.entities.values():
            if entity.kind in ("instrument", "media", "place") and entity.kind != "place":
                continue
            known = Known(entity.id, called(entity), entity.kind, "name", entity.country)
            if entity.kind == "military" and entity.country and entity.country not in self.armies:
                self.armies[entity.country] = known
            if entity.kind == "police" and entity.country and "olice" in entity.label():
                self.police.setdefault(entity.country, known)
            for alias, how in entity.all_names():
                if how == "misnomer" or alias.lower() in avoid or _plain(alias, entity, states):
                    continue
                self._add(by_key, nlp, alias, Known(entity.id, called(entity), entity.kind, how, entity.country))
                if how == "demonym" and alias.endswith(("an", "i", "er", "n", "e", "in")):  # "Guineans voted"
                    self._add(
                        by_key, nlp, f"{alias}s", Known(entity.id, called(entity), entity.kind, how, entity.country)
                    )
        for group in word_list("groups"):
            for alias in (group["name"], *group["aliases"]):
                self._add(by_key, nlp, alias, Known(None, group["name"], group.get("kind", "armed_group"), "name"))
        for place, state in metonyms["places"].items():
            self._add(by_key, nlp, place, Known(state, place, "capital", "metonym", state))
        for (key, exact), known_list in by_key.items():
            self._first[key[0]].append((key, exact, known_list))
        for bucket in self._first.values():
            bucket.sort(key=lambda item: -len(item[0]))

        called_states = (called(e) for e in names.entities.values() if e.kind == "state")
        self._state_names = sorted(called_states, key=len, reverse=True)
        self._states_of: dict[str, frozenset[str]] = {}

    def label(self, state: str) -> str:
        """The canonical name of a state by its code."""
        known = self.names.entities.get(state)
        return called(known) if known is not None else state

    def states_in(self, entity: str | None, name: str) -> frozenset[str]:
        """The states that the whole registered name of an entity tells, by name: of UNMISS South Sudan."""
        known = self.names.entities.get(entity) if entity else None
        whole = known.label() if known is not None else name
        if whole not in self._states_of:
            left, found = whole, set()
            for state in self._state_names:  # the longest first, so that South Sudan is not Sudan
                if state in left and re.search(rf"\b{re.escape(state)}\b", left):
                    left = left.replace(state, "")
                    found.add(state)
            self._states_of[whole] = frozenset(found)
        return self._states_of[whole]

    def find(self, doc: Doc) -> list[tuple[int, int, list[Known]]]:
        """(first token, token after the last, what it may name) of each name in a text."""
        words = [flat(t.text) for t in doc]
        found, at, count = [], 0, len(words)
        while at < count:
            match = self._longest(doc, words, at) if words[at] in self._first else None
            if match:
                found.append((at, at + match[0], match[1]))
                at += match[0]
            else:
                at += 1
        return found

    def _longest(self, doc: Doc, words: list[str], at: int) -> tuple[int, list[Known]] | None:
        for key, exact, known in self._first[words[at]]:
            size = len(key)
            if tuple(words[at : at + size]) != key:
                continue
            printed = doc[at : at + size].text
            if exact is not None and printed.replace("’", "'") != exact:
                continue
            if exact is None and not any(c.isupper() for c in printed) and not any(k.how == "demonym" for k in known):
                continue
            if at and all(k.how == "short" and k.kind in _BODIES for k in known) and _goes_on(doc[at - 1].text):
                continue  # "Regional Protection Force" is not the "Protection Force"
            return size, known
        return None

    def _add(
        self, by_key: dict[tuple[tuple[str, ...], str | None], list[Known]], nlp: Language, alias: str, known: Known
    ) -> None:
        tokens = [flat(t.text) for t in nlp.make_doc(alias)]
        while len(tokens) > 1 and tokens[0] in _ARTICLES:
            tokens.pop(0)
        acronym = bool(re.fullmatch(r"[A-Z0-9][A-Z0-9.&/-]*", alias)) and len(alias) <= 12  # noqa: PLR2004  # longest acronyms
        exact = alias if acronym else None
        bucket = by_key[(tuple(tokens), exact)]
        rivals = [k for k in bucket if (k.entity, k.name) == (known.entity, known.name)]
        if not rivals and not (known.entity is None and any(k.kind == known.kind for k in bucket)):
            bucket.append(known)
