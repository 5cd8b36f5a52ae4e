"""Thresholds and wording cues of reconcile/, read once from the YAML beside this file."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources
from typing import Any

from garant.claims.definitions import read_yaml
from garant.names import fold

_BRACKETS = re.compile(r"\([^)]*\)")


@cache
def rules() -> dict[str, dict[str, Any]]:
    """rules.yaml: thresholds by kind."""
    loaded: dict[str, dict[str, Any]] = _read("rules.yaml")
    return loaded


@cache
def cues() -> dict[str, Any]:
    """cues.yaml: words that stand for a slot, and words that identify nothing."""
    loaded: dict[str, Any] = _read("cues.yaml")
    return loaded


@cache
def _pattern(*path: str) -> re.Pattern[str]:
    listed: Any = cues()
    for key in path:
        listed = listed[key]
    return re.compile("|".join(f"(?:{pattern})" for pattern in listed), re.IGNORECASE)


def cued(text: str, *path: str) -> bool:
    """Whether a text holds one of the cues listed under a path of cues.yaml."""
    return _pattern(*path).search(text) is not None


def ordinal(text: str) -> int | None:
    """The ordinal number that a text holds ("12th infantry battalion", "the twelfth"); None without one."""
    found = _pattern("ordinal").search(text)
    if found is None:
        return None
    if found["figure"]:
        return int(found["figure"])
    listed: list[str] = cues()["ordinal_words"]
    return listed.index(found["word"].lower()) + 1


@cache
def _subject_rows() -> dict[str, int]:
    return {fold(word): row for row, listed in enumerate(cues()["subjects"]) for word in listed}


@cache
def _generic() -> frozenset[str]:
    return frozenset(fold(word) for word in cues()["generic"])


@cache
def _heads() -> dict[str, str]:
    return {fold(word): head for head, listed in cues()["instrument_heads"].items() for word in listed}


def plain(name: str) -> str:
    """An instrument's name without what a coder put in brackets behind it."""
    return _BRACKETS.sub(" ", name)


def subjects_of(text: str) -> frozenset[int]:
    """What a name or subject list is about: row numbers of `subjects` in cues.yaml."""
    rows = _subject_rows()
    return frozenset(rows[word] for word in fold(text).split() if word in rows)


def heads_of(text: str) -> frozenset[str]:
    """What sort of instrument a name says it is: keys of `instrument_heads` in cues.yaml."""
    heads = _heads()
    return frozenset(heads[word] for word in fold(text).split() if word in heads)


def identifies(text: str) -> bool:
    """Whether an instrument's name holds anything that tells it from others: a number, a date, a proper word."""
    rest = [w for w in fold(text).split() if w not in _generic() and w not in _heads() and w not in _subject_rows()]
    return bool(rest)


def _read(name: str) -> Any:
    return read_yaml(resources.files(__package__).joinpath(name).read_text(encoding="utf-8"))
