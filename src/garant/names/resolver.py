"""Which entity a printed name stands for, how sure that is, and which rivals there are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz import fuzz, process

from garant.names.entity import SETTINGS, Entity, fold

_ALIKE = [frozenset(group) for group in SETTINGS["alike"]]


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entity that a name may stand for: how sure (0-1), and which of its names matched how."""

    entity: str
    score: float
    matched: str
    how: str


@dataclass(frozen=True, slots=True)
class Resolution:
    """What a name resolves to.

    `entity` is None when nothing is sure enough or rivals are too close; `score` is the best candidate's;
    `candidates` keeps the rivals, best first.
    """

    name: str
    entity: str | None
    score: float
    how: str
    candidates: tuple[Candidate, ...] = ()


class Names:
    """A register of entities that resolves names.

    >>> from garant.names.catalogue import world
    >>> Names(world().values()).resolve("Rwandan", kind="state").entity
    'RWA'
    """

    def __init__(self, entities: Iterable[Entity], merged: Mapping[str, str] | None = None) -> None:
        self.entities = {e.id: e for e in entities}
        self._merged = dict(merged or {})
        self._cache: dict[tuple[str, str | None], Resolution] = {}

    def current(self, entity: str) -> str:
        """The id under which an entity stands now, after merges."""
        seen = set()
        while entity in self._merged and entity not in seen:
            seen.add(entity)
            entity = self._merged[entity]
        return entity

    def find(self, word: str) -> str | None:
        """The entity a user means by an id or an unambiguous name; None if there is none, or only near ones."""
        for key in (word, word.upper(), word.lower()):
            if self.current(key) in self.entities:
                return self.current(key)
        found = self.resolve(word)
        return None if found.how == "near" else found.entity

    def label(self, entity: str, lang: str = "en") -> str:
        """An entity's name in a language; its id where it is not registered."""
        known = self.entities.get(self.current(entity))
        return known.label(lang) if known else entity

    def resolve(self, name: str, kind: str | None = None, coded: str | None = None) -> Resolution:
        """Resolve a printed name.

        `kind` is the kind the claim gives the actor (or "place", "instrument"); `coded` an entity id that the
        coder put into the claim, which stands as long as that entity exists.
        """
        if coded is not None and self.current(coded) in self.entities:
            return Resolution(name, self.current(coded), 1.0, "coded")
        key = (name, kind)
        if key not in self._cache:
            self._cache[key] = self._resolve(name, kind)
        return self._cache[key]

    def _resolve(self, name: str, kind: str | None) -> Resolution:
        folded = fold(name)
        found = self._exact(folded) or self._near(folded)
        best: dict[str, Candidate] = {}
        for c in found:
            score = round(c.score * self._kind_factor(self.entities[c.entity].kind, kind), 4)
            if c.entity not in best or best[c.entity].score < score:
                best[c.entity] = Candidate(c.entity, score, c.matched, c.how)
        ranked = sorted(best.values(), key=lambda c: (-c.score, c.entity))[: SETTINGS["rivals"]]
        if not ranked:
            return Resolution(name, None, 0.0, "unknown")
        first = ranked[0]
        lead = first.score - ranked[1].score if len(ranked) > 1 else 1.0
        if first.score < SETTINGS["accept"]:
            return Resolution(name, None, first.score, "unsure", tuple(ranked))
        if lead < SETTINGS["lead"]:
            return Resolution(name, None, first.score, "ambiguous", tuple(ranked))
        return Resolution(name, first.entity, first.score, first.how, tuple(ranked))

    @cached_property
    def _index(self) -> dict[str, list[tuple[str, str, str]]]:
        index: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
        for entity in self.entities.values():
            for name, how in entity.all_names():
                index[fold(name)].append((entity.id, name, how))
        return dict(index)

    def _exact(self, folded: str) -> list[Candidate]:
        weights = SETTINGS["exact"]
        return [Candidate(entity, weights[how], name, how) for entity, name, how in self._index.get(folded, [])]

    def _near(self, folded: str) -> list[Candidate]:
        near = SETTINGS["near"]
        if len(folded) < near["shortest"]:
            return []
        close = process.extract(folded, self._index.keys(), scorer=fuzz.ratio, score_cutoff=near["floor"], limit=8)
        found = []
        for alias, ratio, _ in close:
            for entity, name, how in self._index[alias]:
                weight = near["weight"] * SETTINGS["exact"][how]
                if len(alias) >= near["shortest"]:
                    found.append(Candidate(entity, ratio / 100 * weight, name, "near"))
        return found

    @staticmethod
    def _kind_factor(entity_kind: str, kind: str | None) -> float:
        if kind is None or kind == entity_kind:
            return 1.0
        return 0.97 if any({kind, entity_kind} <= group for group in _ALIKE) else float(SETTINGS["other_kind"])
