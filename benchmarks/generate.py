"""Writes generated claims and their sources as JSON lines, for the other benchmarks to import.

    python benchmarks/generate.py OUT.jsonl --claims 1000000 --seed 1

The same seed gives the same file. Sources come first, so the file is one import. What a claim may hold is read
from the type files through the public vocabulary, so a new type, role or slot takes part at once.

Realistic, and hard where a real case is hard: nine claims in ten on one host, printed under several names;
providers and types skewed, so that the commonest question matches very many claims; thousands of names that
stand for no known entity; times open, partial, approximate and missing; undated sources.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from garant.claims import ClaimType, claim_types, vocabulary
from garant.claims.definitions import SlotRule
from pools import HOST_NAMES, HOSTS, INSTRUMENTS, MOTTO, PHRASES, PLACES, PROVIDERS, names_by_kind
from times import claim_time, published

Record = dict[str, Any]

#: Kinds of actor that may stand in a role; any other role takes an institution.
KINDS_OF_ROLE = {
    "provider": ("provider",),
    "lender": ("provider",),
    "host": ("host",),
    "operator": ("mission", "company"),
    "successor": ("mission",),
    "predecessor": ("mission",),
    "attacker": ("armed_group",),
    "perpetrator": ("armed_group", "military"),
    "violator": ("armed_group", "military", "institution"),
    "target": ("civilians", "military", "armed_group"),
    "subject": ("military", "mission", "institution", "person"),
    "trainer": ("provider", "military", "mission"),
    "trainee": ("military", "police"),
    "recruit": ("military", "civilians"),
    "recruiter": ("military", "police", "institution"),
    "commander": ("person", "military"),
    "leader": ("person",),
    "visitor": ("person",),
    "candidate": ("person",),
    "recommender": ("person", "institution", "media"),
    "party": ("provider", "host", "armed_group"),
    "signatory": ("provider", "host", "armed_group"),
    "partner": ("provider", "company"),
    "beneficiary": ("military", "company"),
}
#: The commonest types of claim, in order; all others follow by name.
COMMON = ("force_strength", "deployment", "attack", "violation", "casualties", "training", "meeting_visit", "agreement")
#: How often a claim has what its type requires, expects or only allows.
CHANCE = {"required": 1.0, "expected": 0.8, "optional": 0.3}
_UNDISCLOSED, _RANGE = 0.05, 0.2


class Claims:
    """Claims without end, drawn from one seed. `prefix` begins the ids of their sources."""

    def __init__(self, seed: int = 1, sources: int = 500, prefix: str = "src") -> None:
        self._random = random.Random(seed)
        self._pools = {**names_by_kind(), "provider": PROVIDERS, "host": HOSTS}
        self._types = sorted(claim_types().values(), key=_commonness)
        self._type_weights = _skewed(len(self._types), 0.8)
        self._provider_weights = _skewed(len(PROVIDERS), 1.0)
        self._measures = tuple(vocabulary()["measure"])
        self._modalities = tuple(vocabulary()["modality"])
        self._roles = tuple(role for role in vocabulary()["role"] if role not in ("provider", "host"))
        self._regimes = tuple(vocabulary()["regime"])
        self._plans = {t.name: _plan(t) for t in self._types}
        dated = [published(self._random) for _ in range(sources)]
        self._days = [day for day, _ in dated]
        self._ids = [f"{prefix}-{n:04d}" for n in range(1, sources + 1)]
        self._published = [text for _, text in dated]
        self._styles = self._random.choices(("p", "chars", "row", "span"), (45, 35, 15, 5), k=sources)
        self._placed = [0] * sources

    def sources(self) -> Iterator[Record]:
        """The sources of all claims."""
        for n, id in enumerate(self._ids):
            record: Record = {
                "id": id,
                "kind": "dataset" if self._styles[n] == "row" else "document",
                "publisher": f"Publisher {n % 90}",
                "title": f"Report {n} on the security of the Central African Republic",
                "published": self._published[n],
                "address": f"https://example.org/{id}",
                "independence": ("independent", "official", "party", "unknown")[n % 4],
                "interested": [PROVIDERS[n % 40][0]] if n % 4 == 2 else None,
                "derived_from": [self._ids[n // 2]] if n % 7 == 3 else None,
            }
            yield {key: value for key, value in record.items() if value is not None}

    def claims(self) -> Iterator[Record]:
        """Claims, each at another place of its source."""
        draw = self._random
        numbers = range(len(self._ids))
        while True:
            types = draw.choices(self._types, self._type_weights, k=1000)
            for type in types:
                yield self._claim(type, draw.choice(numbers))

    def _claim(self, type: ClaimType, source: int) -> Record:
        draw, has = self._random, self._random.random
        actors = self._actors(type)
        record: Record = {"source": self._ids[source], **self._anchor(source, actors), "type": type.name}
        record["actors"] = actors
        chances = {name: CHANCE[rule.need] for name, rule in type.fields.items()}
        if has() < chances.get("quantity", 0):
            record["quantity"] = self._quantity()
        if has() < 0.92 and (time := claim_time(draw, self._days[source])):
            record["time"] = time
            if has() < 0.3:
                record["time_text"] = f"in the words of the source, {time}"
        if has() < chances.get("place", 0.15):
            record["place"] = {"name": _early(draw, PLACES)}
        if has() < chances.get("instrument", 0.1):
            record["instrument"] = {"name": _early(draw, INSTRUMENTS)}
        if has() < chances.get("regime", 0.1):
            record["regime"] = draw.choice(self._regimes)
        slots = {name: self._slot(rule) for name, rule in type.slots.items() if has() < CHANCE[rule.need] * 0.7}
        if slots:
            record["slots"] = slots
        record["modality"] = self._modalities[int(len(self._modalities) * has() ** 3)]
        if has() < 0.15:
            record["attributed_to"] = f"Ministry {int(90 * has())}"
        kind = {"row": "dataset", "span": "program"}.get(self._styles[source], "person")
        record["coder"] = {"kind": kind, "name": f"{kind} {source % 5}", "version": "1"}
        if has() < 0.3:
            record["confidence"] = round(has(), 2)
        if has() < 0.25:
            record |= {"derived": ["actors"], "refs": [f"S{int(60 * has()):02d}", f"N{source}"]}
        return record

    def _anchor(self, source: int, actors: list[Record]) -> Record:
        number = self._placed[source] = self._placed[source] + 1
        says = f"{actors[0]['name']} {self._random.choice(PHRASES)} {actors[-1]['name']}, {MOTTO} {number}."
        match self._styles[source]:
            case "p":
                return {"locator": f"p:{number}", "says": says}
            case "chars":
                return {"locator": f"chars:{number * 90}-{number * 90 + 80}", "says": says}
            case "row":
                return {"row": number}
            case _:
                start = number * 200
                return {"start": start, "end": start + len(says), "quote": says}

    def _actors(self, type: ClaimType) -> list[Record]:
        """Two to four actors: what the type requires, then what it expects, a host, and what it allows."""
        draw = self._random
        roles: list[str] = []
        for alternatives, chance in self._plans[type.name]:
            if len(roles) < 4 and draw.random() < chance and not roles_overlap(roles, alternatives):
                likely = draw.random() < 0.6
                roles.append(alternatives[0] if likely else draw.choice(alternatives))
        while len(roles) < 2 or (len(roles) < 4 and draw.random() < 0.3):
            roles.append(draw.choice(self._roles))
        return [self._actor(role) for role in roles]

    def _actor(self, role: str) -> Record:
        draw = self._random
        kind = draw.choice(KINDS_OF_ROLE.get(role, ("institution",)))
        if kind == "host":
            name, found = HOSTS[0] if draw.random() < 0.9 else draw.choice(HOSTS[1:])
            if name == HOSTS[0][0]:
                name = draw.choices(HOST_NAMES, (70, 12, 8, 5, 5))[0]
        elif kind == "provider":
            name, found = draw.choices(PROVIDERS, self._provider_weights)[0]
        else:
            name, found = _early(draw, self._pools[kind])
        return {"name": name, "role": role, "kind": found}

    def _quantity(self) -> Record:
        draw = self._random
        measure = draw.choice(self._measures)
        value = int(10 ** draw.uniform(0.5, 3.9)) if measure != "rank" else draw.randint(1, 40)
        found: Record = {"measure": measure, "unit": "rank among contributors" if measure == "rank" else "personnel"}
        kind = draw.random()
        if kind < _UNDISCLOSED:
            found["undisclosed"] = True
        elif kind < _UNDISCLOSED + _RANGE:
            found |= {"low": value, "high": value + draw.randint(0, value)}
        elif kind < _UNDISCLOSED + _RANGE + 0.05:
            found[draw.choice(("low", "high"))] = value
        else:
            found["value"] = value
        if draw.random() < 0.2:
            found["approx"] = True
        return found

    def _slot(self, rule: SlotRule) -> Any:  # noqa: PLR0911  # one answer for each slot type
        draw = self._random
        match rule.type:
            case "one_of":
                return draw.choice(rule.values)
            case "some_of":
                return draw.sample(rule.values, draw.randint(1, min(3, len(rule.values))))
            case "boolean":
                return draw.random() < 0.5
            case "integer":
                return draw.randint(1, 900)
            case "period":
                return claim_time(draw, draw.choice(self._days))
            case "texts":
                return [draw.choice(PHRASES) for _ in range(draw.randint(1, 2))]
            case "text":
                return f"{draw.choice(PHRASES)} {draw.randint(1, 500)}"
        raise ValueError(f"types/*.yaml declares a slot type that this generator does not fill: {rule.type}")


def write(file: Path, claims: int, seed: int = 1, *, sources: int = 500, prefix: str = "src") -> None:
    """Write sources and claims into a file of JSON lines."""
    made = Claims(seed, sources, prefix)
    every = made.claims()
    with file.open("w", encoding="utf-8") as out:
        out.writelines(_line(source) for source in made.sources())
        out.writelines(_line(next(every)) for _ in range(claims))


def roles_overlap(roles: list[str], alternatives: tuple[str, ...]) -> bool:
    """Whether one of the alternatives is there already."""
    return any(role in alternatives for role in roles)


def _line(record: Record) -> str:
    return json.dumps(record, ensure_ascii=False, separators=(",", ":")) + "\n"


def _plan(type: ClaimType) -> list[tuple[tuple[str, ...], float]]:
    """Roles of a type as (alternatives, chance), the required ones first; provider and host take part everywhere."""
    needs = ("required", "expected", "optional")
    declared = sorted(type.roles.items(), key=lambda pair: needs.index(pair[1].need))
    plan = [(_preferred(name.split("|")), CHANCE[rule.need]) for name, rule in declared]
    firm = sum(rule.need != "optional" for _, rule in declared)
    return [*plan[:firm], (("host",), 0.97), (("provider",), 0.5), *plan[firm:]]


def _preferred(alternatives: list[str]) -> tuple[str, ...]:
    """Alternatives with the one that questions ask for put first."""
    return tuple(sorted(alternatives, key=lambda role: (role != "provider", role != "host")))


def _commonness(type: ClaimType) -> tuple[int, str]:
    """Sort key: what news and reports tell most of comes first."""
    return COMMON.index(type.name) if type.name in COMMON else len(COMMON), type.name


def _skewed(count: int, exponent: float) -> list[float]:
    return [1 / rank**exponent for rank in range(1, count + 1)]


def _early(draw: random.Random, pool: Any) -> Any:
    """One of a pool, the first ones more often."""
    return pool[int(len(pool) * draw.random() ** 2)]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--claims", type=int, default=1_000_000)
    parser.add_argument("--sources", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    write(given.file, given.claims, given.seed, sources=given.sources)
