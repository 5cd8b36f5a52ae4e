"""Word lists of the reader, as data: numbers, times, nouns, names of groups, verbs that colour a statement."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Any

from garant.claims.definitions import read_yaml


@cache
def word_list(name: str) -> Any:
    """One of the YAML files beside this module, by its stem."""
    return read_yaml(resources.files(__package__).joinpath(f"{name}.yaml").read_text(encoding="utf-8"))


@cache
def word_set(name: str) -> frozenset[str]:
    """One of the closed sets of sets.yaml."""
    return frozenset(word_list("sets")[name])
