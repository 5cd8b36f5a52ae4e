"""How alike the sides of two events are, by the names that two datasets give them; families are in matching.yaml."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz

from garant.names.entity import fold

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class _Name:
    """The telling words of a name, the families it may mean, and whether it names nobody."""

    words: str
    families: frozenset[str]
    unknown: bool


class Actors:
    """Compares the sides of pairs of events by the rules under `actors` in matching.yaml."""

    def __init__(self, rules: dict[str, Any]) -> None:
        self._rules = rules
        self._read = cache(self._name)
        self._known = cache(self._alike)

    def similarity(self, a: pd.DataFrame, b: pd.DataFrame) -> NDArray[np.float64]:
        """The better of both pairings of `side_a` and `side_b`, from 0 (nobody alike) to 1, one number a row."""
        names = [frame[side].tolist() for frame in (a, b) for side in ("side_a", "side_b")]
        known = self._known
        found = [
            max(known(x, u) + known(y, v), known(x, v) + known(y, u)) / 2 for x, y, u, v in zip(*names, strict=True)
        ]
        return np.array(found, dtype=np.float64)

    def _alike(self, one: object, other: object) -> float:
        """1 for the same name, less for one family or for somebody unidentified, 0 for others."""
        x, y = self._read(one), self._read(other)
        if x.unknown or y.unknown:
            return 1.0 if x.unknown and y.unknown and not x.words and not y.words else float(self._rules["unknown"])
        if fuzz.token_set_ratio(x.words, y.words) >= self._rules["same"]:
            return 1.0
        return float(self._rules["family"]) if x.families & y.families else 0.0

    def _name(self, name: object) -> _Name:
        flat = fold(name) if isinstance(name, str) else ""
        words = " ".join(word for word in flat.split() if word not in self._rules["stop"]) or flat
        unknown = not flat or any(f" {word} " in f" {flat} " for word in self._rules["unidentified"])
        return _Name(words, frozenset(f["name"] for f in self._rules["families"] if _in(f, flat)), unknown)


def _in(family: dict[str, Any], name: str) -> bool:
    begins = any(name.startswith(words) for words in family.get("begins", ()))
    return begins or any(f" {words} " in f" {name} " for words in family["words"])
