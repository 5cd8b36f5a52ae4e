"""The patterns as data: one YAML a claim family, each a list of frames (triggers, roles, an example)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any

from garant.claims.definitions import read_yaml


@dataclass(frozen=True, slots=True)
class Frame:
    """One pattern.

    `verbs`, `nouns` and `qualities` (adjectives, adverbs) trigger it; "pull out" is a verb with its particle.
    `where` are alternatives of conditions:
    {argument: classes or kinds, one of which must fit}. `unless` are conditions none of which may hold. `roles` say
    where the actors come from, `number` which argument's number counts. `sure` is its confidence before calibration.
    """

    type: str
    name: str
    family: str
    verbs: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    qualities: tuple[str, ...] = ()
    where: tuple[dict[str, Any], ...] = ()
    unless: tuple[dict[str, Any], ...] = ()
    roles: dict[str, Any] = field(default_factory=dict)
    number: dict[str, Any] | None = None
    need_number: bool = False
    split: bool = True
    slots: dict[str, Any] = field(default_factory=dict)
    modality: str | None = None
    inherits_time: bool = False
    sure: float = 0.7
    lang: str = "en"
    example: dict[str, Any] = field(default_factory=dict)


@cache
def frames() -> tuple[Frame, ...]:
    """All frames, from families/*.yaml."""
    folder = resources.files(__package__).joinpath("families")
    found = []
    for file in sorted((f for f in folder.iterdir() if f.name.endswith(".yaml")), key=lambda f: f.name):
        family = file.name.removesuffix(".yaml")
        found += [_frame(raw, family) for raw in read_yaml(file.read_text(encoding="utf-8"))]
    return tuple(found)


@cache
def triggers(lang: str) -> dict[tuple[str, str], tuple[Frame, ...]]:
    """Frames by trigger: ("verb", lemma), ("verb", "lemma particle"), ("noun", lemma) or ("quality", lemma)."""
    index: dict[tuple[str, str], list[Frame]] = defaultdict(list)
    for frame in frames():
        if frame.lang == lang:
            for word in frame.verbs:
                index[("verb", word)].append(frame)
            for word in frame.nouns:
                index[("noun", word)].append(frame)
            for word in frame.qualities:
                index[("quality", word)].append(frame)
    return {key: tuple(found) for key, found in index.items()}


def _frame(raw: dict[str, Any], family: str) -> Frame:
    rule = dict(raw)
    for key in ("where", "unless"):
        value = rule.get(key, [])
        rule[key] = tuple([value] if isinstance(value, dict) else value)
    for key in ("verbs", "nouns", "qualities"):
        value = rule.get(key, [])
        rule[key] = tuple(value.split(", ") if isinstance(value, str) else value)
    return Frame(family=family, **rule)
