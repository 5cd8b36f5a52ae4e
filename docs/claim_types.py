"""Writes reference/claim-types.md from the claim types themselves: `python docs/claim_types.py`.

The page is committed, so that it can be read without building the site; a test fails when it is out of date.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

import yaml

from garant.claims import ClaimType, claim_types, vocabulary
from garant.claims.definitions import FieldRule, SlotRule

PAGE = Path(__file__).parent / "reference" / "claim-types.md"

HEAD = """\
# Claim types

<!-- Written by docs/claim_types.py from src/garant/claims/types/*.yaml; do not edit by hand. -->

What a claim of each type must, should and may hold. The program reads the same files as this page.

- **required**: a claim without it is refused.
- **expected**: a claim without it is accepted, and what is missing counts as a gap. *Held by* says who would know.
- **optional**: named here because it is common in claims of this type.

A claim may have every field of [the claim](../methods/claim.md) and actors in every role, named here or not.
Slots are different: only those that the type lists are allowed, and only with values of the given kind.
`party|signatory` means: an actor in one of these roles is enough. The examples are invented; their `says` shows
what a source would have to state. The event codes are those of PLOVER, the vocabulary of political event data.

"""


def page() -> str:
    """The page as Markdown."""
    types = claim_types().values()
    listed = "\n".join(f"| [`{t.name}`](#{t.name}) | {t.label['en']} | {t.label['fr']} |" for t in types)
    overview = f"| Type | English | French |\n|---|---|---|\n{listed}\n"
    return f"{HEAD}{overview}\n## The types\n\n" + "\n".join(_section(t) for t in types) + "\n" + _vocabularies()


def _section(kind: ClaimType) -> str:
    rows = [_rule("field", name, rule) for name, rule in kind.fields.items()]
    rows += [_rule("role", name, rule) for name, rule in kind.roles.items()]
    rows += [_slot(name, rule) for name, rule in kind.slots.items()]
    table = "| | Name | Need | Value | Held by |\n|---|---|---|---|---|\n" + "\n".join(rows)
    parts = [f"### `{kind.name}`", kind.description, table]
    parts += [line for line in _consequences(kind) if line]
    if kind.plover:
        parts.append(f"Event code in PLOVER: `{kind.plover}`.")
    example = yaml.safe_dump(
        {"type": kind.name, **kind.example}, allow_unicode=True, default_flow_style=None, sort_keys=False, width=110
    )
    parts.append(f"```yaml\n{example}```")
    return "\n\n".join(parts) + "\n"


def _rule(what: str, name: str, rule: FieldRule) -> str:
    shown = "`" + name.replace("|", "\\|") + "`"
    return f"| {what} | {shown} | {rule.need} | | {_holder(rule.holder)} |"


def _slot(name: str, rule: SlotRule) -> str:
    kinds = {
        "text": "a text",
        "texts": "a list of texts",
        "boolean": "true or false",
        "integer": "a whole number",
        "period": "an EDTF date",
        "one_of": "one of",
        "some_of": "a list of",
    }
    values = " " + ", ".join(f"`{v}`" for v in rule.values) if rule.values else ""
    return f"| slot | `{name}` | {rule.need} | {kinds[rule.type]}{values} | {_holder(rule.holder)} |"


def _holder(holder: str | None) -> str:
    return str(vocabulary()["holder"][holder]["en"]) if holder else ""


def _consequences(kind: ClaimType) -> Iterable[str]:
    for life in kind.life:
        yield f"Dates a lifetime: the entity in `{life.of}` has {life.event}{_when(life.when)}."
    for told in kind.membership:
        sides = f"the actor in `{told.member}` to the one in `{told.of}`"
        yield f"States a membership: {sides}, as *{told.relation}*{_when(told.when)}."


def _when(conditions: tuple[tuple[str, tuple[object, ...]], ...]) -> str:
    said = [f"`{slot}` is {' or '.join(f'`{_json(v)}`' for v in values)}" for slot, values in conditions]
    return f", where {' and '.join(said)}" if said else ""


def _json(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value)


def _vocabularies() -> str:
    titles = {
        "modality": "Modality: how the source puts it",
        "measure": "Measure: what kind of number it is",
        "regime": "Regime: on whose authority a force stands",
        "kind": "Kinds of actors",
        "role": "Roles of actors",
    }
    parts = ["## Closed vocabularies\n\nA word that is not listed is refused, and the nearest words are named."]
    for name, title in titles.items():
        words: Mapping[str, Mapping[str, str]] = vocabulary()[name]
        rows = "\n".join(f"| `{word}` | {label['en']} | {label['fr']} |" for word, label in words.items())
        parts.append(f"### {title}\n\n| Word | English | French |\n|---|---|---|\n{rows}")
    return "\n\n".join(parts) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
