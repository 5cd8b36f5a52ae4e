"""Which kind of actor a side of an event is, by the rules of actors.yaml; what no rule fits is unknown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources
from typing import Any

from garant.claims.definitions import read_yaml
from garant.names import fold

UNKNOWN = "unknown"


def ged_kinds(sides: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Kinds of the sides of UCDP events, from (name, type of violence) as they occur: {name: kind}."""
    rules = _rules()["ged"]
    kinds: dict[str, str] = {}
    organised = set()
    for name, violence in sides:
        kinds[name] = _by_name(name, rules["rules"]) or UNKNOWN
        if violence in rules["organised_by"]:
            organised.add(name)
    return {name: rules["organised"] if kind == UNKNOWN and name in organised else kind for name, kind in kinds.items()}


def acled_kinds(sides: Iterable[tuple[str, str | None]]) -> dict[tuple[str, str | None], str]:
    """Kinds of ACLED's actors, from (name, inter code): companies and missions by name, else by the code."""
    rules = _rules()["acled"]
    inter: Mapping[str, str] = rules["inter"]
    found = {}
    for name, code in sides:
        named = _by_name(name, rules["rules"])
        coded = inter.get(fold(code or ""))
        found[name, code] = named if named in ("foreign_company", "mission") else coded or named or UNKNOWN
    return found


def _by_name(name: str, rules: Iterable[Mapping[str, Any]]) -> str | None:
    folded = fold(name)
    padded = f" {folded} "
    for rule in rules:
        if folded in rule.get("is", ()) or any(folded.startswith(word) for word in rule.get("begins", ())):
            return str(rule["kind"])
        if any(f" {word} " in padded for word in rule.get("words", ())):
            return str(rule["kind"])
    return None


@cache
def _rules() -> dict[str, Any]:
    loaded: dict[str, Any] = read_yaml(resources.files(__package__).joinpath("actors.yaml").read_text(encoding="utf-8"))
    return loaded
