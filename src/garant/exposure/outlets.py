"""The outlets behind events, each under one name, and what a ranking loses without them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from garant.exposure.settings import outlet_names, settings
from garant.names.entity import fold


def outlets_of(printed: Iterable[Iterable[str]]) -> list[frozenset[str]]:
    """For each event the outlets behind it, each under one name; empty where none is printed."""
    return [frozenset(name for p in names if (name := outlet(p))) for names in printed]


@lru_cache(maxsize=100_000)
def outlet(printed: str) -> str:
    """The one name of an outlet; "" if nothing is named. A name that nobody listed stands for itself."""
    words = fold(printed).strip(" .\"'")
    if words in outlet_names()["none"]:
        return ""
    for name, aliases in _aliases():
        if aliases.match(words):
            return name
    return " ".join(printed.split())


@lru_cache(maxsize=1)
def _aliases() -> list[tuple[str, re.Pattern[str]]]:
    """Each outlet with a pattern of its names; one must end where a word does, or before a date run into it."""
    return [
        (name, re.compile("|".join(rf"(?:{re.escape(fold(alias))})(?![a-z])" for alias in aliases)))
        for name, aliases in outlet_names()["outlets"].items()
    ]


def alone(behind: Sequence[frozenset[str]], name: str) -> NDArray[np.bool_]:
    """Which events rest on one outlet alone."""
    return np.array([names == {name} for names in behind], dtype=bool)


def large(behind: Sequence[frozenset[str]]) -> dict[str, int]:
    """Outlets on which alone a large share of the events rests, with their number, the largest first."""
    rule = settings()["outlets"]
    count = Counter(next(iter(names)) for names in behind if len(names) == 1)
    least = max(rule["least_events"], rule["large"] * len(behind))
    return {name: number for name, number in count.most_common() if number >= least}
