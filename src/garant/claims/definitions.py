"""The vocabulary as data: claim types, roles, kinds and value lists, read from the YAML beside this file."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Literal

import yaml

Need = Literal["required", "expected", "optional"]


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]  # CSafeLoader is absent where libyaml is
    """Safe loading in which a date stays the text that was written: 2014-03 must not become a datetime."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in rules if tag != "tag:yaml.org,2002:timestamp"]
    for first, rules in _Loader.yaml_implicit_resolvers.items()
}


def read_yaml(text: str) -> Any:
    """Parse YAML safely, leaving dates as text."""
    return yaml.load(text, Loader=_Loader)  # noqa: S506  # a SafeLoader


def load_yaml(name: str) -> Any:
    """Read one of the data files beside this module."""
    return read_yaml(resources.files(__package__).joinpath(name).read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class FieldRule:
    """Whether a claim of a type must (`required`), should (`expected`: absent is a gap) or may have a field."""

    need: Need
    holder: str | None = None


@dataclass(frozen=True, slots=True)
class SlotRule:
    """One slot: the type of its value, the words it may hold, how much it is needed and who would hold it."""

    type: str
    values: tuple[str, ...] = ()
    need: Need = "optional"
    holder: str | None = None


@dataclass(frozen=True, slots=True)
class LifeRule:
    """What a claim of a type tells of a lifetime: the entity in role or field `of` has begun or ended."""

    of: str
    event: Literal["begun", "ended"]
    when: tuple[tuple[str, tuple[Any, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class MembershipRule:
    """What a claim of a type tells of membership: actors in role `member` stand to those in role `of` as `relation`."""

    member: str
    of: str
    relation: str
    when: tuple[tuple[str, tuple[Any, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class ClaimType:
    """A claim type as its YAML file declares it.

    `roles` maps a role, or alternatives joined by ``|`` of which one suffices, to how much it is needed.
    """

    name: str
    label: dict[str, str]
    description: str
    plover: str | None
    fields: dict[str, FieldRule]
    roles: dict[str, FieldRule]
    slots: dict[str, SlotRule]
    life: tuple[LifeRule, ...]
    membership: tuple[MembershipRule, ...]
    example: dict[str, Any]
    required_fields: tuple[str, ...]
    required_roles: tuple[frozenset[str], ...]


@cache
def vocabulary() -> dict[str, dict[str, Any]]:
    """The closed vocabularies: modality, measure, regime, kind, role, holder (labels) and lists (values)."""
    loaded: dict[str, dict[str, Any]] = load_yaml("vocabulary.yaml")
    return loaded


def words(name: str) -> tuple[str, ...]:
    """The words of one closed vocabulary, in its order."""
    return tuple(vocabulary()[name])


@cache
def claim_types() -> dict[str, ClaimType]:
    """All claim types by name, from types/*.yaml."""
    folder = resources.files(__package__).joinpath("types")
    files = sorted((f for f in folder.iterdir() if f.name.endswith(".yaml")), key=lambda f: f.name)
    types = (_claim_type(read_yaml(f.read_text(encoding="utf-8"))) for f in files)
    return {t.name: t for t in types}


def _claim_type(raw: dict[str, Any]) -> ClaimType:
    fields = {name: FieldRule(**rule) for name, rule in raw["fields"].items()}
    roles = {name: FieldRule(**rule) for name, rule in raw["roles"].items()}
    return ClaimType(
        name=raw["name"],
        label=raw["label"],
        description=" ".join(raw["description"].split()),
        plover=raw["plover"],
        fields=fields,
        roles=roles,
        slots={name: _slot(rule) for name, rule in raw["slots"].items()},
        life=tuple(LifeRule(r["of"], r["is"], _when(r)) for r in raw.get("life", [])),
        membership=tuple(MembershipRule(r["member"], r["of"], r["is"], _when(r)) for r in raw.get("membership", [])),
        example=raw["example"],
        required_fields=tuple(name for name, rule in fields.items() if rule.need == "required"),
        required_roles=tuple(frozenset(name.split("|")) for name, rule in roles.items() if rule.need == "required"),
    )


def _slot(rule: dict[str, Any]) -> SlotRule:
    values = vocabulary()["lists"][rule["list"]] if "list" in rule else rule.get("values", ())
    return SlotRule(rule["type"], tuple(values), rule.get("need", "optional"), rule.get("holder"))


def _when(rule: dict[str, Any]) -> tuple[tuple[str, tuple[Any, ...]], ...]:
    return tuple((slot, tuple(values)) for slot, values in rule.get("when", {}).items())
