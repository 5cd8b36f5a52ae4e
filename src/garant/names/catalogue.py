"""The entities every case starts from: states from pycountry, the rest from entities/*.yaml."""

from __future__ import annotations

import gettext
from functools import cache
from importlib import resources
from typing import Any

from garant.claims.definitions import read_yaml
from garant.names.entity import Alias, Entity, Label


@cache
def world() -> dict[str, Entity]:
    """All worldwide entities by id. A state's id is its ISO 3166-1 alpha-3 code."""
    entities: dict[str, Entity] = {}
    extra: dict[str, dict[str, Any]] = {}
    folder = resources.files(__package__).joinpath("entities")
    for file in sorted((f for f in folder.iterdir() if f.name.endswith(".yaml")), key=lambda f: f.name):
        for record in read_yaml(file.read_text(encoding="utf-8")):
            if record["kind"] == "state":
                extra[record["id"]] = record
            else:
                entities[record["id"]] = Entity.model_validate(record)
    return {**_states(extra), **entities}


def _states(extra: dict[str, dict[str, Any]]) -> dict[str, Entity]:
    import pycountry  # here: only the resolution of names needs its tables

    french = gettext.translation("iso3166-1", pycountry.LOCALES_DIR, languages=["fr"])
    states = {}
    for country in pycountry.countries:
        code = country.alpha_3
        names = [
            getattr(country, field) for field in ("common_name", "name", "official_name") if hasattr(country, field)
        ]
        raw = extra.pop(code, {})
        label = Label.model_validate(raw["name"]) if "name" in raw else _label(names[0], french)
        printed = [n for name in names for n in (_straight(name), _straight(french.gettext(name)))]
        variants = [n for n in dict.fromkeys(printed) if n not in (label.en, label.fr)]
        aliases = [Alias(name=n) for n in variants] + [Alias.model_validate(a) for a in raw.get("aliases", [])]
        states[code] = Entity(id=code, kind="state", name=label, aliases=aliases)
    for code, raw in extra.items():  # a state without an ISO code, such as Kosovo
        states[code] = Entity.model_validate(raw)
    return states


def _label(name: str, french: gettext.NullTranslations) -> Label:
    return Label(en=_straight(name), fr=_straight(french.gettext(name)))


def _straight(name: str) -> str:
    """ "Congo, The Democratic Republic of the" read as it is spoken."""
    head, comma, tail = name.partition(", ")
    return f"{tail} {head}" if comma and tail[:1].isupper() else name
